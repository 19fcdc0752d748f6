#include "ui/widgets/signlines.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>

namespace ui {

SignLines::SignLines(const QString& objectName, QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(objectName);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::Unit);
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
        auto* row = new QWidget;
        auto* icon = new PlainLabel;
        icon->setPixmap(signIcon(line.sign).pixmap(metrics::Icon, metrics::Icon));
        icon->setFixedWidth(metrics::Icon);
        icon->setAccessibleName(signWord(line.sign));
        auto* words = new PlainLabel;
        words->setObjectName(objectName() + QLatin1Char('.') + QString::number(number++));
        words->setWordWrap(true);
        words->setText(line.text);
        words->setColorId(line.sign == Sign::None ? ColorId::Muted : signColor(line.sign));
        auto* columns = new QHBoxLayout(row);
        columns->setContentsMargins(0, 0, 0, 0);
        columns->setSpacing(metrics::Unit + 2);
        columns->addWidget(icon, 0, Qt::AlignTop);
        columns->addWidget(words, 1);
        icon->setVisible(line.sign != Sign::None);
        m_column->addWidget(row);
    }
    setVisible(!m_lines.empty());
    setAccessibleDescription(text());
}

QString SignLines::text() const
{
    QStringList texts;
    for (const SignLine& line : m_lines) {
        const QString word = signWord(line.sign);
        texts += word.isEmpty() ? line.text : word + QStringLiteral(": ") + line.text;
    }
    return texts.join(QLatin1Char('\n'));
}

} // namespace ui
