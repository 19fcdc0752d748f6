#include "app/change/editintent.h"

#include "app/change/fieldpath.h"
#include "app/change/request.h"
#include "app/kube/serverfields.h"

namespace change {
namespace {

using kube::Json;

/// Of a patch, what `object` does not have yet.
Json remaining(const Json& patch, const Json& object)
{
    Json left = Json::object();
    for (const auto& [key, change] : patch.items()) {
        const bool isThere = object.is_object() && object.contains(key);
        if (change.is_null()) {
            if (isThere && !object[key].is_null())
                left[key] = nullptr;
        } else if (change.is_object() && isThere && object[key].is_object()) {
            Json inner = remaining(change, object[key]);
            if (!inner.empty())
                left[key] = std::move(inner);
        } else if (!isThere || object[key] != change) {
            left[key] = change;
        }
    }
    return left;
}

/// Leads from any object back to `before` in what `patch` touches.
Json backwards(const Json& patch, const Json& before)
{
    Json back = Json::object();
    for (const auto& [key, change] : patch.items()) {
        const bool wasThere = before.is_object() && before.contains(key);
        if (!wasThere)
            back[key] = nullptr;
        else if (change.is_object() && before[key].is_object())
            back[key] = backwards(change, before[key]);
        else
            back[key] = before[key];
    }
    return back;
}

} // namespace

Json valuesAt(const Json& patch, const Json& object)
{
    Json values = Json::object();
    for (const auto& [key, change] : patch.items()) {
        const bool isThere = object.is_object() && object.contains(key);
        const Json here = isThere ? object[key] : Json(nullptr);
        values[key] = change.is_object() && here.is_object() ? valuesAt(change, here) : here;
    }
    return values;
}

Json mergePatch(const Json& from, const Json& to)
{
    Json patch = Json::object();
    for (const auto& [key, value] : to.items()) {
        if (!from.contains(key)) {
            if (!value.is_null())
                patch[key] = value;
        } else if (from[key].is_object() && value.is_object()) {
            Json inner = mergePatch(from[key], value);
            if (!inner.empty())
                patch[key] = std::move(inner);
        } else if (from[key] != value) {
            patch[key] = value;
        }
    }
    for (const auto& [key, value] : from.items()) {
        if (!to.contains(key) && !value.is_null())
            patch[key] = nullptr;
    }
    return patch;
}

EditIntent::EditIntent(Target target, const Json& original, const Json& edited) : m_target(std::move(target))
{
    Json from = original;
    Json to = edited;
    from = kube::withoutServerFields(std::move(from));
    to = kube::withoutServerFields(std::move(to));
    m_patch = mergePatch(from, to);
}

Json EditIntent::touched(const Json& object) const
{
    return valuesAt(m_patch, object);
}

Json EditIntent::patch(const Json& live) const
{
    Json left = remaining(m_patch, live);
    return left.empty() ? Json(nullptr) : left;
}

IntentPtr EditIntent::reversed(const Json& before) const
{
    return std::shared_ptr<const EditIntent>(new EditIntent(m_target, backwards(m_patch, before)));
}

QStringList EditIntent::kubectl() const
{
    if (holdsSecrets(m_target, m_patch))
        return {};
    QStringList words{QStringLiteral("patch"), m_target.resource.key(), m_target.name};
    if (!m_target.nameSpace.isEmpty())
        words += {QStringLiteral("-n"), m_target.nameSpace};
    words += {QStringLiteral("--type=merge"), QStringLiteral("-p"), QString::fromUtf8(kube::toBytes(m_patch))};
    return words;
}

std::vector<QString> EditIntent::field() const
{
    FieldPath path;
    for (const Json* at = &m_patch; at->is_object() && at->size() == 1; at = &at->front())
        path.push_back(at->begin().key());
    return managedNames(path);
}

} // namespace change
