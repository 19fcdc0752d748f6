#include "ui/composition.h"

#include "ui/clustertree/clustertreepanel.h"
#include "ui/journal/journalpanel.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/thememanager.h"

#include <QStandardPaths>

namespace ui {

Composition::Composition(const Options& options)
{
    const QString file = options.settings.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                                   QStringLiteral("/alidade/alidade.ini")
                             : options.settings;
    m_settings = std::make_unique<QSettings>(file, QSettings::IniFormat);
    const auto chosen = [this](const QString& option, const char* key) {
        return option.isEmpty() ? m_settings->value(QLatin1String(key)).toString() : option;
    };
    // Palette, fonts and texts first: every widget is made in its final look.
    m_theme = std::make_unique<ThemeManager>();
    m_theme->setTheme(themeOf(chosen(options.theme, "window/theme")));
    m_language = std::make_unique<LanguageManager>();
    m_language->setLanguage(languageOf(chosen(options.language, "window/language")));
    m_actions = std::make_unique<ActionRegistry>();
    m_window = std::make_unique<MainWindow>(*m_actions, *m_theme, *m_language, *m_settings);

    m_tree = new ClusterTreePanel;
    m_window->setTree(m_tree);
    m_window->setJournal([] { return new JournalPanel; });
}

Composition::~Composition() = default;

} // namespace ui
