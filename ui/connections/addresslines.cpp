#include "ui/connections/addresslines.h"

#include "app/config/pasted.h"

namespace ui {

AddressLines addressesOf(const QString& lines)
{
    AddressLines result;
    for (const QString& line : lines.split(QLatin1Char('\n'))) {
        QString words = line.simplified();
        if (words.isEmpty())
            continue;
        words.remove(QLatin1Char('(')).remove(QLatin1Char(')'));
        const qsizetype space = words.indexOf(QLatin1Char(' '));
        const auto url = config::addressFrom(space < 0 ? words : words.left(space));
        const auto type =
            space < 0 ? std::optional(config::AddressType::Manual) : config::addressTypeOf(words.mid(space + 1));
        if (!url || !type) {
            if (result.wrong.isEmpty())
                result.wrong = line.simplified();
            continue;
        }
        result.addresses.push_back({*type, *url});
    }
    return result;
}

QString linesOf(const std::vector<config::KnownAddress>& addresses)
{
    QStringList lines;
    for (const config::KnownAddress& address : addresses)
        lines << address.url.toString() + (address.type == config::AddressType::Manual
                                               ? QString()
                                               : QLatin1Char(' ') + config::idOf(address.type));
    return lines.join(QLatin1Char('\n'));
}

} // namespace ui
