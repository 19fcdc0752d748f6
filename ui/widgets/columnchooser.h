#pragma once
// Which columns of a table are shown, and in which order: a list with check marks over a header.

#include <QPointer>
#include <QToolButton>

class QHeaderView;
class QListWidget;
class QPushButton;

namespace ui {

class Popup;

class ColumnChooser : public QToolButton {
    Q_OBJECT
public:
    explicit ColumnChooser(const QString& objectName, QWidget* parent = nullptr);

    /// The header to speak for. Its first logical column (the name) stays shown.
    void setHeader(QHeaderView* header);

public Q_SLOTS:
    void open();

Q_SIGNALS:
    /// A person changed visibility or order; the reset asks for the widths and columns of the start.
    void changed();
    void resetRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();

    QPointer<QHeaderView> m_header;
    Popup* m_popup = nullptr;
    QListWidget* m_list = nullptr;
    QPushButton* m_reset = nullptr;
    bool m_filling = false;
};

} // namespace ui
