#include "app/change/hostpath.h"

#include "app/base/names.h"
#include "app/change/fieldpath.h"
#include "app/change/workloadintents.h"
#include "app/kube/jsonread.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <set>

namespace change {
namespace {

using base::Severity;
using kube::Json;

bool hasBackstep(const QString& path)
{
    return path.split(QLatin1Char('/')).contains(QLatin1String(".."));
}

/// Without slashes at the end, and none doubled: "/a//b/" is "/a/b".
QString tidy(const QString& path)
{
    QString tidied = QLatin1Char('/') + path.split(QLatin1Char('/'), Qt::SkipEmptyParts).join(QLatin1Char('/'));
    return tidied;
}

bool isIn(const QString& path, const QString& folder)
{
    return path == folder || folder == QLatin1String("/") || path.startsWith(folder + QLatin1Char('/'));
}

/// A part of a node that a container seldom needs and often ruins; the narrowest first.
struct Danger {
    const char* folder;
    const char* id;
};
constexpr std::array Dangers{
    Danger{"/var/run/docker.sock", "runtimeSocket"},
    Danger{"/run/docker.sock", "runtimeSocket"},
    Danger{"/run/containerd", "runtimeSocket"},
    Danger{"/var/run/containerd", "runtimeSocket"},
    Danger{"/run/crio", "runtimeSocket"},
    Danger{"/var/run/crio", "runtimeSocket"},
    Danger{"/etc/kubernetes/manifests", "manifests"},
    Danger{"/etc/kubernetes", "keys"},
    Danger{"/var/lib/kubelet", "kubelet"},
    Danger{"/var/lib/etcd", "etcd"},
    Danger{"/proc", "proc"},
    Danger{"/sys", "sys"},
    Danger{"/dev", "dev"},
    Danger{"/boot", "boot"},
    Danger{"/root", "home"},
    Danger{"/etc", "etc"},
};
/// Dangerous as a whole only: directories below them are what people use.
constexpr std::array Wholes{Danger{"/", "root"},   Danger{"/var", "var"},     Danger{"/var/lib", "var"},
                            Danger{"/run", "run"}, Danger{"/var/run", "run"}, Danger{"/home", "home"}};

QString dangerOf(const QString& path)
{
    for (const Danger& each : Dangers)
        if (isIn(path, QLatin1String(each.folder)))
            return QLatin1String(each.id);
    for (const Danger& each : Wholes)
        if (path == QLatin1String(each.folder))
            return QLatin1String(each.id);
    return {};
}

bool isWindowsPath(const QString& path)
{
    static const QRegularExpression drive(QStringLiteral("\\A[A-Za-z]:[/\\\\]"));
    return drive.match(path).hasMatch();
}

void judgePath(const HostPathDraft& draft, std::vector<Hazard>& hazards)
{
    if (draft.path.isEmpty())
        hazards.push_back({QStringLiteral("pathMissing"), Severity::Error});
    else if (!draft.path.startsWith(QLatin1Char('/')) && !isWindowsPath(draft.path))
        hazards.push_back({QStringLiteral("pathRelative"), Severity::Error, draft.path});
    if (hasBackstep(draft.path))
        hazards.push_back({QStringLiteral("pathBackstep"), Severity::Error, draft.path});
    if (!hostPathTypes().contains(draft.type))
        hazards.push_back({QStringLiteral("typeUnknown"), Severity::Error, draft.type});
    if (draft.path.isEmpty())
        return;
    if (const QString danger = dangerOf(tidy(draft.path)); !danger.isEmpty())
        hazards.push_back({QStringLiteral("dangerousPath"), Severity::Warning, danger});
    if (draft.type.endsWith(QLatin1String("OrCreate")))
        hazards.push_back({QStringLiteral("ownedByRoot"), Severity::Warning, draft.path});
    if (draft.type.isEmpty())
        hazards.push_back({QStringLiteral("notChecked"), Severity::Warning, draft.path});
    if (draft.path.endsWith(QLatin1String(".sock")) && draft.type != QLatin1String("Socket"))
        hazards.push_back({QStringLiteral("socketNeedsType"), Severity::Info, draft.path});
}

void judgeMount(const HostPathDraft& draft, std::vector<Hazard>& hazards)
{
    if (draft.mountPath.isEmpty())
        hazards.push_back({QStringLiteral("mountMissing"), Severity::Error});
    else if (!draft.mountPath.startsWith(QLatin1Char('/')) && !isWindowsPath(draft.mountPath))
        hazards.push_back({QStringLiteral("mountRelative"), Severity::Error, draft.mountPath});
    else if (draft.mountPath.contains(QLatin1Char(':')) && !isWindowsPath(draft.mountPath))
        hazards.push_back({QStringLiteral("mountColon"), Severity::Error, draft.mountPath});
    if (draft.subPath.startsWith(QLatin1Char('/')))
        hazards.push_back({QStringLiteral("subPathAbsolute"), Severity::Error, draft.subPath});
    if (hasBackstep(draft.subPath))
        hazards.push_back({QStringLiteral("subPathBackstep"), Severity::Error, draft.subPath});
    constexpr std::array OfImages{"/", "/bin", "/sbin", "/lib", "/lib64", "/usr", "/etc", "/usr/bin", "/usr/lib"};
    const bool hidesImage = std::ranges::any_of(
        OfImages, [mount = tidy(draft.mountPath)](const char* each) { return mount == QLatin1String(each); });
    if (!draft.mountPath.isEmpty() && hidesImage)
        hazards.push_back({QStringLiteral("shadowsImage"), Severity::Warning, draft.mountPath});
    if (!draft.readOnly)
        hazards.push_back({QStringLiteral("writable"), Severity::Warning, draft.path});
}

const Json* named(const Json::array_t& list, const QString& name)
{
    const auto found =
        std::ranges::find_if(list, [&name](const Json& each) { return kube::rawText(each, {"name"}) == name; });
    return found == list.end() ? nullptr : &*found;
}

/// The container that is meant, with the list that it stands in; null: it is not there.
std::pair<const Json*, const char*> containerIn(const Json& podTemplate, const QString& name)
{
    for (const char* list : {"containers", "initContainers"}) {
        const auto& containers = kube::elements(podTemplate, {"spec", list});
        if (name.isEmpty() && !containers.empty())
            return {&containers.front(), list};
        if (const Json* found = named(containers, name))
            return {found, list};
    }
    return {nullptr, nullptr};
}

const Json* mountAt(const Json& container, const QString& mountPath)
{
    const auto& mounts = kube::elements(container, {"volumeMounts"});
    const auto found = std::ranges::find_if(mounts, [path = tidy(mountPath)](const Json& each) {
        return tidy(kube::rawText(each, {"mountPath"})) == path;
    });
    return found == mounts.end() ? nullptr : &*found;
}

bool isSameVolume(const Json& volume, const HostPathDraft& draft)
{
    return kube::rawText(volume, {"hostPath", "path"}) == draft.path &&
           kube::rawText(volume, {"hostPath", "type"}) == draft.type;
}

bool isSameMount(const Json& mount, const HostPathDraft& draft)
{
    return kube::rawText(mount, {"name"}) == draft.volume && kube::rawText(mount, {"subPath"}) == draft.subPath &&
           kube::flag(mount, {"readOnly"}) == draft.readOnly;
}

void judgeBeside(const HostPathDraft& draft, const Json& podTemplate, std::vector<Hazard>& hazards)
{
    const Json* volume = named(kube::elements(podTemplate, {"spec", "volumes"}), draft.volume);
    if (volume && !isSameVolume(*volume, draft))
        hazards.push_back({QStringLiteral("volumeTaken"), Severity::Error, draft.volume});
    const auto [container, list] = containerIn(podTemplate, draft.container);
    if (!container) {
        hazards.push_back({QStringLiteral("containerMissing"), Severity::Error, draft.container});
        return;
    }
    if (draft.mountPath.isEmpty())
        return;
    const Json* taken = mountAt(*container, draft.mountPath);
    if (taken && !isSameMount(*taken, draft))
        hazards.push_back({QStringLiteral("mountTaken"), Severity::Error, draft.mountPath});
    const QString here = tidy(draft.mountPath);
    for (const Json& each : kube::elements(*container, {"volumeMounts"})) {
        const QString there = tidy(kube::rawText(each, {"mountPath"}));
        if (there != here && (isIn(there, here) || isIn(here, there)))
            hazards.push_back({QStringLiteral("shadows"), Severity::Warning, there});
    }
}

class HostPathIntent final : public Intent {
public:
    HostPathIntent(Target target, HostPathDraft draft, bool takesAway)
        : m_target(std::move(target)),
          m_draft(std::move(draft)),
          m_takesAway(takesAway)
    {
    }
    QString id() const override { return m_takesAway ? QStringLiteral("removeHostPath") : QStringLiteral("hostPath"); }
    const Target& target() const override { return m_target; }
    Json touched(const Json& object) const override
    {
        const Json& pods = podTemplateOf(m_target.resource, object);
        const Json* volume = named(kube::elements(pods, {"spec", "volumes"}), m_draft.volume);
        const auto [container, list] = containerIn(pods, m_draft.container);
        const Json* mount = container ? mountAt(*container, m_draft.mountPath) : nullptr;
        return {{"volume", volume ? *volume : Json(nullptr)}, {"mount", mount ? *mount : Json(nullptr)}};
    }
    Json patch(const Json& live) const override
    {
        const Json& pods = podTemplateOf(m_target.resource, live);
        const auto [container, list] = containerIn(pods, m_draft.container);
        if (!container)
            return nullptr;
        const Json has = touched(live);
        Json spec = Json::object();
        const bool changesVolume =
            m_takesAway ? !has["volume"].is_null() && !isUsedElsewhere(pods, *container) : has["volume"].is_null();
        if (changesVolume)
            spec["volumes"] =
                Json::array({marked(m_takesAway ? Json{{"name", m_draft.volume.toStdString()}} : volumeOf(m_draft))});
        if (has["mount"].is_null() != m_takesAway) {
            Json mount = m_takesAway ? Json{{"mountPath", has["mount"]["mountPath"]}} : mountOf(m_draft);
            spec[list] = Json::array(
                {{{"name", (*container)["name"]}, {"volumeMounts", Json::array({marked(std::move(mount))})}}});
        }
        if (spec.empty())
            return nullptr;
        return nested(podSpecPath(m_target.resource), std::move(spec));
    }
    IntentPtr reversed(const Json&) const override
    {
        return std::make_shared<HostPathIntent>(m_target, m_draft, !m_takesAway);
    }
    QStringList kubectl() const override
    {
        // kubectl has no command of its own for it.
        Json spec{{"volumes", Json::array({marked(m_takesAway ? Json{{"name", m_draft.volume.toStdString()}}
                                                              : volumeOf(m_draft))})}};
        if (m_draft.container.isEmpty())
            return {};
        Json mount = m_takesAway ? Json{{"mountPath", m_draft.mountPath.toStdString()}} : mountOf(m_draft);
        spec["containers"] = Json::array(
            {{{"name", m_draft.container.toStdString()}, {"volumeMounts", Json::array({marked(std::move(mount))})}}});
        return QStringList{QStringLiteral("patch")} + kubectlObject(m_target) +
               QStringList{QStringLiteral("--type=strategic"), QStringLiteral("-p"),
                           QString::fromUtf8(kube::toBytes(nested(podSpecPath(m_target.resource), std::move(spec))))};
    }
    std::vector<QString> field() const override
    {
        FieldPath path = podSpecPath(m_target.resource);
        path.emplace_back("volumes");
        return managedNames(path);
    }
    PatchType patchType() const override { return PatchType::Strategic; }
    QString refusal(const Json& live) const override
    {
        if (m_takesAway)
            return {};
        std::vector<Hazard> hazards;
        judgeBeside(m_draft, podTemplateOf(m_target.resource, live), hazards);
        const auto error = std::ranges::find(hazards, Severity::Error, &Hazard::severity);
        return error == hazards.end() ? QString() : error->id;
    }

private:
    Json marked(Json element) const
    {
        if (m_takesAway)
            element["$patch"] = "delete";
        return element;
    }
    /// Another mount of the volume, which somebody has made since.
    bool isUsedElsewhere(const Json& pods, const Json& own) const
    {
        int uses = 0;
        for (const char* list : {"containers", "initContainers"})
            for (const Json& container : kube::elements(pods, {"spec", list}))
                for (const Json& mount : kube::elements(container, {"volumeMounts"}))
                    uses += kube::rawText(mount, {"name"}) == m_draft.volume ? 1 : 0;
        return uses > (mountAt(own, m_draft.mountPath) ? 1 : 0);
    }

