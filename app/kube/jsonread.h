#pragma once
// Reading objects of any shape: what is not there, or is of another type, is nothing. Never throws.

#include "app/kube/json.h"

#include <QString>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace kube {

/// What stands at a path; null JSON where there is nothing. Lives as long as the object.
const Json& at(const Json& object, std::initializer_list<const char*> path);
const Json& at(const Json& object, const std::vector<std::string>& path);
/// A text as it was served, for comparing; what is shown passes base::visible(). Empty where there is none.
QString rawText(const Json& value);
QString rawText(const Json& object, std::initializer_list<const char*> path);
bool flag(const Json& object, std::initializer_list<const char*> path);
std::optional<qint64> number(const Json& value);
std::optional<qint64> number(const Json& object, std::initializer_list<const char*> path);
/// The elements of an array; none of anything else.
const Json::array_t& elements(const Json& value);
const Json::array_t& elements(const Json& object, std::initializer_list<const char*> path);

} // namespace kube
