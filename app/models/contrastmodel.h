#pragma once
// What the sources of metrics say, as a table: usage, the ratios of it, what kube-state-metrics and what the object
// declares. A cell that another source contradicts carries a sign.

#include "app/metrics/kubelet.h"
#include "app/metrics/readcontrast.h"
#include "app/models/roles.h"

#include <QAbstractTableModel>

namespace models {

/// Columns stand under the source that they come from.
enum class ContrastBand { Name, Usage, Ratios, KubeState, Object, Verdict };

class ContrastModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ContrastModel(QObject* parent = nullptr);

    /// A change of the view changes the columns.
    void setReport(metrics::View view, const metrics::ContrastReport& report);
    /// Words that all must be in namespace and name, without case.
    void setFilter(const QString& filter);
    const metrics::ContrastReport& report() const { return m_report; }
    metrics::View view() const { return m_view; }
    qint64 total() const { return static_cast<qint64>(m_report.rows.size()); }

    const metrics::ContrastRow& rowAt(int row) const;
    kube::ObjectRef refAt(int row) const;
    ContrastBand bandOf(int column) const;
    /// 0.9 is 90 %; nothing for a column that is no ratio, or when it is not known.
    std::optional<double> ratioAt(const QModelIndex& index) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    struct Column;

private:
    void sortRows();
    void filterRows();

    metrics::View m_view = metrics::View::Pods;
    metrics::ContrastReport m_report;
    QStringList m_words;
    std::vector<QString> m_names; ///< of all rows, case folded, for the filter
    std::vector<int> m_sorted;    ///< all rows: indices of m_report.rows
    std::vector<int> m_order;     ///< those of them that are shown
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

/// One figure of a row, as each source says it, with where it is from, of when, and how it is reckoned.
struct ContrastFigure {
    QString name;
    QString usage;
    QString kubeState;
    QString object;
    QString why;          ///< how it is reckoned, or why two sources disagree
    QString kubelet = {}; ///< the kubelet's own, where it was asked
};
/// `kubelet`: what the kubelet of its node said; null: it was not asked.
std::vector<ContrastFigure> figuresOf(const metrics::ContrastRow& row, const metrics::ContrastReport& report,
                                      const metrics::KubeletPage* kubelet = nullptr);
/// The node that a row is, or runs on; empty where it is many, or none.
QString contrastNode(const metrics::ContrastRow& row);

/// The name of a row: "shop/web-1", "shop/web-1 · nginx", "shop/Deployment/web".
QString contrastName(const metrics::Subject& subject);
QString contrastBandName(ContrastBand band);

} // namespace models
