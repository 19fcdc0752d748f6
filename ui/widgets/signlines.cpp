#include "ui/widgets/signlines.h"

#include "ui/theme/grid.h"
#include "ui/widgets/signlabel.h"

#include <QVBoxLayout>

namespace ui {

SignLines::SignLines(const QString& objectName, QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(objectName);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(grid::Unit);
    hide();
}

void SignLines::setLines(const std::vector<SignLine>& lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (QLayoutItem* item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int number = 0;
    for (const SignLine& line : m_lines) {
        auto* row = new SignLabel(objectName() + QLatin1Char('.') + QString::number(number++));
        row->setLine(line);
        if (line.sign == Sign::None)
            row->words()->setColorId(ColorId::Muted);
        m_column->addWidget(row);
    }
    setVisible(!m_lines.empty());
    setAccessibleDescription(text());
}

QString SignLines::text() const
{
    QStringList texts;
    for (const SignLine& line : m_lines)
        texts += spoken(line);
    return texts.join(QLatin1Char('\n'));
}

} // namespace ui
