// The way to the server, and to the cluster's other addresses.

#include "app/diagnose/endpoints.h"
#include "app/messages/endpoints.h"
#include "app/messages/errors.h"

#include <QHostAddress>
#include <algorithm>
#include <cstdlib>

namespace diagnose {
namespace {

using endpoint::ProbeResult;
using endpoint::Stage;

constexpr qint64 MostSkewMs = 60'000;
constexpr std::size_t MostFindings = 8; ///< of other addresses; the step names them all

Attempt attemptOf(const Attempt& own, const ProbeResult& probe)
{
    Attempt attempt = own;
    attempt.url = probe.address.url;
    attempt.serverName = probe.serverName == probe.address.url.host() ? QString() : probe.serverName;
    attempt.skewMs = probe.skewMs;
    if (const auto& facts = probe.certificate) {
        attempt.subject = facts->subject;
        attempt.issuer = facts->issuer;
        attempt.notBefore = facts->notBefore;
        attempt.notAfter = facts->notAfter;
        attempt.names = facts->sans;
    }
    return attempt;
}

/// Qt has an error of its own for a proxy that does not answer, and none for one that says no.
bool isProxys(const base::Error& error)
{
    return error.reason == QLatin1String("proxy") || error.said.contains(QLatin1String("proxy"), Qt::CaseInsensitive);
}

const char* stepOf(Stage stage, const base::Error& error)
{
    switch (stage) {
    case Stage::Resolve:
        return "dns";
    case Stage::Tcp:
        return isProxys(error) ? "proxy" : "tcp";
    case Stage::Tls:
        return "tls";
    default:
        return "health";
    }
}

Finding findingOf(Stage stage, const base::Error& error, const Attempt& attempt)
{
    if (stage == Stage::Tls)
        return tlsFinding(error, attempt);
    if (stage <= Stage::Tcp)
        return isProxys(error) ? proxyFinding(error, attempt) : networkFinding(error, attempt);
    return connectionFinding(error, attempt);
}

Text took(const std::optional<qint64>& ms)
{
    if (!ms)
        return {};
    return [time = *ms] { return Diagnose::tr("After %1 ms.").arg(time); };
}

} // namespace

void EndpointsExamination::askAddresses()
{
    if (QHostAddress(m_attempt.host()).isNull())
        ask("dns", {m_attempt.host()});
    else
        settle("dns", StepResult::Skipped, [] { return Diagnose::tr("The address needs no name."); });
    ask("tcp", {QStringLiteral("%1:%2").arg(m_attempt.host()).arg(m_attempt.port())});
    endpoint::Known known = endpoint::recall(endpoint::memoryFile(), endpoint::memoryKey(m_own));
    for (const endpoint::Address& each : endpoint::addressesOf(m_attempt.context.addresses))
        endpoint::addAddress(known.addresses, each);
    if (m_subject.endpoint)
        endpoint::addAddress(known.addresses, *m_subject.endpoint);
    auto call = kube::surveyAddresses(*m_client, {.own = m_own, .connect = m_connect}, known);
    follow<kube::AddressSurvey>(std::move(call), [this](const auto& survey) {
        if (survey)
            heardAddresses(*survey);
        else
            failed(survey.error());
    });
}

void EndpointsExamination::heardAddresses(const kube::AddressSurvey& survey)
{
    const auto own = std::ranges::find_if(survey.addresses, [this](const ProbeResult& each) {
        return endpoint::isSameAddress(each.address.url, m_to.url);
    });
    if (own != survey.addresses.end())
        m_attempt = attemptOf(m_attempt, *own);
    settleOthers(survey);
    const bool isWay = own == survey.addresses.end() || settleStages(*own);
    if (!isWay) {
        const auto other = std::ranges::find_if(survey.addresses, [this](const ProbeResult& each) {
            return each.answers() && each.sameCluster != false && !endpoint::isSameAddress(each.address.url, m_to.url);
        });
        if (other != survey.addresses.end())
            report(otherAddressAnswers(m_attempt, other->address.text()));
        checkExpiry();
        finish();
        return;
    }
    if (std::abs(m_attempt.skewMs.value_or(0)) > MostSkewMs)
        report(clockFinding(m_attempt));
    askVersion();
}

bool EndpointsExamination::settleStages(const ProbeResult& own)
{
    const auto failure = own.failure();
    if (!m_attempt.proxy.isEmpty() && own.at(Stage::Tcp).ok == true)
        settle("proxy", StepResult::Pass, [proxy = m_attempt.proxy] { return Diagnose::tr("Over %1.").arg(proxy); });
    for (const Stage stage : {Stage::Resolve, Stage::Tcp, Stage::Tls}) {
        const endpoint::StageResult& result = own.at(stage);
        if (result.ok == false) {
            settle(stepOf(stage, result.error), StepResult::Fail,
                   [error = result.error] { return messages::sentence(error); });
            report(findingOf(stage, result.error, m_attempt));
            return false;
        }
        const bool isNumber = stage == Stage::Resolve && !QHostAddress(m_attempt.host()).isNull();
        if (result.ok == true && !isNumber && stage != Stage::Tls)
            settle(stepOf(stage, result.error), StepResult::Pass, took(result.ms));
    }
    if (own.at(Stage::Tls).ok == true && own.certificate)
        settle("tls", StepResult::Pass, [facts = *own.certificate] {
            return Diagnose::tr("Certificate of “%1”, signed by “%2”, valid until %3.")
                .arg(facts.subject, facts.issuer, moment(facts.notAfter));
        });
    else if (own.at(Stage::Tls).ok != true)
        settle("tls", StepResult::Skipped, [] { return Diagnose::tr("Over http there is none."); });
    if (!own.failingChecks.isEmpty()) {
        Finding finding = answerFinding({.kind = base::ErrorKind::Server,
                                         .said = own.failingChecks.join(QStringLiteral(", ")),
                                         .asked = QStringLiteral("GET /readyz?verbose"),
                                         .ofWhom = m_attempt.address()},
                                        m_attempt);
        report(finding);
    }
    return !failure || *failure > Stage::Tls;
}

void EndpointsExamination::settleOthers(const kube::AddressSurvey& survey)
{
    std::vector<ProbeResult> others;
    std::ranges::copy_if(survey.addresses, std::back_inserter(others), [this](const ProbeResult& each) {
        return !endpoint::isSameAddress(each.address.url, m_to.url);
    });
    QStringList asked;
    for (const ProbeResult& each : others)
        asked << each.address.text();
    ask("addresses", asked);
    if (others.empty()) {
        settle("addresses", StepResult::Skipped,
               [] { return Diagnose::tr("No other address of this cluster is known."); });
        return;
    }
    const bool allWell = std::ranges::all_of(others, [](const ProbeResult& each) { return each.isWell(); });
    settle("addresses", allWell ? StepResult::Pass : StepResult::Fail, [others] {
        QStringList lines;
        for (const ProbeResult& each : others)
            lines << Diagnose::tr("%1 %2: %3", "type of an address, address, how it is")
                         .arg(endpoint::idOf(each.address.type), each.address.text(), messages::verdict(each));
        return lines.join(QLatin1Char('\n'));
    });
    std::size_t told = 0;
    for (const ProbeResult& each : others) {
        const auto failure = each.failure();
        if (!failure || told++ == MostFindings)
            continue;
        Finding finding = findingOf(*failure, each.at(*failure).error, attemptOf(m_attempt, each));
        finding.severity = Severity::Warning;
        report(finding);
    }
}

} // namespace diagnose
