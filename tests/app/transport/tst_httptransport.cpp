// What goes over the wire and what does not: identity, limits, queues, ends.

#include "app/kube/errors.h"
#include "app/transport/httptransport.h"
#include "app/transport/routedtransport.h"
#include "tests/support/certificates.h"
#include "tests/support/collectsink.h"
#include "tests/support/scriptedproxy.h"
#include "tests/support/scriptedserver.h"

#include <QTest>
#include <atomic>
#include <mutex>

using base::ErrorKind;
using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;
using transport::HttpTransport;
using transport::Reply;
using transport::Request;
using namespace std::chrono_literals;

namespace {

const QString Token = QStringLiteral("a-token-that-nobody-else-may-see");

ScriptedAnswer ok(const AskedRequest&)
{
    return ScriptedAnswer::whole(200, "{}");
}

Request get(const QByteArray& path, std::chrono::milliseconds silence = 10s)
{
    return {.path = path, .silence = silence};
}

base::Result<Reply> answerOf(const base::Call<Reply>& call)
{
    if (!QTest::qWaitFor([&] { return call.future.isFinished(); }, 15'000))
        qFatal("a call was never answered");
    return call.future.result();
}

base::Result<Reply> ask(HttpTransport& transport, Request request)
{
    return answerOf(transport.send(std::move(request)));
}

/// Kind and reason, for comparing.
QString failureOf(const base::Result<Reply>& answer)
{
    return answer ? QStringLiteral("status %1").arg(answer->head.status)
                  : base::idOf(answer.error().kind) + QLatin1Char(' ') + answer.error().reason;
}

/// Offers the tokens "v1", "v2", ...: the first as soon as it is let go, each other after a refusal.
class CountingIdentity final : public transport::IdentitySource {
public:
    std::atomic<int> refreshes{0};
    std::atomic<bool> renewable{true};

    Offer current() override
    {
        const std::lock_guard lock(m_mutex);
        if (m_error)
            return {.state = Offer::State::Failed, .error = *m_error};
        if (!m_isThere)
            return {.state = Offer::State::Waiting};
        return {.identity = m_identity, .version = m_version};
    }
    bool refused(quint64 version) override
    {
        const std::lock_guard lock(m_mutex);
        if (version == m_version && m_isThere && renewable) {
            m_isThere = false;
            ++refreshes;
        }
        return renewable;
    }
    void provide(const QByteArray& clientCertificate = {}, const QByteArray& clientKey = {})
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_version;
            m_isThere = true;
            m_identity = std::make_shared<const transport::Identity>(
                transport::Identity{.clientCertificate = clientCertificate,
                                    .clientKey = clientKey,
                                    .token = QStringLiteral("v%1").arg(m_version)});
        }
        emit settled();
    }
    void fail(base::Error error)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_error = std::move(error);
        }
        emit settled();
    }

private:
    std::mutex m_mutex;
    std::shared_ptr<const transport::Identity> m_identity;
    std::optional<base::Error> m_error;
    quint64 m_version = 0;
    bool m_isThere = false;
};

/// 401 to everything that is not signed with that version.
ScriptedServer::Script knows(const QByteArray& version)
{
    return [version](const AskedRequest& asked) {
        return ScriptedAnswer::whole(asked.header("Authorization") == "Bearer " + version ? 200 : 401, "{}");
    };
}

} // namespace

class TestHttpTransport : public QObject {
    Q_OBJECT

    std::unique_ptr<support::Certificates> m_ca;
    support::KeyPair m_server;
    support::KeyPair m_alice;
    transport::Journal m_journal;

    ScriptedServer::Options tls() const { return {.tls = m_ca->serverTls(m_server)}; }
    transport::Endpoint endpointOf(const ScriptedServer& server) const
    {
        return {.url = QUrl(server.url()), .certificateAuthority = m_ca->authority()};
    }
    std::unique_ptr<HttpTransport> connectTo(transport::Endpoint endpoint, transport::Identity identity = {},
                                             HttpTransport::Options options = {})
    {
        auto made = HttpTransport::create(std::move(endpoint), std::move(identity), &m_journal, std::move(options));
        if (!made)
            qFatal("%s", qPrintable(made.error().reason));
        return std::move(*made);
    }

    std::unique_ptr<HttpTransport> connectAs(const std::shared_ptr<transport::IdentitySource>& source,
                                             transport::Endpoint endpoint)
    {
        auto made = HttpTransport::create(std::move(endpoint), source, &m_journal, {});
        if (!made)
            qFatal("%s", qPrintable(made.error().reason));
        return std::move(*made);
    }

private slots:
    void initTestCase()
    {
        m_ca = std::make_unique<support::Certificates>();
        m_server = m_ca->server(QStringLiteral("IP:127.0.0.1"));
        m_alice = m_ca->client(QStringLiteral("alice"));
    }

    void aRequestArrivesAsItWasWritten();
    void aPathIsNotTidiedUp();
    void aNameThatWouldLeadElsewhereIsRefused();
    void anAddressMayHaveAPathOfItsOwn();
    void anyStatusIsAnAnswer();
    void aRedirectIsAnAnswerAndNothingGoesToTheOtherHost();
    void aLoginThatIsAskedForIsNotTriedAgain();
    void aTokenIsNotSentToAServerThatIsNotVerified_data();
    void aTokenIsNotSentToAServerThatIsNotVerified();
    void aTokenMayBeSentThereWhenAllowed();
    void withoutATokenAnUnverifiedServerMayBeAsked();
    void aClientCertificateSignsIn_data();
    void aClientCertificateSignsIn();
    void aKeyThatCannotBeUsedIsRefusedAtOnce();
    void twoIdentitiesNeverShareAConnection();
    void callsOfOneIdentityShareConnections();
    void impersonationIsSentInItsHeaders();
    void eachGroupToActAsHasAHeaderOfItsOwn();
    void whoToActAsBringsNoHeaderOfItsOwn();
    void requestsWaitForTheirIdentity();
    void whatWaitsForAnIdentityCanBeCanceled();
    void anIdentityThatFailsFailsWhatWaits();
    void fiftyCallsWithAnExpiredTokenCauseOneRefresh();
    void aStreamIsAskedForAgainAsWell();
    void whatIsRefusedTwiceIsRefused();
    void whatCannotBeRefreshedIsAskedOnce();
    void aWriteThatWasNotKnownIsSentOnceMore();
    void anotherCertificateMeansOtherConnections();
    void aTokenFileIsReadAgain();
    void aTokenFileIsReadAgainWhenItsTokenIsRefused();
    void aTokenFileThatGoesAwayLeavesTheTokenThatWasRead();
    void theFaultOfACertificateIsNamed_data();
    void theFaultOfACertificateIsNamed();
    void aServerNameStandsInForTheAddress();
    void theSeventhCallWaitsForOneOfTheSix();
    void aStreamTakesNoCallsPlace();
    void theStageOfASilenceIsNamed_data();
    void theStageOfASilenceIsNamed();
    void aSlowAnswerToAWriteIsNotTakenForAConnectionThatHangs();
    void aServerThatWasFrozenCanBeAskedAgain();
    void aSlowBodyIsNoSilence();
    void bodiesComeGzippedOrAsTheyAre_data();
    void bodiesComeGzippedOrAsTheyAre();
    void aBodyThatBreaksOffIsAnError_data();
    void aBodyThatBreaksOffIsAnError();
    void aBodyThatBreaksOffIsNotContinuedByAnotherAnswer_data();
    void aBodyThatBreaksOffIsNotContinuedByAnotherAnswer();
    void aBodyLargerThanAllowedIsALimit();
    void aWriteIsNeverSentTwice_data();
    void aWriteIsNeverSentTwice();
    void anIdleConnectionThatWasClosedHurtsNobody();
    void aCanceledCallAnswersCanceled();
    void aCanceledCallMakesRoom();
    void destroyingATransportEndsEverything();
    void aTransportMayGoInTheMiddleOfItsHandshakes();
    void aTransportMayGoWhileItsThreadStillAsks();
    void aHandleMayOutliveItsTransport();
    void theJournalTellsWhatWasAskedAndNoHeader();
    void aProxyIsAskedToConnectAndSeesNoToken();
    void aProxyThatRefusesIsNamed();
    void nobodyListening();
};

