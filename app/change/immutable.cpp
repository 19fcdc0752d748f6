#include "app/change/immutable.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace change {
namespace {

using kube::Json;

/// One step into an object: a key, or an index.
struct Step {
    std::string key;
    int index = -1;
};
using Path = std::vector<Step>;

QString textOf(const Path& path)
{
    QString text;
    for (const Step& step : path) {
        if (step.index >= 0)
            text += QStringLiteral("[%1]").arg(step.index);
        else if (QString::fromStdString(step.key).contains(QLatin1Char('.')))
            text += QStringLiteral("[%1]").arg(QString::fromStdString(step.key));
        else
            text += (text.isEmpty() ? QString() : QStringLiteral(".")) + QString::fromStdString(step.key);
    }
    return text;
}

const Json* find(const Json& object, const Path& path)
{
    const Json* value = &object;
    for (const Step& step : path) {
        if (step.index >= 0) {
            if (!value->is_array() || static_cast<std::size_t>(step.index) >= value->size())
                return nullptr;
            value = &(*value)[static_cast<std::size_t>(step.index)];
        } else {
            if (!value->is_object() || !value->contains(step.key))
                return nullptr;
            value = &(*value)[step.key];
        }
    }
    return value;
}

/// One step down into what is to be written; objects on the way are made. Null where nothing can be there.
Json* stepInto(Json& object, const Step& step)
{
    if (step.index >= 0) {
        const auto index = static_cast<std::size_t>(step.index);
        return object.is_array() && index < object.size() ? &object[index] : nullptr;
    }
    if (!object.is_object())
        return nullptr;
    Json& value = object[step.key];
    if (value.is_null())
        value = Json::object();
    return &value;
}

/// A selector is replaced as a whole (x-kubernetes-map-type: atomic): what is not said is taken away.
bool isOneValue(const Path& path)
{
    return path.size() >= 2 && path[0].key == "spec" && path[1].key == "selector";
}

/// The places where `wanted` says another thing than `live`; what it does not speak of is no difference.
void differences(const Json& live, const Json& wanted, Path& at, std::vector<Path>& found)
{
    if (wanted.is_object() && live.is_object()) {
        for (const auto& [key, value] : wanted.items()) {
            at.push_back({key});
            differences(live.contains(key) ? live[key] : Json(nullptr), value, at, found);
            at.pop_back();
        }
        if (!isOneValue(at))
            return;
        for (const auto& [key, value] : live.items()) {
            if (wanted.contains(key))
                continue;
            at.push_back({key});
            found.push_back(at);
            at.pop_back();
        }
        return;
    }
    if (wanted.is_array() && live.is_array() && wanted.size() == live.size()) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            at.push_back({{}, static_cast<int>(i)});
            differences(live[i], wanted[i], at, found);
            at.pop_back();
        }
        return;
    }
    const bool isNothing = live.is_null() && (wanted.is_null() || wanted.empty());
    if (wanted != live && !isNothing)
        found.push_back(at);
}

