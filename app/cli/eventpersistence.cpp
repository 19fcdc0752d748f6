#include "app/messages/eventpersistence.h"
#include "app/base/visible.h"
#include "app/change/eventsink.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/cli/writing.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/kube/secrets.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"
#include "app/tke/memberclients.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <array>

namespace cli {
namespace {

using change::ManifestFlow;
using change::WriteFlow;
using kube::Json;
using tke::EventFollow;
using tke::Remark;

constexpr qint64 LongestPassword = 4096;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

const char* idOf(tke::StoreKind kind)
{
    constexpr std::array names{"unknown", "elasticsearch", "opensearch", "other"};
    return names[static_cast<std::size_t>(kind)];
}

const char* idOf(tke::Delivery::Log log)
{
    constexpr std::array names{"notRead", "quiet", "delivers", "fails"};
    return names[static_cast<std::size_t>(log)];
}

const char* idOf(EventFollow::Outcome outcome)
{
    constexpr std::array names{"underway", "delivers", "fails", "runsUnseen", "gone", "unknown"};
    return names[static_cast<std::size_t>(outcome)];
}

/// One run: tries the address, judges the draft, lets the platform judge the object, with --apply sends it and follows
/// what becomes of it.
class EventPersistence : public QObject {
public:
    explicit EventPersistence(Run& run)
        : QObject(&run),
          m_run(run),
          m_origin(change::originOf(run.context(), run.client().transport()->address())),
          m_draft{.cluster = run.options().arguments.front(),
                  .address = run.options().value("address"),
                  .index = run.options().value("index"),
                  .user = run.options().value("user"),
                  .password = {}}
    {
    }

    void start()
    {
        if (m_origin.readOnly) {
            m_run.fail(
                {.kind = base::ErrorKind::ReadOnly, .asked = m_run.options().command, .ofWhom = m_origin.address});
            return;
        }
        if (m_run.options().isSet("password-stdin"))
            readPassword();
        kube::discover(m_run.client()).future.then(this, [this](const base::Result<kube::ApiCatalog>& catalog) {
            if (catalog)
                take(*catalog);
            else
                m_run.fail(catalog.error());
        });
    }

private:
    void readPassword()
    {
        QFile file;
        if (file.open(stdin, QIODevice::ReadOnly))
            m_draft.password = QString::fromUtf8(file.read(LongestPassword));
        while (m_draft.password.endsWith(QLatin1Char('\n')) || m_draft.password.endsWith(QLatin1Char('\r')))
            m_draft.password.chop(1);
    }

    void take(const kube::ApiCatalog& catalog)
    {
        const kube::ApiResource* kind = catalog.find(tke::PersistentEventKey);
        if (!kind) {
            m_run.fail({.kind = base::ErrorKind::NotFound,
                        .reason = QStringLiteral("kindNotServed"),
                        .said = QStringLiteral("PersistentEvent"),
                        .asked = tke::PersistentEventKey,
                        .ofWhom = m_origin.address});
            return;
        }
        m_kind = *kind;
        const kube::ApiResource* clusters = catalog.find(QStringLiteral("clusters.platform.tkestack.io"));
        askSinks(clusters ? clusters->path() : QByteArray());
    }

    void askSinks(const QByteArray& clusters)
    {
        using Sinks = kube::ListedItems<std::pair<QString, QString>>;
        kube::listItems<std::pair<QString, QString>>(m_run.client(), {.path = m_kind.path()}, [](const Json& object) {
            return std::pair(kube::rawText(object, {"spec", "clusterName"}),
                             kube::rawText(object, {"metadata", "name"}));
        }).future.then(this, [this, clusters](const base::Result<Sinks>& sinks) {
            if (sinks)
                m_platform.sinks = sinks->items;
            if (clusters.isEmpty())
                askVersion();
            else
                askClusters(clusters);
        });
    }

