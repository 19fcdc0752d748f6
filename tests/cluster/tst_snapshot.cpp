// Snapshots of the real control plane, taken and asked by alidadectl as a person would: what was planted is not in the
// file, and what the file answers is what the cluster answered.

#include "app/kube/jsonread.h"
#include "app/snapshot/archive.h"
#include "tests/cluster/plane.h"
#include "tests/support/program.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QtTest>

using kube::Json;

namespace {

QByteArray randomText(int length)
{
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    QByteArray text;
    for (int i = 0; i < length; ++i)
        text +=
            letters[static_cast<std::size_t>(QRandomGenerator::global()->bounded(static_cast<int>(letters.size())))];
    return text;
}

/// A Base64 text within another looks otherwise by where it begins.
std::vector<QByteArray> base64FormsOf(const QByteArray& secret)
{
    std::vector<QByteArray> forms;
    for (int before = 0; before < 3; ++before) {
        QByteArray form = (QByteArray(before, 'x') + secret).toBase64(QByteArray::OmitTrailingEquals);
        form = form.mid(before == 0 ? 0 : before + 1);
        form.chop((before + secret.size()) % 3 == 0 ? 0 : 2); // what the next byte has a share in
        forms.push_back(form);
    }
    return forms;
}

QByteArray decodedTexts(const QByteArray& text)
{
    static const QRegularExpression base64(QStringLiteral("[A-Za-z0-9+/_-]{12,}={0,2}"));
    QByteArray decoded;
    auto found = base64.globalMatch(QString::fromLatin1(text));
    while (found.hasNext()) {
        const QByteArray each = found.next().captured().toLatin1();
        decoded +=
            QByteArray::fromBase64(each) + '\n' + QByteArray::fromBase64(each, QByteArray::Base64UrlEncoding) + '\n';
    }
    return decoded;
}

} // namespace

class TestSnapshot : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void noPlantedSecretIsInTheFile();
    void withoutRedactionTheyAreThere();
    void theFileAnswersAsTheClusterDid_data();
    void theFileAnswersAsTheClusterDid();
    void whatANarrowPersonMayNotSeeStaysForbidden();
    void aStaleApiServiceIsStaleInTheFile();
    void addressesGoWhenThatIsWanted();

private:
    QByteArray plant(const char* where);
    void make(const QByteArray& path, const Json& object);
    support::Outcome ctl(QStringList arguments, const QString& context = {}) const;
    void plantSecrets();
    void plantConfigMaps();
    void plantWorkloads();
    void plantPlatform();
    void plantElsewhere();
    void plantLogs();
    bool hasCrashed() const;

    support::Program m_program;
    transport::Journal m_journal;
    plane::Connection m_plane;
    std::vector<std::pair<QByteArray, QByteArray>> m_planted; ///< where, what
    std::vector<QByteArray> m_made;                           ///< paths outside of the namespace
    QString m_file;
    QTemporaryDir m_folder;
    const QString m_space = QStringLiteral("snapshot-test");
};

QByteArray TestSnapshot::plant(const char* where)
{
    QByteArray secret = "Zq7" + randomText(17);
    m_planted.emplace_back(where, secret);
    return secret;
}

void TestSnapshot::make(const QByteArray& path, const Json& object)
{
    transport::Request request{.verb = "POST", .path = path};
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = kube::toBytes(object);
    const auto made = plane::answerOf(m_plane.client->ask(std::move(request)));
    QVERIFY2(made, qPrintable(QString::fromLatin1(path) + QLatin1Char(' ') + (made ? QString() : made.error().said)));
    if (!path.contains("/namespaces/" + m_space.toUtf8()))
        m_made.push_back(path + '/' + kube::rawText(object, {"metadata", "name"}).toUtf8());
}

support::Outcome TestSnapshot::ctl(QStringList arguments, const QString& context) const
{
    if (!context.isEmpty())
        arguments = QStringList{QStringLiteral("--context"), context} + arguments;
    return m_program.run(arguments, qgetenv("KUBECONFIG"));
}

