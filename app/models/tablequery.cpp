#include "app/models/rowtablemodel.h"

#include <QUrl>

namespace models {
namespace {

void add(QString& text, const char* key, const QString& value)
{
    if (!text.isEmpty())
        text += QLatin1Char('&');
    text += QLatin1String(key) + QLatin1Char('=') + QString::fromLatin1(QUrl::toPercentEncoding(value));
}

} // namespace

QString TableQuery::toText() const
{
    QString text;
    if (!filter.isEmpty())
        add(text, "filter", filter);
    for (const QString& name : namespaces)
        add(text, "namespace", name);
    // "-Age" is descending; a column whose own name begins with a sign gets one before it.
    const bool descends = sortOrder == Qt::DescendingOrder;
    const bool hasSign = sortColumn.startsWith(QLatin1Char('-')) || sortColumn.startsWith(QLatin1Char('+'));
    if (descends || !sortColumn.isEmpty())
        add(text, "sort", QLatin1String(descends ? "-" : hasSign ? "+" : "") + sortColumn);
    return text;
}

TableQuery TableQuery::fromText(const QString& text)
{
    TableQuery query;
    for (const QString& item : text.split(QLatin1Char('&'))) {
        const auto equals = item.indexOf(QLatin1Char('='));
        const QString key = item.left(equals);
        const QString value = equals < 0 ? QString() : QUrl::fromPercentEncoding(item.mid(equals + 1).toUtf8());
        if (key == QLatin1String("filter")) {
            query.filter = value;
        } else if (key == QLatin1String("namespace")) {
            query.namespaces += value;
        } else if (key == QLatin1String("sort")) {
            const bool hasSign = value.startsWith(QLatin1Char('-')) || value.startsWith(QLatin1Char('+'));
            query.sortOrder = value.startsWith(QLatin1Char('-')) ? Qt::DescendingOrder : Qt::AscendingOrder;
            query.sortColumn = hasSign ? value.mid(1) : value;
        }
    }
    return query;
}

} // namespace models
