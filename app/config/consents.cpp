#include "app/config/consents.h"

#include "app/config/files.h"

#include <QCryptographicHash>
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

QByteArray digestOf(const PluginCall& call)
{
    QJsonArray environment;
    for (const auto& [name, value] : call.environment)
        environment.append(QJsonArray{name, value});
    const QJsonArray all{call.file, call.program, QJsonArray::fromStringList(call.arguments), environment};
    return QCryptographicHash::hash(QJsonDocument(all).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256)
        .toHex();
}

QJsonArray entriesIn(const QString& file)
{
    const auto text = readFile(file);
    return text ? QJsonDocument::fromJson(*text).object().value(QLatin1String("allowed")).toArray() : QJsonArray();
}

} // namespace

PluginConsents::PluginConsents(QString file, QObject* parent) : QObject(parent), m_file(std::move(file))
{
    read();
}

void PluginConsents::read()
{
    if (m_file.isEmpty())
        return;
    for (const QJsonValue entry : entriesIn(m_file))
        m_allowed.insert(entry.toObject().value(QLatin1String("digest")).toString().toLatin1());
}

PluginConsents::Answer PluginConsents::answerFor(const PluginCall& call) const
{
    if (m_trustAll)
        return Answer::Allowed;
    const QByteArray digest = digestOf(call);
    if (m_refused.contains(digest))
        return Answer::Refused;
    return m_allowed.contains(digest) ? Answer::Allowed : Answer::Unknown;
}

void PluginConsents::ask(const PluginCall& call)
{
    if (std::ranges::find(m_questions, call) != m_questions.end() || answerFor(call) != Answer::Unknown)
        return;
    m_questions.push_back(call);
    emit questionsChanged();
}

base::Result<void> PluginConsents::answer(const PluginCall& call, Answer answer, bool remember)
{
    const QByteArray digest = digestOf(call);
    m_allowed.remove(digest);
    m_refused.remove(digest);
    if (answer == Answer::Allowed)
        m_allowed.insert(digest);
    else if (answer == Answer::Refused)
        m_refused.insert(digest);
    const bool keep = remember && answer == Answer::Allowed && !m_file.isEmpty();
    auto written = keep ? write(call, digest) : base::Result<void>{};
    std::erase(m_questions, call);
    emit questionsChanged();
    emit answered();
    return written;
}

base::Result<void> PluginConsents::write(const PluginCall& call, const QByteArray& digest)
{
    const auto failure = [this](const QString& said) {
        return base::failure({.kind = base::ErrorKind::BadConfig,
                              .reason = QStringLiteral("fileUnwritable"),
                              .said = said,
                              .ofWhom = m_file});
    };
    // Read again: another window may have written since.
    QJsonArray entries = entriesIn(m_file);
    entries.append(QJsonObject{{QStringLiteral("file"), call.file},
                               {QStringLiteral("program"), call.program},
                               {QStringLiteral("digest"), QString::fromLatin1(digest)}});
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return failure(QFileInfo(m_file).absolutePath());
    QSaveFile file(m_file);
    const QByteArray text = QJsonDocument(QJsonObject{{QStringLiteral("allowed"), entries}}).toJson();
    if (!file.open(QIODevice::WriteOnly))
        return failure(file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(text) != text.size() || !file.commit())
        return failure(file.errorString());
    return {};
}

QString consentsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/alidade/plugins.json");
}

} // namespace config
