// Making event persistence: tried first, sent once, kept without its password, taken back by deleting it.

#include "app/change/eventsink.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using change::WriteFlow;
using kube::Json;
using State = WriteFlow::State;

namespace {

const kube::ApiResource Kind{.group = QStringLiteral("platform.tkestack.io"),
                             .version = QStringLiteral("v1"),
                             .resource = QStringLiteral("persistentevents"),
                             .kind = QStringLiteral("PersistentEvent"),
                             .singular = {},
                             .shortNames = {},
                             .categories = {},
                             .verbs = {}};
const QString Password = QStringLiteral("planted-7f3a");
const QByteArray Encoded = Password.toUtf8().toBase64();

/// Creates what is posted, and deletes it.
std::optional<base::Result<transport::Reply>> platform(const transport::Request& request)
{
    if (request.verb == "POST") {
        Json object = *kube::parseJson(request.body);
        object["metadata"]["uid"] = "u1";
        object["metadata"]["resourceVersion"] = "7";
        return support::reply(201, kube::toBytes(object));
    }
    return support::reply(404, support::statusJson(404, "NotFound"));
}

tke::EventSinkDraft draft()
{
    return {.cluster = QStringLiteral("cls-abc12345"),
            .address = QStringLiteral("https://10.240.0.21:9200"),
            .index = QStringLiteral("fluentd"),
            .user = QStringLiteral("elastic"),
            .password = Password};
}

} // namespace

class TestEventSink : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const change::WriteLog m_log{m_folder.filePath(QStringLiteral("writes.jsonl"))};

private slots:
    void it_is_tried_then_sent_then_kept_without_its_password()
    {
        support::FakeTransport transport(platform);
        const kube::Client client(&transport);
        auto flow = change::createEventSink(client, {QStringLiteral("here"), {}, QStringLiteral("https://h:6443")},
                                            Kind, draft(), &m_log);
        QVERIFY(flow);
        (*flow)->preview();
        QTRY_COMPARE((*flow)->state(), State::Previewed);
        QCOMPARE(transport.asked.size(), 2UL);
        QCOMPARE(transport.asked[1].verb, QByteArray("POST"));
        QVERIFY(std::ranges::any_of(transport.asked[1].query,
                                    [](const auto& each) { return each.first == QLatin1String("dryRun"); }));
        for (const change::DiffLine& line : (*flow)->diff())
            QVERIFY(!line.text.contains(QString::fromLatin1(Encoded)));
        (*flow)->apply();
        QTRY_COMPARE((*flow)->state(), State::Applied);
        QVERIFY(transport.asked.back().body.contains("\"password\":\"" + Encoded + '"'));
        QFile file(m_log.file());
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(kept.contains("10.240.0.21"));
        QVERIFY(!kept.contains(Encoded));
        QVERIFY(!kept.contains(Password.toUtf8()));
        QVERIFY((*flow)->logError() == base::Error{});
    }

    void its_command_asks_the_shell_for_the_password()
    {
        support::FakeTransport transport(platform);
        auto flow = change::createEventSink(kube::Client(&transport), {}, Kind, draft(), nullptr);
        const QString command = change::curlEventSink(**flow);
        QVERIFY(command.contains(QLatin1String("$(printf %s \"$ES_PASSWORD\" | base64 -w0)")));
        QVERIFY(!command.contains(QString::fromLatin1(Encoded)));
        QVERIFY(!command.contains(Password));
    }

    void it_is_taken_back_by_deleting_that_very_one()
    {
        support::FakeTransport transport(platform);
        const kube::Client client(&transport);
        auto flow = change::createEventSink(client, {}, Kind, draft(), nullptr);
        (*flow)->preview();
        QTRY_COMPARE((*flow)->state(), State::Previewed);
        (*flow)->apply();
        QTRY_COMPARE((*flow)->state(), State::Applied);
        const auto undo = change::undoEventSink(client, **flow, nullptr);
        QCOMPARE(undo->target(), (*flow)->target());
        QVERIFY(undo->kubectl().contains(QStringLiteral("delete")));
    }

    void a_password_is_masked_on_both_sides_of_a_difference()
    {
        const Json before = tke::persistentEventOf(draft(), Kind, QStringLiteral("pe-1"));
        tke::EventSinkDraft other = draft();
        other.password = QStringLiteral("another-7f3a");
        const Json after = tke::persistentEventOf(other, Kind, QStringLiteral("pe-1"));
        const auto sides = kube::withoutSecrets(before, after);
        QVERIFY(sides.first != sides.second);
        for (const Json& side : {sides.first, sides.second, kube::withoutSecrets(after)}) {
            QVERIFY(!kube::toBytes(side).contains(Encoded));
            QVERIFY(!kube::toBytes(side).contains(other.password.toUtf8().toBase64()));
        }
    }
};

QTEST_GUILESS_MAIN(TestEventSink)
#include "tst_eventsink.moc"
