#pragma once
// Businesses, namespaces and clusters as a graph that folds, zooms and is walked by keyboard. What it shows the table
// beside it shows as well; what is chosen it tells in words.

#include "ui/businesses/graphitems.h"

#include <QGraphicsView>
#include <QSet>
#include <memory>

namespace ui {

class BusinessGraphView : public QGraphicsView {
    Q_OBJECT
public:
    explicit BusinessGraphView(QWidget* parent = nullptr);
    ~BusinessGraphView() override;

    /// May be null. What is folded and chosen stays so; a large one is folded at first.
    void setPicture(std::shared_ptr<const tke::BusinessPicture> picture);
    /// Unfolds what hides it, and moves to it. Does not signal.
    void choose(const tke::BusinessPart& part);
    const tke::BusinessPart& chosen() const { return m_chosen; }
    void setAllFolded(bool folded);
    /// Words that all must be in what is told of a business, a namespace or a cluster, without case.
    void setSearch(const QString& text);
    qsizetype matchCount() const { return static_cast<qsizetype>(m_found.size()); }
    /// Chooses the next that was found, round and round: partChosen().
    void nextMatch();

    void zoomBy(qreal factor);
    void fit();
    /// In the scene; null where it is folded away or not there.
    QRectF rectOf(const tke::BusinessPart& part) const;
    std::size_t boxCount() const { return m_scene.graph.boxes.size(); }
    const GraphScene& drawn() const { return m_scene; }

    /// More namespaces than this are folded at first.
    static constexpr std::size_t FoldedFrom = 200;

Q_SIGNALS:
    void partChosen(const tke::BusinessPart& part);
    void partOpened(const tke::BusinessPart& part);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    qreal addHeads();
    void fitWidth();
    void takeLook();
    void describe();
    void light(std::optional<std::size_t> box);
    void setChosen(std::optional<std::size_t> box);
    void markMatches();
    void makeKeys();
    void toggle(const QString& business);
    void unfoldTo(const tke::BusinessPart& part);
    void step(int key);
    std::optional<std::size_t> boxOf(const tke::BusinessPart& part) const;
    GraphBoxItem* itemAtPoint(const QPoint& at) const;

    std::shared_ptr<const tke::BusinessPicture> m_picture;
    GraphScene m_scene;
    std::unique_ptr<QGraphicsScene> m_canvas; ///< its items look at m_scene: gone before it
    QSet<QString> m_folded;
    tke::BusinessPart m_chosen;
    std::optional<std::size_t> m_hovered;
    QPoint m_pressed;
    bool m_isFirst = true;
    bool m_isFitted = false;
    QStringList m_words;
    std::vector<std::pair<tke::BusinessPart, QString>> m_keys; ///< all that can be found, in lower case
    std::vector<tke::BusinessPart> m_found;
    std::size_t m_next = 0;
};

} // namespace ui
