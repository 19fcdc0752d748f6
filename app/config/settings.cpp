#include "app/config/settings.h"

#include "app/base/visible.h"
#include "app/config/files.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>
#include <algorithm>

namespace config {
namespace {

constexpr int Version = 1;

base::Error about(const QString& reason, const QString& file, const QString& said)
{
    return {.kind = base::ErrorKind::BadConfig,
            .reason = reason,
            .said = base::visible(said),
            .ofWhom = base::visible(file)};
}

QString idOf(SignIn signIn)
{
    switch (signIn) {
    case SignIn::Token:
        return QStringLiteral("token");
    case SignIn::Certificate:
        return QStringLiteral("certificate");
    case SignIn::None:
        break;
    }
    return QStringLiteral("none");
}

void write(QJsonObject& into, const Marks& marks)
{
    if (marks.production)
        into[QLatin1String("production")] = true;
    if (marks.readOnly)
        into[QLatin1String("readOnly")] = *marks.readOnly;
}

Marks readMarks(const QJsonObject& from)
{
    Marks marks{.production = from[QLatin1String("production")].toBool()};
    if (const QJsonValue readOnly = from[QLatin1String("readOnly")]; readOnly.isBool())
        marks.readOnly = readOnly.toBool();
    return marks;
}

QJsonObject toJson(const Profile& profile)
{
    QJsonArray addresses;
    for (const KnownAddress& address : profile.addresses)
        addresses.append(QJsonObject{{QStringLiteral("type"), config::idOf(address.type)},
                                     {QStringLiteral("url"), address.url.toString(QUrl::FullyEncoded)}});
    QJsonObject object{{QStringLiteral("id"), profile.id},
                       {QStringLiteral("name"), profile.name},
                       {QStringLiteral("addresses"), addresses},
                       {QStringLiteral("certificateAuthority"), QString::fromUtf8(profile.certificateAuthority)},
                       {QStringLiteral("insecureSkipTlsVerify"), profile.insecureSkipTlsVerify},
                       {QStringLiteral("tlsServerName"), profile.tlsServerName},
                       {QStringLiteral("namespace"), profile.nameSpace},
                       {QStringLiteral("signIn"), idOf(profile.signIn)},
                       {QStringLiteral("clientCertificate"), QString::fromUtf8(profile.clientCertificate)}};
    write(object, profile.marks);
    return object;
}

Profile readProfile(const QJsonObject& from)
{
    const auto text = [&from](const char* key) { return from[QLatin1String(key)].toString(); };
    Profile profile;
    profile.id = text("id");
    profile.name = text("name");
    for (const QJsonValue each : from[QLatin1String("addresses")].toArray()) {
        const QJsonObject address = each.toObject();
        profile.addresses.push_back(
            {addressTypeOf(address[QLatin1String("type")].toString()).value_or(AddressType::Manual),
             QUrl(address[QLatin1String("url")].toString(), QUrl::StrictMode)});
    }
    profile.certificateAuthority = text("certificateAuthority").toUtf8();
    profile.insecureSkipTlsVerify = from[QLatin1String("insecureSkipTlsVerify")].toBool();
    profile.tlsServerName = text("tlsServerName");
    profile.nameSpace = text("namespace");
    for (const SignIn each : {SignIn::Token, SignIn::Certificate})
        if (text("signIn") == idOf(each))
            profile.signIn = each;
    profile.clientCertificate = text("clientCertificate").toUtf8();
    profile.marks = readMarks(from);
    return profile;
}

bool isSame(const ContextMarks& marks, const Context& context)
{
    return marks.context == context.nameInFile &&
           (marks.file == context.file || (!marks.server.isEmpty() && marks.server == context.cluster.server));
}

} // namespace

const Profile* Settings::profile(const QString& id) const
{
    const auto found =
        std::find_if(profiles.begin(), profiles.end(), [&](const Profile& each) { return each.id == id; });
    return found == profiles.end() ? nullptr : &*found;
}

Marks Settings::marksOf(const Context& context) const
{
    if (!context.profile.isEmpty()) {
        const Profile* found = profile(context.profile);
        return found ? found->marks : Marks{};
    }
    const auto found =
        std::find_if(marks.begin(), marks.end(), [&](const ContextMarks& each) { return isSame(each, context); });
    return found == marks.end() ? Marks{} : found->marks;
}

void Settings::setMarks(const Context& context, const Marks& wanted)
{
    if (!context.profile.isEmpty()) {
        for (Profile& each : profiles)
            if (each.id == context.profile)
                each.marks = wanted;
        return;
    }
    std::erase_if(marks, [&](const ContextMarks& each) { return isSame(each, context); });
    if (wanted != Marks{})
        marks.push_back({context.nameInFile, context.file, context.cluster.server, wanted});
}

QString settingsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/alidade/clusters.json");
}

