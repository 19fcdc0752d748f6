#include "app/kube/serverfields.h"

namespace kube {
namespace {

void eraseMetadata(Json& object, std::initializer_list<const char*> keys)
{
    if (!object.is_object())
        return;
    if (const auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object())
        for (const char* key : keys)
            metadata->erase(key);
}

} // namespace

Json withoutVersion(Json object)
{
    eraseMetadata(object, {"managedFields", "resourceVersion", "generation", "selfLink"});
    return object;
}

Json withoutServerFields(Json object)
{
    object = withoutVersion(std::move(object));
    eraseMetadata(object, {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"});
    if (object.is_object())
        object.erase("status");
    return object;
}

} // namespace kube
