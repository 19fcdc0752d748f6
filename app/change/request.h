#pragma once
// A write as it goes over the wire, and the same for other tools.

#include "app/change/intent.h"
#include "app/config/context.h"
#include "app/transport/request.h"

namespace change {

inline constexpr QLatin1String FieldManager("alidade");

/// In whose name and where to: what a journal and the equal commands tell. Holds no credential.
struct Origin {
    QString context;
    QString user;
    QString address;
    bool readOnly = false;
    QString kubectlContext = {}; ///< what kubectl calls the context where that is not its name; empty: `context`
    bool isSnapshot = false;     ///< nothing can be sent; what would be is shown
    QString member = {};         ///< spoken to through its platform's proxy, which is `address`: its name there
};
/// The refusal of a snapshot, which takes no write, not even a dry run.
bool isOfSnapshot(const base::Error& error);
Origin originOf(const config::Context& context, const QString& address);

enum class Send {
    DryRun, ///< dryRun=All: judged and answered like the true one, and kept nowhere
    ForGood,
};
/// A merge patch with the version it was made for: an APIServer that has another answers 409. Unknown fields are
/// refused (fieldValidation=Strict); a server before 1.25 does not know the word and drops such fields, so whoever asks
/// looks at the answer as well.
transport::Request patchRequest(const Target& target, const kube::Json& patch, const QString& resourceVersion,
                                Send send, PatchType type = PatchType::Merge);

/// A part of one of TKEStack's objects that holds a password or a key: no command is made of it, since it would show
/// them, or write a mask in their place. Of a Secret's values a person asks by editing it.
bool holdsSecrets(const Target& target, const kube::Json& part);

/// For a shell. Credentials are named, never told.
QString kubectlCommand(const Origin& origin, const Intent& intent);
/// `words` as Intent::kubectl(); empty for no words.
QString kubectlCommand(const Origin& origin, QStringList words);
/// Without the version, which the next write of anybody makes useless. Empty for what holds secrets.
QString curlCommand(const Origin& origin, const Target& target, const kube::Json& patch,
                    PatchType type = PatchType::Merge);
/// A creation of what target.resource and target.nameSpace say.
QString curlCreateCommand(const Origin& origin, const Target& target, const kube::Json& object);
/// A deletion with these DeleteOptions.
QString curlDeleteCommand(const Origin& origin, const Target& target, const kube::Json& options);

} // namespace change
