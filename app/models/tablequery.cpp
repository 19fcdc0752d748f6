#include "app/models/rowtablemodel.h"

#include <QUrlQuery>

namespace models {

QString TableQuery::toText() const
{
    QUrlQuery text;
    const auto add = [&text](const QString& key, const QString& value) {
        text.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    if (!filter.isEmpty())
        add(QStringLiteral("filter"), filter);
    for (const QString& name : namespaces)
        add(QStringLiteral("namespace"), name);
    if (!sortColumn.isEmpty())
        add(QStringLiteral("sort"), (sortOrder == Qt::DescendingOrder ? QStringLiteral("-") : QString()) + sortColumn);
    return text.toString(QUrl::FullyEncoded);
}

TableQuery TableQuery::fromText(const QString& text)
{
    TableQuery query;
    const auto items = QUrlQuery(text).queryItems(QUrl::FullyEncoded);
    for (const auto& [key, encoded] : items) {
        QString value = QUrl::fromPercentEncoding(encoded.toLatin1());
        // toText() encodes once more than a query does by itself, so that any text survives.
        value = QUrl::fromPercentEncoding(value.toLatin1());
        if (key == QLatin1String("filter")) {
            query.filter = value;
        } else if (key == QLatin1String("namespace")) {
            query.namespaces += value;
        } else if (key == QLatin1String("sort")) {
            query.sortOrder = value.startsWith(QLatin1Char('-')) ? Qt::DescendingOrder : Qt::AscendingOrder;
            query.sortColumn = query.sortOrder == Qt::DescendingOrder ? value.mid(1) : value;
        }
    }
    return query;
}

} // namespace models
