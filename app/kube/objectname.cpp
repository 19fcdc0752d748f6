#include "app/kube/objectname.h"

#include "app/base/visible.h"

namespace kube {

QString objectName(const QString& nameSpace, const QString& name)
{
    return nameSpace.isEmpty() ? name : nameSpace + QLatin1Char('/') + name;
}

QString shownName(const QString& nameSpace, const QString& name)
{
    return base::visible(objectName(nameSpace, name));
}

} // namespace kube
