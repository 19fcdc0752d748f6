// Guide addon: what is installed in the clusters of a platform, and whether what stands there agrees.

#include "app/messages/addons.h"
#include "app/base/visible.h"
#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/diagnosis.h"
#include "app/diagnose/guide.h"
#include "app/messages/errors.h"
#include "app/tke/members.h"

#include <algorithm>

namespace diagnose {
namespace {

using tke::AddonView;
using tke::ClusterAddons;

class AddonExamination final : public ClusterExamination {
public:
    explicit AddonExamination(const Subject& subject)
        : ClusterExamination(QStringLiteral("addon"), subject),
          m_wanted(subject.arguments.isEmpty() ? QString() : subject.arguments.front())
    {
        declare("clusters", [] { return Diagnose::tr("Clusters of the platform"); });
        declare("installed", [] { return Diagnose::tr("Which addons are installed, by the platform's word"); });
        declare("stands", [] { return Diagnose::tr("What stands of them in the clusters"); });
    }

private:
    void run() override
    {
        const kube::Client* asked = client();
        if (!asked) {
            giveIn({.kind = base::ErrorKind::Canceled});
            return;
        }
        ask("clusters", {QStringLiteral("GET /apis/platform.tkestack.io/v1/clusters")});
        follow<kube::ListedItems<tke::MemberCluster>>(tke::readMembers(*asked), [this](const auto& members) {
            if (members)
                takeClusters(members->items);
            else if (members.error().reason == QLatin1String("notAPlatform"))
                tellNoPlatform();
            else
                couldNot("clusters", members.error());
        });
    }

    void couldNot(const char* step, const base::Error& error)
    {
        settle(step, StepResult::Unknown, [error] { return messages::sentence(error); });
        giveIn(error);
    }

    /// No matter, unless somebody asked for one.
    void tellNoPlatform()
    {
        settle("clusters", StepResult::Skipped,
               [] { return Diagnose::tr("This cluster is no TKEStack platform: it has no addons to look at."); });
        finish();
    }

    void takeClusters(const std::vector<tke::MemberCluster>& members)
    {
        for (const tke::MemberCluster& each : members)
            m_clusters << each.name;
        settle("clusters", StepResult::Pass, [names = m_clusters] {
            return Diagnose::tr("%n cluster(s): %1", nullptr, static_cast<int>(names.size()))
                .arg(base::visible(names.mid(0, 20).join(QStringLiteral(", "))));
        });
        const kube::Client* asked = client();
        if (!asked) {
            finish();
            return;
        }
        ask("installed", {QStringLiteral("GET /apis")});
        follow<kube::ApiCatalog>(kube::discover(*asked), [this](const auto& catalog) {
            const kube::Client* still = client();
            if (!catalog || !still) {
                couldNot("installed", catalog ? base::Error{.kind = base::ErrorKind::Canceled} : catalog.error());
                return;
            }
            for (const kube::ApiResource& kind : tke::addonKindsIn(*catalog, {}))
                ask("installed", {QStringLiteral("GET ") + QString::fromLatin1(kind.path())});
            follow<tke::AddonSurvey>(tke::readAddons(*still, *catalog, m_clusters),
                                     [this](const auto& survey) { takeSurvey(survey); });
        });
    }

    bool isWanted(const ClusterAddons& cluster) const { return m_wanted.isEmpty() || cluster.cluster == m_wanted; }

    void takeSurvey(const base::Result<tke::AddonSurvey>& survey)
    {
        if (!survey) {
            if (survey.error().reason == QLatin1String("noAddons")) {
                settle("installed", StepResult::Skipped,
                       [error = survey.error()] { return messages::sentence(error); });
                finish();
            } else {
                couldNot("installed", survey.error());
            }
            return;
        }
        m_survey = *survey;
        for (const ClusterAddons& each : tke::clusterAddons(m_survey, m_clusters))
            if (isWanted(each))
                m_places.push_back(each);
        if (m_places.empty()) {
            settle("installed", StepResult::Fail, [wanted = base::visible(m_wanted)] {
                return Diagnose::tr("The platform has no cluster “%1”.").arg(wanted);
            });
            giveIn({.kind = base::ErrorKind::NotFound,
                    .reason = QStringLiteral("memberMissing"),
                    .said = base::visible(m_wanted)});
            return;
        }
        tellInstalled();
        if (!subject().clientOf) {
            settle("stands", StepResult::Skipped,
                   [] { return Diagnose::tr("No way to the clusters of the platform is known here."); });
            for (const ClusterAddons& each : m_places)
                tellCluster(each);
            finish();
            return;
        }
        for (const ClusterAddons& each : m_places)
            ask("stands", {QStringLiteral("GET /apis/apps/v1/namespaces/kube-system/deployments, daemonsets, "
                                          "statefulsets (%1)")
                               .arg(base::visible(each.cluster))});
        follow<std::vector<ClusterAddons>>(tke::readInClusters(subject().clientOf, m_places, m_survey.read),
                                           [this](const auto& clusters) {
                                               if (clusters)
                                                   tellStands(*clusters);
                                               finish();
                                           });
    }

