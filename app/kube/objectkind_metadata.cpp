#include "app/kube/objectkind_fields.h"
#include "app/kube/rowreader.h"

namespace kube {
namespace {

using namespace fields;

error_code project(simdjson::ondemand::object item, RowBuilder& row)
{
    Metadata metadata;
    const auto error = eachField(item, [&](Key key, value field) {
        return is(key, "metadata") ? readMetadata(field, metadata) : simdjson::SUCCESS;
    });
    return error ? error : metadata.apply(row);
}

} // namespace

ObjectKind metadataKind(const ApiResource& resource)
{
    ObjectKind kind;
    kind.group = resource.group;
    kind.version = resource.version;
    kind.resource = resource.resource;
    kind.kind = resource.kind;
    kind.namespaced = resource.namespaced;
    if (resource.namespaced)
        kind.columns.push_back(namespaceColumn());
    kind.columns.push_back(nameColumn());
    kind.columns.push_back(ageColumn());
    kind.project = project;
    return kind;
}

} // namespace kube