void TestHttpTransport::aRequestArrivesAsItWasWritten()
{
    ScriptedServer server(ok, tls());
    auto transport = connectTo(endpointOf(server), {.token = Token});
    Request request{.verb = "PATCH", .path = transport::path({QStringLiteral("api"), QStringLiteral("v1")})};
    request.query = {{QStringLiteral("fieldManager"), QStringLiteral("a&b=c d+e/中")}};
    request.headers = {{"Content-Type", "application/merge-patch+json"}, {"Accept", "application/json;as=Table"}};
    request.body = "{\"a\":1}";
    QVERIFY(ask(*transport, request));
    const AskedRequest asked = server.asked().front();
    QCOMPARE(asked.verb, QByteArray("PATCH"));
    QCOMPARE(asked.target, request.target());
    QCOMPARE(asked.query("fieldManager"), QStringLiteral("a&b=c d+e/中"));
    QCOMPARE(asked.header("Content-Type"), QByteArray("application/merge-patch+json"));
    QCOMPARE(asked.header("Accept"), QByteArray("application/json;as=Table"));
    QCOMPARE(asked.header("Authorization"), "Bearer " + Token.toUtf8());
    QCOMPARE(asked.header("User-Agent"), QByteArray("alidade/" ALIDADE_VERSION));
    QCOMPARE(asked.body, request.body);
    QVERIFY(!asked.hasHeader("Cookie"));
}

void TestHttpTransport::aPathIsNotTidiedUp()
{
    ScriptedServer server(ok, tls());
    auto transport = connectTo(endpointOf(server));
    const QStringList names{QStringLiteral("..."),   QStringLiteral("a."),   QStringLiteral("a/b"),
                            QStringLiteral("a b"),   QStringLiteral("100%"), QStringLiteral("%2e%2e"),
                            QStringLiteral("q?x#y"), QStringLiteral("角色"), QStringLiteral("system:node")};
    for (const QString& name : names) {
        const QByteArray path = transport::path({QStringLiteral("api"), name, QStringLiteral("x")});
        QVERIFY(ask(*transport, get(path)));
        QCOMPARE(server.asked().back().target, path);
        QCOMPARE(QUrl::fromPercentEncoding(path.mid(5, path.size() - 7)), name);
    }
}

void TestHttpTransport::aNameThatWouldLeadElsewhereIsRefused()
{
    ScriptedServer server(ok, tls());
    auto transport = connectTo(endpointOf(server));
    for (const QString& name : {QStringLiteral(".."), QStringLiteral("."), QStringLiteral(".a")}) {
        const auto path = transport::path({QStringLiteral("api"), name, QStringLiteral("x")});
        QCOMPARE(failureOf(ask(*transport, get(path))), QStringLiteral("badConfig urlInvalid"));
    }
    QCOMPARE(failureOf(ask(*transport, get("/api/%2E%2e/x"))), QStringLiteral("badConfig urlInvalid"));
    QCOMPARE(server.connections(), 0);
    QCOMPARE(failureOf(ask(*transport, get("/.well-known/openid-configuration"))), QStringLiteral("status 200"));
    QCOMPARE(server.asked().front().target, QByteArray("/.well-known/openid-configuration"));
}

void TestHttpTransport::anAddressMayHaveAPathOfItsOwn()
{
    ScriptedServer server(ok, tls());
    auto endpoint = endpointOf(server);
    endpoint.url.setPath(QStringLiteral("/k8s/clusters/c-1/"));
    auto transport = connectTo(endpoint);
    QVERIFY(ask(*transport, get("/api/v1/nodes")));
    QCOMPARE(server.asked().front().target, QByteArray("/k8s/clusters/c-1/api/v1/nodes"));
}

void TestHttpTransport::anyStatusIsAnAnswer()
{
    ScriptedServer server(
        [](const AskedRequest& asked) {
            return ScriptedAnswer::whole(asked.target.mid(1).toInt(), "{\"reason\":\"x\"}", {{"Retry-After", "7"}});
        },
        tls());
    auto transport = connectTo(endpointOf(server));
    for (const int status :
         {200, 201, 204, 304, 400, 401, 403, 404, 406, 409, 410, 415, 422, 429, 500, 502, 503, 504}) {
        const auto reply = ask(*transport, get('/' + QByteArray::number(status)));
        QCOMPARE(failureOf(reply), QStringLiteral("status %1").arg(status));
        if (status != 204 && status != 304) // these have no body
            QCOMPARE(reply->body, QByteArray("{\"reason\":\"x\"}"));
        QCOMPARE(reply->head.header("retry-after"), QByteArray("7"));
    }
    QCOMPARE(server.askedCount(), std::size_t{18});
}

void TestHttpTransport::aRedirectIsAnAnswerAndNothingGoesToTheOtherHost()
{
    ScriptedServer other(ok, tls());
    ScriptedServer server(
        [&](const AskedRequest& asked) {
            return ScriptedAnswer::whole(asked.target.mid(1, 3).toInt(), "moved",
                                         {{"Location", other.url().toLatin1() + "/api/v1/secrets"}});
        },
        tls());
    auto transport = connectTo(endpointOf(server),
                               {.clientCertificate = m_alice.certificate, .clientKey = m_alice.key, .token = Token});
    for (const int status : {301, 302, 303, 307, 308}) {
        const auto reply = ask(*transport, get('/' + QByteArray::number(status)));
        QCOMPARE(failureOf(reply), QStringLiteral("status %1").arg(status));
        const base::Error error = kube::errorFrom(*reply);
        QCOMPARE(error.kind, ErrorKind::Redirect);
        QCOMPARE(error.said, other.url() + QStringLiteral("/api/v1/secrets"));
        auto sink = std::make_shared<support::CollectSink>();
        const auto stream = transport->stream(get('/' + QByteArray::number(status)), sink);
        QTRY_VERIFY(sink->refusal());
        QCOMPARE(sink->refusal()->head.status, status);
    }
    QTest::qWait(100);
    QCOMPARE(other.connections(), 0);
}

void TestHttpTransport::aLoginThatIsAskedForIsNotTriedAgain()
{
    for (const char* scheme : {"Basic realm=\"x\"", "Negotiate", "NTLM", "Digest realm=\"x\", nonce=\"1\""}) {
        ScriptedServer server(
            [scheme](const AskedRequest&) {
                return ScriptedAnswer::whole(401, "{}", {{"WWW-Authenticate", scheme}});
            },
            tls());
        auto transport = connectTo(endpointOf(server), {.username = QStringLiteral("u"), .password = Token});
        QCOMPARE(failureOf(ask(*transport, get("/"))), QStringLiteral("status 401"));
        QCOMPARE(server.askedCount(), std::size_t{1});
    }
}

