#include "app/diagnose/finding.h"

#include <QRegularExpression>
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

QString shellQuoted(const QString& word)
{
    static const QRegularExpression plain(QStringLiteral(R"(\A[A-Za-z0-9_@%+=:,./-]+\z)"));
    if (plain.match(word).hasMatch())
        return word;
    QString quoted = word;
    quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

} // namespace diagnose
