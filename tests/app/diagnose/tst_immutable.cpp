// The guide field-immutable over a scripted cluster: from the words of a refusal to the object that stands in the way.

#include "app/diagnose/diagnosis.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/served.h"

#include <QTest>
#include <algorithm>

using diagnose::StepResult;

namespace {

const QString FaqWords =
    QStringLiteral("Service \"deployment\" is invalid: spec.clusterIP: Invalid value: \"\": field is immutable");

base::Result<transport::Reply> discovery(const transport::Request& request)
{
    return support::reply(200,
                          support::fixture(request.path == "/api" ? QStringLiteral("discovery/aggregated-api.json")
                                                                  : QStringLiteral("discovery/aggregated-apis.json")),
                          {{"Content-Type", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"}});
}

/// Runs the guide to its end over what answers to /api/v1/services.
class Run {
public:
    using Answer = std::function<base::Result<transport::Reply>()>;

    explicit Run(Answer services, bool closesAfterDiscovery = false)
        : m_transport([this, services, closesAfterDiscovery](const transport::Request& request) {
              if (request.path.startsWith("/api/v1/services"))
                  return services();
              if (closesAfterDiscovery)
                  m_client.reset();
              return discovery(request);
          }),
          m_client(std::make_unique<kube::Client>(&m_transport))
    {
        const diagnose::Subject subject{.text = FaqWords, .client = [this] { return m_client.get(); }};
        diagnose::Diagnosis diagnosis({diagnose::findGuide(QStringLiteral("field-immutable"))}, subject);
        diagnosis.start();
        if (!QTest::qWaitFor([&] { return diagnosis.isFinished(); }))
            qFatal("the guide does not end");
        report = diagnosis.report();
        error = report.guides.front().error;
    }

    StepResult result(const char* id) const
    {
        const auto& steps = report.guides.front().steps;
        return *std::ranges::find(steps, QLatin1String(id), &diagnose::Step::id)->result;
    }
    bool askedForServices() const
    {
        return std::ranges::any_of(m_transport.asked, [](const transport::Request& request) {
            return request.path.startsWith("/api/v1/services");
        });
    }

    diagnose::Report report;
    std::optional<base::Error> error;

private:
    support::FakeTransport m_transport;
    std::unique_ptr<kube::Client> m_client;
};

} // namespace

class TestImmutable : public QObject {
    Q_OBJECT
private slots:
    void theFaqsWordsLeadToTheService();
    void anObjectThatIsGoneIsNoTrouble();
    void whatMayNotBeReadEndsTheGuide();
    void aConnectionThatIsClosedMeanwhileEndsTheGuide();
};

void TestImmutable::theFaqsWordsLeadToTheService()
{
    const Run run([] {
        return support::reply(200, R"({"items":[{"metadata":{"name":"deployment","namespace":"shop","uid":"u1",
            "creationTimestamp":"2026-11-01T00:00:00Z"},"spec":{"clusterIP":"192.0.2.7"}}]})");
    });
    QCOMPARE(run.report.findings.size(), 1UL);
    const auto& finding = run.report.findings.front();
    QCOMPARE(finding.ref->kind, QStringLiteral("Service"));
    QCOMPARE(finding.ref->nameSpace, QStringLiteral("shop"));
    QCOMPARE(finding.fix.action, QStringLiteral("openObject"));
    QCOMPARE(finding.fix.steps.size(), 3UL);
    QVERIFY(!run.error);
}

void TestImmutable::anObjectThatIsGoneIsNoTrouble()
{
    const Run run([] { return support::reply(200, R"({"items":[]})"); });
    QCOMPARE(run.result("object"), StepResult::Pass);
    QVERIFY(run.report.findings.empty());
}

void TestImmutable::whatMayNotBeReadEndsTheGuide()
{
    const Run run([] { return support::reply(403, support::statusJson(403, "Forbidden")); });
    QCOMPARE(run.result("object"), StepResult::Unknown);
    QVERIFY(run.error);
    QCOMPARE(run.error->kind, base::ErrorKind::Forbidden);
    QVERIFY(run.report.findings.empty());
}

void TestImmutable::aConnectionThatIsClosedMeanwhileEndsTheGuide()
{
    const Run run([] { return support::reply(200, R"({"items":[]})"); }, true);
    QVERIFY(!run.askedForServices());
    QVERIFY(run.error);
    QCOMPARE(run.error->kind, base::ErrorKind::Canceled);
}

QTEST_GUILESS_MAIN(TestImmutable)
#include "tst_immutable.moc"
