#include "app/messages/businesses.h"
#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/messages/errors.h"
#include "app/tke/livenamespaces.h"
#include "app/tke/memberclients.h"
#include "app/tke/visibility.h"

#include <QCoreApplication>
#include <QSet>

namespace cli {
namespace {

using kube::Json;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

Json quantitiesJson(const tke::Quantities& quantities)
{
    Json object = Json::object();
    for (const auto& [name, amount] : quantities)
        object[name.toStdString()] = amount.toStdString();
    return object;
}

Json quotasJson(const tke::Business& business)
{
    Json quotas = Json::object();
    for (const tke::ClusterQuota& each : business.clusters)
        quotas[each.cluster.toStdString()] = {{"hard", quantitiesJson(each.hard)}, {"used", quantitiesJson(each.used)}};
    return quotas;
}

Json businessJson(const tke::Business& business)
{
    QStringList clusters;
    for (const tke::ClusterQuota& each : business.clusters)
        clusters << each.cluster;
    return {{"name", business.name.toStdString()},
            {"displayName", business.displayName.toStdString()},
            {"parent", textOrNull(business.parent)},
            {"tenant", textOrNull(business.tenant)},
            {"members", texts(business.members)},
            {"phase", business.phase.toStdString()},
            {"locked", business.locked},
            {"failed", textOrNull(business.message)},
            {"error", textOrNull(business.reason)},
            {"clusters", texts(clusters)},
            {"quotas", quotasJson(business)}};
}

Json liveJson(const tke::LiveNamespace& live, const tke::BusinessNamespace& planned)
{
    return {{"exists", valueOrNull(live.exists)},
            {"labelled", valueOrNull(live.labelled)},
            {"quota", valueOrNull(live.hasQuota)},
            {"conflict", valueOrNull(live.conflict)},
            {"owner", textOrNull(live.owner)},
            {"hard", quantitiesJson(live.hard)},
            {"used", quantitiesJson(live.used)},
            {"message", messages::sentence(live, planned).toStdString()},
            {"error", live.error ? errorJson(*live.error) : Json(nullptr)}};
}

Json namespaceJson(const tke::BusinessNamespace& planned, const tke::LiveNamespace& live)
{
    return {{"business", planned.business.toStdString()},
            {"name", planned.name.toStdString()},
            {"cluster", planned.cluster.toStdString()},
            {"clusterDisplayName", textOrNull(planned.clusterDisplayName)},
            {"namespace", planned.nameSpace.toStdString()},
            {"phase", planned.phase.toStdString()},
            {"code", textOrNull(planned.code)},
            {"said", textOrNull(planned.prose)},
            {"hard", quantitiesJson(planned.hard)},
            {"used", quantitiesJson(planned.used)},
            {"live", liveJson(live, planned)}};
}

Json checkJson(const tke::VisibilityCheck& check, const tke::Visibility& of)
{
    return {{"id", check.id.toStdString()},
            {"result", tke::idOf(check.result).toStdString()},
            {"message", messages::sentence(check, of).toStdString()},
            {"advice", textOrNull(messages::advice(check, of))},
            {"read", texts(check.read)}};
}

Json visibilityJson(const tke::Visibility& visibility)
{
    Json reasons = Json::array();
    for (const tke::VisibilityCheck& each : visibility.reasons())
        reasons.push_back(checkJson(each, visibility));
    Json checks = Json::array();
    for (const tke::VisibilityCheck& each : visibility.checks)
        checks.push_back(checkJson(each, visibility));
    return {{"business", visibility.business.toStdString()},
            {"user", visibility.user.toStdString()},
            {"visible", valueOrNull(visibility.visible)},
            {"reasons", std::move(reasons)},
            {"checks", std::move(checks)}};
}

class Businesses final : public QObject {
public:
    explicit Businesses(Run& run) : QObject(&run), m_run(run) {}

    void begin()
    {
        tke::readBusinesses(m_run.client()).future.then(this, [this](const base::Result<tke::BusinessSurvey>& survey) {
            if (!survey) {
                m_run.fail(survey.error());
                return;
            }
            m_survey = *survey;
            readLive();
        });
    }

private:
    void readLive()
    {
        m_clients = m_run.members();
        tke::readLiveNamespaces(m_clients, m_survey.namespaces)
            .future.then(this, [this](const base::Result<tke::LiveNamespaces>& live) {
                m_live = live.value_or(tke::LiveNamespaces(m_survey.namespaces.size()));
                readVisibility();
            });
    }

    void readVisibility()
    {
        const QString user = m_run.options().value("user");
        if (user.isEmpty()) {
            print();
            return;
        }
        tke::readVisibility(m_run.client(), {.user = user,
                                             .businesses = m_survey.businesses,
                                             .mayImpersonate = m_run.context().user.impersonate.isEmpty()})
            .future.then(this, [this](const base::Result<tke::VisibilityFacts>& facts) {
                if (!facts) {
                    m_run.fail(facts.error());
                    return;
                }
                for (const tke::Business& each : m_survey.businesses)
                    m_visibility.push_back(tke::judgeVisibility(each, *facts));
                print();
            });
    }

