// Guide cluster-missing: a cluster, "global" unless another is named, does not show in the platform's list. What could
// keep it away is looked at from the APIServer up to the object; only when all is well the browser is left to blame,
// which the FAQ begins with.

#include "app/base/visible.h"
#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/guide.h"
#include "app/kube/jsonread.h"
#include "app/messages/errors.h"
#include "app/tke/kinds.h"
#include "app/tke/members.h"

#include <algorithm>

namespace diagnose {
namespace {

using kube::Json;
using tke::MemberCluster;

const QByteArray Group = "/apis/platform.tkestack.io/v1";
const QByteArray ApiService = "/apis/apiregistration.k8s.io/v1/apiservices/v1.platform.tkestack.io";
const QByteArray Deployment = "/apis/apps/v1/namespaces/tke/deployments/tke-platform-api";

/// The tenant of an identity, which the platform filters by; empty: none, and nothing is filtered.
QString tenantOf(const Json& review)
{
    const Json& extra = kube::at(review, {"status", "userInfo", "extra"});
    if (!extra.is_object())
        return {};
    for (const auto& [key, values] : extra.items())
        if (QString::fromStdString(key).compare(QLatin1String("tenantid"), Qt::CaseInsensitive) == 0 &&
            !kube::elements(values).empty())
            return kube::rawText(kube::elements(values).front());
    return {};
}

class ClusterMissingExamination final : public ClusterExamination {
public:
    explicit ClusterMissingExamination(const Subject& subject)
        : ClusterExamination(QStringLiteral("cluster-missing"), subject),
          m_isNamed(!subject.arguments.isEmpty()),
          m_name(m_isNamed ? subject.arguments.front() : QStringLiteral("global"))
    {
        declare("own", [] { return Diagnose::tr("What Alidade remembers of the platform"); });
        declare("served", [] { return Diagnose::tr("Does the platform's API answer?"); });
        declare("object", [name = base::visible(m_name)] {
            return Diagnose::tr("Is the object of cluster %1 there?").arg(name);
        });
        declare("tenant", [] { return Diagnose::tr("Which tenant do you ask as?"); });
        declare("list", [] { return Diagnose::tr("Does the list that you get hold it?"); });
        declare("phase", [] { return Diagnose::tr("Is it well?"); });
        declare("browser", [] { return Diagnose::tr("What is left: the browser"); });
    }

private:
    void run() override
    {
        settle("own", StepResult::Pass, [] {
            return Diagnose::tr("Nothing of it was used: the platform's clusters are not kept, each look asks anew.");
        });
        askJson("served", {.path = Group}, [this](const base::Result<Json>& answer) {
            if (answer) {
                settle("served", StepResult::Pass, [] { return Diagnose::tr("platform.tkestack.io/v1 answers."); });
                askObject();
            } else {
                askApiService(answer.error());
            }
        });
    }

    void askApiService(const base::Error& error)
    {
        askJson("served", {.path = ApiService}, [this, error](const base::Result<Json>& service) {
            const bool isRegistered = service.has_value();
            if (!isRegistered && error.kind == base::ErrorKind::NotFound) {
                settle("served", m_isNamed ? StepResult::Fail : StepResult::Skipped, [] {
                    return Diagnose::tr("This cluster serves no platform.tkestack.io: it is no TKEStack platform. Ask "
                                        "the cluster that the platform runs in.");
                });
                if (m_isNamed)
                    tellNotServed(error);
                finish();
                return;
            }
            settle("served", StepResult::Fail, said(error));
            QString words;
            if (service)
                for (const Json& condition : kube::elements(*service, {"status", "conditions"}))
                    if (kube::rawText(condition, {"type"}) == QLatin1String("Available"))
                        words = kube::rawText(condition, {"message"});
            askDeployment(error, words);
        });
    }

    void askDeployment(const base::Error& error, const QString& words)
    {
        askJson("served", {.path = Deployment}, [this, error, words](const base::Result<Json>& deployment) {
            Finding finding{.id = QStringLiteral("platformApiDown")};
            finding.title = [] { return Diagnose::tr("The platform's API does not answer"); };
            finding.evidence << base::visible(error.said);
            if (!words.isEmpty())
                finding.evidence << base::visible(words);
            const auto ready = deployment ? kube::number(*deployment, {"status", "readyReplicas"}).value_or(0) : -1;
            if (ready >= 0)
                finding.evidence << QStringLiteral("tke/tke-platform-api: readyReplicas %1").arg(ready);
            finding.cause = [ready] {
                return ready == 0 ? Diagnose::tr("None of the pods of tke-platform-api is ready, so no cluster can be "
                                                 "listed, “global” among them.")
                                  : Diagnose::tr("The APIServer cannot reach the platform's own API server, so no "
                                                 "cluster can be listed, “global” among them.");
            };
            finding.fix.title = [] { return Diagnose::tr("Look at its pods"); };
            finding.fix.command = QStringLiteral("kubectl -n tke get pods -l app=tke-platform-api -o wide");
            report(std::move(finding));
            finish();
        });
    }

