// The live table against a table that is filtered and sorted anew each time.

#include "app/kube/celltext.h"
#include "app/models/rowtablemodel.h"
#include "tests/support/randomrows.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>
#include <set>

using models::RowTableModel;
using models::TableQuery;
using support::RandomRows;

namespace {

/// Everything that a row can be found by, in lower case.
QStringList findable(const store::RowStore& store, store::RowId id)
{
    const auto row = RandomRows::read(store.row(id));
    return {row.nameSpace.toLower(), row.name.toLower(), row.state.toLower(), row.message.toLower()};
}

bool matches(const store::RowStore& store, store::RowId id, const TableQuery& query)
{
    const auto row = RandomRows::read(store.row(id));
    if (!query.namespaces.isEmpty() && !query.namespaces.contains(row.nameSpace))
        return false;
    const auto words = query.filter.simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        const bool excludes = word.size() > 1 && word.startsWith(QLatin1Char('-'));
        const QString text = excludes ? word.mid(1) : word;
        const QStringList all = findable(store, id);
        const bool found =
            QString::number(row.number) == text ||
            std::any_of(all.begin(), all.end(), [&](const QString& each) { return each.contains(text); });
        return found != excludes;
    });
}

std::vector<store::RowId> expected(const store::RowStore& store, const TableQuery& query)
{
    std::vector<store::RowId> ids;
    for (store::RowId id = 0; id < store.idLimit(); ++id)
        if (store.isAlive(id) && matches(store, id, query))
            ids.push_back(id);
    const kube::Column byNamespace{.source = kube::ColumnSource::Namespace};
    const kube::Column byName{.source = kube::ColumnSource::Name};
    const kube::Column* by = nullptr;
    for (const kube::Column& column : *store.columns())
        if (column.header == query.sortColumn)
            by = &column;
    std::stable_sort(ids.begin(), ids.end(), [&](store::RowId a, store::RowId b) {
        const auto compare = [&](const kube::Column& column) {
            return kube::compareCells(column, store.row(a), store.row(b));
        };
        if (by)
            if (const int order = compare(*by); order != 0)
                return query.sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
        const int order = compare(byNamespace);
        return order != 0 ? order < 0 : compare(byName) < 0;
    });
    return ids;
}

TableQuery randomQuery(RandomRows& random, const TableQuery& last)
{
    TableQuery query = last;
    switch (random.below(3)) {
    case 0:
        query.filter.clear();
        for (int words = random.below(3); words > 0; --words)
            query.filter += (random.below(3) == 0 ? QStringLiteral("-") : QString()) +
                            (random.below(5) == 0 ? QString::number(random.below(10)) : random.word().left(3)) +
                            QLatin1Char(' ');
        break;
    case 1:
        query.namespaces.clear();
        for (int count = random.below(3); count > 0; --count)
            query.namespaces += QStringLiteral("ns-%1").arg(random.below(6));
        break;
    default:
        query.sortColumn =
            random.below(4) == 0 ? QString() : RandomRows::columns()[static_cast<std::size_t>(random.below(5))].header;
        query.sortOrder = random.below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
        break;
    }
    return query;
}

/// What a view has painted, when it paints only what signals tell it to.
class Painted {
public:
    explicit Painted(RowTableModel& model) : m_model(model)
    {
        const auto all = [this] { paintAll(); };
        QObject::connect(&model, &QAbstractItemModel::modelReset, &model, all);
        QObject::connect(&model, &QAbstractItemModel::layoutChanged, &model, all);
        QObject::connect(&model, &QAbstractItemModel::rowsInserted, &model,
                         [this](const QModelIndex&, int first, int last) {
                             for (int row = first; row <= last; ++row)
                                 rows.insert(row, textsOf(row));
                         });
        QObject::connect(&model, &QAbstractItemModel::rowsRemoved, &model,
                         [this](const QModelIndex&, int first, int last) { rows.remove(first, last - first + 1); });
        QObject::connect(&model, &QAbstractItemModel::dataChanged, &model,
                         [this](const QModelIndex& from, const QModelIndex& to) {
                             for (int row = from.row(); row <= to.row(); ++row)
                                 rows[row] = textsOf(row);
                         });
        paintAll();
    }
    QStringList textsOf(int row) const
    {
        QStringList texts;
        for (int column = 0; column < m_model.columnCount(); ++column)
            texts += m_model.index(row, column).data().toString();
        return texts;
    }
    QList<QStringList> rows;

private:
    void paintAll()
    {
        rows.clear();
        for (int row = 0; row < m_model.rowCount(); ++row)
            rows += textsOf(row);
    }
    RowTableModel& m_model;
};

} // namespace

