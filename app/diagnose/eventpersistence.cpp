// Guide event-persistence: every PersistentEvent of a platform, and why each does not deliver. An address is tried only
// where it was given as an argument.

#include "app/messages/eventpersistence.h"
#include "app/base/visible.h"
#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/eventfindings.h"
#include "app/diagnose/guide.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/messages/errors.h"

#include <algorithm>
#include <map>

namespace diagnose {
namespace {

using kube::Json;

/// Each costs four questions of a member cluster.
constexpr std::size_t MostMembers = 20;

class EventExamination final : public ClusterExamination {
public:
    explicit EventExamination(const Subject& subject) : ClusterExamination(QStringLiteral("event-persistence"), subject)
    {
        declare("address", [] { return Diagnose::tr("Elasticsearch, seen from this machine"); });
        declare("platform", [] { return Diagnose::tr("Whether the platform keeps events, and its version"); });
        declare("objects", [] { return Diagnose::tr("PersistentEvents that there are"); });
        declare("fields", [] { return Diagnose::tr("What the platform does not check in them"); });
        declare("member", [] { return Diagnose::tr("What they made in their clusters"); });
        declare("delivery", [] { return Diagnose::tr("Whether fluentd delivers"); });
        declare("faq", [] { return Diagnose::tr("What the FAQ says, and what is so"); });
        for (const QString& word : subject.arguments)
            (word.contains(QLatin1String("://")) ? m_address : m_cluster) = word;
    }

private:
    void run() override
    {
        if (m_address.isEmpty()) {
            settle("address", StepResult::Skipped, [] {
                return Diagnose::tr("No address was given: with http://HOST:PORT as an argument it is tried.");
            });
            askKinds();
            return;
        }
        const tke::StoreAddressText text = tke::storeAddressOf(m_address);
        if (!text.problem.isEmpty() || !text.address.url().isValid()) {
            const tke::Remark remark{text.problem.isEmpty() ? QStringLiteral("addressInvalid") : text.problem,
                                     Severity::Error, tke::withoutLogin(m_address)};
            settle("address", StepResult::Fail, [remark] { return messages::sentence(remark); });
            askKinds();
            return;
        }
        ask("address", {QStringLiteral("GET ") + text.address.text()});
        follow<tke::StoreVisit>(
            tke::visitStore(
                text.address, {}, {},
                {.context = subject().context, .journal = subject().journal, .isOffline = subject().isSnapshot}),
            [this](const auto& visit) {
                if (visit) {
                    settle("address", visit->isUsable() ? StepResult::Pass : StepResult::Fail,
                           [visit = *visit] { return messages::sentence(visit); });
                    if (auto finding = eventStoreFinding(*visit))
                        report(std::move(*finding));
                } else {
                    settle("address", StepResult::Unknown, said(visit.error()));
                }
                askKinds();
            });
    }

    void askKinds()
    {
        const kube::Client* asked = client();
        if (!asked) {
            settle("platform", StepResult::Skipped,
                   [] { return Diagnose::tr("There is no connection to the cluster."); });
            finish();
            return;
        }
        follow<kube::ApiCatalog>(kube::discover(*asked), [this](const auto& catalog) {
            if (!catalog) {
                settle("platform", StepResult::Unknown, said(catalog.error()));
                giveIn(catalog.error());
                return;
            }
            const kube::ApiResource* kind = catalog->find(tke::PersistentEventKey);
            if (!kind) {
                settle("platform", StepResult::Skipped, [] {
                    return Diagnose::tr("This cluster serves no PersistentEvent: it is no TKEStack platform, or one "
                                        "without this addon.");
                });
                finish();
                return;
            }
            m_kind = *kind;
            if (const kube::ApiResource* clusters = catalog->find(QStringLiteral("clusters.platform.tkestack.io")))
                m_clusterKind = *clusters;
            askVersion();
        });
    }

    void askVersion()
    {
        askJson(
            "platform", {.path = "/apis/apps/v1/namespaces/tke/deployments/tke-platform-api"},
            [this](const base::Result<Json>& deployment) {
                m_version = deployment ? tke::platformVersionOf(*deployment) : QString();
                const auto login = tke::takesLogin(m_version);
                settle("platform", StepResult::Pass, [version = base::visible(m_version), login] {
                    if (!login)
                        return Diagnose::tr("It serves PersistentEvents; its version is not known, and so whether it "
                                            "takes a login of Elasticsearch (since v1.5.0).");
                    return *login ? Diagnose::tr("%1, which takes a login of Elasticsearch.").arg(version)
                                  : Diagnose::tr("%1, which takes no login of Elasticsearch: that came with v1.5.0.")
                                        .arg(version);
                });
                askClusters();
            });
    }