    void askClusters(const QByteArray& path)
    {
        using Clusters = kube::ListedItems<std::pair<QString, QString>>;
        kube::listItems<std::pair<QString, QString>>(m_run.client(), {.path = path}, [](const Json& object) {
            return std::pair(kube::rawText(object, {"metadata", "name"}), kube::rawText(object, {"spec", "tenantID"}));
        }).future.then(this, [this](const base::Result<Clusters>& clusters) {
            if (clusters) {
                m_platform.clusters = QStringList();
                for (const auto& [name, tenant] : clusters->items) {
                    *m_platform.clusters << name;
                    if (name == m_draft.cluster)
                        m_draft.tenant = tenant;
                }
            }
            askVersion();
        });
    }

    void askVersion()
    {
        m_run.client()
            .askJson({.path = "/apis/apps/v1/namespaces/tke/deployments/tke-platform-api"})
            .future.then(this, [this](const base::Result<Json>& deployment) {
                m_platform.version = deployment ? tke::platformVersionOf(*deployment) : QString();
                judge();
            });
    }

    void judge()
    {
        m_remarks = tke::remarksOn(m_draft, m_platform);
        const tke::StoreAddressText text = tke::storeAddressOf(m_draft.address);
        if (!text.problem.isEmpty() || !text.address.url().isValid()) {
            goOn();
            return;
        }
        const QString index = tke::indexProblem(m_draft.index).isEmpty() ? m_draft.index : QString();
        tke::visitStore(text.address, index, {m_draft.user, m_draft.password},
                        {.context = m_origin.context, .journal = m_run.journal()})
            .future.then(this, [this](const base::Result<tke::StoreVisit>& visit) {
                if (visit) {
                    m_visit = *visit;
                    const auto found = tke::remarksOn(*visit);
                    m_remarks.insert(m_remarks.end(), found.begin(), found.end());
                } else {
                    m_run.warn(base::visible(messages::sentence(visit.error())));
                }
                goOn();
            });
    }

    void goOn()
    {
        std::ranges::stable_sort(m_remarks, {}, &Remark::severity);
        if (tke::hasErrors(m_remarks)) {
            print();
            return;
        }
        auto flow = change::createEventSink(m_run.client(), m_origin, m_kind, m_draft, &m_log);
        if (!flow) {
            m_run.fail(flow.error());
            return;
        }
        m_flow = std::move(*flow);
        connect(m_flow.get(), &WriteFlow::stateChanged, this, [this](WriteFlow::State state) {
            if (state == WriteFlow::State::Previewed) {
                m_wasAccepted = true;
                if (m_run.options().isSet("apply"))
                    m_flow->apply();
                else
                    print();
            } else if (state == WriteFlow::State::Applied) {
                followIt();
            } else if (state == WriteFlow::State::Failed || state == WriteFlow::State::Conflicted) {
                print();
            }
        });
        m_flow->preview();
    }

    void followIt()
    {
        m_follow = std::make_unique<EventFollow>(m_run.client(), m_flow->target().path(),
                                                 tke::memberClients(m_run.client(), m_run.platformAccess()),
                                                 EventFollow::Options());
        connect(m_follow.get(), &EventFollow::changed, this,
                [this] { m_run.warn(base::visible(messages::sentence(*m_follow))); });
        connect(m_follow.get(), &EventFollow::ended, this, [this] { print(); });
        m_run.onTimeout([this] {
            m_run.warn(
                Cli::tr("The time is up. It was created; “alidadectl check event-persistence %1” tells how it goes "
                        "on.")
                    .arg(base::visible(m_draft.cluster)));
            m_follow->stop();
            print();
        });
        m_follow->start();
    }

    std::optional<base::Error> error() const
    {
        const bool isOver =
            m_flow && (m_flow->state() == WriteFlow::State::Failed || m_flow->state() == WriteFlow::State::Conflicted);
        return isOver ? std::optional(m_flow->error()) : std::nullopt;
    }

    bool isApplied() const { return m_flow && m_flow->state() == WriteFlow::State::Applied; }

