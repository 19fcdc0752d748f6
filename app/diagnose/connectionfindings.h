#pragma once
// From what came back of a try to connect to what is wrong and what to do: pure functions, a file a topic. Internal to
// diagnose/.

#include "app/base/error.h"
#include "app/config/context.h"
#include "app/diagnose/finding.h"

#include <QUrl>

namespace diagnose {

/// What is known of the try, beside the error.
struct Attempt {
    config::Context context;
    QUrl url;
    QString serverName; ///< that the certificate has to hold; empty: the URL's host
    QString proxy;      ///< "http://proxy:3128", without a login; empty: none
    // Of the certificate that the server showed, where one came.
    QString subject;
    QString issuer;
    QDateTime notBefore;
    QDateTime notAfter;
    QStringList names;            ///< SANs: "10.0.0.1", "kubernetes.default"
    std::optional<qint64> skewMs; ///< server's clock minus this machine's

    QString address() const; ///< "https://192.0.2.1:6443"
    QString host() const { return url.host(); }
    int port() const { return url.port(url.scheme() == QLatin1String("http") ? 80 : 443); }
};

/// Which of the connection's steps a failure belongs to: "dns", "tcp", "proxy", "tls", "health", "credential",
/// "authorisation".
const char* stageOf(const base::Error& error);

/// Names what is wrong where an error does not lead further; `error` is the probe's or the transport's.
Finding connectionFinding(const base::Error& error, const Attempt& attempt);

Finding fileFinding(const base::Error& error, const QStringList& files);
/// `known` are the names of contexts there are.
Finding contextFinding(const base::Error& error, const QStringList& known);
Finding pluginMissing(const config::Context& context, const QStringList& searched);
Finding networkFinding(const base::Error& error, const Attempt& attempt);
Finding proxyFinding(const base::Error& error, const Attempt& attempt);
Finding tlsFinding(const base::Error& error, const Attempt& attempt);
Finding credentialFinding(const base::Error& error, const Attempt& attempt, const std::optional<QDateTime>& expiry);
Finding forbiddenFinding(const base::Error& error, const Attempt& attempt);
Finding answerFinding(const base::Error& error, const Attempt& attempt);
/// Another address of the cluster answers while this one does not.
Finding otherAddressAnswers(const Attempt& attempt, const QString& other);
Finding clockFinding(const Attempt& attempt);

/// "kubectl config set-cluster NAME OPTION…" for the context's file.
QString setCluster(const config::Context& context, const QStringList& options);
/// The words of the other side, and who it is.
QStringList evidenceOf(const base::Error& error);

} // namespace diagnose