class TestRowTableModel : public QObject {
    Q_OBJECT

private slots:
    void itShowsWhatAPlainTableShows_data();
    void itShowsWhatAPlainTableShows();
    void aSelectionSticksToItsObjects_data();
    void aSelectionSticksToItsObjects();
    void aWordWithAMinusExcludes();
    void aQueryThatWasSetBeforeTheColumnsCameHolds();
    void theSortColumnIsFoundAgainAmongOtherColumns();
    void aChangeThatWaitsForTheTickIsNotLost();
    void aChangeThatWaitsIsPaintedWhenTheQueryComesFirst();
    void changesArriveInFewSignals();
    void aRowTellsItsObject();
    void aQueryRoundTripsThroughText_data();
    void aQueryRoundTripsThroughText();
    void anyQueryRoundTripsThroughText();
};

void TestRowTableModel::itShowsWhatAPlainTableShows_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 15; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestRowTableModel::itShowsWhatAPlainTableShows()
{
    QFETCH(const unsigned, seed);
    RandomRows random(seed);
    store::RowStore store;
    RowTableModel model(&store, {});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Painted painted(model);
    store.apply(random.begin(random.below(80)));
    for (int step = 0; step < 120; ++step) {
        const int what = random.below(50);
        if (what == 0)
            store.apply(random.begin(random.below(80)));
        else if (what < 10)
            model.setQuery(randomQuery(random, model.query()));
        else
            store.apply(random.next());
        if (random.below(2) == 0)
            continue; // the tick has not come yet
        model.applyPending();
        const auto ids = expected(store, model.query());
        QCOMPARE(model.rowCount(), static_cast<int>(ids.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            const store::RowId id = ids[static_cast<std::size_t>(row)];
            QCOMPARE(model.idAt(row), id);
            QCOMPARE(model.rowOf(id), row);
            QCOMPARE(painted.rows[row], painted.textsOf(row));
        }
        QCOMPARE(painted.rows.size(), model.rowCount());
        QCOMPARE(model.total(), random.rows().size());
    }
}

void TestRowTableModel::aSelectionSticksToItsObjects_data()
{
    itShowsWhatAPlainTableShows_data();
}

void TestRowTableModel::aSelectionSticksToItsObjects()
{
    QFETCH(const unsigned, seed);
    RandomRows random(seed + 1000);
    store::RowStore store;
    RowTableModel model(&store, {});
    QItemSelectionModel selection(&model);
    using Object = std::pair<store::RowId, int>; // a number is used again, an object is not
    const auto objectAt = [&](int row) {
        return Object{model.idAt(row), RandomRows::read(store.row(model.idAt(row))).uid};
    };
    std::set<Object> selected;
    QPersistentModelIndex current;
    Object currentObject{0, -1};
    store.apply(random.begin(60));
    for (int step = 0; step < 120; ++step) {
        if (random.below(4) == 0)
            model.setQuery(randomQuery(random, model.query()));
        else
            store.apply(random.next());
        model.applyPending();
        std::set<Object> shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown.insert(objectAt(row));
        std::erase_if(selected, [&](const Object& object) { return !shown.contains(object); });
        std::set<Object> told;
        for (const QModelIndex& index : selection.selectedRows())
            told.insert(objectAt(index.row()));
        QCOMPARE(told, selected);
        if (current.isValid())
            QCOMPARE(objectAt(current.row()), currentObject);
        else
            QVERIFY(!shown.contains(std::exchange(currentObject, {0, -1})));
        if (model.rowCount() == 0)
            continue;
        const int row = random.below(model.rowCount());
        if (random.below(2) == 0) {
            selection.select(model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
            selected.insert(objectAt(row));
        }
        if (!current.isValid()) {
            current = model.index(row, 1);
            currentObject = objectAt(row);
        }
    }
}

void TestRowTableModel::aWordWithAMinusExcludes()
{
    RandomRows random(2);
    store::RowStore store;
    store.apply(random.begin(300));
    RowTableModel model(&store, {});
    const auto rowsFor = [&](const QString& filter) {
        TableQuery query;
        query.filter = filter;
        model.setQuery(query);
        return model.rowCount();
    };
    const int with = rowsFor(QStringLiteral("alpha"));
    const int without = rowsFor(QStringLiteral("-alpha"));
    QVERIFY(with > 0 && without > 0);
    QCOMPARE(with + without, 300);
    QCOMPARE(rowsFor(QStringLiteral("ALPHA")), with);
    QCOMPARE(rowsFor(QStringLiteral("  alpha\t-alpha ")), 0);
    QVERIFY(rowsFor(QStringLiteral("网络")) > 0);
    const int dashes = rowsFor(QStringLiteral("-")); // alone it is a word like others: every name has one
    QCOMPARE(dashes, 300);
}

void TestRowTableModel::aQueryThatWasSetBeforeTheColumnsCameHolds()
{
    RandomRows random(4);
    store::RowStore store;
    RowTableModel model(&store, {});
    TableQuery query{.filter = QStringLiteral("-beta"), .namespaces = {QStringLiteral("ns-1"), QStringLiteral("ns-2")}};
    query.sortColumn = QStringLiteral("Count");
    query.sortOrder = Qt::DescendingOrder;
    model.setQuery(query);
    store.apply(random.begin(100));
    model.applyPending();
    const auto ids = expected(store, query);
    QVERIFY(ids.size() > 3);
    QCOMPARE(model.rowCount(), static_cast<int>(ids.size()));
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.idAt(row), ids[static_cast<std::size_t>(row)]);
}

void TestRowTableModel::theSortColumnIsFoundAgainAmongOtherColumns()
{
    RandomRows random(4);
    store::RowStore store;
    RowTableModel model(&store, {});
    store.apply(random.begin(50));
    model.sort(4, Qt::DescendingOrder);
    auto other = std::make_shared<kube::ChangeSet>(*random.begin(50));
    auto columns = RandomRows::columns();
    std::swap(columns[2], columns[4]); // Count comes earlier
    other->columns = std::make_shared<const std::vector<kube::Column>>(columns);
    store.apply(other);
    model.applyPending();
    const auto ids = expected(store, model.query());
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.idAt(row), ids[static_cast<std::size_t>(row)]);
    QCOMPARE(model.headerData(2, Qt::Horizontal, models::ColumnIdRole).toString(), QStringLiteral("Count"));
}

