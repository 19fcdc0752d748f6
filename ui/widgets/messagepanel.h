#pragma once
// A sign, a sentence, what to do, a button, and the other side's own words folded away below: for what stands in place
// of a table that is empty, forbidden or failed.

#include "ui/theme/signs.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class PlainLabel;

class MessagePanel : public QWidget {
    Q_OBJECT
public:
    explicit MessagePanel(const QString& objectName, QWidget* parent = nullptr);

    struct Message {
        Icon icon = Icon::None;
        std::optional<ColorId> iconColor;
        QString sentence;
        QString advice;
        QString said;
        bool canRetry = false;
        bool canExplain = false;
    };
    void setMessage(const Message& message);

Q_SIGNALS:
    void retryRequested();
    void whyRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void unfold(bool open);

    PlainLabel* m_icon;
    PlainLabel* m_sentence;
    PlainLabel* m_advice;
    QPushButton* m_retry;
    QPushButton* m_why;
    QToolButton* m_fold;
    QPlainTextEdit* m_words;
    QIcon m_drawing;
    bool m_open = false;
};

} // namespace ui
