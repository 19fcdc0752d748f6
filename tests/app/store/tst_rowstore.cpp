// The store against a plain map, and what a row costs.

#include "app/kube/rowreader.h"
#include "app/store/rowstore.h"
#include "tests/support/fixture.h"
#include "tests/support/randomrows.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using support::KnownRow;
using support::RandomRows;

namespace {

/// What somebody knows who only listens to the store's signals.
struct Listener {
    std::map<store::RowId, KnownRow> rows;
    QString mistake;

    explicit Listener(store::RowStore& store)
    {
        QObject::connect(&store, &store::RowStore::reset, &store, [this] { rows.clear(); });
        QObject::connect(&store, &store::RowStore::rowsChanged, &store,
                         [this, &store](const store::RowChanges& changes) {
                             std::set<store::RowId> seen;
                             for (const auto* ids : {&changes.inserted, &changes.updated, &changes.removed})
                                 for (const store::RowId id : *ids)
                                     if (!seen.insert(id).second)
                                         mistake = QStringLiteral("row %1 is told twice").arg(id);
                             for (const store::RowId id : changes.removed)
                                 if (store.isAlive(id) || rows.erase(id) == 0)
                                     mistake = QStringLiteral("row %1 is removed and was not there").arg(id);
                             for (const store::RowId id : changes.updated) {
                                 if (!store.isAlive(id) || !rows.contains(id))
                                     mistake = QStringLiteral("row %1 is updated and was not there").arg(id);
                                 else
                                     rows[id] = RandomRows::read(store.row(id));
                             }
                             for (const store::RowId id : changes.inserted) {
                                 if (!store.isAlive(id) || rows.contains(id))
                                     mistake = QStringLiteral("row %1 is inserted and was there").arg(id);
                                 else
                                     rows[id] = RandomRows::read(store.row(id));
                             }
                         });
    }
};

QString differenceOf(const store::RowStore& store, const std::map<int, KnownRow>& known)
{
    if (store.size() != known.size())
        return QStringLiteral("%1 rows and not %2").arg(store.size()).arg(known.size());
    std::size_t alive = 0;
    for (store::RowId id = 0; id < store.idLimit(); ++id)
        alive += store.isAlive(id) ? 1 : 0;
    if (alive != known.size())
        return QStringLiteral("%1 rows are alive").arg(alive);
    for (const auto& [uid, row] : known) {
        const auto id = store.find(RandomRows::uidBytes(uid));
        if (!id)
            return QStringLiteral("object %1 is missing").arg(uid);
        if (RandomRows::read(store.row(*id)) != row)
            return QStringLiteral("object %1 is another").arg(uid);
    }
    return {};
}

} // namespace

class TestRowStore : public QObject {
    Q_OBJECT

private slots:
    void itHoldsWhatAMapHolds_data();
    void itHoldsWhatAMapHolds();
    void whatDidNotChangeIsNotTold();
    void anIdIsNotUsedAgainBeforeEverybodyHasHeard();
    void otherColumnsVoidAllRows();
    void anObjectThatIsTwiceInAListIsOneRow();
    void anEmptyNameIsKept();
    void changesDoNotPileUp();
    void aPodCostsLittle();
};

void TestRowStore::itHoldsWhatAMapHolds_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestRowStore::itHoldsWhatAMapHolds()
{
    QFETCH(const unsigned, seed);
    RandomRows random(seed);
    store::RowStore store;
    Listener listener(store);
    store.apply(random.begin(random.below(100)));
    for (int step = 0; step < 150; ++step) {
        if (random.below(60) == 0)
            store.apply(random.begin(random.below(100)));
        else
            store.apply(random.next());
        QCOMPARE(differenceOf(store, random.rows()), QString());
        QCOMPARE(listener.mistake, QString());
        QCOMPARE(listener.rows.size(), random.rows().size());
        for (const auto& [id, heard] : listener.rows) {
            KnownRow known = random.rows().at(heard.uid);
            known.version = heard.version; // moves without being told
            QVERIFY(heard == known);
        }
    }
}

