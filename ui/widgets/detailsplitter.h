#pragma once
// A list and, at its right, the details of what is chosen in it.

#include <QString>

class QSplitter;
class QWidget;

namespace ui {

/// Takes both. What there is to gain in width goes to the list; neither can be pushed away. `detailWidth`: at first, in
/// pixels.
QSplitter* detailSplitter(const QString& objectName, QWidget* list, QWidget* detail, int detailWidth);

} // namespace ui
