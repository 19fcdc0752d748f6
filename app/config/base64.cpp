#include "app/config/base64.h"

#include <algorithm>

namespace config {

std::optional<QByteArray> decodeBase64(QByteArrayView text)
{
    QByteArray packed;
    packed.reserve(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(packed), [](char c) { return c != '\r' && c != '\n'; });
    // Qt takes text without its padding, or with some in its midst, where Go does not.
    const auto padding = packed.indexOf('=');
    if (packed.size() % 4 != 0 || (padding >= 0 && (padding < packed.size() - 2 || packed.back() != '=')))
        return {};
    const auto result = QByteArray::fromBase64Encoding(std::move(packed), QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return {};
    return result.decoded;
}

} // namespace config
