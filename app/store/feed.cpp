#include "app/store/feed.h"

namespace store {

Feed::Feed(transport::Transport* transport, kube::Reflector::Options options, QObject* parent)
    : QObject(parent),
      m_resource(options.resource),
      m_scope(options.scope),
      m_reflector(new kube::Reflector(transport, std::move(options)))
{
    m_reflector->moveToThread(transport->workerThread());
    connect(m_reflector, &kube::Reflector::changed, &m_rows, &RowStore::apply, Qt::QueuedConnection);
    connect(m_reflector, &kube::Reflector::stateChanged, &m_rows, &RowStore::setState, Qt::QueuedConnection);
    tell([](kube::Reflector* reflector) { reflector->start(); });
}

Feed::~Feed()
{
    m_reflector->deleteLater();
}

void Feed::relist()
{
    tell([](kube::Reflector* reflector) { reflector->relist(); });
}

void Feed::pathDied(const base::Error& error)
{
    tell([error](kube::Reflector* reflector) { reflector->breakOff(error); });
}

void Feed::pathCameBack()
{
    tell([](kube::Reflector* reflector) { reflector->retryNow(); });
}

void Feed::pathMoved()
{
    tell([](kube::Reflector* reflector) { reflector->pathMoved(); });
}

template <typename F> void Feed::tell(F&& what)
{
    QMetaObject::invokeMethod(
        m_reflector, [reflector = m_reflector, what = std::forward<F>(what)] { what(reflector); },
        Qt::QueuedConnection);
}

} // namespace store