struct Rule {
    const char* kind;
    std::initializer_list<const char*> fixed; ///< fields, with all below them; "spec" alone: all of it
    std::initializer_list<const char*> free;  ///< but these
};
const std::array Rules{
    Rule{"Service", {"spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies"}, {}},
    Rule{"Deployment", {"spec.selector"}, {}},
    Rule{"DaemonSet", {"spec.selector"}, {}},
    Rule{"ReplicaSet", {"spec.selector"}, {}},
    Rule{"StatefulSet",
         {"spec"},
         {"spec.replicas", "spec.ordinals", "spec.template", "spec.updateStrategy",
          "spec.persistentVolumeClaimRetentionPolicy", "spec.minReadySeconds", "spec.revisionHistoryLimit"}},
    Rule{"Job",
         {"spec.template", "spec.selector", "spec.completionMode", "spec.podFailurePolicy", "spec.backoffLimitPerIndex",
          "spec.managedBy", "spec.successPolicy", "spec.completions"},
         {}},
    Rule{"Pod", {"spec"}, {"spec.activeDeadlineSeconds", "spec.tolerations", "spec.terminationGracePeriodSeconds"}},
    Rule{"PersistentVolumeClaim", {"spec"}, {"spec.resources.requests", "spec.volumeAttributesClassName"}},
    Rule{"PersistentVolume", {"spec.csi", "spec.hostPath", "spec.nfs", "spec.local", "spec.volumeMode"}, {}},
    Rule{"ConfigMap", {"data", "binaryData", "immutable"}, {}},
    Rule{"Secret", {"type", "data", "stringData", "immutable"}, {}},
    Rule{"RoleBinding", {"roleRef"}, {}},
    Rule{"ClusterRoleBinding", {"roleRef"}, {}},
    Rule{"StorageClass", {"provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"}, {}},
    Rule{"IngressClass", {"spec.controller"}, {}},
};

bool isBelow(const QString& field, const QString& above)
{
    return field == above || (field.startsWith(above) &&
                              (field[above.size()] == QLatin1Char('.') || field[above.size()] == QLatin1Char('[')));
}

bool isImage(const QString& field)
{
    static const QRegularExpression image(QStringLiteral("\\Aspec\\.(initC|c)ontainers\\[\\d+\\]\\.image\\z"));
    return image.match(field).hasMatch();
}

bool isFixed(const QString& kind, const QString& field)
{
    const auto rule = std::ranges::find_if(Rules, [&](const Rule& each) { return kind == QLatin1String(each.kind); });
    if (rule == Rules.end())
        return false;
    const auto covers = [&field](const char* above) { return isBelow(field, QLatin1String(above)); };
    if (kind == QLatin1String("Pod") && isImage(field))
        return false;
    return std::ranges::any_of(rule->fixed, covers) && std::ranges::none_of(rule->free, covers);
}

/// How validation says that a field may not be changed, in all versions.
bool speaksOfChange(const QString& text)
{
    static const QRegularExpression words(
        QStringLiteral("immutable|may not (be )?change|can ?not (be )?change|not be (changed|modified|updated)|"
                       "updates to .* (is|are) forbidden|updates? .* for fields other than|self == oldSelf"),
        QRegularExpression::CaseInsensitiveOption);
    return words.match(text).hasMatch();
}

/// A field as a server names it: "spec.ports[0].nodePort", "metadata.labels[a.b/c]".
Path pathOf(const QString& field)
{
    static const QRegularExpression part(QStringLiteral("([^.\\[\\]]+)|\\[([^\\]]*)\\]"));
    Path path;
    for (auto it = part.globalMatch(field); it.hasNext();) {
        const auto match = it.next();
        if (match.capturedLength(1) > 0) {
            path.push_back({match.captured(1).toStdString()});
            continue;
        }
        bool isNumber = false;
        const int index = match.captured(2).toInt(&isNumber);
        path.push_back(isNumber ? Step{{}, index} : Step{match.captured(2).toStdString()});
    }
    return path;
}

QString kindOf(const Json& object)
{
    return kube::rawText(object, {"kind"});
}

/// A Secret's stringData as the server keeps it.
Json withData(Json object)
{
    if (kindOf(object) != QLatin1String("Secret") || !object.contains("stringData") ||
        !object["stringData"].is_object())
        return object;
    Json& data = object["data"];
    if (!data.is_object())
        data = Json::object();
    for (const auto& [key, value] : object["stringData"].items())
        data[key] = kube::rawText(value).toUtf8().toBase64().toStdString();
    object.erase("stringData");
    return object;
}

} // namespace

