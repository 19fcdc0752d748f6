#pragma once
// A table as CSV (RFC 4180), as it is shown: its columns in their order, all its rows.

#include <QString>

class QTableView;
class QIODevice;

namespace ui {

/// One field, quoted where it must be. Text that a spreadsheet would run as a formula gets an apostrophe in front: what
/// a cluster sends is not to be trusted with that. Numbers stay as they are.
QString csvField(const QString& text);

/// UTF-8 with a byte order mark, which is what spreadsheets need to read Chinese. False when the device failed.
bool writeCsv(const QTableView& table, QIODevice& device);

} // namespace ui
