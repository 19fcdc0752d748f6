#include "ui/shell/pagetabs.h"

#include "ui/shell/page.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QMouseEvent>
#include <QSet>
#include <QTabBar>
#include <QToolButton>

namespace ui {

PageTabs::PageTabs(QWidget* parent) : QTabWidget(parent)
{
    setObjectName(QStringLiteral("tabs"));
    tabBar()->setObjectName(QStringLiteral("tabs.bar"));
    setDocumentMode(true);
    setMovable(true);
    setElideMode(Qt::ElideMiddle);
    setIconSize(QSize(grid::Icon, grid::Icon));
    tabBar()->setExpanding(false);
    tabBar()->installEventFilter(this);
    connect(this, &QTabWidget::currentChanged, this, [this] {
        Q_EMIT
        currentPageChanged(currentPage());
    });
}

void PageTabs::addPage(Page* page)
{
    const int at = insertTab(currentIndex() + 1, page, QString());
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("tabs.close"));
    close->setIcon(themeIcon(Icon::Close, ColorId::Muted));
    close->setIconSize(QSize(12, 12));
    close->setFixedSize(18, 18);
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::NoFocus); // Ctrl+W is the keyboard's way
    tabBar()->setTabButton(at, QTabBar::RightSide, close);
    connect(close, &QToolButton::clicked, page, [this, page] { closePage(page); });
    connect(page, &Page::changed, this, [this, page] { label(page); });
    labelAll();
    if (currentPage() == page) // the first one was current before it had its name
        Q_EMIT currentPageChanged(page);
    setCurrentWidget(page);
}

Page* PageTabs::page(int index) const
{
    return qobject_cast<Page*>(widget(index));
}

Page* PageTabs::currentPage() const
{
    return qobject_cast<Page*>(currentWidget());
}

Page* PageTabs::find(const QString& identity) const
{
    for (int i = 0; i < count(); ++i)
        if (Page* each = page(i); each && each->view().identity() == identity)
            return each;
    return nullptr;
}

void PageTabs::closePage(Page* page)
{
    removeTab(indexOf(page));
    page->deleteLater();
    labelAll();
}

void PageTabs::closeCurrent()
{
    if (Page* page = currentPage())
        closePage(page);
}

void PageTabs::step(int by)
{
    if (count() > 0)
        setCurrentIndex((currentIndex() + by + count()) % count());
}

void PageTabs::showTab(int index)
{
    if (index >= 0 && index < count())
        setCurrentIndex(index);
}

void PageTabs::label(Page* page)
{
    const int at = indexOf(page);
    if (at < 0)
        return;
    // The cluster is named as soon as there is more than one.
    QSet<QString> clusters;
    for (int i = 0; i < count(); ++i)
        clusters.insert(this->page(i)->view().cluster);
    const QString cluster = page->view().cluster;
    const QString whole = cluster.isEmpty() ? page->title() : tr("%1 – %2").arg(page->title(), cluster);
    setTabText(at, withoutMnemonic(clusters.size() > 1 ? whole : page->title()));
    setTabToolTip(at, plainToolTip(whole));
    setTabIcon(at, page->icon());
    page->setAccessibleName(whole);
    if (QWidget* close = tabBar()->tabButton(at, QTabBar::RightSide)) {
        close->setAccessibleName(tr("Close %1").arg(page->title()));
        close->setToolTip(plainToolTip(tr("Close %1").arg(page->title())));
    }
}

void PageTabs::labelAll()
{
    tabBar()->setAccessibleName(tr("Open pages"));
    setAccessibleName(tr("Open pages"));
    for (int i = 0; i < count(); ++i)
        label(page(i));
}

void PageTabs::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        labelAll();
    QTabWidget::changeEvent(event);
}

bool PageTabs::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == tabBar() && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const int at = tabBar()->tabAt(mouse->pos());
        if (mouse->button() == Qt::MiddleButton && at >= 0) {
            closePage(page(at));
            return true;
        }
    }
    return QTabWidget::eventFilter(watched, event);
}

} // namespace ui
