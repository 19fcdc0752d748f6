#include "ui/shell/languagemanager.h"

#include "ui/theme/fonts.h"

#include <QApplication>
#include <QLibraryInfo>

namespace ui {

Language languageOf(QStringView id)
{
    if (id.startsWith(QLatin1String("zh"), Qt::CaseInsensitive))
        return Language::Chinese;
    if (id.startsWith(QLatin1String("en"), Qt::CaseInsensitive))
        return Language::English;
    return Language::System;
}

QString idOf(Language language)
{
    switch (language) {
    case Language::English:
        return QStringLiteral("en");
    case Language::Chinese:
        return QStringLiteral("zh_CN");
    case Language::System:
        break;
    }
    return QStringLiteral("system");
}

LanguageManager::LanguageManager(const QLocale& system, QObject* parent)
    : QObject(parent),
      m_system(system),
      m_desktopFont(QApplication::font())
{
}

LanguageManager::~LanguageManager() = default;

bool LanguageManager::isChinese() const
{
    return m_language == Language::Chinese ||
           (m_language == Language::System && m_system.language() == QLocale::Chinese);
}

void LanguageManager::setLanguage(Language language)
{
    if (m_applied && language == m_language)
        return;
    m_applied = true;
    m_language = language;
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qtTexts);
    // English has a translation as well: its plurals.
    const QString name = isChinese() ? QStringLiteral("zh_CN") : QStringLiteral("en");
    QLocale::setDefault(isChinese() ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English));
    if (isChinese() &&
        m_qtTexts.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTexts);
    if (m_texts.load(QLatin1String(":/i18n/alidade_%1.qm").arg(name)))
        QCoreApplication::installTranslator(&m_texts);
    QApplication::setFont(interfaceFont(m_desktopFont, isChinese()));
    Q_EMIT
    languageChanged();
}

} // namespace ui
