#pragma once
// What the graph of businesses is drawn with: a box each, and one item for all lines. They paint what the scene says
// of them and know no cluster.

#include "ui/businesses/boxlook.h"

#include <QFont>
#include <QGraphicsItem>
#include <QPainterPath>
#include <QPalette>

namespace ui {

/// Shared by all items of a graph; outlives them.
struct GraphScene {
    tke::BusinessGraph graph;
    std::vector<BoxLook> looks; ///< of its boxes
    std::vector<bool> chain;    ///< lit; empty: none is
    std::vector<bool> matches;  ///< found by a search
    std::optional<std::size_t> chosen;
    bool hasFocus = false;
    QFont font;
    QFont bold;
    QFont fixed;
    QPalette palette;

    bool isLit(std::size_t box) const { return chain.empty() || chain[box]; }
    bool isMatch(std::size_t box) const { return box < matches.size() && matches[box]; }
};

class GraphBoxItem final : public QGraphicsItem {
public:
    GraphBoxItem(const GraphScene* scene, std::size_t box);

    enum { Type = UserType + 1 };
    int type() const override { return Type; }
    std::size_t box() const { return m_box; }
    /// Where the sign that folds stands, in the item's own place; null for one that does not fold.
    QRectF foldRect() const;
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    /// As large as the words of these fonts need it.
    static QSizeF sizeFor(const QFont& font);

private:
    void paintWords(QPainter& painter) const;
    void paintBar(QPainter& painter, double fullness) const;

    const GraphScene* m_scene;
    const std::size_t m_box;
    QSizeF m_size;
};

class GraphLinesItem final : public QGraphicsItem {
public:
    explicit GraphLinesItem(const GraphScene* scene);

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override { return {}; } // nothing to point at
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    struct Line {
        QPainterPath path;
        QRectF bounds;
    };
    const GraphScene* m_scene;
    std::vector<Line> m_lines; ///< of the graph's edges
    QRectF m_bounds;
};

} // namespace ui
