// How bad things are with a business, how full its quota is, and which cluster is the platform's own.

#include "app/tke/owncluster.h"
#include "tests/support/answers.h"
#include "tests/support/businesses.h"

#include <QTest>

using kube::Severity;
using support::qs;

class TestBusinessState : public QObject {
    Q_OBJECT
private slots:
    void phasesAreTold()
    {
        QCOMPARE(tke::severityOf(tke::Business{.phase = qs("Active")}), Severity::None);
        QCOMPARE(tke::severityOf(tke::Business{.phase = qs("Active"), .locked = true}), Severity::Warning);
        QCOMPARE(tke::severityOf(tke::Business{.phase = qs("Failed")}), Severity::Error);
        QCOMPARE(tke::severityOf(tke::Business{.phase = qs("Pending")}), Severity::Info);
        QCOMPARE(tke::severityOf(tke::Business{.phase = qs("Dreaming")}), Severity::Unknown);
        QCOMPARE(tke::severityOf(tke::BusinessNamespace{.phase = qs("Available")}), Severity::None);
        // The platform still calls it available, and has found something.
        QCOMPARE(tke::severityOf(tke::BusinessNamespace{.phase = qs("Available"), .code = qs("NamespaceNoLabel")}),
                 Severity::Warning);
        QCOMPARE(tke::severityOf(tke::BusinessNamespace{.phase = qs("Failed")}), Severity::Error);
        QCOMPARE(tke::severityOf(tke::BusinessNamespace{}), Severity::Unknown);
    }

    void whatWasNotSeenIsUnknownAndNotWell()
    {
        const tke::BusinessNamespace planned{.hard = {{qs("cpu"), qs("1")}}};
        const tke::LiveNamespace unseen{.error = base::Error{}};
        const tke::LiveNamespace missing{.exists = false};
        const tke::LiveNamespace bare{.exists = true, .labelled = true, .conflict = false, .hasQuota = false};
        const tke::LiveNamespace taken{.exists = true, .labelled = true, .conflict = true};
        QCOMPARE(tke::severityOf(nullptr, planned), Severity::None);
        QCOMPARE(tke::severityOf(&unseen, planned), Severity::Unknown);
        QCOMPARE(tke::severityOf(&missing, planned), Severity::Error);
        QCOMPARE(tke::severityOf(&taken, planned), Severity::Error);
        QCOMPARE(tke::severityOf(&bare, planned), Severity::Warning);
        QCOMPARE(tke::severityOf(&bare, tke::BusinessNamespace{}), Severity::None);
    }

    void theFullestQuotaIsFound()
    {
        const auto fullest = tke::fullestOf({{qs("cpu"), qs("8")}, {qs("memory"), qs("128Gi")}, {qs("pods"), qs("x")}},
                                            {{qs("cpu"), qs("2")}, {qs("memory"), qs("96Gi")}, {qs("pods"), qs("1")}});
        QVERIFY(fullest);
        QCOMPARE(fullest->resource, qs("memory"));
        QCOMPARE(fullest->ratio, 0.75);
        QVERIFY(!tke::fullestOf({{qs("cpu"), qs("8")}}, {})); // nobody tells
        QVERIFY(!tke::fullestOf({}, {{qs("cpu"), qs("8")}}));
        QCOMPARE(tke::fullestOf({{qs("cpu"), qs("0")}}, {{qs("cpu"), qs("0")}})->ratio, 1.0);
    }

    void titlesHaveNameAndId()
    {
        const auto picture = support::shopPicture();
        QCOMPARE(tke::titleOf(picture->survey.businesses[0]), qs("Shop (prj-shop)"));
        QCOMPARE(tke::titleOf({}, qs("prj-x")), qs("prj-x"));
        QCOMPARE(picture->clusterTitle(qs("cls-bj")), qs("Beijing (cls-bj)"));
        QCOMPARE(picture->clusterTitle(qs("cls-sh")), qs("cls-sh"));
        QVERIFY(!tke::titleOf(qs("a\u202Eb"), qs("prj-x")).contains(QChar(0x202E)));
    }

    void theOwnClusterIsTheOneWithACommonAddress()
    {
        support::Answers answers;
        answers.serve("/apis/platform.tkestack.io/v1/clusters", R"({"kind":"ClusterList","metadata":{},"items":[
            {"metadata":{"name":"cls-far"},"status":{"addresses":[{"type":"Real","host":"192.0.2.9","port":6443}]}},
            {"metadata":{"name":"global"},"status":{"addresses":[{"type":"Advertise","host":"192.0.2.100","port":6443}]}}]})");
        QCOMPARE(own(answers, {address("https://192.0.2.100:6443")}).value_or(QString()), qs("global"));
        const auto unknown = own(answers, {address("https://192.0.2.55:6443")});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().reason, qs("ownClusterUnknown"));
        // Two that claim the same address: nothing is guessed.
        QVERIFY(!own(answers, {address("https://192.0.2.100:6443"), address("https://192.0.2.9:6443")}));
        answers.refuse("/apis/platform.tkestack.io/v1/clusters", 403, "Forbidden");
        QCOMPARE(own(answers, {address("https://192.0.2.100:6443")}).error().kind, base::ErrorKind::Forbidden);
    }

private:
    static endpoint::Address address(const char* url)
    {
        endpoint::Address address;
        address.url = QUrl(qs(url));
        return address;
    }
    static base::Result<QString> own(const support::Answers& answers, const std::vector<endpoint::Address>& known)
    {
        support::FakeTransport transport(answers);
        return support::answerOf(tke::findOwnCluster(kube::Client(&transport), known));
    }
};

QTEST_GUILESS_MAIN(TestBusinessState)
#include "tst_businessstate.moc"
