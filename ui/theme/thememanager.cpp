#include "ui/theme/thememanager.h"

#include "ui/theme/colors.h"
#include "ui/theme/palettes.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QToolTip>

namespace ui {

Theme themeOf(QStringView id)
{
    if (id == QLatin1String("light"))
        return Theme::Light;
    if (id == QLatin1String("dark"))
        return Theme::Dark;
    return Theme::System;
}

QString idOf(Theme theme)
{
    switch (theme) {
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::Dark:
        return QStringLiteral("dark");
    case Theme::System:
        break;
    }
    return QStringLiteral("system");
}

ThemeManager::ThemeManager(QObject* parent) : QObject(parent), m_desktopIsDark(ui::isDark(QGuiApplication::palette()))
{
}

bool ThemeManager::isDark() const
{
    return m_theme == Theme::Dark || (m_theme == Theme::System && m_desktopIsDark);
}

void ThemeManager::setTheme(Theme theme)
{
    if (m_applied && theme == m_theme)
        return;
    if (!m_applied && !qobject_cast<Style*>(QApplication::style()))
        QApplication::setStyle(new Style); // the application owns it
    m_theme = theme;
    m_applied = true;
    const QPalette palette = isDark() ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    // A tool tip takes its colours from the platform's theme unless it has been told its own.
    QToolTip::setPalette(palette);
    Q_EMIT
    themeChanged(theme);
}

} // namespace ui
