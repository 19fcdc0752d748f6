#pragma once
// A new namespace of a business: a page of fields, then one of what will be sent. It shows what it is given and asks;
// the controller knows what is written.

#include "app/tke/businessstate.h"
#include "app/tke/namespacedraft.h"
#include "ui/widgets/writedialog.h"

#include <memory>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace ui {

class PlainLabel;
class SignLines;

class NamespaceDialog : public WriteDialog {
    Q_OBJECT
public:
    /// `business`: chosen at first; empty: the first that is active.
    NamespaceDialog(std::shared_ptr<const tke::BusinessPicture> picture, const QString& business, QWidget* parent);

    tke::NamespaceDraft draft() const;
    const tke::BusinessPicture& picture() const { return *m_picture; }

Q_SIGNALS:
    /// One was made, or taken back.
    void made();

protected:
    void refresh() override;
    void retranslate() override;
    bool isComplete(int page) const override;
    void focusPage(int page) override;

private:
    struct QuotaRow {
        QString resource;
        QLineEdit* amount;
        PlainLabel* left;
        QString leftText;
    };
    QWidget* fieldsPage();
    void fillBusinesses(const QString& chosen);
    void fillClusters();
    void fillQuota();
    const tke::Business* business() const;

    std::shared_ptr<const tke::BusinessPicture> m_picture;
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
};

} // namespace ui
