#include "app/config/address.h"

#include <array>

namespace config {
namespace {

struct Word {
    const char* text;
    AddressType type;
};

// The first of each type is its id.
constexpr std::array Words{
    Word{"Real", AddressType::Real},       Word{"Advertise", AddressType::Advertise},
    Word{"Public", AddressType::Public},   Word{"Internal", AddressType::Internal},
    Word{"Support", AddressType::Support}, Word{"Manual", AddressType::Manual},
    Word{"真实", AddressType::Real},       Word{"主节点", AddressType::Real},
    Word{"VIP", AddressType::Advertise},   Word{"高可用", AddressType::Advertise},
    Word{"广播", AddressType::Advertise},  Word{"公网", AddressType::Public},
    Word{"外网", AddressType::Public},     Word{"内网", AddressType::Internal},
    Word{"PublicLB", AddressType::Public}, Word{"支撑", AddressType::Support},
};

} // namespace

QString idOf(AddressType type)
{
    for (const Word& word : Words)
        if (word.type == type)
            return QString::fromUtf8(word.text);
    return {};
}

std::optional<AddressType> addressTypeOf(const QString& text)
{
    for (const Word& word : Words)
        if (text.compare(QString::fromUtf8(word.text), Qt::CaseInsensitive) == 0)
            return word.type;
    return {};
}

} // namespace config
