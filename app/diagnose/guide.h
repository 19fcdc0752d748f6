#pragma once
// The guides as data: what each is for, which error texts lead to it, and how it is run. A new guide is a function in a
// file of its own and a line in allGuides().

#include "app/diagnose/examination.h"
#include "app/diagnose/subject.h"

#include <memory>

namespace diagnose {

/// An error text that a guide knows. The more of a text is special to it, the greater its weight.
struct Pattern {
    const char* regex; ///< UTF-8; case does not count
    int weight = 10;
};

struct Guide {
    QString id; ///< "endpoints"; stable
    Text title;
    std::vector<Text> symptoms; ///< what a person sees, in a person's words
    std::vector<Pattern> patterns;
    /// What it takes behind its name: "NAMESPACE/POD"; empty: nothing.
    QString arguments;
    bool needsCluster = true; ///< it asks the cluster; false: it also works when nothing can be reached
    bool inScan = true;       ///< the scan runs it, without arguments
    bool asksIfThere = false; ///< it needs no cluster, and asks it where there is one
    std::unique_ptr<Examination> (*make)(const Subject& subject) = nullptr;
};

/// What it looks at is the way to a cluster, and not the cluster: nothing for it is in a snapshot.
inline bool looksAtConnections(const Guide& guide)
{
    return !guide.needsCluster && !guide.asksIfThere;
}

Guide endpointsGuide();
Guide pendingGuide();
Guide immutableGuide();
Guide hostPathGuide();
Guide metricsGuide();
Guide clusterMissingGuide();
Guide businessMissingGuide();
Guide businessNamespaceGuide();
Guide registryGuide();
Guide eventsGuide();
Guide addonGuide();

/// In the order in which they are listed.
const std::vector<Guide>& allGuides();
/// Null when there is none of that id.
const Guide* findGuide(const QString& id);
/// Those that know something of an error text, the best first; a text may be many lines.
std::vector<const Guide*> guidesFor(const QString& errorText);

} // namespace diagnose
