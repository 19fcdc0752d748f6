#pragma once
// The taint set being built: one chip a taint with where it is and what can be done to it, and below a row to add one.

#include "app/scheduling/taintdraft.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class PlainLabel;

class TaintLines : public QWidget {
    Q_OBJECT
public:
    explicit TaintLines(QWidget* parent = nullptr);

    /// `nodes`: how many are chosen, so that a chip can say on how many of them it is.
    void setLines(const std::vector<scheduling::DraftTaint>& lines, int nodes);
    /// Keys that the cluster uses: taints of nodes, tolerations of pods.
    void setSuggestions(const QStringList& keys);
    /// Why the last addition was not taken, translated; empty: it was, and the row is empty again.
    void setProblem(const QString& sentence);
    void focusKey();

Q_SIGNALS:
    void added(const QString& key, const QString& value, const QString& effect);
    void removed(const scheduling::Taint& taint);
    void restored(const scheduling::Taint& taint);
    void unlocked(const scheduling::Taint& taint);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void build();
    QWidget* chip(const scheduling::DraftTaint& line, int index);
    void add();

    std::vector<scheduling::DraftTaint> m_lines;
    int m_nodes = 0;
    QWidget* m_chips;
    QVBoxLayout* m_chipColumn;
    QLineEdit* m_key;
    QLineEdit* m_value;
    QComboBox* m_effect;
    QPushButton* m_add;
    PlainLabel* m_meaning;
    PlainLabel* m_problem;
    PlainLabel* m_none;
};

} // namespace ui
