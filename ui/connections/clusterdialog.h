#pragma once
// Adds a cluster by hand, or changes one: a box that takes whatever the console's dialog 集群凭证 shows, fields with
// what was found in it, and a test before anything is kept.

#include "app/base/error.h"
#include "app/config/pasted.h"
#include "app/config/profile.h"

#include <QDialog>
#include <optional>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class ConnectionTest;
class Connections;
class PlainLabel;

class ClusterDialog : public QDialog {
    Q_OBJECT
public:
    /// `edited`: the profile to change; nothing: a new one. `connections` outlives the dialog.
    ClusterDialog(Connections* connections, const std::optional<config::Profile>& edited, QWidget* parent);
    ~ClusterDialog() override;

Q_SIGNALS:
    /// It is kept: the name of its context.
    void saved(const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* pasteSide();
    QWidget* fieldSide();
    void retranslate();
    void takePasted();
    void showFindings();
    void validate();
    void test();
    void save();
    void setBusy(bool busy);
    void showError(const base::Error& error);
    /// What the fields say; `wrong` gets the first thing that cannot stand.
    config::Profile collect(QString* wrong) const;
    /// The secret that the fields hold; nothing: the one in the keychain.
    std::optional<QString> secret() const;

    Connections* m_connections;
    const std::optional<config::Profile> m_edited;
    const QString m_id;
    config::Pasted m_pasted;
    QByteArray m_certificate; ///< of a pasted kubeconfig; its key waits in m_key until it is kept
    QString m_key;
    ConnectionTest* m_test;

    QPlainTextEdit* m_paste;
    QVBoxLayout* m_findings;
    QLineEdit* m_name;
    QPlainTextEdit* m_addresses;
    QLineEdit* m_token;
    QPlainTextEdit* m_ca;
    QLineEdit* m_nameSpace;
    QLineEdit* m_serverName;
    QCheckBox* m_insecure;
    QCheckBox* m_production;
    QCheckBox* m_readOnly;
    PlainLabel* m_heading;
    PlainLabel* m_insecureWords;
    PlainLabel* m_certificateWords;
    PlainLabel* m_wrong;
    PlainLabel* m_result;
    QList<std::pair<QLabel*, QWidget*>> m_fields;
    QPushButton* m_testButton;
    QPushButton* m_save;
    QPushButton* m_cancel;
    bool m_busy = false;
};

} // namespace ui
