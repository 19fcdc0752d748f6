#pragma once
// The commands as a table: each lives in a file of its own, which says what it takes and carries it out.

#include "app/cli/options.h"

#include <vector>

namespace cli {

class Run;

/// An option that only some commands take.
struct OwnOption {
    const char* name;        ///< "apply"
    const char* value;       ///< what the value is called in the help: "PATH"; null: a switch
    const char* description; ///< marked for the context "Cli"
};

struct Command {
    const char* name;
    const char* arguments; ///< as the help shows them: "KIND [NAME]"
    const char* summary;   ///< marked for the context "Cli"
    /// False: it wants the kubeconfigs only, and Run::client() is not there.
    bool connects = true;
    /// It takes --member all the same, and Run::client() is there then.
    bool members = false;
    /// What it prints is a report: `-o md` and `-o html` as well.
    bool reports = false;
    /// `-o` is the file that it writes, and what it prints is JSON unless `-o text` stands beside it.
    bool writesFile = false;
    int timeoutSeconds = 60; ///< unless --timeout says another
    std::vector<OwnOption> options;
    /// What is wrong with the arguments, translated; empty when nothing is. May rewrite them.
    QString (*check)(Options& options) = nullptr;
    void (*run)(Run& run) = nullptr;
};

Command contextsCommand();
Command clustersCommand();
Command treeCommand();
Command getCommand();
Command endpointsCommand();
Command checkCommand();
Command taintCommand();
Command cordonCommand();
Command uncordonCommand();
Command applyCommand();
Command hostPathCommand();
Command eventPersistenceCommand();
Command metricsCommand();
Command businessesCommand();
Command captureCommand();

/// In the order in which the help lists them.
const std::vector<Command>& commands();
/// Null when there is none of that name.
const Command* findCommand(const QString& name);

} // namespace cli
