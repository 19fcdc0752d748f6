#pragma once
// What there is to say about event persistence, in the language of the installed translators.

#include "app/kube/rows.h"
#include "app/tke/eventdelivery.h"
#include "app/tke/eventfollow.h"
#include "app/tke/persistentevent.h"

namespace messages {

QString sentence(const tke::Remark& remark);
/// What a probe of the address found, seen from this machine.
QString sentence(const tke::StoreVisit& visit);
/// What stands in the member cluster, and what fluentd says.
QString sentence(const tke::Delivery& delivery);
/// How it ended, or where it stands: phase, reason, then delivery.
QString sentence(const tke::EventFollow& follow);

/// What was read on the way, and what that is worth: None while it is under way, Info where it is well.
struct FollowStep {
    kube::Severity severity = kube::Severity::None;
    QString text;
};
/// The platform's phase, the Deployment, where fluentd sends to, what it says: as far as it was read.
std::vector<FollowStep> stepsOf(const tke::EventFollow& follow);
/// The console's rule for the name of an index.
QString indexRule();

} // namespace messages
