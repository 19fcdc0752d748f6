#pragma once
// An event, what is said of an object and when.

#include "app/kube/json.h"

#include <QDateTime>
#include <QString>

namespace kube {

/// Of core/v1 and of events.k8s.io/v1 alike; texts as they were served.
struct EventFacts {
    QString uid;       ///< of the object that it is about
    QString nameSpace; ///< of that object
    QString name;      ///< of that object
    QString type;      ///< "Normal", "Warning"
    QString reason;
    QString message;
    QString reporter;
    QDateTime when; ///< the last time it was seen; invalid: not said
    qint64 count = 1;

    bool isWarning() const { return type == QLatin1String("Warning"); }
};

EventFacts eventFacts(const Json& event);

} // namespace kube
