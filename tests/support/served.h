#pragma once
// Lists, Tables and watch events as an APIServer serves them, for scripts.

#include <QByteArray>
#include <vector>

namespace support {

/// One object of a scripted list.
struct ServedObject {
    QByteArray name;
    int version = 1; ///< resourceVersion
    QByteArray nameSpace = {};
    QByteArray uid = {}; ///< empty: one made of namespace and name
    int value = 0;       ///< the cell "Data" of a Table
};

QByteArray uidOf(const ServedObject& object);
QByteArray objectJson(const ServedObject& object);
/// {"kind":"NamespaceList",...}
QByteArray listJson(const std::vector<ServedObject>& objects, int version, const QByteArray& continueToken = {});
/// The same up to where its items end: "," + items may follow, then listTail().
QByteArray listHead(const std::vector<ServedObject>& objects, int version);
QByteArray listTail();

/// A Table with the columns Name, Data, Age (or `columns` in place of Data).
QByteArray tableJson(const std::vector<ServedObject>& objects, int version, const QByteArray& continueToken = {},
                     const QByteArray& column = "Data", bool withColumns = true);

/// One line of a watch.
QByteArray eventJson(const QByteArray& type, const QByteArray& object);
QByteArray eventJson(const QByteArray& type, const ServedObject& object);
QByteArray bookmarkJson(int version);
/// A Status; `cause` as in details.causes[].reason.
QByteArray statusJson(int code, const QByteArray& reason, const QByteArray& cause = {});

} // namespace support
