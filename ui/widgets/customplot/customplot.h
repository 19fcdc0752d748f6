#pragma once
// Plot on QCustomPlot. In the library that is loaded late: includes nothing of ui/ but the interface.

#include "ui/widgets/plot.h"

#include <qcustomplot.h>

namespace ui {

class CustomPlot final : public QCustomPlot, public Plot {
    Q_OBJECT
public:
    explicit CustomPlot(QWidget* parent);

    QWidget* widget() override { return this; }
    void setLook(const PlotLook& look) override;
    void setContent(const PlotContent& content) override;
    void setCursor(const QDateTime& at) override;
    QImage image(double scale) override;

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void addLines();
    void addLevels();
    void addMarks();
    void nameUnit();

    PlotLook m_look;
    PlotContent m_content;
    QSharedPointer<QCPAxisTickerDateTime> m_times;
    QCPItemStraightLine* m_cursor = nullptr;
    QDateTime m_at;
};

class CustomPlotFactory final : public QObject, public PlotFactory {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "io.alidade.PlotFactory/1")
    Q_INTERFACES(ui::PlotFactory)
public:
    Plot* create(QWidget* parent) override { return new CustomPlot(parent); }
};

} // namespace ui
