#pragma once
// A header that stands over its column as the cells do: numbers to the right.

#include <QHeaderView>

namespace ui {

class TableDelegate;

class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(const TableDelegate* cells, QWidget* parent = nullptr);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const override;

private:
    const TableDelegate* m_cells;
};

} // namespace ui
