// The real window, driven by object names: both languages, both themes, the keyboard, and what it remembers.

#include "tests/support/ui_main.h"
#include "tests/support/ui_window.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/pagetabs.h"
#include "ui/theme/colors.h"

#include <QAccessible>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

using namespace ui;

namespace {

bool hasHan(const QString& text)
{
    static const QRegularExpression han(QStringLiteral("\\p{Han}"));
    return text.contains(han);
}

QString nameOf(const QWidget* widget)
{
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    return spoken ? spoken->text(QAccessible::Name) : QString();
}

} // namespace

class TestWindow : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        make();
    }
    void cleanup() { m_it.reset(); }

    void everyControlHasANameInBothLanguages()
    {
        showEverything();
        for (const Language language : {Language::English, Language::Chinese}) {
            speak(language);
            int controls = 0;
            for (const QWidget* widget : m_it->window->findChildren<QWidget*>()) {
                const bool control =
                    qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
                    qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QTabBar*>(widget) ||
                    widget->inherits("QComboBox") || widget->inherits("QPlainTextEdit");
                if (!control)
                    continue;
                ++controls;
                const QString where = QStringLiteral("%1 “%2” in “%3”")
                                          .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                               widget->parent() ? widget->parent()->objectName() : QString());
                QVERIFY2(!widget->objectName().isEmpty(), qPrintable(where));
                QVERIFY2(!nameOf(widget).isEmpty(), qPrintable(where));
            }
            QVERIFY(controls > 30);
            for (const QAction* action : m_it->window->findChildren<QAction*>()) {
                // The menu of a menu bar that is too narrow is Qt's own, made and thrown away at every layout.
                if (const QObject* menu = action->parent();
                    menu->parent() && menu->parent()->objectName().startsWith(QLatin1String("menus")) &&
                    menu->objectName().isEmpty())
                    continue;
                QVERIFY2(!action->objectName().isEmpty(),
                         qPrintable(QStringLiteral("“%1” in a %2 “%3”")
                                        .arg(action->text(), QLatin1String(action->parent()->metaObject()->className()),
                                             action->parent()->objectName())));
                QVERIFY2(action->isSeparator() || !action->text().isEmpty(), qPrintable(action->objectName()));
            }
        }
    }

    void aChangeOfLanguageReachesEveryTextAndGoesBack()
    {
        showEverything();
        const QMap<QString, QString> english = texts();
        for (auto it = english.cbegin(); it != english.cend(); ++it)
            QVERIFY2(!hasHan(it.value()) || it.key().contains(QLatin1String("language")), qPrintable(it.value()));
        speak(Language::Chinese);
        const QMap<QString, QString> chinese = texts();
        QCOMPARE(chinese.keys(), english.keys());
        // What the cluster, the vocabulary or a keyboard says is the same in both.
        static const QRegularExpression same(
            QStringLiteral("^(pods|nodes|prod-bj|web-1|YAML|Alidade|中/EN|Pods|Nodes|v1|kind|[\\d\\s.,·/"
                           "]*|Ctrl\\+\\S+|F\\d|Enter|\\?)$"));
        for (auto it = chinese.cbegin(); it != chinese.cend(); ++it)
            QVERIFY2(hasHan(it.value()) || same.match(it.value()).hasMatch(),
                     qPrintable(it.key() + QStringLiteral(": ") + it.value()));
        speak(Language::English);
        QCOMPARE(texts(), english);
    }

    void aChangeOfThemeRepaintsWhatIsThere()
    {
        auto* button = child<QToolButton>("topBar.theme");
        const auto ink = [button] { return button->icon().pixmap(16, 16).toImage(); };
        const QImage light = ink();
        act("tools.toggle-theme");
        QVERIFY(isDark(QApplication::palette()));
        QVERIFY(ink() != light);
        const auto corner = [this] {
            const QImage all = m_it->window->grab().toImage();
            return QColor(all.pixel(all.width() - 3, all.height() - 3)).lightness();
        };
        QTRY_VERIFY(corner() < 80);
        act("tools.toggle-theme");
        QCOMPARE(ink(), light);
        QVERIFY(m_it->actions.action(QStringLiteral("view.theme-light"))->isChecked());
    }

    void noLabelGuessesMarkup()
    {
        showEverything();
        act("help.about");
        int labels = 0;
        for (const QLabel* label : m_it->window->findChildren<QLabel*>()) {
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(label->objectName() + QStringLiteral(": ") + label->text()));
            ++labels;
        }
        QVERIFY(labels > 10);
    }

    void namesFromAClusterStayText()
    {
        auto* page = m_it->openKind("<b>pods</b>&c");
        const QTabBar* bar = child<QTabBar>("tabs.bar");
        QCOMPARE(bar->tabText(0), QStringLiteral("<b>pods</b>&&c"));
        QVERIFY(!bar->tabToolTip(0).contains(QStringLiteral("<b>")));
        page->detail()->setHead({}, QStringLiteral("<img src=x>"), QStringLiteral("Pod"));
        page->showDetail(true);
        QCOMPARE(child<QLabel>("kind.detail.name")->text(), QStringLiteral("<img src=x>"));
    }

    void theTreeIsWalkedAndOpenedByKeys()
    {
        auto* tree = child<QTreeView>("tree");
        QSignalSpy opened(m_it->panel, &ClusterTreePanel::opened);
        press("Ctrl+0");
        QVERIFY(tree->hasFocus());
        tree->setCurrentIndex(m_it->tree->index(0, 0));
        QTest::keyClick(tree, Qt::Key_Return);
        QVERIFY(tree->isExpanded(m_it->tree->index(0, 0)));
        QCOMPARE(opened.size(), 1);
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened.back().front().toModelIndex().data().toString(), QStringLiteral("Pods"));
    }

    void aTableOpensItsDetailAndEscapeLeadsBackToTheTree()
    {
        auto* page = m_it->openKind("pods");
        QSignalSpy wanted(page, &KindPage::detailWanted);
        auto* table = child<QTableView>("kind.table");
        QVERIFY(table->hasFocus());
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(page->isDetailShown());
        QCOMPARE(wanted.size(), 1);
        QTest::keyClick(table, Qt::Key_Down); // the table stays, the detail follows
        QCOMPARE(wanted.size(), 2);
        page->detail()->setTab(DetailPane::Yaml);
        child<QWidget>("kind.detail.yaml.text")->setFocus();
        QTest::keyClick(m_it->window->focusWidget(), Qt::Key_Escape);
        QVERIFY(!page->isDetailShown());
        QVERIFY(table->hasFocus());
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(child<QTreeView>("tree")->hasFocus());
    }

    void aPodsRowAndAnObjectsDetailLeadOn()
    {
        auto* page = m_it->openKind("pods");
        QSignalSpy wanted(page, &KindPage::pendingWanted);
        auto* table = child<QTableView>("kind.table");
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(table->contextMenuPolicy(), Qt::ActionsContextMenu);
        QVERIFY(!page->findChild<QAction*>(QStringLiteral("kind.taints")));
        page->showDetail(true);
        auto* lead = child<QToolButton>("kind.detail.lead");
        QVERIFY2(!lead->isVisible(), "there is nothing to lead to yet");
        page->detail()->setLead({}, QStringLiteral("Why pending?"));
        QVERIFY(lead->isVisible() && !lead->accessibleName().isEmpty());
        QSignalSpy led(page->detail(), &DetailPane::leadRequested);
        lead->setFocus();
        QTest::keyClick(lead, Qt::Key_Space);
        QCOMPARE(led.size(), 1);
    }

    void tabsAreReachedByKeys()
    {
        m_it->openKind("nodes");
        m_it->openKind("pods");
        PageTabs* tabs = m_it->window->tabs();
        QCOMPARE(tabs->count(), 2);
        press("Ctrl+1");
        QCOMPARE(tabs->currentPage()->view().resource, QStringLiteral("nodes"));
        press("Ctrl+Tab");
        QCOMPARE(tabs->currentPage()->view().resource, QStringLiteral("pods"));
        press("Ctrl+Tab"); // around
        QCOMPARE(tabs->currentPage()->view().resource, QStringLiteral("nodes"));
        press("Alt+Left");
        QCOMPARE(tabs->currentPage()->view().resource, QStringLiteral("pods"));
        m_it->openKind("nodes"); // the same tab again
        QCOMPARE(tabs->count(), 2);
        press("Ctrl+W");
        press("Ctrl+W");
        QCOMPARE(tabs->count(), 0);
        QVERIFY(child<QWidget>("welcome")->isVisible());
    }

    void thePaletteFindsAndRuns()
    {
        m_it->openKind("pods");
        press("Ctrl+K");
        auto* palette = m_it->window->topBar()->commands();
        QVERIFY(palette->hasFocus());
        QVERIFY(palette->isOpen());
        QTest::keyClicks(palette, QStringLiteral("close tab"));
        auto* list = child<QListWidget>("palette.list");
        QCOMPARE(list->item(0)->text(), QStringLiteral("Close Tab"));
        QTest::keyClick(palette, Qt::Key_Return);
        QCOMPARE(m_it->window->tabs()->count(), 0);
        QVERIFY(!palette->isOpen());
        press("Ctrl+K");
        QTest::keyClicks(palette, QStringLiteral("no such thing"));
        QTest::keyClick(palette, Qt::Key_Return); // nothing happens
        QTest::keyClick(palette, Qt::Key_Escape);
        QVERIFY(!palette->isOpen());
        QVERIFY(!palette->hasFocus());
    }

    void panesAreReachedOneAfterTheOther()
    {
        m_it->openKind("pods");
        act("view.journal");
        auto* tree = child<QWidget>("tree");
        auto* table = child<QWidget>("kind.table");
        auto* journal = child<QWidget>("journal.table");
        tree->setFocus();
        press("F6");
        QVERIFY(table->hasFocus());
        press("F6");
        QVERIFY(journal->hasFocus());
        press("F6");
        QVERIFY(tree->hasFocus());
    }

    void theTabKeyLeavesATable()
    {
        m_it->openKind("pods");
        auto* table = child<QWidget>("kind.table");
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Tab);
        QVERIFY(!table->hasFocus());
    }

    void pageActionsWorkWhereThereIsAPage()
    {
        for (const char* id : {"view.find", "file.export-csv", "cluster.refresh", "file.copy-link", "file.close-tab"})
            QVERIFY2(!m_it->actions.action(QLatin1String(id))->isEnabled(), id);
        auto* page = m_it->openKind("pods");
        for (const char* id : {"view.find", "file.export-csv", "cluster.refresh", "file.copy-link", "file.close-tab"})
            QVERIFY2(m_it->actions.action(QLatin1String(id))->isEnabled(), id);
        QSignalSpy refreshed(page, &KindPage::refreshRequested);
        press("F5");
        QCOMPARE(refreshed.size(), 1);
        press("Ctrl+F");
        QVERIFY(child<QWidget>("kind.filter")->hasFocus());
        QTest::keyClicks(m_it->window->focusWidget(), QStringLiteral("web"));
        QTRY_COMPARE(page->view().filter, QStringLiteral("web"));
        act("file.copy-link");
        const auto link = View::fromText(QGuiApplication::clipboard()->text());
        QVERIFY(link);
        QCOMPARE(link->filter, QStringLiteral("web"));
    }

    void aQuestionMarkShowsTheKeysButIsTypedInFields()
    {
        m_it->openKind("pods");
        child<QWidget>("kind.filter")->setFocus();
        QTest::keyClicks(m_it->window->focusWidget(), QStringLiteral("?"));
        QVERIFY(!m_it->window->findChild<QDialog*>(QStringLiteral("keys")));
        child<QWidget>("kind.table")->setFocus();
        press("?");
        auto* dialog = m_it->window->findChild<QDialog*>(QStringLiteral("keys"));
        QVERIFY(dialog && dialog->isVisible());
    }

    void noTwoActionsShareAKey()
    {
        QMap<QString, QString> owners;
        for (const QAction* action : m_it->actions.actions())
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!owners.contains(key.toString()),
                         qPrintable(key.toString() + QLatin1Char(' ') + owners.value(key.toString()) +
                                    QLatin1Char(' ') + action->objectName()));
                owners.insert(key.toString(), action->objectName());
            }
        QVERIFY(owners.size() > 20);
    }

    void mnemonicsOfAMenuDiffer()
    {
        for (const Language language : {Language::English, Language::Chinese}) {
            speak(language);
            for (const QMenu* menu : m_it->window->findChildren<QMenu*>()) {
                QMap<QChar, QString> taken;
                for (const QAction* action : menu->actions()) {
                    const qsizetype at = action->text().indexOf(QLatin1Char('&'));
                    if (action->isSeparator() || at < 0)
                        continue;
                    const QChar key = action->text().at(at + 1).toLower();
                    QVERIFY2(!taken.contains(key), qPrintable(menu->objectName() + QLatin1Char(' ') + taken.value(key) +
                                                              QLatin1Char(' ') + action->text()));
                    taken.insert(key, action->text());
                }
            }
        }
    }

    void theWindowRemembers()
    {
        m_it->openKind("pods");
        auto* table = child<QTableView>("kind.table");
        table->setColumnHidden(2, true);
        act("view.journal");
        act("tools.toggle-theme");
        act("tools.toggle-language");
        m_it->window->close();
        m_it.reset();
        make();
        QVERIFY(m_it->theme.isDark());
        QVERIFY(m_it->language.isChinese());
        QVERIFY(m_it->actions.action(QStringLiteral("view.journal"))->isChecked());
        QVERIFY(child<QWidget>("journal.table")->isVisible());
        m_it->openKind("pods");
        QVERIFY(child<QTableView>("kind.table")->isColumnHidden(2));
    }

    void pluralsAreSpokenInBothLanguages()
    {
        speak(Language::English);
        QCOMPARE(QCoreApplication::translate("ui::NamespaceBox", "%n namespace(s)", nullptr, 1),
                 QStringLiteral("1 namespace"));
        QCOMPARE(QCoreApplication::translate("ui::NamespaceBox", "%n namespace(s)", nullptr, 3),
                 QStringLiteral("3 namespaces"));
        speak(Language::Chinese);
        QCOMPARE(QCoreApplication::translate("ui::NamespaceBox", "%n namespace(s)", nullptr, 3),
                 QStringLiteral("3 个命名空间"));
    }

