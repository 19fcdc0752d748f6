#include "ui/connections/contextcommands.h"

#include "app/messages/errors.h"
#include "ui/connections/connections.h"
#include "ui/connections/credentialdialog.h"
#include "ui/theme/icons.h"

#include <QCoreApplication>
#include <QMenu>

namespace ui {
namespace {

struct ContextCommands {
    Q_DECLARE_TR_FUNCTIONS(ui::ContextCommands)
};

} // namespace

config::Marks withMark(config::Marks marks, bool production, bool on)
{
    if (production) {
        marks.production = on;
        marks.readOnly.reset();
    } else {
        marks.readOnly = on == marks.production ? std::optional<bool>() : std::optional(on);
    }
    return marks;
}

void showCredential(Connections* connections, const config::Context& context, QWidget* parent)
{
    (new CredentialDialog(connections, context, {}, parent))->open();
}

void addContextCommands(QMenu* menu, Connections* connections, const config::Context& context, QWidget* parent,
                        std::function<void(const QString&)> said)
{
    const auto add = [menu](const char* name, Icon icon, const QString& text) {
        QAction* action = menu->addAction(themeIcon(icon), text);
        action->setObjectName(menu->objectName() + QLatin1Char('.') + QLatin1String(name));
        return action;
    };
    QObject::connect(add("credential", Icon::Access, ContextCommands::tr("Cluster &credential…")), &QAction::triggered,
                     parent, [=] { showCredential(connections, context, parent); });
    if (!context.member.isEmpty()) // it is marked as its platform is
        return;
    const auto addMark = [&](const char* name, Icon icon, const QString& text, bool production, bool isSet) {
        QAction* action = add(name, icon, text);
        action->setCheckable(true);
        action->setChecked(isSet);
        QObject::connect(action, &QAction::triggered, parent, [=](bool on) {
            const config::Marks marks = withMark(connections->settings().marksOf(context), production, on);
            if (const auto set = connections->setMarks(context, marks); !set)
                said(messages::sentenceWithAdvice(set.error()));
        });
    };
    addMark("production", Icon::Production, ContextCommands::tr("&Production"), true, context.production);
    addMark("readOnly", Icon::Lock, ContextCommands::tr("&Read-only"), false, context.readOnly);
}

} // namespace ui
