#include "app/messages/hostpath.h"
#include "app/base/visible.h"
#include "app/change/flow.h"
#include "app/change/hostpathreview.h"
#include "app/change/manifestflow.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/cli/writing.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"

#include <QCoreApplication>
#include <algorithm>

namespace cli {
namespace {

using change::Flow;
using change::Hazard;
using change::ManifestFlow;
using change::WriteFlow;
using kube::Json;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

change::HostPathDraft draftOf(const Options& options)
{
    return {.path = options.value("path"),
            .type = options.value("type"),
            .volume = options.value("name"),
            .container = options.value("container"),
            .mountPath = options.value("mount"),
            .subPath = options.value("sub-path"),
            .readOnly = !options.isSet("read-write")};
}

/// One run: judges the draft, tries it, asks what the cluster thinks of it, with --apply sends it.
class HostPath : public QObject {
public:
    explicit HostPath(Run& run)
        : QObject(&run),
          m_run(run),
          m_origin(change::originOf(run.context(), run.client().transport()->address())),
          m_draft(draftOf(run.options()))
    {
    }

    void start()
    {
        if (m_origin.readOnly) {
            m_run.fail(
                {.kind = base::ErrorKind::ReadOnly, .asked = m_run.options().command, .ofWhom = m_origin.address});
            return;
        }
        kube::discover(m_run.client()).future.then(this, [this](const base::Result<kube::ApiCatalog>& catalog) {
            if (!catalog)
                m_run.fail(catalog.error());
            else if (m_run.options().isSet("new-deployment"))
                makeNew(*catalog);
            else
                read(*catalog);
        });
    }

private:
    bool setTarget(const kube::ApiCatalog& catalog, const QString& kind, const QString& name)
    {
        const kube::ApiResource* resource = catalog.find(kind);
        if (!resource) {
            m_run.fail({.kind = base::ErrorKind::NotFound,
                        .reason = QStringLiteral("kindNotServed"),
                        .said = base::visible(kind),
                        .asked = kind,
                        .ofWhom = m_origin.address});
            return false;
        }
        m_target = {
            .resource = *resource, .nameSpace = resource->namespaced ? m_run.nameSpace() : QString(), .name = name};
        return true;
    }

    void makeNew(const kube::ApiCatalog& catalog)
    {
        const QString name = m_run.options().value("new-deployment");
        if (!setTarget(catalog, QStringLiteral("deployments.apps"), name))
            return;
        if (m_draft.volume.isEmpty())
            m_draft.volume = change::suggestedVolume(m_draft.path, nullptr);
        m_hazards = change::hazardsOf(m_draft, nullptr);
        create(change::newDeployment(name, m_run.nameSpace(), m_run.options().value("image"), m_draft));
    }

    void read(const kube::ApiCatalog& catalog)
    {
        const QString word = m_run.options().arguments.front();
        if (!setTarget(catalog, word.section(QLatin1Char('/'), 0, 0), word.section(QLatin1Char('/'), 1)))
            return;
        m_run.client().askJson({.path = m_target.path()}).future.then(this, [this](const base::Result<Json>& object) {
            if (object)
                judge(*object);
            else
                m_run.fail(object.error());
        });
    }

    void judge(const Json& object)
    {
        const Json pods = change::completeTemplate(m_target.resource, object);
        const QString what = m_target.resource.kind + QLatin1Char('/') + m_target.name;
        if (pods.is_null()) {
            m_hazards = {{QStringLiteral("noPodTemplate"), base::Severity::Error, what}};
            print();
            return;
        }
        const QStringList containers = change::containersOf(pods);
        if (m_draft.container.isEmpty() && !containers.isEmpty())
            m_draft.container = containers.front();
        if (m_draft.volume.isEmpty())
            m_draft.volume = change::suggestedVolume(m_draft.path, pods);
        m_hazards = change::hazardsOf(m_draft, pods);
        if (!change::isCopiedForVolumes(m_target.resource)) {
            if (change::hasErrors(m_hazards))
                print();
            else
                go(std::make_unique<Flow>(m_run.client(), m_origin, change::mountHostPath(m_target, m_draft), &m_log));
            return;
        }
        const QString copy = m_run.options().value("copy");
        if (copy.isEmpty()) {
            m_hazards.insert(m_hazards.begin(), {QStringLiteral("podsAreFixed"), base::Severity::Error, what});
            print();
            return;
        }
        m_target.name = copy;
        create(change::copyWith(m_target.resource, object, copy, m_draft));
    }

    void create(const Json& object)
    {
        if (change::hasErrors(m_hazards)) {
            print();
            return;
        }
        auto manifests = kube::parseManifests(kube::toBytes(object));
        if (!manifests) {
            m_run.fail(manifests.error());
            return;
        }
        auto flow = std::make_unique<ManifestFlow>(m_run.client(), m_origin, m_target, std::move(manifests->front()),
                                                   &m_log, false);
        flow->createOnly();
        go(std::move(flow));
    }

