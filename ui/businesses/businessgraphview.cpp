#include "ui/businesses/businessgraphview.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plaintext.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {
namespace {

using Kind = tke::GraphBox::Kind;
using tke::BusinessPart;

constexpr qreal Margin = 16;
constexpr qreal SmallestZoom = 0.05;
constexpr qreal LargestZoom = 3;
constexpr qreal ZoomStep = 1.25;
constexpr qreal ColumnGap = 72;
constexpr qreal LeastFit = 0.75; ///< of what is fitted unasked: words stay readable
constexpr int MostTold = 12;     ///< neighbours that are told by name

} // namespace

BusinessGraphView::BusinessGraphView(QWidget* parent)
    : QGraphicsView(parent),
      m_canvas(std::make_unique<QGraphicsScene>())
{
    setObjectName(QStringLiteral("businesses.graph"));
    viewport()->setObjectName(QStringLiteral("businesses.graph.viewport"));
    setScene(m_canvas.get());
    setFrameShape(QFrame::NoFrame);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setDragMode(QGraphicsView::ScrollHandDrag);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    takeLook();
    describe();
}

BusinessGraphView::~BusinessGraphView()
{
    setScene(nullptr);
}

void BusinessGraphView::takeLook()
{
    m_scene.font = font();
    m_scene.bold = font();
    m_scene.bold.setBold(true);
    m_scene.fixed = fixedFont(font());
    m_scene.palette = palette();
    m_canvas->setBackgroundBrush(palette().color(QPalette::Window));
}

void BusinessGraphView::setPicture(std::shared_ptr<const tke::BusinessPicture> picture)
{
    m_picture = std::move(picture);
    if (m_picture && std::exchange(m_isFirst, false) && m_picture->survey.namespaces.size() > FoldedFrom)
        for (const tke::Business& each : m_picture->survey.businesses)
            m_folded.insert(each.name);
    makeKeys();
    build();
    fitWidth();
}

void BusinessGraphView::build()
{
    m_canvas->clear(); // before what its items look at
    m_hovered.reset();
    m_scene.chain.clear();
    m_scene.graph = {};
    m_scene.looks.clear();
    if (m_picture) {
        tke::GraphSizes sizes;
        sizes.box = GraphBoxItem::sizeFor(font());
        sizes.columnGap = ColumnGap;
        m_scene.graph = tke::layOut(m_picture->survey, m_folded, sizes);
        m_scene.looks = looksOf(*m_picture, m_scene.graph);
    }
    m_scene.chosen = boxOf(m_chosen);
    markMatches();
    if (!m_scene.graph.edges.empty())
        m_canvas->addItem(new GraphLinesItem(&m_scene));
    for (std::size_t i = 0; i < m_scene.graph.boxes.size(); ++i)
        m_canvas->addItem(new GraphBoxItem(&m_scene, i));
    const qreal heads = addHeads();
    m_canvas->setSceneRect(m_scene.graph.bounds.adjusted(-Margin, -heads, Margin, Margin));
    describe();
}

/// What each column is, above its first box. Returns the room that it takes.
qreal BusinessGraphView::addHeads()
{
    const QString heads[] = {tr("Business"), tr("Namespace"), tr("Cluster")};
    const qreal height = QFontMetricsF(font()).lineSpacing();
    int told = -1;
    for (const tke::GraphBox& box : m_scene.graph.boxes) {
        const int column = static_cast<int>(box.kind);
        if (std::exchange(told, column) == column)
            continue;
        QGraphicsSimpleTextItem* head = m_canvas->addSimpleText(heads[column], font());
        head->setBrush(color(ColorId::Muted, palette()));
        head->setPos(box.rect.left(), m_scene.graph.bounds.top() - height - grid::Gap);
    }
    return height + grid::Gap + Margin / 2;
}

/// The first look shows all three columns, as far as they can be read then.
void BusinessGraphView::fitWidth()
{
    if (m_isFitted || !isVisible() || m_scene.graph.boxes.empty())
        return;
    m_isFitted = true;
    const qreal needed = m_canvas->sceneRect().width() + 2;
    const qreal wanted = std::clamp(viewport()->width() / needed, LeastFit, 1.0);
    setTransform(QTransform::fromScale(wanted, wanted));
}

void BusinessGraphView::showEvent(QShowEvent* event)
{
    QGraphicsView::showEvent(event);
    fitWidth();
}

std::optional<std::size_t> BusinessGraphView::boxOf(const BusinessPart& part) const
{
    return part.id.isEmpty() ? std::nullopt : m_scene.graph.find(part.kind, part.id);
}

QRectF BusinessGraphView::rectOf(const BusinessPart& part) const
{
    const auto box = boxOf(part);
    return box ? m_scene.graph.boxes[*box].rect : QRectF();
}

void BusinessGraphView::choose(const BusinessPart& part)
{
    m_chosen = part;
    unfoldTo(part);
    m_scene.chosen = boxOf(part);
    if (m_scene.chosen)
        ensureVisible(m_scene.graph.boxes[*m_scene.chosen].rect, 40, 40);
    describe();
    viewport()->update();
}

