#pragma once
// One value of an overview: selectable in parts, copied whole with Ctrl+C when nothing is selected, reached by the
// arrow keys; it may lead elsewhere.

#include "ui/widgets/plainlabel.h"

namespace ui {

class ValueLabel : public PlainLabel {
    Q_OBJECT
public:
    enum class Look { Text, Chip };

    explicit ValueLabel(Look look, QWidget* parent = nullptr);

    /// Any text: what is long and has no spaces may be broken anywhere, and is copied without those breaks.
    void setValue(const QString& value);
    const QString& value() const { return m_value; }
    void setLeads(bool leads);
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void followed();
    /// Up or Down: -1 or +1.
    void stepped(int by);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    bool isCut() const;

    Look m_look;
    QString m_value;
    bool m_leads = false;
};

} // namespace ui
