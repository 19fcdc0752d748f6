// What holds for each kind: any order of fields, and nothing that an item can be does harm.

#include "tests/app/kube/projection.h"
#include "tests/support/fixture.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

using namespace kube;
using namespace kube::testing;
using nlohmann::ordered_json;

namespace {

constexpr std::int64_t Now = 1795348823;

std::vector<ordered_json> recordedItems(const ObjectKind& kind)
{
    const QByteArray list = support::fixture(QStringLiteral("kubernetes-1.36/list-%1.json").arg(kind.resource));
    return ordered_json::parse(list.toStdString()).at("items").get<std::vector<ordered_json>>();
}

using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t size)
{
    return random() % size;
}

/// The same object with the fields of each level in another order.
ordered_json shuffled(const ordered_json& value, Random& random)
{
    ordered_json result = value;
    if (value.is_array()) {
        for (ordered_json& element : result)
            element = shuffled(element, random);
    } else if (value.is_object()) {
        std::vector<std::string> keys;
        for (const auto& [key, unused] : value.items())
            keys.push_back(key);
        std::shuffle(keys.begin(), keys.end(), random);
        result = ordered_json::object();
        for (const std::string& key : keys)
            result[key] = shuffled(value[key], random);
    }
    return result;
}

/// A value of another kind, or of none that anybody expects.
ordered_json strangeValue(Random& random)
{
    switch (pick(random, 12)) {
    case 0:
        return nullptr;
    case 1:
        return true;
    case 2:
        return -1;
    case 3:
        return 18446744073709551615U;
    case 4:
        return 1.5e300;
    case 5:
        return std::string(70000, 'x');
    case 6:
        return "\x1b[31m\xe2\x80\xae\n";
    case 7:
        return ordered_json::array();
    case 8:
        return ordered_json::object();
    case 9:
        return ordered_json::array({nullptr, 1, "a", ordered_json::object()});
    case 10:
        return ordered_json{{"name", ordered_json::array()}, {"type", 7}, {"terminated", "x"}};
    default:
        return "";
    }
}

/// Puts a strange value somewhere into the item.
void disturb(ordered_json& value, Random& random)
{
    ordered_json* at = &value;
    while (at->is_structured() && !at->empty() && pick(random, 5) != 0)
        at = &std::next(at->begin(), static_cast<std::ptrdiff_t>(pick(random, at->size()))).value();
    *at = strangeValue(random);
}

void addKinds()
{
    QTest::addColumn<QString>("resource");
    for (const ObjectKind* kind : objectKinds())
        QTest::newRow(qPrintable(kind->resource)) << kind->resource;
}

/// True when the row keeps what its readers rely on.
bool isSound(const ObjectKind& kind, const Projected& row)
{
    if (row.batch.size() != 1 || row.head().nameLength == 0)
        return false;
    const QStringList shown = texts(kind, row, Now);
    return std::all_of(shown.begin(), shown.end(), [](const QString& text) {
        return text.size() <= 64 * 1024 + 1 && !text.contains(QChar(0x1b)) && !text.contains(QChar(0x202e));
    });
}

} // namespace

class TestObjectKind : public QObject {
    Q_OBJECT

private slots:
    void kindsAreFoundByGroupVersionAndResource()
    {
        const QString v1 = QStringLiteral("v1");
        const QString apps = QStringLiteral("apps");
        QCOMPARE(objectKind({}, v1, QStringLiteral("pods"))->kind, QStringLiteral("Pod"));
        QCOMPARE(objectKind({}, v1, QStringLiteral("nodes"))->kind, QStringLiteral("Node"));
        QCOMPARE(objectKind({}, v1, QStringLiteral("namespaces"))->kind, QStringLiteral("Namespace"));
        QCOMPARE(objectKind(apps, v1, QStringLiteral("deployments"))->kind, QStringLiteral("Deployment"));
        QVERIFY(objectKind({}, v1, QStringLiteral("pods"))->namespaced);
        QVERIFY(!objectKind({}, v1, QStringLiteral("nodes"))->namespaced);
        // metrics.k8s.io has pods and nodes as well, and they are other objects.
        QVERIFY(!objectKind(QStringLiteral("metrics.k8s.io"), QStringLiteral("v1beta1"), QStringLiteral("pods")));
        QVERIFY(!objectKind(apps, QStringLiteral("v1beta2"), QStringLiteral("deployments")));
        QVERIFY(!objectKind({}, v1, QStringLiteral("services")));
    }

