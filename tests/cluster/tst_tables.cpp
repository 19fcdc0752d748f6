// What a table of the window shows is what the server's own Table says, for every kind that it serves.

#include "app/kube/celltext.h"
#include "app/kube/discovery.h"
#include "app/kube/gettable.h"
#include "app/store/feed.h"
#include "tests/cluster/plane.h"

#include <QDateTime>

class TestTables : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyKindShowsTheServersOwnTable_data();
    void everyKindShowsTheServersOwnTable();

private:
    transport::Journal m_journal;
    plane::Connection m_plane;
    kube::ApiCatalog m_catalog;
};

namespace {

/// "namespace/name" -> the texts of a row, ours or the server's.
using Texts = std::map<QByteArray, QStringList>;

bool isAge(const QString& header)
{
    static const QStringList ages{QStringLiteral("Age"),          QStringLiteral("Last Seen"),
                                  QStringLiteral("First Seen"),   QStringLiteral("Restarts"),
                                  QStringLiteral("Duration"),     QStringLiteral("Created At"),
                                  QStringLiteral("Last Schedule")};
    return ages.contains(header);
}

QString textOf(const kube::TableValue& value)
{
    return value.type == kube::TableCell::Type::Null ? QString() : QString::fromUtf8(value.text);
}

Texts serversTexts(const kube::WholeTable& table)
{
    Texts texts;
    for (const auto& row : table.rows) {
        QStringList cells;
        // Kubernetes' own Table of IPAddress has three cells a row and two columns: what has no column is not shown.
        for (std::size_t i = 0; i < std::min(row.cells.size(), table.columns.size()); ++i)
            cells += isAge(table.columns[i].name) ? QString() : textOf(row.cells[i]);
        texts[row.nameSpace + '/' + row.name] = cells;
    }
    return texts;
}

Texts ourTexts(const store::RowStore& rows, const kube::WholeTable& table)
{
    Texts texts;
    if (!rows.columns())
        return texts;
    const auto now = QDateTime::currentSecsSinceEpoch();
    for (store::RowId id = 0; id < rows.idLimit(); ++id) {
        if (!rows.isAlive(id))
            continue;
        const kube::RowView row = rows.row(id);
        QStringList cells;
        for (const kube::Column& column : *rows.columns()) {
            const bool isServers = std::any_of(table.columns.begin(), table.columns.end(),
                                               [&](const kube::TableColumn& c) { return c.name == column.header; });
            if (isServers)
                cells += isAge(column.header) ? QString() : kube::cellText(column, row, now);
        }
        const std::string_view name = row.name();
        texts[row.nameSpace().toUtf8() + '/' + QByteArray(name.data(), static_cast<qsizetype>(name.size()))] = cells;
    }
    return texts;
}

} // namespace

void TestTables::initTestCase()
{
    m_plane = plane::connectTo(m_journal);
    const auto catalog = plane::answerOf(kube::discover(*m_plane.client));
    QVERIFY2(catalog, qPrintable(catalog ? QString() : catalog.error().said));
    m_catalog = *catalog;
}

void TestTables::everyKindShowsTheServersOwnTable_data()
{
    QTest::addColumn<QString>("key");
    int kinds = 0;
    for (const kube::ApiResource& resource : m_catalog.resources) {
        if (!resource.can(QLatin1String("list")))
            continue;
        QTest::newRow(qPrintable(resource.key())) << resource.key();
        ++kinds;
    }
    QVERIFY2(kinds > 60, "a 1.36 cluster with TKEStack's kinds serves more than that");
}

void TestTables::everyKindShowsTheServersOwnTable()
{
    QFETCH(QString, key);
    const kube::ApiResource resource = *m_catalog.find(key);
    store::Feed feed(m_plane.transport.get(), {.resource = resource});
    using Phase = kube::FeedState::Phase;
    QTRY_VERIFY_WITH_TIMEOUT(feed.rows()->state().phase == Phase::Live || feed.rows()->state().phase == Phase::Listed,
                             20'000);
    // The cluster lives: what differs once may be on its way. What differs for five seconds is wrong.
    Texts servers;
    Texts ours;
    const auto agree = [&] {
        const auto table = plane::answerOf(kube::getTable(*m_plane.client, resource, {}));
        if (!table)
            return false;
        servers = serversTexts(*table);
        ours = ourTexts(*feed.rows(), *table);
        return servers == ours;
    };
    if (QTest::qWaitFor(agree, 5'000))
        return;
    for (const auto& [name, cells] : servers)
        if (!ours.contains(name) || ours[name] != cells)
            qWarning() << name << "server" << cells << "ours" << ours[name];
    QCOMPARE(ours.size(), servers.size());
    QFAIL("cells differ from the server's own Table");
}

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
