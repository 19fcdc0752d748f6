// A platform's members in the tree of the real window: opened, unfolded, chosen and closed where they stand.

#include "app/models/roles.h"
#include "app/store/clusters.h"
#include "tests/support/fakeplatform.h"
#include "tests/support/program.h"
#include "tests/support/ui_main.h"
#include "ui/clustertree/clustertreepanel.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/pagetabs.h"

#include <QAccessible>
#include <QComboBox>
#include <QFile>
#include <QMenu>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTreeView>

using namespace ui;

namespace {

constexpr int Patience = 30'000;
const QString Member = QStringLiteral("here/cls-abc12345");

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestMembers : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_fake = std::make_unique<support::FakePlatform>();
        m_fake->hasDeadAddress = false;
        m_fake->servesPods = true;
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(m_folder->filePath(qs("config")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(support::kubeconfigOf(m_fake->url(),
                                         "certificate-authority-data: " + m_fake->authority.authority().toBase64(),
                                         "token: platform-token"));
        file.close();
        Options options;
        options.kubeconfig = file.fileName();
        options.context = qs("here");
        options.language = qs("en");
        options.theme = qs("light");
        options.settings = m_folder->filePath(qs("window.ini"));
        options.clusters = m_folder->filePath(qs("clusters.yaml"));
        m_it = std::make_unique<Composition>(options);
        m_it->window().resize(1200, 800);
        m_it->window().show();
        m_it->start();
        m_tree = m_it->tree().tree();
        QTRY_VERIFY_WITH_TIMEOUT(rows(group()) == 1 && m_it->window().tabs()->count() == 1, Patience);
        m_tree->expand(group());
    }
    void cleanup()
    {
        m_it.reset();
        m_fake.reset();
    }

    void aClickOpensItWhereItStands()
    {
        QVERIFY(!m_tree->isExpanded(member()));
        openByClick();
        QCOMPARE(rows({}), 1);
        QCOMPARE(m_tree->currentIndex(), member());
        QVERIFY(m_tree->isExpanded(member()));
        QCOMPARE(m_it->window().currentCluster(), Member);
        // Another one chooses it, and asks for nothing anew.
        m_tree->setCurrentIndex(platform());
        QCOMPARE(m_it->window().currentCluster(), qs("here"));
        click(member());
        QCOMPARE(m_it->window().currentCluster(), Member);
        QCOMPARE(m_it->clusters().size(), 2);
    }

    void returnOpensItAsWell()
    {
        m_tree->setCurrentIndex(member());
        QTest::keyClick(m_tree, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(below("nodes").isValid(), Patience);
        QVERIFY(m_tree->isExpanded(member()));
        QCOMPARE(m_it->window().currentCluster(), Member);
    }

    void unfoldingEverythingSignsInToNoMember()
    {
        m_tree->expandAll();
        m_tree->setCurrentIndex(member());
        QTest::keyClick(m_tree, Qt::Key_Right);
        QTest::qWait(100);
        QCOMPARE(m_it->clusters().size(), 1);
        QVERIFY(m_fake->member().asked().empty());
    }

    void whatIsBelowItOpensPagesOfIt()
    {
        openByClick();
        click(below("nodes"));
        QCOMPARE(m_it->window().tabs()->currentPage()->view().cluster, Member);
        QCOMPARE(m_it->window().tabs()->currentPage()->view().resource, qs("nodes"));
        click(below("troubleshoot"));
        QCOMPARE(m_it->window().tabs()->currentPage()->view().page, qs("troubleshoot"));
        QCOMPARE(m_it->window().tabs()->currentPage()->view().cluster, Member);
    }

    void theTopBarNamesItAndLeadsToIt()
    {
        openByClick();
        auto* clusters = m_it->window().findChild<QComboBox*>(qs("topBar.cluster"));
        QCOMPARE(clusters->count(), 2);
        QCOMPARE(clusters->currentText(), Member);
        Q_EMIT clusters->activated(0);
        QCOMPARE(m_tree->currentIndex(), platform());
        m_tree->collapse(platform());
        Q_EMIT clusters->activated(1);
        QCOMPARE(m_tree->currentIndex(), member());
        QVERIFY(m_tree->isExpanded(platform()) && m_tree->isExpanded(group()));
        QCOMPARE(m_it->window().currentCluster(), Member);
    }

    void whatIsChosenAndUnfoldedStays()
    {
        openByClick();
        m_tree->expand(below("workloads"));
        m_tree->setCurrentIndex(m_tree->model()->index(0, 0, below("workloads")));
        QCOMPARE(m_tree->currentIndex().data().toString(), qs("Pod"));
        m_fake->isMemberFailed = true;
        m_fake->hasNewMember = true;
        menuOf(member());
        trigger("tree.member.refresh");
        QTRY_COMPARE_WITH_TIMEOUT(rows(group()), 2, Patience);
        m_fake->servesServices = true;
        m_it->clusters().at(0)->refresh();
        m_it->clusters().at(1)->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(below("network").isValid(), Patience);
        QCOMPARE(m_tree->currentIndex().data().toString(), qs("Pod"));
        QCOMPARE(m_tree->currentIndex().parent(), below("workloads"));
        for (QModelIndex each = m_tree->currentIndex().parent(); each.isValid(); each = each.parent())
            QVERIFY2(m_tree->isExpanded(each), qPrintable(each.data().toString()));
    }

    void disconnectedItStaysInItsPlaceAndIsChosen()
    {
        openByClick();
        click(below("nodes"));
        QCOMPARE(m_it->window().tabs()->count(), 2);
        m_it->actions().action(qs("cluster.disconnect"))->trigger();
        QTRY_COMPARE(m_it->clusters().size(), 1);
        QCOMPARE(m_it->window().tabs()->count(), 1);
        QCOMPARE(m_tree->currentIndex(), member());
        QCOMPARE(rows(member()), 0);
        QCOMPARE(m_it->window().currentCluster(), qs("here"));
        openByClick();
        QVERIFY(m_tree->isExpanded(member()));
    }

    void anotherWayLeavesItChosenAndUnfolded()
    {
        openByClick();
        m_tree->setCurrentIndex(below("nodes"));
        menuOf(member());
        trigger("tree.member.platform");
        QTRY_VERIFY_WITH_TIMEOUT(member().data(models::NoteRole).toString().contains(qs("through the platform")) &&
                                     below("nodes").isValid(),
                                 Patience);
        QCOMPARE(m_tree->currentIndex(), member());
        QVERIFY(m_tree->isExpanded(member()));
        QCOMPARE(m_it->window().currentCluster(), Member);
    }

    void withItsPlatformItCloses()
    {
        openByClick();
        click(below("nodes"));
        m_tree->setCurrentIndex(platform());
        m_it->actions().action(qs("cluster.disconnect"))->trigger();
        QCOMPARE(m_it->window().tabs()->count(), 0); // its pages as well, before what they look at
        QTRY_COMPARE(m_it->clusters().size(), 1);
        QCOMPARE(rows({}), 1);
        QCOMPARE(m_it->window().currentCluster(), qs("here"));
        m_it->actions().action(qs("cluster.connect"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(rows(group()), 1, Patience);
    }

    void theMenuSpeaksOfTheMemberAlone()
    {
        menuOf(member());
        QVERIFY(has("tree.member.open"));
        for (const char* each : {"cluster.capture", "cluster.disconnect", "tree.menu.credential"})
            QVERIFY2(!has(each), each);
        closeMenu();
        openByClick();
        menuOf(member());
        for (const char* each : {"tree.member.open", "tree.member.platform", "cluster.disconnect", "cluster.capture",
                                 "tree.menu.credential"})
            QVERIFY2(has(each), each);
        for (const char* each : {"tree.menu.production", "tree.menu.readOnly", "tree.menu.show"})
            QVERIFY2(!has(each), each);
        trigger("cluster.disconnect");
        QTRY_COMPARE(m_it->clusters().size(), 1);
        menuOf(platform());
        for (const char* each : {"cluster.disconnect", "cluster.capture", "tree.menu.production", "tree.menu.show"})
            QVERIFY2(has(each), each);
        closeMenu();
    }

    void whatNothingReachesStaysFolded()
    {
        m_fake->isMemberAway = true;
        m_fake->isProxyDead = true;
        menuOf(member());
        trigger("tree.member.refresh");
        QTRY_VERIFY_WITH_TIMEOUT(member().data(Qt::ToolTipRole).toString().contains(qs(":2")), Patience);
        click(member());
        QMessageBox* box = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((box = m_it->window().findChild<QMessageBox*>(qs("members.refused"))), Patience);
        box->close();
        QCOMPARE(rows(member()), 0);
        QVERIFY(!m_tree->isExpanded(member()));
    }

    void aReaderIsToldWhatStandsThere()
    {
        openByClick();
        QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(m_tree);
        QVERIFY(tree && tree->tableInterface());
        QStringList said;
        for (int row = 0; row < tree->tableInterface()->rowCount(); ++row) {
            QAccessibleInterface* cell = tree->tableInterface()->cellAt(row, 0);
            said << cell->text(QAccessible::Name) + QLatin1Char('|') + cell->text(QAccessible::Description);
            if (cell->text(QAccessible::Name) == qs("测试"))
                QVERIFY(cell->state().expanded);
        }
        QVERIFY2(said.contains(qs("测试|cls-abc12345, Running, directly, 1.36.3")), qPrintable(said.join(qs("; "))));
        m_it->language().setLanguage(languageOf(qs("zh_CN")));
        QCOMPARE(group().data().toString(), qs("成员集群"));
        QCOMPARE(member().data(models::NoteRole).toString(), qs("cls-abc12345, Running, 直接访问"));
        QVERIFY(m_tree->isExpanded(member()));
    }

private:
    QModelIndex row(int row, const QModelIndex& parent) const { return m_tree->model()->index(row, 0, parent); }
    QModelIndex platform() const { return row(0, {}); }
    QModelIndex group() const { return row(0, platform()); }
    QModelIndex memberRow(int at) const { return row(at, group()); }
    /// The last one: another may come before it.
    QModelIndex member() const { return memberRow(rows(group()) - 1); }
    int rows(const QModelIndex& parent) const { return m_tree->model()->rowCount(parent); }
    QModelIndex below(const char* id) const
    {
        for (int i = 0; i < rows(member()); ++i)
            if (row(i, member()).data(models::IdRole).toString() == QLatin1String(id))
                return row(i, member());
        return {};
    }
    void click(const QModelIndex& index)
    {
        m_tree->scrollTo(index);
        QTest::mouseClick(m_tree->viewport(), Qt::LeftButton, {}, m_tree->visualRect(index).center());
    }
    void openByClick()
    {
        click(member());
        QTRY_VERIFY_WITH_TIMEOUT(below("nodes").isValid(), Patience);
    }
    void menuOf(const QModelIndex& index) { Q_EMIT m_it->tree().menuRequested(index, m_it->window().pos()); }
    QMenu* menu() { return m_it->window().findChild<QMenu*>(qs("tree.menu")); }
    bool has(const char* name)
    {
        const QList<QAction*> actions = menu()->actions();
        return std::any_of(actions.begin(), actions.end(),
                           [name](const QAction* each) { return each->objectName() == QLatin1String(name); });
    }
    void closeMenu()
    {
        menu()->close();
        QTRY_VERIFY(!menu());
    }
    void trigger(const char* name)
    {
        for (QAction* each : menu()->actions())
            if (each->objectName() == QLatin1String(name)) {
                each->trigger();
                closeMenu();
                return;
            }
        qFatal("there is no %s", name);
    }

    std::unique_ptr<support::FakePlatform> m_fake;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Composition> m_it;
    QTreeView* m_tree = nullptr;
};

ALIDADE_UI_TEST_MAIN(TestMembers)
#include "tst_members.moc"
