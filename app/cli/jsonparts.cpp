#include "app/cli/jsonparts.h"

#include "app/messages/errors.h"

namespace cli {

kube::Json textOrNull(const QString& text)
{
    return text.isEmpty() ? kube::Json(nullptr) : kube::Json(text.toStdString());
}

kube::Json texts(const QStringList& list)
{
    kube::Json json = kube::Json::array();
    for (const QString& text : list)
        json.push_back(text.toStdString());
    return json;
}

kube::Json refJson(const kube::ObjectRef& ref)
{
    return {{"apiVersion", ref.apiVersion.toStdString()},
            {"kind", ref.kind.toStdString()},
            {"namespace", textOrNull(ref.nameSpace)},
            {"name", ref.name.toStdString()},
            {"uid", textOrNull(ref.uid)}};
}

kube::Json errorJson(const base::Error& error)
{
    return {{"kind", base::idOf(error.kind).toStdString()},
            {"httpStatus", error.httpStatus > 0 ? kube::Json(error.httpStatus) : kube::Json(nullptr)},
            {"reason", error.reason.toStdString()},
            {"message", messages::sentence(error).toStdString()},
            {"advice", messages::advice(error).toStdString()}};
}

} // namespace cli