base::Result<Settings> loadSettings(const QString& file)
{
    const auto text = readFile(file);
    if (!text) {
        if (text.error().reason == QLatin1String("fileMissing"))
            return Settings{};
        return base::failure(about(QStringLiteral("settingsInvalid"), file, text.error().said));
    }
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(*text, &wrong);
    if (!document.isObject())
        return base::failure(about(QStringLiteral("settingsInvalid"), file, wrong.errorString()));
    const QJsonObject root = document.object();
    // What a later version means by its fields is not known here, and writing would lose it.
    if (root[QLatin1String("version")].toInt() != Version)
        return base::failure(about(QStringLiteral("settingsInvalid"), file,
                                   QStringLiteral("version ") + root[QLatin1String("version")].toVariant().toString()));
    Settings settings;
    for (const QJsonValue each : root[QLatin1String("kubeconfigs")].toArray())
        if (const QString path = each.toString(); !path.isEmpty())
            settings.kubeconfigs << path;
    for (const QJsonValue each : root[QLatin1String("profiles")].toArray())
        if (Profile profile = readProfile(each.toObject()); !profile.id.isEmpty() && !profile.name.isEmpty())
            settings.profiles.push_back(std::move(profile));
    for (const QJsonValue each : root[QLatin1String("marks")].toArray()) {
        const QJsonObject object = each.toObject();
        settings.marks.push_back({object[QLatin1String("context")].toString(), object[QLatin1String("file")].toString(),
                                  QUrl(object[QLatin1String("server")].toString(), QUrl::StrictMode),
                                  readMarks(object)});
    }
    return settings;
}

base::Result<void> saveSettings(const QString& file, const Settings& settings)
{
    QJsonArray profiles;
    for (const Profile& profile : settings.profiles)
        profiles.append(toJson(profile));
    QJsonArray marks;
    for (const ContextMarks& each : settings.marks) {
        QJsonObject object{{QStringLiteral("context"), each.context},
                           {QStringLiteral("file"), each.file},
                           {QStringLiteral("server"), each.server.toString(QUrl::FullyEncoded)}};
        write(object, each.marks);
        marks.append(object);
    }
    const QJsonObject root{{QStringLiteral("version"), Version},
                           {QStringLiteral("kubeconfigs"), QJsonArray::fromStringList(settings.kubeconfigs)},
                           {QStringLiteral("profiles"), profiles},
                           {QStringLiteral("marks"), marks}};
    const auto failed = [&file](const QString& said) {
        return base::failure(about(QStringLiteral("fileUnwritable"), file, said));
    };
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return failed(QStringLiteral("no folder"));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return failed(out.errorString());
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    out.write(QJsonDocument(root).toJson());
    if (!out.commit())
        return failed(out.errorString());
    return {};
}

base::Result<Settings> changeSettings(const QString& file, const std::function<void(Settings&)>& change)
{
    auto settings = loadSettings(file);
    if (!settings)
        return settings;
    change(*settings);
    if (const auto saved = saveSettings(file, *settings); !saved)
        return base::failure(saved.error());
    return settings;
}

} // namespace config
