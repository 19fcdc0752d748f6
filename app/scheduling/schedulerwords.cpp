#include "app/scheduling/schedulerwords.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace scheduling {
namespace {

using Kind = SaidPart::Kind;

/// A message of an event holds 1024 bytes; a condition's may be longer.
constexpr qsizetype LongestWords = 32 * 1024;

QRegularExpression anyCase(const char* pattern)
{
    return QRegularExpression(QLatin1String(pattern), QRegularExpression::CaseInsensitiveOption);
}

struct Wording {
    QRegularExpression regex;
    Kind kind;
};

/// The first that matches counts.
const std::vector<Wording>& wordings()
{
    static const std::vector<Wording> all{
        {anyCase("\\bhad (untolerated )?taints?\\b|that the pod didn.{1,6}t tolerate"), Kind::Taint},
        {anyCase("^node\\(s\\) were unschedulable"), Kind::Unschedulable},
        {anyCase("^Insufficient |^Too many pods|^node\\(s\\) had insufficient |didn.{1,6}t have enough resource"),
         Kind::Resources},
        {anyCase("didn.{1,6}t have free ports"), Kind::Ports},
        {anyCase("topology spread constraints"), Kind::Topology},
        {anyCase("pod affinity|pod anti-affinity|anti-affinity rules|inter-pod"), Kind::PodAffinity},
        {anyCase("node selector|node affinity|affinity/selector|plugin\\(s\\) \\[NodeAffinity\\]"), Kind::NodeAffinity},
        {anyCase("requested hostname|requested node name"), Kind::NodeName},
        {anyCase("volume|persistentvolumeclaim|\\bpvc\\b|no available disk|node\\(s\\) had no available"),
         Kind::Volumes},
    };
    return all;
}

/// "{node-role.kubernetes.io/master: }"
void readTaint(SaidPart& part)
{
    static const QRegularExpression named(QStringLiteral(R"(\btaint \{([^\s:{}]+):\s*([^{}]*)\})"),
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = named.match(part.reason);
    if (!match.hasMatch())
        return;
    part.isTaintNamed = true;
    part.taintKey = match.captured(1);
    part.taintValue = match.captured(2).trimmed();
}

SaidPart partOf(const QString& text)
{
    static const QRegularExpression counted(QStringLiteral(R"(\A(\d{1,7}) (.+)\z)"),
                                            QRegularExpression::DotMatchesEverythingOption);
    SaidPart part;
    const auto match = counted.match(text);
    if (match.hasMatch())
        part.count = match.captured(1).toInt();
    part.reason = match.hasMatch() ? match.captured(2) : text;
    for (const Wording& wording : wordings())
        if (wording.regex.match(part.reason).hasMatch()) {
            part.kind = wording.kind;
            break;
        }
    if (part.kind == Kind::Taint)
        readTaint(part);
    return part;
}

/// Up to the end of the first sentence: reasons hold dots within words only.
QString upToSentence(const QString& text, QString& after)
{
    static const QRegularExpression end(QStringLiteral(R"(\.(\s+|\z))"));
    const auto match = end.match(text);
    if (!match.hasMatch())
        return text.trimmed();
    after = text.mid(match.capturedEnd()).trimmed();
    return text.left(match.capturedStart()).trimmed();
}

} // namespace

int SchedulerWords::count(Kind kind) const
{
    int sum = 0;
    for (const SaidPart& part : parts)
        if (part.kind == kind)
            sum += part.count.value_or(0);
    return sum;
}

bool SchedulerWords::has(Kind kind) const
{
    return std::ranges::any_of(parts, [kind](const SaidPart& part) { return part.kind == kind; });
}

bool SchedulerWords::isOnlyTaints() const
{
    return !parts.empty() && std::ranges::all_of(parts, [](const SaidPart& part) {
        return part.kind == Kind::Taint || part.kind == Kind::Unschedulable;
    });
}

SchedulerWords readSchedulerWords(const QString& text)
{
    static const QRegularExpression head = anyCase("\\b\\d{1,7}/(\\d{1,7}) nodes are available:?");
    static const QRegularExpression none = anyCase("no nodes available to schedule pods");
    static const QRegularExpression gated = anyCase("non-empty scheduling gates");
    // "had taint {a: b}, that the pod didn't tolerate" holds a comma of its own: a number begins each part.
    static const QRegularExpression comma(QStringLiteral(R"(,\s+(?=\d+ ))"));

    const QString words = text.left(LongestWords).trimmed();
    SchedulerWords said;
    if (words.isEmpty())
        return said;
    said.noNodes = none.match(words).hasMatch();
    said.isGated = gated.match(words).hasMatch();
    if (said.noNodes || said.isGated)
        return said;
    const auto match = head.match(words);
    if (!match.hasMatch()) {
        said.parts.push_back(partOf(words));
        return said;
    }
    said.nodes = match.captured(1).toInt();
    said.noNodes = *said.nodes == 0;
    const QString reasons = upToSentence(words.mid(match.capturedEnd()).trimmed(), said.after);
    for (const QString& reason : reasons.split(comma, Qt::SkipEmptyParts))
        said.parts.push_back(partOf(reason.trimmed()));
    return said;
}

} // namespace scheduling
