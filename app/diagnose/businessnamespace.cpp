// Guide business-namespace: why a business namespace sits in one cluster, and whether it is there as it should be.

#include "app/base/visible.h"
#include "app/diagnose/businesses.h"
#include "app/diagnose/guide.h"
#include "app/messages/businesses.h"
#include "app/messages/errors.h"
#include "app/tke/livenamespaces.h"

#include <algorithm>

namespace diagnose {
namespace {

using tke::BusinessNamespace;
using tke::LiveNamespace;

class NamespaceExamination final : public BusinessExamination {
public:
    explicit NamespaceExamination(const Subject& subject)
        : BusinessExamination(QStringLiteral("business-namespace"), subject)
    {
        declare("businesses", [] { return Diagnose::tr("Businesses of the platform"); });
        declare("cluster", [] { return Diagnose::tr("The one cluster of each namespace"); });
        declare("platform", [] { return Diagnose::tr("What the platform says of them"); });
        declare("live", [] { return Diagnose::tr("What the clusters show"); });
    }

private:
    void run() override { readPlatform(); }

    void read() override
    {
        const QString wanted = subject().arguments.isEmpty() ? QString() : subject().arguments.front();
        const auto isWanted = [&wanted](const BusinessNamespace& each) {
            return wanted.isEmpty() || each.business == wanted || each.name == wanted || each.nameSpace == wanted ||
                   each.business + QLatin1Char('/') + each.name == wanted;
        };
        std::ranges::copy_if(survey().namespaces, std::back_inserter(m_planned), isWanted);
        if (m_planned.empty() && !wanted.isEmpty() && !survey().find(wanted)) {
            settle("cluster", StepResult::Fail, [wanted = base::visible(wanted)] {
                return Diagnose::tr("There is no business and no business namespace “%1”.").arg(wanted);
            });
            giveIn({.kind = base::ErrorKind::NotFound,
                    .reason = QStringLiteral("businessMissing"),
                    .said = base::visible(wanted)});
            return;
        }
        tellClusters();
        tellPlatform();
        if (!subject().clientOf) {
            settle("live", StepResult::Skipped,
                   [] { return Diagnose::tr("No way to the clusters of the platform is known here."); });
            finish();
            return;
        }
        std::vector<QString> clusters;
        for (const BusinessNamespace& each : m_planned)
            if (std::ranges::find(clusters, each.cluster) == clusters.end()) {
                clusters.push_back(each.cluster);
                ask("live", {QStringLiteral("GET /api/v1/namespaces, /api/v1/resourcequotas (%1)")
                                 .arg(base::visible(each.cluster))});
            }
        follow<tke::LiveNamespaces>(tke::readLiveNamespaces(subject().clientOf, m_planned), [this](const auto& live) {
            if (live)
                tellLive(*live);
            finish();
        });
    }

    void tellClusters()
    {
        QStringList lines;
        for (const BusinessNamespace& each : m_planned)
            lines << QStringLiteral("%1/%2 → %3")
                         .arg(base::visible(each.business), base::visible(each.nameSpace), base::visible(each.cluster));
        constexpr qsizetype Most = 20;
        const int more = static_cast<int>(std::max<qsizetype>(0, lines.size() - Most));
        settle("cluster", StepResult::Pass, [lines = lines.mid(0, Most), more] {
            QStringList all = lines;
            if (more > 0)
                all << Diagnose::tr("and %n more", nullptr, more);
            all << messages::oneCluster();
            return all.join(QLatin1Char('\n'));
        });
    }

    static bool isUnwell(const BusinessNamespace& each)
    {
        return each.phase == QLatin1String("Failed") || !each.code.isEmpty();
    }

    void tellPlatform()
    {
        const int unwell = static_cast<int>(std::ranges::count_if(m_planned, isUnwell));
        settle("platform", unwell > 0 ? StepResult::Fail : StepResult::Pass, [unwell] {
            return unwell > 0 ? Diagnose::tr("The platform finds something wrong with %n of them.", nullptr, unwell)
                              : Diagnose::tr("The platform finds nothing wrong with them.");
        });
        if (subject().clientOf)
            return; // told with what the cluster shows
        for (const BusinessNamespace& each : m_planned)
            if (isUnwell(each))
                tell(each, nullptr);
    }

