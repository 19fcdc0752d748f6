#pragma once
// The impact of a change of taints, printed.

#include "app/change/flowgroup.h"
#include "app/cli/run.h"
#include "app/scheduling/taintimpact.h"

namespace cli {

/// {nodes, becomeSchedulable, budgets, warnings} of the contract.
kube::Json impactJson(const scheduling::TaintImpact& impact);
void printImpact(Run& run, const scheduling::TaintImpact& impact, const change::FlowGroup& group, bool isApplied);

} // namespace cli
