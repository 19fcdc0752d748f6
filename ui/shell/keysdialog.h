#pragma once
// All keys at a glance: the registry's actions, and what tables and texts understand.

#include <QDialog>

class QTreeWidget;

namespace ui {

class ActionRegistry;

class KeysDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeysDialog(const ActionRegistry& actions, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();

    const ActionRegistry& m_actions;
    QTreeWidget* m_list;
};

} // namespace ui
