#include "app/messages/pasted.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSslCertificate>

namespace messages {
namespace {

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

QString addressSentence(const std::vector<config::KnownAddress>& addresses)
{
    QStringList each;
    for (const config::KnownAddress& address : addresses) {
        const QString url = address.url.toDisplayString();
        each << (address.type == config::AddressType::Manual
                     ? url
                     : QStringLiteral("%1 (%2)").arg(url, config::idOf(address.type)));
    }
    return Messages::tr("%n address(es): %1", nullptr, static_cast<int>(addresses.size()))
        .arg(QLocale().createSeparatedList(each));
}

QString noteSentence(const config::Problem& note)
{
    const QString& id = note.id;
    if (id == QLatin1String("tooLong"))
        return Messages::tr("The text is longer than a kubeconfig could be; it was not read.");
    if (id == QLatin1String("kubeconfigInvalid"))
        return Messages::tr("It looks like a kubeconfig, but cannot be read: %1").arg(note.detail);
    if (id == QLatin1String("fileNotPasted"))
        return Messages::tr("%1 names a file, whose content is not in the text.").arg(note.detail);
    if (id == QLatin1String("signInNotKept"))
        return Messages::tr("The sign-in “%1” is not taken over; add the kubeconfig as a file to use it.")
            .arg(note.detail);
    if (id == QLatin1String("severalContexts"))
        return Messages::tr("The kubeconfig has several contexts; “%1” was taken.").arg(note.detail);
    if (id == QLatin1String("certificateInvalid"))
        return Messages::tr("A certificate stands there that cannot be read; it may have been cut off.");
    if (id == QLatin1String("privateKeyIgnored"))
        return Messages::tr("A private key stands there; it is not taken over.");
    if (id == QLatin1String("serverInvalid"))
        return Messages::tr("“%1” is not the address of a server.").arg(note.detail);
    return id;
}

} // namespace

std::vector<PasteFinding> findingsOf(const config::Pasted& pasted)
{
    std::vector<PasteFinding> findings;
    const auto add = [&findings](const char* id, bool isFound, const QString& sentence) {
        findings.push_back({QLatin1String(id), isFound, sentence});
    };
    if (pasted.addresses.empty())
        add("addresses", false, Messages::tr("No address of an API server."));
    else
        add("addresses", true, addressSentence(pasted.addresses));
    if (!pasted.token.isEmpty())
        add("token", true, Messages::tr("A token of %n character(s).", nullptr, static_cast<int>(pasted.token.size())));
    else if (!pasted.clientCertificate.isEmpty())
        add("clientCertificate", true, Messages::tr("A client certificate with its key."));
    else
        add("token", false, Messages::tr("No token."));
    if (const auto ca = QSslCertificate::fromData(pasted.certificateAuthority, QSsl::Pem); !ca.isEmpty())
        add("ca", true,
            Messages::tr("A CA certificate, valid until %1.")
                .arg(QLocale().toString(ca.front().expiryDate().toLocalTime().date(), QLocale::ShortFormat)));
    else if (pasted.insecureSkipTlsVerify)
        add("ca", false, Messages::tr("No CA certificate: the text says not to verify the server at all."));
    else
        add("ca", false, Messages::tr("No CA certificate: the system's authorities would have to know the server."));
    for (const config::Problem& note : pasted.notes)
        findings.push_back({note.id, false, noteSentence(note)});
    return findings;
}

} // namespace messages
