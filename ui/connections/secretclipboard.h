#pragma once
// Puts a secret into the clipboard for ten seconds. Whatever else was copied meanwhile stays.

#include <QObject>
#include <QTimer>

namespace ui {

class SecretClipboard : public QObject {
    Q_OBJECT
public:
    explicit SecretClipboard(QObject* parent = nullptr);
    /// Takes the secret out again at once.
    ~SecretClipboard() override;

    void copy(const QString& secret);
    /// "secretClipboard.lifetime".
    QTimer* lifetime() { return &m_lifetime; }

Q_SIGNALS:
    void cleared();

private:
    void clear();

    QTimer m_lifetime;
    QByteArray m_digest; ///< of what was copied: the secret itself is not kept
};

} // namespace ui
