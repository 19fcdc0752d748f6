#pragma once
// The text of a CodeView with its line numbers.

#include <QPlainTextEdit>

namespace ui {

class CodeEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeEdit(QWidget* parent = nullptr);

    /// Marks every place where `text` stands, without regard to case; returns how many there are, counted to `most`.
    int mark(const QString& text, int most = 1'000);
    /// Selects the next hit from the cursor on, around the end; false when there is none.
    bool findNext(const QString& text, bool back);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Numbers;
    void layOut();
    void paintNumbers(QPaintEvent* event);

    Numbers* m_numbers;
    QString m_marked;
};

} // namespace ui
