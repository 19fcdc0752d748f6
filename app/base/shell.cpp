#include "app/base/shell.h"

#include <algorithm>

namespace base {

QString shellQuoted(const QString& word)
{
    const auto isPlain = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QLatin1String("@%+=:,./_-").contains(c));
    };
    if (!word.isEmpty() && std::ranges::all_of(word, isPlain))
        return word;
    return QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

} // namespace base
