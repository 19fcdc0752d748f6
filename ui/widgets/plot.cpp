#include "ui/widgets/plot.h"

#include "ui/widgets/module.h"

namespace ui {

Plot* createPlot(QWidget* parent, QString* why)
{
    auto* factory = moduleOf<PlotFactory>(QStringLiteral("alidade_plot"), why);
    return factory ? factory->create(parent) : nullptr;
}

} // namespace ui
