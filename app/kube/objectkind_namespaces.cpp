#include "app/kube/objectkind_fields.h"

namespace kube {
namespace {

using namespace fields;

enum Cells : std::size_t { Status, Count };

error_code project(simdjson::ondemand::object item, RowBuilder& row)
{
    Metadata metadata;
    std::string_view phase;
    const auto error = eachField(item, [&](Key key, value field) {
        if (is(key, "metadata"))
            return readMetadata(field, metadata);
        if (!is(key, "status"))
            return simdjson::SUCCESS;
        return eachField(field, [&](Key name, value inner) {
            return is(name, "phase") ? readText(inner, phase) : simdjson::SUCCESS;
        });
    });
    if (error)
        return error;
    if (const auto failed = metadata.apply(row))
        return failed;
    row.setInterned(Status, phase);
    row.head().severity = phase == "Terminating" || metadata.deleting ? Severity::Warning : Severity::None;
    return simdjson::SUCCESS;
}

} // namespace

ObjectKind namespacesKind()
{
    ObjectKind kind;
    kind.version = QStringLiteral("v1");
    kind.resource = QStringLiteral("namespaces");
    kind.kind = QStringLiteral("Namespace");
    kind.namespaced = false;
    kind.columns = {nameColumn(), cellColumn(QStringLiteral("Status"), Status), ageColumn()};
    kind.cells = Count;
    kind.project = project;
    return kind;
}

} // namespace kube
