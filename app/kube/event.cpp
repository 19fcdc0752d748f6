#include "app/kube/event.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace kube {
namespace {

QDateTime timeAt(const Json& object, std::initializer_list<const char*> path)
{
    return QDateTime::fromString(rawText(object, path), Qt::ISODateWithMs).toUTC();
}

} // namespace

EventFacts eventFacts(const Json& event)
{
    const bool isNew = at(event, {"regarding"}).is_object();
    const char* about = isNew ? "regarding" : "involvedObject";
    EventFacts read{.uid = rawText(event, {about, "uid"}),
                    .nameSpace = rawText(event, {about, "namespace"}),
                    .name = rawText(event, {about, "name"}),
                    .type = rawText(event, {"type"}),
                    .reason = rawText(event, {"reason"}),
                    .message = rawText(event, {isNew ? "note" : "message"}),
                    .reporter = rawText(event, {isNew ? "reportingController" : "reportingComponent"})};
    if (read.reporter.isEmpty())
        read.reporter = rawText(event, {isNew ? "deprecatedSource" : "source", "component"});
    for (const char* key : {"lastTimestamp", "deprecatedLastTimestamp", "eventTime", "firstTimestamp"})
        if (const QDateTime when = timeAt(event, {key}); when.isValid() && (!read.when.isValid() || when > read.when))
            read.when = when;
    if (const QDateTime last = timeAt(event, {"series", "lastObservedTime"}); last.isValid())
        read.when = last;
    if (!read.when.isValid())
        read.when = timeAt(event, {"metadata", "creationTimestamp"});
    for (const std::initializer_list<const char*> path :
         {std::initializer_list<const char*>{"series", "count"}, {"count"}, {"deprecatedCount"}})
        if (const auto count = number(event, path))
            read.count = std::max(read.count, *count);
    return read;
}

} // namespace kube
