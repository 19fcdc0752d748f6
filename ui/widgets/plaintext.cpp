#include "ui/widgets/plaintext.h"

namespace ui {

QString plainToolTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    // Escaped and declared as rich: the only way by which no text whatever is guessed to be HTML.
    return QLatin1String("<p style=\"white-space:pre-wrap\">%1</p>").arg(text.toHtmlEscaped());
}

QString withoutMnemonic(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace ui
