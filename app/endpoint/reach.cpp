#include "app/endpoint/reach.h"

#include "app/base/job.h"
#include "app/base/visible.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QHostInfo>
#include <QPromise>
#include <QSslSocket>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>

namespace endpoint {
namespace {

using base::ErrorKind;

QString nameOf(const QSslCertificate& certificate, bool issuer)
{
    const auto get = [&](QSslCertificate::SubjectInfo what) {
        return (issuer ? certificate.issuerInfo(what) : certificate.subjectInfo(what)).join(QStringLiteral(", "));
    };
    QString name = get(QSslCertificate::CommonName);
    if (name.isEmpty())
        name = issuer ? certificate.issuerDisplayName() : certificate.subjectDisplayName();
    return base::visible(name);
}

CertificateFacts factsOf(const QSslCertificate& certificate)
{
    CertificateFacts facts{.subject = nameOf(certificate, false),
                           .issuer = nameOf(certificate, true),
                           .notBefore = certificate.effectiveDate().toUTC(),
                           .notAfter = certificate.expiryDate().toUTC()};
    const auto names = certificate.subjectAlternativeNames();
    for (const auto type : {QSsl::DnsEntry, QSsl::IpAddressEntry}) {
        QStringList of = names.values(type);
        std::sort(of.begin(), of.end());
        for (const QString& name : of)
            facts.sans += base::visible(name);
    }
    return facts;
}

/// Of several faults the one that weighs most: who is not trusted is not asked for a better name.
QString faultOf(const QList<QSslError>& errors)
{
    QString fault;
    for (const QSslError& error : errors) {
        switch (error.error()) {
        case QSslError::HostNameMismatch:
            if (fault.isEmpty())
                fault = QStringLiteral("certificateNameMismatch");
            break;
        case QSslError::CertificateExpired:
            fault = QStringLiteral("certificateExpired");
            break;
        case QSslError::CertificateNotYetValid:
            fault = QStringLiteral("certificateNotYetValid");
            break;
        default:
            return QStringLiteral("certificateUntrusted");
        }
    }
    return fault;
}

class Reaching final : public base::Job<ProbeResult> {
public:
    Reaching(transport::Endpoint to, const Address& address, std::chrono::milliseconds patience)
        : m_to(std::move(to)),
          m_patience(patience),
          m_socket(this),
          m_timer(this)
    {
        m_result.address = address;
        m_result.serverName = m_to.serverName.isEmpty() ? m_to.url.host() : m_to.serverName;
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] { fail(ErrorKind::Timeout, idOf(m_stage)); });
        connect(&m_socket, &QSslSocket::connected, this, [this] {
            if (m_stage == Stage::Tcp)
                shakeHands();
        });
        connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) { m_faults = errors; });
        connect(&m_socket, &QSslSocket::encrypted, this, [this] {
            if (m_stage != Stage::Tls)
                return;
            readCertificate();
            pass();
            finish();
        });
        connect(&m_socket, &QSslSocket::errorOccurred, this, &Reaching::onSocketError);
    }

    void begin()
    {
        if (m_to.proxy.type() == QNetworkProxy::DefaultProxy) {
            askDesktop();
            return;
        }
        if (m_to.proxy.type() != QNetworkProxy::NoProxy) { // the proxy looks names up
            knock();
            return;
        }
        enter(Stage::Resolve);
        if (!QHostAddress(m_to.url.host()).isNull()) {
            pass();
            knock();
            return;
        }
        QHostInfo::lookupHost(m_to.url.host(), this, [this](const QHostInfo& info) {
            if (isOver() || m_stage != Stage::Resolve)
                return;
            if (info.addresses().isEmpty()) {
                fail(ErrorKind::Dns, QStringLiteral("hostNotFound"), info.errorString());
                return;
            }
            pass();
            knock();
        });
    }

