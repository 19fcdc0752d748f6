// Addresses of one cluster: read, joined, ordered, chosen and remembered.

#include "app/endpoint/choice.h"
#include "app/endpoint/memory.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace endpoint;

class TestAddress : public QObject {
    Q_OBJECT

private slots:
    void readsWhatAPersonWrites_data();
    void readsWhatAPersonWrites();
    void oneAddressFromSeveralSources();
    void ordersNumbersByValue();
    void choosesByOrder();
    void remembersWhatIsNotFoundAgain();
    void forgetsNothingOfOthers();
    void aBrokenFileIsNoMemory();
    void failsOverOnlyToWhatIsKnown();
};

namespace {

Address address(AddressType type, const char* url, const QString& from = {})
{
    return {.type = type, .url = QUrl(QLatin1String(url)), .sources = {from}, .serverName = {}, .lastSeen = {}};
}

} // namespace

void TestAddress::readsWhatAPersonWrites_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("host") << "10.0.0.1"
                          << "https://10.0.0.1:6443";
    QTest::newRow("host and port") << " 10.0.0.1:443 "
                                   << "https://10.0.0.1:443";
    QTest::newRow("url") << "https://k8s.test"
                         << "https://k8s.test";
    QTest::newRow("path") << "https://k8s.test/clusters/a/"
                          << "https://k8s.test/clusters/a";
    QTest::newRow("IPv6") << "2001:db8::1"
                          << "https://[2001:db8::1]:6443";
    QTest::newRow("IPv6 and port") << "[2001:db8::1]:7443"
                                   << "https://[2001:db8::1]:7443";
    for (const char* wrong :
         {"", "ftp://x", "https://", "https://me:secret@x", "https://x?a=b", "https://x#a", "a b", "x:0"})
        QTest::newRow(wrong) << wrong << QString();
}

void TestAddress::readsWhatAPersonWrites()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto read = urlFromText(text);
    QCOMPARE(read ? read->toString() : QString(), url);
}

void TestAddress::oneAddressFromSeveralSources()
{
    std::vector<Address> all;
    addAddress(all, address(AddressType::Advertise, "https://10.0.0.1", source::Kubeconfig));
    addAddress(all, address(AddressType::Real, "https://10.0.0.1:443/", source::EndpointSlice));
    addAddress(all, address(AddressType::Manual, "https://10.0.0.1:443", source::Manual));
    addAddress(all, address(AddressType::Advertise, "https://10.0.0.1:6443", source::ClusterInfo));
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[0].type, AddressType::Real);
    QCOMPARE(all[0].sources, (QStringList{source::Kubeconfig, source::EndpointSlice, source::Manual}));
}

void TestAddress::ordersNumbersByValue()
{
    std::vector<Address> all{
        address(AddressType::Advertise, "https://a.test"), address(AddressType::Real, "https://10.0.0.10:6443"),
        address(AddressType::Real, "https://10.0.0.9:6443"), address(AddressType::Real, "https://10.0.0.9:443")};
    sortAddresses(all);
    QStringList order;
    for (const Address& each : all)
        order += each.text();
    QCOMPARE(order, (QStringList{QStringLiteral("https://10.0.0.9:443"), QStringLiteral("https://10.0.0.9:6443"),
                                 QStringLiteral("https://10.0.0.10:6443"), QStringLiteral("https://a.test")}));
}

void TestAddress::choosesByOrder()
{
    const std::vector<Address> all{address(AddressType::Real, "https://10.0.0.9:6443"),
                                   address(AddressType::Real, "https://10.0.0.10:6443"),
                                   address(AddressType::Advertise, "https://vip.test")};
    const auto texts = [&](const char* choice) {
        QStringList list;
        for (const Address& each : chosen(all, *choiceFromText(QLatin1String(choice))))
            list += each.text();
        return list.join(QLatin1Char(' '));
    };
    QCOMPARE(texts("real"), QStringLiteral("https://10.0.0.9:6443 https://10.0.0.10:6443"));
    QCOMPARE(texts("real:1"), QStringLiteral("https://10.0.0.10:6443"));
    QCOMPARE(texts("real:2"), QString());
    QCOMPARE(texts("advertise"), QStringLiteral("https://vip.test"));
    QCOMPARE(chosen(all, *choiceFromText(QStringLiteral("https://vip.test:443"))).front().type, AddressType::Advertise);
    QCOMPARE(chosen(all, *choiceFromText(QStringLiteral("https://new.test"))).front().type, AddressType::Manual);
    QVERIFY(!choiceFromText(QStringLiteral("real:-1")));
    QVERIFY(!choiceFromText(QStringLiteral("real:x")));
}

