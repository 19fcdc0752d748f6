// Nothing secret leaves in a snapshot, and everything else does.

#include "app/kube/json.h"
#include "app/snapshot/redaction.h"
#include "tests/app/snapshot/planted.h"
#include "tests/support/fixture.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

using kube::Json;
using snapshot::Redactor;

namespace {

Json parsed(const QByteArray& text)
{
    const auto json = kube::parseJson(text);
    if (!json)
        qFatal("no JSON: %s", text.constData());
    return *json;
}

/// The letters of Base64 that the value alone decides, when so many bytes stand before it.
QByteArray core(const QByteArray& value, int before)
{
    const QByteArray encoded = (QByteArray(before, '\0') + value).toBase64(QByteArray::OmitTrailingEquals);
    const qsizetype first = (before * 8 + 5) / 6;
    return encoded.mid(first, (before + value.size()) * 8 / 6 - first);
}

/// Texts in Base64, decoded, and those within them.
QByteArray decodedToo(const Json& json, int depth = 0)
{
    QByteArray all;
    if (json.is_structured())
        for (const Json& each : json)
            all += decodedToo(each, depth) + '\n';
    if (json.is_string() && depth < 3) {
        const QByteArray text = QByteArray::fromStdString(json.get<std::string>());
        const auto bytes = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        if (bytes && text.size() >= 8)
            all += bytes.decoded + '\n' + decodedToo(Json(bytes.decoded.toStdString()), depth + 1);
    }
    return all;
}

QByteArray leftOf(const QByteArray& secret, const QByteArray& text)
{
    QList<QByteArray> forms{secret, secret.toPercentEncoding(),
                            QUrl::toPercentEncoding(QString::fromUtf8(secret), "!$&'()*+,;=:@"), secret.toHex(),
                            QByteArray(secret).replace("\n", "\\n")};
    if (secret.size() >= 6)
        for (int before = 0; before < 3; ++before)
            forms << core(secret, before);
    for (const QByteArray& form : forms)
        if (text.contains(form))
            return form;
    return {};
}

QByteArray filled(QByteArray text, const QByteArray& secret)
{
    // @S@ the value, @B@ in Base64, @U@ for a URL, @J@ within a text of JSON
    const QByteArray escaped = QByteArray(secret).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return text.replace("@S@", escaped)
        .replace("@B@", secret.toBase64())
        .replace("@U@", secret.toPercentEncoding())
        .replace("@J@", QByteArray(escaped).replace("\\", "\\\\").replace("\"", "\\\""));
}

qint64 countOf(const Redactor& redactor, const QString& path)
{
    for (const auto& each : redactor.redacted())
        if (each.path == path)
            return each.count;
    return 0;
}

} // namespace

class TestRedaction : public QObject {
    Q_OBJECT
private slots:
    void aPlantedSecretIsGone_data();
    void aPlantedSecretIsGone();
    void aSecretInALogIsGone_data();
    void aSecretInALogIsGone();
    void whatIsNoSecretStays_data();
    void whatIsNoSecretStays();
    void linesThatHoldNoneStay_data();
    void linesThatHoldNoneStay();
    void valuesOfSecretsAreFoundElsewhere_data();
    void valuesOfSecretsAreFoundElsewhere();
    void longValuesOfSecretsAreFoundAsAWhole();
    void ordinaryValuesOfSecretsAreNot();
    void aSecretStaysAnObjectThatClientsRead();
    void labelsAndUrlsStayValid();
    void copiesInTextsAreWrittenAsTheyWere();
    void rowsGoByTheirObjectAndTheirColumns();
    void listsAndTablesAreTakenApart();
    void everyReplacementIsCounted();
    void againChangesNothing();
    void addressesGetOneStandInEach();
    void withoutTheOptionAddressesStay();
    void recordingsStayButForTheirSecrets();
    void hostileTextTakesNoLonger_data();
    void hostileTextTakesNoLonger();
};

void TestRedaction::aPlantedSecretIsGone_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QByteArray>("secret");
    for (const Planted& each : plantedObjects())
        QTest::newRow(each.where) << filled(each.text, each.secret) << QByteArray(each.secret);
}

