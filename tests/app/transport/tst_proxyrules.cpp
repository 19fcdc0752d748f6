// Which proxy leads to a server: golang.org/x/net/http/httpproxy's rules, case by case.

#include "app/transport/proxyrules.h"

#include <QTest>

using transport::ProxyEnvironment;
using transport::proxyFor;

class TestProxyRules : public QObject {
    Q_OBJECT

private slots:
    void whatIsBypassed_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("no");
        QTest::addColumn<bool>("bypassed");
        const auto row = [](const char* server, const char* no, bool bypassed) {
            QTest::newRow(qPrintable(QStringLiteral("%1 | %2").arg(QLatin1String(server), QLatin1String(no))))
                << QString::fromLatin1(server) << QString::fromLatin1(no) << bypassed;
        };
        row("https://localhost:6443", "", true);
        row("https://127.0.0.1:6443", "", true);
        row("https://127.9.9.9:6443", "", true);
        row("https://[::1]:6443", "", true);
        row("https://192.0.2.1:6443", "", false);
        row("https://192.0.2.1:6443", "*", true);
        row("https://192.0.2.1:6443", "192.0.2.1", true);
        row("https://192.0.2.1:6443", " 192.0.2.1 ,other", true);
        row("https://192.0.2.1:6443", "192.0.2.1:6443", true);
        row("https://192.0.2.1:6443", "192.0.2.1:443", false);
        row("https://192.0.2.1", "192.0.2.1:443", true);
        row("https://192.0.2.1:6443", "192.0.2.0/24", true);
        row("https://192.0.3.1:6443", "192.0.2.0/24", false);
        row("https://api.example.org", "192.0.2.0/24", false);
        row("https://[2001:db8::5]:6443", "2001:db8::/32", true);
        row("https://[2001:db8::5]:6443", "[2001:db8::5]:6443", true);
        row("https://[2001:db8::5]:6443", "2001:db8::5", true);
        row("https://example.org", "example.org", true);
        row("https://api.example.org", "example.org", true);
        row("https://notexample.org", "example.org", false);
        row("https://example.org", ".example.org", false);
        row("https://api.example.org", ".example.org", true);
        row("https://api.example.org", "*.example.org", true);
        row("https://example.org", "*.example.org", false);
        row("https://api.EXAMPLE.org:6443", "Example.ORG:6443", true);
        row("https://api.example.org:6443", "example.org:443", false);
        row("https://api.example.org", "other.org,,:443", false);
    }
    void whatIsBypassed()
    {
        QFETCH(const QString, server);
        QFETCH(const QString, no);
        QFETCH(const bool, bypassed);
        QCOMPARE(transport::isBypassed(QUrl(server), no), bypassed);
    }

    void theKubeconfigsProxyComesFirst()
    {
        const QUrl server(QStringLiteral("https://192.0.2.1:6443"));
        const ProxyEnvironment environment{.https = QStringLiteral("http://env:1"),
                                           .http = QStringLiteral("http://plain:2"),
                                           .no = QStringLiteral("*")};
        const auto own = proxyFor(server, QStringLiteral("socks5://us%40er:p%3Aw@own:3"), environment);
        QVERIFY(own);
        QCOMPARE(own->type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(own->hostName(), QStringLiteral("own"));
        QCOMPARE(own->port(), quint16{3});
        QCOMPARE(own->user(), QStringLiteral("us@er"));
        QCOMPARE(own->password(), QStringLiteral("p:w"));
        QCOMPARE(proxyFor(server, {}, environment)->type(), QNetworkProxy::NoProxy);
    }

    void theEnvironmentsProxyGoesByScheme()
    {
        const QUrl https(QStringLiteral("https://192.0.2.1:6443"));
        const QUrl http(QStringLiteral("http://192.0.2.1:8080"));
        const ProxyEnvironment both{.https = QStringLiteral("env:1"), .http = QStringLiteral("http://plain"), .no = {}};
        QCOMPARE(proxyFor(https, {}, both)->hostName(), QStringLiteral("env"));
        QCOMPARE(proxyFor(https, {}, both)->port(), quint16{1});
        QCOMPARE(proxyFor(http, {}, both)->hostName(), QStringLiteral("plain"));
        QCOMPARE(proxyFor(http, {}, both)->port(), quint16{80});
        QCOMPARE(proxyFor(https, {}, {.https = QStringLiteral("socks5h://s"), .http = {}, .no = {}})->type(),
                 QNetworkProxy::Socks5Proxy);
        QCOMPARE(proxyFor(https, {}, {.https = {}, .http = QStringLiteral("http://plain"), .no = {}})->type(),
                 QNetworkProxy::NoProxy);
        QCOMPARE(proxyFor(https, {}, {})->type(), QNetworkProxy::DefaultProxy);
        QCOMPARE(proxyFor(QUrl(QStringLiteral("https://127.0.0.1")), {}, {})->type(), QNetworkProxy::NoProxy);
    }

    void aProxyOverTlsIsRefusedInItsOwnWords()
    {
        const QUrl server(QStringLiteral("https://192.0.2.1:6443"));
        const auto refused = proxyFor(server, QStringLiteral("https://user:secret@proxy:1"), {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().reason, QStringLiteral("proxyUnsupported"));
        QCOMPARE(refused.error().said, QStringLiteral("https://proxy:1"));
        QCOMPARE(proxyFor(server, {}, {.https = QStringLiteral("https://p"), .http = {}, .no = {}}).error().reason,
                 QStringLiteral("proxyUnsupported"));
        QCOMPARE(proxyFor(server, QStringLiteral("ftp://p"), {}).error().reason, QStringLiteral("proxyInvalid"));
    }
};

QTEST_GUILESS_MAIN(TestProxyRules)
#include "tst_proxyrules.moc"
