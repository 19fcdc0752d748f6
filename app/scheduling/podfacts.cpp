#include "app/scheduling/podfacts.h"

#include "app/kube/jsonread.h"

namespace scheduling {
namespace {

kube::ObjectRef controllerOf(const kube::Json& pod)
{
    for (const kube::Json& owner : kube::elements(pod, {"metadata", "ownerReferences"}))
        if (kube::flag(owner, {"controller"}))
            return {.cluster = {},
                    .apiVersion = kube::rawText(owner, {"apiVersion"}),
                    .kind = kube::rawText(owner, {"kind"}),
                    .nameSpace = kube::rawText(pod, {"metadata", "namespace"}),
                    .name = kube::rawText(owner, {"name"}),
                    .uid = kube::rawText(owner, {"uid"})};
    return {};
}

} // namespace

PodFacts podFacts(const kube::Json& pod)
{
    PodFacts facts;
    facts.ref = {.cluster = {},
                 .apiVersion = QStringLiteral("v1"),
                 .kind = QStringLiteral("Pod"),
                 .nameSpace = kube::rawText(pod, {"metadata", "namespace"}),
                 .name = kube::rawText(pod, {"metadata", "name"}),
                 .uid = kube::rawText(pod, {"metadata", "uid"})};
    facts.owner = controllerOf(pod);
    facts.nodeName = kube::rawText(pod, {"spec", "nodeName"});
    facts.phase = kube::rawText(pod, {"status", "phase"});
    facts.tolerations = tolerationsOf(pod);
    facts.servedTolerations = kube::at(pod, {"spec", "tolerations"});
    facts.labels = labelsOf(kube::at(pod, {"metadata", "labels"}));
    facts.nodeSelector = labelsOf(kube::at(pod, {"spec", "nodeSelector"}));
    for (const kube::Json& volume : kube::elements(pod, {"spec", "volumes"})) {
        if (!kube::at(volume, {"emptyDir"}).is_null())
            facts.emptyDirs += kube::rawText(volume, {"name"});
        if (const QString path = kube::rawText(volume, {"hostPath", "path"}); !path.isEmpty())
            facts.hostPaths += path;
    }
    facts.isMirror = !kube::at(pod, {"metadata", "annotations", "kubernetes.io/config.mirror"}).is_null();
    facts.isDeleting = !kube::at(pod, {"metadata", "deletionTimestamp"}).is_null();
    facts.isGated = !kube::elements(pod, {"spec", "schedulingGates"}).empty();
    return facts;
}

} // namespace scheduling
