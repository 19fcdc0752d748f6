// What is not shown unasked, kind by kind, and edits that leave it alone.

#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "tests/support/fixture.h"

#include <QTest>

using kube::Json;

namespace {

Json recorded(const char* file)
{
    return Json::parse(support::fixture(QStringLiteral("tkestack-1.9/") + QLatin1String(file)).toStdString());
}

QByteArray textOf(const Json& json)
{
    return kube::toBytes(json);
}

const char* const Planted = "RkFLRS1QTEFOVEVE"; // a password as TKEStack has it, in base64

Json cluster()
{
    Json made = Json::parse(R"({"kind":"Cluster","apiVersion":"platform.tkestack.io/v1","metadata":{"name":"c"},
        "spec":{"displayName":"a","machines":[
          {"ip":"10.0.0.1","password":"RkFLRS1QTEFOVEVE","privateKey":"RkFLRS1QTEFOVEVE","passPhrase":"RkFLRS1QTEFOVEVE"},
          {"ip":"10.0.0.2","password":"RkFLRS1QTEFOVEVF","proxy":{"type":"SSHJumpServer","password":"RkFLRS1QTEFOVEVE"}}],
          "scalingMachines":[{"ip":"10.0.0.3","password":"RkFLRS1QTEFOVEVE"}]}})");
    made["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"] = made.dump();
    return made;
}

} // namespace

class TestSecrets : public QObject {
    Q_OBJECT
private slots:
    void noPlantedSecretIsShown_data();
    void noPlantedSecretIsShown();
    void therestOfTheRecordingsIsShown();
    void othersComeBackAsTheyWere();
    void partsOfAnObjectAreMaskedInTheirPlace();
    void differencesAreToldApart();
    void anEditThatLeavesAMaskKeepsTheValue();
    void aMaskFindsItsValueWhereverItStands();
    void aMaskThatStandsForNothingIsRefused();
    void secretsAreEditedForTheirValues();
};

void TestSecrets::noPlantedSecretIsShown_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::newRow("Cluster") << textOf(cluster());
    for (
        const char* body :
        {R"({"kind":"Machine","apiVersion":"platform.tkestack.io/v1","spec":{"ip":"10.0.0.9","password":"RkFLRS1QTEFOVEVE","privateKey":"RkFLRS1QTEFOVEVE","passPhrase":"RkFLRS1QTEFOVEVE"}})",
         R"({"kind":"ClusterCredential","apiVersion":"platform.tkestack.io/v1","caKey":"RkFLRS1QTEFOVEVE","clientKey":"RkFLRS1QTEFOVEVE","etcdCAKey":"RkFLRS1QTEFOVEVE","etcdAPIClientKey":"RkFLRS1QTEFOVEVE","token":"RkFLRS1QTEFOVEVE","bootstrapToken":"RkFLRS1QTEFOVEVE","certificateKey":"RkFLRS1QTEFOVEVE"})",
         R"({"kind":"PersistentEvent","apiVersion":"platform.tkestack.io/v1","spec":{"persistentBackEnd":{"es":{"ip":"10.0.0.9","user":"elastic","password":"RkFLRS1QTEFOVEVE"}}}})",
         R"({"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"fluentd-config","namespace":"kube-system"},"data":{"fluent.conf":"host 10.0.0.9\npassword RkFLRS1QTEFOVEVE\n"}})",
         R"({"kind":"APIKey","apiVersion":"auth.tkestack.io/v1","spec":{"apiKey":"RkFLRS1QTEFOVEVE"}})",
         R"({"kind":"LocalIdentity","apiVersion":"auth.tkestack.io/v1","spec":{"hashedPassword":"RkFLRS1QTEFOVEVE"}})",
         R"({"kind":"Channel","apiVersion":"notify.tkestack.io/v1","spec":{"webhook":{"url":"https://10.0.0.9","headers":{"Authorization":"Bearer RkFLRS1QTEFOVEVE"}}}})",
         R"({"kind":"Secret","apiVersion":"v1","data":{"a":"RkFLRS1QTEFOVEVE"},"stringData":{"b":"RkFLRS1QTEFOVEVE"}})"})
        QTest::addRow("%.24s", body) << QByteArray(body);
}

void TestSecrets::noPlantedSecretIsShown()
{
    QFETCH(QByteArray, object);
    const Json whole = Json::parse(object.toStdString());
    QVERIFY(textOf(whole).contains("RkFLRS1QTEFOVEV"));
    QVERIFY2(!textOf(kube::withoutSecrets(whole)).contains("RkFLRS1QTEFOVEV"),
             textOf(kube::withoutSecrets(whole)).constData());
    if (kube::rawText(whole, {"kind"}) != QLatin1String("Secret"))
        QVERIFY(!textOf(kube::maskedForEditing(whole)).contains("RkFLRS1QTEFOVEV"));
}

void TestSecrets::therestOfTheRecordingsIsShown()
{
    const Json global = kube::withoutSecrets(recorded("122-get-cluster-global.json"));
    QVERIFY(!textOf(global).contains("RkFLRS"));
    QCOMPARE(kube::rawText(kube::at(global, {"spec"})["machines"][0], {"ip"}), QStringLiteral("10.240.0.11"));
    QCOMPARE(kube::rawText(global, {"spec", "clusterCredentialRef", "name"}), QStringLiteral("cc-glb54321"));
    const Json event = kube::withoutSecrets(recorded("140-get-persistentevent.json"));
    QVERIFY(!textOf(event).contains("RkFLRS"));
    QCOMPARE(kube::rawText(event, {"spec", "persistentBackEnd", "es", "indexName"}), QStringLiteral("fluentd"));
    const Json credential = kube::withoutSecrets(recorded("125-get-clustercredential.json"));
    const Json whole = recorded("125-get-clustercredential.json");
    QVERIFY(credential["clientKey"] != whole["clientKey"]);
    QVERIFY(credential["caCert"] == whole["caCert"]); // a certificate is nobody's secret
    QVERIFY(!textOf(kube::withoutSecrets(recorded("105-get-machine.json"))).contains("RkFLRS"));
}