void TestRedaction::aPlantedSecretIsGone()
{
    QFETCH(QByteArray, object);
    QFETCH(QByteArray, secret);
    Json json = parsed(object);
    QVERIFY2(!leftOf(secret, kube::toBytes(json) + decodedToo(json)).isEmpty(), "nothing was planted");
    Redactor redactor;
    QVERIFY(redactor.object(json, QStringLiteral("v1"), QStringLiteral("Secret")));
    const QByteArray left = kube::toBytes(json);
    QVERIFY2(leftOf(secret, left + '\n' + decodedToo(json)).isEmpty(), left.constData());
    QVERIFY(!redactor.redacted().empty());
    // what carries it is there still
    const Json before = parsed(object);
    QCOMPARE(json.size(), before.size());
    QCOMPARE(json.value("metadata", Json::object()).value("name", ""),
             before.value("metadata", Json::object()).value("name", ""));
}

void TestRedaction::aSecretInALogIsGone_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("secret");
    for (const Planted& each : plantedLines()) {
        QByteArray line = each.text;
        line.replace("@S@", each.secret)
            .replace("@B@", QByteArray(each.secret).toBase64())
            .replace("@U@", QByteArray(each.secret).toPercentEncoding());
        QTest::newRow(each.where) << line << QByteArray(each.secret);
    }
}

void TestRedaction::aSecretInALogIsGone()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, secret);
    Redactor redactor;
    const QByteArray text = "2026-11-23T07:00:00Z first line\n" + line + "\nlast line\n";
    const QByteArray left = redactor.text(text);
    QVERIFY2(leftOf(secret, left).isEmpty(), left.constData());
    QVERIFY2(left.startsWith("2026-11-23T07:00:00Z first line\n") && left.endsWith("\nlast line\n"), left.constData());
    QCOMPARE(countOf(redactor, QStringLiteral("log")), 1);
}

void TestRedaction::whatIsNoSecretStays_data()
{
    QTest::addColumn<QByteArray>("object");
    for (const Harmless& each : harmlessObjects())
        QTest::newRow(each.what) << QByteArray(each.text);
}

void TestRedaction::whatIsNoSecretStays()
{
    QFETCH(QByteArray, object);
    const Json before = parsed(object);
    Json json = before;
    Redactor redactor;
    redactor.object(json, QStringLiteral("v1"), QStringLiteral("ConfigMap"));
    QCOMPARE(kube::toBytes(json), kube::toBytes(before));
    QVERIFY(redactor.redacted().empty());
}

void TestRedaction::linesThatHoldNoneStay_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char* line : harmlessLines())
        QTest::newRow(line) << QByteArray(line);
}

void TestRedaction::linesThatHoldNoneStay()
{
    QFETCH(QByteArray, line);
    Redactor redactor;
    QCOMPARE(redactor.text(line), line);
    Json event = {{"kind", "Event"}, {"message", line.toStdString()}};
    const Json before = event;
    redactor.object(event, QStringLiteral("v1"), QStringLiteral("Event"));
    QCOMPARE(kube::toBytes(event), kube::toBytes(before));
}

