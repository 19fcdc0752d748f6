// A business namespace that is to be made, checked as the console and the platform do.

#include "app/kube/jsonread.h"
#include "app/tke/namespacedraft.h"

#include <QTest>
#include <algorithm>

namespace {

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestNamespaceDraft : public QObject {
    Q_OBJECT
private slots:
    void aGoodOneHasNoProblem();
    void namesAreCheckedAsTheConsoleDoes_data();
    void namesAreCheckedAsTheConsoleDoes();
    void theClusterMustBeTheBusinesss();
    void everyKindOfQuotaMustBeSet();
    void noMoreThanIsLeft();
    void aLockedBusinessTakesNone();
    void aNamespaceThatIsThereIsNotTakenAgain();
    void whatIsLeftIsReckoned();
    void theObjectIsWhatTheConsoleSends();

private:
    static tke::BusinessSurvey survey()
    {
        return {.businesses = {{.name = qs("prj-a"),
                                .tenant = qs("default"),
                                .phase = qs("Active"),
                                .clusters = {{qs("cls-a"),
                                              {{qs("cpu"), qs("32")}, {qs("memory"), qs("64Gi")}},
                                              {{qs("cpu"), qs("12")}, {qs("memory"), qs("24Gi")}}}}}}};
    }
    static tke::NamespaceDraft draft()
    {
        return {qs("prj-a"), qs("shop"), qs("cls-a"), {{qs("cpu"), qs("4")}, {qs("memory"), qs("8Gi")}}};
    }
    static QStringList ids(const tke::NamespaceDraft& draft, const tke::BusinessSurvey& survey)
    {
        QStringList ids;
        for (const tke::DraftProblem& each : tke::problemsOf(draft, survey))
            ids += each.about.isEmpty() ? each.id : each.id + QLatin1Char(' ') + each.about;
        return ids;
    }
};

void TestNamespaceDraft::aGoodOneHasNoProblem()
{
    QCOMPARE(ids(draft(), survey()), QStringList());
}

void TestNamespaceDraft::namesAreCheckedAsTheConsoleDoes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("problems");
    QTest::newRow("one letter") << qs("a") << QStringList();
    QTest::newRow("48 characters") << QString(48, QLatin1Char('a')) << QStringList();
    QTest::newRow("49 characters") << QString(49, QLatin1Char('a')) << QStringList{qs("nameTooLong 49")};
    QTest::newRow("none") << QString() << QStringList{qs("nameMissing")};
    QTest::newRow("capital") << qs("Shop") << QStringList{qs("nameInvalid")};
    QTest::newRow("digit first") << qs("1shop") << QStringList{qs("nameInvalid")};
    QTest::newRow("dash last") << qs("shop-") << QStringList{qs("nameInvalid")};
    QTest::newRow("new line last") << qs("shop\n") << QStringList{qs("nameInvalid")};
    QTest::newRow("kube-") << qs("kube-system") << QStringList{qs("nameReserved kube-system")};
}

void TestNamespaceDraft::namesAreCheckedAsTheConsoleDoes()
{
    QFETCH(QString, name);
    QFETCH(QStringList, problems);
    tke::NamespaceDraft named = draft();
    named.nameSpace = name;
    QCOMPARE(ids(named, survey()), problems);
}

void TestNamespaceDraft::theClusterMustBeTheBusinesss()
{
    tke::NamespaceDraft elsewhere = draft();
    elsewhere.cluster = qs("global");
    QCOMPARE(ids(elsewhere, survey()), QStringList{qs("clusterNotAllowed global")});
    elsewhere.cluster.clear();
    QCOMPARE(ids(elsewhere, survey()), QStringList{qs("clusterMissing")});
}

void TestNamespaceDraft::everyKindOfQuotaMustBeSet()
{
    tke::NamespaceDraft open = draft();
    open.hard = {{qs("cpu"), qs("4")}, {qs("memory"), QString()}};
    QCOMPARE(ids(open, survey()), QStringList{qs("quotaMissing memory")});
    open.hard = {{qs("cpu"), qs("four")}, {qs("memory"), qs("8Gi")}, {qs("pods"), qs("10")}};
    QCOMPARE(ids(open, survey()), QStringList{qs("quotaInvalid cpu")});
}

void TestNamespaceDraft::noMoreThanIsLeft()
{
    tke::NamespaceDraft large = draft();
    large.hard[qs("cpu")] = qs("20");
    QCOMPARE(ids(large, survey()), QStringList());
    large.hard[qs("cpu")] = qs("20001m");
    const auto problems = tke::problemsOf(large, survey());
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems.front(), (tke::DraftProblem{qs("quotaTooMuch"), qs("cpu"), qs("20")}));
}

void TestNamespaceDraft::aLockedBusinessTakesNone()
{
    tke::BusinessSurvey locked = survey();
    locked.businesses.front().locked = true;
    QCOMPARE(ids(draft(), locked), QStringList{qs("businessLocked prj-a")});
    locked.businesses.front().locked = false;
    locked.businesses.front().phase = qs("Pending");
    QCOMPARE(ids(draft(), locked), QStringList{qs("businessNotActive prj-a")});
}

void TestNamespaceDraft::aNamespaceThatIsThereIsNotTakenAgain()
{
    tke::BusinessSurvey taken = survey();
    taken.namespaces = {{.business = qs("prj-b"), .cluster = qs("cls-a"), .nameSpace = qs("shop")},
                        {.business = qs("prj-b"), .cluster = qs("cls-b"), .nameSpace = qs("other")}};
    QCOMPARE(ids(draft(), taken), QStringList{qs("taken prj-b")});
}

void TestNamespaceDraft::whatIsLeftIsReckoned()
{
    const tke::ClusterQuota quota{qs("cls-a"),
                                  {{qs("cpu"), qs("2")}, {qs("memory"), qs("64Gi")}, {qs("pods"), qs("10")}},
                                  {{qs("cpu"), qs("500m")}, {qs("memory"), qs("24Gi")}, {qs("pods"), qs("12")}}};
    QCOMPARE(tke::leftOf(quota, qs("cpu")), qs("1500m"));
    QCOMPARE(tke::leftOf(quota, qs("memory")), qs("40Gi"));
    QCOMPARE(tke::leftOf(quota, qs("pods")), qs("0"));
    QCOMPARE(tke::leftOf(quota, qs("gpu")), QString());
}

void TestNamespaceDraft::theObjectIsWhatTheConsoleSends()
{
    const kube::Json object = tke::businessNamespace(draft(), qs("default"));
    QCOMPARE(kube::rawText(object, {"metadata", "namespace"}), qs("prj-a"));
    QCOMPARE(kube::rawText(object, {"metadata", "name"}), qs("cls-a-shop"));
    QCOMPARE(kube::rawText(object, {"spec", "clusterName"}), qs("cls-a"));
    QCOMPARE(kube::rawText(object, {"spec", "namespace"}), qs("shop"));
    QCOMPARE(kube::rawText(object, {"spec", "tenantID"}), qs("default"));
    QCOMPARE(kube::rawText(object, {"spec", "hard", "memory"}), qs("8Gi"));
}

QTEST_GUILESS_MAIN(TestNamespaceDraft)
#include "tst_namespacedraft.moc"