void TestHttpTransport::aTokenIsNotSentToAServerThatIsNotVerified_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<QString>("how");
    QTest::newRow("http, a token") << false << "token";
    QTest::newRow("http, a password") << false << "password";
    QTest::newRow("insecure-skip-tls-verify, a token") << true << "token";
    QTest::newRow("insecure-skip-tls-verify, a password") << true << "password";
}

void TestHttpTransport::aTokenIsNotSentToAServerThatIsNotVerified()
{
    QFETCH(const bool, isTls);
    QFETCH(const QString, how);
    ScriptedServer server(ok, isTls ? tls() : ScriptedServer::Options{});
    transport::Identity identity;
    if (how == QLatin1String("token"))
        identity.token = Token;
    else
        identity.username = identity.password = Token;
    auto transport = connectTo({.url = QUrl(server.url()), .insecureSkipTlsVerify = true}, identity);
    QCOMPARE(failureOf(ask(*transport, get("/api"))), QStringLiteral("tls insecureToken"));
    auto sink = std::make_shared<support::CollectSink>();
    const auto stream = transport->stream(get("/api"), sink);
    QTRY_VERIFY(sink->end());
    QCOMPARE(sink->end()->error().reason, QStringLiteral("insecureToken"));
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::aTokenMayBeSentThereWhenAllowed()
{
    ScriptedServer server(ok, tls());
    auto transport = connectTo({.url = QUrl(server.url()), .insecureSkipTlsVerify = true}, {.token = Token},
                               {.allowInsecureToken = true});
    QVERIFY(ask(*transport, get("/api")));
    QCOMPARE(server.asked().front().header("Authorization"), "Bearer " + Token.toUtf8());
}

void TestHttpTransport::withoutATokenAnUnverifiedServerMayBeAsked()
{
    const support::Certificates stranger(QStringLiteral("stranger"));
    ScriptedServer server(ok, {.tls = stranger.serverTls(stranger.server(QStringLiteral("DNS:elsewhere")))});
    auto transport = connectTo({.url = QUrl(server.url()), .insecureSkipTlsVerify = true});
    QCOMPARE(failureOf(ask(*transport, get("/api"))), QStringLiteral("status 200"));
    QVERIFY(!server.asked().front().hasHeader("Authorization"));
}

void TestHttpTransport::aClientCertificateSignsIn_data()
{
    QTest::addColumn<int>("type");
    QTest::newRow("elliptic curve") << static_cast<int>(support::Certificates::KeyType::Ec);
    QTest::newRow("RSA") << static_cast<int>(support::Certificates::KeyType::Rsa);
}

void TestHttpTransport::aClientCertificateSignsIn()
{
    QFETCH(const int, type);
    ScriptedServer server(ok, tls());
    const auto own = m_ca->client(QStringLiteral("somebody"), static_cast<support::Certificates::KeyType>(type));
    auto transport = connectTo(endpointOf(server), {.clientCertificate = own.certificate, .clientKey = own.key});
    QVERIFY(ask(*transport, get("/api")));
    QCOMPARE(server.asked().front().clientName, QByteArray("somebody"));
}

void TestHttpTransport::aKeyThatCannotBeUsedIsRefusedAtOnce()
{
    const auto own = m_ca->client(QStringLiteral("edward"), support::Certificates::KeyType::Ed25519);
    const auto made =
        HttpTransport::create({.url = QUrl(QStringLiteral("https://127.0.0.1:1"))},
                              {.clientCertificate = own.certificate, .clientKey = own.key}, &m_journal, {});
    QVERIFY(!made);
    QCOMPARE(made.error().kind, ErrorKind::BadConfig);
    QCOMPARE(made.error().reason, QStringLiteral("keyUnsupported"));
}

void TestHttpTransport::twoIdentitiesNeverShareAConnection()
{
    ScriptedServer server(ok, tls());
    const auto bobs = m_ca->client(QStringLiteral("bob"));
    auto alice = connectTo(endpointOf(server), {.clientCertificate = m_alice.certificate, .clientKey = m_alice.key});
    auto bob = connectTo(endpointOf(server), {.clientCertificate = bobs.certificate, .clientKey = bobs.key});
    for (int i = 0; i < 10; ++i) {
        QVERIFY(ask(*alice, get("/alice")));
        QVERIFY(ask(*bob, get("/bob")));
    }
    std::map<int, QByteArray> users;
    for (const AskedRequest& asked : server.asked()) {
        QCOMPARE('/' + asked.clientName, asked.target);
        const auto [known, isNew] = users.try_emplace(asked.connection, asked.clientName);
        QVERIFY(isNew || known->second == asked.clientName);
    }
    QCOMPARE(server.askedCount(), std::size_t{20});
}

void TestHttpTransport::callsOfOneIdentityShareConnections()
{
    ScriptedServer server(ok, tls());
    auto transport = connectTo(endpointOf(server));
    for (int i = 0; i < 20; ++i)
        QVERIFY(ask(*transport, get("/api")));
    QCOMPARE(server.connections(), 1);
}

void TestHttpTransport::impersonationIsSentInItsHeaders()
{
    ScriptedServer server(ok, tls());
    auto transport =
        connectTo(endpointOf(server), {.impersonate = QStringLiteral("jane"),
                                       .impersonateUid = QStringLiteral("42"),
                                       .impersonateGroups = {QStringLiteral("team:blue")},
                                       .impersonateExtra = {{QStringLiteral("acme/Scope"), QStringLiteral("view")}}});
    QVERIFY(ask(*transport, get("/api")));
    const AskedRequest asked = server.asked().front();
    QCOMPARE(asked.header("Impersonate-User"), QByteArray("jane"));
    QCOMPARE(asked.header("Impersonate-Uid"), QByteArray("42"));
    QCOMPARE(asked.header("Impersonate-Group"), QByteArray("team:blue"));
    QCOMPARE(asked.header("Impersonate-Extra-acme%2FScope"), QByteArray("view"));
}

void TestHttpTransport::eachGroupToActAsHasAHeaderOfItsOwn()
{
    ScriptedServer server(ok, tls());
    auto transport =
        connectTo(endpointOf(server), {.impersonate = QStringLiteral("jane"),
                                       .impersonateGroups = {QStringLiteral("blue"), QStringLiteral("green, or blue")},
                                       .impersonateExtra = {{QStringLiteral("scope"), QStringLiteral("view")},
                                                            {QStringLiteral("scope"), QStringLiteral("edit")}}});
    QVERIFY(ask(*transport, get("/api")));
    QByteArrayList groups;
    QByteArrayList scopes;
    const AskedRequest asked = server.asked().front();
    for (const auto& [name, value] : asked.headers) {
        if (name.compare("Impersonate-Group", Qt::CaseInsensitive) == 0)
            groups += value;
        if (name.compare("Impersonate-Extra-scope", Qt::CaseInsensitive) == 0)
            scopes += value;
    }
    QCOMPARE(groups, (QByteArrayList{"blue", "green, or blue"}));
    QCOMPARE(scopes, (QByteArrayList{"view", "edit"}));
}

void TestHttpTransport::whoToActAsBringsNoHeaderOfItsOwn()
{
    ScriptedServer server(ok, tls());
    for (const char* text : {"blue\r\nX-Other: 1", "blue\nX-Other: 1", "blue\rX-Other: 1", "blue\x01"}) {
        auto transport = connectTo(endpointOf(server), {.impersonate = QStringLiteral("jane"),
                                                        .impersonateGroups = {QString::fromLatin1(text)}});
        QCOMPARE(failureOf(ask(*transport, get("/api"))), QStringLiteral("badConfig impersonationInvalid"));
    }
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::requestsWaitForTheirIdentity()
{
    ScriptedServer server(knows("v1"), tls());
    const auto source = std::make_shared<CountingIdentity>();
    auto transport = connectAs(source, endpointOf(server));
    auto other = connectAs(source, endpointOf(server));
    std::vector<base::Call<Reply>> calls;
    for (int i = 0; i < 20; ++i)
        calls.push_back((i % 2 ? transport : other)->send(get("/call")));
    auto sink = std::make_shared<support::CollectSink>();
    const auto stream = transport->stream(get("/stream"), sink);
    QTest::qWait(100);
    QCOMPARE(server.connections(), 0);
    source->provide();
    for (const auto& call : calls)
        QCOMPARE(failureOf(answerOf(call)), QStringLiteral("status 200"));
    QTRY_VERIFY(sink->head() && sink->head()->status == 200);
    QCOMPARE(server.askedCount(), std::size_t{21});
}

void TestHttpTransport::whatWaitsForAnIdentityCanBeCanceled()
{
    ScriptedServer server(ok, tls());
    const auto source = std::make_shared<CountingIdentity>();
    auto transport = connectAs(source, endpointOf(server));
    const auto call = transport->send(get("/call"));
    auto sink = std::make_shared<support::CollectSink>();
    auto stream = transport->stream(get("/stream"), sink);
    call.cancel();
    stream.abort();
    QCOMPARE(failureOf(answerOf(call)), QStringLiteral("canceled "));
    source->provide();
    QVERIFY(ask(*transport, get("/other")));
    QCOMPARE(server.askedCount(), std::size_t{1});
    const auto late = transport->send(get("/late"));
    source->refused(1);
    const auto never = transport->send(get("/never"));
    transport.reset();
    QVERIFY(late.future.isFinished());
    QCOMPARE(failureOf(answerOf(never)), QStringLiteral("canceled "));
}

void TestHttpTransport::anIdentityThatFailsFailsWhatWaits()
{
    ScriptedServer server(ok, tls());
    const auto source = std::make_shared<CountingIdentity>();
    auto transport = connectAs(source, endpointOf(server));
    const auto call = transport->send(get("/call"));
    auto sink = std::make_shared<support::CollectSink>();
    const auto stream = transport->stream(get("/stream"), sink);
    QTest::qWait(50);
    source->fail({.kind = ErrorKind::Unauthorized, .reason = QStringLiteral("pluginFailed")});
    const auto answer = answerOf(call);
    QCOMPARE(failureOf(answer), QStringLiteral("unauthorized pluginFailed"));
    QCOMPARE(answer.error().asked, QStringLiteral("GET /call"));
    QTRY_VERIFY(sink->end());
    QCOMPARE(sink->end()->error().reason, QStringLiteral("pluginFailed"));
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::fiftyCallsWithAnExpiredTokenCauseOneRefresh()
{
    ScriptedServer server(knows("v2"), tls());
    const auto source = std::make_shared<CountingIdentity>();
    source->provide();
    std::vector<std::unique_ptr<HttpTransport>> transports;
    for (int i = 0; i < 5; ++i)
        transports.push_back(connectAs(source, endpointOf(server)));
    std::vector<base::Call<Reply>> calls;
    for (std::size_t i = 0; i < 50; ++i)
        calls.push_back(transports[i % 5]->send(get("/call")));
    QTRY_COMPARE_WITH_TIMEOUT(source->refreshes.load(), 1, 15'000);
    QTest::qWait(100);
    source->provide();
    for (const auto& call : calls)
        QCOMPARE(failureOf(answerOf(call)), QStringLiteral("status 200"));
    QCOMPARE(source->refreshes.load(), 1);
}

void TestHttpTransport::aStreamIsAskedForAgainAsWell()
{
    ScriptedServer server(knows("v2"), tls());
    const auto source = std::make_shared<CountingIdentity>();
    source->provide();
    auto transport = connectAs(source, endpointOf(server));
    auto sink = std::make_shared<support::CollectSink>();
    const auto stream = transport->stream(get("/stream"), sink);
    QTRY_COMPARE(source->refreshes.load(), 1);
    source->provide();
    QTRY_VERIFY(sink->head() && sink->head()->status == 200);
    QVERIFY(!sink->refusal());
}

void TestHttpTransport::whatIsRefusedTwiceIsRefused()
{
    ScriptedServer server(knows("nobody"), tls());
    const auto source = std::make_shared<CountingIdentity>();
    source->provide();
    auto transport = connectAs(source, endpointOf(server));
    const auto call = transport->send(get("/call"));
    QTRY_COMPARE(source->refreshes.load(), 1);
    source->provide();
    QCOMPARE(failureOf(answerOf(call)), QStringLiteral("status 401"));
    QCOMPARE(server.askedCount(), std::size_t{2});
    QCOMPARE(source->refreshes.load(), 1);
}

void TestHttpTransport::whatCannotBeRefreshedIsAskedOnce()
{
    ScriptedServer server(knows("nobody"), tls());
    const auto source = std::make_shared<CountingIdentity>();
    source->renewable = false;
    source->provide();
    auto transport = connectAs(source, endpointOf(server));
    QCOMPARE(failureOf(ask(*transport, get("/call"))), QStringLiteral("status 401"));
    auto fixed = connectTo(endpointOf(server), {.token = Token});
    QCOMPARE(failureOf(ask(*fixed, get("/call"))), QStringLiteral("status 401"));
    QCOMPARE(server.askedCount(), std::size_t{2});
}

void TestHttpTransport::aWriteThatWasNotKnownIsSentOnceMore()
{
    ScriptedServer server(knows("v2"), tls());
    const auto source = std::make_shared<CountingIdentity>();
    source->provide();
    auto transport = connectAs(source, endpointOf(server));
    const auto call = transport->send({.verb = "POST", .path = "/write", .body = "{\"a\":1}"});
    QTRY_COMPARE(source->refreshes.load(), 1);
    source->provide();
    QCOMPARE(failureOf(answerOf(call)), QStringLiteral("status 200"));
    const auto asked = server.asked();
    QCOMPARE(asked.size(), std::size_t{2});
    QCOMPARE(asked[0].body, asked[1].body);
    QCOMPARE(asked[1].header("Authorization"), QByteArray("Bearer v2"));
}

void TestHttpTransport::anotherCertificateMeansOtherConnections()
{
    ScriptedServer server(ok, tls());
    const auto bobs = m_ca->client(QStringLiteral("bob"));
    const auto source = std::make_shared<CountingIdentity>();
    source->provide(m_alice.certificate, m_alice.key);
    auto transport = connectAs(source, endpointOf(server));
    QVERIFY(ask(*transport, get("/alice")));
    source->provide(bobs.certificate, bobs.key);
    QVERIFY(ask(*transport, get("/bob")));
    const auto asked = server.asked();
    QCOMPARE(asked[0].clientName, QByteArray("alice"));
    QCOMPARE(asked[1].clientName, QByteArray("bob"));
    QVERIFY(asked[0].connection != asked[1].connection);
}

void TestHttpTransport::aTokenFileIsReadAgainWhenItsTokenIsRefused()
{
    ScriptedServer server(knows("v2"), tls());
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("v1") == 2);
    file.close();
    auto transport = connectTo(endpointOf(server), {.tokenFile = file.fileName()});
    QCOMPARE(failureOf(ask(*transport, get("/1"))), QStringLiteral("status 401"));
    QCOMPARE(server.askedCount(), std::size_t{1});
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("v2") == 2);
    file.close();
    QCOMPARE(failureOf(ask(*transport, get("/2"))), QStringLiteral("status 200"));
    QCOMPARE(server.askedCount(), std::size_t{3});
}

void TestHttpTransport::aTokenFileIsReadAgain()
{
    ScriptedServer server(ok, tls());
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    const auto write = [&file](const QByteArray& token) {
        return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(token) == token.size() &&
               (file.close(), true);
    };
    QVERIFY(write("first\n"));
    auto transport =
        connectTo(endpointOf(server), {.token = QStringLiteral("of the kubeconfig"), .tokenFile = file.fileName()},
                  {.tokenFileAge = 200ms});
    QVERIFY(ask(*transport, get("/1")));
    QVERIFY(write("second"));
    QVERIFY(ask(*transport, get("/2")));
    QTest::qWait(250);
    QVERIFY(ask(*transport, get("/3")));
    const auto asked = server.asked();
    QCOMPARE(asked[0].header("Authorization"), QByteArray("Bearer first"));
    QCOMPARE(asked[1].header("Authorization"), QByteArray("Bearer first"));
    QCOMPARE(asked[2].header("Authorization"), QByteArray("Bearer second"));
}

void TestHttpTransport::aTokenFileThatGoesAwayLeavesTheTokenThatWasRead()
{
    ScriptedServer server(ok, tls());
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("read") == 4);
    file.close();
    const transport::Identity identity{.token = QStringLiteral("beside"), .tokenFile = file.fileName()};
    auto transport = connectTo(endpointOf(server), identity, {.tokenFileAge = 1ms});
    QVERIFY(ask(*transport, get("/1")));
    QVERIFY(file.remove());
    QTest::qWait(20);
    QCOMPARE(failureOf(ask(*transport, get("/2"))), QStringLiteral("status 200"));
    QCOMPARE(server.asked().back().header("Authorization"), QByteArray("Bearer read"));
    // One that never was there: the token beside it, as in client-go; nothing beside it is an error.
    auto late = connectTo(endpointOf(server), identity);
    QCOMPARE(failureOf(ask(*late, get("/3"))), QStringLiteral("status 200"));
    QCOMPARE(server.asked().back().header("Authorization"), QByteArray("Bearer beside"));
    auto never = connectTo(endpointOf(server), {.tokenFile = file.fileName()});
    QCOMPARE(failureOf(ask(*never, get("/4"))), QStringLiteral("badConfig tokenFileUnreadable"));
    QCOMPARE(server.askedCount(), std::size_t{3});
}

void TestHttpTransport::theFaultOfACertificateIsNamed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("named");
    QTest::newRow("another name") << "name"
                                  << "tls certificateNameMismatch";
    QTest::newRow("expired") << "expired"
                             << "tls certificateExpired";
    QTest::newRow("another authority") << "authority"
                                       << "tls certificateUntrusted";
    QTest::newRow("another authority and another name") << "both"
                                                        << "tls certificateUntrusted";
    QTest::newRow("no authority given: the system's roots") << "roots"
                                                            << "tls certificateUntrusted";
}

