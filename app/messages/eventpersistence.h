#pragma once
// What there is to say about event persistence, in the language of the installed translators.

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

} // namespace messages
