#include "ui/changes/changecommands.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"
#include "ui/volumes/hostpathcontroller.h"

namespace ui {

void Composition::connectVolumes()
{
    connect(m_changes.get(), &ChangeCommands::hostPathRequested, this, &openHostPath);
    connect(m_actions->action(QStringLiteral("cluster.host-path")), &QAction::triggered, this, [this] {
        if (m_current && m_current->isOpen())
            openNewWithHostPath(m_current, m_window.get());
    });
}

} // namespace ui
