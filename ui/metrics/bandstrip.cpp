#include "ui/metrics/bandstrip.h"

#include "ui/theme/colors.h"
#include "ui/theme/grid.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>

namespace ui {

BandStrip::BandStrip(QHeaderView* header, std::function<int(int)> band, std::function<QString(int)> name,
                     QWidget* parent)
    : QWidget(parent),
      m_header(header),
      m_band(std::move(band)),
      m_name(std::move(name))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto repaint = qOverload<>(&QWidget::update);
    connect(header, &QHeaderView::sectionResized, this, repaint);
    connect(header, &QHeaderView::sectionMoved, this, repaint);
    connect(header, &QHeaderView::geometriesChanged, this, repaint);
    if (const auto* table = qobject_cast<QTableView*>(header->parentWidget()))
        connect(table->horizontalScrollBar(), &QScrollBar::valueChanged, this, repaint);
}

QSize BandStrip::sizeHint() const
{
    return {200, std::max(grid::RowHeight - 2, fontMetrics().height() + grid::Unit)};
}

void BandStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int offset = m_header->x();
    for (int from = 0; from < m_header->count();) {
        const int band = m_band(m_header->logicalIndex(from));
        int to = from;
        int width = 0;
        for (; to < m_header->count() && m_band(m_header->logicalIndex(to)) == band; ++to)
            width += m_header->sectionSize(m_header->logicalIndex(to));
        const QString name = m_name(band);
        const QRect area(m_header->sectionViewportPosition(m_header->logicalIndex(from)) + offset, 0, width, height());
        if (!name.isEmpty()) {
            // The name stays in sight as long as a part of its band does.
            const QRect seen = area.intersected(rect());
            painter.fillRect(area.adjusted(0, 0, -1, 0), color(ColorId::Chip, palette()));
            painter.setPen(palette().color(QPalette::Text));
            const QRect words = seen.adjusted(grid::Unit, 0, -grid::Unit, 0);
            painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                             fontMetrics().elidedText(name, Qt::ElideRight, words.width()));
        }
        from = to;
    }
}

} // namespace ui
