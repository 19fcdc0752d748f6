#include "app/tke/businessgraph.h"

#include <QHash>
#include <algorithm>

namespace tke {
namespace {

using Kind = GraphBox::Kind;

class Layout {
public:
    Layout(const BusinessSurvey& survey, const QSet<QString>& folded, const GraphSizes& sizes)
        : m_survey(survey),
          m_folded(folded),
          m_sizes(sizes),
          m_step(sizes.box.height() + sizes.rowGap)
    {
    }

    BusinessGraph graph()
    {
        relate();
        for (std::size_t i = 0; i < m_survey.businesses.size(); ++i)
            if (m_parent[i] < 0)
                placeBusiness(i, 0);
        m_y = std::max(m_y, m_spaceY);
        for (const std::size_t space : m_orphans)
            placeSpace(space);
        orderColumns();
        placeClusters();
        for (const GraphBox& box : m_graph.boxes)
            m_graph.bounds |= box.rect;
        return std::move(m_graph);
    }

private:
    void relate()
    {
        const std::size_t count = m_survey.businesses.size();
        QHash<QString, int> byName;
        for (std::size_t i = 0; i < count; ++i)
            byName.insert(m_survey.businesses[i].name, static_cast<int>(i));
        m_parent.assign(count, -1);
        m_children.resize(count);
        m_spaces.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            // Parents stand before their children; one that does not is part of a ring, and stands alone.
            const int parent = byName.value(m_survey.businesses[i].parent, -1);
            if (parent >= 0 && parent < static_cast<int>(i)) {
                m_parent[i] = parent;
                m_children[static_cast<std::size_t>(parent)].push_back(i);
            }
        }
        for (std::size_t i = 0; i < m_survey.namespaces.size(); ++i) {
            const int business = byName.value(m_survey.namespaces[i].business, -1);
            if (business < 0)
                m_orphans.push_back(i);
            else
                m_spaces[static_cast<std::size_t>(business)].push_back(i);
        }
    }

    std::size_t add(Kind kind, const QString& id, std::optional<std::size_t> index, qreal x, qreal y)
    {
        m_graph.boxes.push_back({.kind = kind, .id = id, .index = index, .rect = QRectF(QPointF(x, y), m_sizes.box)});
        return m_graph.boxes.size() - 1;
    }

    /// Not by recursion: a chain of parents may be as deep as somebody likes.
    void placeBusiness(std::size_t top, int topDepth)
    {
        struct Next {
            std::size_t business;
            int depth;
            std::optional<std::size_t> parentBox;
        };
        std::vector<Next> next{{top, topDepth, {}}};
        while (!next.empty()) {
            const Next here = next.back();
            next.pop_back();
            const Business& business = m_survey.businesses[here.business];
            const qreal indent = m_sizes.indent * std::min(here.depth, DeepestIndent);
            m_y = std::max(m_y, m_spaceY);
            const std::size_t box = add(Kind::Business, business.name, here.business, indent, m_y);
            m_graph.boxes[box].unfolds = !m_children[here.business].empty() || !m_spaces[here.business].empty();
            m_spaceY = m_y;
            if (here.parentBox)
                m_graph.edges.push_back({*here.parentBox, box});
            if (m_folded.contains(business.name)) {
                fold(box, here.business);
            } else {
                for (const std::size_t space : m_spaces[here.business])
                    m_graph.edges.push_back({box, placeSpace(space)});
                const auto& children = m_children[here.business];
                for (auto child = children.rbegin(); child != children.rend(); ++child)
                    next.push_back({*child, here.depth + 1, box});
            }
            m_y += m_step;
        }
    }

    std::size_t placeSpace(std::size_t index)
    {
        const BusinessNamespace& space = m_survey.namespaces[index];
        m_spaceY = std::max(m_spaceY, m_y);
        const std::size_t box =
            add(Kind::Namespace, space.business + QLatin1Char('/') + space.name, index, spaceColumn(), m_spaceY);
        m_spaceY += m_step;
        if (!space.cluster.isEmpty())
            m_sits[space.cluster].push_back({box, m_graph.boxes[box].rect.center().y(), 1});
        return box;
    }

    /// What it hides leads from it to the clusters.
    void fold(std::size_t box, std::size_t business)
    {
        std::map<QString, int> clusters;
        std::vector<std::size_t> next{business};
        while (!next.empty()) {
            const std::size_t here = next.back();
            next.pop_back();
            m_graph.boxes[box].folded += static_cast<int>(m_spaces[here].size() + m_children[here].size());
            for (const std::size_t space : m_spaces[here])
                if (!m_survey.namespaces[space].cluster.isEmpty())
                    ++clusters[m_survey.namespaces[space].cluster];
            next.insert(next.end(), m_children[here].begin(), m_children[here].end());
        }
        for (const auto& [cluster, count] : clusters)
            m_sits[cluster].push_back({box, m_graph.boxes[box].rect.center().y(), count});
    }

