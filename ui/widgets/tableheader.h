#pragma once
// A header that stands over its column as the cells do, on the same margins: numbers to the right.

#include <QHeaderView>

namespace ui {

class TableDelegate;

class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(const TableDelegate* cells, QWidget* parent = nullptr);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    QSize sectionSizeFromContents(int logicalIndex) const override;

private:
    const TableDelegate* m_cells;
};

} // namespace ui