    Target m_target;
    HostPathDraft m_draft;
    bool m_takesAway;
};

/// An object at a key, whatever stands there.
Json& objectIn(Json& parent, const char* key)
{
    Json& child = parent[key];
    if (!child.is_object())
        child = Json::object();
    return child;
}

void addTo(Json& podSpec, const HostPathDraft& draft)
{
    const auto add = [](Json& list, Json element) {
        if (!list.is_array())
            list = Json::array();
        list.push_back(std::move(element));
    };
    add(podSpec["volumes"], volumeOf(draft));
    for (const char* list : {"containers", "initContainers"}) {
        if (!podSpec.contains(list) || !podSpec[list].is_array())
            continue;
        for (Json& each : podSpec[list]) {
            if (!each.is_object() || (!draft.container.isEmpty() && kube::rawText(each, {"name"}) != draft.container))
                continue;
            add(each["volumeMounts"], mountOf(draft));
            return;
        }
    }
}

} // namespace

const QStringList& hostPathTypes()
{
    // k8s.io/api/core/v1/types.go, HostPathType
    static const QStringList types{QString(),
                                   QStringLiteral("DirectoryOrCreate"),
                                   QStringLiteral("Directory"),
                                   QStringLiteral("FileOrCreate"),
                                   QStringLiteral("File"),
                                   QStringLiteral("Socket"),
                                   QStringLiteral("CharDevice"),
                                   QStringLiteral("BlockDevice")};
    return types;
}

bool hasErrors(const std::vector<Hazard>& hazards)
{
    return std::ranges::any_of(hazards, [](const Hazard& each) { return each.severity == Severity::Error; });
}

bool takesVolumes(const kube::ApiResource& resource)
{
    static const QStringList kinds{QStringLiteral("deployments.apps"), QStringLiteral("statefulsets.apps"),
                                   QStringLiteral("daemonsets.apps"), QStringLiteral("cronjobs.batch")};
    return kinds.contains(resource.key());
}

bool isCopiedForVolumes(const kube::ApiResource& resource)
{
    return resource.key() == QLatin1String("pods") || resource.key() == QLatin1String("jobs.batch");
}

const Json& podTemplateOf(const kube::ApiResource& resource, const Json& object)
{
    static const Json none;
    const bool isJob = resource.group == QLatin1String("batch") && resource.resource == QLatin1String("jobs");
    auto path = isJob ? FieldPath{"spec", "template", "spec"} : podSpecPath(resource);
    if (path.empty())
        return none;
    path.pop_back();
    return kube::at(object, path);
}

QStringList containersOf(const Json& podTemplate)
{
    QStringList names;
    for (const char* list : {"containers", "initContainers"})
        for (const Json& each : kube::elements(podTemplate, {"spec", list}))
            names << kube::rawText(each, {"name"});
    return names;
}

QString suggestedVolume(const QString& path, const Json& podTemplate)
{
    QString stem;
    for (const QChar c : path.toLower()) {
        const bool isPlain =
            (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
        if (isPlain)
            stem += c;
        else if (!stem.isEmpty() && !stem.endsWith(QLatin1Char('-')))
            stem += QLatin1Char('-');
    }
    stem = stem.right(base::LongestLabel - 4);
    while (stem.startsWith(QLatin1Char('-')))
        stem.remove(0, 1);
    while (stem.endsWith(QLatin1Char('-')))
        stem.chop(1);
    if (stem.isEmpty())
        stem = QStringLiteral("host");
    QString name = stem;
    const auto& taken = kube::elements(podTemplate, {"spec", "volumes"});
    for (int i = 2; named(taken, name); ++i)
        name = stem + QLatin1Char('-') + QString::number(i);
    return name;
}

std::vector<Hazard> hazardsOf(const HostPathDraft& draft, const Json& podTemplate)
{
    std::vector<Hazard> hazards;
    judgePath(draft, hazards);
    if (draft.volume.isEmpty())
        hazards.push_back({QStringLiteral("volumeMissing"), Severity::Error});
    else if (!base::isDnsLabel(draft.volume))
        hazards.push_back({QStringLiteral("volumeInvalid"), Severity::Error, draft.volume});
    judgeMount(draft, hazards);
    if (!podTemplate.is_null())
        judgeBeside(draft, podTemplate, hazards);
    hazards.push_back({QStringLiteral("movesLeaveData"), Severity::Info, draft.path});
    hazards.push_back({QStringLiteral("betterChoice"), Severity::Info});
    std::ranges::stable_sort(hazards, {}, &Hazard::severity);
    return hazards;
}

IntentPtr mountHostPath(const Target& target, const HostPathDraft& draft)
{
    return std::make_shared<HostPathIntent>(target, draft, false);
}

Json volumeOf(const HostPathDraft& draft)
{
    return {{"name", draft.volume.toStdString()},
            {"hostPath", {{"path", draft.path.toStdString()}, {"type", draft.type.toStdString()}}}};
}

Json mountOf(const HostPathDraft& draft)
{
    Json mount{{"name", draft.volume.toStdString()}, {"mountPath", draft.mountPath.toStdString()}};
    if (!draft.subPath.isEmpty())
        mount["subPath"] = draft.subPath.toStdString();
    if (draft.readOnly)
        mount["readOnly"] = true;
    return mount;
}

Json newDeployment(const QString& name, const QString& nameSpace, const QString& image, const HostPathDraft& draft)
{
    const Json labels{{"app.kubernetes.io/name", name.toStdString()}};
    const QString container = draft.container.isEmpty() ? name : draft.container;
    Json spec{{"containers", Json::array({{{"name", container.toStdString()}, {"image", image.toStdString()}}})}};
    HostPathDraft own = draft;
    own.container = container;
    addTo(spec, own);
    return {{"apiVersion", "apps/v1"},
            {"kind", "Deployment"},
            {"metadata", {{"name", name.toStdString()}, {"namespace", nameSpace.toStdString()}, {"labels", labels}}},
            {"spec",
             {{"replicas", 1},
              {"selector", {{"matchLabels", labels}}},
              {"template", {{"metadata", {{"labels", labels}}}, {"spec", std::move(spec)}}}}}};
}

Json copyWith(const kube::ApiResource& resource, const Json& object, const QString& name, const HostPathDraft& draft)
{
    Json labels = kube::at(object, {"metadata", "labels"});
    Json spec = kube::at(object, {"spec"});
    if (!spec.is_object())
        spec = Json::object();
    const bool isPod = resource.resource == QLatin1String("pods");
    Json& pods = isPod ? spec : objectIn(objectIn(spec, "template"), "spec");
    // What a controller or the scheduler filled in belongs to the one that is there.
    for (const char* own : {"nodeName", "serviceAccount"})
        pods.erase(own);
    if (isPod) {
        labels = nullptr;
        // Admission mounts a token of its own into the new one.
        std::set<std::string> tokens;
        if (pods.contains("volumes") && pods["volumes"].is_array()) {
            Json& volumes = pods["volumes"];
            for (const Json& each : volumes)
                if (kube::rawText(each, {"name"}).startsWith(QLatin1String("kube-api-access-")))
                    tokens.insert(each["name"].get<std::string>());
            std::erase_if(volumes.get_ref<Json::array_t&>(), [&](const Json& each) {
                return tokens.contains(kube::rawText(each, {"name"}).toStdString());
            });
        }
        for (const char* list : {"containers", "initContainers"}) {
            if (!pods.contains(list) || !pods[list].is_array())
                continue;
            for (Json& container : pods[list]) {
                if (container.is_object() && container.contains("volumeMounts") && container["volumeMounts"].is_array())
                    std::erase_if(container["volumeMounts"].get_ref<Json::array_t&>(), [&](const Json& each) {
                        return tokens.contains(kube::rawText(each, {"name"}).toStdString());
                    });
            }
        }
    } else {
        spec.erase("selector");
        spec.erase("manualSelector");
        Json& own = objectIn(objectIn(objectIn(spec, "template"), "metadata"), "labels");
        for (Json* each : {&own, &labels})
            if (each->is_object())
                for (const char* key : {"controller-uid", "batch.kubernetes.io/controller-uid", "job-name",
                                        "batch.kubernetes.io/job-name"})
                    each->erase(key);
    }
    // A key that was added above may have moved what `pods` was.
    addTo(isPod ? spec : objectIn(objectIn(spec, "template"), "spec"), draft);
    Json metadata{{"name", name.toStdString()},
                  {"namespace", kube::rawText(object, {"metadata", "namespace"}).toStdString()}};
    if (labels.is_object() && !labels.empty())
        metadata["labels"] = std::move(labels);
    return {{"apiVersion", resource.apiVersion().toStdString()},
            {"kind", resource.kind.toStdString()},
            {"metadata", std::move(metadata)},
            {"spec", std::move(spec)}};
}

Json completeTemplate(const kube::ApiResource& resource, const Json& object)
{
    Json complete = podTemplateOf(resource, object);
    // pkg/controller/statefulset/stateful_set_utils.go, updateStorage: a claim's volume stands in place of one of the
    // same name.
    for (const Json& claim : kube::elements(object, {"spec", "volumeClaimTemplates"})) {
        const QString name = kube::rawText(claim, {"metadata", "name"});
        if (!complete.is_object() || name.isEmpty())
            continue;
        Json& volumes = objectIn(complete, "spec")["volumes"];
        if (!volumes.is_array())
            volumes = Json::array();
        std::erase_if(volumes.get_ref<Json::array_t&>(),
                      [&name](const Json& each) { return kube::rawText(each, {"name"}) == name; });
        volumes.push_back({{"name", name.toStdString()},
                           {"persistentVolumeClaim",
                            {{"claimName", (name + QLatin1Char('-') + kube::rawText(object, {"metadata", "name"}) +
                                            QStringLiteral("-0"))
                                               .toStdString()}}}});
    }
    return complete;
}

Json podOf(const Json& podTemplate, const QString& nameSpace)
{
    Json metadata = Json::object();
    for (const char* key : {"labels", "annotations"})
        if (const Json& kept = kube::at(podTemplate, {"metadata", key}); kept.is_object())
            metadata[key] = kept;
    metadata["generateName"] = "alidade-dry-run-";
    metadata["namespace"] = nameSpace.toStdString();
    return {{"apiVersion", "v1"},
            {"kind", "Pod"},
            {"metadata", std::move(metadata)},
            {"spec", kube::at(podTemplate, {"spec"})}};
}

} // namespace change
