#include "ui/shell/actionregistry.h"

#include "ui/widgets/plaintext.h"

#include <QCoreApplication>

namespace ui {
namespace {

constexpr const char* TextProperty = "alidadeText";
constexpr const char* ListProperty = "alidadeListText";
constexpr const char* PaletteProperty = "alidadePalette";

struct Menus {
    Q_DECLARE_TR_FUNCTIONS(ui::Menus)
};

} // namespace

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent) {}

QAction* ActionRegistry::add(const ActionSpec& spec)
{
    const QString id = QLatin1String(spec.id);
    Q_ASSERT(!action(id));
    auto* made = new QAction(this);
    made->setObjectName(id);
    made->setProperty(TextProperty, QByteArray(spec.text));
    made->setProperty(PaletteProperty, spec.inPalette);
    if (spec.listText)
        made->setProperty(ListProperty, QByteArray(spec.listText));
    made->setIcon(themeIcon(spec.icon));
    made->setShortcuts(spec.keys);
    made->setCheckable(spec.checkable);
    made->setText(QCoreApplication::translate("ui::Action", spec.text));
    made->setToolTip(plainToolTip(title(made)));
    m_actions << made;
    return made;
}

QAction* ActionRegistry::action(const QString& id) const
{
    for (QAction* each : m_actions)
        if (each->objectName() == id)
            return each;
    return nullptr;
}

bool ActionRegistry::isInPalette(const QAction* action) const
{
    return action->property(PaletteProperty).toBool();
}

QString ActionRegistry::title(const QAction* action)
{
    const QByteArray list = action->property(ListProperty).toByteArray();
    return list.isEmpty() ? withoutDecoration(action->text())
                          : QCoreApplication::translate("ui::Action", list.constData());
}

QString ActionRegistry::withoutDecoration(QString text)
{
    // Chinese puts the mnemonic in brackets behind the word: "退出(&Q)".
    const qsizetype bracket = text.indexOf(QLatin1String("(&"));
    if (bracket > 0 && bracket + 3 < text.size() && text[bracket + 3] == QLatin1Char(')'))
        text.remove(bracket, 4);
    text.remove(QLatin1Char('&'));
    while (text.endsWith(QChar(0x2026)))
        text.chop(1);
    return text;
}

QString ActionRegistry::menuOf(const QAction* action)
{
    return action->objectName().section(QLatin1Char('.'), 0, 0);
}

QString ActionRegistry::menuTitle(const QString& menu)
{
    if (menu == QLatin1String("file"))
        return Menus::tr("File");
    if (menu == QLatin1String("cluster"))
        return Menus::tr("Cluster");
    if (menu == QLatin1String("view"))
        return Menus::tr("View");
    if (menu == QLatin1String("go"))
        return Menus::tr("Go");
    if (menu == QLatin1String("tools"))
        return Menus::tr("Tools");
    if (menu == QLatin1String("help"))
        return Menus::tr("Help");
    return menu;
}

void ActionRegistry::retranslate()
{
    for (QAction* each : m_actions) {
        each->setText(
            QCoreApplication::translate("ui::Action", each->property(TextProperty).toByteArray().constData()));
        each->setToolTip(plainToolTip(title(each)));
    }
}

} // namespace ui
