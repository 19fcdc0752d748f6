#include "app/messages/errors.h"

#include "app/messages/addons.h"
#include "app/messages/members.h"
#include "app/messages/settings.h"
#include "app/messages/snapshots.h"

#include <QCoreApplication>

namespace messages {
namespace {

using base::ErrorKind;

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

/// A file that breaks off somewhere; the cause's field is "line:column".
QString placeSentence(const base::Error& error, const base::ErrorCause& cause)
{
    const QString line = cause.field.section(QLatin1Char(':'), 0, 0);
    const QString column = cause.field.section(QLatin1Char(':'), 1, 1);
    const auto about = [&](const QString& pattern) { return pattern.arg(error.ofWhom, line, column, cause.message); };
    if (error.reason == QLatin1String("yamlInvalid"))
        return about(Messages::tr("The file %1 is not valid YAML at line %2, column %3: %4"));
    if (error.reason == QLatin1String("yamlTooLarge"))
        return about(Messages::tr("The file %1 unfolds to more than a kubeconfig may hold at line %2, column %3: %4"));
    if (error.reason == QLatin1String("base64Invalid"))
        return about(Messages::tr("The file %1 holds something else than base64 at line %2, column %3: %4"));
    if (error.reason == QLatin1String("duplicateName"))
        return about(Messages::tr("The file %1 gives a name twice at line %2, column %3: %4"));
    return about(Messages::tr("The file %1 is no kubeconfig at line %2, column %3: %4"));
}

/// What has an id of its own is told by it; everything else by its kind.
QString configSentence(const base::Error& error)
{
    const QString& id = error.reason;
    const QString& said = error.said;
    if (id == QLatin1String("noCurrentContext"))
        return Messages::tr("No kubeconfig names a current context.");
    if (id == QLatin1String("contextMissing"))
        return Messages::tr("There is no context “%1” in the kubeconfigs.").arg(said);
    if (id == QLatin1String("fileMissing"))
        return Messages::tr("The file %1 does not exist.").arg(error.ofWhom);
    if (id == QLatin1String("fileUnreadable"))
        return Messages::tr("The file %1 cannot be read: %2").arg(error.ofWhom, said);
    if (id == QLatin1String("logUnwritable"))
        return Messages::tr("The write was done, but could not be kept in the file %1: %2").arg(error.ofWhom, said);
    if (id == QLatin1String("fileTooLarge"))
        return Messages::tr("The file %1 is larger than a kubeconfig may be.").arg(error.ofWhom);
    if (id == QLatin1String("fileUnwritable"))
        return Messages::tr("The file %1 cannot be written: %2").arg(error.ofWhom, said);
    if (id == QLatin1String("execUnsupported"))
        return Messages::tr("This context signs in with the plugin “%1”, which this version cannot run.").arg(said);
    if (id == QLatin1String("urlInvalid"))
        return Messages::tr("%1 asked of %2 is not an address that can be sent.").arg(error.asked, error.ofWhom);
    if (const QString settings = settingsSentence(error); !settings.isEmpty())
        return settings;
    const QString problem = sentence(config::Problem{id, said, true});
    if (!problem.isEmpty())
        return problem;
    if (!error.causes.empty() && error.causes.front().field.contains(QLatin1Char(':')))
        return placeSentence(error, error.causes.front());
    return Messages::tr("%1 cannot be used: %2").arg(error.ofWhom, said);
}

QString tlsSentence(const base::Error& error)
{
    if (error.reason == QLatin1String("otherCluster"))
        return Messages::tr("%1 was not used: another cluster answers there.").arg(error.ofWhom);
    if (error.reason == QLatin1String("sameClusterUnknown"))
        return Messages::tr("%1 was not used: it cannot be told whether it is the same cluster.").arg(error.ofWhom);
    if (error.reason == QLatin1String("insecureToken"))
        return Messages::tr("%1 was not asked: the token would go to a server that is not verified.").arg(error.ofWhom);
    if (error.reason == QLatin1String("certificateNameMismatch"))
        return Messages::tr("%1 was asked of %2, but its certificate is not made out to that name.")
            .arg(error.asked, error.ofWhom);
    if (error.reason == QLatin1String("certificateExpired"))
        return Messages::tr("%1 was asked of %2, but its certificate has expired.").arg(error.asked, error.ofWhom);
    if (error.reason == QLatin1String("certificateUntrusted"))
        return Messages::tr("%1 was asked of %2, but its certificate is not signed by the cluster's CA: %3")
            .arg(error.asked, error.ofWhom, error.said);
    return Messages::tr("%1 was asked of %2, but no TLS connection came about: %3")
        .arg(error.asked, error.ofWhom, error.said);
}

/// What a sign-in plugin's error says beside its words.
QString causeOf(const base::Error& error, const char* reason)
{
    for (const base::ErrorCause& cause : error.causes)
        if (cause.reason == QLatin1String(reason))
            return cause.message;
    return {};
}

QString pluginSentence(const base::Error& error)
{
    const QString& id = error.reason;
    const QString command = causeOf(error, "command");
    if (id == QLatin1String("pluginConsent"))
        return Messages::tr("To sign in, %1 wants the program %2 to be run, and nobody has allowed it yet.")
            .arg(causeOf(error, "file"), command);
    if (id == QLatin1String("pluginRefused"))
        return Messages::tr("The sign-in program %1 is not run: that was the answer when it was asked.").arg(command);
    if (id == QLatin1String("pluginNeedsTerminal"))
        return Messages::tr("The sign-in program %1 wants to ask in a terminal, and there is none.").arg(command);
    if (id == QLatin1String("pluginNotFound")) {
        const QString searched = causeOf(error, "searched");
        if (searched.isEmpty())
            return Messages::tr("The sign-in program %1 is not there, or is no program.").arg(command);
        return Messages::tr("The sign-in program “%1” was not found in these folders: %2").arg(command, searched);
    }
    if (id == QLatin1String("pluginNotStarted"))
        return Messages::tr("The sign-in program %1 could not be started: %2").arg(command, error.said);
    if (id == QLatin1String("pluginTimedOut"))
        return Messages::tr("The sign-in program %1 did not end within %2 seconds. It wrote: %3")
            .arg(command, causeOf(error, "seconds"), error.said);
    if (id == QLatin1String("pluginFailed"))
        return Messages::tr("The sign-in program %1 ended with code %2. It wrote: %3")
            .arg(command, causeOf(error, "exitCode"), error.said);
    if (id == QLatin1String("pluginAnswerInvalid"))
        return Messages::tr("What the sign-in program %1 printed cannot be used: %2").arg(command, error.said);
    return {};
}

QString pluginAdvice(const base::Error& error)
{
    if (error.reason == QLatin1String("pluginConsent") || error.reason == QLatin1String("pluginRefused"))
        return Messages::tr("Allow it when you are asked, or pass --trust-exec to alidadectl.");
    if (error.reason == QLatin1String("pluginNeedsTerminal"))
        return Messages::tr("Sign in with alidadectl in a terminal, or set interactiveMode in the kubeconfig.");
    if (error.reason == QLatin1String("pluginNotFound")) {
        if (error.said.isEmpty())
            return Messages::tr("Install it, or give its whole path in the kubeconfig.");
        return Messages::tr("The kubeconfig says how to install it: %1").arg(error.said);
    }
    return Messages::tr("Run it in a terminal to see what it wants; F5 tries again.");
}

QString timeoutSentence(const base::Error& error)
{
    if (error.reason == QLatin1String("connect"))
        return Messages::tr("%1 was asked of %2, but no connection came about in time.").arg(error.asked, error.ofWhom);
    return Messages::tr("%1 was asked of %2, but it did not answer in time.").arg(error.asked, error.ofWhom);
}

bool isOfService(const base::Error& error)
{
    return error.reason == QLatin1String("noStateMetrics") || error.reason == QLatin1String("noPrometheus") ||
           error.reason == QLatin1String("noInflux");
}

QString badAnswerSentence(const base::Error& error)
{
    const auto about = [&error](const QString& pattern) { return pattern.arg(error.asked, error.ofWhom); };
    if (error.reason == QLatin1String("noStateMetrics"))
        return about(Messages::tr("%1 was asked of %2, but what came is no page of kube-state-metrics."));
    if (error.reason == QLatin1String("noPrometheus"))
        return about(Messages::tr("%1 was asked of %2, but what answers there is no Prometheus."));
    if (error.reason == QLatin1String("noInflux"))
        return about(Messages::tr("%1 was asked of %2, but what answers there is no InfluxDB."));
    if (error.reason == QLatin1String("noKubeletFigures"))
        return about(Messages::tr("%1 was asked of %2, but the kubelet told no figures."));
    if (error.reason == QLatin1String("pageTruncated"))
        return about(Messages::tr("%1 was asked of %2, but the page broke off before its end."));
    return Messages::tr("%1 was asked of %2, but the answer is not what a Kubernetes API server sends (%3): %4")
        .arg(error.asked, error.ofWhom, error.reason, error.said);
}

} // namespace

QString sentence(const base::Error& error)
{
    if (QString addons = addonSentence(error); !addons.isEmpty())
        return addons;
    if (QString member = memberSentence(error); !member.isEmpty())
        return member;
    if (QString snapshot = snapshotSentence(error); !snapshot.isEmpty())
        return snapshot;
    const auto about = [&error](const QString& pattern) { return pattern.arg(error.asked, error.ofWhom, error.said); };
    switch (error.kind) {
    case ErrorKind::BadConfig:
        return configSentence(error);
    case ErrorKind::Tls:
        return tlsSentence(error);
    case ErrorKind::Timeout:
        return timeoutSentence(error);
    case ErrorKind::Network:
        if (error.reason == QLatin1String("slept"))
            return Messages::tr("This machine slept. Whether %1 still answers is being found out.").arg(error.ofWhom);
        return about(Messages::tr("%1 was asked of %2, but the connection failed: %3"));
    case ErrorKind::Dns:
        return about(Messages::tr("%1 was asked of %2, but its name was not found: %3"));
    case ErrorKind::Redirect:
        return about(Messages::tr("%1 was asked of %2, which answered with a redirection to %3. It was not followed."));
    case ErrorKind::Unauthorized:
        if (const QString plugin = pluginSentence(error); !plugin.isEmpty())
            return plugin;
        return about(Messages::tr("%1 was asked of %2, which does not know who is asking: %3"));
    case ErrorKind::Forbidden:
        return about(Messages::tr("%1 was asked of %2, which does not permit it: %3"));
    case ErrorKind::NotFound:
        if (error.reason == QLatin1String("endpointMissing"))
            return Messages::tr("This cluster has no address “%1” that is known.").arg(error.ofWhom);
        if (error.reason == QLatin1String("countUnknown"))
            return Messages::tr("The server does not say how many objects there are.");
        if (error.reason == QLatin1String("noBusinesses"))
            return Messages::tr("This cluster serves no businesses: it is no TKEStack platform with the business "
                                "component, or not the cluster that the platform itself runs in.");
        if (error.reason == QLatin1String("memberNotReached"))
            return Messages::tr("The cluster %1 was not asked: it is not the one that this window is connected to.")
                .arg(error.ofWhom);
        return about(Messages::tr("%1 was asked of %2, which does not have it: %3"));
    case ErrorKind::Conflict:
        if (error.reason == QLatin1String("touchedValuesChanged"))
            return Messages::tr("%1 was not sent to %2. %3").arg(error.asked, error.ofWhom, error.said);
        if (error.reason == QLatin1String("otherObject"))
            return Messages::tr("%1 was not sent to %2: another object has that name now.")
                .arg(error.asked, error.ofWhom);
        if (error.reason == QLatin1String("alreadyThere"))
            return Messages::tr("%1 was not sent to %2: an object of that name is there already.")
                .arg(error.asked, error.ofWhom);
        return about(Messages::tr("%1 was asked of %2, but the object has changed: %3"));
    case ErrorKind::Gone:
        return about(Messages::tr("%1 was asked of %2, which no longer has that version: %3"));
    case ErrorKind::Invalid:
        if (error.reason == QLatin1String("fieldsDropped"))
            return Messages::tr("%1 was asked of %2, which takes it but leaves out what it is about.")
                .arg(error.asked, error.ofWhom);
        if (error.reason == QLatin1String("deploymentPaused"))
            return Messages::tr("The Deployment is paused: a restart would only come when its rollout is resumed.");
        if (error.reason == QLatin1String("containerMissing"))
            return Messages::tr("%1 was not sent to %2: there is no such container any more.")
                .arg(error.asked, error.ofWhom);
        return about(Messages::tr("%1 was asked of %2, which does not accept it: %3"));
    case ErrorKind::TooManyRequests:
        return about(Messages::tr("%1 was asked of %2, which is too busy: %3"));
    case ErrorKind::Server:
        return about(Messages::tr("%1 was asked of %2, which failed: %3"));
    case ErrorKind::Limit:
        return Messages::tr("%1 was asked of %2, which answered more than is taken in (%3).")
            .arg(error.asked, error.ofWhom, error.reason);
    case ErrorKind::Canceled:
        return Messages::tr("%1 was asked of %2, and given up.").arg(error.asked, error.ofWhom);
    case ErrorKind::ReadOnly:
        if (error.reason == QLatin1String("snapshotReadOnly"))
            return Messages::tr("This is a snapshot: nothing can be sent to the cluster that it was taken of.");
        return Messages::tr("This context is read-only.");
    case ErrorKind::NotCaptured:
        return error.asked.isEmpty()
                   ? Messages::tr("The snapshot does not hold this.")
                   : Messages::tr("%1 was asked of the snapshot, which does not hold the answer.").arg(error.asked);
    case ErrorKind::BadAnswer:
        break;
    }
    return badAnswerSentence(error);
}

QString advice(const base::Error& error)
{
    if (QString member = memberAdvice(error); !member.isEmpty())
        return member;
    switch (error.kind) {
    case ErrorKind::Network:
        if (error.reason == QLatin1String("slept"))
            return {};
        return Messages::tr("Check that the address is right, the server runs and the VPN is up.");
    case ErrorKind::Dns:
        return Messages::tr("Check the server's name in the kubeconfig, and this machine's DNS and VPN.");
    case ErrorKind::Timeout:
        return Messages::tr("Try another address of this cluster: the server, or the way to it, hangs.");
    case ErrorKind::Tls:
        if (error.reason == QLatin1String("insecureToken"))
            return Messages::tr("Give the cluster's CA in the kubeconfig, or allow it with --allow-insecure-token.");
        if (error.reason == QLatin1String("otherCluster"))
            return Messages::tr("alidadectl endpoints lists the addresses of this cluster.");
        if (error.reason == QLatin1String("sameClusterUnknown"))
            return Messages::tr("If you know that it is, say so with --assume-same-cluster.");
        if (error.reason == QLatin1String("certificateNameMismatch"))
            return Messages::tr("Set tls-server-name in the kubeconfig to a name that the certificate holds.");
        return Messages::tr("Check certificate-authority in the kubeconfig, and this machine's clock.");
    case ErrorKind::Unauthorized:
        if (error.reason.startsWith(QLatin1String("plugin")))
            return pluginAdvice(error);
        return Messages::tr("Renew the certificate or token of this context.");
    case ErrorKind::Forbidden:
        return Messages::tr("Ask the cluster's administrator for a role that permits it.");
    case ErrorKind::NotFound:
        if (error.reason == QLatin1String("endpointMissing"))
            return Messages::tr("alidadectl endpoints lists the addresses of this cluster.");
        return Messages::tr("Check the name, the kind and the namespace.");
    case ErrorKind::TooManyRequests:
        return Messages::tr("Try again in a moment.");
    case ErrorKind::Server:
        return Messages::tr("Look at the API server's own health: /readyz?verbose.");
    case ErrorKind::Redirect:
    case ErrorKind::BadAnswer:
        if (isOfService(error))
            return Messages::tr("Look at the Service and its port: something else answers there.");
        if (error.reason == QLatin1String("pageTruncated"))
            return Messages::tr("Try again; if it breaks off again, something on the way cuts long answers.");
        return Messages::tr(
            "Check that the address in the kubeconfig is an API server and not a login page or a proxy.");
    case ErrorKind::BadConfig:
        if (const auto settings = settingsAdvice(error))
            return *settings;
        if (error.reason == QLatin1String("noCurrentContext") || error.reason == QLatin1String("contextMissing"))
            return Messages::tr("Name one with --context; alidadectl contexts lists them.");
        return Messages::tr("Mend the kubeconfig, or choose another context.");
    default:
        return {};
    }
}

QString labelled(const QString& what, const QString& text)
{
    return Messages::tr("%1: %2", "what it is about, then the sentence").arg(what, text);
}

QString sentenceWithAdvice(const base::Error& error)
{
    QString what = sentence(error);
    const QString toDo = advice(error);
    if (toDo.isEmpty())
        return what;
    // A server's words end as they like.
    while (what.endsWith(QLatin1Char('.')) || what.endsWith(QChar(0x3002)) || what.endsWith(QLatin1Char('\n')))
        what.chop(1);
    return Messages::tr("%1. %2", "a sentence without its full stop, then what to do").arg(what, toDo);
}

QString sentence(const config::Problem& problem)
{
    const auto about = [&problem](const QString& pattern) { return pattern.arg(problem.detail); };
    const QString& id = problem.id;
    if (id == QLatin1String("clusterMissing"))
        return problem.detail.isEmpty() ? Messages::tr("The context names no cluster.")
                                        : about(Messages::tr("No kubeconfig has the cluster “%1”."));
    if (id == QLatin1String("contextGone"))
        return about(Messages::tr("The context is no longer in %1. The connection stays until you close it."));
    if (id == QLatin1String("userMissing"))
        return about(Messages::tr("No kubeconfig has the user “%1”."));
    if (id == QLatin1String("namespaceInvalid"))
        return about(Messages::tr("“%1” cannot be the name of a namespace."));
    if (id == QLatin1String("serverMissing"))
        return Messages::tr("The cluster has no server address.");
    if (id == QLatin1String("serverInvalid"))
        return about(Messages::tr("“%1” is not the address of a server."));
    if (id == QLatin1String("serverWithoutScheme"))
        return about(Messages::tr("“%1” has no https:// before it and is read as http, as kubectl does."));
    if (id == QLatin1String("serverLoginIgnored"))
        return Messages::tr("The login in the server's address is left out.");
    if (id == QLatin1String("credentialsNotSent"))
        return about(Messages::tr("Over http no credentials are sent (%1)."));
    if (id == QLatin1String("proxyInvalid"))
        return about(Messages::tr("“%1” is not the address of a proxy."));
    if (id == QLatin1String("proxyUnsupported"))
        return about(Messages::tr("The proxy “%1” is spoken to over TLS, which is not possible here; http and socks5 "
                                  "proxies are."));
    if (id == QLatin1String("caUnreadable"))
        return about(Messages::tr("The CA certificate cannot be read: %1"));
    if (id == QLatin1String("caInvalid"))
        return about(Messages::tr("There is no CA certificate in %1."));
    if (id == QLatin1String("caWithInsecure"))
        return Messages::tr(
            "A CA certificate is given beside insecure-skip-tls-verify; only one of them can be meant.");
    if (id == QLatin1String("dataOverridesFile"))
        return about(Messages::tr("%1 is given as a file and as data; the data is used."));
    if (id == QLatin1String("clientCertificateUnreadable"))
        return about(Messages::tr("The client certificate cannot be read: %1"));
    if (id == QLatin1String("clientKeyUnreadable"))
        return about(Messages::tr("The client key cannot be read: %1"));
    if (id == QLatin1String("clientCertificateInvalid"))
        return about(Messages::tr("There is no client certificate in %1."));
    if (id == QLatin1String("clientKeyMissing"))
        return Messages::tr("The client certificate has no key.");
    if (id == QLatin1String("clientKeyInvalid"))
        return about(Messages::tr("There is no private key in %1."));
    if (id == QLatin1String("keyUnsupported"))
        return about(Messages::tr("The client key (%1) is of a type that cannot be used: RSA and ECDSA keys without a "
                                  "passphrase can."));
    if (id == QLatin1String("keyDoesNotMatch"))
        return Messages::tr("The client key does not belong to the client certificate.");
    if (id == QLatin1String("certificateExpired"))
        return about(Messages::tr("The client certificate expired on %1."));
    if (id == QLatin1String("certificateNotYetValid"))
        return about(Messages::tr("The client certificate is not valid before %1."));
    if (id == QLatin1String("tokenFileUnreadable"))
        return about(Messages::tr("The token file cannot be read: %1"));
    if (id == QLatin1String("tokenFileEmpty"))
        return about(Messages::tr("The token file %1 is empty."));
    if (id == QLatin1String("tokenInvalid"))
        return Messages::tr("The token holds characters that no token has.");
    if (id == QLatin1String("severalSignIns"))
        return Messages::tr("The user has a token and a password; only one of them can be meant.");
    if (id == QLatin1String("impersonationWithoutUser"))
        return Messages::tr("Groups to act as are given without a user to act as.");
    if (id == QLatin1String("impersonationInvalid"))
        return about(Messages::tr("“%1” holds characters that cannot be sent."));
    if (id == QLatin1String("execIncomplete"))
        return about(Messages::tr("The sign-in plugin's “%1” is missing or wrong."));
    if (id == QLatin1String("execVersionUnsupported"))
        return about(Messages::tr("The sign-in plugin speaks %1, which is not known."));
    if (id == QLatin1String("authProviderUnsupported"))
        return about(Messages::tr("The sign-in “%1” (auth-provider) was taken out of Kubernetes; use its plugin."));
    return {};
}

} // namespace messages
