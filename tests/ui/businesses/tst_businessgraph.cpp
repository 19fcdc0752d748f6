// The graph of businesses: what is hovered lights its chain, keys walk it, what is folded is found all the same, and a
// large one stays fluid.

#include "tests/support/businesses.h"
#include "tests/support/ui_main.h"
#include "ui/businesses/businessgraphview.h"

#include <QElapsedTimer>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>

using Kind = tke::GraphBox::Kind;
using support::qs;
using tke::BusinessPart;
using ui::BusinessGraphView;

Q_DECLARE_METATYPE(tke::BusinessPart)

namespace {

const BusinessPart Shop{Kind::Business, QStringLiteral("prj-shop")};
const BusinessPart Web{Kind::Namespace, QStringLiteral("prj-shop/cls-bj-web")};
const BusinessPart Cart{Kind::Namespace, QStringLiteral("prj-shop/cls-bj-cart")};
const BusinessPart Beijing{Kind::Cluster, QStringLiteral("cls-bj")};
const BusinessPart Broken{Kind::Business, QStringLiteral("prj-broken")};

} // namespace

class TestBusinessGraph : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_view = std::make_unique<BusinessGraphView>();
        m_view->resize(1200, 800);
        m_view->setPicture(support::shopPicture());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void aClickChoosesAndADoubleClickOpens()
    {
        QSignalSpy chosen(m_view.get(), &BusinessGraphView::partChosen);
        QSignalSpy opened(m_view.get(), &BusinessGraphView::partOpened);
        click(Web);
        QCOMPARE(m_view->chosen(), Web);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(opened.count(), 0);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, at(Cart));
        QCOMPARE(m_view->chosen(), Cart);
        QCOMPARE(opened.count(), 1);
    }

    void whatIsHoveredLightsItsChain()
    {
        QVERIFY(m_view->drawn().chain.empty());
        QMouseEvent over(QEvent::MouseMove, at(Web), m_view->viewport()->mapToGlobal(at(Web)), Qt::NoButton, {}, {});
        QCoreApplication::sendEvent(m_view->viewport(), &over);
        QVERIFY(!m_view->drawn().chain.empty());
        QVERIFY(isLit(Shop) && isLit(Web) && isLit(Beijing));
        QVERIFY(!isLit(Cart));
        QVERIFY(!isLit(Broken));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_view->viewport(), &leave);
        QVERIFY(m_view->drawn().chain.empty());
    }

    void keysWalkAndOpen()
    {
        QSignalSpy opened(m_view.get(), &BusinessGraphView::partOpened);
        press(Qt::Key_Down);
        QCOMPARE(m_view->chosen(), Shop);
        press(Qt::Key_Right);
        QCOMPARE(m_view->chosen(), Web);
        press(Qt::Key_Down);
        QCOMPARE(m_view->chosen(), Cart);
        press(Qt::Key_Right);
        QCOMPARE(m_view->chosen(), Beijing);
        press(Qt::Key_Left);
        QCOMPARE(m_view->chosen().kind, Kind::Namespace);
        press(Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
    }

    void whatIsChosenIsToldInWords()
    {
        m_view->choose(Cart);
        const QString told = m_view->accessibleDescription();
        for (const char* part : {"cart", "Beijing", "Failed", "prj-other", "Leads here: Shop", "Leads to: Beijing"})
            QVERIFY2(told.contains(qs(part)), qPrintable(told));
        QVERIFY(!m_view->accessibleName().isEmpty());
    }

    void foldingHidesAndSaysHowMany()
    {
        const std::size_t all = m_view->boxCount();
        m_view->choose(Shop);
        press(Qt::Key_Space);
        QVERIFY(m_view->boxCount() < all);
        QVERIFY(m_view->rectOf(Web).isNull());
        QVERIFY(m_view->accessibleDescription().contains(qs("Folded: 3")));
        // What is chosen elsewhere is not left hidden.
        m_view->choose(Web);
        QVERIFY(!m_view->rectOf(Web).isNull());
        QCOMPARE(m_view->boxCount(), all);
    }

    void aSearchGoesRoundThroughWhatIsFoldedToo()
    {
        m_view->setAllFolded(true);
        m_view->setSearch(qs("BEIJING namespace"));
        QVERIFY(m_view->matchCount() >= 2);
        QSet<QString> found;
        for (qsizetype i = 0; i < m_view->matchCount(); ++i) {
            m_view->nextMatch();
            QVERIFY(!m_view->rectOf(m_view->chosen()).isNull());
            found.insert(m_view->chosen().id);
        }
        QVERIFY(found.contains(Web.id) && found.contains(Cart.id));
        QCOMPARE(found.size(), m_view->matchCount());
        m_view->setSearch({});
        QCOMPARE(m_view->matchCount(), 0);
    }

    void zoomHasAnEndInBothDirections()
    {
        for (int i = 0; i < 50; ++i)
            press(Qt::Key_Minus);
        QVERIFY(m_view->transform().m11() >= 0.04);
        for (int i = 0; i < 100; ++i)
            press(Qt::Key_Plus);
        QVERIFY(m_view->transform().m11() <= 3.1);
        press(Qt::Key_0);
        QVERIFY(m_view->viewport()->rect().contains(
            m_view->mapFromScene(m_view->sceneRect()).boundingRect().adjusted(2, 2, -2, -2)));
    }

    void aLargeGraphStaysFluid()
    {
        BusinessGraphView view;
        view.resize(1200, 800);
        QElapsedTimer watch;
        watch.start();
        view.setPicture(support::largePicture(500, 5000));
        QVERIFY2(view.boxCount() < 600, "a large one is folded at first");
        view.setAllFolded(false);
        QCOMPARE(view.boxCount(), std::size_t{5520});
        const auto built = watch.restart();
        view.grab();
        QTest::keyClick(&view, Qt::Key_0); // far away: all of it
        view.grab();
        const auto painted = watch.restart();
        for (int i = 0; i < 10; ++i) {
            view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 200);
            view.grab();
        }
        const auto scrolled = watch.restart();
        view.setSearch(qs("ns-49"));
        view.nextMatch();
        const auto found = watch.restart();
        const QString times =
            qs("built %1, painted %2, ten scrolls %3, found %4 ms").arg(built).arg(painted).arg(scrolled).arg(found);
        qInfo().noquote() << times;
        // An order of magnitude above what it takes alone on a machine: no more than a blink even on a busy one.
        QVERIFY2(built < 5000 && painted < 5000 && scrolled < 5000 && found < 2000, qPrintable(times));
    }

private:
    QPoint at(const BusinessPart& part) const { return m_view->mapFromScene(m_view->rectOf(part).center()); }
    void click(const BusinessPart& part) { QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at(part)); }
    void press(Qt::Key key) { QTest::keyClick(m_view.get(), key); }
    bool isLit(const BusinessPart& part) const
    {
        const auto box = m_view->drawn().graph.find(part.kind, part.id);
        return box && m_view->drawn().isLit(*box);
    }

    std::unique_ptr<BusinessGraphView> m_view;
};

ALIDADE_UI_TEST_MAIN(TestBusinessGraph)
#include "tst_businessgraph.moc"