    QStringList commands() const
    {
        return {
            change::kubectlCommand(m_origin, {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")})};
    }

    Json probe() const
    {
        if (!m_visit)
            return nullptr;
        const auto failed = m_visit->way.probe.failure();
        return {{"address", m_visit->address.text().toStdString()},
                {"answers", m_visit->answers()},
                {"failedStep", failed ? Json(endpoint::idOf(*failed).toStdString()) : Json(nullptr)},
                {"httpStatus", m_visit->status > 0 ? Json(m_visit->status) : Json(nullptr)},
                {"kind", idOf(m_visit->kind)},
                {"version", textOrNull(m_visit->version)},
                {"wantsLogin", m_visit->answers() ? Json(m_visit->wantsLogin) : Json(nullptr)},
                {"loginAccepted", valueOrNull(m_visit->loginAccepted)},
                {"indexExists", valueOrNull(m_visit->hasIndex)},
                {"documents", valueOrNull(m_visit->documents)},
                {"newest", textOrNull(m_visit->newest.toString(Qt::ISODate))},
                {"message", messages::sentence(*m_visit).toStdString()}};
    }

    Json followed() const
    {
        if (!m_follow || !m_follow->sink())
            return nullptr;
        const tke::EventSink& sink = *m_follow->sink();
        Json json{{"outcome", idOf(m_follow->outcome())},
                  {"phase", textOrNull(sink.phase)},
                  {"reason", textOrNull(base::visible(sink.reason))},
                  {"retryCount", sink.retries},
                  {"delivery", nullptr},
                  {"message", messages::sentence(*m_follow).toStdString()}};
        if (const auto& delivery = m_follow->delivery())
            json["delivery"] = {{"deployment", valueOrNull(delivery->hasDeployment)},
                                {"ready", delivery->isReady()},
                                {"log", idOf(delivery->log)},
                                {"words", textOrNull(delivery->words)}};
        return json;
    }

    void print()
    {
        if (std::exchange(m_isPrinted, true))
            return;
        if (m_run.options().json)
            printJson();
        else
            printText();
        if (m_flow && m_flow->logError() != base::Error{})
            m_run.warn(messages::sentence(m_flow->logError()));
        const auto failure = error();
        if (failure) {
            m_run.warn(base::visible(messages::sentenceWithAdvice(*failure)));
            m_run.done(failure->kind == base::ErrorKind::Invalid ? Exit::SomethingWrong : exitOf(*failure));
            return;
        }
        const bool isGoingWrong = m_follow && m_follow->outcome() != EventFollow::Outcome::Delivers &&
                                  m_follow->outcome() != EventFollow::Outcome::RunsUnseen;
        m_run.done(isGoingWrong || tke::hasErrors(m_remarks) ? Exit::SomethingWrong : Exit::Done);
    }

    void printJson()
    {
        Json checks = Json::array();
        for (const Remark& each : m_remarks)
            checks.push_back({{"id", each.id.toStdString()},
                              {"severity", base::idOf(each.severity).toStdString()},
                              {"message", messages::sentence(each).toStdString()}});
        Json warnings = Json::array();
        if (m_flow)
            for (const change::Notice& notice : m_flow->notices())
                warnings.push_back(messages::sentence(notice).toStdString());
        const auto failure = error();
        const bool isMade = m_flow && m_wasAccepted;
        Json json{{"cluster", m_draft.cluster.toStdString()},
                  {"ref", m_flow ? refJson(m_flow->target().ref()) : Json(nullptr)},
                  {"address", tke::withoutLogin(m_draft.address).toStdString()},
                  {"index", m_draft.index.toStdString()},
                  {"user", textOrNull(m_draft.user)},
                  {"platformVersion", textOrNull(m_platform.version)},
                  {"probe", probe()},
                  {"warnings", std::move(checks)},
                  {"manifest", isMade ? Json(manifest().toStdString()) : Json(nullptr)},
                  {"dryRun",
                   {{"accepted", isMade && !failure},
                    {"error", failure ? Json(messages::sentence(*failure).toStdString()) : Json(nullptr)},
                    {"warnings", std::move(warnings)}}},
                  {"commands",
                   {{"kubectl", m_flow ? texts(commands()) : Json::array()},
                    {"curl", m_flow ? texts({change::curlEventSink(*m_flow)}) : Json::array()}}}};
        if (m_run.options().isSet("apply")) {
            json["applied"] = isApplied();
            json["followed"] = followed();
            json["undo"] = isApplied() ? Json(undo().toStdString()) : Json(nullptr);
        }
        m_run.printJson(json);
    }

    QString manifest() const { return kube::toYaml(kube::withoutSecrets(kube::withoutServerFields(m_flow->answer()))); }

    QString undo() const
    {
        const auto flow = change::undoEventSink(m_run.client(), *m_flow, nullptr);
        return change::kubectlCommand(m_origin, flow->kubectl());
    }

    void printText()
    {
        QString text;
        if (m_visit)
            text += messages::sentence(*m_visit) + QLatin1Char('\n');
        for (const Remark& each : m_remarks) {
            const QString sign = each.severity == base::Severity::Error     ? QStringLiteral("✕ ")
                                 : each.severity == base::Severity::Warning ? QStringLiteral("▲ ")
                                                                            : QStringLiteral("■ ");
            text += sign + messages::sentence(each) + QLatin1Char('\n');
        }
        if (m_flow)
            for (const change::Notice& notice : m_flow->notices())
                text += QStringLiteral("▲ ") + base::visible(messages::sentence(notice)) + QLatin1Char('\n');
        if (m_wasAccepted)
            text += base::visible(manifest(), base::Lines::Many);
        if (isApplied()) {
            text += Cli::tr("Created. To take it back: %1").arg(undo()) + QLatin1Char('\n');
            if (m_follow)
                text += base::visible(messages::sentence(*m_follow)) + QLatin1Char('\n');
        } else if (!m_run.options().isSet("apply")) {
            text += Cli::tr("Nothing was sent. With --apply it is.") + QLatin1Char('\n');
        }
        m_run.print(text.toUtf8());
    }

    Run& m_run;
    const change::Origin m_origin;
    tke::EventSinkDraft m_draft;
    tke::EventPlatform m_platform;
    kube::ApiResource m_kind;
    change::WriteLog m_log;
    std::vector<Remark> m_remarks;
    std::optional<tke::StoreVisit> m_visit;
    std::unique_ptr<ManifestFlow> m_flow;
    std::unique_ptr<EventFollow> m_follow;
    bool m_wasAccepted = false;
    bool m_isPrinted = false;
};

void runEventPersistence(Run& run)
{
    (new EventPersistence(run))->start();
}

QString checkEventPersistence(Options& options)
{
    if (options.arguments.size() != 1)
        return Cli::tr("“event-persistence” takes one cluster of the platform.");
    if (options.value("address").isEmpty() || options.value("index").isEmpty())
        return Cli::tr("“event-persistence” takes --address of Elasticsearch and --index.");
    if (options.isSet("user") != options.isSet("password-stdin"))
        return Cli::tr("A login is --user and --password-stdin, both.");
    return {};
}

} // namespace

Command eventPersistenceCommand()
{
    return {.name = "event-persistence",
            .arguments = "CLUSTER",
            .summary = QT_TRANSLATE_NOOP("Cli", "keeps a member cluster's events in Elasticsearch (with --apply)"),
            .options = {{"address", "URL", QT_TRANSLATE_NOOP("Cli", "Elasticsearch: http://HOST:PORT. It is tried.")},
                        {"index", "NAME", QT_TRANSLATE_NOOP("Cli", "The index that events go to.")},
                        {"user", "USER", QT_TRANSLATE_NOOP("Cli", "Its login, where it wants one.")},
                        {"password-stdin", nullptr, QT_TRANSLATE_NOOP("Cli", "Read the password from stdin.")},
                        ApplyOption},
            .check = checkEventPersistence,
            .run = runEventPersistence};
}

} // namespace cli
