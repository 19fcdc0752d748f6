#include "app/kube/celltext.h"

#include <chrono>
#include <cstring>
#include <limits>

namespace kube {
namespace {

QString join(std::int64_t large, QLatin1Char largeUnit, std::int64_t small, QLatin1Char smallUnit)
{
    const QString text = QString::number(large) + largeUnit;
    return small == 0 ? text : text + QString::number(small) + smallUnit;
}

/// The number that these digits spell; nothing when one of them is none.
std::optional<int> digits(std::string_view text)
{
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return {};
        number = number * 10 + (c - '0');
    }
    return number;
}

/// Seconds of "Z", "+08:00", "-03:30".
std::optional<int> zoneOffset(std::string_view zone)
{
    if (zone == "Z")
        return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return {};
    const auto hours = digits(zone.substr(1, 2));
    const auto minutes = digits(zone.substr(4, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return {};
    const int seconds = (*hours * 60 + *minutes) * 60;
    return zone[0] == '-' ? -seconds : seconds;
}

template <class T> int order(T a, T b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

/// UTF-16 units in the order of the code points that they encode, which is also the order of UTF-8 bytes: surrogates
/// come after all other units.
int rank(char16_t unit)
{
    if (unit < 0xd800)
        return unit;
    return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

int compareTexts(QStringView a, QStringView b)
{
    const qsizetype common = std::min(a.size(), b.size());
    for (qsizetype i = 0; i < common; ++i) {
        const char16_t left = a[i].unicode();
        const char16_t right = b[i].unicode();
        if (left != right)
            return order(rank(left), rank(right));
    }
    return order(a.size(), b.size());
}

/// A cell as compareCells() sees it: the order of the types, then the value.
enum class Rank : std::uint8_t { Nothing, Number, Ratio, Restarts, Time, Text };

Rank rankOf(Cell cell)
{
    switch (cell.type()) {
    case Cell::Type::Nothing:
        break;
    case Cell::Type::Interned:
    case Cell::Type::Arena:
        return Rank::Text;
    case Cell::Type::Number:
        return Rank::Number;
    case Cell::Type::Ratio:
        return Rank::Ratio;
    case Cell::Type::Restarts:
        return Rank::Restarts;
    case Cell::Type::Age:
        return cell.time() == 0 ? Rank::Nothing : Rank::Time;
    }
    return Rank::Nothing;
}

int compareRatios(Cell a, Cell b)
{
    struct Fraction {
        std::uint64_t part, whole;
    };
    const auto fraction = [](Cell c) {
        if (c.whole() != 0)
            return Fraction{c.part(), c.whole()};
        return c.part() == 0 ? Fraction{1, 1} : Fraction{1, 0};
    };
    const Fraction left = fraction(a);
    const Fraction right = fraction(b);
    if (const int byValue = order(left.part * right.whole, right.part * left.whole))
        return byValue;
    if (const int byWhole = order(a.whole(), b.whole()))
        return byWhole;
    return order(a.part(), b.part());
}

QString textOf(Cell cell, const RowView& row)
{
    if (cell.type() == Cell::Type::Interned)
        return row.text(cell.textId());
    const std::string_view utf8 = row.text(cell.offset(), cell.length());
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

int compareTexts(Cell a, const RowView& rowA, Cell b, const RowView& rowB)
{
    if (a.type() == Cell::Type::Arena && b.type() == Cell::Type::Arena)
        return rowA.text(a.offset(), a.length()).compare(rowB.text(b.offset(), b.length()));
    if (a.type() == Cell::Type::Interned && a == b && rowA.texts == rowB.texts)
        return 0;
    return compareTexts(textOf(a, rowA), textOf(b, rowB));
}

Cell cellOf(const Column& column, const RowView& row)
{
    switch (column.source) {
    case ColumnSource::Name:
        return Cell::arena(row.head->nameOffset, row.head->nameLength);
    case ColumnSource::Namespace:
        return Cell::interned(row.head->nameSpace);
    case ColumnSource::Created:
        return Cell::age(row.head->created);
    case ColumnSource::Cell:
        break;
    }
    const auto index = static_cast<std::size_t>(column.cell);
    return column.cell >= 0 && index < row.cells.size() ? row.cells[index] : Cell{};
}

} // namespace

QString humanDuration(std::int64_t seconds)
{
    constexpr QLatin1Char s('s'), m('m'), h('h'), d('d'), y('y');
    if (seconds < -1)
        return QStringLiteral("<invalid>");
    if (seconds < 0)
        return QStringLiteral("0s");
    if (seconds < 120)
        return QString::number(seconds) + s;
    const std::int64_t minutes = seconds / 60;
    if (minutes < 10)
        return join(minutes, m, seconds % 60, s);
    if (minutes < 180)
        return QString::number(minutes) + m;
    const std::int64_t hours = minutes / 60;
    if (hours < 8)
        return join(hours, h, minutes % 60, m);
    if (hours < 48)
        return QString::number(hours) + h;
    const std::int64_t days = hours / 24;
    if (days < 8)
        return join(days, d, hours % 24, h);
    if (days < 365 * 2)
        return QString::number(days) + d;
    if (days < 365 * 8)
        return join(days / 365, y, days % 365, d);
    return QString::number(days / 365) + y;
}

QString ageText(std::uint32_t since, std::int64_t now)
{
    return since == 0 ? QStringLiteral("<unknown>") : humanDuration(now - std::int64_t{since});
}

QString restartsText(std::uint32_t count, std::uint32_t last, std::int64_t now)
{
    const QString number = QString::number(count);
    return count == 0 || last == 0 ? number : QStringLiteral("%1 (%2 ago)").arg(number, ageText(last, now));
}

std::uint32_t parseTime(std::string_view rfc3339)
{
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    if (rfc3339.size() <= shape.size())
        return 0;
    for (const std::size_t i : {4U, 7U, 10U, 13U, 16U}) {
        if (rfc3339[i] != shape[i])
            return 0;
    }
    const auto year = digits(rfc3339.substr(0, 4));
    const auto month = digits(rfc3339.substr(5, 2));
    const auto day = digits(rfc3339.substr(8, 2));
    const auto hour = digits(rfc3339.substr(11, 2));
    const auto minute = digits(rfc3339.substr(14, 2));
    const auto second = digits(rfc3339.substr(17, 2));
    std::string_view rest = rfc3339.substr(shape.size());
    if (rest.front() == '.') {
        const std::size_t end = rest.find_first_not_of("0123456789", 1);
        if (end == 1 || end == std::string_view::npos)
            return 0;
        rest.remove_prefix(end);
    }
    const auto offset = zoneOffset(rest);
    if (!year || !month || !day || !hour || !minute || !second || !offset || *hour > 23 || *minute > 59 || *second > 59)
        return 0;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return 0;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t time = ((days * 24 + *hour) * 60 + *minute) * 60 + *second - *offset;
    return time > 0 && time <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(time) : 0;
}

QString cellText(const Column& column, const RowView& row, std::int64_t now)
{
    const Cell cell = cellOf(column, row);
    switch (cell.type()) {
    case Cell::Type::Nothing:
        break;
    case Cell::Type::Interned:
    case Cell::Type::Arena:
        return textOf(cell, row);
    case Cell::Type::Number:
        return QString::number(cell.number());
    case Cell::Type::Ratio:
        return QString::number(cell.part()) + QLatin1Char('/') + QString::number(cell.whole());
    case Cell::Type::Restarts:
        return restartsText(cell.count(), cell.time(), now);
    case Cell::Type::Age:
        return ageText(cell.time(), now);
    }
    return column.ifNothing;
}

int compareCells(const Column& column, const RowView& a, const RowView& b)
{
    const Cell left = cellOf(column, a);
    const Cell right = cellOf(column, b);
    const Rank kind = rankOf(left);
    if (const int byType = order(kind, rankOf(right)))
        return byType;
    switch (kind) {
    case Rank::Nothing:
        break;
    case Rank::Number:
        return order(left.number(), right.number());
    case Rank::Ratio:
        return compareRatios(left, right);
    case Rank::Restarts:
        if (const int byCount = order(left.count(), right.count()))
            return byCount;
        return order(left.time(), right.time());
    case Rank::Time:
        return order(left.time(), right.time());
    case Rank::Text:
        return compareTexts(left, a, right, b);
    }
    return 0;
}

} // namespace kube