void TestSecrets::othersComeBackAsTheyWere()
{
    for (const char* body :
         {"null", "7", "[]", "{}", R"({"kind":"Pod","apiVersion":"v1","spec":{"password":"x"}})",
          R"({"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"other"},"data":{"password":"x"}})",
          R"({"kind":"Cluster","apiVersion":"cluster.x-k8s.io/v1","spec":{"password":"x"}})",
          R"({"kind":"Cluster","apiVersion":"platform.tkestack.io/v1","spec":{"machines":[{"ip":"a","password":""}]}})",
          R"({"kind":"Cluster","apiVersion":"platform.tkestack.io/v1","spec":null,"status":[7,{"token":{"a":1}}]})"}) {
        const Json object = Json::parse(body);
        QCOMPARE(textOf(kube::withoutSecrets(object)), textOf(object));
    }
}

void TestSecrets::partsOfAnObjectAreMaskedInTheirPlace()
{
    const Json patch = Json::parse(R"({"spec":{"machines":[{"ip":"a","password":"RkFLRS1QTEFOVEVE"}]}})");
    const auto of = [&](const char* apiVersion, const char* kind) {
        return kube::withoutSecrets(patch, QLatin1String(apiVersion), QLatin1String(kind), QStringLiteral("c"));
    };
    const Json shown = of("platform.tkestack.io/v1", "Cluster");
    QVERIFY(!textOf(shown).contains(Planted));
    QCOMPARE(shown.size(), std::size_t(1)); // nothing was added
    QVERIFY(of("v1", "Pod") == patch);
    const Json data = Json::parse(R"({"data":{"fluent.conf":"password x"}})");
    QVERIFY(kube::withoutSecrets(data, QStringLiteral("v1"), QStringLiteral("ConfigMap"),
                                 QStringLiteral("fluentd-config")) != data);
    QVERIFY(kube::withoutSecrets(Json(), QStringLiteral("v1"), QStringLiteral("Secret"), {}).is_null());
}

void TestSecrets::differencesAreToldApart()
{
    Json after = cluster();
    after["spec"]["machines"][0]["password"] = "RkFLRS1QTEFOVEVG";
    const auto [left, right] = kube::withoutSecrets(cluster(), after);
    QCOMPARE(kube::rawText(left["spec"]["machines"][0], {"password"}), QStringLiteral("<16 bytes, before>"));
    QCOMPARE(kube::rawText(right["spec"]["machines"][0], {"password"}), QStringLiteral("<16 bytes, after>"));
    QVERIFY(left["spec"]["machines"][1] == right["spec"]["machines"][1]);
}

void TestSecrets::anEditThatLeavesAMaskKeepsTheValue()
{
    Json edited = kube::maskedForEditing(cluster());
    edited["spec"]["displayName"] = "b";
    const auto whole = kube::unmasked(edited, cluster());
    QVERIFY(whole);
    Json wanted = cluster();
    wanted["spec"]["displayName"] = "b";
    QCOMPARE(textOf(*whole), textOf(wanted));
    // A new value is taken as it is.
    edited["spec"]["machines"][0]["password"] = "bmV3";
    const auto changed = kube::unmasked(edited, cluster());
    QVERIFY(changed);
    QCOMPARE(kube::rawText((*changed)["spec"]["machines"][0], {"password"}), QStringLiteral("bmV3"));
}

void TestSecrets::aMaskFindsItsValueWhereverItStands()
{
    Json edited = kube::maskedForEditing(cluster());
    auto& machines = edited["spec"]["machines"];
    machines.erase(machines.begin());
    const auto whole = kube::unmasked(edited, cluster());
    QVERIFY(whole);
    // That of the second machine, and not of the one that stood in its place.
    QCOMPARE(kube::rawText((*whole)["spec"]["machines"][0], {"password"}), QStringLiteral("RkFLRS1QTEFOVEVF"));
}

void TestSecrets::aMaskThatStandsForNothingIsRefused()
{
    for (const char* mask : {"<hidden 0, 4 bytes>", "<hidden 99, 4 bytes>"}) {
        Json edited = kube::maskedForEditing(cluster());
        edited["spec"]["machines"][0]["password"] = mask;
        const auto whole = kube::unmasked(edited, cluster());
        QVERIFY(!whole);
        QCOMPARE(whole.error().reason, QStringLiteral("maskUnknown"));
    }
    // A text that only looks like one in another kind is that text.
    const Json pod =
        Json::parse(R"({"kind":"Pod","apiVersion":"v1","metadata":{"labels":{"a":"<hidden 9, 4 bytes>"}}})");
    QVERIFY(*kube::unmasked(pod, pod) == pod);
}

void TestSecrets::secretsAreEditedForTheirValues()
{
    const Json secret = Json::parse(R"({"kind":"Secret","apiVersion":"v1","data":{"a":"YQ=="}})");
    QVERIFY(kube::maskedForEditing(secret) == secret);
    QVERIFY(*kube::unmasked(secret, secret) == secret);
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
