#pragma once
// The Date header of an answer (RFC 9110, 5.6.7).

#include "app/transport/request.h"

#include <QDateTime>

namespace kube {

/// UTC, to the second; invalid when there is none that can be read.
QDateTime dateOf(const transport::ReplyHead& head);

} // namespace kube
