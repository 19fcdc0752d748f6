#pragma once
// A platform's member clusters in words: why one cannot be reached, and which way to it was taken.

#include "app/tke/memberroutes.h"

namespace messages {

/// What an error of app/tke/ says, by its `reason`; empty for others. sentence() and advice() of errors.h know them.
QString memberSentence(const base::Error& error);
QString memberAdvice(const base::Error& error);

/// "cls-abc is spoken to directly, at https://192.0.2.1:6443 (Advertise)."
QString routeTaken(const QString& member, const tke::MemberRoute& route);
/// Which way was not taken, and why: one sentence behind another.
QString routeRefused(const tke::RefusedRoute& refused);
/// The way in two or three words: "directly", "through the platform".
QString routeName(tke::RouteKind kind);

} // namespace messages
