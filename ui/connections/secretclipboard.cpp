#include "ui/connections/secretclipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>

namespace ui {
namespace {

QByteArray digestOf(const QString& text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

SecretClipboard::SecretClipboard(QObject* parent) : QObject(parent), m_lifetime(this)
{
    m_lifetime.setObjectName(QStringLiteral("secretClipboard.lifetime"));
    m_lifetime.setSingleShot(true);
    m_lifetime.setInterval(10'000);
    connect(&m_lifetime, &QTimer::timeout, this, &SecretClipboard::clear);
}

SecretClipboard::~SecretClipboard()
{
    if (m_lifetime.isActive())
        clear();
}

void SecretClipboard::copy(const QString& secret)
{
    auto* data = new QMimeData;
    data->setText(secret);
    // Clipboard managers that know it keep no history of it.
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QGuiApplication::clipboard()->setMimeData(data);
    m_digest = digestOf(secret);
    m_lifetime.start();
}

void SecretClipboard::clear()
{
    m_lifetime.stop();
    if (digestOf(QGuiApplication::clipboard()->text()) == m_digest)
        QGuiApplication::clipboard()->clear();
    m_digest.clear();
    Q_EMIT
    cleared();
}

} // namespace ui