void TestRowStore::whatDidNotChangeIsNotTold()
{
    RandomRows random(1);
    store::RowStore store;
    const auto first = random.begin(50);
    store.apply(first);
    int told = 0;
    connect(&store, &store::RowStore::rowsChanged, this, [&] { ++told; });
    auto again = std::make_shared<kube::ChangeSet>(*first);
    again->columns = nullptr;
    again->rows.texts.clear();
    for (auto& head : again->rows.heads)
        head.resourceVersion += 1000;
    store.apply(again);
    QCOMPARE(told, 0);
    QCOMPARE(store.row(*store.find(first->rows.heads[7].uid)).head->resourceVersion,
             first->rows.heads[7].resourceVersion + 1000);
}

void TestRowStore::anIdIsNotUsedAgainBeforeEverybodyHasHeard()
{
    RandomRows random(1);
    store::RowStore store;
    store.apply(random.begin(0));
    for (int i = 0; i < 300; ++i) {
        std::vector<store::RowId> removed;
        std::vector<store::RowId> inserted;
        const auto heard = connect(&store, &store::RowStore::rowsChanged, this, [&](const store::RowChanges& changes) {
            removed = changes.removed;
            inserted = changes.inserted;
        });
        store.apply(random.events(10));
        disconnect(heard);
        for (const store::RowId id : inserted)
            QVERIFY(std::find(removed.begin(), removed.end(), id) == removed.end());
    }
    QVERIFY(store.idLimit() < 1500); // but later it is
}

void TestRowStore::otherColumnsVoidAllRows()
{
    RandomRows random(3);
    store::RowStore store;
    int resets = 0;
    connect(&store, &store::RowStore::reset, this, [&] {
        ++resets;
        QCOMPARE(store.size(), std::size_t{0});
        QVERIFY(store.columns());
    });
    QVERIFY(!store.columns());
    store.apply(random.begin(30));
    store.apply(random.events(30));
    store.apply(random.begin(10));
    QCOMPARE(resets, 2);
    QCOMPARE(differenceOf(store, random.rows()), QString());
}

void TestRowStore::anObjectThatIsTwiceInAListIsOneRow()
{
    for (const auto kind : {kube::ChangeSet::Kind::Append, kube::ChangeSet::Kind::Replace}) {
        RandomRows random(5);
        store::RowStore store;
        Listener listener(store);
        store.apply(random.begin(3));
        auto twice = std::make_shared<kube::ChangeSet>(*random.append(2));
        twice->kind = kind;
        twice->rows.heads.insert(twice->rows.heads.end(), twice->rows.heads.begin(), twice->rows.heads.begin() + 2);
        twice->rows.cells.insert(twice->rows.cells.end(), twice->rows.cells.begin(), twice->rows.cells.begin() + 6);
        twice->rows.cells.back() = kube::Cell::number(1000);
        store.apply(twice);
        QCOMPARE(listener.mistake, QString());
        QCOMPARE(store.size(), kind == kube::ChangeSet::Kind::Append ? std::size_t{5} : std::size_t{2});
    }
}

void TestRowStore::anEmptyNameIsKept()
{
    // What a broken server may send; with the arena's chunk filled to its last byte.
    kube::RowBuilder builder(1);
    const auto add = [&builder](int uid, const std::string& name) {
        builder.begin();
        builder.head().uid = RandomRows::uidBytes(uid);
        builder.setName(name);
        builder.commit();
    };
    for (int i = 0; i < 64; ++i)
        add(i, std::string(4096, 'x'));
    add(64, "");
    auto changes = std::make_shared<kube::ChangeSet>();
    changes->columns = std::make_shared<const std::vector<kube::Column>>(1);
    changes->rows = builder.take();
    store::RowStore store;
    store.apply(changes);
    QCOMPARE(store.size(), std::size_t{65});
    QCOMPARE(store.row(*store.find(RandomRows::uidBytes(64))).name().size(), std::size_t{0});
    QCOMPARE(store.row(*store.find(RandomRows::uidBytes(63))).name().size(), std::size_t{4096});
}