    void print()
    {
        if (m_run.options().json)
            printJson();
        else
            printText();
        for (const tke::Unread& each : m_survey.unread)
            m_run.warn(messages::labelled(each.kind, messages::sentence(each.error)));
        m_run.done();
    }

    void printJson()
    {
        Json businesses = Json::array();
        Json namespaces = Json::array();
        Json visibility = Json::array();
        QStringList clusters;
        const auto addCluster = [&clusters](const QString& name) {
            if (!name.isEmpty() && !clusters.contains(name))
                clusters << name;
        };
        for (const tke::Business& each : m_survey.businesses) {
            businesses.push_back(businessJson(each));
            for (const tke::ClusterQuota& quota : each.clusters)
                addCluster(quota.cluster);
        }
        for (std::size_t i = 0; i < m_survey.namespaces.size(); ++i) {
            namespaces.push_back(namespaceJson(m_survey.namespaces[i], m_live[i]));
            addCluster(m_survey.namespaces[i].cluster);
        }
        for (const tke::Visibility& each : m_visibility)
            visibility.push_back(visibilityJson(each));
        clusters.sort();
        Json list = Json::array();
        for (const QString& name : clusters)
            list.push_back({{"name", name.toStdString()}, {"displayName", textOrNull(displayNameOf(name))}});
        Json unread = Json::array();
        for (const tke::Unread& each : m_survey.unread)
            unread.push_back({{"kind", each.kind.toStdString()}, {"error", errorJson(each.error)}});
        m_run.printJson({{"businesses", std::move(businesses)},
                         {"namespaces", std::move(namespaces)},
                         {"clusters", std::move(list)},
                         {"visibility", std::move(visibility)},
                         {"unread", std::move(unread)}});
    }

    QString displayNameOf(const QString& cluster) const
    {
        for (const tke::BusinessNamespace& each : m_survey.namespaces)
            if (each.cluster == cluster && !each.clusterDisplayName.isEmpty())
                return each.clusterDisplayName;
        return {};
    }

    void printText()
    {
        std::vector<QStringList> rows;
        for (const tke::Business& each : m_survey.businesses) {
            QStringList clusters;
            for (const tke::ClusterQuota& quota : each.clusters)
                clusters << base::visible(quota.cluster);
            rows.push_back({base::visible(each.name), base::visible(each.displayName),
                            each.parent.isEmpty() ? QStringLiteral("-") : base::visible(each.parent),
                            base::visible(each.phase), base::visible(each.members.join(QLatin1Char(','))),
                            clusters.join(QLatin1Char(','))});
        }
        m_run.printTable({Cli::tr("BUSINESS"), Cli::tr("DISPLAY NAME"), Cli::tr("PARENT"), Cli::tr("PHASE"),
                          Cli::tr("MEMBERS"), Cli::tr("CLUSTERS")},
                         rows);
        m_run.print("\n");
        rows.clear();
        for (std::size_t i = 0; i < m_survey.namespaces.size(); ++i) {
            const tke::BusinessNamespace& each = m_survey.namespaces[i];
            rows.push_back({base::visible(each.business), base::visible(each.nameSpace), base::visible(each.cluster),
                            base::visible(each.phase), messages::sentence(m_live[i], each)});
        }
        m_run.printTable({Cli::tr("BUSINESS"), Cli::tr("NAMESPACE"), Cli::tr("CLUSTER"), Cli::tr("PHASE"),
                          Cli::tr("IN THE CLUSTER")},
                         rows);
        for (const tke::Visibility& each : m_visibility) {
            m_run.print('\n' + messages::verdict(each).toUtf8() + '\n');
            for (const tke::VisibilityCheck& reason : each.reasons()) {
                m_run.print("  " + messages::sentence(reason, each).toUtf8() + '\n');
                if (const QString advice = messages::advice(reason, each); !advice.isEmpty())
                    m_run.print("    " + advice.toUtf8() + '\n');
            }
        }
    }

    Run& m_run;
    tke::ClientOf m_clients;
    tke::BusinessSurvey m_survey;
    tke::LiveNamespaces m_live;
    std::vector<tke::Visibility> m_visibility;
};

void runBusinesses(Run& run)
{
    (new Businesses(run))->begin();
}

} // namespace

Command businessesCommand()
{
    return {.name = "businesses",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "businesses, their namespaces and what the clusters show of them"),
            .options = {{"user", "NAME", QT_TRANSLATE_NOOP("Cli", "why this user sees each business, or does not")}},
            .run = runBusinesses};
}

} // namespace cli
