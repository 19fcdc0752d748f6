#include "app/scheduling/taintspec.h"

#include "app/base/names.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <algorithm>

namespace scheduling {
namespace {

SpecProblem problem(const char* id, const QString& detail = {})
{
    return {QLatin1String(id), {}, base::visible(detail)};
}

/// '<key>=<value>:<effect>', '<key>:<effect>' or '<key>'.
tl::expected<Taint, SpecProblem> parseTaint(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char(':'));
    if (parts.size() > 2)
        return tl::unexpected(problem("specMalformed"));
    Taint taint{.key = parts[0], .value = {}, .effect = {}, .timeAdded = {}};
    if (parts.size() == 2) {
        taint.effect = parts[1];
        if (auto wrong = problemOfEffect(taint.effect))
            return tl::unexpected(*wrong);
        const QStringList pair = parts[0].split(QLatin1Char('='));
        if (pair.size() > 2)
            return tl::unexpected(problem("specMalformed"));
        taint.key = pair[0];
        taint.value = pair.value(1);
        if (auto wrong = problemOfValue(taint.value))
            return tl::unexpected(*wrong);
    } else if (taint.key.contains(QLatin1Char('='))) {
        return tl::unexpected(problem("effectMissing"));
    }
    if (auto wrong = problemOfKey(taint.key))
        return tl::unexpected(*wrong);
    return taint;
}

kube::Json toJson(const Taint& taint)
{
    kube::Json json{{"key", taint.key.toStdString()}};
    if (!taint.value.isEmpty())
        json["value"] = taint.value.toStdString();
    json["effect"] = taint.effect.toStdString();
    return json;
}

const Taint* wanted(const TaintEdit& edit, const Taint& taint)
{
    const auto found = std::ranges::find_if(edit.set, [&](const Taint& each) { return each.isSame(taint); });
    return found == edit.set.end() ? nullptr : &*found;
}

} // namespace

std::optional<SpecProblem> problemOfKey(const QString& key)
{
    const QStringList parts = key.split(QLatin1Char('/'));
    if (parts.size() > 2)
        return problem("keyInvalid", key);
    if (parts.size() == 2) {
        const QString& prefix = parts.front();
        if (prefix.isEmpty())
            return problem("prefixEmpty");
        if (prefix.size() > base::LongestSubdomain)
            return problem("prefixTooLong", prefix);
        if (!base::isDnsSubdomain(prefix))
            return problem("prefixInvalid", prefix);
    }
    const QString& name = parts.back();
    if (name.isEmpty())
        return problem("keyEmpty");
    if (name.size() > base::LongestLabel)
        return problem("keyTooLong", name);
    if (!base::isNamePart(name))
        return problem("keyInvalid", name);
    return std::nullopt;
}

std::optional<SpecProblem> problemOfValue(const QString& value)
{
    if (value.size() > base::LongestLabel)
        return problem("valueTooLong", value);
    if (!base::isLabelValue(value))
        return problem("valueInvalid", value);
    return std::nullopt;
}

std::optional<SpecProblem> problemOfEffect(const QString& effect)
{
    if (effect == NoSchedule || effect == PreferNoSchedule || effect == NoExecute)
        return std::nullopt;
    return problem("effectUnknown", effect);
}

bool TaintEdit::touches(const Taint& taint) const
{
    return wanted(*this, taint) ||
           std::ranges::any_of(remove, [&](const TaintRemoval& removal) { return removal.covers(taint); });
}

tl::expected<TaintEdit, SpecProblem> parseTaintSpecs(const QStringList& specs)
{
    TaintEdit edit;
    for (const QString& spec : specs) {
        const auto refused = [&spec](SpecProblem problem) {
            problem.spec = base::visible(spec);
            return tl::unexpected(std::move(problem));
        };
        const bool removes = spec.endsWith(QLatin1Char('-'));
        auto taint = parseTaint(removes ? spec.chopped(1) : spec);
        if (!taint)
            return refused(taint.error());
        if (removes) {
            TaintRemoval removal{taint->key, taint->effect};
            if (std::ranges::find(edit.remove, removal) == edit.remove.end())
                edit.remove.push_back(std::move(removal));
            continue;
        }
        if (taint->effect.isEmpty())
            return refused(problem("effectMissing"));
        if (wanted(edit, *taint))
            return refused(problem("duplicate", taint->key + QLatin1Char(':') + taint->effect));
        edit.set.push_back(std::move(*taint));
    }
    for (const TaintRemoval& removal : edit.remove)
        for (const Taint& taint : edit.set)
            if (removal.covers(taint))
                return tl::unexpected(SpecProblem{QStringLiteral("addedAndRemoved"), text(taint),
                                                  base::visible(taint.key + QLatin1Char(':') + taint.effect)});
    return edit;
}

QStringList specsOf(const TaintEdit& edit)
{
    QStringList specs;
    for (const Taint& taint : edit.set)
        specs += text(taint);
    for (const TaintRemoval& removal : edit.remove)
        specs += base::visible(removal.effect.isEmpty()
                                   ? removal.key + QLatin1Char('-')
                                   : removal.key + QLatin1Char(':') + removal.effect + QLatin1Char('-'));
    return specs;
}

kube::Json withEdit(const kube::Json& taints, const TaintEdit& edit)
{
    kube::Json after = kube::Json::array();
    std::vector<Taint> missing = edit.set;
    for (const kube::Json& served : kube::elements(taints)) {
        const Taint taint = taintOf(served);
        if (const Taint* want = wanted(edit, taint)) {
            after.push_back(want->value == taint.value ? served : toJson(*want));
            std::erase_if(missing, [&](const Taint& each) { return each.isSame(taint); });
        } else if (!edit.touches(taint)) {
            after.push_back(served);
        }
    }
    for (const Taint& taint : missing)
        after.push_back(toJson(taint));
    return after;
}

kube::Json touchedBy(const kube::Json& taints, const TaintEdit& edit)
{
    kube::Json touched = kube::Json::array();
    for (const kube::Json& served : kube::elements(taints))
        if (edit.touches(taintOf(served)))
            touched.push_back(served);
    return touched;
}

TaintEdit reversed(const kube::Json& before, const TaintEdit& edit)
{
    TaintEdit back;
    for (const kube::Json& served : kube::elements(before)) {
        Taint taint = taintOf(served);
        taint.timeAdded.clear();
        if (edit.touches(taint))
            back.set.push_back(std::move(taint));
    }
    for (const Taint& taint : edit.set)
        if (!wanted(back, taint))
            back.remove.push_back({taint.key, taint.effect});
    return back;
}

} // namespace scheduling