    void go(std::unique_ptr<WriteFlow> flow)
    {
        m_flow = std::move(flow);
        connect(m_flow.get(), &WriteFlow::stateChanged, this, [this](WriteFlow::State state) {
            if (state == WriteFlow::State::Previewed && !m_wasReviewed)
                review();
            else if (m_flow->error().reason == QLatin1String("alreadyThere"))
                m_run.fail(m_flow->error());
            else if (state == WriteFlow::State::Failed || state == WriteFlow::State::Conflicted ||
                     state == WriteFlow::State::Applied)
                print();
        });
        m_flow->preview();
    }

    void review()
    {
        m_wasReviewed = true;
        change::reviewHostPath(m_run.client(), m_target, m_flow->answer())
            .future.then(this, [this](const base::Result<change::HostPathReview>& review) {
                if (!review) {
                    m_run.fail(review.error());
                    return;
                }
                m_review = *review;
                m_hazards.insert(m_hazards.end(), review->hazards.begin(), review->hazards.end());
                std::ranges::stable_sort(m_hazards, {}, &Hazard::severity);
                if (m_run.options().isSet("apply") && m_review->podAdmission.accepted)
                    m_flow->apply();
                else
                    print();
            });
    }

    Json commands() const
    {
        if (!m_flow)
            return {{"kubectl", Json::array()}, {"curl", Json::array()}};
        if (const auto* flow = qobject_cast<const Flow*>(m_flow.get()))
            return {
                {"kubectl", texts({change::kubectlCommand(m_origin, flow->intent())})},
                {"curl", texts({change::curlCommand(m_origin, m_target, flow->patch(), flow->intent().patchType())})}};
        return {{"kubectl", texts({change::kubectlCommand(
                                m_origin, {QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")})})},
                {"curl", Json::array()}};
    }

    Json admission() const
    {
        if (!m_review)
            return nullptr;
        const change::PodAdmission& admission = m_review->podAdmission;
        Json warnings = Json::array();
        for (const change::Notice& notice : admission.warnings)
            warnings.push_back(notice.detail.toStdString());
        return {{"accepted", admission.accepted},
                {"error", admission.accepted ? Json(nullptr) : Json(messages::sentence(admission.error).toStdString())},
                {"warnings", std::move(warnings)}};
    }

    std::optional<base::Error> error() const
    {
        if (!m_flow)
            return std::nullopt;
        if (m_flow->state() == WriteFlow::State::Failed)
            return m_flow->error();
        if (m_flow->state() != WriteFlow::State::Conflicted)
            return std::nullopt;
        if (const auto* flow = qobject_cast<const Flow*>(m_flow.get()))
            return Writing::errorOf(*flow);
        return m_flow->error();
    }

    Json dryRun() const
    {
        Json warnings = Json::array();
        if (m_flow)
            for (const change::Notice& notice : m_flow->notices())
                warnings.push_back(messages::sentence(notice).toStdString());
        const auto failure = error();
        return {{"accepted", m_flow && m_wasReviewed && !failure},
                {"error", failure ? Json(messages::sentence(*failure).toStdString()) : Json(nullptr)},
                {"warnings", std::move(warnings)}};
    }

    QString diff() const
    {
        return m_flow && m_wasReviewed ? change::unifiedText(change::diffObjects(m_flow->live(), m_flow->answer()))
                                       : QString();
    }

    void print()
    {
        const bool isApplied = m_flow && m_flow->state() == WriteFlow::State::Applied;
        if (m_run.options().json)
            printJson(isApplied);
        else
            printText(isApplied);
        if (m_flow && m_flow->logError() != base::Error{})
            m_run.warn(messages::sentence(m_flow->logError()));
        const auto failure = error();
        const bool isRefused = m_review && !m_review->podAdmission.accepted;
        if (isRefused)
            m_run.warn(Cli::tr("No pod would come about: %1")
                           .arg(base::visible(messages::sentence(m_review->podAdmission.error))));
        if (failure) {
            m_run.warn(base::visible(messages::sentenceWithAdvice(*failure)));
            m_run.done(failure->kind == base::ErrorKind::Invalid ? Exit::SomethingWrong : exitOf(*failure));
        } else {
            m_run.done(isRefused || change::hasErrors(m_hazards) ? Exit::SomethingWrong : Exit::Done);
        }
    }

    void printJson(bool isApplied)
    {
        Json warnings = Json::array();
        for (const Hazard& each : m_hazards)
            warnings.push_back({{"id", each.id.toStdString()},
                                {"severity", base::idOf(each.severity).toStdString()},
                                {"message", messages::sentence(each).toStdString()}});
        Json json{{"ref", refJson(m_target.ref())},
                  {"volume", change::volumeOf(m_draft)},
                  {"mount", change::mountOf(m_draft)},
                  {"container", m_draft.container.toStdString()},
                  {"warnings", std::move(warnings)},
                  {"podAdmission", admission()},
                  {"podSecurity", m_review ? textOrNull(m_review->podSecurity) : Json(nullptr)},
                  {"nodes", m_review ? texts(m_review->nodes) : Json(nullptr)},
                  {"diff", diff().toStdString()},
                  {"manifest", m_flow && m_wasReviewed
                                   ? Json(kube::toYaml(kube::withoutServerFields(m_flow->answer())).toStdString())
                                   : Json(nullptr)},
                  {"dryRun", dryRun()},
                  {"commands", commands()}};
        if (m_run.options().isSet("apply"))
            json["applied"] = isApplied;
        m_run.printJson(json);
    }

    void printText(bool isApplied)
    {
        QString text;
        for (const Hazard& each : m_hazards) {
            const QString sign = each.severity == base::Severity::Error     ? QStringLiteral("✕ ")
                                 : each.severity == base::Severity::Warning ? QStringLiteral("▲ ")
                                                                            : QStringLiteral("■ ");
            text += sign + messages::sentence(each) + QLatin1Char('\n');
        }
        if (m_review)
            for (const auto& [what, why] : m_review->unread)
                text += QStringLiteral("◇ ") + messages::sentence(why) + QLatin1Char('\n');
        if (m_flow)
            for (const change::Notice& notice : m_flow->notices())
                text += QStringLiteral("▲ ") + base::visible(messages::sentence(notice)) + QLatin1Char('\n');
        text += base::visible(diff(), base::Lines::Many);
        if (isApplied)
            text += Cli::tr("Done.") + QLatin1Char('\n');
        else if (!m_run.options().isSet("apply"))
            text += Cli::tr("Nothing was sent. With --apply it is.") + QLatin1Char('\n');
        m_run.print(text.toUtf8());
    }

    Run& m_run;
    const change::Origin m_origin;
    change::HostPathDraft m_draft;
    change::WriteLog m_log;
    change::Target m_target;
    std::vector<Hazard> m_hazards;
    std::unique_ptr<WriteFlow> m_flow;
    std::optional<change::HostPathReview> m_review;
    bool m_wasReviewed = false;
};

void runHostPath(Run& run)
{
    (new HostPath(run))->start();
}

QString checkHostPath(Options& options)
{
    const bool isNew = options.isSet("new-deployment");
    if (isNew && (!options.arguments.isEmpty() || options.value("image").isEmpty()))
        return Cli::tr("“--new-deployment NAME” takes --image, and no KIND/NAME.");
    const bool isOne = options.arguments.size() == 1 && options.arguments.front().count(QLatin1Char('/')) == 1 &&
                       !options.arguments.front().startsWith(QLatin1Char('/')) &&
                       !options.arguments.front().endsWith(QLatin1Char('/'));
    if (!isNew && !isOne)
        return Cli::tr("“hostpath” takes one KIND/NAME.");
    if (options.value("path").isEmpty() || options.value("mount").isEmpty())
        return Cli::tr("“hostpath” takes --path on the node and --mount in the container.");
    if (options.allNamespaces)
        return Cli::tr("“%1” takes one namespace (-n), not all.").arg(options.command);
    return {};
}

} // namespace

Command hostPathCommand()
{
    return {.name = "hostpath",
            .arguments = "KIND/NAME",
            .summary = QT_TRANSLATE_NOOP("Cli", "mounts a directory of the node into a workload (with --apply)"),
            .options = {{"path", "PATH", QT_TRANSLATE_NOOP("Cli", "Directory or file on the node.")},
                        {"mount", "PATH", QT_TRANSLATE_NOOP("Cli", "Where it is seen in the container.")},
                        {"name", "NAME", QT_TRANSLATE_NOOP("Cli", "Name of the volume; one is made of the path.")},
                        {"type", "TYPE", QT_TRANSLATE_NOOP("Cli", "What has to be there: Directory, File, Socket, ….")},
                        {"container", "NAME", QT_TRANSLATE_NOOP("Cli", "The container; the first without it.")},
                        {"sub-path", "PATH", QT_TRANSLATE_NOOP("Cli", "Only this part of the volume.")},
                        {"read-write", nullptr, QT_TRANSLATE_NOOP("Cli", "The container may write; else read-only.")},
                        {"copy", "NAME", QT_TRANSLATE_NOOP("Cli", "For a Pod or Job: a copy of this name gets it.")},
                        {"new-deployment", "NAME", QT_TRANSLATE_NOOP("Cli", "Makes a Deployment with it.")},
                        {"image", "IMAGE", QT_TRANSLATE_NOOP("Cli", "Image of the new Deployment.")},
                        ApplyOption},
            .check = checkHostPath,
            .run = runHostPath};
}

} // namespace cli
