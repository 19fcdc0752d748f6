#pragma once
// The addons (扩展组件) that TKEStack has or had, and what each makes in the cluster that it is installed in. Facts:
// tkestack/tke pkg/platform/controller/addon/*, pkg/monitor/controller/prometheus, pkg/logagent/controller/logagent; of
// kinds that are gone since v1.3 the same folders at v1.2.4 and v1.3.1.

#include "app/kube/apiresource.h"

namespace tke {

/// One object that an addon makes, in kube-system unless its kind is cluster-wide.
struct AddonPart {
    kube::ApiResource kind;
    QString name;
    /// It runs pods, and says itself whether they are ready. All others are only there or not.
    bool isWorkload = false;
    /// Made where the addon was told to only: that it is not there says nothing.
    bool isOptional = false;
};

struct AddonKind {
    QString key;  ///< "tappcontrollers.platform.tkestack.io": ApiResource::key()
    QString type; ///< "TappController": what `clusteraddontypes` calls it, else its kind
    std::vector<AddonPart> parts;
    /// Nothing else has workloads of these names: one that stands there by itself was left over.
    bool hasOwnNames = true;
};

/// Of what newer platforms have, nothing is known but its phase.
const std::vector<AddonKind>& addonKinds();
/// By its key. Null: it is not known what it makes.
const AddonKind* findAddonKind(const QString& key);

} // namespace tke
