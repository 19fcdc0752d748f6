// Every kind has its place in the tree, and only one.

#include "app/kube/kindgroups.h"

#include <QSet>
#include <QTest>

using kube::ApiResource;
using kube::KindGroup;

namespace {

ApiResource resource(const char* group, const char* name, const char* kind, bool listable = true)
{
    return {.group = QString::fromLatin1(group),
            .version = QStringLiteral("v1"),
            .resource = QString::fromLatin1(name),
            .kind = QString::fromLatin1(kind),
            .verbs = listable ? QStringList{QStringLiteral("list")} : QStringList{QStringLiteral("create")}};
}

QStringList keysOf(const std::vector<ApiResource>& resources)
{
    QStringList keys;
    for (const ApiResource& each : resources)
        keys += each.key();
    return keys;
}

} // namespace

class TestKindGroups : public QObject {
    Q_OBJECT

private slots:
    void aKindStandsInItsGroup_data();
    void aKindStandsInItsGroup();
    void knownKindsComeFirstAndTheOthersByName();
    void whatCannotBeListedIsNotShown();
    void aKindThatIsServedTwiceStandsOnce();
    void everyGroupHasAnIdOfItsOwn();
};

void TestKindGroups::aKindStandsInItsGroup_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("place");
    const auto add = [](const char* group, const char* name, const char* place) {
        QTest::addRow("%s.%s", name, group)
            << QString::fromLatin1(group) << QString::fromLatin1(name) << QString::fromLatin1(place);
    };
    add("", "nodes", "nodes");
    add("", "pods", "workloads");
    add("apps", "deployments", "workloads");
    add("apps", "newkinds", "workloads");
    add("", "services", "network");
    add("", "configmaps", "config");
    add("", "newcorekinds", "config");
    add("", "persistentvolumeclaims", "storage");
    add("storage.k8s.io", "csidrivers", "storage");
    add("rbac.authorization.k8s.io", "roles", "access");
    add("", "namespaces", "cluster");
    add("example.com", "widgets", "custom");
    add("platform.tkestack.io", "clusters", "custom");
    add("business.tkestack.io", "projects", "businesses");
    add("example.com", "pods", "custom"); // another group's "pods" are no pods
}

void TestKindGroups::aKindStandsInItsGroup()
{
    QFETCH(const QString, group);
    QFETCH(const QString, resource);
    QTEST(kube::idOf(kube::groupOf({.group = group, .resource = resource})), "place");
}

void TestKindGroups::knownKindsComeFirstAndTheOthersByName()
{
    const auto groups = kube::groupedKinds({.resources = {
                                                resource("apps", "zebras", "Zebra"),
                                                resource("apps", "deployments", "Deployment"),
                                                resource("apps", "apes", "Ape"),
                                                resource("", "pods", "Pod"),
                                                resource("", "nodes", "Node"),
                                            }});
    QCOMPARE(groups.size(), std::size_t{2});
    QCOMPARE(groups[0].first, KindGroup::Nodes);
    QCOMPARE(keysOf(groups[1].second), QStringList({QStringLiteral("pods"), QStringLiteral("deployments.apps"),
                                                    QStringLiteral("apes.apps"), QStringLiteral("zebras.apps")}));
}

void TestKindGroups::whatCannotBeListedIsNotShown()
{
    QVERIFY(kube::groupedKinds(
                {.resources = {resource("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", false)}})
                .empty());
}

void TestKindGroups::aKindThatIsServedTwiceStandsOnce()
{
    const auto events = resource("", "events", "Event");
    const auto newEvents = resource("events.k8s.io", "events", "Event");
    QCOMPARE(keysOf(kube::groupedKinds({.resources = {events, newEvents}})[0].second),
             QStringList(QStringLiteral("events")));
    QCOMPARE(keysOf(kube::groupedKinds({.resources = {newEvents}})[0].second),
             QStringList(QStringLiteral("events.events.k8s.io")));
}

void TestKindGroups::everyGroupHasAnIdOfItsOwn()
{
    QSet<QString> ids;
    for (const KindGroup group : kube::kindGroups())
        ids.insert(kube::idOf(group));
    QCOMPARE(ids.size(), 9);
    QVERIFY(!ids.contains(QString()));
}

QTEST_GUILESS_MAIN(TestKindGroups)
#include "tst_kindgroups.moc"
