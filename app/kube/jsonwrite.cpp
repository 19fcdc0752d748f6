#include "app/kube/jsonwrite.h"

namespace kube {

Json textOrNull(const QString& text)
{
    return text.isEmpty() ? Json(nullptr) : Json(text.toStdString());
}

Json texts(const QStringList& list)
{
    Json json = Json::array();
    for (const QString& text : list)
        json.push_back(text.toStdString());
    return json;
}

Json refJson(const ObjectRef& ref)
{
    return {{"apiVersion", ref.apiVersion.toStdString()},
            {"kind", ref.kind.toStdString()},
            {"namespace", textOrNull(ref.nameSpace)},
            {"name", ref.name.toStdString()},
            {"uid", textOrNull(ref.uid)}};
}

} // namespace kube
