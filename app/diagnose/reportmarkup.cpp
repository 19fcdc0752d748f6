// The report as a document. A name in it may be "<img src=x>" or "](javascript:…)": every text is escaped.

#include "app/diagnose/report.h"

#include <QLocale>

namespace diagnose {
namespace {

/// Each character that means something to Markdown stands behind a backslash; lines stay one line.
QString md(QString text)
{
    static const QString special = QStringLiteral("\\`*_{}[]()<>#+-.!|~&$");
    QString escaped;
    escaped.reserve(text.size() + 8);
    text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    for (const QChar c : text) {
        if (special.contains(c))
            escaped += QLatin1Char('\\');
        escaped += c;
    }
    return escaped;
}

/// A fence that is longer than any in the text.
QString fenced(const QString& text)
{
    QString fence = QStringLiteral("```");
    while (text.contains(fence))
        fence += QLatin1Char('`');
    return fence + QStringLiteral("text\n") + text + QLatin1Char('\n') + fence + QStringLiteral("\n");
}

QString element(const char* name, const QString& text, const char* cssClass = nullptr)
{
    const QString of = cssClass ? QStringLiteral(" class=\"%1\"").arg(QLatin1String(cssClass)) : QString();
    return QStringLiteral("<") + QLatin1String(name) + of + QLatin1Char('>') + text.toHtmlEscaped() +
           QStringLiteral("</") + QLatin1String(name) + QStringLiteral(">\n");
}

QString headline(const Report& report)
{
    return Diagnose::tr("Report on %1")
        .arg(report.cluster.isEmpty() ? Diagnose::tr("the kubeconfigs") : report.cluster);
}

QString taken(const Report& report)
{
    return Diagnose::tr("Taken at %1.").arg(report.takenAt.toUTC().toString(Qt::ISODate));
}

QString outcome(const Step& step)
{
    return wordOf(step.result.value_or(StepResult::Skipped));
}

QString css()
{
    return QStringLiteral(
        "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1c2128;background:#fff}"
        "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:4px 8px;"
        "border-bottom:1px solid #d0d7de}pre{background:#f2f4f6;padding:8px;white-space:pre-wrap;"
        "overflow-wrap:anywhere}section{border-left:4px solid #57606a;padding-left:12px;margin:16px 0}"
        "section.error{border-color:#b42318}section.warning{border-color:#9a6700}");
}

} // namespace

QString toMarkdown(const Report& report)
{
    QString text =
        QStringLiteral("# ") + md(headline(report)) + QStringLiteral("\n\n") + md(taken(report)) + QLatin1Char('\n');
    text += QStringLiteral("\n## ") + md(Diagnose::tr("Findings")) + QStringLiteral("\n");
    if (report.findings.empty())
        text += QLatin1Char('\n') + md(wordsWithoutFindings(report)) + QLatin1Char('\n');
    for (const Finding& finding : report.findings) {
        text += QStringLiteral("\n### ") +
                md(Diagnose::tr("%1: %2", "severity and title of a finding")
                       .arg(wordOf(finding.severity), finding.title.text())) +
                QStringLiteral("\n\n") + md(finding.cause.text()) + QLatin1Char('\n');
        if (!finding.evidence.isEmpty())
            text += QLatin1Char('\n') + fenced(finding.evidence.join(QLatin1Char('\n')));
        if (const QString title = finding.fix.title.text(); !title.isEmpty())
            text += QStringLiteral("\n**") + md(title) + QStringLiteral("**\n\n");
        int number = 0;
        for (const Text& step : finding.fix.steps)
            text += QString::number(++number) + QStringLiteral(". ") + md(step.text()) + QLatin1Char('\n');
        if (!finding.fix.command.isEmpty())
            text += QLatin1Char('\n') + fenced(finding.fix.command);
    }
    for (const GuideReport& guide : report.guides) {
        text += QStringLiteral("\n## ") + md(guide.title.text()) + QStringLiteral("\n\n| ") + md(Diagnose::tr("Step")) +
                QStringLiteral(" | ") + md(Diagnose::tr("Result")) + QStringLiteral(" | ") +
                md(Diagnose::tr("What came back")) + QStringLiteral(" |\n| --- | --- | --- |\n");
        for (const Step& step : guide.steps)
            text += QStringLiteral("| ") + md(step.title.text()) + QStringLiteral(" | ") + md(outcome(step)) +
                    QStringLiteral(" | ") + md(step.detail.text()) + QStringLiteral(" |\n");
    }
    return text;
}

QString toHtml(const Report& report)
{
    QString html = QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n")
                       .arg(Diagnose::tr("en", "the language of this translation, as in HTML: en, zh-CN"));
    html += element("title", headline(report));
    html += QStringLiteral("<style>") + css() + QStringLiteral("</style>\n</head>\n<body>\n");
    html += element("h1", headline(report)) + element("p", taken(report)) + element("h2", Diagnose::tr("Findings"));
    if (report.findings.empty())
        html += element("p", wordsWithoutFindings(report));
    for (const Finding& finding : report.findings) {
        html += QStringLiteral("<section class=\"%1\">\n").arg(idOf(finding.severity));
        html += element("h3", Diagnose::tr("%1: %2", "severity and title of a finding")
                                  .arg(wordOf(finding.severity), finding.title.text()));
        html += element("p", finding.cause.text());
        if (!finding.evidence.isEmpty())
            html += element("pre", finding.evidence.join(QLatin1Char('\n')));
        if (const QString title = finding.fix.title.text(); !title.isEmpty())
            html += element("h4", title);
        if (!finding.fix.steps.empty()) {
            html += QStringLiteral("<ol>\n");
            for (const Text& step : finding.fix.steps)
                html += element("li", step.text());
            html += QStringLiteral("</ol>\n");
        }
        if (!finding.fix.command.isEmpty())
            html += element("pre", finding.fix.command, "command");
        html += QStringLiteral("</section>\n");
    }
    for (const GuideReport& guide : report.guides) {
        html += element("h2", guide.title.text()) + QStringLiteral("<table>\n<tr>") +
                element("th", Diagnose::tr("Step")) + element("th", Diagnose::tr("Result")) +
                element("th", Diagnose::tr("What was asked")) + element("th", Diagnose::tr("What came back")) +
                QStringLiteral("</tr>\n");
        for (const Step& step : guide.steps)
            html += QStringLiteral("<tr>") + element("td", step.title.text()) + element("td", outcome(step)) +
                    element("td", step.asked.join(QLatin1Char('\n'))) + element("td", step.detail.text()) +
                    QStringLiteral("</tr>\n");
        html += QStringLiteral("</table>\n");
    }
    return html + QStringLiteral("</body>\n</html>\n");
}

} // namespace diagnose
