#pragma once
// The words above columns. The server's own words are the ids; a person reads them in their language.

#include <QString>

namespace models {

/// "Restarts" or 重启次数; a word that is not known (of a custom resource) stays as it is.
QString columnName(const QString& header);

} // namespace models
