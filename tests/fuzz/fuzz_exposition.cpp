// Any page, fed in pieces of any size, is read as it is read whole; what is handed over is what it says it is; and a
// page of kube-state-metrics is joined whatever stands in it.

#include "app/metrics/statebuilder.h"
#include "tests/support/readpage.h"

#include <fuzzer/FuzzedDataProvider.h>
#include <simdjson.h>

namespace {

using metrics::ExpositionFormat;

void require(bool holds, const char* what)
{
    if (!holds)
        qFatal("%s", what);
}

void check(const metrics::Sample& sample)
{
    const auto isText = [](std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); };
    require(metrics::metricNameOf(sample.name) == sample.name && !sample.name.empty(), "a name that is none");
    require(sample.labels.size() <= metrics::SampleReader::MostLabels, "too many labels");
    for (const metrics::Label& label : sample.labels)
        require(!label.name.empty() && isText(label.name) && isText(label.value), "a label that is no text");
}

void join(std::string_view text, ExpositionFormat format)
{
    metrics::StateBuilder builder({});
    metrics::ExpositionParser parser(format, {.family = metrics::stateFamilyOf,
                                              .sample =
                                                  [&builder](const metrics::Sample& sample) {
                                                      check(sample);
                                                      builder.take(sample);
                                                  },
                                              .metadata = {}});
    support::feed(parser, text, [] { return 65536; });
    parser.finish();
    const metrics::StatePage page = builder.finish();
    require(static_cast<qint64>(page.states.size()) <= parser.tally().samples, "objects are invented");
    for (const auto& [subject, state] : page.states)
        require(!subject.name.isEmpty() && !subject.kind.isEmpty(), "an object without a name");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FuzzedDataProvider input(data, size);
    std::uint32_t state = input.ConsumeIntegral<std::uint32_t>();
    const std::size_t room = 1 + state % 128; // small: what is unfinished is moved often
    const std::uint32_t most = 1 + (state >> 8) % 64;
    const auto format = (state >> 16) % 2 == 0 ? ExpositionFormat::Text : ExpositionFormat::OpenMetrics;
    const std::string text = input.ConsumeRemainingBytesAsString();

    const auto whole = support::readPage(text, format);
    const auto& tally = whole.tally;
    require(tally.bytes == static_cast<qint64>(text.size()), "bytes are lost");
    require(tally.samples == static_cast<qint64>(whole.samples.size()), "samples are miscounted");
    require(tally.lines >= tally.samples + tally.badLines + static_cast<qint64>(whole.metadata.size()),
            "a line counts twice");
    const auto pieces = support::readPage(
        text, format,
        [&] {
            state = state * 1664525 + 1013904223;
            return 1 + (state >> 16) % most;
        },
        room);
    require(pieces == whole, "read otherwise when fed in pieces");
    join(text, format);
    return 0;
}
