#pragma once
// Drops down below the endpoint switch: every address of the cluster with the stage that fails, in words; going to
// another one; adding one by hand.

#include "ui/widgets/popup.h"

#include <QPointer>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace base {
struct Error;
}

namespace models {
class AddressesModel;
}

namespace store {
class Cluster;
}

namespace ui {

class PlainLabel;
class TableView;

class EndpointPopup : public Popup {
    Q_OBJECT
public:
    /// The cluster is open. The popup goes when it is closed, and with the cluster's connection.
    EndpointPopup(QWidget* anchor, store::Cluster* cluster);
    ~EndpointPopup() override;

Q_SIGNALS:
    /// The setting of this name was changed by the person.
    void failsOverChosen(bool failsOver);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showSelected();
    void go(bool withOfferedName, bool assumeSameCluster);
    void addTyped();
    void tell(const QString& sentence);
    void retranslate();

    QPointer<store::Cluster> m_cluster;
    std::unique_ptr<models::AddressesModel> m_model;
    PlainLabel* m_title;
    TableView* m_table;
    PlainLabel* m_detail;
    QPushButton* m_use;
    QPushButton* m_useName;
    QPushButton* m_useAnyway;
    QPushButton* m_look;
    QLineEdit* m_typed;
    QPushButton* m_add;
    QCheckBox* m_failsOver;
    PlainLabel* m_told;
};

} // namespace ui
