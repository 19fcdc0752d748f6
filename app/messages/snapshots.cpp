#include "app/messages/snapshots.h"

#include "app/base/visible.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

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

QString snapshotMark(const QString& file)
{
    return file == QLatin1String("demo") ? Messages::tr("demo", "a kind of snapshot") : Messages::tr("snapshot");
}

QString takenAgo(const QDateTime& taken, const QDateTime& now)
{
    constexpr qint64 Hour = 60;
    constexpr qint64 Day = 24 * Hour;
    // A clock that was set back must not show a time to come.
    const qint64 minutes = std::max<qint64>(0, taken.secsTo(now) / 60);
    if (minutes < 1)
        return Messages::tr("just now");
    if (minutes < Hour)
        return Messages::tr("%n minutes ago", nullptr, static_cast<int>(minutes));
    if (minutes < Day)
        return Messages::tr("%n hours ago", nullptr, static_cast<int>(minutes / Hour));
    return Messages::tr("%n days ago", nullptr, static_cast<int>(minutes / Day));
}

QString snapshotTitle(const snapshot::Manifest& manifest, const QString& file, const QDateTime& now)
{
    const QString when = Messages::tr("%1, %2", "a date and time, how long ago that is")
                             .arg(manifest.from.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                                  takenAgo(manifest.from, now));
    if (file == QLatin1String("demo"))
        return Messages::tr("This is the demo: a snapshot of a practice cluster, taken %1. Nothing here is live.")
            .arg(when);
    const QString context = base::visible(manifest.context);
    const QString user = base::visible(manifest.user);
    if (context.isEmpty())
        return user.isEmpty() ? Messages::tr("A snapshot, taken %1. Nothing here is live.").arg(when)
                              : Messages::tr("A snapshot, taken %1 by %2. Nothing here is live.").arg(when, user);
    return user.isEmpty()
               ? Messages::tr("A snapshot of the cluster %1, taken %2. Nothing here is live.").arg(context, when)
               : Messages::tr("A snapshot of the cluster %1, taken %2 by %3. Nothing here is live.")
                     .arg(context, when, user);
}

qint64 redactedCount(const snapshot::Manifest& manifest)
{
    qint64 values = 0;
    for (const snapshot::Redacted& each : manifest.redacted)
        values += each.count;
    return values;
}

QString redactionSentence(const snapshot::Manifest& manifest)
{
    if (!manifest.isRedacted)
        return Messages::tr("NOT redacted: passwords, tokens and keys are in it.");
    const int values = static_cast<int>(redactedCount(manifest));
    return manifest.addressesRedacted ? Messages::tr("Redacted: %n values; addresses were replaced.", nullptr, values)
                                      : Messages::tr("Redacted: %n values.", nullptr, values);
}

QString skippedState(const QString& state)
{
    if (state == QLatin1String("forbidden"))
        return Messages::tr("no permission");
    if (state == QLatin1String("failing"))
        return Messages::tr("failed", "what was asked for");
    if (state == QLatin1String("absent"))
        return Messages::tr("not there");
    if (state == QLatin1String("limit"))
        return Messages::tr("too much");
    if (state == QLatin1String("canceled"))
        return Messages::tr("given up");
    return base::visible(state);
}

QString captureStep(const snapshot::CaptureProgress& progress)
{
    using Step = snapshot::CaptureProgress::Step;
    QString step;
    switch (progress.step) {
    case Step::Discovery:
        step = Messages::tr("What the cluster serves is asked");
        break;
    case Step::Kinds:
        step = Messages::tr("Kinds are read");
        break;
    case Step::Logs:
        step = Messages::tr("Logs of containers that are not well are read");
        break;
    case Step::Metrics:
        step = Messages::tr("Sources of metrics are read");
        break;
    case Step::Addresses:
        step = Messages::tr("Addresses are looked at");
        break;
    case Step::Members:
        step = Messages::tr("Member clusters are read");
        break;
    case Step::Writing:
        step = Messages::tr("The file is finished");
        break;
    }
    return progress.what.isEmpty()
               ? step + QStringLiteral("…")
               : Messages::tr("%1: %2", "a step of a capture, what it is at").arg(step, base::visible(progress.what));
}

QString unredactedWarning()
{
    return Messages::tr(
        "The file will hold passwords, tokens and private keys as they are. Whoever gets it can act with "
        "them.");
}

QString snapshotNotice(LiveOnly what)
{
    switch (what) {
    case LiveOnly::Apply:
        return Messages::tr("This is a snapshot: nothing can be applied. Copy the command and run it where the cluster "
                            "is.");
    case LiveOnly::Address:
        return Messages::tr("This is a snapshot: its answers come from a file, and no address is spoken to.");
    case LiveOnly::Sample:
        return Messages::tr("This is a snapshot: usage was measured once, and no further samples are taken.");
    case LiveOnly::Kubelet:
        return Messages::tr("This is a snapshot: the kubelets were not captured and cannot be asked.");
    case LiveOnly::Capture:
        return Messages::tr("This is a snapshot already: a snapshot is taken of a cluster.");
    case LiveOnly::Connection:
        return Messages::tr("This is a snapshot: the way to the cluster cannot be looked at from here.");
    }
    return {};
}

} // namespace messages
