#include "app/endpoint/memory.h"

#include "app/base/visible.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <algorithm>

namespace endpoint {
namespace {

constexpr qint64 MostBytes = 4 << 20;
constexpr qsizetype MostClusters = 200;
constexpr std::size_t MostAddresses = 64;
constexpr qint64 MostDays = 90;
constexpr int LockPatienceMs = 500;

QJsonObject clustersIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > MostBytes)
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("clusters")).toObject();
}

QJsonObject toJson(const Known& known)
{
    QJsonArray list;
    for (const Address& address : known.addresses) {
        QStringList sources = address.sources;
        sources.removeAll(source::Remembered);
        list.append(QJsonObject{{QStringLiteral("type"), idOf(address.type)},
                                {QStringLiteral("url"), address.text()},
                                {QStringLiteral("sources"), QJsonArray::fromStringList(sources)},
                                {QStringLiteral("serverName"), address.serverName},
                                {QStringLiteral("lastSeen"), address.lastSeen.toString(Qt::ISODate)}});
    }
    return {{QStringLiteral("clusterUid"), known.clusterUid},
            {QStringLiteral("seen"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
            {QStringLiteral("addresses"), list}};
}

Known fromJson(const QJsonObject& json)
{
    const auto text = [](const QJsonObject& object, const char* key) {
        return base::visible(object.value(QLatin1String(key)).toString());
    };
    Known known{.clusterUid = text(json, "clusterUid"), .addresses = {}};
    const QJsonArray list = json.value(QLatin1String("addresses")).toArray();
    for (const QJsonValue& value : list) {
        const QJsonObject each = value.toObject();
        const auto type = config::addressTypeOf(text(each, "type"));
        const auto url = urlFromText(text(each, "url"));
        if (!type || !url || known.addresses.size() == MostAddresses)
            continue;
        Address address{.type = *type, .url = *url, .sources = {}, .serverName = text(each, "serverName")};
        address.lastSeen = QDateTime::fromString(text(each, "lastSeen"), Qt::ISODate);
        const QJsonArray sources = each.value(QLatin1String("sources")).toArray();
        for (const QJsonValue& source : sources)
            address.sources += base::visible(source.toString());
        addAddress(known.addresses, std::move(address));
    }
    return known;
}

} // namespace

QString memoryFile()
{
    QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(folder)) // a relative one is to be ignored (XDG Base Directory Specification)
        folder = QDir::homePath() + QStringLiteral("/.local/state");
    return folder + QStringLiteral("/alidade/addresses.json");
}

QString memoryKey(const transport::Endpoint& own)
{
    const QByteArray authority =
        QCryptographicHash::hash(own.certificateAuthority, QCryptographicHash::Sha256).toHex().left(16);
    return keyOf(own.url) + QLatin1Char(' ') + QString::fromLatin1(authority);
}

Known recall(const QString& file, const QString& key)
{
    return fromJson(clustersIn(file).value(key).toObject());
}

base::Result<void> remember(const QString& file, const QString& key, const Known& known)
{
    const auto unwritable = [&file](const QString& said) {
        return base::failure({.kind = base::ErrorKind::BadConfig,
                              .reason = QStringLiteral("fileUnwritable"),
                              .said = said,
                              .ofWhom = file});
    };
    Known kept{.clusterUid = known.clusterUid, .addresses = {}};
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-MostDays);
    for (const Address& address : known.addresses)
        if (kept.addresses.size() < MostAddresses &&
            (address.type == AddressType::Manual || address.lastSeen >= oldest))
            kept.addresses.push_back(address);

    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return unwritable(folder);
    QLockFile lock(file + QStringLiteral(".lock")); // the window and a command may both write
    if (!lock.tryLock(LockPatienceMs))
        return unwritable(QStringLiteral("locked"));
    QJsonObject clusters = clustersIn(file);
    clusters[key] = toJson(kept);
    while (clusters.size() > MostClusters) {
        const auto seen = [](const QJsonValue& value) {
            return value.toObject().value(QLatin1String("seen")).toString();
        };
        auto first = clusters.begin();
        for (auto it = clusters.begin(); it != clusters.end(); ++it)
            if (seen(it.value()) < seen(first.value()))
                first = it;
        clusters.erase(first);
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return unwritable(out.errorString());
    out.write(QJsonDocument(QJsonObject{{QStringLiteral("clusters"), clusters}}).toJson());
    if (!out.commit())
        return unwritable(out.errorString());
    return {};
}

std::vector<Address> joined(std::vector<Address> found, const Known& known)
{
    for (Address address : known.addresses) {
        const bool isFound = std::any_of(found.begin(), found.end(),
                                         [&](const Address& each) { return isSameAddress(each.url, address.url); });
        if (isFound) {
            // Only what a person chose: type and sources are as they are told now.
            addAddress(found, {.type = AddressType::Manual,
                               .url = address.url,
                               .sources = {},
                               .serverName = address.serverName,
                               .lastSeen = address.lastSeen});
            continue;
        }
        address.sources += source::Remembered;
        addAddress(found, std::move(address));
    }
    sortAddresses(found);
    return found;
}

} // namespace endpoint