void TestSnapshot::plantSecrets()
{
    const QByteArray space = "/api/v1/namespaces/" + m_space.toUtf8() + "/secrets";
    const auto text = [this](const char* where) { return plant(where).toStdString(); };
    make(space,
         {{"metadata", {{"name", "opaque"}}},
          {"stringData", {{"password", text("Secret stringData")}, {"note", text("Secret under a plain key")}}}});
    make(space,
         {{"metadata", {{"name", "data"}}}, {"data", {{"anything", plant("Secret data").toBase64().toStdString()}}}});
    make(space, {{"metadata", {{"name", "pull"}}},
                 {"type", "kubernetes.io/dockerconfigjson"},
                 {"stringData",
                  {{".dockerconfigjson", R"({"auths":{"registry.example.com":{"username":"u","password":")" +
                                             text("dockerconfigjson") + R"("}}})"}}}});
    make(space, {{"metadata", {{"name", "basic"}}},
                 {"type", "kubernetes.io/basic-auth"},
                 {"stringData", {{"username", "admin"}, {"password", text("basic-auth")}}}});
    make(space, {{"metadata", {{"name", "ssh"}}},
                 {"type", "kubernetes.io/ssh-auth"},
                 {"stringData",
                  {{"ssh-privatekey", "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text("ssh key") +
                                          "\n-----END OPENSSH PRIVATE KEY-----\n"}}}});
    const std::string applied = text("last-applied of a Secret");
    make(space, {{"metadata",
                  {{"name", "applied"},
                   {"annotations",
                    {{"kubectl.kubernetes.io/last-applied-configuration",
                      R"({"apiVersion":"v1","kind":"Secret","stringData":{"a":")" + applied + R"("}})"}}}}}});
    make(space, {{"metadata", {{"name", "known"}}}, {"stringData", {{"value", text("known elsewhere")}}}});
}

void TestSnapshot::plantConfigMaps()
{
    const QByteArray space = "/api/v1/namespaces/" + m_space.toUtf8() + "/configmaps";
    const auto text = [this](const char* where) { return plant(where).toStdString(); };
    const std::string known = m_planted.back().second.toStdString();
    make(space,
         {{"metadata", {{"name", "settings"}}},
          {"data",
           {{"db.password", text("ConfigMap key")},
            {"app.properties", "user=shop\npassword=" + text("properties") + "\nport=80\n"},
            {".env", "export API_TOKEN=" + text(".env") + "\nDEBUG=1\n"},
            {"app.yaml", "db:\n  host: db\n  password: \"" + text("YAML") + "\"\n"},
            {"app.json", R"({"db":{"host":"db","clientSecret":")" + text("JSON") + R"("}})"},
            {"url", "postgres://shop:" + text("URL with a password") + "@db.example.com:5432/shop"},
            {"callback", "https://example.com/hook?token=" + text("URL with a token") + "&page=2"},
            {"kubeconfig",
             "apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user:\n    token: " + text("kubeconfig token") +
                 "\n    client-key-data: " + plant("kubeconfig key").toBase64().toStdString() + "\n"},
            {"key.pem", "-----BEGIN RSA PRIVATE KEY-----\n" + text("PEM") + "\n-----END RSA PRIVATE KEY-----\n"},
            {"header.txt", "curl -H 'Authorization: Bearer " + text("Authorization header") + "' https://example.com"},
            {"wrapped", QByteArray("password=" + plant("password in Base64")).toBase64().toStdString()},
            {"copied", "the value is " + known + " as agreed"}}},
          {"binaryData", {{"blob", QByteArray("password: " + plant("binaryData")).toBase64().toStdString()}}}});
}