void TestRedaction::valuesOfSecretsAreFoundElsewhere_data()
{
    QTest::addColumn<QByteArray>("elsewhere");
    const QByteArray value = "Tr0ub4dor&3 horse/x";
    QTest::newRow("a whole text") << QByteArray(R"({"spec":{"note":"@S@"}})");
    QTest::newRow("in a sentence") << QByteArray(R"({"message":"login with @S@ failed"})");
    QTest::newRow("Base64") << QByteArray(R"({"spec":{"blob":"@B@"}})");
    QTest::newRow("URL-encoded") << QByteArray(R"({"message":"GET /login?x=@U@&y=1"})");
    QTest::newRow("in a copy") << QByteArray(R"({"metadata":{"annotations":{"old":"{\"a\":\"@J@\"}"}}})");
    QTest::newRow("inside longer Base64, aligned by one")
        << QByteArray(R"({"x":")") + ("u:" + value + ":v").toBase64() + R"("})";
    QTest::newRow("inside longer Base64, aligned by two")
        << QByteArray(R"({"x":")") + ("us:" + value + ":v").toBase64() + R"("})";
    QTest::newRow("inside longer Base64, aligned by three")
        << QByteArray(R"({"x":")") + ("u " + value + ":v").toBase64() + R"("})";
}

void TestRedaction::valuesOfSecretsAreFoundElsewhere()
{
    QFETCH(QByteArray, elsewhere);
    const QByteArray value = "Tr0ub4dor&3 horse/x";
    Redactor redactor;
    redactor.learn(parsed(filled(R"({"metadata":{"name":"s"},"type":"Opaque","data":{"anything":"@B@"}})", value)));
    QVERIFY(redactor.redacted().empty());
    Json json = parsed(filled(elsewhere, value));
    QVERIFY(redactor.object(json, QStringLiteral("example.com/v1"), QStringLiteral("Thing")));
    QVERIFY2(leftOf(value, kube::toBytes(json) + decodedToo(json)).isEmpty(), kube::toBytes(json).constData());
    QCOMPARE(redactor.text("x " + value + " y\n"), QByteArray("x <redacted, 19 bytes> y\n"));
}

void TestRedaction::longValuesOfSecretsAreFoundAsAWhole()
{
    QByteArray value; // a key store, say: neither text nor of a known form
    for (int i = 0; i < 300; ++i)
        value += QByteArray::number(i * 7919 % 977, 36) + char(1 + i % 8);
    Redactor redactor;
    redactor.learn(parsed(filled(R"({"metadata":{"name":"s"},"type":"Opaque","data":{"anything":"@B@"}})", value)));
    Json json = {{"binaryData", {{"copy", value.toBase64().toStdString()}, {"other", "AQID"}}}};
    QVERIFY(redactor.object(json, QStringLiteral("v1"), QStringLiteral("ConfigMap")));
    QVERIFY2(!kube::toBytes(json).contains(value.toBase64().mid(40, 40)), kube::toBytes(json).constData());
    QVERIFY(json["binaryData"]["other"] == "AQID");
}

void TestRedaction::ordinaryValuesOfSecretsAreNot()
{
    Redactor redactor;
    Json data = Json::object();
    const QList<QByteArray> ordinary{"default",
                                     "true",
                                     "kube-system",
                                     "postgres",
                                     "administrator",
                                     "10.0.0.1:5432",
                                     "db.shop.svc.cluster.local",
                                     "5432",
                                     "https://db.example.com:8443/path",
                                     "/var/lib/data",
                                     "production",
                                     "shop-frontend",
                                     "2026-11-23",
                                     "someone@example.com"};
    for (qsizetype i = 0; i < ordinary.size(); ++i)
        data["k" + std::to_string(i)] = ordinary[i].toBase64().toStdString();
    data["username"] = QByteArray("svc-user01X").toBase64().toStdString();
    redactor.learn({{"metadata", {{"name", "s"}}}, {"type", "Opaque"}, {"data", data}});
    for (const QByteArray& each : ordinary + QList<QByteArray>{"svc-user01X"}) {
        Json json = {{"spec", {{"x", each.toStdString()}}}};
        QVERIFY2(!redactor.object(json, QStringLiteral("v1"), QStringLiteral("Pod")), each.constData());
    }
}

void TestRedaction::aSecretStaysAnObjectThatClientsRead()
{
    Json secret =
        parsed(R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"shop"},"type":"Opaque",
        "data":{"a":"aHVudGVyMg==","empty":"","ca.crt":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="},
        "stringData":{"b":"hunter2"}})");
    const Json before = secret;
    Redactor redactor;
    QVERIFY(redactor.object(secret, QStringLiteral("v1"), QStringLiteral("Secret")));
    QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(secret["data"]["a"].get<std::string>())),
             QByteArray("<redacted, 7 bytes>"));
    QCOMPARE(QString::fromStdString(secret["stringData"]["b"].get<std::string>()),
             QStringLiteral("<redacted, 7 bytes>"));
    QVERIFY(secret["data"]["empty"] == "");
    QVERIFY(secret["data"]["ca.crt"] == before["data"]["ca.crt"]); // a certificate is public
    secret.erase("data");
    secret.erase("stringData");
    Json rest = before;
    rest.erase("data");
    rest.erase("stringData");
    QCOMPARE(kube::toBytes(secret), kube::toBytes(rest));

    Json number =
        parsed(R"({"kind":"Login","apiVersion":"example.com/v1","spec":{"password":12345678,"passwordMinLength":8}})");
    QVERIFY(redactor.object(number, QString(), QString()));
    const QByteArray expected =
        R"({"kind":"Login","apiVersion":"example.com/v1","spec":{"password":0,"passwordMinLength":8}})";
    QCOMPARE(kube::toBytes(number), expected);
}

