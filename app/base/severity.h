#pragma once
// How bad something is that a person should know. What is fine has none; the state of a row is kube::Severity.

#include <QString>

namespace base {

enum class Severity { Error, Warning, Info };
/// "error", "warning", "info": in reports and in --json.
QString idOf(Severity severity);

} // namespace base
