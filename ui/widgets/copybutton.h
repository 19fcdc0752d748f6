#pragma once
// Stands beside a button that cannot be pressed where one is, and offers the equal command in its place.

#include <QPushButton>

namespace ui {

class CopyButton : public QPushButton {
    Q_OBJECT
public:
    explicit CopyButton(const QString& objectName, QWidget* parent = nullptr);

    /// `why` the other one is off, which is told there too; empty: it is not, and this one hides.
    void standInFor(QPushButton* button, const QString& why, const QString& command);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QString m_command;
};

} // namespace ui
