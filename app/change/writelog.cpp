#include "app/change/writelog.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace change {
namespace {

constexpr qint64 MostRead = 16LL << 20;

std::string utf8(const QString& text)
{
    return text.toStdString();
}

kube::Json toJson(const WriteEntry& entry)
{
    // A Secret's values are nobody's business, and a merge patch may hold them as plain text.
    const bool isSecret = entry.ref.kind == QLatin1String("Secret");
    const auto kept = [&](const kube::Json& values) {
        return isSecret ? kube::Json(nullptr)
                        : kube::withoutSecrets(values, entry.ref.apiVersion, entry.ref.kind, entry.ref.name);
    };
    return {
        {"at", utf8(entry.at.toUTC().toString(Qt::ISODateWithMs))},
        {"context", utf8(entry.context)},
        {"user", utf8(entry.user)},
        {"address", utf8(entry.address)},
        {"verb", entry.verb.toStdString()},
        {"target", entry.target.toStdString()},
        {"ref",
         {{"apiVersion", utf8(entry.ref.apiVersion)},
          {"kind", utf8(entry.ref.kind)},
          {"namespace", entry.ref.nameSpace.isEmpty() ? kube::Json(nullptr) : kube::Json(utf8(entry.ref.nameSpace))},
          {"name", utf8(entry.ref.name)},
          {"uid", entry.ref.uid.isEmpty() ? kube::Json(nullptr) : kube::Json(utf8(entry.ref.uid))}}},
        {"intent", utf8(entry.intent)},
        {"undo", entry.undo},
        {"before", kept(entry.before)},
        {"after", kept(entry.after)},
        {"resourceVersionBefore", utf8(entry.resourceVersionBefore)},
        {"resourceVersionAfter", utf8(entry.resourceVersionAfter)},
        {"outcome", utf8(entry.outcome)},
        {"error", utf8(entry.error)}};
}

WriteEntry fromJson(const kube::Json& json)
{
    const auto text = [&json](std::initializer_list<const char*> path) {
        return base::visible(kube::rawText(json, path));
    };
    WriteEntry entry;
    entry.at = QDateTime::fromString(text({"at"}), Qt::ISODateWithMs).toUTC();
    entry.context = text({"context"});
    entry.user = text({"user"});
    entry.address = text({"address"});
    entry.verb = text({"verb"}).toLatin1();
    entry.target = text({"target"}).toLatin1();
    entry.ref = {.cluster = {},
                 .apiVersion = text({"ref", "apiVersion"}),
                 .kind = text({"ref", "kind"}),
                 .nameSpace = text({"ref", "namespace"}),
                 .name = text({"ref", "name"}),
                 .uid = text({"ref", "uid"})};
    entry.intent = text({"intent"});
    entry.undo = kube::flag(json, {"undo"});
    entry.before = kube::at(json, {"before"});
    entry.after = kube::at(json, {"after"});
    entry.resourceVersionBefore = text({"resourceVersionBefore"});
    entry.resourceVersionAfter = text({"resourceVersionAfter"});
    entry.outcome = text({"outcome"});
    entry.error = text({"error"});
    return entry;
}

} // namespace

QString WriteLog::defaultFile()
{
    QString home = qEnvironmentVariable("XDG_STATE_HOME");
    if (!home.startsWith(QLatin1Char('/'))) // the specification: a relative path is to be ignored
        home = QDir::homePath() + QStringLiteral("/.local/state");
    return home + QStringLiteral("/alidade/writes.jsonl");
}

base::Result<void> WriteLog::add(const WriteEntry& entry) const
{
    const auto unwritable = [this](const QString& said) {
        return base::failure({.kind = base::ErrorKind::BadConfig,
                              .reason = QStringLiteral("logUnwritable"),
                              .said = said,
                              .ofWhom = base::visible(m_file)});
    };
    const auto ownersOnly = QFile::ReadOwner | QFile::WriteOwner;
    if (const QFileInfo info(m_file); !info.dir().exists()) {
        if (!QDir().mkpath(info.path()))
            return unwritable(QStringLiteral("mkdir"));
        QFile::setPermissions(info.path(), ownersOnly | QFile::ExeOwner);
    }
    QFile file(m_file);
    // Unbuffered and appending: a line is one write, which other processes do not come between.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, ownersOnly))
        return unwritable(file.errorString());
    const std::string line = toJson(entry).dump(-1, ' ', true, kube::Json::error_handler_t::replace) + '\n';
    if (file.write(line.data(), static_cast<qint64>(line.size())) != static_cast<qint64>(line.size()))
        return unwritable(file.errorString());
    return {};
}

std::vector<WriteEntry> WriteLog::entries(std::size_t most) const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    if (file.size() > MostRead) {
        file.seek(file.size() - MostRead);
        file.readLine(); // the rest of a line
    }
    std::vector<WriteEntry> entries;
    while (!file.atEnd()) {
        const auto json = kube::parseJson(file.readLine());
        if (json && json->is_object())
            entries.push_back(fromJson(*json));
    }
    if (entries.size() > most)
        entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(most));
    return entries;
}

} // namespace change
