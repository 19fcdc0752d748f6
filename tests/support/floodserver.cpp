#include "tests/support/floodserver.h"

#include <QByteArrayList>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace support {
namespace {

bool writeAll(int to, const QByteArray& bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        const auto count =
            ::send(to, bytes.constData() + at, static_cast<std::size_t>(bytes.size() - at), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        at += count;
    }
    return true;
}

} // namespace

QByteArray httpAnswer(const QByteArray& body, const QByteArray& headers, const QByteArray& status)
{
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

FloodServer::FloodServer(Script script) : m_script(std::move(script))
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (m_socket < 0 || ::bind(m_socket, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::listen(m_socket, 64) != 0 || ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        qFatal("cannot listen");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { listen(); });
}

FloodServer::~FloodServer()
{
    m_stopped = true;
    m_thread.join();
    ::close(m_socket);
    while (m_open > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

QString FloodServer::url() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_port);
}

void FloodServer::listen()
{
    while (!m_stopped) {
        pollfd waiting{m_socket, POLLIN, 0};
        if (::poll(&waiting, 1, 50) <= 0)
            continue;
        const int connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        const timeval patience{1, 0}; // so that a reader who stops reading does not hold the end up
        ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ++m_open;
        std::thread([this, connection] {
            serve(connection);
            ::close(connection);
            --m_open;
        }).detach();
    }
}

void FloodServer::serve(int connection)
{
    QByteArray asked;
    while (!asked.contains("\r\n\r\n") && !m_stopped) {
        char room[4096];
        const auto count = ::recv(connection, room, sizeof room, 0);
        if (count == 0)
            return;
        if (count > 0)
            asked.append(room, count);
    }
    const QList<QByteArray> words = asked.left(asked.indexOf('\r')).split(' ');
    const Answer answer = m_script(words.value(1));
    if (!writeAll(connection, answer.first) || answer.repeated.isEmpty())
        return;
    for (qint64 sent = 0; sent < answer.most && !m_stopped;) {
        if (!writeAll(connection, answer.repeated)) {
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                return;
            continue;
        }
        sent += answer.repeated.size();
        m_flooded += answer.repeated.size();
    }
}

} // namespace support
