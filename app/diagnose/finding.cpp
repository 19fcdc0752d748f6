#include "app/diagnose/finding.h"

#include <algorithm>

namespace diagnose {

QString idOf(StepResult result)
{
    switch (result) {
    case StepResult::Pass:
        return QStringLiteral("pass");
    case StepResult::Fail:
        return QStringLiteral("fail");
    case StepResult::Unknown:
        return QStringLiteral("unknown");
    case StepResult::Skipped:
        return QStringLiteral("skipped");
    }
    return {};
}

bool Report::hasErrors() const
{
    return std::ranges::any_of(findings, [](const Finding& finding) { return finding.severity == Severity::Error; });
}

} // namespace diagnose