void TestSnapshot::plantWorkloads()
{
    const auto text = [this](const char* where) { return plant(where).toStdString(); };
    const auto pod = [&](const Json& container, const Json& annotations = Json::object()) {
        Json whole = container;
        whole["name"] = "app";
        whole["image"] = "registry.example.com/app:1";
        return Json{{"metadata", {{"labels", {{"app", "a"}}}, {"annotations", annotations}}},
                    {"spec", {{"containers", {whole}}, {"restartPolicy", "Always"}}}};
    };
    const QByteArray apps = "/apis/apps/v1/namespaces/" + m_space.toUtf8();
    const auto workload = [&](const char* kind, const QByteArray& path, const char* name, const Json& container,
                              const Json& annotations = Json::object()) {
        Json object{
            {"metadata", {{"name", name}, {"annotations", annotations}}},
            {"spec", {{"selector", {{"matchLabels", {{"app", "a"}}}}}, {"template", pod(container, annotations)}}}};
        if (std::string(kind) != "DaemonSet")
            object["spec"]["replicas"] = 0;
        if (std::string(kind) == "StatefulSet")
            object["spec"]["serviceName"] = name;
        make(path, object);
    };
    workload("Deployment", apps + "/deployments", "env",
             {{"env",
               {{{"name", "DB_PASSWORD"}, {"value", text("env password")}},
                {{"name", "STRIPE_API_KEY"}, {"value", text("env API key")}},
                {{"name", "DATABASE_URL"}, {"value", "mysql://root:" + text("env URL") + "@db:3306/x"}},
                {{"name", "AWS_SECRET_ACCESS_KEY"}, {"value", text("env AWS")}},
                {{"name", "OPTIONS"}, {"value", R"({"auth":{"password":")" + text("env JSON") + R"("}})"}}}}});
    workload("StatefulSet", apps + "/statefulsets", "args",
             {{"command", {"sh", "-c", "PASSWORD=" + text("shell") + " exec app"}},
              {"args", {"--password=" + text("argument"), "--auth-token", text("argument beside")}}});
    workload(
        "Deployment", apps + "/deployments", "probe",
        {{"livenessProbe",
          {{"httpGet",
            {{"path", "/"},
             {"port", 80},
             {"httpHeaders",
              {{{"name", "Authorization"}, {"value", "Basic " + plant("probe header").toBase64().toStdString()}}}}}}}}},
        {{"example.com/api-token", text("annotation by name")},
         {"example.com/note", "use https://ops:" + text("annotation with a URL") + "@example.com/"}});
    workload(
        "Deployment", apps + "/deployments", "copy", Json::object(),
        {{"kubectl.kubernetes.io/last-applied-configuration",
          R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[{"name":"app","env":[{"name":"TOKEN","value":")" +
              text("last-applied of a Deployment") + R"("}]}]}}}})"}});
    make("/apis/batch/v1/namespaces/" + m_space.toUtf8() + "/cronjobs",
         {{"metadata", {{"name", "nightly"}}},
          {"spec",
           {{"schedule", "0 0 * * *"},
            {"jobTemplate",
             {{"spec",
               {{"template",
                 {{"spec",
                   {{"restartPolicy", "Never"},
                    {"containers",
                     {{{"name", "app"},
                       {"image", "registry.example.com/app:1"},
                       {"args", {"-c", "mysqldump --password='" + text("CronJob") + "' shop"}}}}}}}}}}}}}}}});
}

void TestSnapshot::plantPlatform()
{
    const auto text = [this](const char* where) { return plant(where).toStdString(); };
    const QByteArray platform = "/apis/platform.tkestack.io/v1/";
    make(platform + "clusters", {{"apiVersion", "platform.tkestack.io/v1"},
                                 {"kind", "Cluster"},
                                 {"metadata", {{"name", "cls-planted"}}},
                                 {"spec",
                                  {{"tenantID", "default"},
                                   {"type", "Baremetal"},
                                   {"machines",
                                    {{{"ip", "192.0.2.10"},
                                      {"port", 22},
                                      {"username", "root"},
                                      {"password", plant("Cluster machine password").toBase64().toStdString()},
                                      {"privateKey", plant("Cluster machine key").toBase64().toStdString()}}}}}}});
    make(platform + "machines", {{"apiVersion", "platform.tkestack.io/v1"},
                                 {"kind", "Machine"},
                                 {"metadata", {{"name", "mc-planted"}}},
                                 {"spec",
                                  {{"clusterName", "cls-planted"},
                                   {"type", "Baremetal"},
                                   {"ip", "192.0.2.11"},
                                   {"port", 22},
                                   {"username", "root"},
                                   {"password", plant("Machine password").toBase64().toStdString()},
                                   {"passPhrase", plant("Machine passphrase").toBase64().toStdString()}}}});
    make(platform + "clustercredentials", {{"apiVersion", "platform.tkestack.io/v1"},
                                           {"kind", "ClusterCredential"},
                                           {"metadata", {{"name", "cc-planted"}}},
                                           {"tenantID", "default"},
                                           {"clusterName", "cls-planted"},
                                           {"token", text("credential token")},
                                           {"bootstrapToken", text("credential bootstrap token")},
                                           {"certificateKey", text("credential certificate key")},
                                           {"caKey", plant("credential CA key").toBase64().toStdString()}});
    make(platform + "persistentevents", {{"apiVersion", "platform.tkestack.io/v1"},
                                         {"kind", "PersistentEvent"},
                                         {"metadata", {{"name", "pe-planted"}}},
                                         {"spec",
                                          {{"clusterName", "cls-planted"},
                                           {"persistentBackEnd",
                                            {{"es",
                                              {{"ip", "192.0.2.12"},
                                               {"port", 9200},
                                               {"scheme", "http"},
                                               {"indexName", "events"},
                                               {"user", "elastic"},
                                               {"password", text("PersistentEvent password")}}}}}}}});
    make("/api/v1/namespaces/kube-system/configmaps",
         {{"metadata", {{"name", "fluentd-config"}}},
          {"data",
           {{"output.conf", "<match **>\n  @type elasticsearch\n  user elastic\n  password " + text("fluentd-config") +
                                "\n</match>\n"}}}});
}

