#pragma once
// A value deep in an answer of any shape. Internal to diagnose/.

#include "app/base/visible.h"
#include "app/kube/json.h"

#include <initializer_list>

namespace diagnose {

/// Null where the way does not lead to anything.
inline const kube::Json* valueAt(const kube::Json& json, std::initializer_list<const char*> path)
{
    const kube::Json* at = &json;
    for (const char* key : path) {
        const auto found = at->find(key);
        if (found == at->end())
            return nullptr;
        at = &*found;
    }
    return at;
}

/// A text, made visible; empty where there is none.
inline QString textAt(const kube::Json& json, std::initializer_list<const char*> path)
{
    const kube::Json* value = valueAt(json, path);
    return value && value->is_string() ? base::visible(value->get_ref<const std::string&>()) : QString();
}

} // namespace diagnose
