#pragma once
// A kind as the server's own Table, whole: page by page, asked again at once when the pages went stale under it.

#include "app/kube/client.h"
#include "app/kube/listwatch.h"
#include "app/kube/table.h"

namespace kube {

/// The value of a cell, kept.
struct TableValue {
    TableCell::Type type = TableCell::Type::Null;
    QByteArray text; ///< UTF-8 as it was sent, or the JSON token
};

struct WholeTable {
    struct Row {
        std::vector<TableValue> cells;
        QByteArray name; ///< UTF-8 as it was sent; so are the others
        QByteArray nameSpace;
        QByteArray uid;
    };
    std::vector<TableColumn> columns;
    std::vector<Row> rows;
    QString resourceVersion;
};

/// Where the server makes no Table of this kind, one of name and age is made here.
base::Call<WholeTable> getTable(const Client& client, const ApiResource& resource, const ListScope& scope);

} // namespace kube