    /// Businesses first, then namespaces, each from the top.
    void orderColumns()
    {
        std::vector<std::size_t> order(m_graph.boxes.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::ranges::stable_sort(order, {}, [this](std::size_t i) { return m_graph.boxes[i].kind; });
        std::vector<std::size_t> now(order.size());
        std::vector<GraphBox> boxes;
        boxes.reserve(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            now[order[i]] = i;
            boxes.push_back(std::move(m_graph.boxes[order[i]]));
        }
        m_graph.boxes = std::move(boxes);
        for (GraphEdge& edge : m_graph.edges)
            edge = {now[edge.from], now[edge.to], edge.count};
        for (auto& [cluster, from] : m_sits)
            for (Sits& each : from)
                each.box = now[each.box];
    }

    /// Each beside the middle of what sits in it, as far as there is room.
    void placeClusters()
    {
        for (const Business& business : m_survey.businesses)
            for (const ClusterQuota& quota : business.clusters)
                m_sits[quota.cluster]; // may be used, and is not yet
        struct Wanted {
            qreal y;
            const QString* cluster;
        };
        std::vector<Wanted> wanted;
        for (const auto& [cluster, from] : m_sits) {
            qreal sum = 0;
            for (const Sits& each : from)
                sum += each.y;
            const qreal middle = from.empty() ? std::max(m_y, m_spaceY) : sum / static_cast<qreal>(from.size());
            wanted.push_back({middle - m_sizes.box.height() / 2, &cluster});
        }
        std::ranges::stable_sort(wanted, {}, &Wanted::y);
        qreal y = 0;
        for (const Wanted& each : wanted) {
            y = std::max(y, each.y);
            const std::size_t box = add(Kind::Cluster, *each.cluster, {}, clusterColumn(), y);
            for (const Sits& sits : m_sits[*each.cluster])
                m_graph.edges.push_back({sits.box, box, sits.count});
            y += m_step;
        }
    }

    qreal spaceColumn() const { return m_sizes.box.width() + DeepestIndent * m_sizes.indent + m_sizes.columnGap; }
    qreal clusterColumn() const { return spaceColumn() + m_sizes.box.width() + m_sizes.columnGap; }

    static constexpr int DeepestIndent = 3; // deeper ones stand below it
    struct Sits {
        std::size_t box;
        qreal y;
        int count;
    };

    const BusinessSurvey& m_survey;
    const QSet<QString>& m_folded;
    const GraphSizes m_sizes;
    const qreal m_step;
    std::vector<int> m_parent;
    std::vector<std::vector<std::size_t>> m_children;
    std::vector<std::vector<std::size_t>> m_spaces;
    std::vector<std::size_t> m_orphans;
    std::map<QString, std::vector<Sits>> m_sits;
    qreal m_y = 0;      ///< where the next business may stand
    qreal m_spaceY = 0; ///< where the next namespace may
    BusinessGraph m_graph;
};

} // namespace

std::optional<std::size_t> BusinessGraph::find(Kind kind, const QString& id) const
{
    const auto found =
        std::ranges::find_if(boxes, [&](const GraphBox& box) { return box.kind == kind && box.id == id; });
    if (found == boxes.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - boxes.begin());
}

std::vector<bool> BusinessGraph::chainOf(std::size_t box) const
{
    std::vector<bool> chain(boxes.size());
    // Down every edge, then up every edge: never down again from an ancestor, which would light its whole family.
    const auto walk = [&](bool down) {
        std::vector<std::vector<std::size_t>> next(boxes.size());
        for (const GraphEdge& edge : edges)
            next[down ? edge.from : edge.to].push_back(down ? edge.to : edge.from);
        std::vector<std::size_t> front{box};
        std::vector<bool> seen(boxes.size());
        while (!front.empty()) {
            const std::size_t here = front.back();
            front.pop_back();
            if (seen[here])
                continue;
            seen[here] = true;
            chain[here] = true;
            front.insert(front.end(), next[here].begin(), next[here].end());
        }
    };
    if (box < boxes.size()) {
        walk(true);
        walk(false);
    }
    return chain;
}

BusinessGraph layOut(const BusinessSurvey& survey, const QSet<QString>& folded, const GraphSizes& sizes)
{
    return Layout(survey, folded, sizes).graph();
}

} // namespace tke
