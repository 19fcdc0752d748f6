#pragma once
// What the guide registry-push finds: pure functions over what was read. Internal to diagnose/.

#include "app/diagnose/finding.h"
#include "app/tke/imagepulls.h"
#include "app/tke/registry.h"

namespace diagnose {

/// What the guide knows of the platform, for its commands.
struct RegistryPlace {
    tke::RegistryNames names;
    QString address;           ///< that nodes' /etc/hosts should have for these names; empty: not known
    bool hasAuthority = false; ///< ca.crt of ConfigMap certs could be read
};

/// The name was written wrong; `meant` is what was meant.
Finding registryNameFinding(const QString& written, const QString& meant);
/// Of a visit with a fault.
Finding registryVisitFinding(const tke::RegistryVisit& visit, tke::RegistryFault fault, const RegistryPlace& place);
/// Pods that wait for images, all of the same trouble.
Finding imagePullFinding(tke::PullTrouble trouble, const std::vector<tke::WaitingPull>& pulls,
                         const RegistryPlace& place);
/// An error text alone: it says what stopped it, and where it was asked.
Finding registryTextFinding(tke::PullTrouble trouble, const tke::ImageName& name, const QString& text,
                            const RegistryPlace& place);

// The platform's own side; `evidence` are figures and words of its objects.
Finding registryMissing(const QString& cluster);
Finding registryNotReady(const QString& cluster, const QStringList& evidence);
Finding registryNodeDown(const QString& cluster, const QString& node, const QStringList& evidence);
Finding gatewayNotReady(const QString& cluster, const QStringList& evidence);
Finding registryServiceMissing(const QString& cluster);

} // namespace diagnose
