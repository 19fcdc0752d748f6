#pragma once
// Where one begins: an error text to paste, and the guides with what one sees. A pasted text puts those first that know
// it.

#include "app/diagnose/guide.h"

#include <QWidget>

class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace ui {

class PlainLabel;

class GuideChooser : public QWidget {
    Q_OBJECT
public:
    explicit GuideChooser(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text);
    void choose(const QString& guide);
    /// Null when there is nothing to choose from.
    const diagnose::Guide* guide() const;
    QStringList arguments() const;
    void setArguments(const QString& arguments);
    void setRunning(bool running);
    void focusText();

Q_SIGNALS:
    void startRequested();
    void stopRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void showChosen();
    void retranslate();

    PlainLabel* m_textLabel;
    QPlainTextEdit* m_text;
    PlainLabel* m_guidesLabel;
    QListWidget* m_guides;
    PlainLabel* m_hint;
    QLineEdit* m_arguments;
    QPushButton* m_start;
    QPushButton* m_stop;
    bool m_running = false;
};

} // namespace ui
