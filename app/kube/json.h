#pragma once
// Single objects, edits and small answers as nlohmann/json; never a list or a watch (39 MB/s and eight times the
// memory).

#include "app/base/result.h"

#include <QByteArray>
#include <nlohmann/json.hpp>

namespace kube {

/// Keeps the order of keys, so that an object is shown as it was served.
using Json = nlohmann::ordered_json;

/// Parses text from outside: nesting is checked first (256 levels), so that no recursion runs deep. Error{BadAnswer}
/// names the place, Error{Limit} the depth.
base::Result<Json> parseJson(const QByteArray& text);

/// On one line, as UTF-8. What is no UTF-8 is replaced: writing never fails.
QByteArray toBytes(const Json& json);

} // namespace kube
