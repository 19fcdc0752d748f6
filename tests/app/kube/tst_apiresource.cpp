// Where a kind lives, and by which names a person finds it.

#include "app/kube/apiresource.h"

#include <QTest>

using kube::ApiCatalog;
using kube::ApiResource;

namespace {

ApiCatalog catalog()
{
    const auto made = [](const char* group, const char* version, const char* name, const char* kind,
                         const char* singular, QStringList shortNames = {}) {
        return ApiResource{.group = QString::fromLatin1(group),
                           .version = QString::fromLatin1(version),
                           .resource = QString::fromLatin1(name),
                           .kind = QString::fromLatin1(kind),
                           .singular = QString::fromLatin1(singular),
                           .shortNames = std::move(shortNames),
                           .namespaced = true};
    };
    return {.resources = {made("", "v1", "pods", "Pod", "pod", {QStringLiteral("po")}),
                          made("", "v1", "events", "Event", "event", {QStringLiteral("ev")}),
                          made("apps", "v1", "deployments", "Deployment", "deployment", {QStringLiteral("deploy")}),
                          made("events.k8s.io", "v1", "events", "Event", "event", {QStringLiteral("ev")}),
                          made("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", ""),
                          made("example.com", "v1", "po", "Po", "po")}};
}

} // namespace

class TestApiResource : public QObject {
    Q_OBJECT

private slots:
    void itsPathIsEncoded();
    void itIsFoundByItsNames_data();
    void itIsFoundByItsNames();
};

void TestApiResource::itsPathIsEncoded()
{
    ApiResource pods{.version = QStringLiteral("v1"), .resource = QStringLiteral("pods"), .namespaced = true};
    QCOMPARE(pods.path(), QByteArray("/api/v1/pods"));
    QCOMPARE(pods.path(QStringLiteral("shop"), QStringLiteral("a/b?c")),
             QByteArray("/api/v1/namespaces/shop/pods/a%2Fb%3Fc"));
    ApiResource roles{.group = QStringLiteral("rbac.authorization.k8s.io"),
                      .version = QStringLiteral("v1"),
                      .resource = QStringLiteral("clusterroles")};
    QCOMPARE(roles.path(QStringLiteral("ignored"), QStringLiteral("system:node")),
             QByteArray("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node"));
}

void TestApiResource::itIsFoundByItsNames_data()
{
    QTest::addColumn<QString>("key"); // empty: not found
    const auto add = [](const char* name, const char* key) { QTest::newRow(name) << QString::fromLatin1(key); };
    add("pods", "pods");
    add("pod", "pods");
    add("Pod", "pods");
    add("PODS", "pods");
    add("po", "po.example.com"); // a whole name before another's short one
    add("deploy", "deployments.apps");
    add("deployments.apps", "deployments.apps");
    add("deployment.v1.apps", "deployments.apps");
    add("Deployment.apps", "deployments.apps");
    add("deployments.v2.apps", "");
    add("events", "events");
    add("ev", "events");
    add("events.events.k8s.io", "events.events.k8s.io");
    add("events.v1.events.k8s.io", "events.events.k8s.io");
    add("pods.v1", "pods");
    add("pods.metrics.k8s.io", "pods.metrics.k8s.io");
    add("podmetrics", "pods.metrics.k8s.io");
    add("nothing", "");
    add(".", "");
    add("pods.", "pods");
}

void TestApiResource::itIsFoundByItsNames()
{
    QFETCH(const QString, key);
    const ApiCatalog kinds = catalog();
    const ApiResource* found = kinds.find(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(found ? found->key() : QString(), key);
    QVERIFY(!kinds.find(QString()) || kinds.find(QString())->singular.isEmpty());
}

QTEST_GUILESS_MAIN(TestApiResource)
#include "tst_apiresource.moc"
