// The way of a write: what is asked, when nothing is sent, and what becomes of it when somebody comes between.

#include "app/change/fieldintent.h"
#include "app/change/flowgroup.h"
#include "app/change/taintintent.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "tests/support/faketransport.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using change::Flow;
using State = change::Flow::State;
using transport::Request;

namespace {

/// A node that keeps what is written to it, as an APIServer would.
class FakeNode {
public:
    kube::Json node = *kube::parseJson(R"({"kind":"Node","metadata":{"name":"n1","uid":"u1","resourceVersion":"10"},
        "spec":{"taints":[{"key":"foreign","effect":"NoExecute","timeAdded":"2026-11-22T11:57:03Z"}]}})");
    int conflicts = 0; ///< so many true writes are refused first
    std::function<void()> onConflict = [] {};
    std::vector<transport::Header> headers;

    std::optional<base::Result<transport::Reply>> operator()(const Request& request)
    {
        if (request.verb == "GET")
            return support::reply(200, QByteArray::fromStdString(node.dump()));
        const bool dry = isDry(request);
        const kube::Json body = *kube::parseJson(request.body);
        if (!dry && conflicts > 0) {
            --conflicts;
            touch();
            onConflict();
        }
        if (body["metadata"]["resourceVersion"] != node["metadata"]["resourceVersion"])
            return support::reply(409, R"({"kind":"Status","reason":"Conflict","message":"modified","code":409})");
        kube::Json next = node;
        next.merge_patch(body);
        if (!dry) {
            node = next;
            touch();
            next = node;
        }
        return support::reply(200, QByteArray::fromStdString(next.dump()), headers);
    }

    static bool isDry(const Request& request)
    {
        return std::ranges::find(request.query, std::pair(QStringLiteral("dryRun"), QStringLiteral("All"))) !=
               request.query.end();
    }
    void touch()
    {
        node["metadata"]["resourceVersion"] =
            std::to_string(std::stoi(node["metadata"]["resourceVersion"].get<std::string>()) + 1);
    }
};

change::IntentPtr taint(const char* spec)
{
    return std::make_shared<change::TaintIntent>(QStringLiteral("n1"),
                                                 *scheduling::parseTaintSpecs({QLatin1String(spec)}));
}

} // namespace

class TestFlow : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aPreviewSendsADryRunAndNothingElse();
    void whatIsAppliedCarriesItsVersionAndKeepsForeignTaints();
    void aReadOnlyContextAsksNothing();
    void aMovedVersionIsRebased();
    void aChangedValueIsAConflict();
    void aConflictCanBeAccepted();
    void anUndoBringsBackWhatWas();
    void anUndoStopsWhereTheValueIsNoLongerOurs();
    void whatTheServerDropsIsNoSuccess();
    void aRefusedDryRunSendsNothing();
    void aWriteWithoutAnAnswerIsNotSentAgain();
    void nothingToDoSendsNothing();
    void theServersWarningsAndOtherKeepersAreTold();
    void theLogHoldsWhoWhereAndWhat();
    void theLogHoldsNoSecret();
    void theEqualCommandsAreForAShell();
    void aGroupTellsWhenAllAreThere();

