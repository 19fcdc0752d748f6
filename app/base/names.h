#pragma once
// What may be a name, a key or a value: k8s.io/apimachinery/pkg/util/validation/validation.go. What passes is ASCII, so
// a length in UTF-16 is the one in bytes.

#include <QStringView>
#include <string_view>

namespace base {

/// DNS1123LabelMaxLength, and of a qualified name behind its "/" and of a label's value as well.
inline constexpr qsizetype LongestLabel = 63;
/// DNS1123SubdomainMaxLength.
inline constexpr qsizetype LongestSubdomain = 253;

/// IsDNS1123Label: what a namespace, a container and a volume are called.
bool isDnsLabel(QStringView text);
/// IsDNS1123Subdomain: labels with dots between them, of any length each.
bool isDnsSubdomain(QStringView text);
/// What IsQualifiedName asks of the part behind the "/": letters, digits, "-", "_" and ".", the first and the last a
/// letter or digit.
bool isNamePart(QStringView text);
/// IsQualifiedName: keys of labels, annotations and taints.
bool isQualifiedName(std::string_view text);
/// IsValidLabelValue, taints' too: nothing, or as isNamePart().
bool isLabelValue(QStringView text);
bool isLabelValue(std::string_view text);

} // namespace base
