#pragma once
// Businesses in the person's language: why a user does not see one, what is wrong with a namespace, and why it sits in
// one cluster.

#include "app/tke/livenamespaces.h"
#include "app/tke/namespacedraft.h"
#include "app/tke/visibility.h"

namespace messages {

/// What a check asks: "Is the user bound to a role in the business?"
QString checkTitle(const tke::VisibilityCheck& check);
/// What came out of it and what that means.
QString sentence(const tke::VisibilityCheck& check, const tke::Visibility& of);
/// What to do about one that fails; empty: nothing.
QString advice(const tke::VisibilityCheck& check, const tke::Visibility& of);
/// "user admin sees prj-…": in one sentence.
QString verdict(const tke::Visibility& visibility);

/// What the platform's code for an unhealthy namespace means; the code itself where it is not known. Empty where the
/// platform finds nothing wrong.
QString healthSentence(const tke::BusinessNamespace& planned);
/// What the cluster itself shows.
QString sentence(const tke::LiveNamespace& live, const tke::BusinessNamespace& planned);
/// The same in a word or two, for a table and a box. Null: not asked yet.
QString word(const tke::LiveNamespace* live, const tke::BusinessNamespace& planned);
/// What failed, of a business; empty where nothing did.
QString failureOf(const tke::Business& business);
QString sentence(const tke::DraftProblem& problem);
/// The rule of the name, as the console gives it.
QString nameRule();
/// Why a business namespace has one cluster, and what to do who wants two (FAQ).
QString oneCluster();

} // namespace messages