    void tellLive(const tke::LiveNamespaces& live)
    {
        int unwell = 0;
        int unseen = 0;
        for (std::size_t i = 0; i < m_planned.size(); ++i) {
            const auto isWell = live[i].isWell(m_planned[i]);
            unwell += isWell == false;
            unseen += !isWell;
            if (isWell == false || isUnwell(m_planned[i]))
                tell(m_planned[i], &live[i]);
        }
        QStringList unread;
        for (const LiveNamespace& each : live)
            if (each.error && !unread.contains(messages::sentence(*each.error)))
                unread << messages::sentence(*each.error);
        settle("live",
               unwell > 0   ? StepResult::Fail
               : unseen > 0 ? StepResult::Unknown
                            : StepResult::Pass,
               [unwell, unseen, unread] {
                   QStringList lines;
                   if (unwell > 0)
                       lines << Diagnose::tr("%n of them are not as the platform wants them.", nullptr, unwell);
                   if (unseen > 0)
                       lines << Diagnose::tr("%n of them could not be seen.", nullptr, unseen) << unread;
                   if (lines.isEmpty())
                       lines << Diagnose::tr("Each is there, labelled, with its quota.");
                   return lines.join(QLatin1Char('\n'));
               });
    }

    /// Null: the cluster was not asked.
    void tell(const BusinessNamespace& planned, const LiveNamespace* live)
    {
        const bool isConflict = live && live->conflict == true;
        Finding finding{.id = isConflict ? QStringLiteral("namespaceConflict") : QStringLiteral("namespaceUnwell"),
                        .ref = refOf(planned)};
        finding.title = [name = base::visible(planned.nameSpace), cluster = base::visible(planned.cluster)] {
            return Diagnose::tr("The business namespace %1 is not well in cluster %2").arg(name, cluster);
        };
        // Available, and merely without limits: the platform itself lets it be.
        if (!isUnwell(planned) && live && live->exists == true && !isConflict)
            finding.severity = base::Severity::Warning;
        for (const QString& words : {planned.code, planned.prose})
            if (!words.isEmpty())
                finding.evidence << base::visible(words);
        const std::optional<LiveNamespace> seen = live ? std::optional(*live) : std::nullopt;
        finding.cause = [seen, planned] {
            if (seen && seen->isWell(planned) == false)
                return messages::sentence(*seen, planned);
            return messages::healthSentence(planned);
        };
        finding.fix.title = [] { return Diagnose::tr("What to do"); };
        if (isConflict)
            finding.fix.steps = {
                [owner = base::visible(live->owner)] {
                    return Diagnose::tr("Decide whose it is: the label %1 of the live namespace names %2.")
                        .arg(QLatin1String(tke::ProjectLabel), owner);
                },
                [] {
                    return Diagnose::tr("Choose another name for this business, or delete the business namespace.");
                }};
        else if (seen && seen->exists == false)
            finding.fix.steps = {[] {
                return Diagnose::tr(
                    "Delete the business namespace and create it again: the platform does not make a lost "
                    "namespace anew.");
            }};
        else
            finding.fix.steps = {[] {
                return Diagnose::tr(
                    "See that the platform reaches the cluster, then wait: it looks every few minutes.");
            }};
        report(std::move(finding));
    }

    std::vector<BusinessNamespace> m_planned;
};

} // namespace

Guide businessNamespaceGuide()
{
    return {.id = QStringLiteral("business-namespace"),
            .title = [] { return Diagnose::tr("A business namespace and its one cluster"); },
            .symptoms = {[] { return Diagnose::tr("A business namespace can pick one cluster only."); },
                         [] { return Diagnose::tr("A business namespace stays Failed, or is empty in its cluster."); }},
            .patterns = {{"parent project forbids its namespaces to use cluster", 30},
                         {"must set quota '.*', for the parent project", 20},
                         {"cannot allocate the cluster's `.*` namespace in the project", 30},
                         {"ConflictProject|NamespaceNoLabel|ensureNamespaceOnCluster failed", 20},
                         {"命名空间.{0,30}(一个|单个)集群|只能.{0,10}一个集群", 20}},
            .arguments = QStringLiteral("[BUSINESS|NAMESPACE]"),
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<NamespaceExamination>(subject);
            }};
}

} // namespace diagnose
