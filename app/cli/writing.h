#pragma once
// What the commands that write have in common: preview all, print, apply all, and how that ends.

#include "app/change/flowgroup.h"
#include "app/cli/command.h"
#include "app/cli/run.h"

namespace cli {

/// Carries a group of flows through one run. Owned by the Run.
class Writing : public QObject {
    Q_OBJECT
public:
    explicit Writing(Run& run);

    change::FlowGroup& group() { return m_group; }
    const change::Origin& origin() const { return m_origin; }
    void add(change::IntentPtr intent);
    /// True when nothing may be written here: the run has been answered then.
    bool refuseReadOnly();
    /// Previews, with --apply applies where every preview went well, and calls `print` at the end.
    void go(std::function<void()> print);
    /// How the run ends, by the worst of what happened; tells each failure on stderr.
    void end();

    /// {accepted, error, warnings} of all, or of one.
    kube::Json dryRun() const;
    static kube::Json dryRun(const change::Flow& flow);
    /// {kubectl:[…], curl:[…]}
    kube::Json commands() const;
    /// [{node, resourceVersionBefore, resourceVersionAfter, retries}]
    kube::Json applied() const;
    /// [{node, error}]
    kube::Json failed() const;
    /// The error that a flow ended with, a conflict among them; nothing when it went well.
    static std::optional<base::Error> errorOf(const change::Flow& flow);

private:
    Run& m_run;
    const change::Origin m_origin;
    change::WriteLog m_log;
    change::FlowGroup m_group;
    std::function<void()> m_print;
    bool m_applied = false;
};

/// --apply
extern const OwnOption ApplyOption;

} // namespace cli
