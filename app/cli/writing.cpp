#include "app/cli/writing.h"

#include "app/base/visible.h"
#include "app/cli/jsonparts.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"

#include <algorithm>

namespace cli {

using change::Flow;

const OwnOption ApplyOption{"apply", nullptr, QT_TRANSLATE_NOOP("Cli", "Send it; without this it is only tried.")};

Writing::Writing(Run& run)
    : QObject(&run),
      m_run(run),
      m_origin(change::originOf(run.context(), run.client().transport()->address()))
{
}

void Writing::add(change::IntentPtr intent)
{
    m_group.add(std::make_unique<Flow>(m_run.client(), m_origin, std::move(intent), &m_log));
}

bool Writing::refuseReadOnly()
{
    if (!m_origin.readOnly)
        return false;
    m_run.fail({.kind = base::ErrorKind::ReadOnly, .asked = m_run.options().command, .ofWhom = m_origin.address});
    return true;
}

void Writing::go(std::function<void()> print)
{
    m_print = std::move(print);
    connect(&m_group, &change::FlowGroup::settled, this, [this] {
        const bool goesOn = m_run.options().isSet("apply") && !m_applied && m_group.areAll(Flow::State::Previewed);
        if (!goesOn) {
            // What cannot even be read is an error like that of any other command.
            for (const auto& flow : m_group.flows())
                if (flow->state() == Flow::State::Failed && flow->live().is_null()) {
                    m_run.fail(flow->error());
                    return;
                }
            m_print();
            return;
        }
        m_applied = true;
        m_group.apply();
    });
    m_group.preview();
}

std::optional<base::Error> Writing::errorOf(const Flow& flow)
{
    if (flow.state() == Flow::State::Failed)
        return flow.error();
    if (flow.state() != Flow::State::Conflicted)
        return std::nullopt;
    return base::Error{.kind = base::ErrorKind::Conflict,
                       .reason = QStringLiteral("touchedValuesChanged"),
                       .said = messages::sentence(flow.conflict()),
                       .asked = QStringLiteral("PATCH ") + QString::fromLatin1(flow.intent().target().path()),
                       .ofWhom = flow.origin().address};
}

void Writing::end()
{
    std::optional<base::Error> worst;
    for (const auto& flow : m_group.flows()) {
        if (!flow->logError().reason.isEmpty())
            m_run.warn(messages::sentence(flow->logError()));
        const auto error = errorOf(*flow);
        if (!error)
            continue;
        m_run.warn(messages::labelled(base::visible(flow->intent().target().name),
                                      base::visible(messages::sentenceWithAdvice(*error))));
        if (!worst)
            worst = error;
    }
    if (!worst)
        m_run.done();
    else if (worst->kind == base::ErrorKind::Invalid)
        m_run.done(Exit::SomethingWrong);
    else
        m_run.done(exitOf(*worst));
}

kube::Json Writing::dryRun(const Flow& flow)
{
    kube::Json warnings = kube::Json::array();
    for (const change::Notice& notice : flow.notices())
        if (notice.id == QLatin1String("serverWarning"))
            warnings.push_back(notice.detail.toStdString());
    auto error = errorOf(flow);
    const bool isUntried = flow.origin().isSnapshot && flow.state() == Flow::State::Previewed && flow.changesAnything();
    if (isUntried) // there is nobody to try it
        error = base::Error{.kind = base::ErrorKind::ReadOnly, .reason = QStringLiteral("snapshotReadOnly")};
    return {{"accepted", isUntried ? kube::Json(nullptr) : kube::Json(flow.wasAccepted())},
            {"error", error ? kube::Json(messages::sentence(*error).toStdString()) : kube::Json(nullptr)},
            {"warnings", std::move(warnings)}};
}

kube::Json Writing::dryRun() const
{
    kube::Json all{{"accepted", true}, {"error", nullptr}, {"warnings", kube::Json::array()}};
    for (const auto& flow : m_group.flows()) {
        kube::Json one = dryRun(*flow);
        if (one["accepted"] != true && all["accepted"] != false)
            all["accepted"] = one["accepted"];
        if (all["error"].is_null())
            all["error"] = one["error"];
        for (kube::Json& warning : one["warnings"])
            if (std::ranges::find(all["warnings"], warning) == all["warnings"].end())
                all["warnings"].push_back(std::move(warning));
    }
    return all;
}

kube::Json Writing::commands() const
{
    QStringList kubectl;
    QStringList curl;
    for (const auto& flow : m_group.flows()) {
        if (!flow->changesAnything())
            continue;
        kubectl += change::kubectlCommand(m_origin, flow->intent());
        curl += change::curlCommand(m_origin, flow->intent().target(), flow->patch());
    }
    return {{"kubectl", texts(kubectl)}, {"curl", texts(curl)}};
}

kube::Json Writing::applied() const
{
    kube::Json list = kube::Json::array();
    for (const auto& flow : m_group.flows())
        if (flow->state() == Flow::State::Applied)
            list.push_back({{"node", flow->intent().target().name.toStdString()},
                            {"resourceVersionBefore", flow->resourceVersionBefore().toStdString()},
                            {"resourceVersionAfter", flow->resourceVersionAfter().toStdString()},
                            {"retries", flow->retries()}});
    return list;
}

kube::Json Writing::failed() const
{
    kube::Json list = kube::Json::array();
    for (const auto& flow : m_group.flows())
        if (const auto error = errorOf(*flow))
            list.push_back({{"node", flow->intent().target().name.toStdString()}, {"error", errorJson(*error)}});
    return list;
}

} // namespace cli