void TestRowTableModel::aChangeThatWaitsForTheTickIsNotLost()
{
    RandomRows random(6);
    store::RowStore store;
    store.apply(random.begin(50));
    RowTableModel model(&store, {});
    const Painted painted(model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int i = 0; i < 10; ++i)
        store.apply(random.append(3));
    QTRY_COMPARE(model.rowCount(), 80); // by itself
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(painted.rows[row], painted.textsOf(row));
}

void TestRowTableModel::aChangeThatWaitsIsPaintedWhenTheQueryComesFirst()
{
    RandomRows random(6);
    store::RowStore store;
    store.apply(random.begin(50));
    RowTableModel model(&store, {});
    const Painted painted(model);
    auto changes = std::make_shared<kube::ChangeSet>(*random.append(0));
    changes->kind = kube::ChangeSet::Kind::Events;
    kube::RowBuilder builder(3);
    const auto first = RandomRows::read(store.row(model.idAt(0)));
    builder.begin();
    builder.head().uid = RandomRows::uidBytes(first.uid);
    builder.setName(first.name.toStdString());
    builder.head().nameSpace = store.row(model.idAt(0)).head->nameSpace;
    builder.setText(1, "another message");
    builder.commit();
    changes->rows = builder.take();
    changes->events = {{RandomRows::uidBytes(first.uid), 0}};
    store.apply(changes);
    model.setQuery({.filter = QStringLiteral("-no-such-word")}); // the same rows in the same order
    model.applyPending();
    QCOMPARE(painted.rows[0], painted.textsOf(0));
    QCOMPARE(painted.rows[0][3], QStringLiteral("another message"));
}

