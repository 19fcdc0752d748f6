#pragma once
// Labels or annotations of one object: the keys that a person edited are written, and no other.

#include "app/change/intent.h"

#include <map>

namespace change {

enum class KeysOf { Labels, Annotations };

/// What is to become of keys; nothing: the key goes.
using KeyEdits = std::map<QString, std::optional<QString>>;

/// id(): "label" or "annotate".
IntentPtr editKeys(const Target& target, KeysOf which, const KeyEdits& edits);

/// One key as it is now.
struct KeyValue {
    QString key;   ///< as it was served
    QString value; ///< as it was served
    /// Who wrote it last, where that is somebody else; made visible.
    QString manager;
    bool operator==(const KeyValue&) const = default;
};
std::vector<KeyValue> keysOf(const kube::Json& object, KeysOf which);

/// What is wrong with a key or a value, as an id, by k8s.io/apimachinery/pkg/util/validation (IsQualifiedName,
/// IsValidLabelValue) and pkg/api/validation (TotalAnnotationSizeLimitB); empty when nothing is:
///   keyEmpty, keyPrefix (not a DNS name of at most 253), keyName (63 of letters, digits, "-_.", ends alphanumeric)
///   valueLong (over 63), valueInvalid     labels only
///   annotationsTooLarge
QString keyProblem(const QString& key);
QString labelValueProblem(const QString& value);
/// For the annotations that would stand there in the end.
QString annotationsProblem(const std::map<QString, QString>& all);

} // namespace change
