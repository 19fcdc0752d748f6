#pragma once
// "Mount a host path": three pages of fields, one of what will happen, and beside them the drawing that follows. It
// shows what it is given and asks; the controller knows what is written.

#include "ui/volumes/hostpathfields.h"
#include "ui/widgets/writedialog.h"

namespace ui {

class HostPathDrawing;

class HostPathDialog : public WriteDialog {
    Q_OBJECT
public:
    /// `object`: what it is about, "Deployment shop/web"; empty for a new one.
    HostPathDialog(HostPathForm::Mode mode, const QString& object, QWidget* parent);

    HostPathFields* fields() const { return m_fields; }

protected:
    void refresh() override;
    void retranslate() override;
    bool isComplete(int page) const override { return m_fields->isComplete(page); }
    void focusPage(int) override { m_fields->focusFirst(); }

private:
    const HostPathForm::Mode m_mode;
    const QString m_object;
    HostPathFields* m_fields;
    HostPathDrawing* m_drawing;
    PlainLabel* m_title;
    PlainLabel* m_step;
    PlainLabel* m_words;
    PlainLabel* m_problem; ///< why it cannot begin
};

} // namespace ui
