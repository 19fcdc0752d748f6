// The rows of the kinds against what the server itself shows of the same objects.

#include "tests/app/kube/projection.h"
#include "tests/support/fixture.h"

#include <QDateTime>
#include <QLocale>
#include <nlohmann/json.hpp>

using namespace kube;
using namespace kube::testing;
using nlohmann::json;

namespace {

json read(const QString& name)
{
    return json::parse(support::fixture(QStringLiteral("kubernetes-1.36/") + name).toStdString());
}

QString cell(const json& value)
{
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

std::int64_t dateOf(const QString& headers)
{
    for (const QByteArray& line : support::fixture(QStringLiteral("kubernetes-1.36/") + headers).split('\n')) {
        if (!line.startsWith("Date: "))
            continue;
        QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(line.mid(6).trimmed()),
                                                 QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        date.setTimeSpec(Qt::UTC);
        return date.toSecsSinceEpoch();
    }
    return 0;
}

/// The columns that the server's Table has.
std::vector<Column> serversColumns(const ObjectKind& kind)
{
    std::vector<Column> columns;
    std::copy_if(kind.columns.begin(), kind.columns.end(), std::back_inserter(columns),
                 [](const Column& one) { return !one.ours && one.source != ColumnSource::Namespace; });
    return columns;
}

/// The Table was made within a second or two of its Date: an age may be one that was true then.
bool isShown(const QString& expected, const Column& column, const RowView& row, std::int64_t date)
{
    for (const int second : {0, -1, 1, -2, 2}) {
        if (cellText(column, row, date + second) == expected)
            return true;
    }
    return false;
}

void addKinds()
{
    QTest::addColumn<QString>("resource");
    for (const ObjectKind* kind : objectKinds())
        QTest::newRow(qPrintable(kind->resource)) << kind->resource;
}

} // namespace

class TestObjectKindTables : public QObject {
    Q_OBJECT

private slots:
    void columnsAreThoseOfTheTable_data() { addKinds(); }
    void columnsAreThoseOfTheTable()
    {
        QFETCH(const QString, resource);
        const std::vector<Column> columns = serversColumns(kindOf(qPrintable(resource)));
        const json table = read(QStringLiteral("table-%1.json").arg(resource));
        const json& definitions = table.at("columnDefinitions");
        QCOMPARE(columns.size(), definitions.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            QCOMPARE(columns[i].header, cell(definitions[i].at("name")));
            QCOMPARE(columns[i].type, cell(definitions[i].at("type")));
            QCOMPARE(columns[i].priority, definitions[i].at("priority").get<int>());
        }
    }

    void everyCellOfARecordedListIsThatOfTheTable_data() { addKinds(); }
    void everyCellOfARecordedListIsThatOfTheTable()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        const std::vector<Column> columns = serversColumns(kind);
        const json table = read(QStringLiteral("table-%1.json").arg(resource));
        const std::int64_t date = dateOf(QStringLiteral("table-%1.json.headers").arg(resource));
        QVERIFY(date > 0);

        // As bytes, the way in which the items come.
        const simdjson::padded_string list(
            support::fixture(QStringLiteral("kubernetes-1.36/list-%1.json").arg(resource)).toStdString());
        simdjson::ondemand::parser parser;
        simdjson::ondemand::document document;
        QVERIFY(!parser.iterate(list).get(document));
        simdjson::ondemand::array items;
        QVERIFY(!document["items"].get(items));

        RowBuilder builder(kind.cells);
        for (auto item : items) {
            simdjson::ondemand::object object;
            QVERIFY(!item.get_object().get(object));
            builder.begin();
            QCOMPARE(kind.project(object, builder), simdjson::SUCCESS);
            builder.commit();
        }
        const RowBatch batch = builder.take();
        std::vector<QString> texts{QString()};
        texts.insert(texts.end(), batch.texts.begin(), batch.texts.end());

        const json& rows = table.at("rows");
        QCOMPARE(batch.size(), rows.size());
        QVERIFY(batch.size() > 10);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const RowView view = rowView(batch, i, texts);
            const json& cells = rows[i].at("cells");
            QCOMPARE(cells.size(), columns.size());
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const QString expected = cell(cells[c]);
                const bool aged =
                    columns[c].source == ColumnSource::Created || expected.endsWith(QLatin1String(" ago)"));
                if (!aged || !isShown(expected, columns[c], view, date))
                    QCOMPARE(cellText(columns[c], view, date), expected);
            }
            if (const json object = rows[i].value("object", json()); object.is_object()) {
                const json& metadata = object.at("metadata");
                QCOMPARE(uuidText(view.head->uid), cell(metadata.at("uid")));
                QCOMPARE(view.nameSpace(), cell(metadata.at("namespace")));
            }
        }
    }

    void everyCellIsWhatTheServersPrinterPrints_data()
    {
        QTest::addColumn<QString>("resource");
        for (const QString& resource : {QStringLiteral("pods"), QStringLiteral("nodes"), QStringLiteral("deployments")})
            QTest::newRow(qPrintable(resource)) << resource;
    }
    void everyCellIsWhatTheServersPrinterPrints()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        const std::vector<Column> columns = serversColumns(kind);
        const json printed = read(QStringLiteral("printed-%1.json").arg(resource));
        const auto now = printed.at("now").get<std::int64_t>();
        QVERIFY(printed.at("items").size() > 100);
        for (const json& one : printed.at("items")) {
            const std::string object = one.at("object").dump();
            const Projected row = project(kind, object);
            QVERIFY2(!row.error, object.c_str());
            QStringList expected;
            QStringList shown;
            for (std::size_t c = 0; c < columns.size(); ++c) {
                expected += cell(one.at("cells").at(c));
                shown += cellText(columns[c], row.view(), now);
            }
            QVERIFY2(shown == expected,
                     qPrintable(QStringLiteral("%1\nnot\n%2\nfor %3")
                                    .arg(shown.join(QLatin1Char('|')), expected.join(QLatin1Char('|')),
                                         QString::fromStdString(object))));
        }
    }
};

QTEST_GUILESS_MAIN(TestObjectKindTables)
#include "tst_objectkind_tables.moc"