void TestRedaction::labelsAndUrlsStayValid()
{
    Json json = parsed(R"({"metadata":{"labels":{"token":"k3Jf9sLq02XcVb","app":"shop"}},
        "webhooks":[{"clientConfig":{"url":"https://hook:k3Jf9sLq02XcVb@hooks.example.com/x?token=k3Jf9sLq02XcVb&y=1"}}]})");
    Redactor redactor;
    QVERIFY(redactor.object(json, QStringLiteral("v1"), QStringLiteral("X")));
    const QByteArray expected =
        R"({"metadata":{"labels":{"token":"redacted-14-bytes","app":"shop"}},)"
        R"("webhooks":[{"clientConfig":{"url":"https://hook:redacted-14-bytes@hooks.example.com/x?token=redacted-14-bytes&y=1"}}]})";
    QCOMPARE(kube::toBytes(json), expected);
}

void TestRedaction::copiesInTextsAreWrittenAsTheyWere()
{
    const QByteArray copy =
        R"({"kind":"Pod","spec":{"containers":[{"name":"a","env":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"LEVEL","value":"debug"}]}]}})";
    Json json = {
        {"metadata",
         {{"annotations", {{"kubectl.kubernetes.io/last-applied-configuration", copy.toStdString() + "\n"}}}}}};
    Redactor redactor;
    QVERIFY(redactor.object(json, QStringLiteral("v1"), QStringLiteral("Pod")));
    QByteArray expected = copy + '\n';
    expected.replace("hunter2", "<redacted, 7 bytes>");
    QCOMPARE(
        QByteArray::fromStdString(
            json["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"].get<std::string>()),
        expected);
}

void TestRedaction::rowsGoByTheirObjectAndTheirColumns()
{
    Redactor redactor;
    Json row = parsed(
        R"({"cells":["db","hunter2abc","8d","my-tls",3],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",
        "metadata":{"name":"db","annotations":{"password":"hunter2abc"}}}})");
    QVERIFY(redactor.row(row, QStringLiteral("example.com/v1"), QStringLiteral("Login")));
    QVERIFY(!kube::toBytes(row).contains("hunter2abc"));
    const QByteArray expected = R"(["db","<redacted, 10 bytes>","8d","my-tls",3])";
    QCOMPARE(kube::toBytes(row["cells"]), expected);
    QCOMPARE(countOf(redactor, QStringLiteral("Login.cells[]")), 1);

    Json plain = parsed(R"({"cells":["db","hunter2","my-tls"],"object":{"metadata":{"name":"db"}}})");
    QVERIFY(redactor.row(plain, QStringLiteral("example.com/v1"), QStringLiteral("Login"),
                         {QStringLiteral("Name"), QStringLiteral("Password"), QStringLiteral("Secret")}));
    const QByteArray named = R"(["db","<redacted, 7 bytes>","my-tls"])";
    QCOMPARE(kube::toBytes(plain["cells"]), named);
}