    void askClusters()
    {
        if (m_clusterKind.resource.isEmpty()) {
            askSinks();
            return;
        }
        auto names = std::make_shared<QStringList>();
        askList(
            "objects", m_clusterKind.path(), {},
            [names](const Json& cluster) {
                *names << kube::rawText(cluster, {"metadata", "name"});
            },
            [this, names](const std::optional<base::Error>& error) {
                if (!error)
                    m_clusters = *names;
                askSinks();
            });
    }

    void askSinks()
    {
        askList(
            "objects", m_kind.path(), {},
            [this](const Json& object) {
                tke::EventSink sink = tke::eventSinkOf(object);
                sink.ref.cluster = subject().clusterId;
                sink.ref.apiVersion = m_kind.apiVersion();
                m_all.push_back(std::move(sink));
            },
            [this](const std::optional<base::Error>& error) {
                if (error) {
                    settle("objects", StepResult::Unknown, said(*error));
                    giveIn(*error);
                    return;
                }
                heardSinks();
            });
    }

    void heardSinks()
    {
        const auto isMeant = [this](const tke::EventSink& sink) {
            return m_cluster.isEmpty() || sink.cluster == m_cluster;
        };
        std::ranges::copy_if(m_all, std::back_inserter(m_sinks), isMeant);
        QStringList lines;
        for (const tke::EventSink& sink : m_sinks)
            lines << base::visible(QStringLiteral("%1: %2 → %3/%4: %5")
                                       .arg(sink.ref.name, sink.cluster, sink.address.text(), sink.index, sink.phase));
        if (!m_cluster.isEmpty() && m_clusters && !m_clusters->contains(m_cluster)) {
            settle("objects", StepResult::Fail, [cluster = base::visible(m_cluster)] {
                return Diagnose::tr("The platform has no cluster “%1”.").arg(cluster);
            });
            giveIn({.kind = base::ErrorKind::NotFound,
                    .said = base::visible(m_cluster),
                    .asked = QStringLiteral("GET ") + QString::fromLatin1(m_clusterKind.path({}, m_cluster))});
            return;
        }
        settle("objects", StepResult::Pass,
               [lines] { return lines.isEmpty() ? Diagnose::tr("There is none.") : lines.join(QLatin1Char('\n')); });
        if (m_sinks.empty() && !m_cluster.isEmpty())
            report(eventAbsent(m_cluster));
        checkFields();
    }

    void checkFields()
    {
        bool isWell = true;
        const auto tell = [this, &isWell](Finding finding) {
            isWell = false;
            report(std::move(finding));
        };
        std::map<QString, QStringList> names;
        for (const tke::EventSink& sink : m_sinks) {
            names[sink.cluster] << sink.ref.name;
            for (const tke::Remark& remark : sink.remarks)
                tell(eventRemarkFinding(sink, remark));
            if (m_clusters && !m_clusters->contains(sink.cluster))
                tell(eventClusterUnknown(sink));
            if (!sink.user.isEmpty() && tke::takesLogin(m_version) == false)
                tell(eventRemarkFinding(sink, {QStringLiteral("loginUnsupported"), Severity::Error, m_version}));
        }
        for (const auto& [cluster, each] : names)
            if (each.size() > 1)
                tell(eventSeveral(cluster, each));
        settle("fields", isWell ? StepResult::Pass : StepResult::Fail, [isWell] {
            return isWell ? Diagnose::tr("Address, port, index, login and cluster are as they have to be.")
                          : Diagnose::tr("The platform took what cannot deliver.");
        });
        lookNext(0);
    }

    void lookNext(std::size_t at)
    {
        if (at >= m_sinks.size() || at >= MostMembers || !client()) {
            conclude();
            return;
        }
        const tke::EventSink& sink = m_sinks[at];
        const bool hasFailed = sink.phase == QLatin1String("Failed");
        if (hasFailed || sink.phase == QLatin1String("Reinitializing"))
            report(eventPhaseFinding(sink));
        // In between the platform is at work there, and what is not there yet is no fault.
        if (!hasFailed && sink.phase != QLatin1String("Running")) {
            m_words.push_back([name = base::visible(sink.cluster), phase = base::visible(sink.phase)] {
                return messages::labelled(name, Diagnose::tr("the platform is still at it (%1)").arg(phase));
            });
            lookNext(at + 1);
        } else if (sink.cluster == tke::GlobalCluster) {
            look(at, *client());
        } else if (const auto& find = subject().clientOf) {
            follow<std::shared_ptr<const kube::Client>>(find(sink.cluster), [this, at](const auto& member) {
                if (member && *member) {
                    m_member = *member;
                    look(at, **member);
                    return;
                }
                m_notLooked << m_sinks[at].cluster;
                lookNext(at + 1);
            });
        } else {
            m_notLooked << sink.cluster;
            lookNext(at + 1);
        }
    }

    void look(std::size_t at, const kube::Client& member)
    {
        ask("member", {QStringLiteral("%1: GET /apis/apps/v1/namespaces/kube-system/deployments/tke-persistent-event")
                           .arg(m_sinks[at].cluster)});
        ask("delivery", {QStringLiteral("%1: GET /api/v1/namespaces/kube-system/pods/…/log").arg(m_sinks[at].cluster)});
        follow<tke::Delivery>(tke::lookAtDelivery(member), [this, at](const auto& delivery) {
            if (delivery)
                heard(m_sinks[at], *delivery);
            lookNext(at + 1);
        });
    }

