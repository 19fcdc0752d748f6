#pragma once
// Label selectors, judged against labels: k8s.io/apimachinery/pkg/apis/meta/v1 (LabelSelectorAsSelector). Pure.

#include "app/kube/json.h"

#include <QString>
#include <map>

namespace scheduling {

using Labels = std::map<QString, QString>;

/// A map of texts, as metadata.labels is; anything else in it is passed over.
Labels labelsOf(const kube::Json& map);

/// A metav1.LabelSelector: matchLabels and matchExpressions (In, NotIn, Exists, DoesNotExist), all of which must hold.
/// An empty selector matches everything, null nothing; an operator that is not known matches nothing.
bool selects(const kube::Json& selector, const Labels& labels);

} // namespace scheduling