    void tellInstalled()
    {
        QStringList lines;
        for (const ClusterAddons& cluster : m_places)
            for (const AddonView& each : cluster.addons)
                lines << QStringLiteral("%1: %2 %3 %4")
                             .arg(base::visible(cluster.cluster), each.addon.type, base::visible(each.addon.ref.name),
                                  each.addon.phase);
        const bool isWhole = m_survey.unread.empty();
        settle("installed", isWhole ? StepResult::Pass : StepResult::Unknown, [lines, unread = m_survey.unread] {
            QStringList all = lines;
            if (all.isEmpty() && unread.empty())
                all << Diagnose::tr("No addon is installed.");
            for (const tke::Unread& each : unread)
                all << messages::unreadAddons(each);
            return all.join(QLatin1Char('\n'));
        });
    }

    void tellStands(const std::vector<ClusterAddons>& clusters)
    {
        int unwell = 0;
        int unseen = 0;
        QStringList why;
        for (const ClusterAddons& cluster : clusters) {
            for (const AddonView& each : cluster.addons) {
                unwell += each.state == tke::AddonState::Failing ? 1 : 0;
                unseen += each.state == tke::AddonState::NotKnown ? 1 : 0;
            }
            if (cluster.error)
                why << base::visible(cluster.cluster) + QStringLiteral(": ") + messages::sentence(*cluster.error);
            tellCluster(cluster);
        }
        settle("stands",
               unwell > 0                     ? StepResult::Fail
               : unseen > 0 || !why.isEmpty() ? StepResult::Unknown
                                              : StepResult::Pass,
               [unwell, unseen, why] {
                   QStringList lines;
                   if (unwell > 0)
                       lines << Diagnose::tr("%n of them are not well.", nullptr, unwell);
                   if (unseen > 0)
                       lines << Diagnose::tr("%n of them could not be seen.", nullptr, unseen);
                   lines << why;
                   if (lines.isEmpty())
                       lines << Diagnose::tr("What they made is there and ready.");
                   return lines.join(QLatin1Char('\n'));
               });
    }

    void tellCluster(const ClusterAddons& cluster)
    {
        for (const AddonView& each : cluster.addons)
            if (const auto severity = each.severity(); severity && *severity != base::Severity::Info)
                tell(each, cluster, *severity);
        for (const tke::LeftOver& each : cluster.leftOver)
            tell(each, cluster);
    }

    void tell(const AddonView& view, const ClusterAddons& cluster, base::Severity severity)
    {
        Finding finding{.id = QStringLiteral("addonUnwell"), .severity = severity, .ref = view.addon.ref};
        finding.ref->cluster = subject().clusterId;
        finding.title = [type = view.addon.type, name = base::visible(cluster.cluster)] {
            return Diagnose::tr("The addon %1 of cluster %2 is not well").arg(type, name);
        };
        if (!view.addon.reason.isEmpty())
            finding.evidence << base::visible(view.addon.reason);
        if (const tke::PartState* worst = view.worst(); worst && !worst->message.isEmpty())
            finding.evidence << worst->message;
        finding.cause = [view, cluster] { return messages::sentence(view, cluster); };
        finding.fix.title = [] { return Diagnose::tr("What to do"); };
        if (!messages::advice(view).isEmpty())
            finding.fix.steps = {[view] { return messages::advice(view); }};
        report(std::move(finding));
    }

    void tell(const tke::LeftOver& left, const ClusterAddons& cluster)
    {
        Finding finding{.id = QStringLiteral("addonLeftOver"), .severity = base::Severity::Warning};
        finding.title = [type = left.type, name = base::visible(cluster.cluster)] {
            return Diagnose::tr("Something of the addon %1 is left over in cluster %2").arg(type, name);
        };
        finding.evidence << messages::partName(left.part);
        finding.cause = [left] { return messages::sentence(left); };
        finding.fix.title = [] { return Diagnose::tr("What to do"); };
        finding.fix.steps = {[left] { return messages::advice(left); }};
        report(std::move(finding));
    }

    const QString m_wanted;
    QStringList m_clusters;
    tke::AddonSurvey m_survey;
    std::vector<ClusterAddons> m_places;
};

} // namespace

Guide addonGuide()
{
    return {
        .id = QStringLiteral("addon"),
        .title = [] { return Diagnose::tr("An addon does not run"); },
        .symptoms = {[] { return Diagnose::tr("The console shows an addon (扩展组件) as failed."); },
                     [] { return Diagnose::tr("An addon runs by the console's word, and does nothing."); }},
        .patterns = {{"(Tapp controller|CronHPA|CSI operator) is not healthy", 30},
                     {"(tapp-controller|cron-hpa-controller|csi-operator|tke-event-watcher)\\S* already exists", 30},
                     {"扩展组件|(^|\\s)addons?(\\s|$)", 10}},
        .arguments = QStringLiteral("[CLUSTER]"),
        .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
            return std::make_unique<AddonExamination>(subject);
        }};
}

} // namespace diagnose
