#pragma once
// What the guide event-persistence finds: pure functions over what was read. Internal to diagnose/.

#include "app/diagnose/finding.h"
#include "app/tke/eventdelivery.h"
#include "app/tke/persistentevent.h"

namespace diagnose {

/// A fault of the spec: "eventPortZero" of remark "portZero".
Finding eventRemarkFinding(const tke::EventSink& sink, const tke::Remark& remark);
Finding eventClusterUnknown(const tke::EventSink& sink);
/// Several for one cluster.
Finding eventSeveral(const QString& cluster, const QStringList& names);
/// The platform gave up, or is about to.
Finding eventPhaseFinding(const tke::EventSink& sink);
/// What stands, or does not, in the member cluster; nothing where that is well.
std::optional<Finding> eventDeliveryFinding(const tke::EventSink& sink, const tke::Delivery& delivery);
/// fluentd sends to another place than the PersistentEvent says; nothing where it does not.
std::optional<Finding> eventConfigurationFinding(const tke::EventSink& sink, const tke::Delivery& delivery);
/// Of an address that a person named; nothing where it would take events.
std::optional<Finding> eventStoreFinding(const tke::StoreVisit& visit);
/// A cluster was asked for, and nobody keeps its events.
Finding eventAbsent(const QString& cluster);

} // namespace diagnose
