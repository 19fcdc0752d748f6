#include "app/messages/settings.h"

#include "app/messages/errors.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

} // namespace

QString settingsSentence(const base::Error& error)
{
    const QString& id = error.reason;
    if (id == QLatin1String("settingsInvalid"))
        return Messages::tr("The settings in %1 cannot be read (%2), so every context is read-only.")
            .arg(error.ofWhom, error.said);
    if (id == QLatin1String("fileUnwritable"))
        return Messages::tr("The file %1 cannot be written: %2").arg(error.ofWhom, error.said);
    if (id == QLatin1String("secretMissing"))
        return Messages::tr("The keychain no longer holds the secret of this cluster.");
    if (id == QLatin1String("secretNotRead"))
        return Messages::tr("The secret of “%1” lies in the keychain, which was not asked.").arg(error.said);
    if (id == QLatin1String("keychainMissing"))
        return Messages::tr("This session has no keychain service, so no token can be kept or read.");
    if (id == QLatin1String("keychainLocked"))
        return Messages::tr("The keychain is locked.");
    if (id == QLatin1String("keychainDenied"))
        return Messages::tr("The keychain was asked, and access was denied.");
    if (id == QLatin1String("keychainFailed"))
        return Messages::tr("The keychain did not do what was asked of it: %1").arg(error.said);
    return {};
}

std::optional<QString> settingsAdvice(const base::Error& error)
{
    const QString& id = error.reason;
    if (id == QLatin1String("settingsInvalid"))
        return Messages::tr("Mend the file, or move it away; its marks and clusters are lost then.");
    if (id == QLatin1String("fileUnwritable"))
        return Messages::tr("Check the permissions of the folder, and the space on the disk.");
    if (id == QLatin1String("secretMissing"))
        return Messages::tr("Give the token again: Connections, Edit.");
    if (id == QLatin1String("secretNotRead"))
        return Messages::tr("Use the window, or a kubeconfig for this cluster.");
    if (id == QLatin1String("keychainMissing"))
        return Messages::tr("Start one (gnome-keyring, KWallet), or use a kubeconfig for this cluster.");
    if (id == QLatin1String("keychainLocked"))
        return Messages::tr("Unlock the keychain, then try again.");
    if (id == QLatin1String("keychainDenied"))
        return Messages::tr("Allow it in the keychain's own question, then try again.");
    if (id == QLatin1String("keychainFailed"))
        return QString();
    return {};
}

QString sentence(const config::FileNote& note)
{
    const QString place = note.line > 0 ? QStringLiteral("%1:%2").arg(note.file).arg(note.line) : note.file;
    if (note.id == QLatin1String("duplicateKey"))
        return Messages::tr("%1: “%2” stands there twice; the last one is used.").arg(place, note.detail);
    if (note.id == QLatin1String("moreDocuments"))
        return Messages::tr("%1: there is more than one document; the first is used.").arg(place);
    if (note.id == QLatin1String("fileMissing"))
        return Messages::tr("The file %1 does not exist and is passed over.").arg(note.file);
    return note.id;
}

} // namespace messages
