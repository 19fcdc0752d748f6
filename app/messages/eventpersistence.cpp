#include "app/messages/eventpersistence.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Events {
    Q_DECLARE_TR_FUNCTIONS(Events)
};

QString addressSentence(const tke::Remark& remark)
{
    const auto is = [&remark](const char* id) { return remark.id == QLatin1String(id); };
    const QString about = base::visible(remark.detail);
    if (is("addressMissing"))
        return Events::tr("Give the address of Elasticsearch, such as http://10.0.0.1:9200: without it the console's "
                          "form cannot be finished either.");
    if (is("schemeMissing"))
        return Events::tr("“%1” says neither http:// nor https://: write http://HOST:PORT.").arg(about);
    if (is("portMissing"))
        return Events::tr("“%1” names no port: write http://HOST:PORT; 9200 is usual.").arg(about);
    if (is("addressPath"))
        return Events::tr("“%1” has a path; the platform keeps scheme, host and port only.").arg(about);
    if (is("addressInvalid"))
        return Events::tr("“%1” is no address: write http://HOST:PORT.").arg(about);
    if (is("schemeUnknown"))
        return Events::tr("The scheme “%1” is neither http nor https; the platform takes it all the same, and nothing "
                          "is delivered.")
            .arg(about);
    if (is("hostMissing"))
        return Events::tr("There is no host to deliver to.");
    if (is("portZero"))
        return Events::tr("The port is 0: the platform takes that, and nothing is delivered.");
    if (is("portRange"))
        return Events::tr("%1 is no port: they end at 65535.").arg(about);
    return {};
}

QString indexSentence(const tke::Remark& remark)
{
    const auto is = [&remark](const char* id) { return remark.id == QLatin1String(id); };
    const QString about = base::visible(remark.detail);
    if (is("indexMissing"))
        return Events::tr("Give the index that events go to, such as fluentd: without it the console's form cannot be "
                          "finished either.");
    if (is("indexUpperCase"))
        return Events::tr("Elasticsearch refuses the index “%1”: only lower-case letters.").arg(about);
    if (is("indexCharacter"))
        return Events::tr("Elasticsearch refuses the index “%1”: no \\ / * ? \" < > | , # : and no space.").arg(about);
    if (is("indexStart"))
        return Events::tr("Elasticsearch refuses the index “%1”: it must not begin with -, _ or +.").arg(about);
    if (is("indexDots"))
        return Events::tr("Elasticsearch refuses the index “%1”.").arg(about);
    if (is("indexTooLong"))
        return Events::tr("Elasticsearch refuses an index whose name is longer than 255 bytes.");
    if (is("indexEscaped"))
        return Events::tr("The platform writes “&”, “'” and “+” of the index “%1” into fluentd's configuration as HTML "
                          "(“+” becomes “&#43;”): events would go to another index, or to none.")
            .arg(about);
    if (is("indexNotInConsole"))
        return Events::tr("The console's form would refuse the index “%1”: at most 60 lower-case letters, digits, “-”, "
                          "“_” and “+”, beginning with a letter. Elasticsearch takes it.")
            .arg(about);
    return {};
}

QString loginSentence(const tke::Remark& remark)
{
    const auto is = [&remark](const char* id) { return remark.id == QLatin1String(id); };
    if (is("userMissing"))
        return Events::tr("There is a password and no user: the platform then sends neither.");
    if (is("passwordMissing"))
        return Events::tr("There is a user and no password.");
    if (is("passwordLineBreak"))
        return Events::tr("A password with a line break cannot be written into fluentd's configuration.");
    if (is("passwordEscaped"))
        return Events::tr("The password has one of & < > \" ' +: the platform writes them into fluentd's configuration "
                          "as HTML (“+” becomes “&#43;”), and Elasticsearch refuses what arrives.");
    if (is("passwordNotBase64"))
        return Events::tr("The password is not BASE64 of one: the platform ends with “unable to parse password”.");
    if (is("loginUnsupported"))
        return Events::tr("This platform is %1, and takes a login of Elasticsearch since v1.5.0 only: use one without, "
                          "or upgrade the platform.")
            .arg(base::visible(remark.detail));
    if (is("loginInClear"))
        return Events::tr("Over http the login crosses the network in clear.");
    if (is("passwordReadable"))
        return Events::tr("The password will stand in clear in ConfigMap fluentd-config (kube-system of the cluster): "
                          "whoever may read ConfigMaps there reads it.");
    return {};
}

QString storeSentence(const tke::Remark& remark)
{
    const auto is = [&remark](const char* id) { return remark.id == QLatin1String(id); };
    const QString about = base::visible(remark.detail);
    if (is("storeUnreachable"))
        return Events::tr("From this machine the address does not answer (step: %1). The cluster's nodes may have "
                          "another way to it.")
            .arg(about);
    if (is("storeUntrusted"))
        return Events::tr("Nothing on this machine vouches for the certificate of %1; fluentd refuses it as well, "
                          "unless its image knows the authority.")
            .arg(about);
    if (is("storeIsNone"))
        return Events::tr("What answers at %1 is no Elasticsearch.").arg(about);
    if (is("storeWantsLogin"))
        return Events::tr("Elasticsearch answers nobody without a login there: give a user and a password.");
    if (is("storeRefusesLogin"))
        return Events::tr("Elasticsearch refuses this user or password.");
    if (is("storeOpenSearch"))
        return Events::tr("It is an OpenSearch (%1), which takes events as Elasticsearch 7 does.").arg(about);
    return {};
}

