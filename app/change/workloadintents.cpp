#include "app/change/workloadintents.h"

#include "app/kube/jsonread.h"

#include <QRegularExpression>
#include <algorithm>

namespace change {
namespace {

using kube::Json;

constexpr auto RestartedAt = "kubectl.kubernetes.io/restartedAt";

bool isOne(const kube::ApiResource& resource, const char* group, std::initializer_list<const char*> names)
{
    return resource.group == QLatin1String(group) && std::ranges::any_of(names, [&resource](const char* name) {
               return resource.resource == QLatin1String(name);
           });
}

class ScaleIntent final : public FieldIntent {
public:
    ScaleIntent(const Target& target, int replicas)
        : FieldIntent(QStringLiteral("scale"), target, {"spec", "replicas"}, replicas,
                      QStringList{QStringLiteral("scale"), QStringLiteral("--replicas=%1").arg(replicas)} +
                          kubectlObject(target))
    {
    }
    std::vector<Notice> notices(const Json& live) const override
    {
        if (value() == 0 && replicasOf(live).value_or(1) != 0)
            return {{QStringLiteral("stopsAllPods"), {}}};
        return {};
    }
    Json touched(const Json& object) const override
    {
        const Json has = FieldIntent::touched(object);
        return has.is_null() && replicasOf(object) == 0 ? Json(0) : has;
    }
    IntentPtr reversed(const Json& before) const override
    {
        const Json had = touched(before);
        return had.is_number_integer() ? std::make_shared<ScaleIntent>(target(), had.get<int>())
                                       : FieldIntent::reversed(before);
    }
};

class RestartIntent final : public FieldIntent {
public:
    RestartIntent(const Target& target, const QDateTime& when)
        : FieldIntent(QStringLiteral("restart"), target, {"spec", "template", "metadata", "annotations", RestartedAt},
                      when.toUTC().toString(Qt::ISODate).toStdString(),
                      QStringList{QStringLiteral("rollout"), QStringLiteral("restart")} + kubectlObject(target))
    {
    }
    QString refusal(const Json& live) const override
    {
        return kube::flag(live, {"spec", "paused"}) ? QStringLiteral("deploymentPaused") : QString();
    }
    std::vector<Notice> notices(const Json& live) const override
    {
        std::vector<Notice> notices;
        if (kube::rawText(live, {"spec", "updateStrategy", "type"}) == QLatin1String("OnDelete"))
            notices.push_back({QStringLiteral("onDelete"), {}});
        notices.push_back({QStringLiteral("noWayBack"), {}});
        return notices;
    }
    bool canUndo() const override { return false; }
};

class SuspendIntent final : public FieldIntent {
public:
    SuspendIntent(const Target& target, bool suspended)
        : FieldIntent(suspended ? QStringLiteral("suspend") : QStringLiteral("resume"), target, {"spec", "suspend"},
                      suspended,
                      QStringList{QStringLiteral("patch")} + kubectlObject(target) +
                          QStringList{QStringLiteral("--type=merge"), QStringLiteral("-p"),
                                      QStringLiteral("{\"spec\":{\"suspend\":%1}}")
                                          .arg(suspended ? QLatin1String("true") : QLatin1String("false"))})
    {
    }
    std::vector<Notice> notices(const Json& live) const override
    {
        if (value() != true || kube::flag(live, {"spec", "suspend"}))
            return {};
        const bool isJob = target().resource.resource == QLatin1String("jobs");
        return {{isJob ? QStringLiteral("suspendStops") : QStringLiteral("runningGoesOn"), {}}};
    }
};

class ImageIntent final : public Intent {
public:
    ImageIntent(Target target, QString container, bool isInit, QString image)
        : m_target(std::move(target)),
          m_container(std::move(container)),
          m_isInit(isInit),
          m_image(std::move(image))
    {
    }
    QString id() const override { return QStringLiteral("setImage"); }
    const Target& target() const override { return m_target; }
    Json touched(const Json& object) const override
    {
        for (const ContainerImage& each : imagesOf(m_target.resource, object))
            if (each.isInit == m_isInit && each.name == m_container)
                return each.image.toStdString();
        return nullptr;
    }
    Json patch(const Json& live) const override
    {
        // A container that is not there would be added.
        const Json has = touched(live);
        if (has.is_null() || has == m_image.toStdString())
            return nullptr;
        Json patch = Json::object();
        patch[list()] = Json::array({{{"name", m_container.toStdString()}, {"image", m_image.toStdString()}}});
        return nested(podSpecPath(m_target.resource), std::move(patch));
    }
    IntentPtr reversed(const Json& before) const override
    {
        return std::make_shared<ImageIntent>(m_target, m_container, m_isInit, kube::rawText(touched(before)));
    }
    QStringList kubectl() const override
    {
        return QStringList{QStringLiteral("set"), QStringLiteral("image")} + kubectlObject(m_target) +
               QStringList{m_container + QLatin1Char('=') + m_image};
    }
    std::vector<QString> field() const override
    {
        FieldPath path = podSpecPath(m_target.resource);
        path.emplace_back(list());
        std::vector<QString> names = managedNames(path);
        names.push_back(QStringLiteral("k:{\"name\":\"%1\"}").arg(m_container));
        names.push_back(QStringLiteral("f:image"));
        return names;
    }
    PatchType patchType() const override { return PatchType::Strategic; }
    QString refusal(const Json& live) const override
    {
        return touched(live).is_null() ? QStringLiteral("containerMissing") : QString();
    }

private:
    const char* list() const { return m_isInit ? "initContainers" : "containers"; }

