#pragma once
// The Date header of an answer (RFC 9110, 5.6.7).

#include "app/transport/request.h"

#include <QDateTime>

namespace kube {

/// UTC, to the second; invalid when there is none that can be read.
QDateTime dateOf(const transport::ReplyHead& head);
/// When it was answered: by the server's clock where it tells, so that of a snapshot it is the time of then; else by
/// ours, now. UTC.
QDateTime answeredAt(const transport::ReplyHead& head);

} // namespace kube
