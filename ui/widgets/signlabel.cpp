#include "ui/widgets/signlabel.h"

#include "ui/theme/grid.h"

#include <QHBoxLayout>

namespace ui {

SignLabel::SignLabel(const QString& name, PlainLabel::Selectable selectable, QWidget* parent)
    : QWidget(parent),
      m_sign(new PlainLabel),
      m_words(new PlainLabel(selectable))
{
    m_sign->setFixedWidth(grid::Icon);
    m_sign->hide();
    m_words->setObjectName(name);
    m_words->setWordWrap(true);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(grid::Gap);
    columns->addWidget(m_sign, 0, Qt::AlignTop);
    columns->addWidget(m_words, 1);
}

void SignLabel::setLine(const SignLine& line)
{
    m_sign->setVisible(line.sign != Sign::None);
    m_sign->setPixmap(signIcon(line.sign).pixmap(grid::Icon, grid::Icon));
    m_sign->setAccessibleName(signWord(line.sign));
    m_words->setText(line.text);
    m_words->setColorId(signColor(line.sign));
}

} // namespace ui
