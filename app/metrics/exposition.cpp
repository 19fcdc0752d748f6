#include "app/metrics/exposition.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <simdjson.h>

namespace metrics {
namespace {

/// Families whose metadata is remembered, so that a repetition is seen; a page has some hundreds.
constexpr std::size_t MostDescribed = 16384;

constexpr std::array<std::string_view, 9> Types{"counter", "gauge", "histogram", "summary",       "untyped",
                                                "unknown", "info",  "stateset",  "gaugehistogram"};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Takes the first word of a text off it.
std::string_view takeWord(std::string_view& text)
{
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    return word;
}

} // namespace

ExpositionFormat expositionFormatOf(QByteArrayView contentType)
{
    const QByteArray type = contentType.toByteArray().toLower();
    return type.trimmed().startsWith("application/openmetrics-text") ? ExpositionFormat::OpenMetrics
                                                                     : ExpositionFormat::Text;
}

ExpositionParser::ExpositionParser(ExpositionFormat format, Handler handler, std::size_t room)
    : m_format(format),
      m_handler(std::move(handler)),
      m_buffer(room),
      m_reader(format)
{
}

void ExpositionParser::commit(std::size_t count)
{
    m_buffer.filled(count);
    m_tally.bytes += static_cast<qint64>(count);
    const char* line = m_buffer.kept();
    const char* at = m_buffer.unseen();
    const char* const end = m_buffer.end();
    while (const auto* feed = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) {
        takeLine({line, static_cast<std::size_t>(feed - line)});
        line = at = feed + 1;
    }
    if (static_cast<std::size_t>(end - line) > LongestLine) {
        m_tooLong = true;
        line = end;
    }
    m_buffer.keep(line, end);
}

void ExpositionParser::finish()
{
    const std::string_view last(m_buffer.kept(), static_cast<std::size_t>(m_buffer.end() - m_buffer.kept()));
    const bool isEnd = m_format == ExpositionFormat::OpenMetrics && last == "# EOF" && !m_tooLong;
    if (isEnd) {
        takeLine(last);
    } else if (!last.empty() || m_tooLong) {
        ++m_tally.lines;
        refuse(LineFault::Unterminated);
    }
    m_tally.complete = m_format == ExpositionFormat::OpenMetrics ? m_ended : last.empty() && !m_tooLong;
    m_buffer.clear();
}

void ExpositionParser::takeLine(std::string_view line)
{
    ++m_tally.lines;
    if (std::exchange(m_tooLong, false) || line.size() > LongestLine) {
        refuse(LineFault::TooLong);
        return;
    }
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    while (!line.empty() && isBlank(line.front()))
        line.remove_prefix(1);
    if (line.empty())
        return;
    const auto fault = m_ended ? LineFault::BehindEnd : line.front() == '#' ? takeComment(line) : takeSample(line);
    if (fault)
        refuse(*fault);
}

bool ExpositionParser::isAnotherName(std::string_view line) const
{
    const std::size_t length = m_name.size();
    return length == 0 || line.size() <= length || std::memcmp(line.data(), m_name.data(), length) != 0 ||
           (line[length] != '{' && !isBlank(line[length]));
}

std::optional<LineFault> ExpositionParser::takeSample(std::string_view line)
{
    if (isAnotherName(line)) {
        const std::string_view name = metricNameOf(line);
        if (name.empty())
            return LineFault::NameExpected;
        if (name.size() == line.size())
            return LineFault::ValueMalformed;
        if (line[name.size()] != '{' && !isBlank(line[name.size()]))
            return LineFault::NameExpected;
        m_name = name;
        m_family = m_handler.family(name);
    }
    if (m_family < 0)
        return {};
    if (!simdjson::validate_utf8(line.data(), line.size()))
        return LineFault::NotUtf8;
    Sample sample{.name = m_name, .family = m_family};
    if (const auto fault = m_reader.read(line.substr(m_name.size()), sample))
        return fault;
    ++m_tally.samples;
    m_handler.sample(sample);
    return {};
}

std::optional<LineFault> ExpositionParser::takeComment(std::string_view line)
{
    std::string_view rest = line.substr(1);
    while (!rest.empty() && isBlank(rest.front()))
        rest.remove_prefix(1);
    const std::string_view word = takeWord(rest);
    if (word == "HELP")
        return takeMetadata(Metadata::Field::Help, rest);
    if (word == "TYPE")
        return takeMetadata(Metadata::Field::Type, rest);
    if (m_format == ExpositionFormat::OpenMetrics && word == "UNIT")
        return takeMetadata(Metadata::Field::Unit, rest);
    if (m_format == ExpositionFormat::OpenMetrics && word == "EOF" && trimmed(rest).empty())
        m_ended = true;
    return {};
}

std::optional<LineFault> ExpositionParser::takeMetadata(Metadata::Field field, std::string_view rest)
{
    while (!rest.empty() && isBlank(rest.front()))
        rest.remove_prefix(1);
    const std::string_view family = takeWord(rest);
    if (family.empty() || metricNameOf(family).size() != family.size())
        return LineFault::MetadataMalformed;
    if (field != Metadata::Field::Help)
        rest = trimmed(rest);
    if (field == Metadata::Field::Type && std::ranges::find(Types, rest) == Types.end())
        return LineFault::MetadataMalformed;
    const std::size_t hash = std::hash<std::string_view>()(family) * 3 + static_cast<std::size_t>(field);
    if (m_described.contains(hash))
        return LineFault::MetadataRepeated;
    if (m_described.size() < MostDescribed)
        m_described.insert(hash);
    if (!m_handler.metadata)
        return {};
    if (!simdjson::validate_utf8(rest.data(), rest.size()))
        return LineFault::NotUtf8;
    m_help.clear();
    if (field == Metadata::Field::Help && !unescape(rest, m_help))
        return LineFault::MetadataMalformed;
    m_handler.metadata({field, family, field == Metadata::Field::Help ? std::string_view(m_help) : rest});
    return {};
}

void ExpositionParser::refuse(LineFault fault)
{
    ++m_tally.badLines;
    if (m_tally.firstBad.size() < ExpositionTally::MostKept)
        m_tally.firstBad.push_back({m_tally.lines, fault});
}

} // namespace metrics
