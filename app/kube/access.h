#pragma once
// What the person may do, as the server says (SelfSubjectAccessReview): decides what is offered, never what is allowed.

#include "app/kube/client.h"

namespace kube {

struct AccessQuestion {
    QString verb; ///< "patch"
    QString group;
    QString resource; ///< "nodes", "pods/eviction"
    QString nameSpace;
    QString name; ///< empty: any
};
/// An error where the server does not answer such questions: then nobody knows, and trying tells.
base::Call<bool> mayI(const Client& client, const AccessQuestion& question,
                      std::chrono::milliseconds silence = transport::Request{}.silence);

} // namespace kube
