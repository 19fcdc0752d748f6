#include "app/models/addressesmodel.h"

#include "app/messages/endpoints.h"
#include "app/models/roles.h"

namespace models {
namespace {

kube::Severity severityOf(const endpoint::ProbeResult& result)
{
    using kube::Severity;
    if (result.sameCluster == false || result.failure())
        return Severity::Error;
    if (result.attempts.failed > 0)
        return Severity::Warning;
    if (!result.answers() || !result.sameCluster)
        return Severity::Unknown;
    return Severity::None;
}

} // namespace

AddressesModel::AddressesModel(store::Cluster* cluster, QObject* parent)
    : QAbstractTableModel(parent),
      m_cluster(cluster),
      m_results(cluster->addresses()->results())
{
    connect(cluster->addresses(), &store::Addresses::changed, this, &AddressesModel::refresh);
}

void AddressesModel::refresh()
{
    if (!m_cluster || !m_cluster->addresses())
        return;
    auto results = m_cluster->addresses()->results();
    bool sameRows = results.size() == m_results.size();
    for (std::size_t i = 0; sameRows && i < results.size(); ++i)
        sameRows = endpoint::isSameAddress(results[i].address.url, m_results[i].address.url);
    if (sameRows) { // a selection stays
        m_results = std::move(results);
        if (!m_results.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_results = std::move(results);
    endResetModel();
}

int AddressesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_results.size());
}

int AddressesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool AddressesModel::isInUse(int row) const
{
    return m_cluster && m_cluster->addresses() && m_cluster->addresses()->isInUse(resultAt(row).address);
}

QVariant AddressesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const endpoint::ProbeResult& result = resultAt(index.row());
    if (role == SeverityRole)
        return static_cast<int>(severityOf(result));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TypeColumn:
        return isInUse(index.row()) ? tr("%1 (in use)", "Real, Advertise, ...").arg(endpoint::idOf(result.address.type))
                                    : endpoint::idOf(result.address.type);
    case UrlColumn:
        return result.address.text();
    case StatusColumn:
        return messages::verdict(result);
    case LatencyColumn:
        return result.latency ? tr("%1 / %2 ms", "median and worst latency")
                                    .arg(result.latency->medianMs)
                                    .arg(result.latency->maxMs)
                              : QString();
    case VersionColumn:
        return result.version;
    case SkewColumn:
        return result.skewMs ? tr("%1 s", "seconds").arg(static_cast<double>(*result.skewMs) / 1000.0, 0, 'f', 1)
                             : QString();
    default:
        return {};
    }
}

QVariant AddressesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TypeColumn:
        return tr("Type");
    case UrlColumn:
        return tr("Address");
    case StatusColumn:
        return tr("Status");
    case LatencyColumn:
        return tr("Latency");
    case VersionColumn:
        return tr("Version");
    case SkewColumn:
        return tr("Clock");
    default:
        return {};
    }
}

void AddressesModel::retranslate()
{
    if (!m_results.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

} // namespace models
