#pragma once
// A new namespace of a business: a page of fields, then one of what will be sent. It shows what it is given and asks;
// the controller knows what is written.

#include "app/tke/businessstate.h"
#include "app/tke/namespacedraft.h"
#include "ui/widgets/reviewpane.h"

#include <QDialog>
#include <memory>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace ui {

class CopyButton;
class PlainLabel;
class SignLines;

class NamespaceDialog : public QDialog {
    Q_OBJECT
public:
    /// `business`: chosen at first; empty: the first that is active.
    NamespaceDialog(std::shared_ptr<const tke::BusinessPicture> picture, const QString& business, QWidget* parent);

    struct Look {
        ReviewPane::Look review;
        QString off; ///< why nothing can be applied here: the command is offered; empty: it can
        bool canApply = false;
        bool canUndo = false;
        bool isBusy = false; ///< on its way: it cannot be closed just now
        bool isOver = false; ///< written: nothing more can be edited
        bool operator==(const Look&) const = default;
    };
    void setLook(const Look& look);
    tke::NamespaceDraft draft() const;
    const tke::BusinessPicture& picture() const { return *m_picture; }
    void reject() override;

Q_SIGNALS:
    /// The second page is looked at: what it says is to be asked for.
    void reviewRequested();
    void reviewLeft();
    void applyRequested();
    void undoRequested();
    /// One was made, or taken back.
    void made();
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct QuotaRow {
        QString resource;
        QLineEdit* amount;
        PlainLabel* left;
        QString leftText;
    };
    void build();
    QWidget* fieldsPage();
    void fillBusinesses(const QString& chosen);
    void fillClusters();
    void fillQuota();
    void go(int page);
    void update();
    void retranslate();
    const tke::Business* business() const;

    std::shared_ptr<const tke::BusinessPicture> m_picture;
    Look m_look;
    QStackedWidget* m_pages;
    PlainLabel* m_businessLabel;
    QComboBox* m_business;
    PlainLabel* m_nameLabel;
    QLineEdit* m_name;
    PlainLabel* m_rule;
    PlainLabel* m_clusterLabel;
    QComboBox* m_cluster;
    PlainLabel* m_why;
    PlainLabel* m_quotaTitle;
    QWidget* m_quotaBox;
    QGridLayout* m_quotaGrid;
    std::vector<QuotaRow> m_quota;
    SignLines* m_problems;
    ReviewPane* m_review;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_close;
    QPushButton* m_undo;
    QPushButton* m_apply;
    CopyButton* m_copy;
};

} // namespace ui
