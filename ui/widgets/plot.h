#pragma once
// A plot of values over time as the window sees it. The one that there is stands on QCustomPlot in a library of its
// own, which is loaded when somebody looks at a plot for the first time.

#include <QColor>
#include <QDateTime>
#include <QFont>
#include <QImage>
#include <QWidget>
#include <functional>
#include <vector>

namespace ui {

/// Colours by what they mean, since the library knows no palette of ours.
struct PlotLook {
    QFont font;
    QColor text;
    QColor quiet; ///< axes and their numbers
    QColor ground;
    QColor grid;
    QColor cursor;
};

struct PlotPoint {
    QDateTime at;
    double value = 0; ///< in the unit of the axis; finite
};

struct PlotLine {
    QString name; ///< in the legend
    QColor color;
    Qt::PenStyle style = Qt::SolidLine;
    std::vector<std::vector<PlotPoint>> runs; ///< between two of them nothing is drawn
};

/// A value that holds all the time.
struct PlotLevel {
    QString name;
    double value = 0;
    QColor color;
    Qt::PenStyle style = Qt::DashLine;
};

struct PlotMark {
    QDateTime at;
    QColor color;
    QImage sign; ///< at the top of its line
};

struct PlotContent {
    QString unit; ///< above the axis
    QDateTime from;
    QDateTime to;
    double top = 1; ///< the axis runs from 0 to this
    std::vector<PlotLine> lines;
    std::vector<PlotLevel> levels;
    std::vector<PlotMark> marks;
};

class Plot {
public:
    virtual ~Plot() = default;
    Plot() = default;
    Plot(const Plot&) = delete;
    Plot& operator=(const Plot&) = delete;

    /// Owned by the widget's parent; the plot goes with it.
    virtual QWidget* widget() = 0;
    virtual void setLook(const PlotLook& look) = 0;
    virtual void setContent(const PlotContent& content) = 0;
    /// A line at a moment; an invalid one takes it away.
    virtual void setCursor(const QDateTime& at) = 0;
    virtual QImage image(double scale) = 0;

    /// The moment below the pointer; invalid when it has left.
    std::function<void(const QDateTime&)> pointed;
};

/// What the library exports.
class PlotFactory {
public:
    virtual ~PlotFactory() = default;
    virtual Plot* create(QWidget* parent) = 0;
};

/// A new plot below `parent`; null when the library is missing, with the loader's words in `why`.
Plot* createPlot(QWidget* parent, QString* why);

} // namespace ui

Q_DECLARE_INTERFACE(ui::PlotFactory, "io.alidade.PlotFactory/1")