void TestHttpTransport::theFaultOfACertificateIsNamed()
{
    QFETCH(const QString, fault);
    const support::Certificates stranger(QStringLiteral("stranger"));
    QSslConfiguration tls;
    if (fault == QLatin1String("name"))
        tls = m_ca->serverTls(m_ca->server(QStringLiteral("DNS:kubernetes,IP:192.0.2.1")));
    else if (fault == QLatin1String("expired"))
        tls = m_ca->serverTls(m_ca->server(QStringLiteral("IP:127.0.0.1"), -1));
    else if (fault == QLatin1String("authority"))
        tls = stranger.serverTls(stranger.server(QStringLiteral("IP:127.0.0.1")));
    else if (fault == QLatin1String("both"))
        tls = stranger.serverTls(stranger.server(QStringLiteral("DNS:elsewhere")));
    else
        tls = m_ca->serverTls(m_server);
    ScriptedServer server(ok, {.tls = tls});
    auto endpoint = endpointOf(server);
    if (fault == QLatin1String("roots"))
        endpoint.certificateAuthority.clear();
    auto transport = connectTo(endpoint, {.token = Token});
    const auto answer = ask(*transport, get("/api"));
    QTEST(failureOf(answer), "named");
    QVERIFY(!answer.error().said.isEmpty());
    QCOMPARE(answer.error().asked, QStringLiteral("GET /api"));
    QCOMPARE(answer.error().ofWhom, server.url());
    QCOMPARE(server.askedCount(), std::size_t{0});
}

