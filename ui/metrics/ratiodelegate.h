#pragma once
// A ratio as a bar behind its number: full at 100 %, and more than that in the colour of a warning.

#include "ui/widgets/tabledelegate.h"

namespace models {
class ContrastModel;
}

namespace ui {

class RatioDelegate : public TableDelegate {
    Q_OBJECT
public:
    RatioDelegate(const models::ContrastModel* model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const models::ContrastModel* m_model;
};

} // namespace ui