void TestRowTableModel::changesArriveInFewSignals()
{
    RandomRows random(7);
    store::RowStore store;
    RowTableModel model(&store, {});
    store.apply(random.begin(0));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    store.apply(random.append(5000));
    model.applyPending();
    QCOMPARE(model.rowCount(), 5000);
    QCOMPARE(inserted.count(), 1);
    QVERIFY(layouts.count() <= 1);
    TableQuery query;
    query.filter = QStringLiteral("alpha");
    model.setQuery(query);
    QCOMPARE(removed.count(), 1);
    model.setQuery({});
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(resets.count(), 0);
}

void TestRowTableModel::aRowTellsItsObject()
{
    RandomRows random(8);
    store::RowStore store;
    store.apply(random.begin(20));
    RowTableModel model(&store, {.apiVersion = QStringLiteral("v1"), .kind = QStringLiteral("Pod")});
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto known = RandomRows::read(store.row(model.idAt(row)));
        const auto ref = model.index(row, 0).data(models::RefRole).value<kube::ObjectRef>();
        QCOMPARE(ref.kind, QStringLiteral("Pod"));
        QCOMPARE(ref.nameSpace, known.nameSpace);
        QCOMPARE(ref.name, known.name);
        QCOMPARE(ref.uid, kube::uuidText(RandomRows::uidBytes(known.uid)));
    }
}

void TestRowTableModel::aQueryRoundTripsThroughText_data()
{
    QTest::addColumn<TableQuery>("query");
    const auto add = [](const char* name, TableQuery query) { QTest::newRow(name) << query; };
    add("nothing", {});
    add("words", {.filter = QStringLiteral("web -canary 50% a&b=c;d + ?#/\\ %2B %")});
    add("blanks count", {.filter = QStringLiteral("  a  b ")});
    add("Chinese", {.filter = QStringLiteral("节点 😀"), .namespaces = {QStringLiteral("商店")}});
    add("namespaces", {.namespaces = {QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("a")}});
    add("an empty namespace", {.namespaces = {QString()}});
    add("descending", {.sortColumn = QStringLiteral("Age"), .sortOrder = Qt::DescendingOrder});
    add("a column that begins with a minus", {.sortColumn = QStringLiteral("-Age")});
    add("and one with a plus", {.sortColumn = QStringLiteral("+Age"), .sortOrder = Qt::DescendingOrder});
    add("descending, without a column", {.sortOrder = Qt::DescendingOrder});
    add("control characters", {.filter = QStringLiteral("a\u0001\n\t\u007f\u202e")});
}

void TestRowTableModel::aQueryRoundTripsThroughText()
{
    QFETCH(const TableQuery, query);
    const QString text = query.toText();
    QVERIFY2(TableQuery::fromText(text) == query, qPrintable(text));
    for (const QChar c : text)
        QVERIFY2(c.unicode() > 0x20 && c.unicode() < 0x7f, qPrintable(text));
}

void TestRowTableModel::anyQueryRoundTripsThroughText()
{
    std::mt19937 random(1);
    const auto anyText = [&] {
        QString text;
        for (auto length = random() % 12; length > 0; --length) {
            char32_t c = random() % 3 == 0 ? random() % 0x10ffff : random() % 0x80;
            if (c >= 0xd800 && c <= 0xdfff)
                c = '%';
            text += QChar::fromUcs4(c);
        }
        return text;
    };
    for (int i = 0; i < 5000; ++i) {
        TableQuery query{.filter = anyText(), .sortColumn = anyText()};
        for (auto count = random() % 3; count > 0; --count)
            query.namespaces += anyText();
        query.sortOrder = random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
        QVERIFY2(TableQuery::fromText(query.toText()) == query, qPrintable(query.toText()));
        (void)TableQuery::fromText(anyText()); // whatever a person pastes
    }
}

QTEST_GUILESS_MAIN(TestRowTableModel)
#include "tst_rowtablemodel.moc"
