#include "app/base/visible.h"
#include "app/cli/addonparts.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/messages/addons.h"
#include "app/messages/errors.h"
#include "app/tke/memberclients.h"
#include "app/tke/members.h"

#include <QCoreApplication>
#include <QObject>

namespace cli {
namespace {

using kube::Json;
using tke::MemberCluster;

Json toJson(const MemberCluster& member)
{
    Json addresses = Json::array();
    for (const endpoint::Address& address : member.addresses)
        addresses.push_back(
            {{"type", endpoint::idOf(address.type).toStdString()}, {"url", address.text().toStdString()}});
    Json failing;
    if (const MemberCluster::Condition* first = member.firstFailing())
        failing = {{"condition", first->type.toStdString()},
                   {"reason", first->reason.toStdString()},
                   {"message", first->message.toStdString()}};
    const auto severity = member.severity();
    return {{"name", member.name.toStdString()},
            {"displayName", member.displayName.toStdString()},
            {"type", member.type.toStdString()},
            {"version", member.version.isEmpty() ? Json(nullptr) : Json(member.version.toStdString())},
            {"phase", member.phase.isEmpty() ? Json(nullptr) : Json(member.phase.toStdString())},
            {"addresses", std::move(addresses)},
            {"firstFailing", std::move(failing)},
            {"locked", member.locked},
            {"severity", severity ? Json(base::idOf(*severity).toStdString()) : Json(nullptr)},
            {"tenant", member.tenant.toStdString()}};
}

/// "EnsurePreflight: FailedInit: …", the first line of it.
QString whyOf(const MemberCluster& member)
{
    const MemberCluster::Condition* first = member.firstFailing();
    if (!first)
        return member.locked ? QCoreApplication::translate("Cli", "locked by the platform") : QString();
    QStringList words{first->type, first->reason, first->message.section(QLatin1Char('\n'), 0, 0)};
    words.removeAll(QString());
    return words.join(QStringLiteral(": "));
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

void printText(Run& run, const std::vector<MemberCluster>& members)
{
    if (members.empty()) {
        run.warn(QCoreApplication::translate("Cli", "The platform has no clusters, or none that you may see."));
        return;
    }
    std::vector<QStringList> rows;
    for (const MemberCluster& each : members) {
        QStringList addresses;
        for (const endpoint::Address& address : each.addresses)
            addresses << endpoint::idOf(address.type) + QLatin1Char('=') + address.text();
        rows.push_back({each.name, orDash(each.displayName), orDash(each.type), orDash(each.version),
                        orDash(each.phase), orDash(addresses.join(QLatin1Char(','))), whyOf(each)});
    }
    run.printTable({QStringLiteral("NAME"), QStringLiteral("DISPLAY NAME"), QStringLiteral("TYPE"),
                    QStringLiteral("VERSION"), QStringLiteral("PHASE"), QStringLiteral("ADDRESSES"),
                    QStringLiteral("FIRST FAILING")},
                   rows);
}

class Clusters final : public QObject {
public:
    explicit Clusters(Run& run) : QObject(&run), m_run(run) {}

    void begin()
    {
        tke::readMembers(m_run.client())
            .future.then(this, [this](const base::Result<kube::ListedItems<MemberCluster>>& listed) {
                if (!listed) {
                    m_run.fail(listed.error());
                    return;
                }
                m_members = listed->items;
                for (const MemberCluster& each : m_members)
                    for (const QString& address : each.unreadAddresses)
                        m_run.warn(QCoreApplication::translate(
                                       "Cli", "%1 has an address that is none, or of an unknown type: %2")
                                       .arg(each.name, address));
                if (m_run.options().isSet("addons"))
                    discover();
                else
                    print();
            });
    }

private:
    void discover()
    {
        kube::discover(m_run.client()).future.then(this, [this](const base::Result<kube::ApiCatalog>& catalog) {
            if (!catalog) {
                m_run.fail(catalog.error());
                return;
            }
            for (const MemberCluster& each : m_members)
                m_names << each.name;
            tke::readAddons(m_run.client(), *catalog, m_names)
                .future.then(this, [this](const base::Result<tke::AddonSurvey>& survey) {
                    if (!survey) {
                        m_run.fail(survey.error());
                        return;
                    }
                    m_survey = *survey;
                    look();
                });
        });
    }

    void look()
    {
        m_clients = m_run.members();
        tke::readInClusters(m_clients, tke::clusterAddons(m_survey, m_names), m_survey.read)
            .future.then(this, [this](const base::Result<std::vector<tke::ClusterAddons>>& clusters) {
                if (!clusters) {
                    m_run.fail(clusters.error());
                    return;
                }
                m_clusters = *clusters;
                print();
            });
    }

    void print()
    {
        if (m_run.options().json)
            printAll();
        else
            printText(m_run, m_members);
        if (m_run.options().isSet("addons")) {
            if (!m_run.options().json)
                printAddons(m_run, m_clusters);
            for (const tke::Unread& each : m_survey.unread)
                m_run.warn(messages::unreadAddons(each));
            for (const tke::ClusterAddons& each : m_clusters)
                if (each.error)
                    m_run.warn(QCoreApplication::translate("Cli", "What stands in %1 is not known: %2")
                                   .arg(base::visible(each.cluster), messages::sentence(*each.error)));
        }
        m_run.done();
    }

    void printAll()
    {
        Json list = Json::array();
        for (const MemberCluster& each : m_members) {
            Json member = toJson(each);
            for (const tke::ClusterAddons& cluster : m_clusters)
                if (cluster.cluster == each.name)
                    addAddons(member, cluster, m_survey);
            list.push_back(std::move(member));
        }
        // An addon may name a cluster that there is none of.
        for (const tke::ClusterAddons& cluster : m_clusters)
            if (!cluster.isKnown) {
                Json none{{"name", cluster.cluster.toStdString()}, {"displayName", nullptr}, {"phase", nullptr}};
                addAddons(none, cluster, m_survey);
                list.push_back(std::move(none));
            }
        m_run.printJson(list);
    }

    Run& m_run;
    QStringList m_names;
    std::vector<MemberCluster> m_members;
    tke::AddonSurvey m_survey;
    tke::ClientOf m_clients;
    std::vector<tke::ClusterAddons> m_clusters;
};

void runClusters(Run& run)
{
    (new Clusters(run))->begin();
}

} // namespace

Command clustersCommand()
{
    return {.name = "clusters",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "the member clusters of a TKEStack platform"),
            .options = {{"addons", nullptr,
                         QT_TRANSLATE_NOOP("Cli", "what is installed where, and what stands there of it")}},
            .run = runClusters};
}

} // namespace cli