void TestRowStore::changesDoNotPileUp()
{
    kube::RowBuilder builder(1);
    store::RowStore store;
    std::size_t most = 0;
    for (int round = 0; round < 400; ++round) {
        std::vector<kube::ChangeSet::Event> events;
        for (int uid = 0; uid < 500; ++uid) {
            builder.begin();
            builder.head().uid = RandomRows::uidBytes(uid);
            builder.setName("object");
            builder.setText(0, std::string(200, static_cast<char>('a' + round % 26)));
            builder.commit();
            events.push_back({RandomRows::uidBytes(uid), uid});
        }
        auto changes = std::make_shared<kube::ChangeSet>();
        changes->kind = round == 0 ? kube::ChangeSet::Kind::Append : kube::ChangeSet::Kind::Events;
        if (round == 0)
            changes->columns = std::make_shared<const std::vector<kube::Column>>(1);
        else
            changes->events = events;
        changes->rows = builder.take();
        store.apply(changes);
        most = std::max(most, store.memoryBytes());
    }
    QVERIFY2(most < 6'000'000, qPrintable(QString::number(most))); // 40 MB went through
    const auto row = store.row(*store.find(RandomRows::uidBytes(499)));
    QCOMPARE(row.text(row.cells[0].offset(), row.cells[0].length()), std::string_view(std::string(200, 'j')));
}

void TestRowStore::aPodCostsLittle()
{
    constexpr int Pods = 10'000;
    auto list = nlohmann::ordered_json::parse(support::fixture(QStringLiteral("kubernetes-1.36/list-pods.json")));
    const auto models = list["items"];
    auto reader = kube::makeObjectReader(*kube::objectKind(QString(), QStringLiteral("v1"), QStringLiteral("pods")));
    store::RowStore store;
    const auto feed = [&reader](std::string_view text) {
        while (!text.empty()) {
            const auto room = reader->space();
            const std::size_t count = std::min(room.size(), text.size());
            std::memcpy(room.data(), text.data(), count);
            QVERIFY(reader->commit(count));
            text.remove_prefix(count);
        }
    };
    reader->beginBody(0);
    feed(R"({"kind":"PodList","metadata":{"resourceVersion":"1"},"items":[)");
    for (int i = 0; i < Pods; ++i) {
        auto pod = models[static_cast<std::size_t>(i) % models.size()];
        pod["metadata"]["name"] = "checkout-frontend-" + std::to_string(7'000'000'000 + i) + "-" + std::to_string(i);
        pod["metadata"]["uid"] = kube::uuidText(RandomRows::uidBytes(i)).toStdString();
        pod["metadata"]["resourceVersion"] = std::to_string(1'000'000 + i);
        pod["spec"]["nodeName"] = "worker-" + std::to_string(i % 200);
        pod["status"]["podIP"] = "10.244." + std::to_string(i / 250) + "." + std::to_string(i % 250);
        feed((i > 0 ? "," : "") + pod.dump());
        if (i % 500 == 499 || i + 1 == Pods) {
            auto changes = std::make_shared<kube::ChangeSet>();
            if (i < 500)
                changes->columns = reader->columns();
            changes->rows = reader->builder()->take();
            store.apply(changes);
        }
    }
    feed("]}");
    QVERIFY(reader->endBody());
    QCOMPARE(store.size(), std::size_t{Pods});
    std::size_t texts = 0;
    for (const QString& text : store.texts())
        texts += sizeof(QString) + static_cast<std::size_t>(text.capacity()) * sizeof(QChar);
    const double each = static_cast<double>(store.memoryBytes() + texts) / Pods;
    qInfo("%.0f bytes a pod, of which %.1f are shared texts", each, static_cast<double>(texts) / Pods);
    QVERIFY(each <= 260);
}

QTEST_GUILESS_MAIN(TestRowStore)
#include "tst_rowstore.moc"