QString phaseSentence(const tke::EventSink& sink)
{
    const QString reason = base::visible(sink.reason);
    const QString phase = base::visible(sink.phase);
    if (reason.isEmpty())
        return phase.isEmpty() ? Events::tr("The platform has not begun with it.")
                               : Events::tr("The platform says %1.").arg(phase);
    return sink.retries > 0 ? Events::tr("The platform says %1 (try %2 of 5, five minutes apart): %3")
                                  .arg(phase, QString::number(sink.retries), reason)
                            : Events::tr("The platform says %1: %2").arg(phase, reason);
}

QString stageName(endpoint::Stage stage)
{
    switch (stage) {
    case endpoint::Stage::Resolve:
        return Events::tr("its name is not known here");
    case endpoint::Stage::Tcp:
        return Events::tr("no connection comes about");
    default:
        return Events::tr("the TLS handshake fails");
    }
}

} // namespace

QString sentence(const tke::Remark& remark)
{
    for (const auto part : {addressSentence, indexSentence, loginSentence, storeSentence})
        if (const QString text = part(remark); !text.isEmpty())
            return text;
    const auto is = [&remark](const char* id) { return remark.id == QLatin1String(id); };
    const QString about = base::visible(remark.detail);
    if (is("clusterMissing"))
        return Events::tr("Name the cluster whose events are to be kept.");
    if (is("clusterUnknown"))
        return Events::tr("The platform has no cluster “%1”; it would take the PersistentEvent all the same.")
            .arg(about);
    if (is("clusterTaken"))
        return Events::tr("The cluster has a PersistentEvent already, %1: two would fight over one Deployment. Delete "
                          "it first, or change it.")
            .arg(about);
    if (is("clustersUnread") || is("sinksUnread")) {
        const QString what = is("sinksUnread")
                                 ? Events::tr("Whether the cluster has a PersistentEvent already could not be read.")
                                 : Events::tr("Whether the platform has this cluster could not be read.");
        return about.isEmpty() ? what
                               : Events::tr("%1 It says: %2", "a sentence, then another's words").arg(what, about);
    }
    if (is("backendMissing"))
        return Events::tr("It names no store to deliver to.");
    if (is("backendSeveral"))
        return Events::tr("It names two stores; the platform takes one.");
    if (is("backendCls"))
        return Events::tr("It names the log service CLS, which the platform has no configuration for: only "
                          "Elasticsearch works.");
    if (is("noCleaning"))
        return Events::tr("Nothing ever deletes events from the index: let Elasticsearch do it (an ILM policy).");
    return {};
}

