#pragma once
// Businesses, their namespaces and what stands in the clusters, looked at together: what the graph, the table and the
// detail of one of them all tell.

#include "app/kube/rows.h"
#include "app/tke/businessgraph.h"
#include "app/tke/livenamespaces.h"

#include <QHash>

namespace tke {

/// Which of them is meant, whatever is drawn of it: as GraphBox::id.
struct BusinessPart {
    GraphBox::Kind kind = GraphBox::Kind::Business;
    QString id; ///< empty: none
    bool operator==(const BusinessPart&) const = default;
};
BusinessPart partOf(const Business& business);
BusinessPart partOf(const BusinessNamespace& planned);

struct BusinessPicture {
    BusinessSurvey survey;
    LiveNamespaces live; ///< in the order of survey.namespaces; empty: not asked yet

    /// Null: not asked yet.
    const LiveNamespace* liveOf(std::size_t nameSpace) const;
    /// Into survey.namespaces, by the id of its part.
    std::optional<std::size_t> findNamespace(const QString& id) const;
    /// "name (id)", as the console writes it; the id alone where nothing tells a name.
    QString clusterTitle(const QString& cluster) const;
    /// To be called when survey is there.
    void nameClusters();

private:
    QHash<QString, QString> m_clusterNames;
};

/// "name (id)"; the id alone without a name. Made visible.
QString titleOf(const QString& displayName, const QString& id);
QString titleOf(const Business& business);

/// How bad a phase is. One that is not known is Unknown.
kube::Severity severityOf(const Business& business);
kube::Severity severityOf(const BusinessNamespace& planned);
/// Null: not asked yet, which is no state.
kube::Severity severityOf(const LiveNamespace* live, const BusinessNamespace& planned);

/// Of what is limited the kind of which most is used, and how much: 0.5 is half.
struct Fullest {
    QString resource;
    double ratio = 0;
};
/// Nothing where nothing is limited, or nobody tells what is used.
std::optional<Fullest> fullestOf(const Quantities& hard, const Quantities& used);
/// Over all clusters of a business.
std::optional<Fullest> fullestOf(const Business& business);

} // namespace tke