std::vector<ImmutableField> immutableFields(const Json& live, const Json& asked, const base::Error& error)
{
    const Json wanted = withData(asked);
    if (!live.is_object() || error.kind != base::ErrorKind::Invalid)
        return {};
    QStringList named;
    bool isAboutChange = speaksOfChange(error.said);
    for (const base::ErrorCause& cause : error.causes) {
        const bool says = speaksOfChange(cause.message);
        isAboutChange = isAboutChange || says;
        if (says && !cause.field.isEmpty())
            named << cause.field;
    }
    if (!isAboutChange)
        return {};
    const auto [shownLive, shownWanted] = kube::withoutSecrets(live, wanted);
    const QString kind = kindOf(wanted);
    std::vector<Path> places;
    Path at;
    differences(live, wanted, at, places);
    std::vector<ImmutableField> fields;
    const auto add = [&](const Path& path) {
        const Json* has = find(shownLive, path);
        const Json* wants = find(shownWanted, path);
        fields.push_back({base::visible(textOf(path)), has ? *has : Json(nullptr), wants ? *wants : Json(nullptr)});
    };
    for (const Path& path : places) {
        const QString field = textOf(path);
        // What a server names more closely than by its first part alone is meant; else our own rules tell.
        const bool isNamed = std::ranges::any_of(named, [&](const QString& each) {
            const bool isBroad = each == QLatin1String("spec");
            return !isBroad && (isBelow(field, each) || isBelow(each, field));
        });
        if (isNamed || isFixed(kind, field))
            add(path);
    }
    if (fields.empty())
        for (const QString& each : named)
            add(pathOf(each));
    return fields;
}

Json keeping(Json wanted, const Json& live, const std::vector<ImmutableField>& fields)
{
    wanted = withData(std::move(wanted));
    for (const ImmutableField& each : fields) {
        const Path path = pathOf(each.field);
        const Json* has = find(live, path);
        Json* place = &wanted;
        for (std::size_t i = 0; i + 1 < path.size() && place; ++i)
            place = stepInto(*place, path[i]);
        if (!place || path.empty())
            continue;
        const Step& last = path.back();
        if (last.index >= 0) {
            if (has && place->is_array() && static_cast<std::size_t>(last.index) < place->size())
                (*place)[static_cast<std::size_t>(last.index)] = *has;
        } else if (has) {
            (*place)[last.key] = *has;
        } else {
            place->erase(last.key);
        }
    }
    return wanted;
}

std::vector<WayOut> waysOut(const Json& live, const std::vector<ImmutableField>& fields)
{
    if (fields.empty())
        return {};
    QStringList loses;
    const QString kind = kindOf(live);
    if (kind == QLatin1String("Service")) {
        const QString address = kube::rawText(live, {"spec", "clusterIP"});
        if (!address.isEmpty() && address != QLatin1String("None"))
            loses << QStringLiteral("clusterIP:") + base::visible(address);
        for (const Json& port : kube::elements(live, {"spec", "ports"}))
            if (const auto number = kube::number(port, {"nodePort"}))
                loses << QStringLiteral("nodePort:%1").arg(*number);
        for (const Json& ingress : kube::elements(live, {"status", "loadBalancer", "ingress"})) {
            const QString ip = kube::rawText(ingress, {"ip"});
            loses << QStringLiteral("loadBalancer:") +
                         base::visible(ip.isEmpty() ? kube::rawText(ingress, {"hostname"}) : ip);
        }
    }
    constexpr std::array WithPods{"Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "Job", "Pod"};
    if (std::ranges::any_of(WithPods, [&kind](const char* each) { return kind == QLatin1String(each); }))
        loses << QStringLiteral("pods");
    if (kind == QLatin1String("Deployment") || kind == QLatin1String("Job"))
        loses << QStringLiteral("history");
    if (kind == QLatin1String("PersistentVolumeClaim"))
        loses << QStringLiteral("data");
    if (kind.endsWith(QLatin1String("RoleBinding")))
        loses << QStringLiteral("bindings");
    return {{QStringLiteral("keep"), {}}, {QStringLiteral("rename"), {}}, {QStringLiteral("recreate"), loses}};
}

} // namespace change
