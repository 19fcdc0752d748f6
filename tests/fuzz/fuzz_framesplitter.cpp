// Any text, fed in pieces of any size, gives the frames that its lines are; each of them can be parsed where it stands.

#include "app/kube/framesplitter.h"

#include <algorithm>
#include <cstring>
#include <fuzzer/FuzzedDataProvider.h>
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <string>
#include <vector>

namespace {

struct Frames {
    std::vector<std::string> frames;
    QString failure;
    std::size_t pending = 0;
    bool operator==(const Frames&) const = default;
};

void require(bool holds, const char* what)
{
    if (!holds)
        qFatal("%s", what);
}

Frames cut(kube::FrameSplitter& splitter, std::string_view text, const std::function<std::size_t()>& next)
{
    Frames found;
    simdjson::ondemand::parser parser;
    const auto take = [&](std::string_view json, std::size_t readable) -> base::Result<void> {
        require(readable >= json.size() + simdjson::SIMDJSON_PADDING, "no padding behind a frame");
        simdjson::ondemand::document document;
        simdjson::ondemand::value object;
        if (parser.iterate(simdjson::padded_string_view(json.data(), json.size(), readable)).get(document) ==
            simdjson::SUCCESS)
            (void)document["object"].get(object);
        found.frames.emplace_back(json);
        return {};
    };
    while (!text.empty()) {
        const auto space = splitter.space();
        const std::size_t count = std::min({next(), space.size(), text.size()});
        std::memcpy(space.data(), text.data(), count);
        text.remove_prefix(count);
        if (const auto done = splitter.commit(count, take); !done) {
            found.failure = done.error().reason;
            break;
        }
    }
    found.pending = splitter.pending();
    return found;
}

/// All that is valid JSON, line by line; stops at the first line that is no object.
std::vector<std::string> objectsOf(std::string_view text, bool& allAreObjects)
{
    std::vector<std::string> objects;
    allAreObjects = true;
    for (std::size_t end = text.find('\n'); end != text.npos; text.remove_prefix(end + 1), end = text.find('\n')) {
        std::string line(text.substr(0, end));
        line.erase(line.find_last_not_of(" \t\r") + 1);
        line.erase(0, line.find_first_not_of(" \t\r"));
        if (line.empty())
            continue;
        // The parser takes a NUL for the end of its text.
        if (line.front() != '{' || line.find('\0') != line.npos || !nlohmann::json::accept(line)) {
            allAreObjects = false;
            break;
        }
        objects.push_back(line);
    }
    return objects;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FuzzedDataProvider input(data, size);
    std::uint32_t state = input.ConsumeIntegral<std::uint32_t>();
    const std::size_t room = 1 + state % 128; // small: what is unfinished is moved often
    const std::uint32_t most = 1 + (state >> 8) % 256;
    const std::string text = input.ConsumeRemainingBytesAsString();

    kube::FrameSplitter large;
    const Frames whole = cut(large, text, [&] { return text.size(); });
    kube::FrameSplitter small(room);
    const Frames pieces = cut(small, text, [&] {
        state = state * 1664525 + 1013904223;
        return 1 + (state >> 16) % most;
    });
    require(whole == pieces, "cut otherwise when fed in pieces");

    bool allAreObjects = false;
    const auto objects = objectsOf(text, allAreObjects);
    const bool tooDeep = whole.failure == QLatin1String("jsonTooDeep");
    require(tooDeep || whole.frames.size() >= objects.size(), "a frame is lost");
    require(std::equal(objects.begin(),
                       objects.begin() + static_cast<std::ptrdiff_t>(std::min(objects.size(), whole.frames.size())),
                       whole.frames.begin()),
            "a frame is another");
    require(!allAreObjects || tooDeep || (whole.failure.isEmpty() && whole.frames.size() == objects.size()),
            "valid lines are refused");
    if (allAreObjects && !tooDeep)
        require(whole.pending == text.size() - (text.rfind('\n') + 1), "the unfinished line is another");
    return 0;
}
