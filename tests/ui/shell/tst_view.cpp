// Views, history and the palette's ranking: values without a window.

#include "ui/shell/commandpalette.h"
#include "ui/shell/history.h"
#include "ui/shell/view.h"

#include <QTest>

using namespace ui;

class TestView : public QObject {
    Q_OBJECT
private slots:
    void aViewGoesThroughText_data()
    {
        QTest::addColumn<View>("view");
        View pods = View::ofKind(QStringLiteral("prod-bj"), {}, QStringLiteral("v1"), QStringLiteral("pods"));
        QTest::newRow("a kind of the core group") << pods;
        pods.nameSpaces = {QStringLiteral("shop"), QStringLiteral("a&b=c")};
        pods.filter = QStringLiteral("web -test 100% ?#/");
        pods.more.insert(QStringLiteral("sort"), QStringLiteral("Restarts"));
        QTest::newRow("namespaces, filter and more") << pods;
        QTest::newRow("a context with any name")
            << View::ofKind(QStringLiteral("arn:aws:eks/x y%2F中文"), QStringLiteral("apps"), QStringLiteral("v1"),
                            QStringLiteral("deployments"));
        QTest::newRow("an object") << View::ofObject({QStringLiteral("c"),
                                                      QStringLiteral("apps/v1"),
                                                      QStringLiteral("Deployment"),
                                                      QStringLiteral("shop"),
                                                      QStringLiteral("web"),
                                                      {}});
        QTest::newRow("a cluster-wide object") << View::ofObject(
            {QStringLiteral("c"), QStringLiteral("v1"), QStringLiteral("Node"), {}, QStringLiteral("node-07"), {}});
        View page;
        page.page = QStringLiteral("troubleshoot");
        page.cluster = QStringLiteral("c");
        QTest::newRow("a page") << page;
    }

    void aViewGoesThroughText()
    {
        QFETCH(View, view);
        const auto back = View::fromText(view.toText());
        QVERIFY(back);
        QCOMPARE(back->toText(), view.toText());
        QVERIFY(*back == view);
    }

    void otherTextIsNoView_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("another scheme") << QStringLiteral("https://c/kind/core/v1/pods");
        QTest::newRow("no page") << QStringLiteral("alidade://c");
        QTest::newRow("an empty page") << QStringLiteral("alidade://c/");
        QTest::newRow("half a kind") << QStringLiteral("alidade://c/kind/core/v1");
        QTest::newRow("too much") << QStringLiteral("alidade://c/kind/a/b/c/d/e/f");
    }

    void otherTextIsNoView()
    {
        QFETCH(QString, text);
        QVERIFY(!View::fromText(text));
    }

    void filterAndNamespacesAreTheSameTab()
    {
        View one = View::ofKind(QStringLiteral("c"), {}, QStringLiteral("v1"), QStringLiteral("pods"));
        View two = one;
        two.filter = QStringLiteral("web");
        two.nameSpaces = {QStringLiteral("shop")};
        QCOMPARE(one.identity(), two.identity());
        two.cluster = QStringLiteral("d");
        QVERIFY(one.identity() != two.identity());
    }

    void historyGoesBackAndForth()
    {
        const auto view = [](const char* resource) {
            return View::ofKind(QStringLiteral("c"), {}, QStringLiteral("v1"), QLatin1String(resource));
        };
        History history;
        QVERIFY(!history.canGo(-1));
        history.visit(view("nodes"));
        history.visit(view("pods"));
        history.visit(view("pods")); // where one is already
        QVERIFY(history.canGo(-1));
        QCOMPARE(history.go(-1).resource, QStringLiteral("nodes"));
        QVERIFY(!history.canGo(-1));
        QCOMPARE(history.go(1).resource, QStringLiteral("pods"));
        history.go(-1);
        history.visit(view("secrets")); // forgets what was ahead
        QVERIFY(!history.canGo(1));
        QCOMPARE(history.go(-1).resource, QStringLiteral("nodes"));
    }

    void eachWordOfAQueryMustBeFound()
    {
        const auto score = [](const char* query, const char* title, const char* id = "") {
            return CommandPalette::score(QString::fromUtf8(query), QString::fromUtf8(title), QString::fromUtf8(id));
        };
        QVERIFY(score("close tab", "Close Tab") > 0);
        QCOMPARE(score("close window", "Close Tab"), 0);
        QVERIFY(score("tab", "Close Tab") < score("close", "Close Tab")); // the beginning counts more
        QVERIFY(score("os", "Close Tab") < score("tab", "Close Tab"));    // then the beginning of a word
        QVERIFY(score("quit", "退出", "file.quit") > 0);                  // English finds it in Chinese
        QVERIFY(score("退出", "退出", "file.quit") > score("quit", "退出", "file.quit"));
        QVERIFY(score("", "Anything") > 0);
    }
};

QTEST_GUILESS_MAIN(TestView)
#include "tst_view.moc"