    void heard(const tke::EventSink& sink, const tke::Delivery& delivery)
    {
        const QString cluster = base::visible(sink.cluster);
        if (!delivery.hasDeployment) {
            m_unknown = delivery.error;
            return;
        }
        m_looked << cluster;
        m_hasRun = m_hasRun || delivery.isReady();
        if (!delivery.isReady())
            m_isMemberWell = false;
        else if (delivery.log == tke::Delivery::Log::NotRead)
            m_logUnknown = delivery.logError;
        else if (delivery.log == tke::Delivery::Log::Fails)
            m_isDelivering = false;
        m_words.push_back([cluster, delivery] { return messages::labelled(cluster, messages::sentence(delivery)); });
        // The platform has said so already where it gave up for that.
        const bool isTold = sink.phase == QLatin1String("Failed") && delivery.hasDeployment == false;
        if (auto finding = eventDeliveryFinding(sink, delivery); finding && !isTold)
            report(std::move(*finding));
        if (auto finding = eventConfigurationFinding(sink, delivery))
            report(std::move(*finding));
    }

    void conclude()
    {
        const auto tell = [words = m_words, notLooked = base::visible(m_notLooked.join(QStringLiteral(", ")))] {
            QStringList lines;
            for (const Text& each : words)
                lines << each.text();
            if (!notLooked.isEmpty())
                lines << Diagnose::tr(
                             "Not looked at, since they are other clusters than the one that is spoken to: %1.")
                             .arg(notLooked);
            return lines.join(QLatin1Char('\n'));
        };
        if (m_sinks.empty()) {
            settle("member", StepResult::Skipped, [] { return Diagnose::tr("There is none."); });
        } else if (m_looked.isEmpty()) {
            settle("member", StepResult::Unknown, m_unknown ? said(*m_unknown) : Text(tell));
        } else {
            const StepResult unseen = m_notLooked.isEmpty() && !m_unknown ? StepResult::Pass : StepResult::Unknown;
            settle("member", m_isMemberWell ? unseen : StepResult::Fail, tell);
            const StepResult quiet = m_logUnknown ? StepResult::Unknown : StepResult::Pass;
            // Where nothing runs there is nothing to deliver, which was told above.
            if (m_hasRun)
                settle("delivery", m_isDelivering ? quiet : StepResult::Fail, [] {
                    return Diagnose::tr("Phase Running says that a Deployment stands, not that an event arrived: "
                                        "fluentd's log and the index tell.");
                });
        }
        settle("faq", StepResult::Pass, [] {
            return Diagnose::tr(
                "The FAQ says that only Elasticsearch without a login is supported. Since v1.5.0 a login "
                "is taken, with the password as BASE64, which the console makes by itself. It is right "
                "that 完成 (Finish) wants address and index.");
        });
        finish();
    }

    QString m_address;
    QString m_cluster;
    kube::ApiResource m_kind;
    kube::ApiResource m_clusterKind;
    QString m_version;
    std::optional<QStringList> m_clusters;
    std::vector<tke::EventSink> m_all;
    std::vector<tke::EventSink> m_sinks;
    std::shared_ptr<const kube::Client> m_member; ///< held while it is asked
    QStringList m_looked;
    QStringList m_notLooked;
    std::vector<Text> m_words;
    std::optional<base::Error> m_unknown;
    std::optional<base::Error> m_logUnknown;
    bool m_isMemberWell = true;
    bool m_hasRun = false; ///< one of them is ready
    bool m_isDelivering = true;
};

} // namespace

Guide eventsGuide()
{
    return {.id = QStringLiteral("event-persistence"),
            .title = [] { return Diagnose::tr("Events are not kept (event persistence)"); },
            .symptoms = {[] { return Diagnose::tr("The console's form of event persistence cannot be finished"); },
                         [] { return Diagnose::tr("PersistentEvent is Running, and no event arrives"); },
                         [] { return Diagnose::tr("PersistentEvent is Failed or tries again and again"); }},
            .patterns = {{R"(\bpersistentevents?\b|persistent event deployment)", 40},
                         {R"(tke-persistent-event|tke-event-watcher)", 40},
                         {R"(unable to parse password)", 40},
                         {R"(事件持久化)", 40},
                         {R"(could not push logs to Elasticsearch|Could not communicate to Elasticsearch)", 30},
                         {R"(Install error and retried max)", 30},
                         {R"(elasticsearch)", 10}},
            .arguments = QStringLiteral("[CLUSTER] [http://HOST:PORT]"),
            .needsCluster = false,
            .inScan = true,
            .asksIfThere = true,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<EventExamination>(subject);
            }};
}

} // namespace diagnose
