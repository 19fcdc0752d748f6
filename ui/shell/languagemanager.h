#pragma once
// The window's language: loads the translators, live. Widgets hear of it by QEvent::LanguageChange; models hear of it
// from who shows them. GUI thread; one, owned by who starts the program.

#include <QFont>
#include <QLocale>
#include <QObject>
#include <QTranslator>

namespace ui {

enum class Language { System, English, Chinese };

/// "system", "en", "zh_CN": in settings and on the command line. "zh" and its other forms are Chinese too; anything
/// else is System.
Language languageOf(QStringView id);
QString idOf(Language language);

class LanguageManager : public QObject {
    Q_OBJECT
public:
    /// `system` decides what Language::System is.
    explicit LanguageManager(const QLocale& system = QLocale::system(), QObject* parent = nullptr);
    ~LanguageManager() override;

    Language language() const { return m_language; }
    /// System resolved.
    bool isChinese() const;
    /// Installs the translators of the language, sets the application's font families, then posts LanguageChange.
    void setLanguage(Language language);

Q_SIGNALS:
    /// After the translators changed: for models and other things that are no widgets.
    void languageChanged();

private:
    QLocale m_system;
    QFont m_desktopFont;
    Language m_language = Language::System;
    bool m_applied = false;
    QTranslator m_texts;
    QTranslator m_qtTexts;
};

} // namespace ui