void TestHttpTransport::aServerNameStandsInForTheAddress()
{
    ScriptedServer server(ok, {.tls = m_ca->serverTls(m_ca->server(QStringLiteral("DNS:kubernetes")))});
    auto endpoint = endpointOf(server);
    endpoint.serverName = QStringLiteral("kubernetes");
    auto transport = connectTo(endpoint, {.token = Token});
    QCOMPARE(failureOf(ask(*transport, get("/api"))), QStringLiteral("status 200"));
    endpoint.serverName = QStringLiteral("kubernetes.default");
    auto wrong = connectTo(endpoint, {.token = Token});
    QCOMPARE(failureOf(ask(*wrong, get("/api"))), QStringLiteral("tls certificateNameMismatch"));
}

void TestHttpTransport::theSeventhCallWaitsForOneOfTheSix()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::open("{}"); }, tls());
    auto transport = connectTo(endpointOf(server));
    std::vector<base::Call<Reply>> calls;
    for (int i = 0; i < 20; ++i)
        calls.push_back(transport->send(get("/" + QByteArray::number(i))));
    QTRY_COMPARE(server.askedCount(), std::size_t{6});
    QTest::qWait(200);
    QCOMPARE(server.askedCount(), std::size_t{6});
    for (int i = 0; i < 20; ++i) {
        QTRY_VERIFY(server.askedCount() > static_cast<std::size_t>(i));
        server.finish(i);
        QTRY_COMPARE(server.askedCount(), static_cast<std::size_t>(std::min(20, i + 7)));
    }
    for (const auto& call : calls)
        QVERIFY(answerOf(call));
    QVERIFY(server.connections() <= 6);
}

void TestHttpTransport::aStreamTakesNoCallsPlace()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::open("{}\n"); }, tls());
    auto transport = connectTo(endpointOf(server));
    std::vector<transport::StreamHandle> streams;
    for (int i = 0; i < 30; ++i)
        streams.push_back(transport->stream(get("/watch"), std::make_shared<support::CollectSink>()));
    QTRY_COMPARE(server.askedCount(), std::size_t{30});
    std::vector<base::Call<Reply>> calls;
    for (int i = 0; i < 6; ++i)
        calls.push_back(transport->send(get("/call")));
    QTRY_COMPARE(server.askedCount(), std::size_t{36});
    streams.clear();
    QTRY_COMPARE(server.openConnections(), 6);
}

