#include "app/messages/eventpersistence.h"
#include "app/base/visible.h"
#include "app/change/eventsetup.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/cli/writing.h"
#include "app/kube/secrets.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"
#include "app/tke/memberclients.h"

#include <QCoreApplication>
#include <QFile>
#include <array>

namespace cli {
namespace {

using change::EventSetup;
using change::ManifestFlow;
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
          m_setup(run.client(), change::originOf(run.context(), run.client().transport()->address()), run.members(),
                  run.journal(), &m_log, {}),
          m_draft{.cluster = run.options().arguments.front(),
                  .address = run.options().value("address"),
                  .index = run.options().value("index"),
                  .user = run.options().value("user"),
                  .password = {}}
    {
    }

    void start()
    {
        if (m_setup.origin().readOnly) {
            m_run.fail({.kind = base::ErrorKind::ReadOnly,
                        .asked = m_run.options().command,
                        .ofWhom = m_setup.origin().address});
            return;
        }
        if (m_run.options().isSet("password-stdin"))
            readPassword();
        m_setup.setDraft(m_draft);
        connect(&m_setup, &EventSetup::platformRead, this, &EventPersistence::platformRead);
        connect(&m_setup, &EventSetup::reviewed, this, &EventPersistence::reviewed);
        connect(&m_setup, &EventSetup::written, this, &EventPersistence::written);
        connect(&m_setup, &EventSetup::ended, this, &EventPersistence::print);
        m_setup.start();
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

    void platformRead()
    {
        const auto& platform = *m_setup.platform();
        if (platform) {
            m_setup.review();
            return;
        }
        base::Error error = platform.error();
        if (error.ofWhom.isEmpty())
            error.ofWhom = m_setup.origin().address;
        m_run.fail(error);
    }

    void reviewed()
    {
        if (m_setup.probeError())
            m_run.warn(base::visible(messages::sentence(*m_setup.probeError())));
        if (m_setup.error() != base::Error{}) {
            m_run.fail(m_setup.error());
            return;
        }
        m_wasAccepted = m_setup.canApply();
        if (m_wasAccepted && m_run.options().isSet("apply"))
            m_setup.apply();
        else
            print();
    }

    void written()
    {
        if (!isApplied()) {
            print();
            return;
        }
        connect(m_setup.follow(), &EventFollow::changed, this,
                [this] { m_run.warn(base::visible(messages::sentence(*m_setup.follow()))); });
        m_run.onTimeout([this] {
            m_run.warn(
                Cli::tr("The time is up. It was created; “alidadectl check event-persistence %1” tells how it goes "
                        "on.")
                    .arg(base::visible(m_draft.cluster)));
            m_setup.stop();
            print();
        });
    }

    std::optional<base::Error> error() const
    {
        return m_setup.write().hasFailed() ? std::optional(flow()->error()) : std::nullopt;
    }

    const ManifestFlow* flow() const { return m_setup.creation(); }
    bool isApplied() const { return m_setup.write().stage() == change::FormWrite::Stage::Applied; }

    QStringList commands() const
    {
        return {change::kubectlCommand(m_setup.origin(),
                                       {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")})};
    }

    static Json visitJson(const std::optional<tke::StoreVisit>& visit)
    {
        if (!visit)
            return nullptr;
        const auto failed = visit->way.probe.failure();
        return {{"address", visit->address.text().toStdString()},
                {"answers", visit->answers()},
                {"failedStep", failed ? Json(endpoint::idOf(*failed).toStdString()) : Json(nullptr)},
                {"httpStatus", visit->status > 0 ? Json(visit->status) : Json(nullptr)},
                {"kind", idOf(visit->kind)},
                {"version", textOrNull(visit->version)},
                {"wantsLogin", visit->answers() ? Json(visit->wantsLogin) : Json(nullptr)},
                {"loginAccepted", valueOrNull(visit->loginAccepted)},
                {"indexExists", valueOrNull(visit->hasIndex)},
                {"documents", valueOrNull(visit->documents)},
                {"newest", textOrNull(visit->newest.toString(Qt::ISODate))},
                {"message", messages::sentence(*visit).toStdString()}};
    }

    Json followed() const
    {
        const EventFollow* follow = m_setup.follow();
        if (!follow || !follow->sink())
            return nullptr;
        const tke::EventSink& sink = *follow->sink();
        Json json{{"outcome", idOf(follow->outcome())},
                  {"phase", textOrNull(sink.phase)},
                  {"reason", textOrNull(base::visible(sink.reason))},
                  {"retryCount", sink.retries},
                  {"delivery", nullptr},
                  {"store", visitJson(m_setup.arrival())},
                  {"message", messages::sentence(*follow).toStdString()}};
        if (const auto& delivery = follow->delivery())
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
        if (flow() && flow()->logError() != base::Error{})
            m_run.warn(messages::sentence(flow()->logError()));
        const auto failure = error();
        if (failure) {
            m_run.warn(base::visible(messages::sentenceWithAdvice(*failure)));
            m_run.done(failure->kind == base::ErrorKind::Invalid ? Exit::SomethingWrong : exitOf(*failure));
            return;
        }
        const EventFollow* follow = m_setup.follow();
        const bool isGoingWrong = follow && follow->outcome() != EventFollow::Outcome::Delivers &&
                                  follow->outcome() != EventFollow::Outcome::RunsUnseen;
        m_run.done(isGoingWrong || tke::hasErrors(m_setup.remarks()) ? Exit::SomethingWrong : Exit::Done);
    }

    void printJson()
    {
        Json checks = Json::array();
        for (const Remark& each : m_setup.remarks())
            checks.push_back({{"id", each.id.toStdString()},
                              {"severity", base::idOf(each.severity).toStdString()},
                              {"message", messages::sentence(each).toStdString()}});
        Json warnings = Json::array();
        if (flow())
            for (const change::Notice& notice : flow()->notices())
                warnings.push_back(messages::sentence(notice).toStdString());
        const auto failure = error();
        const bool isMade = flow() && m_wasAccepted;
        Json json{{"cluster", m_draft.cluster.toStdString()},
                  {"ref", flow() ? refJson(flow()->target().ref()) : Json(nullptr)},
                  {"address", tke::withoutLogin(m_draft.address).toStdString()},
                  {"index", m_draft.index.toStdString()},
                  {"user", textOrNull(m_draft.user)},
                  {"platformVersion", textOrNull((*m_setup.platform())->version)},
                  {"probe", visitJson(m_setup.visit())},
                  {"warnings", std::move(checks)},
                  {"manifest", isMade ? Json(manifest().toStdString()) : Json(nullptr)},
                  {"dryRun",
                   {{"accepted", isMade && !failure},
                    {"error", failure ? Json(messages::sentence(*failure).toStdString()) : Json(nullptr)},
                    {"warnings", std::move(warnings)}}},
                  {"commands",
                   {{"kubectl", flow() ? texts(commands()) : Json::array()},
                    {"curl", flow() ? texts({m_setup.command()}) : Json::array()}}}};
        if (m_run.options().isSet("apply")) {
            json["applied"] = isApplied();
            json["followed"] = followed();
            json["undo"] = isApplied() ? Json(undo().toStdString()) : Json(nullptr);
        }
        m_run.printJson(json);
    }

    QString manifest() const { return kube::toYaml(kube::withoutSecrets(kube::withoutServerFields(flow()->answer()))); }

    QString undo() const
    {
        const auto undoing = change::undoEventSink(m_run.client(), *flow(), nullptr);
        return change::kubectlCommand(m_setup.origin(), undoing->kubectl());
    }

    void printText()
    {
        QString text;
        if (m_setup.visit())
            text += messages::sentence(*m_setup.visit()) + QLatin1Char('\n');
        for (const Remark& each : m_setup.remarks()) {
            const QString sign = each.severity == base::Severity::Error     ? QStringLiteral("✕ ")
                                 : each.severity == base::Severity::Warning ? QStringLiteral("▲ ")
                                                                            : QStringLiteral("■ ");
            text += sign + messages::sentence(each) + QLatin1Char('\n');
        }
        if (flow())
            for (const change::Notice& notice : flow()->notices())
                text += QStringLiteral("▲ ") + base::visible(messages::sentence(notice)) + QLatin1Char('\n');
        if (m_wasAccepted)
            text += base::visible(manifest(), base::Lines::Many);
        if (isApplied()) {
            text += Cli::tr("Created. To take it back: %1").arg(undo()) + QLatin1Char('\n');
            text += base::visible(messages::sentence(*m_setup.follow())) + QLatin1Char('\n');
            if (m_setup.arrival())
                text += messages::sentence(*m_setup.arrival()) + QLatin1Char('\n');
        } else if (!m_run.options().isSet("apply")) {
            text += Cli::tr("Nothing was sent. With --apply it is.") + QLatin1Char('\n');
        }
        m_run.print(text.toUtf8());
    }

    Run& m_run;
    change::WriteLog m_log;
    EventSetup m_setup;
    tke::EventSinkDraft m_draft;
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
