#pragma once
// `alidadectl metrics autoscalers`.

namespace cli {

class Run;

void metricsAutoscalers(Run& run);

} // namespace cli