void TestRedaction::listsAndTablesAreTakenApart()
{
    Redactor redactor;
    Json list = parsed(
        R"({"kind":"SecretList","apiVersion":"v1","items":[{"metadata":{"name":"s"},"data":{"a":"aHVudGVyMg=="}}]})");
    QVERIFY(redactor.json(list));
    QVERIFY(!kube::toBytes(list).contains("aHVudGVyMg"));
    QCOMPARE(countOf(redactor, QStringLiteral("Secret.data")), 1);
    Json table = parsed(
        R"({"kind":"Table","columnDefinitions":[{"name":"Name"},{"name":"Api Key"}],"rows":[{"cells":["a","k3Jf9sLq02XcVb"]}]})");
    QVERIFY(redactor.json(table));
    QVERIFY(!kube::toBytes(table).contains("k3Jf9sLq02XcVb"));
    Json answer = parsed(
        R"({"status":"success","data":{"result":[{"metric":{"secret":"default-token-x7f9d","password":"hunter2"},"value":[1.5,"1"]}]}})");
    QVERIFY(redactor.json(answer));
    const QByteArray expected =
        R"({"status":"success","data":{"result":[{"metric":{"secret":"default-token-x7f9d","password":"<redacted, 7 bytes>"},"value":[1.5,"1"]}]}})";
    QCOMPARE(kube::toBytes(answer), expected);
    QCOMPARE(countOf(redactor, QStringLiteral("answer.data.result[].metric.password")), 1);
}

void TestRedaction::everyReplacementIsCounted()
{
    Redactor redactor;
    Json secret = parsed(R"({"kind":"Secret","data":{"a":"aHVudGVyMg==","b":"aHVudGVyMw=="}})");
    Json pod = parsed(
        R"({"kind":"Pod","spec":{"containers":[{"env":[{"name":"TOKEN","value":"abcdefghij"}]},{"env":[{"name":"A_SECRET","value":"abcdefghik"}]}]}})");
    QVERIFY(redactor.object(secret, QStringLiteral("v1"), QStringLiteral("Secret")));
    QVERIFY(redactor.object(pod, QStringLiteral("v1"), QStringLiteral("Pod")));
    redactor.text("password=hunter2 token=abcdefghij\n");
    const std::vector<snapshot::Redacted> expected{{QStringLiteral("Pod.spec.containers[].env[].value"), 2},
                                                   {QStringLiteral("Secret.data"), 2},
                                                   {QStringLiteral("log"), 2}};
    QVERIFY(redactor.redacted() == expected);
}

void TestRedaction::againChangesNothing()
{
    for (const Planted& each : plantedObjects()) {
        Redactor redactor;
        Json once = parsed(filled(each.text, each.secret));
        redactor.object(once, QStringLiteral("v1"), QStringLiteral("Secret"));
        Json twice = once;
        Redactor second;
        QVERIFY2(!second.object(twice, QStringLiteral("v1"), QStringLiteral("Secret")), each.where);
        QCOMPARE(kube::toBytes(twice), kube::toBytes(once));
    }
}