void TestAddress::remembersWhatIsNotFoundAgain()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("deep/addresses.json"));
    const QDateTime now = QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch(), Qt::UTC);
    Known known{.clusterUid = QStringLiteral("uid-1"), .addresses = {}};
    known.addresses = {address(AddressType::Real, "https://10.0.0.1:6443", source::EndpointSlice),
                       address(AddressType::Real, "https://10.0.0.2:6443", source::EndpointSlice),
                       address(AddressType::Real, "https://10.0.0.3:6443", source::EndpointSlice),
                       address(AddressType::Manual, "https://10.0.0.4:6443", source::Manual)};
    for (Address& each : known.addresses)
        each.lastSeen = now;
    known.addresses[2].lastSeen = now.addDays(-91);
    known.addresses[3].lastSeen = now.addDays(-91);
    known.addresses[0].serverName = QStringLiteral("kubernetes");
    QVERIFY(remember(file, QStringLiteral("a"), known));
    Known expected = known;
    expected.addresses.erase(expected.addresses.begin() + 2);
    QVERIFY(recall(file, QStringLiteral("a")) == expected);
    QVERIFY(recall(file, QStringLiteral("b")) == Known{});

    std::vector<Address> found{address(AddressType::Real, "https://10.0.0.1:6443", source::EndpointSlice)};
    const auto all = joined(found, recall(file, QStringLiteral("a")));
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(all[0].sources, QStringList{source::EndpointSlice});
    QCOMPARE(all[0].serverName, QStringLiteral("kubernetes"));
    QCOMPARE(all[1].sources, (QStringList{source::EndpointSlice, source::Remembered}));
    QCOMPARE(all[1].lastSeen, now);
    QCOMPARE(all[2].type, AddressType::Manual);
}

void TestAddress::forgetsNothingOfOthers()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("addresses.json"));
    Known known{.clusterUid = QStringLiteral("uid-1"), .addresses = {}};
    QVERIFY(remember(file, QStringLiteral("a"), known));
    known.clusterUid = QStringLiteral("uid-2");
    QVERIFY(remember(file, QStringLiteral("b"), known));
    QCOMPARE(recall(file, QStringLiteral("a")).clusterUid, QStringLiteral("uid-1"));
    QCOMPARE(recall(file, QStringLiteral("b")).clusterUid, QStringLiteral("uid-2"));
    const transport::Endpoint one{
        .url = QUrl(QStringLiteral("https://x")), .serverName = {}, .certificateAuthority = "a"};
    const transport::Endpoint other{
        .url = QUrl(QStringLiteral("https://x")), .serverName = {}, .certificateAuthority = "b"};
    QVERIFY(memoryKey(one) != memoryKey(other));
}

void TestAddress::aBrokenFileIsNoMemory()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("addresses.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"clusters":{"a":{"addresses":[7,{"type":"Odd","url":"https://x"},{"type":"Real","url":"ftp://x"},null]}}})");
    file.close();
    QVERIFY(recall(file.fileName(), QStringLiteral("a")) == Known{});
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[[[");
    file.close();
    QVERIFY(recall(file.fileName(), QStringLiteral("a")) == Known{});
}

void TestAddress::failsOverOnlyToWhatIsKnown()
{
    const auto well = [](AddressType type, const char* url, int ms, std::optional<bool> same) {
        ProbeResult result;
        result.address = address(type, url);
        for (const Stage stage : AllStages)
            result.at(stage).ok = true;
        result.latency = Latency{.medianMs = ms, .maxMs = ms};
        result.sameCluster = same;
        return result;
    };
    std::vector<ProbeResult> results{well(AddressType::Real, "https://10.0.0.1", 1, true),
                                     well(AddressType::Real, "https://10.0.0.2", 9, true),
                                     well(AddressType::Real, "https://10.0.0.3", 2, std::nullopt),
                                     well(AddressType::Real, "https://10.0.0.4", 1, false),
                                     well(AddressType::Advertise, "https://10.0.0.5", 0, true)};
    const QUrl dead = results[0].address.url;
    QCOMPARE(refuge(results, dead), &results[1]);
    results[1].at(Stage::Readyz).ok = false;
    QCOMPARE(refuge(results, dead), &results[4]);
    results[4].attempts = {.tried = 4, .failed = 1, .error = {}};
    QCOMPARE(refuge(results, dead), nullptr);
}

QTEST_GUILESS_MAIN(TestAddress)
#include "tst_address.moc"