private:
    void wait(const Flow& flow) { QTRY_VERIFY_WITH_TIMEOUT(!flow.isBusy() && flow.state() != State::Idle, 20'000); }
    void toPreview(Flow& flow)
    {
        flow.preview();
        wait(flow);
    }
    void toEnd(Flow& flow)
    {
        toPreview(flow);
        flow.apply();
        wait(flow);
    }
    int sentForGood() const
    {
        return static_cast<int>(std::ranges::count_if(m_transport->asked, [](const Request& request) {
            return request.verb != "GET" && !FakeNode::isDry(request);
        }));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<FakeNode> m_node;
    std::unique_ptr<support::FakeTransport> m_transport;
    std::unique_ptr<change::WriteLog> m_log;
    change::Origin m_origin{QStringLiteral("prod"), QStringLiteral("clerk"), QStringLiteral("https://192.0.2.1:6443"),
                            false};
    kube::Client client() const { return kube::Client(m_transport.get()); }
};

void TestFlow::init()
{
    m_node = std::make_unique<FakeNode>();
    m_transport =
        std::make_unique<support::FakeTransport>([this](const Request& request) { return (*m_node)(request); });
    m_log = std::make_unique<change::WriteLog>(
        m_folder.filePath(QLatin1String(QTest::currentTestFunction()) + QStringLiteral("/state/writes.jsonl")));
}

void TestFlow::aPreviewSendsADryRunAndNothingElse()
{
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    std::vector<State> states;
    connect(&flow, &Flow::stateChanged, this, [&](State state) { states.push_back(state); });
    toPreview(flow);
    QVERIFY((states == std::vector{State::Reading, State::DryRunning, State::Previewed}));
    QCOMPARE(m_transport->asked.size(), std::size_t(2));
    const Request& dry = m_transport->asked[1];
    QCOMPARE(dry.verb, QByteArray("PATCH"));
    QCOMPARE(dry.target(), QByteArray("/api/v1/nodes/n1?fieldManager=alidade&fieldValidation=Strict&dryRun=All"));
    QCOMPARE(sentForGood(), 0);
    QVERIFY(flow.wasAccepted());
    QCOMPARE(messages::valueText(flow.intent().touched(flow.answer())), QStringLiteral("a=1:NoSchedule"));
    QVERIFY(m_log->entries().empty());
}

void TestFlow::whatIsAppliedCarriesItsVersionAndKeepsForeignTaints()
{
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    QCOMPARE(flow.state(), State::Applied);
    const Request& sent = m_transport->asked.back();
    QCOMPARE(sent.body, QByteArray(R"({"metadata":{"resourceVersion":"10"},"spec":{"taints":[{"key":"foreign",)"
                                   R"("effect":"NoExecute","timeAdded":"2026-11-22T11:57:03Z"},)"
                                   R"({"key":"a","value":"1","effect":"NoSchedule"}]}})"));
    QCOMPARE(flow.resourceVersionBefore(), QStringLiteral("10"));
    QCOMPARE(flow.resourceVersionAfter(), QStringLiteral("11"));
    QCOMPARE(flow.retries(), 0);
}

void TestFlow::aReadOnlyContextAsksNothing()
{
    m_origin.readOnly = true;
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    flow.preview();
    m_origin.readOnly = false;
    QCOMPARE(flow.state(), State::Failed);
    QCOMPARE(flow.error().kind, base::ErrorKind::ReadOnly);
    flow.apply();
    QVERIFY(m_transport->asked.empty());
}

void TestFlow::aMovedVersionIsRebased()
{
    m_node->conflicts = 2;
    m_node->onConflict = [this] { // a foreign taint comes, which is none of ours
        m_node->node["spec"]["taints"].push_back({{"key", "other" + std::to_string(m_node->conflicts)}});
    };
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    QCOMPARE(flow.state(), State::Applied);
    QCOMPARE(flow.retries(), 2);
    QCOMPARE(m_node->node["spec"]["taints"].size(), std::size_t(4));
    // Every new version was tried dry before it was sent.
    QCOMPARE(sentForGood(), 3);
    QCOMPARE(std::ranges::count_if(m_transport->asked, &FakeNode::isDry), std::ptrdiff_t(3));
}

void TestFlow::aChangedValueIsAConflict()
{
    m_node->conflicts = 1;
    m_node->onConflict = [this] {
        m_node->node["spec"]["taints"].push_back({{"key", "a"}, {"value", "2"}, {"effect", "NoSchedule"}});
        m_node->node["metadata"]["managedFields"] = *kube::parseJson(
            R"([{"manager":"early","time":"2026-11-22T12:00:00Z","fieldsV1":{"f:spec":{"f:taints":{}}}},
                {"manager":"somebody","time":"2026-11-22T12:00:09Z","fieldsV1":{"f:spec":{"f:taints":{}}}},
                {"manager":"kubelet","time":"2026-11-22T12:00:30Z","fieldsV1":{"f:status":{}}}])");
    };
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    QCOMPARE(flow.state(), State::Conflicted);
    QCOMPARE(flow.conflict().by->manager, QStringLiteral("somebody"));
    const QString told = messages::sentence(flow.conflict());
    QVERIFY2(told.contains(QLatin1String("a=2:NoSchedule")) && told.contains(QLatin1String("somebody")),
             qPrintable(told));
    QCOMPARE(m_node->node["spec"]["taints"].back()["value"].get<std::string>(), std::string("2"));
}

void TestFlow::aConflictCanBeAccepted()
{
    m_node->conflicts = 1;
    m_node->onConflict = [this] {
        m_node->node["spec"]["taints"].push_back({{"key", "a"}, {"value", "2"}, {"effect", "NoSchedule"}});
    };
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    flow.acceptFound();
    wait(flow);
    QCOMPARE(flow.state(), State::Previewed);
    flow.apply();
    wait(flow);
    QCOMPARE(flow.state(), State::Applied);
    QCOMPARE(m_node->node["spec"]["taints"].back()["value"].get<std::string>(), std::string("1"));
}

void TestFlow::anUndoBringsBackWhatWas()
{
    const kube::Json before = m_node->node["spec"];
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    m_node->touch(); // a heartbeat
    const auto undo = flow.undo();
    toEnd(*undo);
    QCOMPARE(undo->state(), State::Applied);
    QVERIFY(m_node->node["spec"] == before);
    QVERIFY(m_log->entries().back().undo);
}

void TestFlow::anUndoStopsWhereTheValueIsNoLongerOurs()
{
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    m_node->node["spec"]["taints"].back()["value"] = "3";
    m_node->touch();
    const auto undo = flow.undo();
    toPreview(*undo);
    QCOMPARE(undo->state(), State::Conflicted);
    QCOMPARE(sentForGood(), 1);
}

void TestFlow::whatTheServerDropsIsNoSuccess()
{
    // A server that does not know fieldValidation leaves out what it does not know.
    const auto intent = std::make_shared<change::FieldIntent>(
        QStringLiteral("x"), change::nodeTarget(QStringLiteral("n1")), std::vector<std::string>{"spec", "unknown"},
        kube::Json(true), QStringList());
    m_transport = std::make_unique<support::FakeTransport>([this](const Request& request) {
        Request other = request;
        if (request.verb == "PATCH")
            other.body = R"({"metadata":{"resourceVersion":"10"}})";
        return (*m_node)(other);
    });
    Flow flow(client(), m_origin, intent, m_log.get());
    toPreview(flow);
    QCOMPARE(flow.state(), State::Failed);
    QCOMPARE(flow.error().reason, QStringLiteral("fieldsDropped"));
    QVERIFY(!flow.wasAccepted());
}

void TestFlow::aRefusedDryRunSendsNothing()
{
    m_transport = std::make_unique<support::FakeTransport>([this](const Request& request) {
        if (request.verb == "PATCH")
            return std::optional(
                support::reply(403, R"({"kind":"Status","reason":"Forbidden","message":"not you","code":403})"));
        return (*m_node)(request);
    });
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toPreview(flow);
    QCOMPARE(flow.state(), State::Failed);
    QCOMPARE(flow.error().kind, base::ErrorKind::Forbidden);
    flow.apply();
    QCOMPARE(flow.state(), State::Failed);
    QCOMPARE(sentForGood(), 0);
}

void TestFlow::aWriteWithoutAnAnswerIsNotSentAgain()
{
    m_transport = std::make_unique<support::FakeTransport>(
        [this](const Request& request) -> std::optional<base::Result<transport::Reply>> {
            if (request.verb == "PATCH" && !FakeNode::isDry(request))
                return base::Result<transport::Reply>(base::failure({.kind = base::ErrorKind::Network}));
            return (*m_node)(request);
        });
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    QCOMPARE(flow.state(), State::Failed);
    QCOMPARE(sentForGood(), 1);
    QCOMPARE(m_log->entries().back().outcome, QStringLiteral("unknown"));
}

void TestFlow::nothingToDoSendsNothing()
{
    Flow flow(client(), m_origin, taint("foreign:NoExecute"), m_log.get());
    toEnd(flow);
    QCOMPARE(flow.state(), State::Applied);
    QVERIFY(!flow.changesAnything());
    QCOMPARE(m_transport->asked.size(), std::size_t(1));
    QVERIFY(m_log->entries().empty());
}

void TestFlow::theServersWarningsAndOtherKeepersAreTold()
{
    m_node->headers = {{"Warning", "299 - \"say \\\"please\\\"\""}};
    m_node->node["metadata"]["labels"] = {{"app.kubernetes.io/managed-by", "Helm"}};
    m_node->node["metadata"]["managedFields"] = *kube::parseJson(
        R"([{"manager":"kubectl-taint","time":"2026-11-22T12:00:00Z","fieldsV1":{"f:spec":{"f:taints":{}}}}])");
    Flow flow(client(), m_origin, taint("a:NoSchedule"), m_log.get());
    toPreview(flow);
    const std::vector<change::Notice> wanted{{QStringLiteral("helm"), {}},
                                             {QStringLiteral("otherManager"), QStringLiteral("kubectl-taint")},
                                             {QStringLiteral("serverWarning"), QStringLiteral("say \"please\"")}};
    QVERIFY(flow.notices() == wanted);
    for (const change::Notice& notice : flow.notices())
        QVERIFY(!messages::sentence(notice).isEmpty());
}

void TestFlow::theLogHoldsWhoWhereAndWhat()
{
    Flow flow(client(), m_origin, taint("a=1:NoSchedule"), m_log.get());
    toEnd(flow);
    const auto entries = m_log->entries();
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].user, QStringLiteral("clerk"));
    QCOMPARE(entries[0].address, m_origin.address);
    QCOMPARE(entries[0].ref.uid, QStringLiteral("u1"));
    QCOMPARE(entries[0].outcome, QStringLiteral("applied"));
    QVERIFY(entries[0].before == kube::Json::array());
    QCOMPARE(entries[0].after.size(), std::size_t(1));
    QCOMPARE(QFile::permissions(m_log->file()) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void TestFlow::theLogHoldsNoSecret()
{
    change::WriteEntry entry;
    entry.ref.kind = QStringLiteral("Secret");
    entry.before = {{"password", "c3Vuc2hpbmU="}};
    entry.after = {{"password", "bW9vbg=="}};
    QVERIFY(m_log->add(entry));
    QFile file(m_log->file());
    QVERIFY(file.open(QFile::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(!text.contains("c3Vuc2hpbmU") && !text.contains("bW9vbg"));
}

void TestFlow::theEqualCommandsAreForAShell()
{
    m_origin.context = QStringLiteral("it's prod");
    QCOMPARE(change::kubectlCommand(m_origin, *taint("a=1:NoSchedule")),
             QStringLiteral("kubectl --context 'it'\\''s prod' taint nodes n1 a=1:NoSchedule --overwrite"));
    m_origin.context = QStringLiteral("prod");
    QCOMPARE(change::kubectlCommand(m_origin, *taint("a-")),
             QStringLiteral("kubectl --context prod taint nodes n1 a-"));
    const auto cordon = change::cordon(QStringLiteral("n1"), true);
    QCOMPARE(change::kubectlCommand(m_origin, *cordon), QStringLiteral("kubectl --context prod cordon n1"));
    QVERIFY(change::curlCommand(m_origin, cordon->target(), cordon->patch(m_node->node))
                .endsWith(QLatin1String("-d '{\"spec\":{\"unschedulable\":true}}'")));
}

void TestFlow::aGroupTellsWhenAllAreThere()
{
    change::FlowGroup group;
    group.add(std::make_unique<Flow>(client(), m_origin, taint("a:NoSchedule"), m_log.get()));
    group.add(std::make_unique<Flow>(client(), m_origin, taint("foreign:NoExecute"), m_log.get()));
    int settled = 0;
    connect(&group, &change::FlowGroup::settled, this, [&] { ++settled; });
    group.preview();
    QTRY_COMPARE_WITH_TIMEOUT(settled, 1, 20'000);
    QVERIFY(group.areAll(State::Previewed));
    group.apply();
    QTRY_COMPARE_WITH_TIMEOUT(settled, 2, 20'000);
    QVERIFY(group.areAll(State::Applied));
    const auto undo = group.undo();
    QVERIFY(undo);
    QCOMPARE(undo->flows().size(), std::size_t(1)); // the other had nothing to do
}

QTEST_GUILESS_MAIN(TestFlow)
#include "tst_flow.moc"