    void columnsAreTheRowsOwnAndBeginWithTheNamespace_data() { addKinds(); }
    void columnsAreTheRowsOwnAndBeginWithTheNamespace()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        QCOMPARE(kind.columns.front().source, kind.namespaced ? ColumnSource::Namespace : ColumnSource::Name);
        std::vector<int> cells;
        QStringList headers;
        for (const Column& one : kind.columns) {
            headers += one.header;
            if (one.source == ColumnSource::Cell)
                cells.push_back(one.cell);
        }
        QCOMPARE(headers.removeDuplicates(), 0);
        std::sort(cells.begin(), cells.end());
        QCOMPARE(cells.size(), kind.cells);
        for (std::size_t i = 0; i < cells.size(); ++i)
            QCOMPARE(cells[i], static_cast<int>(i));
    }

    void theHeadIsTheObjectsMetadata_data() { addKinds(); }
    void theHeadIsTheObjectsMetadata()
    {
        QFETCH(const QString, resource);
        const Projected row = project(
            kindOf(qPrintable(resource)),
            quoted(
                "{'metadata':{'resourceVersion':'1264','creationTimestamp':'2026-11-22T11:56:40Z','namespace':'batch',"
                "'uid':'e67e68a8-b89a-40b8-86d6-0941cf1edc19','name':'import-bad-l598d'}}"));
        QCOMPARE(row.error, simdjson::SUCCESS);
        QCOMPARE(row.view().name(), std::string_view("import-bad-l598d"));
        QCOMPARE(row.view().nameSpace(), QStringLiteral("batch"));
        QCOMPARE(uuidText(row.head().uid), QStringLiteral("e67e68a8-b89a-40b8-86d6-0941cf1edc19"));
        QVERIFY(!row.head().uidIsDigest);
        QCOMPARE(row.head().resourceVersion, std::uint64_t{1264});
        QCOMPARE(row.head().created, std::uint32_t{1795348600});
    }

    void aVersionThatIsNoNumberIsNone_data()
    {
        QTest::addColumn<QByteArray>("version");
        for (const char* version : {"", "12a", "-1", "0x10", "18446744073709551616", " 1"})
            QTest::newRow(version) << QByteArray(version);
    }
    void aVersionThatIsNoNumberIsNone()
    {
        QFETCH(const QByteArray, version);
        const std::string json = quoted("{'metadata':{'name':'a','resourceVersion':'" + version.toStdString() + "'}}");
        QCOMPARE(project(kindOf("pods"), json).head().resourceVersion, std::uint64_t{0});
    }

    void anItemWithoutANameIsRefused_data() { addKinds(); }
    void anItemWithoutANameIsRefused()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        for (const char* json :
             {"{}", "{'metadata':null}", "{'metadata':{}}", "{'metadata':{'name':null}}", "{'metadata':{'name':''}}"})
            QCOMPARE(project(kind, quoted(json)).error, simdjson::NO_SUCH_FIELD);
    }

    void anotherTypeThanTheExpectedIsAnError_data()
    {
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QByteArray>("members");
        const auto add = [](const char* resource, const char* members) {
            QTest::newRow(members) << QString::fromLatin1(resource) << QByteArray(members);
        };
        add("pods", "'metadata':'a'");
        add("pods", "'metadata':{'name':7}");
        add("pods", "'metadata':{'name':'a','creationTimestamp':5}");
        add("pods", "'spec':[]");
        add("pods", "'spec':{'containers':{}}");
        add("pods", "'spec':{'initContainers':['a']}");
        add("pods", "'status':'Running'");
        add("pods", "'status':{'phase':{}}");
        add("pods", "'status':{'conditions':'x'}");
        add("pods", "'status':{'containerStatuses':[{'ready':'true'}]}");
        add("pods", "'status':{'containerStatuses':[{'restartCount':'1'}]}");
        add("pods", "'status':{'containerStatuses':[{'state':'running'}]}");
        add("pods", "'status':{'containerStatuses':[{'state':{'running':true}}]}");
        add("pods", "'status':{'containerStatuses':[{'lastState':{'terminated':{'finishedAt':1}}}]}");
        add("nodes", "'spec':{'taints':{}}");
        add("nodes", "'spec':{'unschedulable':1}");
        add("nodes", "'status':{'addresses':['10.0.0.1']}");
        add("nodes", "'metadata':{'name':'a','labels':['x']}");
        add("deployments", "'spec':{'replicas':'3'}");
        add("deployments", "'spec':{'selector':[]}");
        add("deployments", "'spec':{'selector':{'matchLabels':{'a':1}}}");
        add("namespaces", "'status':[]");
    }
    void anotherTypeThanTheExpectedIsAnError()
    {
        QFETCH(const QString, resource);
        QFETCH(const QByteArray, members);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        const std::string json = quoted("{'metadata':{'name':'a'}," + members.toStdString() + "}");
        QCOMPARE(project(kind, json).error, simdjson::INCORRECT_TYPE);
    }

    void nullIsAbsent()
    {
        const ObjectKind& pods = kindOf("pods");
        const std::string absent = quoted("{'metadata':{'name':'a'}}");
        const std::string null =
            quoted("{'spec':{'containers':null,'initContainers':null,'nodeName':null,'readinessGates':null},"
                   "'status':{'phase':null,'conditions':null,'containerStatuses':null,'podIPs':null,"
                   "'podIP':null},'metadata':{'name':'a','uid':null,'creationTimestamp':null}}");
        QCOMPARE(texts(pods, project(pods, null), Now), texts(pods, project(pods, absent), Now));
        QVERIFY(!project(pods, absent).error);
    }

    void theLastOfTwoEqualFieldsCounts()
    {
        const ObjectKind& pods = kindOf("pods");
        const Projected row = project(
            pods, quoted("{'metadata':{'name':'a','name':'b'},'spec':{'containers':[{},{}],'containers':[{}]},"
                         "'status':{'phase':'Failed','containerStatuses':[{'ready':true,'state':{'running':{}}}],"
                         "'phase':'Pending','containerStatuses':[{}]}}"));
        QCOMPARE(text(pods, row, "Name"), QStringLiteral("b"));
        QCOMPARE(text(pods, row, "Ready"), QStringLiteral("0/1"));
        QCOMPARE(text(pods, row, "Status"), QStringLiteral("Pending"));
    }

    void textThatSteersIsMadeVisible()
    {
        const ObjectKind& pods = kindOf("pods");
        const Projected row =
            project(pods, quoted("{'metadata':{'name':'a\\u001b[31m'},'status':{'phase':'\\u202eReady'}}"));
        QCOMPARE(text(pods, row, "Name"), QStringLiteral("a\u241b[31m"));
        QCOMPARE(text(pods, row, "Status"), QStringLiteral("\\u{202e}Ready"));
    }

    void whatIsNotReadMayBeAnything()
    {
        const std::string deep = std::string(100000, '[') + std::string(100000, ']');
        const ObjectKind& pods = kindOf("pods");
        const Projected row = project(pods, quoted("{'metadata':{'managedFields':" + deep + ",'name':'a'},'x':" + deep +
                                                   ",'status':{'phase':'Running'}}"));
        QCOMPARE(text(pods, row, "Status"), QStringLiteral("Running"));
    }

    void depthWhereItIsReadIsAnError()
    {
        const std::string deep = std::string(100000, '[') + std::string(100000, ']');
        QVERIFY(project(kindOf("pods"), quoted("{'metadata':{'name':'a'},'status':" + deep + "}")).error);
    }

    void theOrderOfFieldsDoesNotMatter_data() { addKinds(); }
    void theOrderOfFieldsDoesNotMatter()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        Random random(20261122);
        for (const ordered_json& item : recordedItems(kind)) {
            const Projected plain = project(kind, item.dump());
            QVERIFY(!plain.error);
            for (int i = 0; i < 3; ++i) {
                const Projected other = project(kind, shuffled(item, random).dump());
                QCOMPARE(texts(kind, other, Now), texts(kind, plain, Now));
                QCOMPARE(other.head().uid, plain.head().uid);
                QCOMPARE(other.head().severity, plain.head().severity);
                QCOMPARE(other.head().resourceVersion, plain.head().resourceVersion);
            }
        }
    }

    void aPartOfAnItemIsAnError_data() { addKinds(); }
    void aPartOfAnItemIsAnError()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        const std::string item = recordedItems(kind).back().dump();
        QVERIFY(!project(kind, item).error);
        for (std::size_t length = 0; length < item.size(); ++length)
            QVERIFY2(project(kind, std::string_view(item).substr(0, length)).error, std::to_string(length).c_str());
    }

    void strangeItemsAreRowsOrErrors_data() { addKinds(); }
    void strangeItemsAreRowsOrErrors()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        const std::vector<ordered_json> items = recordedItems(kind);
        Random random(4711);
        int rows = 0;
        int errors = 0;
        for (int i = 0; i < 600; ++i) {
            ordered_json item = items[pick(random, items.size())];
            for (std::size_t n = 1 + pick(random, 3); n > 0; --n)
                disturb(item, random);
            const std::string text = item.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
            const Projected row = project(kind, text);
            if (row.error)
                ++errors;
            else if (++rows; !isSound(kind, row))
                QFAIL(text.c_str());
        }
        QVERIFY2(rows > 50 && errors > 50, qPrintable(QStringLiteral("%1 rows, %2 errors").arg(rows).arg(errors)));
    }

    void brokenBytesAreRowsOrErrors_data() { addKinds(); }
    void brokenBytesAreRowsOrErrors()
    {
        QFETCH(const QString, resource);
        const ObjectKind& kind = kindOf(qPrintable(resource));
        std::vector<std::string> items;
        for (const ordered_json& item : recordedItems(kind))
            items.push_back(item.dump());
        constexpr std::string_view likely = "{}[]\",:\\0n-te\x00\x80\xff ";
        Random random(815);
        int rows = 0;
        int errors = 0;
        for (int i = 0; i < 2000; ++i) {
            std::string text = items[pick(random, items.size())];
            for (std::size_t n = 1 + pick(random, 4); n > 0; --n) {
                const std::size_t at = pick(random, text.size());
                switch (pick(random, 3)) {
                case 0:
                    text[at] = likely[pick(random, likely.size())];
                    break;
                case 1:
                    text.erase(at, 1 + pick(random, 40));
                    break;
                default:
                    text.insert(at, 1, likely[pick(random, likely.size())]);
                }
            }
            const Projected row = project(kind, text);
            if (row.error)
                ++errors;
            else if (++rows; !isSound(kind, row))
                QFAIL(text.c_str());
        }
        QVERIFY2(rows > 50 && errors > 50, qPrintable(QStringLiteral("%1 rows, %2 errors").arg(rows).arg(errors)));
    }
};

QTEST_GUILESS_MAIN(TestObjectKind)
#include "tst_objectkind.moc"
