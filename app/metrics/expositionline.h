#pragma once
// One line of a page of metrics: a sample with its labels, in Prometheus' text format 0.0.4 or in OpenMetrics 1.0.

#include <QString>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metrics {

enum class ExpositionFormat {
    Text,        ///< text/plain; version=0.0.4: timestamps in milliseconds
    OpenMetrics, ///< application/openmetrics-text: timestamps in seconds, exemplars, # EOF at the end
};

/// What is wrong with a line.
enum class LineFault {
    NameExpected,
    LabelsMalformed,
    TooManyLabels,
    ValueMalformed,
    TimestampMalformed,
    ExemplarMalformed,
    MetadataMalformed,
    MetadataRepeated,
    NotUtf8,
    TooLong,
    Unterminated, ///< the last one, without its line feed: it may have been cut inside a number
    BehindEnd,    ///< behind the # EOF of OpenMetrics
};
/// "labelsMalformed"; stable across languages.
QString idOf(LineFault fault);

struct Label {
    std::string_view name;
    std::string_view value; ///< without its escapes
    bool operator==(const Label&) const = default;
};

struct Exemplar {
    std::span<const Label> labels;
    double value = 0;
    std::optional<qint64> timestampMs;
};

/// Valid while it is handed over only.
struct Sample {
    std::string_view name;
    int family = 0; ///< what the family filter said of the name
    std::span<const Label> labels;
    double value = 0;
    std::optional<qint64> timestampMs; ///< since 1970; nothing: the moment of the page
    std::optional<Exemplar> exemplar;
};

/// The name that a line begins with: [a-zA-Z_:][a-zA-Z0-9_:]*; empty when there is none.
std::string_view metricNameOf(std::string_view line);
/// Replaces \\, \" and \n; false where another escape stands.
bool unescape(std::string_view escaped, std::string& text);

/// Reads what follows the name. Keeps the memory that the labels lie in.
class SampleReader {
public:
    static constexpr std::size_t MostLabels = 256; ///< of a sample and of its exemplar together

    explicit SampleReader(ExpositionFormat format) : m_format(format) {}

    /// Fills labels, value, timestamp and exemplar. A label that is there twice is handed over twice.
    std::optional<LineFault> read(std::string_view behindName, Sample& sample);

private:
    std::optional<LineFault> readLabels(const char*& at, const char* end);
    bool readLabel(const char*& at, const char* end);
    bool readLabelValue(const char*& at, const char* end, std::string_view& value);
    bool readTimestamp(std::string_view word, std::optional<qint64>& milliseconds) const;
    bool readExemplar(const char* at, const char* end, Exemplar& exemplar);

    const ExpositionFormat m_format;
    std::vector<Label> m_labels;
    std::string m_unescaped; ///< never grows while a line is read: the labels point into it
};

} // namespace metrics