    void tellNotServed(const base::Error& error)
    {
        Finding finding{.id = QStringLiteral("notAPlatform"), .severity = base::Severity::Warning};
        finding.title = [] { return Diagnose::tr("This cluster is no TKEStack platform"); };
        finding.evidence << base::visible(error.said);
        finding.cause = [] {
            return Diagnose::tr("platform.tkestack.io is not registered with this APIServer, so it has no list of "
                                "clusters.");
        };
        finding.fix.title = [] { return Diagnose::tr("Choose the context of the platform's own cluster."); };
        report(std::move(finding));
    }

    void askObject()
    {
        askJson("object", {.path = tke::clusters().path({}, m_name)}, [this](const base::Result<Json>& object) {
            if (object) {
                m_member = tke::memberFrom(*object);
                settle("object", StepResult::Pass, [m = *m_member] {
                    return Diagnose::tr("It is there: %1, tenant %2.").arg(m.displayName, m.tenant);
                });
            } else {
                m_objectError = object.error();
                const bool isMissing = object.error().kind == base::ErrorKind::NotFound;
                settle("object", isMissing ? StepResult::Fail : StepResult::Unknown, said(object.error()));
            }
            askTenant();
        });
    }

    void askTenant()
    {
        const Json review{{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "SelfSubjectReview"}};
        askJson(
            "tenant",
            {.verb = "POST",
             .path = "/apis/authentication.k8s.io/v1/selfsubjectreviews",
             .headers = {{"Content-Type", "application/json"}},
             .body = kube::toBytes(review)},
            [this](const base::Result<Json>& answer) {
                if (answer) {
                    m_tenant = tenantOf(*answer);
                    const QString user = kube::rawText(*answer, {"status", "userInfo", "username"});
                    settle("tenant", StepResult::Pass, [user = base::visible(user), tenant = base::visible(*m_tenant)] {
                        return tenant.isEmpty()
                                   ? Diagnose::tr("You are “%1”, of no tenant: nothing is filtered.").arg(user)
                                   : Diagnose::tr("You are “%1” of tenant “%2”: clusters of other tenants "
                                                  "are answered as if they were not there.")
                                         .arg(user, tenant);
                    });
                } else {
                    settle("tenant", StepResult::Unknown, said(answer.error()));
                }
                askList();
            });
    }

    void askList()
    {
        const kube::Client* asked = client();
        if (!asked) {
            finish();
            return;
        }
        ask("list", {QStringLiteral("GET ") + QString::fromLatin1(tke::clusters().path())});
        follow<kube::ListedItems<MemberCluster>>(tke::readMembers(*asked), [this](const auto& list) {
            if (!list) {
                settle("list", StepResult::Unknown, said(list.error()));
                if (!m_member) {
                    giveIn(list.error());
                    return;
                }
            } else {
                m_isListed = std::ranges::find(list->items, m_name, &MemberCluster::name) != list->items.end();
                QStringList names;
                for (const MemberCluster& each : list->items)
                    names << each.name;
                settle("list", *m_isListed ? StepResult::Pass : StepResult::Fail,
                       [count = static_cast<int>(names.size()), names = names.mid(0, 20).join(QStringLiteral(", "))] {
                           return count == 0 ? Diagnose::tr("The list is empty.")
                                             : Diagnose::tr("%n cluster(s): %1", nullptr, count).arg(names);
                       });
            }
            conclude();
        });
    }

    void conclude()
    {
        if (!m_member) {
            tellMissing();
        } else {
            if (m_isListed == false)
                tellFiltered();
            tellPhase();
            if (m_isListed != false)
                tellBrowser();
        }
        finish();
    }

    kube::ObjectRef ref() const
    {
        return {.cluster = subject().clusterId,
                .apiVersion = QStringLiteral("platform.tkestack.io/v1"),
                .kind = QStringLiteral("Cluster"),
                .nameSpace = {},
                .name = m_name,
                .uid = m_member ? m_member->uid : QString()};
    }

    void tellMissing()
    {
        if (!m_objectError || m_objectError->kind != base::ErrorKind::NotFound)
            return;
        Finding finding{.id = QStringLiteral("clusterObjectMissing"), .ref = ref()};
        finding.title = [name = base::visible(m_name)] {
            return Diagnose::tr("The platform has no cluster %1 for you").arg(name);
        };
        finding.evidence << base::visible(m_objectError->said);
        const QString tenant = base::visible(m_tenant.value_or(QString()));
        finding.cause = [tenant] {
            return tenant.isEmpty()
                       ? Diagnose::tr("There is no such Cluster object; you are of no tenant, so nothing was filtered.")
                       : Diagnose::tr("There is no such Cluster object, or it is of another tenant than “%1”: the "
                                      "platform answers both alike.")
                             .arg(tenant);
        };
        finding.fix.title = [] { return Diagnose::tr("What to do"); };
        finding.fix.steps = {
            [] { return Diagnose::tr("Ask with a credential of no tenant, such as the admin.conf of a master."); },
            [] {
                return Diagnose::tr("If it is gone there as well, import the cluster again, or restore its object.");
            }};
        report(std::move(finding));
    }

