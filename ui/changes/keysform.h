#pragma once
// Labels or annotations as a table of keys and values: what is not touched is not written.

#include "app/change/keysintent.h"
#include "ui/changes/changeform.h"

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

class PlainLabel;

class KeysForm final : public ChangeForm {
    Q_OBJECT
public:
    explicit KeysForm(change::KeysOf which, QWidget* parent = nullptr);

    void setLive(const kube::Json& live) override;
    bool needsLive() const override { return true; }
    QString problem() const override;
    change::IntentPtr intentFor(const change::Target& target) const override;
    QString actText(const std::vector<change::Doomed>& objects) const override;
    QString name() const override;
    void retranslate() override;

    /// What differs from what was read.
    change::KeyEdits edits() const;

private:
    struct Row {
        QString key;
        QString value;
        QString was;     ///< as it was read
        QString manager; ///< who wrote it last, where somebody else did
        bool isNew = false;
        bool isRemoved = false;
    };

    void fill();
    void add();
    void removeOrRestore();
    void valueEdited(QTreeWidgetItem* item, int column);
    void show(QTreeWidgetItem* item, const Row& row);
    void follow();
    QString note(const Row& row) const;

    const change::KeysOf m_which;
    std::vector<Row> m_rows;
    QString m_addProblem;
    QTreeWidget* m_table;
    QLineEdit* m_key;
    QLineEdit* m_value;
    QPushButton* m_add;
    QPushButton* m_remove;
};

} // namespace ui
