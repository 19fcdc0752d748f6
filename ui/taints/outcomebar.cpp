#include "ui/taints/outcomebar.h"

#include "ui/theme/grid.h"

#include <QPainter>

namespace ui {
namespace {

constexpr int BarHeight = 12;

}

OutcomeBar::OutcomeBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void OutcomeBar::setParts(const std::vector<Part>& parts)
{
    std::vector<Part> shown;
    QStringList words;
    for (const Part& part : parts) {
        if (part.count == 0)
            continue;
        shown.push_back(part);
        words += part.words;
    }
    if (shown == m_parts)
        return;
    m_parts = shown;
    setAccessibleName(words.join(QLatin1String(", ")));
    update();
}

QSize OutcomeBar::sizeHint() const
{
    return {240, BarHeight + 2 * grid::Unit};
}

void OutcomeBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    int total = 0;
    for (const Part& part : m_parts)
        total += part.count;
    const QRect bar(0, grid::Unit, width(), BarHeight);
    if (total == 0) {
        painter.fillRect(bar, color(ColorId::Chip, palette()));
        return;
    }
    int done = 0;
    for (const Part& part : m_parts) {
        const int from = bar.width() * done / total;
        done += part.count;
        const int to = bar.width() * done / total;
        // A gap of one pixel: colour is not the only sign.
        painter.fillRect(QRect(from, bar.top(), std::max(2, to - from - 1), bar.height()),
                         color(part.color.value_or(ColorId::Muted), palette()));
    }
}

} // namespace ui