void TestSnapshot::plantElsewhere()
{
    const auto text = [this](const char* where) { return plant(where).toStdString(); };
    make("/api/v1/namespaces/" + m_space.toUtf8() + "/events",
         {{"metadata", {{"name", "planted"}, {"namespace", m_space.toStdString()}}},
          {"involvedObject", {{"kind", "Pod"}, {"namespace", m_space.toStdString()}, {"name", "x"}}},
          {"reason", "Failed"},
          {"type", "Warning"},
          {"message", "request with Authorization: Bearer " + text("event's message") + " was refused"}});
    make("/apis/networking.k8s.io/v1/namespaces/" + m_space.toUtf8() + "/ingresses",
         {{"metadata",
           {{"name", "planted"},
            {"annotations",
             {{"nginx.ingress.kubernetes.io/configuration-snippet",
               "proxy_set_header Authorization \"Bearer " + text("Ingress snippet") + "\";"}}}}},
          {"spec", {{"defaultBackend", {{"service", {{"name", "x"}, {"port", {{"number", 80}}}}}}}}}});
    make("/api/v1/namespaces/" + m_space.toUtf8() + "/services",
         {{"metadata", {{"name", "planted"}, {"annotations", {{"example.com/password", text("Service annotation")}}}}},
          {"spec", {{"ports", {{{"port", 80}}}}}}});
}

