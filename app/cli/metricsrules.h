#pragma once
// `alidadectl metrics rules`: the four conditions by every source, side by side.

namespace cli {

class Run;

void metricsRules(Run& run);

} // namespace cli
