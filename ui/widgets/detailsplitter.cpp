#include "ui/widgets/detailsplitter.h"

#include <QSplitter>

namespace ui {

QSplitter* detailSplitter(const QString& objectName, QWidget* list, QWidget* detail, int detailWidth)
{
    auto* splitter = new QSplitter;
    splitter->setObjectName(objectName);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(5);
    splitter->addWidget(list);
    splitter->addWidget(detail);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({10 * detailWidth, detailWidth});
    return splitter;
}

} // namespace ui
