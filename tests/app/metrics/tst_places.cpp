// Services told apart by labels, names and ports.

#include "app/metrics/apiservices.h"
#include "tests/support/metricscluster.h"

#include <QTest>

using kube::Json;
using metrics::Part;

namespace {

metrics::ServiceFacts service(const char* nameSpace, const char* name, const char* labels, const char* ports)
{
    return metrics::serviceFacts(
        Json{{"metadata", {{"namespace", nameSpace}, {"name", name}, {"labels", Json::parse(labels)}}},
             {"spec", {{"ports", Json::parse(ports)}}}});
}

} // namespace

class TestPlaces : public QObject {
    Q_OBJECT
private slots:
    void aLabelTellsWhateverTheName();
    void aReleaseIsFoundByTheEndOfItsName();
    void theNamesakeComesBeforeWhatIsLabelledAlike();
    void aNamedPortIsTakenWhereTheUsualOneIsMissing();
    void tkestacksPrometheusIsFoundByName();
    void othersAreNot();
    void versionsAreReadFromImages();
    void theResolutionIsReadHoweverItIsWritten();
};

void TestPlaces::aLabelTellsWhateverTheName()
{
    const auto place = metrics::findPart(
        Part::KubeStateMetrics,
        {service("ops", "state", R"({"kubernetes.io/name":"kube-state-metrics"})", R"([{"port":8080}])")});
    QVERIFY(place);
    QCOMPARE(place->at.nameSpace, QStringLiteral("ops"));
    QCOMPARE(place->at.service, QStringLiteral("state"));
}

void TestPlaces::aReleaseIsFoundByTheEndOfItsName()
{
    QVERIFY(metrics::findPart(Part::KubeStateMetrics,
                              {service("ops", "mon-kube-state-metrics", "{}", R"([{"port":8080}])")}));
}

void TestPlaces::theNamesakeComesBeforeWhatIsLabelledAlike()
{
    const auto place = metrics::findPart(
        Part::Prometheus,
        {service("ops", "prometheus-alerts", R"({"app.kubernetes.io/name":"prometheus"})", R"([{"port":9093}])"),
         service("ops", "prometheus-k8s", R"({"app.kubernetes.io/name":"prometheus"})", R"([{"port":9090}])")});
    QCOMPARE(place->at.service, QStringLiteral("prometheus-k8s"));
}

void TestPlaces::aNamedPortIsTakenWhereTheUsualOneIsMissing()
{
    const auto place = metrics::findPart(
        Part::KubeStateMetrics, {service("ops", "kube-state-metrics", "{}",
                                         R"([{"name":"telemetry","port":8444},{"name":"https-main","port":8443}])")});
    QCOMPARE(place->at.port, QStringLiteral("8443"));
    QCOMPARE(place->at.scheme, QStringLiteral("https"));
}

void TestPlaces::tkestacksPrometheusIsFoundByName()
{
    const auto place = metrics::findPart(
        Part::Prometheus, {service("kube-system", "prometheus", "{}", R"([{"name":"http","port":9090}])")});
    QCOMPARE(place->at.port, QStringLiteral("9090"));
}

void TestPlaces::othersAreNot()
{
    const std::vector<metrics::ServiceFacts> services{
        service("shop", "heapster", "{}", R"([{"port":80}])"), // not in kube-system
        service("shop", "prometheus", "{}", "[]"),             // nothing to ask
        service("shop", "web", R"({"app":"web"})", R"([{"port":8080}])")};
    for (const Part part : {Part::KubeStateMetrics, Part::Prometheus, Part::Heapster, Part::InfluxDb})
        QVERIFY(!metrics::findPart(part, services));
}

void TestPlaces::versionsAreReadFromImages()
{
    QCOMPARE(metrics::versionOfImage(QStringLiteral("registry:5000/a/b:v1.2")), QStringLiteral("v1.2"));
    QCOMPARE(metrics::versionOfImage(QStringLiteral("registry:5000/a/b")), QString());
    QCOMPARE(metrics::versionOfImage(QStringLiteral("a/b:v1@sha256:00")), QStringLiteral("v1"));
    QCOMPARE(metrics::versionOfImage(QString()), QString());
}

void TestPlaces::theResolutionIsReadHoweverItIsWritten()
{
    const auto resolution = [](const QStringList& arguments) {
        return metrics::resolutionOf({.name = {}, .image = {}, .arguments = arguments});
    };
    QCOMPARE(resolution({QStringLiteral("--metric-resolution=15s")}), std::optional(15.0));
    QCOMPARE(resolution({QStringLiteral("--metric-resolution"), QStringLiteral("1m")}), std::optional(60.0));
    QCOMPARE(resolution({QStringLiteral("--metric-resolution")}), std::optional<double>());
    QCOMPARE(resolution({QStringLiteral("--metric-resolution=soon")}), std::optional<double>());
    QCOMPARE(resolution({}), std::optional<double>());
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
