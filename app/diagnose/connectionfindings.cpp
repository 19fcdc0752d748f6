#include "app/diagnose/connectionfindings.h"

#include "app/base/shell.h"

namespace diagnose {

QString Attempt::address() const
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
}

const char* stageOf(const base::Error& error)
{
    using base::ErrorKind;
    switch (error.kind) {
    case ErrorKind::Dns:
        return "dns";
    case ErrorKind::Network:
        return error.reason == QLatin1String("proxy") ? "proxy" : "tcp";
    case ErrorKind::Timeout:
        return error.reason == QLatin1String("connect") ? "tcp" : "health";
    case ErrorKind::Tls:
        return "tls";
    case ErrorKind::Unauthorized:
        return "credential";
    case ErrorKind::Forbidden:
        return "authorisation";
    default:
        return "health";
    }
}

Finding connectionFinding(const base::Error& error, const Attempt& attempt)
{
    const QLatin1String stage(stageOf(error));
    if (stage == QLatin1String("proxy"))
        return proxyFinding(error, attempt);
    if (stage == QLatin1String("dns") || stage == QLatin1String("tcp"))
        return networkFinding(error, attempt);
    if (stage == QLatin1String("tls"))
        return tlsFinding(error, attempt);
    if (stage == QLatin1String("authorisation"))
        return forbiddenFinding(error, attempt);
    if (error.kind == base::ErrorKind::Timeout) {
        Finding finding = networkFinding(error, attempt);
        finding.id = QStringLiteral("serverSilent");
        finding.title = [] { return Diagnose::tr("The server takes the question and does not answer"); };
        finding.cause = [address = attempt.address()] {
            return Diagnose::tr("%1 took the question and did not answer in time: its process hangs, or etcd does.")
                .arg(address);
        };
        return finding;
    }
    return answerFinding(error, attempt);
}

QString setCluster(const config::Context& context, const QStringList& options)
{
    QString command = QStringLiteral("kubectl config --kubeconfig %1 set-cluster %2")
                          .arg(base::shellQuoted(context.file), base::shellQuoted(context.clusterName));
    for (const QString& option : options)
        command += QLatin1Char(' ') + base::shellQuoted(option);
    return command;
}

QStringList evidenceOf(const base::Error& error)
{
    QStringList evidence;
    if (!error.asked.isEmpty() && !error.ofWhom.isEmpty())
        evidence << error.asked + QStringLiteral(" → ") + error.ofWhom;
    if (error.httpStatus > 0)
        evidence << QStringLiteral("HTTP %1").arg(error.httpStatus);
    if (!error.said.isEmpty())
        evidence << error.said;
    for (const base::ErrorCause& cause : error.causes)
        evidence << QStringList{cause.field, cause.reason, cause.message}.join(QLatin1Char(' ')).simplified();
    return evidence;
}

} // namespace diagnose
