#pragma once
// The command line, read. A contract: names and meanings are other programs' to rely on.

#include "app/base/result.h"

#include <QStringList>
#include <chrono>

namespace cli {

struct Options {
    QString command;
    QStringList arguments; ///< what follows the command and is no option
    QString kubeconfig;
    QString context;
    QString nameSpace;
    QString endpoint;
    QString lang;
    bool allNamespaces = false;
    bool json = false;
    bool allowInsecureToken = false;
    std::chrono::milliseconds timeout{60'000};
};

/// The options; or text to print and stop (--help, --version, exit 0); or a usage error (exit 2).
struct Parsed {
    enum class Outcome { Run, Text, Usage } outcome = Outcome::Run;
    Options options;
    QString text;
};
Parsed parse(const QStringList& arguments);

} // namespace cli
