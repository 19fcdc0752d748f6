#include "ui/objects/objectpage.h"

#include "ui/objects/detailcontroller.h"

#include <QEvent>
#include <QMenu>
#include <QVBoxLayout>

namespace ui {

ObjectPage::ObjectPage(const View& view, store::Cluster* cluster, const kube::ApiResource& resource,
                       Navigator* navigator, ObjectCommands* commands)
    : Page(view),
      m_resource(resource.resource),
      m_pane(new DetailPane(QStringLiteral("object"))),
      m_controller(new DetailController(m_pane, cluster, navigator, commands))
{
    m_pane->setClosable(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pane);
    m_controller->show(resource, view.object);
}

QString ObjectPage::title() const
{
    return view().object.name;
}

QIcon ObjectPage::icon() const
{
    return themeIcon(iconOf(m_resource));
}

void ObjectPage::refresh()
{
    m_controller->refresh();
}

void ObjectPage::find()
{
    m_pane->find();
}

void ObjectPage::focusContent()
{
    m_pane->setFocus(Qt::ShortcutFocusReason);
}

QList<QAction*> ObjectPage::objectActions()
{
    m_controller->fillMenu();
    return m_pane->menu()->actions();
}

void ObjectPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        m_controller->retranslate();
    Page::changeEvent(event);
}

} // namespace ui
