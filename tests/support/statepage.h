#pragma once
// A page of kube-state-metrics from a text, without a wire.

#include "app/metrics/exposition.h"
#include "app/metrics/kubestate.h"
#include "tests/support/feed.h"

namespace support {

/// Ends the program where a line is bad.
inline metrics::StatePage statePage(const QByteArray& text, const metrics::StateScope& scope = {})
{
    metrics::StateBuilder builder(scope);
    metrics::ExpositionParser parser(metrics::ExpositionFormat::Text,
                                     {.family = metrics::stateFamilyOf,
                                      .sample = [&](const metrics::Sample& sample) { builder.take(sample); },
                                      .metadata = {}});
    feed(parser, text.toStdString(), [] { return 4096; });
    parser.finish();
    if (parser.tally().badLines != 0)
        qFatal("a bad line");
    return builder.finish();
}

} // namespace support