void TestHttpTransport::theStageOfASilenceIsNamed_data()
{
    QTest::addColumn<QString>("stage");
    for (const char* stage : {"connect", "answer", "body"})
        QTest::newRow(stage) << QString::fromLatin1(stage);
}

void TestHttpTransport::theStageOfASilenceIsNamed()
{
    QFETCH(const QString, stage);
    ScriptedServer::Options options = tls();
    options.neverTls = stage == QLatin1String("connect");
    ScriptedServer server(
        [&](const AskedRequest&) {
            return stage == QLatin1String("answer") ? ScriptedAnswer::silence() : ScriptedAnswer::open("{");
        },
        options);
    auto transport = connectTo(endpointOf(server));
    const auto answer = ask(*transport, get("/api", 1500ms));
    QCOMPARE(failureOf(answer), QStringLiteral("timeout ") + stage);
    auto sink = std::make_shared<support::CollectSink>();
    const auto stream = transport->stream(get("/api", 1500ms), sink);
    QTRY_VERIFY(sink->end());
    QCOMPARE(sink->end()->error().reason, stage);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestHttpTransport::aSlowAnswerToAWriteIsNotTakenForAConnectionThatHangs()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::silence(); }, tls());
    auto transport = connectTo(endpointOf(server));
    for (const char* verb : {"POST", "DELETE"}) {
        const auto answer = ask(*transport, {.verb = verb, .path = "/slow", .body = "{}", .silence = 1500ms});
        QCOMPARE(failureOf(answer), QStringLiteral("timeout answer"));
    }
    QCOMPARE(failureOf(ask(*transport, {.verb = "DELETE", .path = "/slow", .silence = 1500ms})),
             QStringLiteral("timeout answer"));
}

void TestHttpTransport::aServerThatWasFrozenCanBeAskedAgain()
{
    // A frozen process: its kernel still accepts, and no byte ever comes back on those connections.
    ScriptedServer::Options options = tls();
    options.neverTls = true;
    ScriptedServer server(ok, options);
    auto transport = connectTo(endpointOf(server));
    std::vector<base::Call<Reply>> calls;
    for (int i = 0; i < 8; ++i)
        calls.push_back(transport->send(get("/api", i < 4 ? 300ms : 10s)));
    QTRY_VERIFY(server.connections() >= 6);
    for (std::size_t i = 0; i < 4; ++i)
        QCOMPARE(failureOf(answerOf(calls[i])), QStringLiteral("timeout connect"));
    for (std::size_t i = 4; i < 8; ++i)
        calls[i].cancel();
    server.setNeverTls(false);
    QCOMPARE(failureOf(ask(*transport, get("/api", 5s))), QStringLiteral("status 200"));
    QTRY_COMPARE(server.openConnections(), 1); // those that hung are let go
}

void TestHttpTransport::aSlowBodyIsNoSilence()
{
    std::vector<ScriptedAnswer::Piece> pieces(8, {"slow ", 150ms});
    ScriptedServer server([&](const AskedRequest&) { return ScriptedAnswer::inChunks(200, pieces); }, tls());
    auto transport = connectTo(endpointOf(server));
    const auto answer = ask(*transport, get("/api", 800ms));
    QVERIFY(answer);
    QCOMPARE(answer->body, QByteArray("slow ").repeated(8));
}

void TestHttpTransport::bodiesComeGzippedOrAsTheyAre_data()
{
    QTest::addColumn<bool>("gzip");
    QTest::addColumn<bool>("chunked");
    QTest::newRow("gzip, with its length") << true << false;
    QTest::newRow("gzip, in chunks") << true << true;
    QTest::newRow("as it is, with its length") << false << false;
    QTest::newRow("as it is, in chunks") << false << true;
}

