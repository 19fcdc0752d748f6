#pragma once
// Items of lists as rows, for the tests of the kinds.

#include "app/kube/celltext.h"
#include "app/kube/objectkind.h"

#include <QTest>
#include <algorithm>

namespace kube::testing {

inline const ObjectKind& kindOf(const char* resource)
{
    for (const ObjectKind* kind : objectKinds()) {
        if (kind->resource == QLatin1String(resource))
            return *kind;
    }
    qFatal("no kind %s", resource);
}

/// JSON that is written with ' for ", which is easier to read in a literal (and moc loses its way in raw strings).
inline std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

/// What became of one item: an error, or a batch with one row.
struct Projected {
    simdjson::error_code error = simdjson::SUCCESS;
    RowBatch batch;
    std::vector<QString> texts{QString()};

    RowView view() const { return rowView(batch, 0, texts); }
    const RowHead& head() const { return batch.heads.front(); }
};

inline Projected project(const ObjectKind& kind, std::string_view json)
{
    Projected result;
    const simdjson::padded_string padded(json);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object item;
    RowBuilder builder(kind.cells);
    builder.begin();
    result.error = parser.iterate(padded).get(document);
    if (!result.error)
        result.error = document.get_object().get(item);
    if (!result.error)
        result.error = kind.project(item, builder);
    if (!result.error)
        builder.commit();
    result.batch = builder.take();
    result.texts.insert(result.texts.end(), result.batch.texts.begin(), result.batch.texts.end());
    return result;
}

inline const Column& column(const ObjectKind& kind, const QString& header)
{
    for (const Column& one : kind.columns) {
        if (one.header == header)
            return one;
    }
    qFatal("no column %s", qPrintable(header));
}

/// All cells, or the error as the only one.
inline QStringList texts(const ObjectKind& kind, const Projected& row, std::int64_t now)
{
    if (row.error)
        return {QLatin1String(simdjson::error_message(row.error))};
    QStringList all;
    for (const Column& one : kind.columns)
        all += cellText(one, row.view(), now);
    return all;
}

/// One cell by its column's header; the error where there is no row.
inline QString text(const ObjectKind& kind, const Projected& row, const char* header, std::int64_t now = 0)
{
    return row.error ? QString(QLatin1String(simdjson::error_message(row.error)))
                     : cellText(column(kind, QLatin1String(header)), row.view(), now);
}

} // namespace kube::testing
