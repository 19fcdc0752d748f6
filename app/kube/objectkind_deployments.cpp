#include "app/kube/objectkind_fields.h"
#include "app/kube/objectkind_selector.h"

namespace kube {
namespace {

using namespace fields;

enum Cells : std::size_t { Ready, UpToDate, Available, Containers, Images, Selector, Count };

struct Deployment {
    Metadata metadata;
    std::uint32_t wanted = 1; // what the server fills in
    std::uint32_t ready = 0, updated = 0, available = 0;
    std::string containers, images, selector;
    bool stuck = false;   // Progressing is False
    bool failing = false; // ReplicaFailure is True
};

error_code readContainers(Deployment& deployment, value containers)
{
    deployment.containers.clear();
    deployment.images.clear();
    bool first = true;
    return eachElement(containers, [&](value element) {
        std::string_view name, image;
        const auto error = eachField(element, [&](Key key, value field) {
            if (is(key, "name"))
                return readText(field, name);
            return is(key, "image") ? readText(field, image) : simdjson::SUCCESS;
        });
        deployment.containers.append(first ? "" : ",").append(name);
        deployment.images.append(first ? "" : ",").append(image);
        first = false;
        return error;
    });
}

error_code readTemplate(Deployment& deployment, value pod)
{
    return eachField(pod, [&](Key key, value field) {
        if (!is(key, "spec"))
            return simdjson::SUCCESS;
        return eachField(field, [&](Key name, value inner) {
            return is(name, "containers") ? readContainers(deployment, inner) : simdjson::SUCCESS;
        });
    });
}

error_code readSpec(Deployment& deployment, value spec)
{
    return eachField(spec, [&](Key key, value field) {
        if (is(key, "replicas")) {
            bool null = false;
            if (const auto error = field.is_null().get(null); error || null)
                return error;
            return readCount(field, deployment.wanted);
        }
        if (is(key, "selector"))
            return readSelector(field, deployment.selector);
        return is(key, "template") ? readTemplate(deployment, field) : simdjson::SUCCESS;
    });
}

error_code readStatus(Deployment& deployment, value status)
{
    return eachField(status, [&](Key key, value field) {
        if (is(key, "readyReplicas"))
            return readCount(field, deployment.ready);
        if (is(key, "updatedReplicas"))
            return readCount(field, deployment.updated);
        if (is(key, "availableReplicas"))
            return readCount(field, deployment.available);
        if (!is(key, "conditions"))
            return simdjson::SUCCESS;
        deployment.stuck = deployment.failing = false;
        return eachElement(field, [&](value element) {
            Condition condition;
            const auto error = readCondition(element, condition);
            deployment.stuck |= condition.type == "Progressing" && condition.status == "False";
            deployment.failing |= condition.type == "ReplicaFailure" && condition.status == "True";
            return error;
        });
    });
}

error_code project(simdjson::ondemand::object item, RowBuilder& row)
{
    Deployment deployment;
    const auto error = eachField(item, [&](Key key, value field) {
        if (is(key, "metadata"))
            return readMetadata(field, deployment.metadata);
        if (is(key, "spec"))
            return readSpec(deployment, field);
        return is(key, "status") ? readStatus(deployment, field) : simdjson::SUCCESS;
    });
    if (error)
        return error;
    if (const auto failed = deployment.metadata.apply(row))
        return failed;

    row.set(Ready, Cell::ratio(deployment.ready, deployment.wanted));
    row.set(UpToDate, Cell::number(deployment.updated));
    row.set(Available, Cell::number(deployment.available));
    row.setInterned(Containers, deployment.containers);
    row.setInterned(Images, deployment.images);
    row.setText(Selector, deployment.selector);
    if (deployment.stuck || deployment.failing)
        row.head().severity = Severity::Error;
    else if (deployment.available < deployment.wanted)
        row.head().severity = Severity::Warning;
    return simdjson::SUCCESS;
}

} // namespace

ObjectKind deploymentsKind()
{
    ObjectKind kind;
    kind.group = QStringLiteral("apps");
    kind.version = QStringLiteral("v1");
    kind.resource = QStringLiteral("deployments");
    kind.kind = QStringLiteral("Deployment");
    kind.columns = {namespaceColumn(),
                    nameColumn(),
                    cellColumn(QStringLiteral("Ready"), Ready),
                    cellColumn(QStringLiteral("Up-to-date"), UpToDate),
                    cellColumn(QStringLiteral("Available"), Available),
                    ageColumn(),
                    cellColumn(QStringLiteral("Containers"), Containers, 1),
                    cellColumn(QStringLiteral("Images"), Images, 1),
                    cellColumn(QStringLiteral("Selector"), Selector, 1)};
    kind.cells = Count;
    kind.project = project;
    return kind;
}

} // namespace kube