void TestSnapshot::plantLogs()
{
    const QString folder =
        QFileInfo(qEnvironmentVariable("KUBECONFIG")).absolutePath() + QStringLiteral("/container-logs/");
    for (const char* name : {"crash-loop.log", "crash-loop-previous.log"}) {
        QFile log(folder + QLatin1String(name));
        QVERIFY2(log.open(QIODevice::Append), qPrintable(log.fileName()));
        const QByteArray now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
        const auto line = [&](const QByteArray& words) { log.write(now + " stderr F " + words + '\n'); };
        line("GET /api Authorization: Bearer " + plant(name));
        line("connecting with postgres://shop:" + plant("log with a URL") + "@db/shop");
        line("login failed, password=" + plant("log with password="));
    }
    // The log of the container before is asked for once there was one.
    QTRY_VERIFY_WITH_TIMEOUT(hasCrashed(), 120'000);
}

bool TestSnapshot::hasCrashed() const
{
    const auto pods = plane::answerOf(m_plane.client->askJson({.path = "/api/v1/pods"}));
    if (!pods)
        return false;
    for (const kube::Json& pod : kube::elements(*pods, {"items"}))
        for (const kube::Json& container : kube::elements(pod, {"status", "containerStatuses"})) {
            if (kube::number(container, {"restartCount"}).value_or(0) == 0)
                continue;
            const QString log =
                QStringLiteral("/api/v1/namespaces/%1/pods/%2/log")
                    .arg(kube::rawText(pod, {"metadata", "namespace"}), kube::rawText(pod, {"metadata", "name"}));
            const auto before = plane::answerOf(
                m_plane.client->ask({.path = log.toLatin1(),
                                     .query = {{QStringLiteral("container"), kube::rawText(container, {"name"})},
                                               {QStringLiteral("previous"), QStringLiteral("true")}}}));
            if (before && before->body.contains("login failed, password="))
                return true;
        }
    return false;
}

void TestSnapshot::initTestCase()
{
    m_plane = plane::connectTo(m_journal);
    QVERIFY(plane::makeNamespace(*m_plane.client, m_space));
    plantSecrets();
    plantConfigMaps();
    plantWorkloads();
    plantPlatform();
    plantElsewhere();
    plantLogs();
    QVERIFY(m_planted.size() >= 40);
    m_file = m_folder.filePath(QStringLiteral("planted.alidade"));
    const auto captured = ctl({QStringLiteral("capture"), QStringLiteral("-o"), m_file});
    QVERIFY2(captured.exit == 0, qPrintable(captured.said()));
    QVERIFY(!captured.object()[QLatin1String("redacted")].toArray().isEmpty());
}

void TestSnapshot::cleanupTestCase()
{
    for (const QByteArray& path : m_made)
        (void)plane::answerOf(m_plane.client->ask({.verb = "DELETE", .path = path}));
    plane::removeNamespace(*m_plane.client, m_space);
}

void TestSnapshot::noPlantedSecretIsInTheFile()
{
    const auto archive = snapshot::ArchiveReader::open(m_file);
    QVERIFY(archive);
    QStringList found;
    bool sawLog = false;
    for (const QByteArray& name : (*archive)->names()) {
        const auto content = (*archive)->read(name, 1LL << 30);
        QVERIFY(content);
        sawLog = sawLog || content->contains("login failed, password=");
        const QByteArray decoded = decodedTexts(*content);
        const QByteArray everything = *content + '\n' + decoded + '\n' + decodedTexts(decoded);
        for (const auto& [where, secret] : m_planted) {
            bool isThere = everything.contains(secret);
            for (const QByteArray& form : base64FormsOf(secret))
                isThere = isThere || everything.contains(form);
            if (isThere)
                found << QString::fromLatin1(where + " in " + name);
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    QVERIFY(sawLog); // else nothing was proved of logs
}

void TestSnapshot::withoutRedactionTheyAreThere()
{
    const QString file = m_folder.filePath(QStringLiteral("plain.alidade"));
    QCOMPARE(ctl({QStringLiteral("capture"), QStringLiteral("-o"), file, QStringLiteral("--no-redact")}).exit, 2);
    QCOMPARE(ctl({QStringLiteral("capture"), QStringLiteral("-o"), file, QStringLiteral("--no-redact"),
                  QStringLiteral("--yes")})
                 .exit,
             0);
    const auto archive = snapshot::ArchiveReader::open(file);
    QByteArray everything;
    for (const QByteArray& name : (*archive)->names())
        everything += (*archive)->read(name, 1LL << 30).value();
    everything += decodedTexts(everything);
    QStringList missing;
    for (const auto& [where, secret] : m_planted)
        if (!everything.contains(secret) && !everything.contains(secret.toBase64()))
            missing << QString::fromLatin1(where);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1String(", "))));
    QFile::remove(file);
}

