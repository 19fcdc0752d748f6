// Businesses, namespaces and clusters laid out in three columns.

#include "app/tke/businessgraph.h"

#include <QTest>
#include <algorithm>

namespace {

using Kind = tke::GraphBox::Kind;

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestBusinessGraph : public QObject {
    Q_OBJECT
private slots:
    void boxesStandInThreeColumnsAndNeverOverlap();
    void aChildIsBelowAndIndented();
    void aNamespaceLeadsToItsBusinessAndItsCluster();
    void aFoldedBusinessLeadsToTheClustersItself();
    void aNamespaceOfAnUnknownBusinessIsShown();
    void aClusterThatNothingSitsInIsShown();
    void theChainOfANamespaceIsNotItsWholeFamily();
    void fiveHundredBusinessesAreLaidOut();
    void aRingAndADeepFamilyAreLaidOut();

private:
    static tke::Business business(const QString& name, const QString& parent = {}, const QString& cluster = qs("cls-a"))
    {
        return {.name = name, .parent = parent, .clusters = {{cluster, {}, {}}}};
    }
    static tke::BusinessNamespace space(const QString& business, const QString& name,
                                        const QString& cluster = qs("cls-a"))
    {
        return {.business = business, .name = cluster + QLatin1Char('-') + name, .cluster = cluster, .nameSpace = name};
    }
    static tke::BusinessSurvey survey()
    {
        return {.businesses = {business(qs("prj-a")), business(qs("prj-b"), qs("prj-a")), business(qs("prj-c"))},
                .namespaces = {space(qs("prj-a"), qs("one")), space(qs("prj-a"), qs("two"), qs("cls-b")),
                               space(qs("prj-b"), qs("three")), space(qs("prj-c"), qs("four"))}};
    }
    static QRectF rectOf(const tke::BusinessGraph& graph, Kind kind, const char* id)
    {
        const auto box = graph.find(kind, qs(id));
        return box ? graph.boxes[*box].rect : QRectF();
    }
    static bool leads(const tke::BusinessGraph& graph, Kind fromKind, const char* from, Kind toKind, const char* to)
    {
        const auto a = graph.find(fromKind, qs(from));
        const auto b = graph.find(toKind, qs(to));
        return a && b && std::ranges::any_of(graph.edges, [&](const tke::GraphEdge& edge) {
                   return edge.from == *a && edge.to == *b;
               });
    }
    static void expectNoOverlap(const tke::BusinessGraph& graph)
    {
        std::map<qreal, qreal> bottoms; // a column each, and children beside
        for (std::size_t i = 1; i < graph.boxes.size(); ++i) {
            const tke::GraphBox& above = graph.boxes[i - 1];
            const tke::GraphBox& below = graph.boxes[i];
            if (above.kind == below.kind)
                QVERIFY2(above.rect.bottom() <= below.rect.top(), qPrintable(below.id));
        }
    }
};

void TestBusinessGraph::boxesStandInThreeColumnsAndNeverOverlap()
{
    const tke::BusinessGraph graph = tke::layOut(survey(), {});
    QCOMPARE(graph.boxes.size(), std::size_t(9));
    expectNoOverlap(graph);
    QVERIFY(rectOf(graph, Kind::Business, "prj-b").right() < rectOf(graph, Kind::Namespace, "prj-a/cls-a-one").left());
    QVERIFY(rectOf(graph, Kind::Namespace, "prj-a/cls-a-one").right() < rectOf(graph, Kind::Cluster, "cls-a").left());
    for (const tke::GraphBox& box : graph.boxes)
        QVERIFY(graph.bounds.contains(box.rect));
}

void TestBusinessGraph::aChildIsBelowAndIndented()
{
    const tke::BusinessGraph graph = tke::layOut(survey(), {});
    const QRectF parent = rectOf(graph, Kind::Business, "prj-a");
    const QRectF child = rectOf(graph, Kind::Business, "prj-b");
    QVERIFY(child.top() > parent.bottom());
    QVERIFY(child.left() > parent.left());
    QVERIFY(leads(graph, Kind::Business, "prj-a", Kind::Business, "prj-b"));
    // Its namespaces stand between it and the next.
    QVERIFY(rectOf(graph, Kind::Namespace, "prj-a/cls-b-two").bottom() <= child.top());
}

void TestBusinessGraph::aNamespaceLeadsToItsBusinessAndItsCluster()
{
    const tke::BusinessGraph graph = tke::layOut(survey(), {});
    QVERIFY(leads(graph, Kind::Business, "prj-a", Kind::Namespace, "prj-a/cls-b-two"));
    QVERIFY(leads(graph, Kind::Namespace, "prj-a/cls-b-two", Kind::Cluster, "cls-b"));
    QVERIFY(!leads(graph, Kind::Namespace, "prj-a/cls-b-two", Kind::Cluster, "cls-a"));
}

void TestBusinessGraph::aFoldedBusinessLeadsToTheClustersItself()
{
    const tke::BusinessGraph graph = tke::layOut(survey(), {qs("prj-a")});
    QVERIFY(!graph.find(Kind::Business, qs("prj-b")));
    QVERIFY(!graph.find(Kind::Namespace, qs("prj-a/cls-a-one")));
    const auto box = graph.find(Kind::Business, qs("prj-a"));
    QVERIFY(box);
    QCOMPARE(graph.boxes[*box].folded, 4); // a child and three namespaces
    QVERIFY(leads(graph, Kind::Business, "prj-a", Kind::Cluster, "cls-b"));
    const auto cluster = graph.find(Kind::Cluster, qs("cls-a"));
    const auto edge = std::ranges::find_if(
        graph.edges, [&](const tke::GraphEdge& each) { return each.from == *box && each.to == *cluster; });
    QVERIFY(edge != graph.edges.end());
    QCOMPARE(edge->count, 2);
}

void TestBusinessGraph::aNamespaceOfAnUnknownBusinessIsShown()
{
    tke::BusinessSurvey survey = this->survey();
    survey.namespaces.push_back(space(qs("prj-gone"), qs("lost")));
    const tke::BusinessGraph graph = tke::layOut(survey, {});
    QVERIFY(graph.find(Kind::Namespace, qs("prj-gone/cls-a-lost")));
    expectNoOverlap(graph);
}

void TestBusinessGraph::aClusterThatNothingSitsInIsShown()
{
    tke::BusinessSurvey survey = this->survey();
    survey.businesses.push_back(business(qs("prj-d"), {}, qs("cls-empty")));
    QVERIFY(tke::layOut(survey, {}).find(Kind::Cluster, qs("cls-empty")));
}

void TestBusinessGraph::theChainOfANamespaceIsNotItsWholeFamily()
{
    const tke::BusinessGraph graph = tke::layOut(survey(), {});
    const auto chain = graph.chainOf(*graph.find(Kind::Namespace, qs("prj-b/cls-a-three")));
    const auto isLit = [&](Kind kind, const char* id) { return chain[*graph.find(kind, qs(id))]; };
    QVERIFY(isLit(Kind::Business, "prj-b"));
    QVERIFY(isLit(Kind::Business, "prj-a"));
    QVERIFY(isLit(Kind::Cluster, "cls-a"));
    QVERIFY(!isLit(Kind::Namespace, "prj-a/cls-a-one"));
    QVERIFY(!isLit(Kind::Business, "prj-c"));
}

void TestBusinessGraph::fiveHundredBusinessesAreLaidOut()
{
    tke::BusinessSurvey survey;
    for (int i = 0; i < 500; ++i) {
        survey.businesses.push_back(business(QStringLiteral("prj-%1").arg(i, 3, 10, QLatin1Char('0'))));
        for (int j = 0; j < 10; ++j)
            survey.namespaces.push_back(
                space(survey.businesses.back().name, QString::number(j), QStringLiteral("cls-%1").arg((i + j) % 20)));
    }
    const tke::BusinessGraph graph = tke::layOut(survey, {});
    QCOMPARE(graph.boxes.size(), std::size_t(500 + 5000 + 21));
    QCOMPARE(graph.edges.size(), std::size_t(10000));
    expectNoOverlap(graph);
}

void TestBusinessGraph::aRingAndADeepFamilyAreLaidOut()
{
    tke::BusinessSurvey survey{.businesses = {business(qs("prj-x"), qs("prj-y")), business(qs("prj-y"), qs("prj-x"))}};
    QString parent;
    for (int i = 0; i < 5000; ++i) {
        const QString name = QStringLiteral("prj-deep%1").arg(i);
        survey.businesses.push_back(business(name, std::exchange(parent, name)));
    }
    const tke::BusinessGraph graph = tke::layOut(survey, {});
    QCOMPARE(graph.boxes.size(), std::size_t(5003));
    QVERIFY(graph.bounds.width() < 2000);
}

QTEST_GUILESS_MAIN(TestBusinessGraph)
#include "tst_businessgraph.moc"