private:
    /// The desktop may have to fetch a script to say which proxy it is.
    void askDesktop()
    {
        enter(Stage::Resolve);
        connect(&m_desktop, &QFutureWatcher<QNetworkProxy>::finished, this, [this] {
            if (isOver() || m_stage != Stage::Resolve)
                return;
            m_to.proxy = m_desktop.result();
            begin();
        });
        auto promise = std::make_shared<QPromise<QNetworkProxy>>();
        m_desktop.setFuture(promise->future());
        promise->start();
        QThreadPool::globalInstance()->start([promise, url = m_to.url] {
            promise->addResult(transport::desktopProxyFor(url));
            promise->finish();
        });
    }

    void knock()
    {
        enter(Stage::Tcp);
        m_socket.setProxy(m_to.proxy);
        const bool isHttp = m_to.url.scheme() == QLatin1String("http");
        m_socket.connectToHost(m_to.url.host(), static_cast<quint16>(m_to.url.port(isHttp ? 80 : 443)));
    }

    void shakeHands()
    {
        pass();
        if (m_to.url.scheme() != QLatin1String("https")) {
            finish();
            return;
        }
        const auto tls = transport::tlsConfiguration(m_to, {});
        if (!tls) {
            end(base::failure(tls.error()));
            return;
        }
        enter(Stage::Tls);
        m_socket.setSslConfiguration(*tls);
        m_socket.setPeerVerifyName(m_result.serverName);
        m_socket.startClientEncryption();
    }

    void readCertificate()
    {
        const QSslCertificate certificate = m_socket.peerCertificate();
        if (certificate.isNull())
            return;
        m_result.certificate = factsOf(certificate);
        if (m_to.certificateAuthority.isEmpty() || m_to.insecureSkipTlsVerify)
            return;
        const QString fault = faultOf(m_faults);
        m_result.certificate->isOfCluster = fault != QLatin1String("certificateUntrusted");
        if (fault == QLatin1String("certificateNameMismatch"))
            m_result.offeredServerName = offeredName(m_result.certificate->sans);
    }

    void onSocketError(QAbstractSocket::SocketError error)
    {
        const QString said = base::visible(m_socket.errorString());
        if (m_stage == Stage::Tls && !isOver()) {
            readCertificate();
            const QString fault = faultOf(m_faults);
            QStringList words;
            for (const QSslError& each : std::as_const(m_faults))
                words += each.errorString();
            words.removeDuplicates();
            fail(ErrorKind::Tls, fault.isEmpty() ? QStringLiteral("handshake") : fault,
                 words.isEmpty() ? said : base::visible(words.join(QStringLiteral("; "))));
            return;
        }
        switch (error) {
        case QAbstractSocket::ConnectionRefusedError:
            fail(ErrorKind::Network, QStringLiteral("refused"), said);
            break;
        case QAbstractSocket::HostNotFoundError:
            fail(ErrorKind::Dns, QStringLiteral("hostNotFound"), said);
            break;
        case QAbstractSocket::SocketTimeoutError:
            fail(ErrorKind::Timeout, idOf(m_stage), said);
            break;
        case QAbstractSocket::ProxyAuthenticationRequiredError:
        case QAbstractSocket::ProxyConnectionRefusedError:
        case QAbstractSocket::ProxyConnectionClosedError:
        case QAbstractSocket::ProxyConnectionTimeoutError:
        case QAbstractSocket::ProxyNotFoundError:
        case QAbstractSocket::ProxyProtocolError:
            fail(ErrorKind::Network, QStringLiteral("proxy"), said);
            break;
        default:
            fail(ErrorKind::Network, {}, said);
            break;
        }
    }

    void enter(Stage stage)
    {
        m_stage = stage;
        m_elapsed.start();
        m_timer.start(m_patience);
    }

    void pass()
    {
        m_timer.stop();
        m_result.at(m_stage) = {.ok = true, .ms = m_elapsed.elapsed(), .error = {}};
    }

    void fail(ErrorKind kind, const QString& reason, const QString& said = {})
    {
        if (isOver())
            return;
        m_result.at(m_stage) = {.ok = false,
                                .ms = m_elapsed.elapsed(),
                                .error = {.kind = kind,
                                          .reason = reason,
                                          .said = said,
                                          .asked = idOf(m_stage),
                                          .ofWhom = m_result.address.text()}};
        finish();
    }

    void finish() { end(m_result); }

    void ended() override
    {
        m_timer.stop();
        m_socket.disconnect(this);
        m_socket.abort();
    }

    transport::Endpoint m_to;
    const std::chrono::milliseconds m_patience;
    ProbeResult m_result;
    Stage m_stage = Stage::Resolve;
    QSslSocket m_socket;
    QFutureWatcher<QNetworkProxy> m_desktop;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    QList<QSslError> m_faults;
};

} // namespace

transport::Endpoint endpointAt(const transport::Endpoint& own, const Address& address)
{
    transport::Endpoint to = own;
    to.url = address.url;
    if (!address.serverName.isEmpty())
        to.serverName = address.serverName;
    else if (!isSameAddress(own.url, address.url))
        to.serverName.clear();
    return to;
}

base::Call<ProbeResult> reach(const transport::Endpoint& to, const Address& address, std::chrono::milliseconds patience)
{
    auto* reaching = new Reaching(to, address, patience);
    auto call = reaching->call();
    reaching->begin();
    return call;
}

} // namespace endpoint
