#pragma once
// Why a user does not see a business: who and which, then the verdict and the chain of checks behind it. It shows what
// it is given and asks.

#include "app/tke/visibility.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class KeyValueView;
class PlainLabel;
class SignList;
class StatePane;

class VisibilityDialog : public QDialog {
    Q_OBJECT
public:
    /// `business`: chosen at first; empty: all.
    VisibilityDialog(const std::vector<tke::Business>& businesses, const QString& business, QWidget* parent);

    QString user() const;
    /// Empty: all.
    QString business() const;
    void setReading(bool reading);
    /// Those that are not seen first.
    void show(std::vector<tke::Visibility> verdicts);
    using QDialog::show;
    void fail(const base::Error& error);

Q_SIGNALS:
    void asked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build(const std::vector<tke::Business>& businesses, const QString& business);
    void ask();
    void retranslate();
    void showVerdicts();
    void showChain();
    void showState();

    std::vector<tke::Visibility> m_verdicts;
    std::optional<base::Error> m_error;
    bool m_isReading = false;
    PlainLabel* m_userLabel;
    QLineEdit* m_user;
    PlainLabel* m_businessLabel;
    QComboBox* m_business;
    QPushButton* m_ask;
    QPushButton* m_close;
    SignList* m_list;
    KeyValueView* m_chain;
    StatePane* m_pane = nullptr;
};

} // namespace ui
