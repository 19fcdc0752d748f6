#include "ui/theme/fonts.h"

#include <QStringList>

namespace ui {
namespace {

// A generic name is an alias that the font system resolves by the locale, Han characters included.
bool isGeneric(const QString& family)
{
    static const QStringList generic{QStringLiteral("sans"), QStringLiteral("sans serif"), QStringLiteral("sans-serif"),
                                     QStringLiteral("system-ui"), QStringLiteral("monospace")};
    return family.isEmpty() || generic.contains(family.toLower());
}

} // namespace

QFont interfaceFont(const QFont& desktop, bool chinese)
{
    QStringList families;
    if (!isGeneric(desktop.family()))
        families << desktop.family();
    const QString latin = QStringLiteral("DejaVu Sans");
    const QStringList han{QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Source Han Sans SC"),
                          QStringLiteral("WenQuanYi Micro Hei")};
    // In Chinese text the Chinese font comes first: quotation marks, dashes and ellipses are full-width there, and
    // Latin words take their weight from the characters around them.
    families << (chinese ? han + QStringList{latin} : QStringList{latin} + han);
    QFont font = desktop;
    font.setFamilies(families);
    return font;
}

QFont fixedFont(const QFont& like)
{
    QFont font = like;
    font.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono CJK SC"),
                      QStringLiteral("Noto Sans CJK SC"), QStringLiteral("monospace")});
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

} // namespace ui
