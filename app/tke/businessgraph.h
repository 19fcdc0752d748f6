#pragma once
// Businesses, their namespaces and the clusters that these sit in as three columns of boxes with lines between, laid
// out: what is drawn and where, and no drawing.

#include "app/tke/businesses.h"

#include <QRectF>
#include <QSet>

namespace tke {

/// In the scene's units.
struct GraphSizes {
    QSizeF box{220, 44};
    qreal indent = 20;     ///< of a child to its parent
    qreal columnGap = 120; ///< where the lines run
    qreal rowGap = 10;
};

struct GraphBox {
    enum class Kind { Business, Namespace, Cluster };
    Kind kind = Kind::Business;
    /// Of a business and a cluster its name; of a namespace "BUSINESS/NAME".
    QString id;
    /// Into BusinessSurvey::businesses or ::namespaces; of a cluster nothing.
    std::optional<std::size_t> index;
    QRectF rect;
    int folded = 0;       ///< businesses and namespaces that a folded business hides
    bool unfolds = false; ///< a business that has any
};

struct GraphEdge {
    std::size_t from = 0; ///< a box: the parent, the business, the namespace
    std::size_t to = 0;
    int count = 1; ///< namespaces that it stands for, from a folded business to a cluster
};

struct BusinessGraph {
    std::vector<GraphBox> boxes; ///< by column, each from the top
    std::vector<GraphEdge> edges;
    QRectF bounds;

    std::optional<std::size_t> find(GraphBox::Kind kind, const QString& id) const;
    /// All that hangs together with a box: of a business its parents, children, namespaces and their clusters; of a
    /// cluster all that leads to it. The box itself is among them.
    std::vector<bool> chainOf(std::size_t box) const;
};

/// `folded`: names of businesses whose children and namespaces are not shown. A namespace of a business that is not
/// known stands below, and so does a cluster that a business names and nothing sits in. Linear in what there is, but
/// for sorting the clusters.
BusinessGraph layOut(const BusinessSurvey& survey, const QSet<QString>& folded, const GraphSizes& sizes = {});

} // namespace tke
