#pragma once
// What opens a row of a table: a double click or Return. activated() is of no use for it: on some desktops it comes
// for a single click.

#include <QTableView>
#include <functional>

namespace ui {

void onRowOpened(QTableView* table, std::function<void(int row)> open);

} // namespace ui
