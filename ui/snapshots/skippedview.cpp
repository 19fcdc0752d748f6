#include "ui/snapshots/skippedview.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"
#include "app/messages/snapshots.h"
#include "ui/theme/fonts.h"
#include "ui/theme/signs.h"
#include "ui/widgets/plaintext.h"

#include <QHeaderView>

namespace ui {
namespace {

constexpr int PathWidth = 320;

/// The server's own words where it said any: the question stands in the first column already.
QString reasonOf(const base::Error& error)
{
    return base::visible(error.said.isEmpty() ? messages::sentence(error) : error.said.simplified());
}

} // namespace

SkippedView::SkippedView(const QString& objectName, QWidget* parent) : QTreeWidget(parent)
{
    setObjectName(objectName);
    header()->setObjectName(objectName + QStringLiteral(".header"));
    setColumnCount(3);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setTextElideMode(Qt::ElideMiddle);
    retranslate();
}

void SkippedView::setSkipped(const std::vector<snapshot::Skipped>& skipped)
{
    m_skipped = skipped;
    clear();
    for (const snapshot::Skipped& each : m_skipped) {
        auto* row = new QTreeWidgetItem(
            this, {base::visible(each.path), messages::skippedState(each.state), reasonOf(each.error)});
        row->setFont(0, fixedFont(font()));
        row->setIcon(1, signIcon(each.state == QLatin1String("forbidden") ? Sign::Unknown : Sign::Warning));
        row->setToolTip(0, plainToolTip(row->text(0)));
        row->setToolTip(2, plainToolTip(base::visible(messages::sentenceWithAdvice(each.error), base::Lines::Many)));
    }
    for (const int column : {0, 1})
        resizeColumnToContents(column);
    setColumnWidth(0, std::min(columnWidth(0), PathWidth));
    if (topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0));
}

void SkippedView::retranslate()
{
    setHeaderLabels({tr("Not captured"), tr("State"), tr("Why")});
    setAccessibleName(tr("What was not captured"));
    header()->setAccessibleName(accessibleName());
    setSkipped(std::vector(m_skipped));
}

} // namespace ui
