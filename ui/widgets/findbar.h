#pragma once
// Find in a text: a field, how many hits, forth and back. Return goes on, Shift+Return back, Escape closes.

#include <QWidget>

class QToolButton;

namespace ui {

class CodeEdit;
class PlainLabel;
class SearchField;

class FindBar : public QWidget {
    Q_OBJECT
public:
    FindBar(const QString& objectName, CodeEdit* edit, QWidget* parent = nullptr);

    void open();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void close();
    void search();
    void go(bool back);

    CodeEdit* m_edit;
    SearchField* m_field;
    PlainLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
    int m_hits = 0;
};

} // namespace ui
