#include "ui/widgets/signlist.h"

#include "ui/theme/grid.h"

namespace ui {

SignList::SignList(const QString& objectName, QWidget* parent) : QListWidget(parent)
{
    setObjectName(objectName);
    setWordWrap(true);
    setIconSize({grid::Icon, grid::Icon});
    setFrameShape(QFrame::NoFrame);
    setResizeMode(QListView::Adjust);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
}

void SignList::setLines(const std::vector<SignLine>& lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    clear();
    QPixmap blank(grid::Icon, grid::Icon); // texts stand below each other, sign or none
    blank.fill(Qt::transparent);
    for (const SignLine& line : m_lines) {
        auto* row = new QListWidgetItem(line.sign == Sign::None ? QIcon(blank) : signIcon(line.sign), line.text, this);
        row->setData(Qt::AccessibleTextRole, spoken(line));
    }
}

} // namespace ui
