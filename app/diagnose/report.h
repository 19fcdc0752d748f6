#pragma once
// A report as others read it: JSON for programs (the contract of `alidadectl check`), Markdown and HTML to hand on,
// lines for a terminal. Whatever a cluster sent is escaped for where it stands.

#include "app/diagnose/finding.h"
#include "app/kube/json.h"

namespace diagnose {

kube::Json toJson(const Report& report);
/// Of the steps and findings alone; no trailing new line is missing.
QString toText(const Report& report);
QString toMarkdown(const Report& report);
/// A whole document, without a script and without anything from elsewhere.
QString toHtml(const Report& report);

/// What is said where there is no finding: nothing is wrong, or nobody could look.
QString wordsWithoutFindings(const Report& report);
/// "passed", "failed", ... in the person's language.
QString wordOf(StepResult result);
QString wordOf(Severity severity);

} // namespace diagnose