void BusinessGraphView::setChosen(std::optional<std::size_t> box)
{
    const BusinessPart part = box ? m_scene.looks[*box].part : BusinessPart{};
    choose(part);
    Q_EMIT partChosen(part);
}

void BusinessGraphView::unfoldTo(const BusinessPart& part)
{
    if (!m_picture || part.kind == Kind::Cluster)
        return;
    QString name = part.id;
    if (part.kind == Kind::Namespace) {
        const auto index = m_picture->findNamespace(part.id);
        name = index ? m_picture->survey.namespaces[*index].business : QString();
    } else if (const tke::Business* business = m_picture->survey.find(name)) {
        name = business->parent;
    }
    bool isOther = false;
    QSet<QString> seen; // parents may go round in a ring
    while (!name.isEmpty() && !seen.contains(name)) {
        seen.insert(name);
        isOther |= m_folded.remove(name);
        const tke::Business* business = m_picture->survey.find(name);
        name = business ? business->parent : QString();
    }
    if (isOther)
        build();
}

void BusinessGraphView::setAllFolded(bool folded)
{
    m_folded.clear();
    if (folded && m_picture)
        for (const tke::Business& each : m_picture->survey.businesses)
            m_folded.insert(each.name);
    build();
}

void BusinessGraphView::toggle(const QString& business)
{
    if (!m_folded.remove(business))
        m_folded.insert(business);
    build();
}

void BusinessGraphView::makeKeys()
{
    m_keys.clear();
    if (!m_picture)
        return;
    // All of it, whatever is folded: laid out once for its words.
    const tke::BusinessGraph all = tke::layOut(m_picture->survey, {});
    for (const BoxLook& look : looksOf(*m_picture, all))
        m_keys.emplace_back(look.part, (look.told + QLatin1Char('\n') + look.part.id).toLower());
}

void BusinessGraphView::setSearch(const QString& text)
{
    const QStringList words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    m_next = 0;
    markMatches();
    viewport()->update();
}

void BusinessGraphView::markMatches()
{
    m_found.clear();
    m_scene.matches.assign(m_scene.graph.boxes.size(), false);
    if (m_words.isEmpty())
        return;
    QSet<std::pair<int, QString>> found;
    for (const auto& [part, key] : m_keys)
        if (std::ranges::all_of(m_words, [&key = key](const QString& word) { return key.contains(word); })) {
            m_found.push_back(part);
            found.insert({static_cast<int>(part.kind), part.id});
        }
    for (std::size_t i = 0; i < m_scene.graph.boxes.size(); ++i) {
        const tke::GraphBox& box = m_scene.graph.boxes[i];
        m_scene.matches[i] = found.contains({static_cast<int>(box.kind), box.id});
    }
}

void BusinessGraphView::nextMatch()
{
    if (m_found.empty())
        return;
    const BusinessPart part = m_found[m_next % m_found.size()];
    m_next = (m_next + 1) % m_found.size();
    choose(part);
    Q_EMIT partChosen(part);
}

void BusinessGraphView::light(std::optional<std::size_t> box)
{
    if (box == m_hovered)
        return;
    m_hovered = box;
    m_scene.chain = box ? m_scene.graph.chainOf(*box) : std::vector<bool>{};
    viewport()->update();
}

void BusinessGraphView::zoomBy(qreal factor)
{
    const qreal now = transform().m11();
    const qreal wanted = std::clamp(now * factor, SmallestZoom, LargestZoom);
    if (!qFuzzyCompare(wanted, now))
        scale(wanted / now, wanted / now);
}

void BusinessGraphView::fit()
{
    if (m_canvas->sceneRect().isEmpty())
        return;
    fitInView(m_canvas->sceneRect(), Qt::KeepAspectRatio);
    const qreal now = transform().m11();
    const qreal wanted = std::clamp(now, SmallestZoom, 1.0); // a small graph is not blown up
    if (!qFuzzyCompare(wanted, now))
        scale(wanted / now, wanted / now);
}

/// Up and down within a column, left and right along a line, or else to what stands beside it.
void BusinessGraphView::step(int key)
{
    const auto& boxes = m_scene.graph.boxes;
    if (boxes.empty())
        return;
    if (!m_scene.chosen) {
        setChosen(0);
        return;
    }
    const std::size_t here = *m_scene.chosen;
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        const std::size_t next = key == Qt::Key_Down ? here + 1 : here - 1; // wraps to what is no box
        if (next < boxes.size() && boxes[next].kind == boxes[here].kind)
            setChosen(next);
        return;
    }
    const bool isRight = key == Qt::Key_Right;
    const qreal y = boxes[here].rect.center().y();
    std::optional<std::size_t> best;
    const auto take = [&](std::size_t box) {
        const bool isBeside = isRight ? boxes[box].kind > boxes[here].kind : boxes[box].kind < boxes[here].kind;
        if (isBeside &&
            (!best || std::abs(boxes[box].rect.center().y() - y) < std::abs(boxes[*best].rect.center().y() - y)))
            best = box;
    };
    for (const tke::GraphEdge& edge : m_scene.graph.edges) {
        if (isRight && edge.from == here)
            take(edge.to);
        else if (!isRight && edge.to == here)
            take(edge.from);
    }
    const int column = static_cast<int>(boxes[here].kind) + (isRight ? 1 : -1);
    if (!best)
        for (std::size_t i = 0; i < boxes.size(); ++i)
            if (static_cast<int>(boxes[i].kind) == column)
                take(i);
    if (best)
        setChosen(best);
}

