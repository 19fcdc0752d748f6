#pragma once
// A page of metrics read in pieces, with all that was handed over written down: two readings are the same when these
// are.

#include "app/metrics/exposition.h"
#include "tests/support/feed.h"

#include <string>
#include <vector>

namespace support {

struct ReadPage {
    /// name{label=value,…} value @milliseconds #{…} value @milliseconds
    std::vector<std::string> samples;
    std::vector<std::string> metadata;
    metrics::ExpositionTally tally;
    bool operator==(const ReadPage&) const = default;
};

inline std::string written(std::span<const metrics::Label> labels, double value, std::optional<qint64> timestampMs)
{
    std::string text = "{";
    for (const metrics::Label& label : labels)
        text.append(text.size() > 1 ? "," : "").append(label.name).append("=").append(label.value);
    text += "} " + QByteArray::number(value).toStdString();
    return timestampMs ? text + " @" + std::to_string(*timestampMs) : text;
}

inline metrics::ExpositionParser::Handler writingTo(ReadPage& page)
{
    return {.family = [](std::string_view name) { return name.starts_with("unwanted") ? -1 : 7; },
            .sample =
                [&page](const metrics::Sample& sample) {
                    std::string text =
                        std::string(sample.name) + written(sample.labels, sample.value, sample.timestampMs);
                    if (sample.exemplar)
                        text += " #" +
                                written(sample.exemplar->labels, sample.exemplar->value, sample.exemplar->timestampMs);
                    page.samples.push_back(std::move(text));
                },
            .metadata =
                [&page](const metrics::Metadata& metadata) {
                    page.metadata.push_back(std::to_string(static_cast<int>(metadata.field)) + " " +
                                            std::string(metadata.family) + " " + std::string(metadata.text));
                }};
}

template <typename Length>
ReadPage readPage(std::string_view text, metrics::ExpositionFormat format, Length length,
                  std::size_t room = kube::SplitBuffer::Room)
{
    ReadPage page;
    metrics::ExpositionParser parser(format, writingTo(page), room);
    feed(parser, text, length);
    parser.finish();
    page.tally = parser.tally();
    return page;
}

inline ReadPage readPage(std::string_view text, metrics::ExpositionFormat format = metrics::ExpositionFormat::Text)
{
    return readPage(text, format, [] { return std::size_t(65536); });
}

} // namespace support