void TestSnapshot::theFileAnswersAsTheClusterDid_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command :
         {"tree", "get nodes", "get namespaces", "get deployments -A", "get crd", "get storageclasses",
          "get configmaps -A", "get clusters.platform.tkestack.io", "clusters", "businesses", "check cluster-missing",
          "check business-missing", "check pod-pending", "get persistentvolumeclaims -A", "get services -n default"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

void TestSnapshot::theFileAnswersAsTheClusterDid()
{
    QFETCH(QString, command);
    QStringList words = command.split(QLatin1Char(' '));
    words << QStringLiteral("-o") << QStringLiteral("json");
    // The cluster lives on: what it says before and after alike is what the file has to say, once times are left out.
    static const QRegularExpression moving(
        QStringLiteral("\"\\d+[smhd](\\d+[smh])?( \\([^\"]*\\))?\"|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|\\d+(\\.\\d+)?,?$"),
        QRegularExpression::MultilineOption);
    const auto still = [](const QByteArray& out) {
        return QString::fromUtf8(out).replace(moving, QStringLiteral("~"));
    };
    for (int attempt = 0; attempt < 4; ++attempt) {
        const auto before = ctl(words);
        const QString file = m_folder.filePath(QStringLiteral("now.alidade"));
        QCOMPARE(ctl({QStringLiteral("capture"), QStringLiteral("-o"), file}).exit, 0);
        const auto after = ctl(words);
        if (still(before.out) != still(after.out))
            continue;
        const auto then = ctl(QStringList{QStringLiteral("--snapshot"), file} + words);
        QCOMPARE(then.exit, after.exit);
        if (still(then.out) != still(after.out)) {
            const QStringList live = still(after.out).split(QLatin1Char('\n'));
            const QStringList kept = still(then.out).split(QLatin1Char('\n'));
            for (qsizetype i = 0; i < std::min(live.size(), kept.size()); ++i)
                QCOMPARE(kept[i], live[i]);
        }
        QCOMPARE(still(then.out), still(after.out));
        return;
    }
    QFAIL("the cluster never stood still");
}

void TestSnapshot::whatANarrowPersonMayNotSeeStaysForbidden()
{
    const QString file = m_folder.filePath(QStringLiteral("viewer.alidade"));
    const QString folder = QFileInfo(qEnvironmentVariable("KUBECONFIG")).absolutePath();
    const auto run = [&](const QStringList& words) {
        return m_program.run(words, (folder + QStringLiteral("/viewer.conf")).toUtf8());
    };
    const auto captured = run({QStringLiteral("capture"), QStringLiteral("-o"), file});
    QVERIFY2(captured.exit == 0, qPrintable(captured.said()));
    const QJsonArray skipped = captured.object()[QLatin1String("skipped")].toArray();
    QVERIFY(!skipped.isEmpty());
    const QString why = skipped[0].toObject()[QLatin1String("message")].toString();
    QVERIFY2(why.contains(QLatin1String(" was asked of https://")), qPrintable(why));
    const auto live = run({QStringLiteral("get"), QStringLiteral("secrets"), QStringLiteral("-A")});
    const auto then = run(
        {QStringLiteral("--snapshot"), file, QStringLiteral("get"), QStringLiteral("secrets"), QStringLiteral("-A")});
    QCOMPARE(live.exit, 4);
    QCOMPARE(then.exit, 4);
    const auto tree =
        run({QStringLiteral("--snapshot"), file, QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json")});
    QCOMPARE(tree.out, run({QStringLiteral("tree"), QStringLiteral("-o"), QStringLiteral("json")}).out);
}

void TestSnapshot::aStaleApiServiceIsStaleInTheFile()
{
    const auto tree = ctl({QStringLiteral("--snapshot"), m_file, QStringLiteral("get"), QStringLiteral("apiservices")});
    QCOMPARE(tree.exit, 0);
    const auto write = ctl({QStringLiteral("--snapshot"), m_file, QStringLiteral("taint"), QStringLiteral("none"),
                            QStringLiteral("a=b:NoSchedule"), QStringLiteral("--apply")});
    QCOMPARE(write.exit, 6); // there is no such node
    QCOMPARE(ctl({QStringLiteral("--snapshot"), m_file, QStringLiteral("get"), QStringLiteral("bindings")}).exit, 7);
}

void TestSnapshot::addressesGoWhenThatIsWanted()
{
    const QString file = m_folder.filePath(QStringLiteral("addresses.alidade"));
    QCOMPARE(ctl({QStringLiteral("capture"), QStringLiteral("-o"), file, QStringLiteral("--redact-addresses")}).exit,
             0);
    const auto archive = snapshot::ArchiveReader::open(file);
    QStringList found;
    for (const QByteArray& name : (*archive)->names()) {
        const QByteArray content = (*archive)->read(name, 1LL << 30).value();
        for (const char* address : {"10.241.0.100", "10.241.0.11:", "10.241.0.12:"})
            if (content.contains(address))
                found << QString::fromLatin1(QByteArray(address) + " in " + name);
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