void BusinessGraphView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
        step(event->key());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_scene.chosen)
            Q_EMIT partOpened(m_chosen);
        return;
    case Qt::Key_Space:
        if (m_scene.chosen && m_scene.looks[*m_scene.chosen].unfolds)
            toggle(m_chosen.id);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(ZoomStep);
        return;
    case Qt::Key_Minus:
        zoomBy(1 / ZoomStep);
        return;
    case Qt::Key_0:
        fit();
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void BusinessGraphView::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        zoomBy(std::pow(ZoomStep, event->angleDelta().y() / 120.0));
        event->accept();
        return;
    }
    QGraphicsView::wheelEvent(event);
}

GraphBoxItem* BusinessGraphView::itemAtPoint(const QPoint& at) const
{
    return qgraphicsitem_cast<GraphBoxItem*>(itemAt(at));
}

void BusinessGraphView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position().toPoint();
    QGraphicsView::mousePressEvent(event);
}

void BusinessGraphView::mouseMoveEvent(QMouseEvent* event)
{
    QGraphicsView::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton)
        return;
    const GraphBoxItem* item = itemAtPoint(event->position().toPoint());
    light(item ? std::optional(item->box()) : std::nullopt);
    viewport()->setCursor(item ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void BusinessGraphView::mouseReleaseEvent(QMouseEvent* event)
{
    QGraphicsView::mouseReleaseEvent(event);
    viewport()->setCursor(Qt::ArrowCursor);
    const QPoint at = event->position().toPoint();
    if (event->button() != Qt::LeftButton || (at - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        return;
    const GraphBoxItem* item = itemAtPoint(at);
    if (!item)
        return;
    const bool folds = item->foldRect().contains(item->mapFromScene(mapToScene(at)));
    const std::size_t box = item->box(); // folding makes the items anew
    setChosen(box);
    if (folds)
        toggle(m_chosen.id);
}

void BusinessGraphView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const GraphBoxItem* item = itemAtPoint(event->position().toPoint());
    if (!item || event->button() != Qt::LeftButton ||
        item->foldRect().contains(item->mapFromScene(mapToScene(event->position().toPoint()))))
        return;
    setChosen(item->box());
    Q_EMIT partOpened(m_chosen);
}

void BusinessGraphView::focusInEvent(QFocusEvent* event)
{
    m_scene.hasFocus = true;
    QGraphicsView::focusInEvent(event);
    viewport()->update();
}

void BusinessGraphView::focusOutEvent(QFocusEvent* event)
{
    m_scene.hasFocus = false;
    QGraphicsView::focusOutEvent(event);
    viewport()->update();
}

bool BusinessGraphView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const GraphBoxItem* item = itemAtPoint(help->pos());
        QToolTip::showText(help->globalPos(), item ? plainToolTip(m_scene.looks[item->box()].told) : QString(),
                           viewport());
        return true;
    }
    if (event->type() == QEvent::Leave)
        light({});
    return QGraphicsView::viewportEvent(event);
}

/// What is chosen and what it hangs together with, in words.
void BusinessGraphView::describe()
{
    setAccessibleName(tr("Businesses, their namespaces and their clusters"));
    if (!m_scene.chosen) {
        setAccessibleDescription(tr(
            "Arrow keys walk, Return opens, Space folds, + and - zoom, 0 shows all. The table has the same content."));
        return;
    }
    const std::size_t here = *m_scene.chosen;
    QStringList from;
    QStringList to;
    for (const tke::GraphEdge& edge : m_scene.graph.edges) {
        if (edge.to == here)
            from << m_scene.looks[edge.from].title;
        if (edge.from == here)
            to << m_scene.looks[edge.to].title;
    }
    const auto joined = [](const QStringList& names) {
        const QString some = QStringList(names.mid(0, MostTold)).join(QStringLiteral(", "));
        return names.size() > MostTold
                   ? tr("%1 and %n more", "names", static_cast<int>(names.size()) - MostTold).arg(some)
                   : some;
    };
    QStringList lines{m_scene.looks[here].told};
    if (!from.isEmpty())
        lines << tr("Leads here: %1").arg(joined(from));
    if (!to.isEmpty())
        lines << tr("Leads to: %1").arg(joined(to));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
}

void BusinessGraphView::changeEvent(QEvent* event)
{
    QGraphicsView::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
    case QEvent::FontChange:
        takeLook();
        makeKeys();
        build();
        break;
    case QEvent::PaletteChange:
        takeLook();
        build(); // the heads are of one colour
        break;
    default:
        break;
    }
}

} // namespace ui
