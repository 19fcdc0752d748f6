#pragma once
// Find in a text: a field, how many hits, forth and back. Return goes on, Shift+Return back, Escape closes.

#include <QWidget>
#include <functional>

class QToolButton;

namespace ui {

class PlainLabel;
class SearchField;

/// The text that is searched.
struct FindTarget {
    std::function<int(const QString& text)> mark;             ///< marks every hit and counts them; empty: none
    std::function<bool(const QString& text, bool back)> find; ///< goes to the next one, around the end
    std::function<QString()> selected;
    QWidget* focus = nullptr; ///< where the keyboard goes when the bar closes
};

class FindBar : public QWidget {
    Q_OBJECT
public:
    FindBar(const QString& objectName, FindTarget target, QWidget* parent = nullptr);

    void open();
    /// Counts again, when the bar is there.
    void textChanged();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void close();
    void search();
    void go(bool back);

    FindTarget m_target;
    SearchField* m_field;
    PlainLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
    int m_hits = 0;
};

} // namespace ui
