#include "app/models/jsontext.h"

#include "app/base/visible.h"

namespace models::json {

QString text(const kube::Json& value)
{
    if (value.is_null())
        return {};
    if (value.is_string())
        return base::visible(value.get_ref<const std::string&>(), base::Lines::Many);
    return base::visible(QString::fromUtf8(kube::toBytes(value)));
}

QString text(const kube::Json& object, std::initializer_list<const char*> path)
{
    return text(at(object, path));
}

QStringList pairs(const kube::Json& map, QLatin1String between)
{
    QStringList texts;
    if (map.is_object())
        for (const auto& [key, value] : map.items())
            texts += base::visible(key) + between + text(value);
    return texts;
}

QStringList list(const kube::Json& array)
{
    QStringList texts;
    if (array.is_array())
        for (const kube::Json& value : array)
            texts += text(value);
    return texts;
}

} // namespace models::json