void TestHttpTransport::bodiesComeGzippedOrAsTheyAre()
{
    QFETCH(const bool, gzip);
    QFETCH(const bool, chunked);
    QByteArray text;
    for (int i = 0; i < 100'000; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    const QByteArray body = gzip ? support::gzipped(text) : text;
    ScriptedServer server(
        [&](const AskedRequest&) {
            const support::HeaderList headers =
                gzip ? support::HeaderList{{"Content-Encoding", "gzip"}} : support::HeaderList{};
            if (!chunked)
                return ScriptedAnswer::whole(200, body, headers);
            std::vector<ScriptedAnswer::Piece> pieces;
            for (qsizetype at = 0; at < body.size(); at += 10'007)
                pieces.push_back({body.mid(at, 10'007)});
            return ScriptedAnswer::inChunks(200, pieces, headers);
        },
        tls());
    auto transport = connectTo(endpointOf(server));
    Request request = get("/api");
    request.compress = gzip;
    const auto answer = ask(*transport, request);
    QVERIFY(answer);
    QVERIFY(answer->body == text);
    QCOMPARE(server.asked().front().header("Accept-Encoding"), QByteArray(gzip ? "gzip" : "identity"));
}

void TestHttpTransport::aBodyThatBreaksOffIsAnError_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("inOrder");
    QTest::addColumn<QByteArray>("committed");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray half = support::gzipped(QByteArray(10'000, 'x')).chopped(8);
    const auto add = [](const char* name, const QByteArray& bytes, const QByteArray& committed) {
        QTest::addRow("%s, closed in order", name) << bytes << true << committed;
        QTest::addRow("%s, reset", name) << bytes << false << committed;
    };
    add("less than its length", ok + "Content-Length: 10\r\n\r\n12345", "12345");
    add("no last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n", "12345");
    add("in a chunk", ok + "Transfer-Encoding: chunked\r\n\r\n9\r\n12345", "12345");
    add("a chunk without its size", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\nzz\r\n", "12345");
    add("in the head", ok + "Content-Len", "");
    add("gzip without its end",
        ok + "Content-Encoding: gzip\r\nContent-Length: " + QByteArray::number(half.size()) + "\r\n\r\n" + half, "");
    add("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "");
    add("nothing at all", "", "");
}

void TestHttpTransport::aBodyThatBreaksOffIsAnError()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, inOrder);
    QFETCH(const QByteArray, committed);
    ScriptedServer server(
        [&](const AskedRequest&) {
            return ScriptedAnswer::raw(bytes, inOrder ? ScriptedAnswer::End::Close : ScriptedAnswer::End::Reset);
        },
        tls());
    auto transport = connectTo(endpointOf(server));
    const auto answer = ask(*transport, get("/api", 5s));
    // Now and then Qt takes a body in chunks to be whole when its connection ends.
    const bool mayLookWhole = bytes.contains("chunked");
    if (answer) {
        QVERIFY(mayLookWhole);
        QCOMPARE(answer->body, committed);
    } else {
        QVERIFY2(answer.error().kind == ErrorKind::Network || answer.error().kind == ErrorKind::BadAnswer,
                 qPrintable(failureOf(answer)));
    }
    auto sink = std::make_shared<support::CollectSink>();
    const auto stream = transport->stream(get("/api", 5s), sink);
    QTRY_VERIFY(sink->end());
    QVERIFY(!*sink->end() || mayLookWhole);
    if (!committed.isEmpty())
        QCOMPARE(sink->body(), committed);
}

void TestHttpTransport::aBodyThatBreaksOffIsNotContinuedByAnotherAnswer_data()
{
    QTest::addColumn<bool>("hasLength");
    QTest::newRow("with its length") << true;
    QTest::newRow("in chunks") << false;
}

void TestHttpTransport::aBodyThatBreaksOffIsNotContinuedByAnotherAnswer()
{
    QFETCH(const bool, hasLength);
    for (int i = 0; i < 20; ++i) {
        ScriptedServer server(
            [hasLength](const AskedRequest& asked) {
                if (asked.number > 0)
                    return ScriptedAnswer::inChunks(200, {{"second"}});
                return hasLength ? ScriptedAnswer::raw("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nfirst",
                                                       ScriptedAnswer::End::Open)
                                 : ScriptedAnswer::open("first");
            },
            i % 2 == 0 ? tls() : ScriptedServer::Options{});
        auto transport = connectTo(endpointOf(server));
        auto sink = std::make_shared<support::CollectSink>();
        const auto stream = transport->stream(get("/list"), sink);
        QTRY_COMPARE(sink->body(), QByteArray("first"));
        QTest::qWait(i % 5 * 20);
        server.cut(0);
        QTRY_VERIFY(sink->end());
        if (hasLength)
            QVERIFY(!*sink->end());
        if (!*sink->end()) // now and then Qt takes a body in chunks to be whole
            QCOMPARE(sink->end()->error().kind, ErrorKind::Network);
        QCOMPARE(sink->body(), QByteArray("first"));
    }
}

void TestHttpTransport::aBodyLargerThanAllowedIsALimit()
{
    const QByteArray body(1 << 20, 'x');
    ScriptedServer server(
        [&](const AskedRequest& asked) {
            return asked.target == "/gzip"
                       ? ScriptedAnswer::whole(200, support::gzipped(body), {{"Content-Encoding", "gzip"}})
                       : ScriptedAnswer::whole(200, body);
        },
        tls());
    auto transport = connectTo(endpointOf(server));
    for (const char* path : {"/gzip", "/plain"}) {
        Request request = get(path);
        request.mostBytes = body.size() - 1;
        const auto tooMuch = ask(*transport, request);
        QVERIFY(!tooMuch);
        QCOMPARE(tooMuch.error().kind, ErrorKind::Limit);
        request.mostBytes = body.size();
        QCOMPARE(failureOf(ask(*transport, request)), QStringLiteral("status 200"));
    }
}

void TestHttpTransport::aWriteIsNeverSentTwice_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<bool>("warm");
    for (const char* verb : {"POST", "PATCH", "PUT", "DELETE"}) {
        QTest::addRow("%s on a new connection", verb) << QByteArray(verb) << false;
        QTest::addRow("%s on a connection that was used before", verb) << QByteArray(verb) << true;
    }
}

void TestHttpTransport::aWriteIsNeverSentTwice()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const bool, warm);
    for (const bool inOrder : {false, true}) {
        ScriptedServer server(
            [inOrder](const AskedRequest& asked) {
                if (asked.verb == "GET")
                    return ScriptedAnswer::whole(200, "{}");
                return ScriptedAnswer::raw({}, inOrder ? ScriptedAnswer::End::Close : ScriptedAnswer::End::Reset);
            },
            tls());
        auto transport = connectTo(endpointOf(server));
        if (warm)
            QVERIFY(ask(*transport, get("/api")));
        const auto answer = ask(*transport, {.verb = verb, .path = "/api/v1/namespaces", .body = "{\"a\":1}"});
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Network);
        QTest::qWait(100);
        const auto asked = server.asked();
        QCOMPARE(std::count_if(asked.begin(), asked.end(), [&](const auto& one) { return one.verb == verb; }), 1);
    }
}

void TestHttpTransport::anIdleConnectionThatWasClosedHurtsNobody()
{
    ScriptedServer server(ok, tls());
    auto transport = connectTo(endpointOf(server));
    QVERIFY(ask(*transport, get("/1")));
    server.stopListening();
    server.listenAgain();
    QCOMPARE(failureOf(ask(*transport, get("/2"))), QStringLiteral("status 200"));
    server.stopListening();
    server.listenAgain();
    QTest::qWait(100);
    QCOMPARE(failureOf(ask(*transport, {.verb = "POST", .path = "/3", .body = "{}"})), QStringLiteral("status 200"));
}

void TestHttpTransport::aCanceledCallAnswersCanceled()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::silence(); }, tls());
    auto transport = connectTo(endpointOf(server));
    std::vector<base::Call<Reply>> calls;
    for (int i = 0; i < 8; ++i)
        calls.push_back(transport->send(get("/api")));
    QTRY_COMPARE(server.askedCount(), std::size_t{6}); // two more wait in the queue
    for (const auto& call : calls) {
        call.cancel();
        call.cancel();
    }
    for (const auto& call : calls) {
        const auto answer = answerOf(call);
        QCOMPARE(failureOf(answer), QStringLiteral("canceled "));
        QCOMPARE(answer.error().asked, QStringLiteral("GET /api"));
        call.cancel();
    }
    QTRY_COMPARE(server.openConnections(), 0);
    auto early = transport->send(get("/early"));
    early.cancel();
    QCOMPARE(failureOf(answerOf(early)), QStringLiteral("canceled "));
}

void TestHttpTransport::aCanceledCallMakesRoom()
{
    ScriptedServer server(
        [](const AskedRequest& asked) {
            return asked.target == "/slow" ? ScriptedAnswer::silence() : ScriptedAnswer::whole(200, "{}");
        },
        tls());
    auto transport = connectTo(endpointOf(server));
    std::vector<base::Call<Reply>> slow;
    for (int i = 0; i < 6; ++i)
        slow.push_back(transport->send(get("/slow")));
    QTRY_COMPARE(server.askedCount(), std::size_t{6});
    const auto call = transport->send(get("/quick"));
    for (const auto& each : slow)
        each.cancel();
    QCOMPARE(failureOf(answerOf(call)), QStringLiteral("status 200"));
}

