#pragma once
// What must not be seen over a shoulder: the values of Secrets, and what TKEStack's kinds hold beside everything else
// (SSH passwords and keys of machines, tokens, keys of CAs, logins of Elasticsearch).

#include "app/kube/json.h"

#include <QString>
#include <string_view>
#include <utility>

namespace kube {

/// An object with each secret value replaced by its size ("<16 bytes>"), and without the copy of them that kubectl
/// keeps in an annotation. Of a Secret these are all values, of ConfigMap fluentd-config too (TKEStack's event
/// persistence writes its login there), of the groups of tkestack.io what passwords, keys and tokens are called there.
/// Any other object comes back as it was.
Json withoutSecrets(Json object);
/// Both sides of a difference: values that differ are told apart by more than their size, "<5 bytes, before>".
std::pair<Json, Json> withoutSecrets(const Json& before, const Json& after);
/// A part of an object of this kind, in its place ({"spec": …}): a patch, or the values that it is about.
Json withoutSecrets(Json part, const QString& apiVersion, const QString& kind, const QString& name);

/// What withoutSecrets() goes by, for who has to find secrets in more than these objects: true for apiVersions of
/// tkestack.io, and for the fields there that hold a secret.
bool hasSecretFields(const QString& apiVersion);
bool isSecretField(std::string_view key, const Json& value);

/// An object for an editor: as withoutSecrets(), but for Secrets, which are edited for their values, and with a number
/// in each mask, by which unmasked() finds the value again.
Json maskedForEditing(const Json& object);
/// What was made of it, with the values that the person left alone; wherever their masks stand now. Error{Invalid,
/// "maskUnknown"}, `said` is the mask, where one stands that the object never had.
base::Result<Json> unmasked(Json edited, const Json& original);

} // namespace kube
