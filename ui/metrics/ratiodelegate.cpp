#include "ui/metrics/ratiodelegate.h"

#include "app/models/contrastmodel.h"
#include "ui/theme/grid.h"

#include <QPainter>
#include <algorithm>

namespace ui {

RatioDelegate::RatioDelegate(const models::ContrastModel* model, QObject* parent)
    : TableDelegate(parent),
      m_model(model)
{
}

void RatioDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    TableDelegate::paint(painter, option, index);
    const auto ratio = m_model->ratioAt(index);
    if (!ratio)
        return;
    const QRect room = option.rect.adjusted(grid::Unit, 0, -grid::Unit, -3);
    const QRect track(room.left(), room.bottom() - 2, room.width(), 3);
    const int width = static_cast<int>(std::clamp(*ratio, 0.0, 1.0) * track.width());
    painter->fillRect(track, color(ColorId::Chip, option.palette));
    const ColorId meaning = *ratio > 1 ? ColorId::Error : *ratio >= 0.9 ? ColorId::Warning : ColorId::Info;
    painter->fillRect(QRect(track.topLeft(), QSize(width, track.height())), color(meaning, option.palette));
}

} // namespace ui
