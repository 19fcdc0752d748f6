#pragma once
// A field to filter or find with: a magnifier, a button that clears, and a short pause before it speaks.

#include <QLineEdit>

class QTimer;

namespace ui {

class SearchField : public QLineEdit {
    Q_OBJECT
public:
    /// `objectName` also names the clear button: "<objectName>.clear".
    explicit SearchField(const QString& objectName, QWidget* parent = nullptr);

    /// What it searches, already translated: its placeholder and its accessible name. Set again on a language change.
    void setPrompt(const QString& prompt);

Q_SIGNALS:
    /// The text to search for, 120 ms after the last key, or at once on Return and when cleared. Never twice the same.
    void searchChanged(const QString& text);
    /// Down or Return: on to what was found.
    void leftForResults();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void speak();

    QAction* m_clear;
    QTimer* m_pause;
    QString m_spoken;
};

} // namespace ui
