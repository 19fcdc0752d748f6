#include "ui/widgets/csv.h"

#include <QHeaderView>
#include <QIODevice>
#include <QTableView>
#include <algorithm>
#include <tuple>

namespace ui {

QString csvField(const QString& text)
{
    QString field = text;
    if (!field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field.front())) {
        bool number = false;
        std::ignore = field.toDouble(&number);
        if (!number)
            field.prepend(QLatin1Char('\''));
    }
    const auto special = [](QChar c) {
        return c == QLatin1Char(',') || c == QLatin1Char('"') || c == QLatin1Char('\n') || c == QLatin1Char('\r');
    };
    if (std::any_of(field.cbegin(), field.cend(), special)) {
        field.replace(QLatin1Char('"'), QLatin1String("\"\""));
        field = QLatin1Char('"') + field + QLatin1Char('"');
    }
    return field;
}

bool writeCsv(const QTableView& table, QIODevice& device)
{
    const QAbstractItemModel* model = table.model();
    const QHeaderView* header = table.horizontalHeader();
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual)
        if (const int logical = header->logicalIndex(visual); !header->isSectionHidden(logical))
            columns << logical;
    const auto write = [&device](const QStringList& fields) {
        const QByteArray line = fields.join(QLatin1Char(',')).toUtf8() + "\r\n";
        return device.write(line) == line.size();
    };
    if (device.write("\xEF\xBB\xBF") != 3)
        return false;
    QStringList fields;
    for (const int column : columns)
        fields << csvField(model->headerData(column, Qt::Horizontal).toString());
    bool good = write(fields);
    for (int row = 0; good && row < model->rowCount(); ++row) {
        fields.clear();
        for (const int column : columns)
            fields << csvField(model->index(row, column).data().toString());
        good = write(fields);
    }
    return good;
}

} // namespace ui
