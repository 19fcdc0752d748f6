#pragma once
// What the console's dialog 集群凭证 shows, for any context: addresses with their types, the token (masked), the CA,
// and a kubeconfig for the address chosen.

#include "app/config/context.h"

#include <QDialog>
#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTimer;
class QToolButton;

namespace ui {

class Connections;
class PlainLabel;

class CredentialDialog : public QDialog {
    Q_OBJECT
public:
    /// `addresses` are those known of the cluster, the one in use first; empty: the context's own. `connections`
    /// outlives the dialog.
    CredentialDialog(Connections* connections, const config::Context& context,
                     std::vector<config::KnownAddress> addresses, QWidget* parent);

    /// Masks a token again that was shown: "credential.remask".
    QTimer* remask() { return m_remask; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* addressRows();
    QWidget* tokenRow();
    QWidget* caRows();
    QWidget* kubeconfigRow();
    void retranslate();
    void reveal(bool shown);
    /// Hands over the user with its secret, once it is there; says why in the dialog when it is not.
    void withUser(std::function<void(const config::UserEntry&)> then);
    void say(const QString& sentence, bool isError = false);
    void saveAs(const QString& name, const QByteArray& text);
    QUrl chosenAddress() const;

    Connections* m_connections;
    const config::Context m_context;
    std::vector<config::KnownAddress> m_addresses;
    QTimer* m_remask;

    PlainLabel* m_insecure;
    PlainLabel* m_addressTitle;
    QList<QToolButton*> m_copyAddress;
    PlainLabel* m_tokenTitle;
    QLineEdit* m_token;
    PlainLabel* m_tokenNote;
    QToolButton* m_reveal;
    QToolButton* m_copyToken;
    PlainLabel* m_caTitle;
    QPlainTextEdit* m_ca;
    QToolButton* m_copyCa;
    QToolButton* m_saveCa;
    PlainLabel* m_kubeconfigTitle;
    QComboBox* m_address;
    QToolButton* m_copyKubeconfig;
    QToolButton* m_saveKubeconfig;
    PlainLabel* m_said;
    QPushButton* m_close;
};

} // namespace ui
