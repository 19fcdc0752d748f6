#pragma once
// One sentence with its sign before it: where something stands.

#include "ui/widgets/plainlabel.h"
#include "ui/widgets/signline.h"

namespace ui {

class SignLabel : public QWidget {
    Q_OBJECT
public:
    /// The label of the sentence is called `name`.
    explicit SignLabel(const QString& name, PlainLabel::Selectable selectable = PlainLabel::Selectable::No,
                       QWidget* parent = nullptr);

    void setLine(const SignLine& line);
    PlainLabel* words() const { return m_words; }

private:
    PlainLabel* m_sign;
    PlainLabel* m_words;
};

} // namespace ui
