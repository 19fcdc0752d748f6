// Any body, fed in pieces of any size into rooms of any size, inflates to what zlib makes of it in one go, and never
// to more than its caps.

#include "app/transport/inflate.h"

#include <fuzzer/FuzzedDataProvider.h>
#include <string>
#include <vector>
#include <zlib.h>

namespace {

constexpr std::uint64_t MostBytes = 60'000;
constexpr std::uint64_t FreeBytes = 20'000;

struct Inflated {
    std::string text;
    QString failure;
};

void require(bool holds, const char* what)
{
    if (!holds)
        qFatal("%s", what);
}

Inflated inflated(std::string_view body, const std::function<std::size_t()>& next)
{
    Inflated found;
    transport::Inflater inflater({.mostBytes = MostBytes, .freeBytes = FreeBytes, .mostRatio = 200});
    std::vector<char> memory;
    base::Result<void> done;
    while (done && !body.empty()) {
        const auto piece = body.substr(0, next());
        body.remove_prefix(piece.size());
        // A room of exactly its size, so that a byte behind it is found.
        done = inflater.feed(
            {piece.data(), piece.size()},
            [&] {
                memory = std::vector<char>(next());
                return std::span<char>(memory);
            },
            [&](std::size_t count) -> base::Result<void> {
                require(count > 0 && count <= memory.size(), "more than there was room for");
                found.text.append(memory.data(), count);
                return {};
            });
    }
    if (done)
        done = inflater.finish();
    if (!done)
        found.failure = done.error().reason;
    require(found.text.size() <= MostBytes, "more than the cap");
    return found;
}

/// Nothing when the body is no whole gzip file, or inflates to more than the cap.
bool inflatedByZlib(std::string body, std::string& text)
{
    text.assign(MostBytes + 1, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
        return false;
    stream.next_in = reinterpret_cast<Bytef*>(body.data());
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    int outcome = Z_OK;
    do {
        outcome = inflate(&stream, Z_FINISH);
    } while (outcome == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK);
    text.resize(text.size() - stream.avail_out);
    inflateEnd(&stream);
    return outcome == Z_STREAM_END && text.size() <= MostBytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FuzzedDataProvider input(data, size);
    std::uint32_t state = input.ConsumeIntegral<std::uint32_t>();
    const std::uint32_t most = 1 + (state & 0xfff);
    const std::string body = input.ConsumeRemainingBytesAsString();

    const Inflated whole = inflated(body, [] { return std::size_t{65536}; });
    const Inflated pieces = inflated(body, [&] {
        state = state * 1664525 + 1013904223;
        return 1 + (state >> 16) % most;
    });
    std::string expected;
    const bool isWhole = inflatedByZlib(body, expected);
    for (const Inflated& found : {whole, pieces}) {
        const bool isRatio = found.failure == QLatin1String("inflatedRatio");
        require(isRatio || isWhole == found.failure.isEmpty(), "another verdict than zlib's");
        require(!isRatio || expected.size() > FreeBytes, "a ratio that is free");
        require(!found.failure.isEmpty() || found.text == expected, "another text than zlib's");
        require(expected.starts_with(found.text), "inflated to what is not there");
    }
    return 0;
}