private:
    void make()
    {
        m_it = std::make_unique<support::Window>(m_folder->filePath(QStringLiteral("alidade.ini")));
        m_it->window->resize(1'280, 800);
        m_it->window->show();
        m_it->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_it->window.get()));
    }

    template <typename T> T* child(const char* name) const
    {
        T* found = m_it->window->findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }

    void act(const char* id) const { m_it->actions.action(QLatin1String(id))->trigger(); }

    void press(const char* keys) const
    {
        QWidget* target = m_it->window->focusWidget();
        QTest::keySequence(target ? target : m_it->window.get(), QKeySequence(QLatin1String(keys)));
    }

    void speak(Language language)
    {
        m_it->language.setLanguage(language);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }

    /// Everything that is built when it is first needed.
    void showEverything()
    {
        auto* page = m_it->openKind("pods");
        page->detail()->setHead({}, QStringLiteral("web-1"), QStringLiteral("v1"));
        page->showDetail(true);
        page->detail()->setTab(DetailPane::Yaml);
        page->find();
        page->detail()->find();
        act("view.journal");
        page->chooseColumns();
        child<QWidget>("kind.columns.popup")->close();
        child<QToolButton>("kind.namespaces")->click();
        child<QWidget>("kind.namespaces.popup")->close();
        PaneState stale;
        stale.staleSince = QDateTime::currentDateTime();
        page->setState(stale);
        page->detail()
            ->pane(DetailPane::Events)
            ->setState({.kind = PaneState::Kind::Failed, .said = QStringLiteral("x")});
        page->detail()->pane(DetailPane::Overview)->setState({.kind = PaneState::Kind::Loading});
        act("go.search");
        QTest::keyClick(m_it->window->focusWidget(), Qt::Key_Escape);
        act("help.keys");
        m_it->window->findChild<QDialog*>(QStringLiteral("keys"))->close();
        m_it->window->activateWindow();
        QCoreApplication::processEvents();
    }

    /// What can be read in the window itself, by who says it.
    QMap<QString, QString> texts() const
    {
        QMap<QString, QString> all;
        const auto put = [&all](const QString& who, const QString& what) {
            if (!what.isEmpty())
                all.insert(who, what);
        };
        for (const QLabel* label : m_it->window->findChildren<QLabel*>())
            if (label->isVisible())
                put(label->objectName(), label->text());
        for (const QAbstractButton* button : m_it->window->findChildren<QAbstractButton*>())
            if (button->isVisible()) {
                put(button->objectName(), button->text());
                put(button->objectName() + QStringLiteral(" (name)"), button->accessibleName());
            }
        for (const QLineEdit* edit : m_it->window->findChildren<QLineEdit*>())
            if (edit->isVisible()) {
                put(edit->objectName(), edit->placeholderText());
                put(edit->objectName() + QStringLiteral(" (name)"), edit->accessibleName());
            }
        for (const QAction* action : m_it->window->findChildren<QAction*>())
            put(action->objectName(), action->text());
        for (const QMenu* menu : m_it->window->findChildren<QMenu*>())
            put(menu->objectName(), menu->title());
        for (const QTabBar* bar : m_it->window->findChildren<QTabBar*>())
            for (int tab = 0; tab < bar->count(); ++tab)
                put(QStringLiteral("%1 %2").arg(bar->objectName()).arg(tab), bar->tabText(tab));
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<support::Window> m_it;
};

ALIDADE_UI_TEST_MAIN(TestWindow)
#include "tst_window.moc"
