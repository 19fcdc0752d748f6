#pragma once
// How the bodies of lists and the objects of watches become rows: one reader for kinds that are kept as objects, one
// for the server's Tables. A reader lives in the worker thread, with its reflector.

#include "app/base/result.h"
#include "app/kube/apiresource.h"
#include "app/kube/objectkind.h"
#include "app/kube/rows.h"
#include "app/kube/table.h"

#include <memory>
#include <span>

namespace kube {

class RowReader {
public:
    virtual ~RowReader() = default;

    /// The Accept header, and what the query needs beside.
    virtual QByteArray accept() const = 0;
    virtual std::vector<std::pair<QString, QString>> query() const { return {}; }
    /// True when rows come out while a body streams; such a list is asked for whole, all others page by page.
    virtual bool isStreamed() const = 0;

    /// A new body begins; what an unfinished one left is dropped. `serverNow`: seconds since 1970 by the server's Date.
    virtual void beginBody(std::int64_t serverNow) = 0;
    virtual std::span<char> space() = 0;
    virtual base::Result<void> commit(std::size_t count) = 0;
    /// The clean end of the body: the list's metadata.
    virtual base::Result<ListMeta> endBody() = 0;

    /// One object of a watch (or one Table with one row): its row is committed to builder(). Answers its
    /// resourceVersion; a BOOKMARK makes no row.
    virtual base::Result<QString> readEvent(std::string_view json, std::size_t readable, bool isBookmark) = 0;

    /// Null until columns are known: then, and whenever they change, another pointer than before.
    std::shared_ptr<const std::vector<Column>> columns() const { return m_columns; }
    RowBuilder* builder() { return m_builder.get(); }

protected:
    void setColumns(std::vector<Column> columns, std::size_t cells)
    {
        m_columns = std::make_shared<const std::vector<Column>>(std::move(columns));
        m_builder = std::make_unique<RowBuilder>(cells);
    }

private:
    std::shared_ptr<const std::vector<Column>> m_columns;
    std::unique_ptr<RowBuilder> m_builder;
};

std::unique_ptr<RowReader> makeObjectReader(ObjectKind kind);
/// Answers Error{BadAnswer, "notATable"} where the server makes no Table of this kind: metadataKind() then stands in.
std::unique_ptr<RowReader> makeTableReader(const ApiResource& resource);
/// Any kind by its metadata alone: name and age.
ObjectKind metadataKind(const ApiResource& resource);
/// Objects where we know the kind, else the server's Table.
std::unique_ptr<RowReader> makeRowReader(const ApiResource& resource);

} // namespace kube