    void tellFiltered()
    {
        Finding finding{.id = QStringLiteral("clusterFiltered"), .severity = base::Severity::Warning, .ref = ref()};
        finding.title = [name = base::visible(m_name)] {
            return Diagnose::tr("The list leaves cluster %1 out, though it is there").arg(name);
        };
        finding.cause = [tenant = m_member->tenant] {
            return Diagnose::tr("Lists are filtered by the asker's tenant; the cluster is of tenant “%1”.").arg(tenant);
        };
        finding.fix.title = [] { return Diagnose::tr("Sign in as a user of the tenant that the cluster is of."); };
        report(std::move(finding));
    }

    void tellPhase()
    {
        const MemberCluster& member = *m_member;
        const MemberCluster::Condition* failing = member.firstFailing();
        const bool isWell = !member.severity();
        settle("phase", isWell ? StepResult::Pass : StepResult::Fail,
               [phase = member.phase, isLocked = member.locked,
                failing = failing ? failing->type + QStringLiteral(": ") + failing->message : QString()] {
                   if (isLocked && failing.isEmpty())
                       return Diagnose::tr("Its phase is %1, and the platform has locked it.").arg(phase);
                   return failing.isEmpty() ? Diagnose::tr("Its phase is %1.").arg(phase)
                                            : Diagnose::tr("Its phase is %1; %2").arg(phase, failing);
               });
        if (isWell)
            return;
        if (member.locked && member.phase == QLatin1String("Running") && !failing) {
            tellLocked();
            return;
        }
        Finding finding{.id = QStringLiteral("clusterUnwell"), .severity = base::Severity::Warning, .ref = ref()};
        finding.title = [name = member.name, phase = member.phase] {
            return Diagnose::tr("The platform shows cluster %1 as %2").arg(name, phase);
        };
        if (failing)
            finding.evidence << failing->type + QStringLiteral(": ") + failing->message;
        finding.cause = [isFailed = member.phase == QLatin1String("Failed")] {
            return isFailed ? Diagnose::tr("The platform's pods cannot reach it; that does not say that it is down.")
                            : Diagnose::tr("Its creation stands at this condition, or it is on its way.");
        };
        finding.fix.title = [] {
            return Diagnose::tr("Probe each of its addresses from here, and from the platform.");
        };
        report(std::move(finding));
    }

    /// status.locked: clusters/proxy refuses, and so does all that the console does with it.
    void tellLocked()
    {
        Finding finding{.id = QStringLiteral("clusterLocked"), .severity = base::Severity::Warning, .ref = ref()};
        finding.title = [name = m_member->name] {
            return Diagnose::tr("The platform has locked cluster %1").arg(name);
        };
        finding.evidence << QStringLiteral("status.locked: true");
        finding.cause = [] {
            return Diagnose::tr("It is listed, but through the platform nobody gets to it. The cluster itself may be "
                                "well.");
        };
        finding.fix.title = [] { return Diagnose::tr("Ask who looks after the platform to unlock it."); };
        report(std::move(finding));
    }

    void tellBrowser()
    {
        settle("browser", StepResult::Pass, [] {
            return Diagnose::tr(
                "The platform lists it. If the console still does not show it, clear the browser's cache "
                "for the console's address and sign in again.");
        });
    }

    const bool m_isNamed;
    const QString m_name;
    std::optional<MemberCluster> m_member;
    std::optional<base::Error> m_objectError;
    std::optional<QString> m_tenant;
    std::optional<bool> m_isListed;
};

} // namespace

Guide clusterMissingGuide()
{
    return {.id = QStringLiteral("cluster-missing"),
            .title = [] { return Diagnose::tr("A cluster does not show in the platform's list"); },
            .symptoms = {[] { return Diagnose::tr("The global cluster is missing in the console's list."); },
                         [] {
                             return Diagnose::tr("The list of clusters is empty, or an imported cluster is not in it.");
                         }},
            .patterns = {{"clusters\\.platform\\.tkestack\\.io \"[^\"]*\" not found", 30},
                         {"cluster\\.apps \"[^\"]*\" not found", 20},
                         {"v1\\.platform\\.tkestack\\.io", 20},
                         {"global\\s*集群|集群.{0,20}(看不到|不显示|缺失|不见|没有显示)", 20}},
            .arguments = QStringLiteral("[CLUSTER]"),
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<ClusterMissingExamination>(subject);
            }};
}

} // namespace diagnose
