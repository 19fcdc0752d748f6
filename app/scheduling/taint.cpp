#include "app/scheduling/taint.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <algorithm>

namespace scheduling {
namespace {

/// validation.IsDecimalInteger and ParseInt: no sign but "-", no leading zero, within 64 bits.
std::optional<qint64> decimal(const QString& text)
{
    const QStringView digits = text.startsWith(QLatin1Char('-')) ? QStringView(text).mid(1) : QStringView(text);
    const auto isDigit = [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); };
    if (digits.isEmpty() || !std::ranges::all_of(digits, isDigit) ||
        (digits.size() > 1 && digits.front() == QLatin1Char('0')) || text == QLatin1String("-0"))
        return std::nullopt;
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return fits ? std::optional(number) : std::nullopt;
}

Match compared(const Toleration& toleration, const Taint& taint)
{
    const auto wanted = decimal(toleration.value);
    const auto has = decimal(taint.value);
    if (!wanted || !has)
        return Match::No;
    const bool matches = toleration.op == QLatin1String("Lt") ? *has < *wanted : *has > *wanted;
    return matches ? Match::Maybe : Match::No;
}

/// The eviction where a comparison counts, or does not.
Eviction evictionWith(std::span<const Taint> taints, std::span<const Toleration> tolerations, bool comparisons)
{
    Eviction eviction;
    std::optional<qint64> least;
    for (const Taint& taint : taints) {
        if (taint.effect != NoExecute)
            continue;
        const auto used = std::ranges::find_if(tolerations, [&](const Toleration& each) {
            const Match match = tolerates(each, taint);
            return match == Match::Yes || (comparisons && match == Match::Maybe);
        });
        if (used == tolerations.end())
            return {.outcome = Eviction::Outcome::EvictedNow};
        eviction.used.push_back(*used);
        if (used->seconds)
            least = std::min(least.value_or(*used->seconds), *used->seconds);
    }
    if (least && *least <= 0)
        eviction.outcome = Eviction::Outcome::EvictedNow;
    else if (least) {
        eviction.outcome = Eviction::Outcome::EvictedAfter;
        eviction.afterSeconds = *least;
    }
    return eviction;
}

} // namespace

Taint taintOf(const kube::Json& taint)
{
    return {kube::rawText(taint, {"key"}), kube::rawText(taint, {"value"}), kube::rawText(taint, {"effect"}),
            kube::rawText(taint, {"timeAdded"})};
}

Toleration tolerationOf(const kube::Json& toleration)
{
    return {kube::rawText(toleration, {"key"}), kube::rawText(toleration, {"operator"}),
            kube::rawText(toleration, {"value"}), kube::rawText(toleration, {"effect"}),
            kube::number(toleration, {"tolerationSeconds"})};
}

std::vector<Taint> taintsOf(const kube::Json& node)
{
    std::vector<Taint> taints;
    for (const kube::Json& taint : kube::elements(node, {"spec", "taints"}))
        taints.push_back(taintOf(taint));
    return taints;
}

std::vector<Toleration> tolerationsOf(const kube::Json& pod)
{
    std::vector<Toleration> tolerations;
    for (const kube::Json& toleration : kube::elements(pod, {"spec", "tolerations"}))
        tolerations.push_back(tolerationOf(toleration));
    return tolerations;
}

QString text(const Taint& taint)
{
    const QString value = taint.value.isEmpty() ? QString() : QLatin1Char('=') + taint.value;
    return base::visible(taint.key + value + QLatin1Char(':') + taint.effect);
}

QString text(const Toleration& toleration)
{
    QString text = toleration.key.isEmpty() ? QStringLiteral("*") : toleration.key;
    if (toleration.op == QLatin1String("Lt"))
        text += QLatin1String("<") + toleration.value;
    else if (toleration.op == QLatin1String("Gt"))
        text += QLatin1String(">") + toleration.value;
    else if (toleration.op != QLatin1String("Exists") && !toleration.value.isEmpty())
        text += QLatin1Char('=') + toleration.value;
    if (!toleration.effect.isEmpty())
        text += QLatin1Char(':') + toleration.effect;
    if (toleration.seconds)
        text += QStringLiteral(" %1 s").arg(*toleration.seconds);
    return base::visible(text);
}

Match tolerates(const Toleration& toleration, const Taint& taint)
{
    if (!toleration.effect.isEmpty() && toleration.effect != taint.effect)
        return Match::No;
    if (!toleration.key.isEmpty() && toleration.key != taint.key)
        return Match::No;
    if (toleration.op.isEmpty() || toleration.op == QLatin1String("Equal"))
        return toleration.value == taint.value ? Match::Yes : Match::No;
    if (toleration.op == QLatin1String("Exists"))
        return Match::Yes;
    if (toleration.op == QLatin1String("Lt") || toleration.op == QLatin1String("Gt"))
        return compared(toleration, taint);
    return Match::No;
}

Match tolerates(std::span<const Toleration> tolerations, const Taint& taint)
{
    Match best = Match::No;
    for (const Toleration& toleration : tolerations) {
        const Match match = tolerates(toleration, taint);
        if (match == Match::Yes)
            return match;
        if (match == Match::Maybe)
            best = match;
    }
    return best;
}

std::vector<Taint> blockingTaints(std::span<const Taint> taints, std::span<const Toleration> tolerations)
{
    std::vector<Taint> blocking;
    for (const Taint& taint : taints)
        if ((taint.effect == NoSchedule || taint.effect == NoExecute) && tolerates(tolerations, taint) != Match::Yes)
            blocking.push_back(taint);
    return blocking;
}

Eviction evictionOf(std::span<const Taint> taints, std::span<const Toleration> tolerations)
{
    Eviction eviction = evictionWith(taints, tolerations, false);
    const Eviction other = evictionWith(taints, tolerations, true);
    eviction.uncertain = eviction.outcome != other.outcome || eviction.afterSeconds != other.afterSeconds;
    return eviction;
}

QString idOf(Eviction::Outcome outcome)
{
    switch (outcome) {
    case Eviction::Outcome::Stays:
        return QStringLiteral("stays");
    case Eviction::Outcome::EvictedNow:
        return QStringLiteral("evictedNow");
    case Eviction::Outcome::EvictedAfter:
        break;
    }
    return QStringLiteral("evictedAfter");
}

} // namespace scheduling
