#pragma once
// One kind of one cluster, live and shared: its rows, and the reflector that fills them.

#include "app/kube/reflector.h"
#include "app/store/rowstore.h"

#include <QPointer>

namespace store {

/// Lives in the GUI thread; the reflector lives in the transport's and is let go there. The transport outlives the
/// feed.
class Feed : public QObject {
    Q_OBJECT
public:
    Feed(transport::Transport* transport, kube::Reflector::Options options, QObject* parent = nullptr);
    ~Feed() override;

    RowStore* rows() { return &m_rows; }
    const kube::ApiResource& resource() const { return m_resource; }
    const kube::ListScope& scope() const { return m_scope; }

    void relist();
    /// What a heartbeat found out.
    void pathDied(const base::Error& error);
    void pathCameBack();
    /// The transport goes to another address of the same cluster.
    void pathMoved();

private:
    template <typename F> void tell(F&& what);

    const kube::ApiResource m_resource;
    const kube::ListScope m_scope;
    RowStore m_rows;
    kube::Reflector* m_reflector;
};

} // namespace store
