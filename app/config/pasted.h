#pragma once
// What can be made of text that a person copied out of the TKEStack console's dialog 集群凭证, or of a whole
// kubeconfig: addresses with their types, token, CA. It guesses nothing it cannot tell: what is not found is said to be
// missing.

#include "app/config/context.h"

namespace config {

struct Pasted {
    bool isKubeconfig = false;
    QString name;                        ///< of the cluster, where a kubeconfig says one; not made visible
    std::vector<KnownAddress> addresses; ///< each once, in the order of the text
    QString token;
    QByteArray certificateAuthority; ///< PEM
    QByteArray clientCertificate;    ///< PEM; of a kubeconfig alone, as are those below
    QByteArray clientKey;
    QString tlsServerName;
    QString nameSpace;
    bool insecureSkipTlsVerify = false;
    /// What of the text is not taken over, or not understood:
    ///   tooLong              more than a MiB: nothing was read
    ///   kubeconfigInvalid    it looks like one and cannot be read (the parser's words)
    ///   fileNotPasted        it names a file, whose content is not in the text (the field)
    ///   signInNotKept        it signs in another way: a plugin, a password (which)
    ///   severalContexts      it has several; this one was taken (its name)
    ///   certificateInvalid   what stands where a certificate should cannot be read as one
    ///   privateKeyIgnored    a private key stands in the text, and nothing says whose it is
    ///   serverInvalid        an address that is none (the text)
    std::vector<Problem> notes;
    bool operator==(const Pasted&) const = default;
};

/// Never fails; pure.
Pasted parsePasted(const QString& text);

/// One address as a person types it: "10.0.0.1:6443", "https://host/prefix". https where no scheme is given. Nothing
/// for what is no address of http or https, or holds a login.
std::optional<QUrl> addressFrom(const QString& text);
/// A CA as a person gives it: PEM in any line breaks, base64 of PEM, or base64 of DER; as PEM. Empty when it is none.
QByteArray certificatesFrom(const QString& text);

} // namespace config
