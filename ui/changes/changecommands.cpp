#include "ui/changes/changecommands.h"

#include "app/change/hostpath.h"
#include "app/change/workloadintents.h"
#include "app/store/cluster.h"
#include "ui/changes/changecontroller.h"
#include "ui/changes/deleteform.h"
#include "ui/changes/keysform.h"
#include "ui/changes/simpleforms.h"

#include <set>

namespace ui {
namespace {

constexpr QLatin1String ScalePart("scale");

ChangeForm* newForm(const QString& id, const kube::ApiResource& resource)
{
    const auto is = [&id](const char* name) { return id == QLatin1String(name); };
    if (is("cordon"))
        return new ActForm(ActForm::Act::Cordon);
    if (is("uncordon"))
        return new ActForm(ActForm::Act::Uncordon);
    if (is("restart"))
        return new ActForm(ActForm::Act::Restart);
    if (is("suspend"))
        return new ActForm(ActForm::Act::Suspend);
    if (is("resume"))
        return new ActForm(ActForm::Act::Resume);
    if (is("scale"))
        return new ScaleForm;
    if (is("image"))
        return new ImageForm(resource);
    if (is("labels"))
        return new KeysForm(change::KeysOf::Labels);
    if (is("annotations"))
        return new KeysForm(change::KeysOf::Annotations);
    if (is("delete"))
        return new DeleteForm;
    return nullptr;
}

} // namespace

ChangeCommands::ChangeCommands(QObject* parent) : ObjectCommands(parent) {}

ChangeCommands::~ChangeCommands() = default;

std::optional<bool> ChangeCommands::mayI(store::Cluster* cluster, const kube::ApiResource& resource,
                                         const QString& part, const char* verb,
                                         const std::vector<kube::ObjectRef>& objects)
{
    if (!cluster->isOpen())
        return std::nullopt;
    auto& cache = m_access[cluster];
    if (!cache) {
        cache = std::make_unique<change::AccessCache>(cluster->client());
        connect(cache.get(), &change::AccessCache::changed, this, &ObjectCommands::changed);
        // Another person may come back, with other rights.
        const auto forget = [this, cluster] {
            if (auto cached = m_access.extract(cluster); !cached.empty())
                cached.mapped().release()->deleteLater(); // it may be what is listening
        };
        connect(cluster, &store::Cluster::stateChanged, cache.get(), [cluster, forget] {
            if (!cluster->isOpen())
                forget();
        });
        connect(cluster, &QObject::destroyed, cache.get(), forget);
    }
    const QString asked = part.isEmpty() ? resource.resource : resource.resource + QLatin1Char('/') + part;
    std::set<QString> namespaces;
    for (const kube::ObjectRef& object : objects)
        namespaces.insert(object.nameSpace);
    bool isKnown = true;
    for (const QString& nameSpace : namespaces) {
        const auto may = cache->mayI({QLatin1String(verb), resource.group, asked, nameSpace, {}});
        if (may == false)
            return false;
        isKnown = isKnown && may;
    }
    return isKnown && !namespaces.empty() ? std::optional(true) : std::nullopt;
}

std::vector<ObjectCommand> ChangeCommands::commands(store::Cluster* cluster, const kube::ApiResource& resource,
                                                    const std::vector<kube::ObjectRef>& objects)
{
    std::vector<ObjectCommand> commands;
    const auto add = [&](const char* id, const QString& text, const char* verb, bool onlyOne = false,
                         const QKeySequence& keys = {}, const QString& part = {}) {
        if (part.isEmpty() && !resource.can(QLatin1String(verb)))
            return;
        ObjectCommand command{QLatin1String(id), text, {}, Icon::None, keys};
        if (objects.empty())
            command.why = tr("Nothing is selected.");
        else if (cluster->context().readOnly)
            command.why = tr("This context is read-only.");
        else if (onlyOne && objects.size() > 1)
            command.why = tr("Choose one object.");
        else if (!cluster->isSnapshot() && mayI(cluster, resource, part, verb, objects) == false)
            command.why = tr("The rule “%1” is missing.")
                              .arg(QLatin1String(verb) + QLatin1Char(' ') + resource.key() +
                                   (part.isEmpty() ? QString() : QLatin1Char('/') + part));
        commands.push_back(std::move(command));
    };
    if (resource.key() == QLatin1String("nodes")) {
        add("cordon", tr("Cordon…"), "patch");
        add("uncordon", tr("Uncordon…"), "patch");
    }
    if (change::isScalable(resource))
        add("scale", tr("Scale…"), "patch", false, {}, ScalePart);
    if (change::isRestartable(resource))
        add("restart", tr("Restart…"), "patch");
    if (change::isSuspendable(resource)) {
        add("suspend", tr("Suspend…"), "patch");
        add("resume", tr("Resume…"), "patch");
    }
    if (change::hasImages(resource))
        add("image", tr("Update image…"), "patch", true);
    if (change::takesVolumes(resource))
        add("hostpath", tr("Mount a host path…"), "patch", true);
    else if (change::isCopiedForVolumes(resource))
        add("hostpath", tr("Copy with a host path…"), "create", true);
    add("labels", tr("Edit labels…"), "patch", true);
    add("annotations", tr("Edit annotations…"), "patch", true);
    add("delete", tr("Delete…"), "delete", false, QKeySequence(Qt::Key_Delete));
    return commands;
}

void ChangeCommands::run(const QString& id, store::Cluster* cluster, const kube::ApiResource& resource,
                         const std::vector<kube::ObjectRef>& objects, QWidget* over)
{
    if (id == QLatin1String("hostpath") && objects.size() == 1 && cluster->isOpen()) {
        Q_EMIT hostPathRequested(cluster, resource, objects.front().nameSpace, objects.front().name, over);
        return;
    }
    ChangeForm* form = objects.empty() || !cluster->isOpen() ? nullptr : newForm(id, resource);
    if (!form)
        return;
    form->setObjectName(QStringLiteral("change.") + id);
    if (id == QLatin1String("labels") || id == QLatin1String("annotations"))
        form->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    const bool isScale = id == QLatin1String("scale"); // who may scale may not always write the rest
    std::vector<change::Doomed> targets;
    for (const kube::ObjectRef& object : objects)
        targets.push_back(
            {{resource, object.nameSpace, object.name, isScale ? QString(ScalePart) : QString()}, object.uid});
    auto* sheet = new ChangeSheet(form, over);
    new ChangeController(sheet, cluster, std::move(targets));
    sheet->open();
}

} // namespace ui