void TestHttpTransport::destroyingATransportEndsEverything()
{
    ScriptedServer server(
        [](const AskedRequest& asked) {
            return asked.target == "/stream" ? ScriptedAnswer::open("{}\n") : ScriptedAnswer::silence();
        },
        tls());
    auto transport = connectTo(endpointOf(server));
    std::vector<transport::StreamHandle> handles;
    std::vector<std::weak_ptr<support::CollectSink>> sinks;
    for (int i = 0; i < 100; ++i) {
        auto sink = std::make_shared<support::CollectSink>();
        sinks.push_back(sink);
        handles.push_back(transport->stream(get("/stream"), std::move(sink)));
    }
    std::vector<base::Call<Reply>> calls;
    for (int i = 0; i < 10; ++i)
        calls.push_back(transport->send(get("/call")));
    QTRY_COMPARE_WITH_TIMEOUT(server.askedCount(), std::size_t{106}, 20'000);
    for (int i = 0; i < 10; ++i) // some that the worker has not seen yet
        calls.push_back(transport->send(get("/late")));
    transport.reset();
    for (const auto& call : calls)
        QCOMPARE(failureOf(answerOf(call)), QStringLiteral("canceled "));
    for (const auto& sink : sinks)
        QVERIFY(sink.expired());
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestHttpTransport::aTransportMayGoInTheMiddleOfItsHandshakes()
{
    // In a thread that others go on working in, as the addresses of a cluster share one.
    QThread thread;
    thread.start();
    ScriptedServer server(ok, tls());
    for (int i = 0; i < 150; ++i) {
        auto transport = connectTo(endpointOf(server), {}, {.thread = &thread});
        std::vector<base::Call<transport::Reply>> calls;
        for (int call = 0; call < 6; ++call)
            calls.push_back(transport->send(get("/")));
        QTest::qWait(i % 10);
        for (const auto& call : calls)
            call.cancel();
        transport.reset();
    }
    thread.quit();
    QVERIFY(thread.wait(30'000));
}

void TestHttpTransport::aTransportMayGoWhileItsThreadStillAsks()
{
    ScriptedServer server(ok, tls());
    auto routed = std::make_unique<transport::RoutedTransport>();
    transport::Transport* const asked = routed.get();
    routed->setTarget(connectTo(endpointOf(server), {}, {.thread = routed->workerThread()}));
    QObject asker;
    asker.moveToThread(routed->workerThread());
    std::atomic<bool> hasBegun = false;
    std::optional<base::Call<transport::Reply>> call;
    QMetaObject::invokeMethod(&asker, [&] {
        hasBegun = true;
        QThread::msleep(200); // meanwhile it is let go
        call = asked->send(get("/"));
        (void)asked->stream(get("/"), nullptr);
    });
    QTRY_VERIFY(hasBegun);
    routed.reset();
    QCOMPARE(call->future.result().error().kind, base::ErrorKind::Canceled);
}

void TestHttpTransport::aHandleMayOutliveItsTransport()
{
    ScriptedServer server([](const AskedRequest&) { return ScriptedAnswer::open(); }, tls());
    auto transport = connectTo(endpointOf(server));
    auto sink = std::make_shared<support::CollectSink>();
    auto handle = transport->stream(get("/stream"), sink);
    const auto call = transport->send(get("/call"));
    QTRY_COMPARE(server.askedCount(), std::size_t{2});
    transport.reset();
    handle.abort();
    call.cancel();
    QVERIFY(!sink->end());
}

void TestHttpTransport::theJournalTellsWhatWasAskedAndNoHeader()
{
    ScriptedServer server(
        [](const AskedRequest& asked) {
            if (asked.target == "/gone")
                return ScriptedAnswer::whole(410, "{}", {{"Set-Cookie", "secret-of-the-server"}});
            if (asked.target == "/cut")
                return ScriptedAnswer::hangUp();
            if (asked.target == "/wait")
                return ScriptedAnswer::silence();
            if (asked.target == "/watch")
                return ScriptedAnswer::open("12345");
            return ScriptedAnswer::whole(200, support::gzipped(QByteArray(100'000, 'x')),
                                         {{"Content-Encoding", "gzip"}});
        },
        tls());
    transport::Journal journal;
    int announced = 0;
    connect(&journal, &transport::Journal::changed, this, [&] { ++announced; });
    auto made = HttpTransport::create(endpointOf(server), {.token = Token}, &journal, {.context = QStringLiteral("c")});
    QVERIFY(made);
    HttpTransport& transport = **made;
    Request first = get("/api/v1/pods");
    first.query = {{QStringLiteral("limit"), QStringLiteral("1")}};
    QVERIFY(ask(transport, first));
    QVERIFY(ask(transport, get("/gone")));
    QVERIFY(!ask(transport, {.verb = "POST", .path = "/cut", .body = "secret-of-the-body"}));
    QCOMPARE(server.askedCount(), std::size_t{3});
    const auto waiting = transport.send(get("/wait"));
    auto sink = std::make_shared<support::CollectSink>();
    auto stream = transport.stream(get("/watch"), sink);
    QTRY_COMPARE(sink->body(), QByteArray("12345"));
    QTRY_COMPARE(server.askedCount(), std::size_t{5});
    using State = transport::JournalEntry::State;
    auto entries = journal.entries();
    QCOMPARE(entries.size(), std::size_t{5});
    QCOMPARE(entries[0].verb, QByteArray("GET"));
    QCOMPARE(entries[0].target, QByteArray("/api/v1/pods?limit=1"));
    QCOMPARE(entries[0].context, QStringLiteral("c"));
    QCOMPARE(entries[0].address, server.url());
    QCOMPARE(entries[0].state, State::Done);
    QCOMPARE(entries[0].status, 200);
    QCOMPARE(entries[0].bytes, qint64{support::gzipped(QByteArray(100'000, 'x')).size()});
    QVERIFY(entries[0].latencyMs >= 0 && entries[0].durationMs >= entries[0].latencyMs);
    QCOMPARE(entries[1].status, 410);
    QCOMPARE(entries[1].state, State::Done);
    QCOMPARE(entries[2].verb, QByteArray("POST"));
    QCOMPARE(entries[2].state, State::Failed);
    QCOMPARE(entries[2].error.kind, ErrorKind::Network);
    QCOMPARE(entries[3].state, State::Asked);
    QCOMPARE(entries[4].state, State::Streaming);
    QCOMPARE(entries[4].bytes, qint64{5});
    waiting.cancel();
    stream.abort();
    QTRY_COMPARE(journal.entries()[3].state, State::Aborted);
    QTRY_COMPARE(journal.entries()[4].state, State::Aborted);
    for (const auto& entry : journal.entries()) {
        const QByteArray all = entry.context.toUtf8() + entry.address.toUtf8() + entry.verb + entry.target +
                               entry.error.said.toUtf8() + entry.error.asked.toUtf8() + entry.error.ofWhom.toUtf8();
        QVERIFY(!all.contains(Token.toUtf8()) && !all.contains("secret-of"));
    }
    QTRY_VERIFY(announced > 0);
    QCOMPARE(journal.takeChanged().size(), std::size_t{5});
    QCOMPARE(journal.takeChanged().size(), std::size_t{0});
}

void TestHttpTransport::aProxyIsAskedToConnectAndSeesNoToken()
{
    ScriptedServer server(ok, tls());
    support::ScriptedProxy proxy;
    auto endpoint = endpointOf(server);
    endpoint.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port());
    auto transport = connectTo(endpoint, {.token = Token});
    QCOMPARE(failureOf(ask(*transport, get("/api"))), QStringLiteral("status 200"));
    QCOMPARE(server.asked().front().header("Authorization"), "Bearer " + Token.toUtf8());
    const auto asked = proxy.asked();
    QCOMPARE(asked.size(), std::size_t{1});
    QVERIFY(asked.front().startsWith("CONNECT 127.0.0.1:" + QByteArray::number(server.port()) + ' '));
    QVERIFY(!asked.front().contains(Token.toUtf8()));
}

void TestHttpTransport::aProxyThatRefusesIsNamed()
{
    ScriptedServer server(ok, tls());
    support::ScriptedProxy proxy(403);
    auto endpoint = endpointOf(server);
    endpoint.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port());
    auto transport = connectTo(endpoint, {.token = Token});
    const auto answer = ask(*transport, get("/api"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Network);
    QVERIFY2(answer.error().said.contains(QLatin1String("proxy"), Qt::CaseInsensitive),
             qPrintable(answer.error().said));
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::nobodyListening()
{
    ScriptedServer server(ok, tls());
    server.stopListening();
    auto transport = connectTo(endpointOf(server));
    QCOMPARE(failureOf(ask(*transport, get("/api"))), QStringLiteral("network refused"));
    auto nowhere = endpointOf(server);
    nowhere.url.setHost(QStringLiteral("no-such-host.invalid"));
    auto lost = connectTo(nowhere);
    QCOMPARE(failureOf(ask(*lost, get("/api"))), QStringLiteral("dns "));
}

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
