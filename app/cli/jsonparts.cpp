#include "app/cli/jsonparts.h"

#include "app/messages/errors.h"

namespace cli {

kube::Json errorJson(const base::Error& error)
{
    return {{"kind", base::idOf(error.kind).toStdString()},
            {"httpStatus", error.httpStatus > 0 ? kube::Json(error.httpStatus) : kube::Json(nullptr)},
            {"reason", error.reason.toStdString()},
            {"message", messages::sentence(error).toStdString()},
            {"advice", messages::advice(error).toStdString()}};
}

} // namespace cli
