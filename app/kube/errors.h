#pragma once
// The one place that knows what an HTTP status means: kinds and reasons follow
// k8s.io/apimachinery/pkg/apis/meta/v1/types.go (StatusReason...).

#include "app/base/result.h"
#include "app/transport/request.h"

namespace kube {

/// The error that an answer outside 2xx is. `asked` and `ofWhom` are the caller's to fill in.
base::Error errorFrom(const transport::Reply& reply);

/// The error that a Status object is: the body of a refusal, or the object of a watch's ERROR event.
/// `httpStatus` stands in where the Status has no code.
base::Error errorFromStatus(const QByteArray& body, int httpStatus);

/// 410, or 504 with cause ResourceVersionTooLarge: the resource version that was asked for cannot be served.
bool isExpired(const base::Error& error);
bool isTooLargeResourceVersion(const base::Error& error);

} // namespace kube