void TestRedaction::addressesGetOneStandInEach()
{
    Redactor redactor({.addresses = true});
    redactor.learn(parsed(
        R"({"kind":"Node","metadata":{"name":"ip-10-0-0-7.internal"},"status":{"addresses":[{"type":"InternalIP","address":"10.0.0.7"},{"type":"InternalIP","address":"fd00::7"},{"type":"Hostname","address":"ip-10-0-0-7.internal"}]}})"));
    redactor.learn(parsed(
        R"({"kind":"Endpoints","metadata":{"name":"kubernetes"},"subsets":[{"addresses":[{"ip":"10.0.0.100"}]}]})"));
    Json pod = parsed(
        R"({"spec":{"nodeName":"ip-10-0-0-7.internal"},"status":{"hostIP":"10.0.0.7","hostIPs":[{"ip":"10.0.0.7"},{"ip":"fd00:0::7"}],"podIP":"10.244.1.7"},
        "message":"dial 10.0.0.100:6443 from [fd00::7]:1, not 10.0.0.70 or 110.0.0.7, v1.10.0.0.7","managedFields":[{"k:{\"ip\":\"10.0.0.7\"}":{}}]})");
    QVERIFY(redactor.object(pod, QStringLiteral("v1"), QStringLiteral("Pod")));
    const QByteArray expected =
        R"({"spec":{"nodeName":"ip-192-0-2-1.internal"},"status":{"hostIP":"192.0.2.1","hostIPs":[{"ip":"192.0.2.1"},{"ip":"2001:db8::1"}],"podIP":"10.244.1.7"},)"
        R"("message":"dial 192.0.2.2:6443 from [2001:db8::1]:1, not 10.0.0.70 or 110.0.0.7, v1.10.0.0.7","managedFields":[{"k:{\"ip\":\"192.0.2.1\"}":{}}]})";
    QCOMPARE(kube::toBytes(pod), expected);
    QCOMPARE(redactor.text("to 10.0.0.7.\n"), QByteArray("to 192.0.2.1.\n"));
    QCOMPARE(redactor.address(QStringLiteral("https://me:pw@10.0.0.100:6443/x")),
             QStringLiteral("https://192.0.2.2:6443/x"));
    QCOMPARE(redactor.address(QStringLiteral("https://10.9.9.9:6443")), QStringLiteral("https://192.0.2.3:6443"));
    QCOMPARE(countOf(redactor, QStringLiteral("addresses")), 8);
}

void TestRedaction::withoutTheOptionAddressesStay()
{
    Redactor redactor;
    Json node = parsed(R"({"kind":"Node","status":{"addresses":[{"type":"InternalIP","address":"10.0.0.7"}]}})");
    redactor.learn(node);
    QVERIFY(!redactor.object(node, QStringLiteral("v1"), QStringLiteral("Node")));
    QCOMPARE(redactor.address(QStringLiteral("https://me:pw@10.0.0.7:6443/x")),
             QStringLiteral("https://10.0.0.7:6443/x"));
}

void TestRedaction::recordingsStayButForTheirSecrets()
{
    // in what the API server itself writes there is nothing to hide
    for (const char* name : {"list-pods", "list-nodes", "list-deployments", "list-namespaces", "table-pods",
                             "table-nodes", "table-deployments", "table-namespaces"}) {
        Json answer = parsed(support::fixture(QStringLiteral("kubernetes-1.36/%1.json").arg(QLatin1String(name))));
        const QByteArray before = kube::toBytes(answer);
        Redactor redactor;
        QVERIFY2(!redactor.json(answer), name);
        QCOMPARE(kube::toBytes(answer), before);
    }
}

void TestRedaction::hostileTextTakesNoLonger_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char* piece : {"auth:",
                              "://",
                              "x://a:b/",
                              "password=",
                              "-----BEGIN PRIVATE KEY-----",
                              "-----END PRIVATE KEY-----\n",
                              "token=\"",
                              "secret=\\\"",
                              "Bearer ",
                              "eyJ",
                              "aaaaaaaa",
                              "$2a$",
                              "Cookie: ",
                              "name=",
                              "<password>",
                              "password:\n",
                              "password: |\n",
                              "{\"a\":",
                              "kind: Secret\ndata:\n",
                              "YWFh",
                              "10.0.0.",
                              "::",
                              "a@(",
                              "login password ",
                              "authorization: Basic ",
                              "${password:-",
                              "key=\"value\">"})
        QTest::newRow(piece) << QByteArray(piece);
}

void TestRedaction::hostileTextTakesNoLonger()
{
    QFETCH(QByteArray, piece);
    constexpr qsizetype Size = 2 << 20;
    const QByteArray text = piece.repeated(Size / piece.size());
    Redactor redactor({.addresses = true});
    redactor.learn(parsed(R"({"metadata":{"name":"s"},"type":"Opaque","data":{"password":"YWFhYWFhYWFiY2RlZjEy"}})"));
    QElapsedTimer timer;
    timer.start();
    Json json = {{"kind", "ConfigMap"}, {"data", {{"x", text.toStdString()}}}};
    redactor.object(json, QStringLiteral("v1"), QStringLiteral("ConfigMap"));
    redactor.text(text);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
