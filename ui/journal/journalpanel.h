#pragma once
// The journal: every call that was made, newest below, filtered, copied as a command.

#include <QWidget>

class QAbstractItemModel;
class QToolButton;

namespace ui {

class PlainLabel;
class SearchField;
class StatePane;
class TableView;

class JournalPanel : public QWidget {
    Q_OBJECT
public:
    explicit JournalPanel(QWidget* parent = nullptr);

    /// `kubectlRole` and `curlRole` give the equal commands of a row as text, `severityRole` its sign (order of
    /// ui::Sign); -1: the model does not say. Columns whose header's Qt::TextAlignmentRole is right stand to the right.
    void setModel(QAbstractItemModel* model, int kubectlRole, int curlRole, int severityRole);
    TableView* table() const { return m_table; }

Q_SIGNALS:
    void filterChanged(const QString& text);
    void clearRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void copy(int role);
    void showState();

    SearchField* m_filter;
    QToolButton* m_kubectl;
    QToolButton* m_curl;
    QToolButton* m_clear;
    TableView* m_table;
    int m_kubectlRole = -1;
    int m_curlRole = -1;
};

} // namespace ui