QString sentence(const tke::StoreVisit& visit)
{
    const QString where = base::visible(visit.address.text());
    if (const auto failed = visit.way.probe.failure()) {
        const QString said = visit.way.probe.at(*failed).error.said;
        const QString why =
            said.isEmpty()
                ? stageName(*failed)
                : Events::tr("%1 (%2)", "a reason, then the words of the system").arg(stageName(*failed), said);
        return Events::tr("%1, seen from this machine: %2.").arg(where, why);
    }
    if (!visit.answers())
        return Events::tr("%1 takes connections and answers nothing over HTTP.").arg(where);
    const QString what =
        visit.kind == tke::StoreKind::OpenSearch ? QStringLiteral("OpenSearch") : QStringLiteral("Elasticsearch");
    if (visit.kind == tke::StoreKind::SomethingElse)
        return Events::tr("What answers at %1 is no Elasticsearch (HTTP %2).")
            .arg(where, QString::number(visit.status));
    if (visit.loginAccepted == false)
        return Events::tr("%1 wants a login, and refuses this one.").arg(where);
    if (visit.wantsLogin && !visit.loginAccepted)
        return Events::tr("%1 wants a login (HTTP %2).").arg(where, QString::number(visit.status));
    QString text =
        visit.version.isEmpty()
            ? Events::tr("%1 answers (HTTP %2), and does not say what it is.").arg(where, QString::number(visit.status))
            : Events::tr("%1 is %2 %3.", "address, product, version").arg(where, what, visit.version);
    if (visit.loginAccepted == true)
        text = Events::tr("%1 It takes the login.", "a sentence before").arg(text);
    if (visit.hasIndex == false)
        return Events::tr("%1 The index is not there yet: the first event makes it.", "a sentence before").arg(text);
    if (!visit.documents)
        return text;
    const QString count = QString::number(*visit.documents);
    return visit.newest.isValid()
               ? Events::tr("%1 The index holds %2 documents, the newest of %3.", "a sentence before")
                     .arg(text, count, visit.newest.toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'")))
               : Events::tr("%1 The index holds %2 documents.", "a sentence before").arg(text, count);
}

QString sentence(const tke::Delivery& delivery)
{
    if (!delivery.hasDeployment)
        return sentence(delivery.error);
    if (!*delivery.hasDeployment)
        return Events::tr("There is no Deployment kube-system/tke-persistent-event in the cluster.");
    if (!delivery.isReady()) {
        const QString text = Events::tr("Of Deployment tke-persistent-event %1 of %2 is ready.")
                                 .arg(delivery.ready)
                                 .arg(delivery.wanted);
        return delivery.complaint.isEmpty()
                   ? text
                   : Events::tr("%1 It says: %2", "a sentence, then another's words").arg(text, delivery.complaint);
    }
    switch (delivery.log) {
    case tke::Delivery::Log::Fails:
        return Events::tr("fluentd cannot deliver: %1").arg(delivery.words);
    case tke::Delivery::Log::Delivers:
        return Events::tr("fluentd got through after a failure: %1").arg(delivery.words);
    case tke::Delivery::Log::Quiet:
        return delivery.hasLogLines
                   ? Events::tr("fluentd complains of nothing. It says nothing of what it delivered either: the index "
                                "tells.")
                   : Events::tr("fluentd has said nothing yet.");
    case tke::Delivery::Log::NotRead:
        return Events::tr("fluentd's log could not be read: %1").arg(sentence(delivery.logError));
    }
    return {};
}

QString sentence(const tke::EventFollow& follow)
{
    using Outcome = tke::EventFollow::Outcome;
    if (!follow.sink())
        return follow.error() == base::Error{} ? QString() : sentence(follow.error());
    const tke::EventSink& sink = *follow.sink();
    switch (follow.outcome()) {
    case Outcome::Gone:
        return Events::tr("The PersistentEvent was deleted meanwhile.");
    case Outcome::Unknown:
        return sentence(follow.error());
    case Outcome::RunsUnseen:
        return Events::tr("The platform says Running. That a Deployment stands, not that an event arrived: cluster %1 "
                          "was not looked at.")
            .arg(base::visible(sink.cluster));
    default:
        break;
    }
    if (follow.delivery())
        return sentence(*follow.delivery());
    return phaseSentence(sink);
}

std::vector<FollowStep> stepsOf(const tke::EventFollow& follow)
{
    using kube::Severity;
    using Outcome = tke::EventFollow::Outcome;
    std::vector<FollowStep> steps;
    const auto add = [&steps](Severity severity, const QString& text) { steps.push_back({severity, text}); };
    const Outcome outcome = follow.outcome();
    if (const auto& sink = follow.sink()) {
        const QString phase = sink->phase;
        add(phase == QLatin1String("Running")          ? Severity::Info
            : phase == QLatin1String("Failed")         ? Severity::Error
            : phase == QLatin1String("Reinitializing") ? Severity::Warning
                                                       : Severity::None,
            phaseSentence(*sink));
    }
    if (const auto& delivery = follow.delivery()) {
        const bool isReady = delivery->isReady();
        if (isReady)
            add(Severity::Info, Events::tr("Of Deployment tke-persistent-event %1 of %2 is ready.")
                                    .arg(delivery->ready)
                                    .arg(delivery->wanted));
        else
            add(!delivery->hasDeployment   ? Severity::Unknown
                : *delivery->hasDeployment ? Severity::Warning
                                           : Severity::Error,
                sentence(*delivery));
        if (delivery->configured && follow.sink()) {
            const bool isSame =
                *delivery->configured == follow.sink()->address && delivery->configuredIndex == follow.sink()->index;
            const QString where =
                base::visible(delivery->configured->text() + QLatin1Char('/') + delivery->configuredIndex);
            add(isSame ? Severity::Info : Severity::Warning,
                isSame ? Events::tr("fluentd is configured for %1.").arg(where)
                       : Events::tr("fluentd is configured for %1, which is not what was asked for: a ConfigMap "
                                    "fluentd-config that is there already is left as it is.")
                             .arg(where));
        }
        if (isReady) {
            using Log = tke::Delivery::Log;
            const bool isWell = delivery->log == Log::Delivers || outcome == Outcome::Delivers;
            add(delivery->log == Log::Fails     ? Severity::Error
                : delivery->log == Log::NotRead ? Severity::Unknown
                : isWell                        ? Severity::Info
                                                : Severity::None,
                sentence(*delivery));
        }
    }
    if (outcome == Outcome::Gone || outcome == Outcome::RunsUnseen)
        add(Severity::Warning, sentence(follow));
    if (outcome == Outcome::Unknown)
        add(Severity::Unknown, sentence(follow.error()));
    return steps;
}

QString indexRule()
{
    return Events::tr(
        "The console's rule: at most 60 lower-case letters, digits, “-” and “_”, beginning with a letter (“+” "
        "too, which the platform then writes wrongly).");
}

} // namespace messages
