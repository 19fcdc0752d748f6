// What a capture takes along of the members of a platform: each by itself, and none kept waiting by one that is away.

#include "app/snapshot/capture.h"
#include "app/snapshot/snapshottransport.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace {

constexpr int Members = 8;
constexpr auto Json = "application/json";

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray group(const char* name)
{
    const QByteArray version = QByteArray(name) + "/v1";
    return R"({"name":")" + QByteArray(name) + R"(","versions":[{"groupVersion":")" + version +
           R"(","version":"v1"}],"preferredVersion":{"groupVersion":")" + version + R"(","version":"v1"}})";
}

/// A namespace in each member, whose clusters are at the platform's own address.
QByteArray spaces()
{
    QByteArrayList items;
    for (int i = 0; i < Members; ++i)
        items << R"({"metadata":{"name":"cls-)" + QByteArray::number(i) +
                     R"(-shop","namespace":"prj-shop"},"spec":{"namespace":"shop","clusterName":"cls-)" +
                     QByteArray::number(i) + R"("}})";
    return R"({"metadata":{"resourceVersion":"1"},"items":[)" + items.join(',') + "]}";
}

using Served = std::optional<base::Result<transport::Reply>>;

Served ok(const QByteArray& body)
{
    return support::reply(200, body, {{"Content-Type", Json}});
}

Served platform(const transport::Request& request)
{
    const QByteArray& path = request.path;
    const QByteArray clusters = "/apis/platform.tkestack.io/v1/clusters/";
    if (path == "/version")
        return ok(R"({"gitVersion":"v1.36.3"})");
    if (path == "/api")
        return ok(R"({"kind":"APIVersions","versions":["v1"]})");
    if (path == "/apis")
        return ok(R"({"kind":"APIGroupList","groups":[)" + group("business.tkestack.io") + ',' +
                  group("platform.tkestack.io") + "]}");
    if (path == "/apis/business.tkestack.io/v1")
        return ok(R"({"kind":"APIResourceList","resources":[
            {"name":"projects","namespaced":false,"kind":"Project","verbs":["get","list"]},
            {"name":"namespaces","namespaced":true,"kind":"Namespace","verbs":["get","list"]}]})");
    if (path == "/apis/platform.tkestack.io/v1" || path == "/api/v1")
        return ok(R"({"kind":"APIResourceList","resources":[]})");
    if (path == "/apis/business.tkestack.io/v1/projects")
        return ok(R"({"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"prj-shop"}}]})");
    if (path == "/apis/business.tkestack.io/v1/namespaces")
        return ok(spaces());
    if (path.startsWith(clusters))
        return ok(R"({"metadata":{"name":")" + path.mid(clusters.size()) +
                  R"("},"status":{"addresses":[{"type":"Real","host":"192.0.2.1","port":6443}]}})");
    if (path == "/api/v1/namespaces")
        return ok(R"({"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"shop","uid":"n1"}}]})");
    if (path == "/api/v1/resourcequotas")
        return ok(R"({"metadata":{"resourceVersion":"7"},"items":[]})");
    return support::reply(404, support::statusJson(404, "NotFound"), {{"Content-Type", Json}});
}

} // namespace

class TestSnapshotMembers : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_opened = 0; ///< ways to a member

    QString file() const { return m_folder.filePath(qs("platform.alidade")); }
    snapshot::CaptureOptions options()
    {
        snapshot::CaptureOptions options{.file = file(), .context = qs("platform")};
        tke::PlatformAccess access;
        access.context.name = options.context;
        access.context.cluster.server = QUrl(qs("https://192.0.2.1:6443"));
        access.endpoint.url = access.context.cluster.server;
        access.connect = [this](const transport::Endpoint&, transport::As) {
            ++m_opened;
            return base::Result<std::unique_ptr<transport::Transport>>(
                std::make_unique<support::FakeTransport>(platform));
        };
        options.platform = access;
        return options;
    }

private slots:
    void init()
    {
        m_opened = 0;
        QFile::remove(file());
    }

    void eachMemberIsInItOrSaysWhyNot()
    {
        support::FakeTransport live([](const transport::Request& request) -> Served {
            if (request.path.endsWith("/clusters/cls-3"))
                return support::reply(403, support::statusJson(403, "Forbidden"), {{"Content-Type", Json}});
            return platform(request);
        });
        snapshot::Capture capture(&live, options());
        QSignalSpy finished(&capture, &snapshot::Capture::finished);
        capture.start();
        QVERIFY(finished.wait(20'000));
        QVERIFY(capture.result());
        const auto opened = snapshot::Snapshot::open(file());
        QVERIFY(opened);
        const auto& skipped = (*opened)->manifest().skipped;
        const auto away = std::ranges::find(skipped, qs("members/cls-3"), &snapshot::Skipped::path);
        QVERIFY(away != skipped.end());
        QCOMPARE(away->state, qs("forbidden"));
        const auto clientOf = snapshot::membersOf(*opened);
        for (int i = 0; i < Members; ++i) {
            const auto client = support::answerOf(clientOf(qs("cls-%1").arg(i)));
            QCOMPARE(client.has_value(), i != 3);
            if (client)
                QVERIFY(support::answerOf((*client)->ask({.path = "/api/v1/namespaces/shop"})));
        }
    }

    void oneThatIsAwayKeepsNoOtherWaiting()
    {
        support::FakeTransport live([](const transport::Request& request) {
            return request.path.endsWith("/clusters/cls-0") ? Served() : platform(request);
        });
        snapshot::Capture capture(&live, options());
        QSignalSpy finished(&capture, &snapshot::Capture::finished);
        capture.start();
        QTRY_COMPARE_WITH_TIMEOUT(m_opened, Members - 1, 20'000);
        QVERIFY(finished.isEmpty());
        capture.cancel();
        QVERIFY(finished.wait(20'000));
        QVERIFY(!capture.result());
        QVERIFY(!QFile::exists(file()));
    }
};

QTEST_GUILESS_MAIN(TestSnapshotMembers)
#include "tst_members.moc"
