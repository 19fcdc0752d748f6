#pragma once
// Asks for the name of what is to be removed. The button that removes is never the default one.

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace ui {

class PlainLabel;

class RemoveDialog : public QDialog {
    Q_OBJECT
public:
    RemoveDialog(const QString& name, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    const QString m_name;
    PlainLabel* m_words;
    QLineEdit* m_typed;
    QPushButton* m_remove;
    QPushButton* m_cancel;
};

} // namespace ui
