#include "app/messages/snapshots.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

} // namespace

QString snapshotSentence(const base::Error& error)
{
    const QString& id = error.reason;
    const auto about = [&](const QString& pattern) { return pattern.arg(error.ofWhom); };
    if (id == QLatin1String("notAnArchive"))
        return about(Messages::tr("The file %1 is no snapshot: it is no zip file, or it breaks off."));
    if (id == QLatin1String("archiveTruncated"))
        return about(Messages::tr("The file %1 is damaged: a part of it cannot be unpacked."));
    if (id == QLatin1String("entryNameUnsafe") || id == QLatin1String("entryNoFile"))
        return about(Messages::tr("The file %1 is refused: an entry in it leads outside of it or is no file (%2)."))
            .arg(error.said);
    if (id == QLatin1String("entryTwice"))
        return about(Messages::tr("The file %1 is refused: it has an entry twice (%2).")).arg(error.said);
    if (id == QLatin1String("entriesTooMany"))
        return about(Messages::tr("The file %1 is refused: it has more than %2 entries.")).arg(error.said);
    if (id == QLatin1String("entryTooLong") || id == QLatin1String("archiveBomb"))
        return about(Messages::tr("The file %1 is refused: it unpacks to more than is taken in (%2).")).arg(error.said);
    if (id == QLatin1String("notASnapshot"))
        return about(Messages::tr("The file %1 is a zip file, but no snapshot of Alidade's."));
    if (id == QLatin1String("snapshotVersion"))
        return about(Messages::tr("The file %1 was written by a later Alidade (format %2).")).arg(error.said);
    if (id == QLatin1String("snapshotMalformed") || id == QLatin1String("entryMissing"))
        return about(Messages::tr("The file %1 is damaged: what it says of itself cannot be read (%2)."))
            .arg(error.said);
    if (id == QLatin1String("demoMissing"))
        return Messages::tr("This program was built without the demo.");
    return {};
}

} // namespace messages
