// Tables: what is shown, sorted, copied, exported and remembered.

#include "tests/support/ui_main.h"
#include "ui/theme/fonts.h"
#include "ui/theme/palettes.h"
#include "ui/widgets/columnchooser.h"
#include "ui/widgets/csv.h"
#include "ui/widgets/namespacebox.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QBuffer>
#include <QClipboard>
#include <QHeaderView>
#include <QListWidget>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTextDocument>
#include <QTextDocumentFragment>

using namespace ui;

namespace {

constexpr int SignRole = Qt::UserRole + 1;

std::unique_ptr<QStandardItemModel> pods()
{
    auto model = std::make_unique<QStandardItemModel>(0, 3);
    model->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Status"), QStringLiteral("Restarts")});
    const auto add = [&model](const char* name, const char* status, int restarts, Sign sign) {
        QList<QStandardItem*> row{new QStandardItem(QLatin1String(name)), new QStandardItem(QLatin1String(status)),
                                  new QStandardItem(QString::number(restarts))};
        for (auto* item : row)
            item->setData(static_cast<int>(sign), SignRole);
        model->appendRow(row);
    };
    add("web-1", "Running", 0, Sign::None);
    add("<img src=x>", "CrashLoopBackOff", 17, Sign::Error);
    add("api-2", "Pending", 3, Sign::Warning);
    return model;
}

} // namespace

