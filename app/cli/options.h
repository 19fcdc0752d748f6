#pragma once
// The command line, read. A contract: names and meanings are other programs' to rely on.

#include "app/base/result.h"

#include <QHash>
#include <QStringList>
#include <chrono>

namespace cli {

struct Options {
    QString command;
    QStringList arguments; ///< what follows the command and is no option
    QString kubeconfig;
    QString context;
    QString nameSpace;
    QString member;     ///< a member cluster of the platform that the context is; empty: the context's own cluster
    QString snapshot;   ///< a file, or "demo", in place of a cluster
    QString outputFile; ///< of a command that writes one
    QString endpoint;   ///< real, real:N, advertise or a URL, checked; empty: the context's server
    bool throughPlatform = false; ///< `endpoint` said so: the member is spoken to through the platform
    QString tlsServerName;        ///< expected in the certificate of `endpoint`, in place of its host
    QString lang;
    bool allNamespaces = false;
    QString format = QStringLiteral("text"); ///< text or json; md and html where the command makes a report
    bool json = false;                       ///< format is json
    bool allowInsecureToken = false;
    bool assumeSameCluster = false;
    bool trustExec = false; ///< runs the kubeconfig's sign-in plugin without asking
    std::chrono::milliseconds timeout{60'000};
    QHash<QString, QStringList> own; ///< what the command's own options say; a switch that is set has an empty text

    bool isSet(const char* option) const { return own.contains(QLatin1String(option)); }
    /// The last value of an option of the command's own; empty when it was not given.
    QString value(const char* option) const
    {
        const QStringList values = own.value(QLatin1String(option));
        return values.isEmpty() ? QString() : values.back();
    }
};

/// The options; or text to print and stop (--help, --version, exit 0); or a usage error (exit 2).
struct Parsed {
    enum class Outcome { Run, Text, Usage } outcome = Outcome::Run;
    Options options;
    QString text;
};
Parsed parse(const QStringList& arguments);

} // namespace cli
