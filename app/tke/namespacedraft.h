#pragma once
// A business namespace that is to be made: what the platform, and the console's form before it, want of it
// (tkestack/tke: pkg/business/registry/namespace/validation.go; the console's dialog 新建Namespace).

#include "app/tke/businesses.h"

namespace tke {

/// As a person fills it in. One cluster: that is all a business namespace can have.
struct NamespaceDraft {
    QString business;
    QString nameSpace;
    QString cluster;
    Quantities hard; ///< empty texts are not set
    bool operator==(const NamespaceDraft&) const = default;
};

/// What keeps a draft from being sent. `about` is what it is about: a resource's name, or what is left of it.
///   nameMissing nameTooLong (more than 48 characters) nameInvalid nameReserved ("kube-…", "default")
///   businessMissing businessNotActive (its phase) businessLocked clusterMissing clusterNotAllowed
///   quotaMissing (a kind that the business limits must be limited) quotaInvalid quotaTooMuch (detail: what is left)
///   taken (the business that has a namespace of this name in this cluster)
struct DraftProblem {
    QString id;
    QString about = {};
    QString detail = {};
    bool operator==(const DraftProblem&) const = default;
};

std::vector<DraftProblem> problemsOf(const NamespaceDraft& draft, const BusinessSurvey& survey);

/// What a business has left of a cluster's quota, as a quantity; empty: it limits no such thing there, or what is used
/// cannot be read.
QString leftOf(const ClusterQuota& quota, const QString& resource);

/// "cls-abcdefgh-shop": the server makes the name of it whatever is sent.
QString objectName(const NamespaceDraft& draft);
/// The object as the console sends it, of the tenant of its business.
kube::Json businessNamespace(const NamespaceDraft& draft, const QString& tenant);

} // namespace tke