class TestTables : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        QApplication::setPalette(lightPalette());
        m_model = pods();
        m_view = std::make_unique<TableView>(QStringLiteral("pods"));
        m_view->cells()->setSignRole(SignRole);
        m_view->cells()->setLook(0, {.fixedFont = true});
        m_view->cells()->setLook(1, {.sign = true});
        m_view->cells()->setLook(2, {.number = true});
        m_view->setModel(m_model.get());
        m_view->sizeColumnsToSample();
        m_view->resize(800, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void aTableIsNotSortedBeforeAPersonSortsIt() { QCOMPARE(firstCell(), QStringLiteral("web-1")); }

    void aRowIs24PixelsHigh() { QCOMPARE(m_view->rowHeight(0), 24); }

    void aColumnIsWideEnoughForItsSample()
    {
        QStyleOptionViewItem option;
        option.initFrom(m_view.get());
        for (int row = 0; row < 3; ++row)
            for (int column = 0; column < 2; ++column) {
                const QModelIndex index = m_model->index(row, column);
                QVERIFY(m_view->cells()->sizeHint(option, index).width() <= m_view->columnWidth(column));
            }
    }

    void oneLongNameDoesNotPushTheRestAway()
    {
        m_model->item(0, 0)->setText(QString(253, QLatin1Char('x')));
        m_view->sizeColumnsToSample();
        QVERIFY(m_view->columnWidth(0) <= 480);
    }

    void aSignStandsBeforeItsWordOnly()
    {
        // With the sign taken away the status cell looks otherwise; name and restarts look the same.
        const auto picture = [this](int column) {
            return m_view->viewport()->grab(m_view->visualRect(m_model->index(1, column))).toImage();
        };
        const QImage name = picture(0);
        const QImage status = picture(1);
        const QImage restarts = picture(2);
        for (int c = 0; c < 3; ++c)
            m_model->item(1, c)->setData(0, SignRole);
        QCOMPARE(picture(0), name);
        QVERIFY(picture(1) != status);
        QCOMPARE(picture(2), restarts);
    }

    void selectedRowsAreCopiedAsTheyAreShown()
    {
        m_view->selectAll();
        m_view->horizontalHeader()->moveSection(2, 1);
        m_view->horizontalHeader()->hideSection(1);
        QTest::keySequence(m_view.get(), QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("web-1\t0\n<img src=x>\t17\napi-2\t3"));
    }

    void columnsAreRememberedWithTheirOrder()
    {
        m_view->sortByColumn(0, Qt::AscendingOrder);
        m_view->horizontalHeader()->hideSection(2);
        const QByteArray state = m_view->columnState();
        init();
        QVERIFY(m_view->restoreColumnState(state));
        QVERIFY(m_view->horizontalHeader()->isSectionHidden(2));
        QCOMPARE(firstCell(), QStringLiteral("<img src=x>")); // sorted, not only the arrow
        QVERIFY(!m_view->restoreColumnState({}));
    }

    void columnsAreChosenInAList()
    {
        ColumnChooser chooser(QStringLiteral("chooser"));
        chooser.setHeader(m_view->horizontalHeader());
        chooser.show();
        QSignalSpy changed(&chooser, &ColumnChooser::changed);
        chooser.open();
        auto* list = chooser.findChild<QListWidget*>(QStringLiteral("chooser.list"));
        QVERIFY(list);
        QCOMPARE(list->count(), 3);
        QVERIFY(!(list->item(0)->flags() & Qt::ItemIsEnabled)); // the name stays
        list->item(2)->setCheckState(Qt::Unchecked);
        QVERIFY(m_view->horizontalHeader()->isSectionHidden(2));
        QCOMPARE(changed.size(), 1);
    }

    void csvIsWhatIsShown()
    {
        m_view->horizontalHeader()->moveSection(2, 1);
        m_model->item(0, 1)->setText(QStringLiteral("a \"b\", c"));
        m_model->item(2, 0)->setText(QStringLiteral("=HYPERLINK(1)"));
        QBuffer buffer;
        QVERIFY(buffer.open(QIODevice::WriteOnly));
        QVERIFY(writeCsv(*m_view, buffer));
        QVERIFY(buffer.data().startsWith("\xEF\xBB\xBF")); // fromUtf8() takes it away
        QCOMPARE(QString::fromUtf8(buffer.data()), QStringLiteral("Name,Restarts,Status\r\n"
                                                                  "web-1,0,\"a \"\"b\"\", c\"\r\n"
                                                                  "<img src=x>,17,CrashLoopBackOff\r\n"
                                                                  "'=HYPERLINK(1),3,Pending\r\n"));
        QCOMPARE(csvField(QStringLiteral("-12.5")), QStringLiteral("-12.5"));
        QCOMPARE(csvField(QStringLiteral("two\nlines")), QStringLiteral("\"two\nlines\""));
    }

    void aToolTipIsNeverMarkup()
    {
        const QString hostile = QStringLiteral("<img src=x onerror=alert(1)> & \"quotes\"\nsecond line");
        QCOMPARE(QTextDocumentFragment::fromHtml(plainToolTip(hostile)).toPlainText(), hostile);
        QVERIFY(plainToolTip({}).isEmpty());
        QCOMPARE(withoutMnemonic(QStringLiteral("a&b")), QStringLiteral("a&&b"));
    }

    void aSearchSpeaksOnceAfterAPause()
    {
        SearchField field(QStringLiteral("search"));
        field.show();
        QSignalSpy spoke(&field, &SearchField::searchChanged);
        QTest::keyClicks(&field, QStringLiteral("web"));
        QCOMPARE(spoke.size(), 0);
        QTRY_COMPARE(spoke.size(), 1);
        QCOMPARE(spoke.front().front().toString(), QStringLiteral("web"));
        QTest::keyClick(&field, Qt::Key_Return); // nothing new to say
        QCOMPARE(spoke.size(), 1);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(spoke.size(), 2);
        QVERIFY(field.text().isEmpty());
    }

    void namespacesAreChosenByName()
    {
        NamespaceBox box(QStringLiteral("box"));
        box.setNamespaces({QStringLiteral("shop"), QStringLiteral("default")}, true);
        box.show();
        QSignalSpy chosen(&box, &NamespaceBox::selectionChanged);
        box.click();
        auto* list = box.findChild<QListWidget*>(QStringLiteral("box.list"));
        QVERIFY(list);
        QCOMPARE(list->count(), 3); // all, default, shop
        Q_EMIT list->itemClicked(list->item(2));
        Q_EMIT list->itemClicked(list->item(1));
        QCOMPARE(box.selected(), QStringList({QStringLiteral("default"), QStringLiteral("shop")}));
        QCOMPARE(chosen.size(), 2);
        Q_EMIT list->itemClicked(list->item(0)); // all of them
        QVERIFY(box.selected().isEmpty());
        // The list is complete: a name that is not in it is none.
        QTest::keyClicks(box.findChild<SearchField*>(QStringLiteral("box.filter")), QStringLiteral("team-a"));
        QCOMPARE(list->count(), 0);
    }

    void namespacesAreTypedWhereTheyCannotBeListed()
    {
        NamespaceBox box(QStringLiteral("box"));
        box.setNamespaces({}, false);
        box.show();
        box.click();
        auto* field = box.findChild<SearchField*>(QStringLiteral("box.filter"));
        auto* list = box.findChild<QListWidget*>(QStringLiteral("box.list"));
        QTest::keyClicks(field, QStringLiteral("Not-A-Name"));
        QCOMPARE(list->count(), 0);
        field->clear();
        QTest::keyClicks(field, QStringLiteral("team-a"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(box.selected(), QStringList{QStringLiteral("team-a")});
    }

private:
    QString firstCell() const { return m_model->index(0, 0).data().toString(); }

    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<TableView> m_view;
};

ALIDADE_UI_TEST_MAIN(TestTables)
#include "tst_tables.moc"
