#include "app/metrics/expositionline.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace metrics {
namespace {

enum Class : unsigned char { Digit = 1, Letter = 2, Colon = 4 };

constexpr auto Classes = [] {
    std::array<unsigned char, 256> classes{};
    for (unsigned c = '0'; c <= '9'; ++c)
        classes[c] = Digit;
    for (unsigned c = 'a'; c <= 'z'; ++c)
        classes[c] = classes[c - 'a' + 'A'] = Letter;
    classes['_'] = Letter;
    classes[':'] = Colon;
    return classes;
}();

bool is(char c, unsigned wanted)
{
    return (Classes[static_cast<unsigned char>(c)] & wanted) != 0;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

void skipBlanks(const char*& at, const char* end)
{
    while (at != end && isBlank(*at))
        ++at;
}

std::string_view takeWord(const char*& at, const char* end)
{
    skipBlanks(at, end);
    const char* const begin = at;
    while (at != end && !isBlank(*at))
        ++at;
    return {begin, static_cast<std::size_t>(at - begin)};
}

/// As Go's ParseFloat, without hexadecimal and without underscores.
bool readValue(std::string_view word, double& value)
{
    const bool hasPlus = word.starts_with('+');
    if (hasPlus)
        word.remove_prefix(1);
    if ((hasPlus && word.starts_with('-')) || word.ends_with(')'))
        return false;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc() && end == word.data() + word.size();
}

} // namespace

QString idOf(LineFault fault)
{
    switch (fault) {
    case LineFault::NameExpected:
        return QStringLiteral("nameExpected");
    case LineFault::LabelsMalformed:
        return QStringLiteral("labelsMalformed");
    case LineFault::TooManyLabels:
        return QStringLiteral("tooManyLabels");
    case LineFault::ValueMalformed:
        return QStringLiteral("valueMalformed");
    case LineFault::TimestampMalformed:
        return QStringLiteral("timestampMalformed");
    case LineFault::ExemplarMalformed:
        return QStringLiteral("exemplarMalformed");
    case LineFault::MetadataMalformed:
        return QStringLiteral("metadataMalformed");
    case LineFault::MetadataRepeated:
        return QStringLiteral("metadataRepeated");
    case LineFault::NotUtf8:
        return QStringLiteral("notUtf8");
    case LineFault::TooLong:
        return QStringLiteral("tooLong");
    case LineFault::Unterminated:
        return QStringLiteral("unterminated");
    case LineFault::BehindEnd:
        break;
    }
    return QStringLiteral("behindEnd");
}

std::string_view metricNameOf(std::string_view line)
{
    if (line.empty() || !is(line.front(), Letter | Colon))
        return {};
    std::size_t length = 1;
    while (length < line.size() && is(line[length], Letter | Colon | Digit))
        ++length;
    return line.substr(0, length);
}

bool unescape(std::string_view escaped, std::string& text)
{
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        if (escaped[i] != '\\') {
            text += escaped[i];
            continue;
        }
        if (++i == escaped.size())
            return false;
        if (escaped[i] != 'n' && escaped[i] != '\\' && escaped[i] != '"')
            return false;
        text += escaped[i] == 'n' ? '\n' : escaped[i];
    }
    return true;
}

std::optional<LineFault> SampleReader::read(std::string_view behindName, Sample& sample)
{
    const char* at = behindName.data();
    const char* const end = at + behindName.size();
    m_labels.clear();
    m_unescaped.clear();
    m_unescaped.reserve(behindName.size());
    sample.exemplar.reset();
    skipBlanks(at, end);
    if (at != end && *at == '{') {
        if (const auto fault = readLabels(++at, end))
            return fault;
    }
    const std::size_t own = m_labels.size();
    if (!readValue(takeWord(at, end), sample.value))
        return LineFault::ValueMalformed;
    skipBlanks(at, end);
    sample.timestampMs.reset();
    if (at != end && *at != '#' && !readTimestamp(takeWord(at, end), sample.timestampMs))
        return LineFault::TimestampMalformed;
    skipBlanks(at, end);
    if (at != end) {
        if (m_format == ExpositionFormat::Text)
            return LineFault::TimestampMalformed;
        if (!readExemplar(at, end, sample.exemplar.emplace()))
            return LineFault::ExemplarMalformed;
        sample.exemplar->labels = std::span(m_labels).subspan(own);
    }
    sample.labels = std::span(m_labels).first(own);
    return {};
}

std::optional<LineFault> SampleReader::readLabels(const char*& at, const char* end)
{
    for (;;) {
        skipBlanks(at, end);
        if (at != end && *at == '}') {
            ++at;
            return {};
        }
        if (m_labels.size() == MostLabels)
            return LineFault::TooManyLabels;
        if (!readLabel(at, end))
            return LineFault::LabelsMalformed;
        skipBlanks(at, end);
        if (at == end || (*at != ',' && *at != '}'))
            return LineFault::LabelsMalformed;
        if (*at == ',')
            ++at;
    }
}

bool SampleReader::readLabel(const char*& at, const char* end)
{
    const char* const begin = at;
    if (at == end || !is(*at, Letter))
        return false;
    while (at != end && is(*at, Letter | Digit))
        ++at;
    const std::string_view name(begin, static_cast<std::size_t>(at - begin));
    skipBlanks(at, end);
    if (at == end || *at != '=')
        return false;
    skipBlanks(++at, end);
    if (at == end || *at != '"')
        return false;
    return readLabelValue(++at, end, m_labels.emplace_back(Label{name, {}}).value);
}

bool SampleReader::readLabelValue(const char*& at, const char* end, std::string_view& value)
{
    const auto left = static_cast<std::size_t>(end - at);
    const auto* quote = static_cast<const char*>(std::memchr(at, '"', left));
    if (!quote)
        return false;
    const auto* escape = static_cast<const char*>(std::memchr(at, '\\', static_cast<std::size_t>(quote - at)));
    value = {at, static_cast<std::size_t>(quote - at)};
    if (!escape) {
        at = quote + 1;
        return true;
    }
    quote = escape;
    while (quote != end && *quote != '"')
        quote += *quote == '\\' && quote + 1 != end ? 2 : 1;
    if (quote == end)
        return false;
    const std::size_t begin = m_unescaped.size();
    if (!unescape({at, static_cast<std::size_t>(quote - at)}, m_unescaped))
        return false;
    value = std::string_view(m_unescaped).substr(begin);
    at = quote + 1;
    return true;
}

bool SampleReader::readTimestamp(std::string_view word, std::optional<qint64>& milliseconds) const
{
    if (m_format == ExpositionFormat::OpenMetrics) {
        constexpr double LongestSeconds = 1e15;
        double seconds = 0;
        if (!readValue(word, seconds) || !(std::abs(seconds) < LongestSeconds))
            return false;
        milliseconds = std::llround(seconds * 1000);
        return true;
    }
    qint64 value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    milliseconds = value;
    return error == std::errc() && end == word.data() + word.size();
}

bool SampleReader::readExemplar(const char* at, const char* end, Exemplar& exemplar)
{
    if (*at != '#')
        return false;
    skipBlanks(++at, end);
    if (at == end || *at != '{' || readLabels(++at, end) || !readValue(takeWord(at, end), exemplar.value))
        return false;
    const std::string_view timestamp = takeWord(at, end);
    if (!timestamp.empty() && !readTimestamp(timestamp, exemplar.timestampMs))
        return false;
    skipBlanks(at, end);
    return at == end;
}

} // namespace metrics