    Target m_target;
    QString m_container;
    bool m_isInit;
    QString m_image;
};

} // namespace

QStringList kubectlObject(const Target& target)
{
    QStringList words{target.resource.key() + QLatin1Char('/') + target.name};
    if (!target.nameSpace.isEmpty())
        words += {QStringLiteral("-n"), target.nameSpace};
    return words;
}

IntentPtr scale(const Target& target, int replicas)
{
    return std::make_shared<ScaleIntent>(target, replicas);
}

IntentPtr restart(const Target& target, const QDateTime& when)
{
    return std::make_shared<RestartIntent>(target, when);
}

IntentPtr suspend(const Target& target, bool suspended)
{
    return std::make_shared<SuspendIntent>(target, suspended);
}

FieldPath podSpecPath(const kube::ApiResource& resource)
{
    if (isOne(resource, "", {"pods"}))
        return {"spec"};
    if (isOne(resource, "batch", {"cronjobs"}))
        return {"spec", "jobTemplate", "spec", "template", "spec"};
    const bool hasTemplate = isOne(resource, "apps", {"deployments", "statefulsets", "daemonsets", "replicasets"}) ||
                             isOne(resource, "", {"replicationcontrollers"});
    return hasTemplate ? FieldPath{"spec", "template", "spec"} : FieldPath{};
}

std::vector<ContainerImage> imagesOf(const kube::ApiResource& resource, const Json& object)
{
    const Json& spec = kube::at(object, podSpecPath(resource));
    std::vector<ContainerImage> images;
    for (const bool isInit : {false, true})
        for (const Json& container : kube::elements(spec, {isInit ? "initContainers" : "containers"}))
            images.push_back({kube::rawText(container, {"name"}), kube::rawText(container, {"image"}), isInit});
    return images;
}

IntentPtr setImage(const Target& target, const QString& container, bool isInit, const QString& image)
{
    return std::make_shared<ImageIntent>(target, container, isInit, image);
}

QString imageProblem(const QString& image)
{
    if (image.isEmpty())
        return QStringLiteral("empty");
    if (std::ranges::any_of(image, [](QChar c) { return c.isSpace(); }))
        return QStringLiteral("space");
    static const QRegularExpression reference(QStringLiteral(
        "^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:"
        "]+\\])"
        "(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
        "(?::[\\w][\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$"));
    if (reference.match(image).hasMatch())
        return {};
    return reference.match(image.toLower()).hasMatch() ? QStringLiteral("upperCase") : QStringLiteral("invalid");
}

std::optional<qint64> replicasOf(const Json& object)
{
    const auto replicas = kube::number(object, {"spec", "replicas"});
    // k8s.io/api/autoscaling/v1/types.go, ScaleSpec: a 0 is left out.
    const bool isScale = kube::rawText(object, {"kind"}) == QLatin1String("Scale") &&
                         kube::rawText(object, {"apiVersion"}).startsWith(QLatin1String("autoscaling/"));
    return !replicas && isScale ? std::optional<qint64>(0) : replicas;
}

bool isScalable(const kube::ApiResource& resource)
{
    return resource.subresources.contains(QLatin1String("scale"));
}

bool isRestartable(const kube::ApiResource& resource)
{
    return isOne(resource, "apps", {"deployments", "statefulsets", "daemonsets"});
}

bool isSuspendable(const kube::ApiResource& resource)
{
    return isOne(resource, "batch", {"jobs", "cronjobs"});
}

bool hasImages(const kube::ApiResource& resource)
{
    return !podSpecPath(resource).empty();
}

} // namespace change
