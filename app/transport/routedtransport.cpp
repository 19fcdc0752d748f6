#include "app/transport/routedtransport.h"

namespace transport {
namespace {

constexpr std::chrono::seconds Linger{60};

} // namespace

RoutedTransport::RoutedTransport() : m_letGo(this)
{
    m_letGo.setSingleShot(true);
    connect(&m_letGo, &QTimer::timeout, this, [this] {
        const std::lock_guard lock(m_mutex);
        m_left.clear();
    });
    m_thread.setObjectName(QStringLiteral("transport"));
    m_thread.start();
}

RoutedTransport::~RoutedTransport()
{
    {
        const std::lock_guard lock(m_mutex);
        m_left.clear();
        m_target.reset();
    }
    m_thread.quit();
    m_thread.wait();
}

void RoutedTransport::setTarget(std::unique_ptr<Transport> target)
{
    const std::lock_guard lock(m_mutex);
    if (m_target) {
        m_left.push_back(std::move(m_target));
        m_letGo.start(Linger);
    }
    m_target = std::move(target);
}

base::Call<Reply> RoutedTransport::send(Request request)
{
    const std::lock_guard lock(m_mutex);
    if (!m_target) // it goes: its thread does what it had begun
        return base::answered<Reply>(base::failure({.kind = base::ErrorKind::Canceled}));
    return m_target->send(std::move(request));
}

StreamHandle RoutedTransport::stream(Request request, std::shared_ptr<StreamSink> sink)
{
    const std::lock_guard lock(m_mutex);
    return m_target ? m_target->stream(std::move(request), std::move(sink)) : StreamHandle();
}

QString RoutedTransport::address() const
{
    const std::lock_guard lock(m_mutex);
    return m_target ? m_target->address() : QString();
}

} // namespace transport
