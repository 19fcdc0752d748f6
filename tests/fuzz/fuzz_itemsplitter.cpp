// Any text, fed in pieces of any size, is cut as the reference cuts it; and what is valid JSON is cut into what a JSON
// parser finds in it.

#include "tests/support/referencesplitter.h"

#include <QByteArray>
#include <fuzzer/FuzzedDataProvider.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

void require(bool holds, const char* what)
{
    if (!holds)
        qFatal("%s", what);
}

bool isSplittable(const json& list, const std::string& text)
{
    if (!list.is_object())
        return false;
    int members = 0;
    int depth = 0;
    int deepest = 0;
    const auto watch = [&](int, json::parse_event_t event, const json& parsed) {
        const bool begins = event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
        const bool ends = event == json::parse_event_t::object_end || event == json::parse_event_t::array_end;
        depth += begins ? 1 : ends ? -1 : 0;
        deepest = std::max(deepest, depth);
        members += event == json::parse_event_t::key && depth == 1 && parsed == "items" ? 1 : 0;
        return true;
    };
    (void)json::parse(text, watch, false);
    if (members > 1 || deepest > 256)
        return false;
    if (members == 0 || list["items"].is_null())
        return true;
    return list["items"].is_array() &&
           std::all_of(list["items"].begin(), list["items"].end(), [](const json& item) { return item.is_object(); });
}

void compareWithParser(const std::string& text, const support::SplitList& found)
{
    // That parser passes over a byte order mark and takes a NUL for the end. Neither is JSON.
    const bool isOdd = text.starts_with("\xef\xbb\xbf") || text.find('\0') != std::string::npos;
    const json list = isOdd ? json(json::value_t::discarded) : json::parse(text, nullptr, false);
    if (list.is_discarded()) {
        require(!found.failure.isEmpty() || !std::all_of(found.items.begin(), found.items.end(),
                                                         [](const std::string& item) { return json::accept(item); }),
                "what is no JSON has been cut into JSON");
        return;
    }
    require(isSplittable(list, text) == found.failure.isEmpty(), "a list is refused, or what is no list is taken");
    if (!found.failure.isEmpty())
        return;
    const json items = list.value("items", json());
    require(items.size() == found.items.size(), "items are lost or invented");
    for (std::size_t i = 0; i < found.items.size(); ++i)
        require(json::parse(found.items[i], nullptr, false) == items[i], "an item is another");
    json rest = list;
    if (items.is_array())
        rest["items"] = json::array();
    require(json::parse(found.rest, nullptr, false) == rest, "the rest is another");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FuzzedDataProvider input(data, size);
    std::uint32_t state = input.ConsumeIntegral<std::uint32_t>();
    const std::size_t room = 1 + state % 128; // small: what is unfinished is moved often
    const std::uint32_t most = 1 + (state >> 8) % 256;
    const std::string text = input.ConsumeRemainingBytesAsString();

    const auto expected = support::splitPlainly(text);
    require(support::splitInPieces(text, text.size() + 1) == expected, "cut otherwise than by the reference");
    kube::ItemSplitter splitter("items", room);
    const auto pieces = support::splitInPieces(splitter, text, [&] {
        state = state * 1664525 + 1013904223;
        return 1 + (state >> 16) % most;
    });
    require(pieces == expected, "cut otherwise when fed in pieces");
    compareWithParser(text, expected);
    return 0;
}
