#include "ui/widgets/skeleton.h"

#include "ui/theme/colors.h"
#include "ui/theme/grid.h"

#include <QPainter>
#include <array>

namespace ui {

Skeleton::Skeleton(QWidget* parent) : QWidget(parent)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
}

void Skeleton::paintEvent(QPaintEvent*)
{
    // Column starts as parts of the width, and lengths that differ from row to row the way names do.
    static constexpr std::array Columns{0.0, 0.34, 0.50, 0.66, 0.80};
    static constexpr std::array Lengths{0.22, 0.08, 0.10, 0.06, 0.05};
    static constexpr std::array Vary{1.0, 0.8, 1.1, 0.65, 0.9, 1.2, 0.75};

    QPainter painter(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(ColorId::Skeleton, palette()));
    constexpr int Bar = 2 * grid::Unit;
    const int usable = width() - 2 * grid::Gap;
    int row = 0;
    for (int y = (grid::RowHeight - Bar) / 2; y + Bar < height(); y += grid::RowHeight, ++row) {
        for (std::size_t c = 0; c < Columns.size(); ++c) {
            const double vary = Vary[(static_cast<std::size_t>(row) * 3 + c) % Vary.size()];
            painter.drawRect(grid::Gap + static_cast<int>(usable * Columns[c]), y,
                             static_cast<int>(usable * Lengths[c] * vary), Bar);
        }
    }
}

} // namespace ui
