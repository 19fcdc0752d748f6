#pragma once
// alidadectl as the program that others start, with nothing of the tester's own environment.

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QTemporaryDir>

namespace support {

struct Outcome {
    int exit = -1;
    QByteArray out;
    QByteArray err;
    qint64 peakBytes = 0; ///< of resident memory: VmHWM

    QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
    QString said() const { return QString::fromUtf8(err); }
};

class Program {
public:
    /// Fails the process when the program crashes or does not end within a minute.
    Outcome run(const QStringList& arguments, const QByteArray& kubeconfigVariable = {},
                const QByteArray& input = {}) const;
    /// For every run from now on.
    void set(const QString& variable, const QString& value) { m_variables[variable] = value; }
    /// Writes a file into the program's home; its path.
    QString file(const QString& name, const QByteArray& content) const;
    QString path(const QString& name) const { return m_home.filePath(name); }

private:
    QTemporaryDir m_home;
    QMap<QString, QString> m_variables;
};

/// A context "here" (namespace "shop") of a server; what `cluster` and `user` hold is in flow style.
QByteArray kubeconfigOf(const QString& server, const QByteArray& cluster = {}, const QByteArray& user = {});

} // namespace support
