#pragma once
// A page of metrics, read while it arrives: Prometheus' text format 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/) and OpenMetrics 1.0
// (https://prometheus.io/docs/specs/om/open_metrics_spec/). It reads what it can and counts what it cannot, since one
// odd line of a foreign program is no reason to see nothing: blanks may be more than one, a line may end in CR LF, the
// order of families is not held against anyone. Metric names in quotes (escaping=allow-utf-8) are not read.

#include "app/kube/splitbuffer.h"
#include "app/metrics/expositionline.h"

#include <QByteArray>
#include <functional>
#include <unordered_set>

namespace metrics {

/// OpenMetrics where the Content-Type says so, else the text format.
ExpositionFormat expositionFormatOf(QByteArrayView contentType);

/// A # HELP, # TYPE or # UNIT line. Valid while it is handed over only.
struct Metadata {
    enum class Field { Help, Type, Unit };
    Field field = Field::Help;
    std::string_view family;
    std::string_view text; ///< without its escapes
};

struct BadLine {
    qint64 number = 0; ///< from 1
    LineFault fault = LineFault::NameExpected;
    bool operator==(const BadLine&) const = default;
};

/// What was read. Lines of families that are not wanted are counted, and not looked at beyond their name.
struct ExpositionTally {
    static constexpr std::size_t MostKept = 5;

    qint64 bytes = 0;
    qint64 lines = 0;
    qint64 samples = 0; ///< that were handed over
    qint64 badLines = 0;
    std::vector<BadLine> firstBad;
    /// Known after finish(): OpenMetrics ended in # EOF. A text page ends in a line feed, which a page that was cut
    /// between two lines does as well.
    bool complete = false;
    bool operator==(const ExpositionTally&) const = default;
};

/// One thread at a time; bounded memory whatever comes.
class ExpositionParser {
public:
    /// In bytes, without the line feed; a longer line is passed over and counted.
    static constexpr std::size_t LongestLine = 1U << 20U;

    struct Handler {
        /// Asked once for each run of lines with one name: a number of the caller's that stands in Sample::family, or
        /// less than 0 for what is not wanted.
        std::function<int(std::string_view name)> family;
        std::function<void(const Sample&)> sample;
        std::function<void(const Metadata&)> metadata; ///< may be empty
    };

    /// `room`: the least that space() gives, in bytes.
    ExpositionParser(ExpositionFormat format, Handler handler, std::size_t room = kube::SplitBuffer::Room);

    /// Room for the next bytes, valid until the next call of space() or commit().
    std::span<char> space() { return m_buffer.space(); }
    /// The first `count` bytes of the last space() have been written.
    void commit(std::size_t count);
    /// The end of the body, once.
    void finish();

    const ExpositionTally& tally() const { return m_tally; }

private:
    void takeLine(std::string_view line);
    std::optional<LineFault> takeSample(std::string_view line);
    std::optional<LineFault> takeComment(std::string_view line);
    std::optional<LineFault> takeMetadata(Metadata::Field field, std::string_view rest);
    bool isAnotherName(std::string_view line) const;
    void refuse(LineFault fault);

    const ExpositionFormat m_format;
    const Handler m_handler;
    kube::SplitBuffer m_buffer; ///< keeps the unfinished line
    SampleReader m_reader;
    ExpositionTally m_tally;
    std::string m_name; ///< of the last sample
    int m_family = -1;
    std::unordered_set<std::size_t> m_described; ///< hashes of families with the field that was said of them
    std::string m_help;
    bool m_tooLong = false; ///< the unfinished line is passed over
    bool m_ended = false;   ///< # EOF came
};

} // namespace metrics
