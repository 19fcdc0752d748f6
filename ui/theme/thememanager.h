#pragma once
// Which palette the window has. GUI thread; one, owned by who starts the program.

#include <QObject>

namespace ui {

enum class Theme { System, Light, Dark };

/// "system", "light", "dark": in settings and on the command line. Anything else is System.
Theme themeOf(QStringView id);
QString idOf(Theme theme);

class ThemeManager : public QObject {
    Q_OBJECT
public:
    /// Reads the desktop's scheme from the palette the application starts with, so make it before any setPalette().
    /// Qt 6.4 does not tell when the desktop changes its mind: System is what it was at the start.
    explicit ThemeManager(QObject* parent = nullptr);

    Theme theme() const { return m_theme; }
    /// Sets the palette of the application and of its tool tips, and at first its style. Cheap when nothing changes.
    void setTheme(Theme theme);
    /// What is on the screen now, System resolved.
    bool isDark() const;

Q_SIGNALS:
    void themeChanged(ui::Theme theme);

private:
    Theme m_theme = Theme::System;
    bool m_desktopIsDark = false;
    bool m_applied = false;
};

} // namespace ui
