#pragma once
// What a guide did and what it found, as values: the contract of `alidadectl check` and what the window shows.

#include "app/base/error.h"
#include "app/base/severity.h"
#include "app/diagnose/text.h"
#include "app/kube/objectref.h"

#include <QDateTime>
#include <QMap>
#include <QStringList>
#include <optional>
#include <vector>

namespace diagnose {

enum class StepResult {
    Pass,
    Fail,
    Unknown, ///< asked, and the answer does not tell
    Skipped, ///< not asked: another step failed before, or there is nothing to ask here
};
/// "pass", "fail", "unknown", "skipped".
QString idOf(StepResult result);

/// One question of a guide.
struct Step {
    QString id;
    Text title;
    QStringList asked;                ///< verbatim: requests, addresses, files; made visible
    std::optional<StepResult> result; ///< none: not answered yet
    bool running = false;
    Text detail; ///< what came back and what that means
};

using base::Severity;

/// What to do. `action` is a stable id that the window may have a button for; "none" when all that can be done is told.
struct Fix {
    QString action = QStringLiteral("none");
    Text title;
    std::vector<Text> steps;
    QString command; ///< for a shell; empty: there is none
    // What `action` works on, as served.
    QStringList nodes;
    QStringList taints; ///< changes as `kubectl taint` takes them: "key:NoSchedule-"
    /// What a form is filled with: of "event-persistence" "cluster", "address", "index", "user". Never a password.
    QMap<QString, QString> fields;
};

struct Finding {
    QString id; ///< "certificateNameMismatch"; stable
    QString guide;
    Severity severity = Severity::Error;
    Text title;
    std::optional<kube::ObjectRef> ref; ///< what it is about, when that is an object
    QStringList evidence;               ///< verbatim, made visible: the other side's words, names, dates
    Text cause;                         ///< one sentence
    Fix fix;
};

struct GuideReport {
    QString id;
    Text title;
    std::vector<Step> steps;
    std::optional<base::Error> error; ///< why it did not get to its question: not found, not permitted
};

struct Report {
    QString cluster; ///< the context's name, or the cluster's UID where that is known
    QDateTime takenAt;
    std::vector<GuideReport> guides;
    std::vector<Finding> findings; ///< in the order they were found
    bool isCutShort = false;       ///< it was stopped: what has no finding was not looked for

    bool hasErrors() const;
};

} // namespace diagnose
