#include "app/kube/quantity.h"

#include "app/kube/jsonread.h"

#include <array>
#include <limits>

namespace kube {
namespace {

/// Quantities are kept to nine decimal places; no server sends one that is longer.
constexpr qsizetype LongestQuantity = 40;
constexpr int MostDigits = 18;
constexpr int LargestExponent = 36;

__extension__ using Wide = __int128;

struct Scale {
    int ten = 0;
    int two = 0;
};

std::optional<Scale> scaleOf(QStringView suffix)
{
    struct Named {
        QLatin1String suffix;
        Scale scale;
    };
    static constexpr std::array<Named, 16> All{{{QLatin1String(""), {}},
                                                {QLatin1String("n"), {-9, 0}},
                                                {QLatin1String("u"), {-6, 0}},
                                                {QLatin1String("m"), {-3, 0}},
                                                {QLatin1String("k"), {3, 0}},
                                                {QLatin1String("M"), {6, 0}},
                                                {QLatin1String("G"), {9, 0}},
                                                {QLatin1String("T"), {12, 0}},
                                                {QLatin1String("P"), {15, 0}},
                                                {QLatin1String("E"), {18, 0}},
                                                {QLatin1String("Ki"), {0, 10}},
                                                {QLatin1String("Mi"), {0, 20}},
                                                {QLatin1String("Gi"), {0, 30}},
                                                {QLatin1String("Ti"), {0, 40}},
                                                {QLatin1String("Pi"), {0, 50}},
                                                {QLatin1String("Ei"), {0, 60}}}};
    for (const Named& each : All)
        if (suffix == each.suffix)
            return each.scale;
    if (suffix.size() < 2 || (suffix[0] != QLatin1Char('e') && suffix[0] != QLatin1Char('E')))
        return std::nullopt;
    bool isNumber = false;
    const int exponent = suffix.mid(1).toInt(&isNumber);
    if (!isNumber || exponent < -LargestExponent || exponent > LargestExponent)
        return std::nullopt;
    return Scale{exponent, 0};
}

/// A whole number times powers of ten and two.
struct Parsed {
    Wide digits = 0;
    Scale scale;
};

bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

std::optional<Parsed> parse(QStringView text)
{
    if (text.isEmpty() || text.size() > LongestQuantity)
        return std::nullopt;
    const bool isNegative = text[0] == QLatin1Char('-');
    qsizetype i = isNegative || text[0] == QLatin1Char('+') ? 1 : 0;
    Parsed parsed;
    int significant = 0;
    bool hasDigits = false;
    bool isFraction = false;
    for (; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('.') && !isFraction) {
            isFraction = true;
            continue;
        }
        if (!isDigit(text[i]))
            break;
        hasDigits = true;
        significant += parsed.digits > 0 || text[i] != QLatin1Char('0') ? 1 : 0;
        if (significant > MostDigits + 1) // 64 bits take 19
            return std::nullopt;
        parsed.digits = parsed.digits * 10 + (text[i].unicode() - u'0');
        parsed.scale.ten -= isFraction ? 1 : 0;
    }
    const auto suffix = scaleOf(text.mid(i));
    if (!hasDigits || !suffix)
        return std::nullopt;
    parsed.scale.ten += suffix->ten;
    parsed.scale.two = suffix->two;
    if (isNegative)
        parsed.digits = -parsed.digits;
    return parsed;
}

/// In units of 10^-places.
std::optional<qint64> scaled(const QString& quantity, int places)
{
    const auto parsed = parse(quantity);
    if (!parsed)
        return std::nullopt;
    Wide value = parsed->digits;
    if (__builtin_mul_overflow(value, Wide(1) << parsed->scale.two, &value))
        return std::nullopt;
    int ten = parsed->scale.ten + places;
    for (; ten > 0 && value != 0; --ten)
        if (__builtin_mul_overflow(value, Wide(10), &value))
            return std::nullopt;
    bool hasRest = false;
    for (; ten < 0 && value != 0; ++ten) {
        hasRest = hasRest || value % 10 != 0;
        value /= 10;
    }
    if (hasRest)
        value += parsed->digits > 0 ? 1 : -1;
    constexpr Wide Most = std::numeric_limits<qint64>::max();
    if (value > Most || value < -Most)
        return std::nullopt;
    return static_cast<qint64>(value);
}

} // namespace

std::optional<qint64> milliOf(const QString& quantity)
{
    return scaled(quantity, 3);
}

std::optional<qint64> wholeOf(const QString& quantity)
{
    return scaled(quantity, 0);
}

QString quantityText(const Json& value)
{
    if (const auto whole = number(value))
        return QString::number(*whole);
    return rawText(value);
}

} // namespace kube
