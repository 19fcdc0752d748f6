#pragma once
// Asks the kubelet of one node when a person wants it, never in a loop, and keeps what it said for the next question:
// CPU in use is the growth between two.

#include "app/base/calls.h"
#include "app/metrics/kubelet.h"
#include "app/store/cluster.h"

#include <QObject>
#include <QPointer>

namespace ui {

class ContrastView;

/// A child of the view. The cluster is open and outlives it.
class KubeletController : public QObject {
    Q_OBJECT
public:
    KubeletController(ContrastView* view, store::Cluster* cluster);

    /// What is kept of earlier nodes makes room.
    static constexpr std::size_t MostNodes = 10;

private:
    void ask(const QString& node);

    ContrastView* m_view;
    QPointer<store::Cluster> m_cluster;
    std::map<QString, metrics::KubeletPage> m_pages;
    base::Calls m_calls;
};

} // namespace ui
