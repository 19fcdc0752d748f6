// Taints on the real control plane: what a preview says is what the taint-eviction controller does, and in a race with
// kubectl and the node lifecycle controller no foreign taint is lost by a write of ours.
// EDITS sets how many writes the race has; 1000 by hand.

#include "app/change/flowgroup.h"
#include "app/change/nodesurvey.h"
#include "app/change/taintintent.h"
#include "app/kube/access.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "tests/cluster/plane.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <set>

using change::Flow;
using State = change::Flow::State;
using Outcome = scheduling::Eviction::Outcome;

namespace {

const QByteArray Namespace = "alidade-taint";
const QString Probe = QStringLiteral("alidade-taint-probe");
const QStringList Raced{QStringLiteral("alidade-race-0"), QStringLiteral("alidade-race-1"),
                        QStringLiteral("alidade-race-2")};

change::IntentPtr taint(const QString& node, const QString& specs)
{
    return std::make_shared<change::TaintIntent>(
        node, *scheduling::parseTaintSpecs(specs.split(QLatin1Char(' '), Qt::SkipEmptyParts)));
}

/// Runs a program that the cluster's network has, and waits: another process, as a colleague's would be.
QByteArray run(const QString& program, const QStringList& arguments, bool mayFail = false)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || (process.exitCode() != 0 && !mayFail))
        qFatal("%s %s: %s", qPrintable(program), qPrintable(arguments.join(QLatin1Char(' '))),
               process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

void kubectl(const QString& line, bool mayFail = false)
{
    run(QStringLiteral("kubectl"), line.split(QLatin1Char(' '), Qt::SkipEmptyParts), mayFail);
}

/// "key=value:effect" of a list, as a set.
std::set<QString> textsOf(const kube::Json& taints)
{
    std::set<QString> texts;
    for (const kube::Json& taint : kube::elements(taints))
        texts.insert(scheduling::text(scheduling::taintOf(taint)));
    return texts;
}

} // namespace

class TestTaint : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aPreviewIsWhatTheControllerDoes();
    void aConflictNamesWhoCameBetween();
    void anUndoLeavesWhatOthersDid();
    void whoMayNotIsTold();
    void noForeignTaintIsLostInARace();
    void cleanupTestCase();

private:
    base::Result<kube::Json> ask(const QByteArray& verb, const QByteArray& path, const QByteArray& body = {},
                                 const QByteArray& type = "application/json");
    void makeNode(const QString& name);
    void makePod(const QByteArray& name, const QByteArray& tolerations);
    kube::Json taintsOf(const QString& node);
    std::unique_ptr<Flow> flow(change::IntentPtr intent);
    void wait(const Flow& flow) { QTRY_VERIFY_WITH_TIMEOUT(!flow.isBusy() && flow.state() != State::Idle, 60'000); }

    transport::Journal m_journal;
    plane::Connection m_plane;
    QTemporaryDir m_folder;
    std::unique_ptr<change::WriteLog> m_log;
};

base::Result<kube::Json> TestTaint::ask(const QByteArray& verb, const QByteArray& path, const QByteArray& body,
                                        const QByteArray& type)
{
    transport::Request request{.verb = verb, .path = path};
    if (!body.isEmpty())
        request.headers.emplace_back("Content-Type", type);
    request.body = body;
    return plane::answerOf(m_plane.client->askJson(request));
}

void TestTaint::makeNode(const QString& name)
{
    // No kubelet runs it; it says that it is ready, once.
    const auto made = ask("POST", "/api/v1/nodes",
                          R"({"metadata":{"name":")" + name.toUtf8() +
                              R"("},"status":{"capacity":{"cpu":"4","memory":"8Gi","pods":"50"},
        "conditions":[{"type":"Ready","status":"True"}]}})");
    QVERIFY2(made || made.error().kind == base::ErrorKind::Conflict, qPrintable(made ? QString() : made.error().said));
}

void TestTaint::makePod(const QByteArray& name, const QByteArray& tolerations)
{
    const QByteArray body = R"({"metadata":{"name":")" + name + R"("},"spec":{"nodeName":")" + Probe.toUtf8() +
                            R"(","automountServiceAccountToken":false,"containers":[{"name":"c","image":"none"}],
                            "tolerations":)" +
                            tolerations + "}}";
    // The namespace's service account comes a moment after it.
    const auto isMade = [&] { return ask("POST", "/api/v1/namespaces/" + Namespace + "/pods", body).has_value(); };
    QVERIFY2(QTest::qWaitFor(isMade, 30'000), name.constData());
}

kube::Json TestTaint::taintsOf(const QString& node)
{
    const auto object = ask("GET", "/api/v1/nodes/" + node.toUtf8());
    return object ? kube::at(*object, {"spec", "taints"}) : kube::Json(nullptr);
}

std::unique_ptr<Flow> TestTaint::flow(change::IntentPtr intent)
{
    return std::make_unique<Flow>(
        *m_plane.client,
        change::Origin{QStringLiteral("test"), QStringLiteral("admin"), m_plane.transport->address(), false},
        std::move(intent), m_log.get());
}

void TestTaint::initTestCase()
{
    m_plane = plane::connectTo(m_journal);
    m_log = std::make_unique<change::WriteLog>(m_folder.filePath(QStringLiteral("writes.jsonl")));
    const auto made = ask("POST", "/api/v1/namespaces", R"({"metadata":{"name":")" + Namespace + R"("}})");
    QVERIFY2(made || made.error().kind == base::ErrorKind::Conflict, qPrintable(made ? QString() : made.error().said));
    makeNode(Probe);
    for (const QString& node : Raced)
        makeNode(node);
}

void TestTaint::cleanupTestCase()
{
    for (const QString& node : Raced + QStringList{Probe})
        (void)ask("DELETE", "/api/v1/nodes/" + node.toUtf8());
    kubectl(QStringLiteral("-n %1 delete pods --all --force --grace-period=0").arg(QLatin1String(Namespace)), true);
    (void)ask("DELETE", "/api/v1/namespaces/" + Namespace);
}

void TestTaint::aPreviewIsWhatTheControllerDoes()
{
    const QByteArray mine = R"({"key":"probe","operator":"Exists","effect":"NoExecute")";
    makePod("intolerant", "[]");
    makePod("other-value", R"([{"key":"probe","value":"no","effect":"NoExecute"}])");
    makePod("zero", "[" + mine + R"(,"tolerationSeconds":0}])");
    makePod("negative", "[" + mine + R"(,"tolerationSeconds":-3}])");
    makePod("three", "[" + mine + R"(,"tolerationSeconds":3}])");
    makePod("six", R"([{"operator":"Exists","effect":"NoExecute","tolerationSeconds":6}])");
    makePod("first-counts", R"([{"operator":"Exists","effect":"NoExecute","tolerationSeconds":6},)" + mine +
                                R"(,"tolerationSeconds":1}])");
    makePod("for-ever", "[" + mine + "}]");
    makePod("everything", R"([{"operator":"Exists"}])");
    makePod("equal", R"([{"key":"probe","value":"yes"}])");

    change::NodeSurvey survey(*m_plane.client);
    bool isRead = false;
    connect(&survey, &change::NodeSurvey::finished, this, [&] { isRead = true; });
    survey.read({Probe});
    QTRY_VERIFY_WITH_TIMEOUT(isRead, 30'000);
    QVERIFY2(!survey.error(), qPrintable(survey.error() ? survey.error()->said : QString()));
    const auto edit = *scheduling::parseTaintSpecs({QStringLiteral("probe=yes:NoExecute")});
    const auto impact = scheduling::impactOf(survey.survey(), edit);
    std::map<QString, std::optional<qint64>> told; // seconds until it goes; none: it stays
    for (const scheduling::PodImpact& pod : impact.nodes.at(0).pods)
        if (pod.pod.ref.nameSpace.toUtf8() == Namespace)
            told[pod.pod.ref.name] = pod.eviction.outcome == Outcome::Stays
                                         ? std::nullopt
                                         : std::optional<qint64>(pod.eviction.afterSeconds);
    const std::map<QString, std::optional<qint64>> wanted{{QStringLiteral("intolerant"), 0},
                                                          {QStringLiteral("other-value"), 0},
                                                          {QStringLiteral("zero"), 0},
                                                          {QStringLiteral("negative"), 0},
                                                          {QStringLiteral("three"), 3},
                                                          {QStringLiteral("six"), 6},
                                                          {QStringLiteral("first-counts"), 6},
                                                          {QStringLiteral("for-ever"), std::nullopt},
                                                          {QStringLiteral("everything"), std::nullopt},
                                                          {QStringLiteral("equal"), std::nullopt}};
    QVERIFY(told == wanted);

    const auto before = taintsOf(Probe);
    auto write = flow(std::make_shared<change::TaintIntent>(Probe, edit));
    write->preview();
    wait(*write);
    QCOMPARE(write->state(), State::Previewed);
    QVERIFY2(taintsOf(Probe) == before, "a preview changes nothing");
    const qint64 sent = QDateTime::currentMSecsSinceEpoch();
    write->apply();
    wait(*write);
    QCOMPARE(write->state(), State::Applied);

    // Who went, and when: by what the server wrote into the pods (to the second), and in which order.
    std::map<QString, qint64> gone;
    std::size_t goes = 0;
    for (const auto& [name, seconds] : told)
        goes += seconds ? 1 : 0;
    const auto look = [&] {
        const auto pods = ask("GET", "/api/v1/namespaces/" + Namespace + "/pods");
        std::set<QString> there;
        if (!pods)
            return false;
        for (const kube::Json& pod : kube::elements(*pods, {"items"})) {
            const QString name = kube::rawText(pod, {"metadata", "name"});
            if (kube::at(pod, {"metadata", "deletionTimestamp"}).is_null())
                there.insert(name);
        }
        for (const auto& [name, seconds] : told)
            if (!there.contains(name) && !gone.contains(name))
                gone[name] = QDateTime::currentMSecsSinceEpoch() - sent;
        return gone.size() >= goes;
    };
    QVERIFY(QTest::qWaitFor(look, 60'000));
    QTest::qWait(2'000); // longer than "now" takes: who was to stay would be gone by then
    look();
    for (const auto& [name, seconds] : told) {
        QCOMPARE(gone.contains(name), seconds.has_value());
        if (seconds)
            QVERIFY2(gone[name] >= *seconds * 1000 - 500, qPrintable(name + QString::number(gone[name])));
    }
    QVERIFY(gone[QStringLiteral("intolerant")] <= gone[QStringLiteral("three")]);
    QVERIFY(gone[QStringLiteral("three")] <= gone[QStringLiteral("six")]);
    for (const auto& [name, after] : gone)
        qInfo() << name << "told" << *told[name] << "s, gone after" << after << "ms";
}

void TestTaint::aConflictNamesWhoCameBetween()
{
    auto write = flow(taint(Raced[0], QStringLiteral("owner=us:NoSchedule")));
    write->preview();
    wait(*write);
    kubectl(QStringLiteral("taint nodes %1 owner=them:NoSchedule").arg(Raced[0]));
    write->apply();
    wait(*write);
    QCOMPARE(write->state(), State::Conflicted);
    // Whom the node names, where it names anybody.
    if (write->conflict().by)
        QVERIFY2(write->conflict().by->manager.startsWith(QLatin1String("kubectl")),
                 qPrintable(write->conflict().by->manager));
    QVERIFY(messages::sentence(write->conflict()).contains(QLatin1String("owner=them:NoSchedule")));
    QVERIFY(textsOf(taintsOf(Raced[0])).contains(QStringLiteral("owner=them:NoSchedule")));
    kubectl(QStringLiteral("taint nodes %1 owner-").arg(Raced[0]));
}

void TestTaint::anUndoLeavesWhatOthersDid()
{
    auto write = flow(taint(Raced[1], QStringLiteral("ours=1:NoSchedule")));
    write->preview();
    wait(*write);
    // What moves the version without touching our values is no conflict.
    kubectl(QStringLiteral("taint nodes %1 theirs=1:NoSchedule").arg(Raced[1]));
    write->apply();
    wait(*write);
    QCOMPARE(write->state(), State::Applied);
    QVERIFY(write->retries() >= 1);
    auto undo = write->undo();
    undo->preview();
    wait(*undo);
    undo->apply();
    wait(*undo);
    QCOMPARE(undo->state(), State::Applied);
    const auto left = textsOf(taintsOf(Raced[1]));
    QVERIFY(left.contains(QStringLiteral("theirs=1:NoSchedule")));
    QVERIFY(!left.contains(QStringLiteral("ours=1:NoSchedule")));
    QVERIFY(m_log->entries().back().undo);
    // Where somebody has taken the place since, an undo stops.
    auto again = flow(taint(Raced[1], QStringLiteral("ours=1:NoSchedule")));
    again->preview();
    wait(*again);
    again->apply();
    wait(*again);
    kubectl(QStringLiteral("taint nodes %1 ours=2:NoSchedule --overwrite").arg(Raced[1]));
    auto late = again->undo();
    late->preview();
    wait(*late);
    QCOMPARE(late->state(), State::Conflicted);
    kubectl(QStringLiteral("taint nodes %1 ours- theirs-").arg(Raced[1]));
}

void TestTaint::whoMayNotIsTold()
{
    const kube::AccessQuestion patchNodes{QStringLiteral("patch"), {}, QStringLiteral("nodes"), {}, {}};
    QCOMPARE(plane::answerOf(kube::mayI(*m_plane.client, patchNodes)).value_or(false), true);
    const QByteArray admin = qgetenv("KUBECONFIG");
    const QString viewer = QString::fromUtf8(run(QStringLiteral(ALIDADE_SOURCE "/script/cluster"),
                                                 {QStringLiteral("kubeconfig"), QStringLiteral("viewer")}))
                               .trimmed();
    qputenv("KUBECONFIG", viewer.toUtf8());
    const auto other = plane::connectTo(m_journal);
    qputenv("KUBECONFIG", admin);
    const auto answer = plane::answerOf(kube::mayI(*other.client, patchNodes));
    QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().said));
    QCOMPARE(*answer, false);
    Flow write(*other.client, {{}, {}, other.transport->address(), false},
               taint(Raced[0], QStringLiteral("a:NoSchedule")), nullptr);
    write.preview();
    wait(write);
    QCOMPARE(write.state(), State::Failed);
    QCOMPARE(write.error().kind, base::ErrorKind::Forbidden);
}

namespace {

/// One version of a node, as a watch told it.
struct Version {
    quint64 version = 0;
    std::map<QString, QString> taints; ///< "key:effect" -> value
};

/// Every version of the raced nodes, by a watch of its own.
class Witness {
public:
    Witness()
    {
        m_watch.start(
            QStringLiteral("kubectl"),
            {QStringLiteral("get"), QStringLiteral("nodes"), QStringLiteral("--watch"), QStringLiteral("-o"),
             QStringLiteral(
                 R"(go-template={{.metadata.name}} {{.metadata.resourceVersion}}{{range .spec.taints}} {{.key}}:{{.effect}}={{if .value}}{{.value}}{{end}}{{end}}{{"\n"}})")});
    }
    ~Witness()
    {
        m_watch.kill();
        m_watch.waitForFinished(10'000);
    }
    void read()
    {
        while (m_watch.canReadLine()) {
            const QStringList words = QString::fromUtf8(m_watch.readLine()).trimmed().split(QLatin1Char(' '));
            if (words.size() < 2 || !Raced.contains(words[0]))
                continue;
            Version version{words[1].toULongLong(), {}};
            for (const QString& word : words.mid(2))
                version.taints[word.section(QLatin1Char('='), 0, 0)] = word.section(QLatin1Char('='), 1);
            auto& line = seen[words[0]];
            if (line.empty() || line.back().version != version.version)
                line.push_back(std::move(version));
        }
    }
    std::map<QString, std::vector<Version>> seen;

private:
    QProcess m_watch;
};

} // namespace

void TestTaint::noForeignTaintIsLostInARace()
{
    const int edits = qEnvironmentVariableIsSet("EDITS") ? qEnvironmentVariableIntValue("EDITS") : 100;
    Witness witness;
    QTRY_VERIFY_WITH_TIMEOUT((witness.read(), witness.seen.size() == 3), 30'000);

    // kubectl, twice at a time, each with taints of its own that come and go.
    struct Writer {
        QProcess process;
        int count = 0;
    };
    std::array<Writer, 2> writers;
    bool goesOn = true;
    for (std::size_t i = 0; i < writers.size(); ++i) {
        Writer& writer = writers[i];
        const auto next = [&writer, &goesOn, i] {
            if (!goesOn)
                return;
            const int n = writer.count++;
            const QString node = Raced[n % Raced.size()];
            // Each key comes in one round and goes in the next.
            const QString spec = QStringLiteral("kubectl-%1-%2:NoSchedule%3")
                                     .arg(i)
                                     .arg(n / 6 % 4)
                                     .arg(n / 3 % 2 ? QStringLiteral("-") : QString());
            writer.process.start(QStringLiteral("kubectl"), {QStringLiteral("taint"), QStringLiteral("nodes"), node,
                                                             spec, QStringLiteral("--overwrite")});
        };
        connect(&writer.process, &QProcess::finished, this, next);
        next();
    }
    // The node lifecycle controller, by conditions that change.
    int beats = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] {
        const QByteArray type =
            std::array{"MemoryPressure", "DiskPressure", "PIDPressure"}.at(static_cast<std::size_t>(beats % 3));
        const QByteArray status = beats / 9 % 2 ? "False" : "True";
        transport::Request request{.verb = "PATCH",
                                   .path = "/api/v1/nodes/" + Raced[beats / 3 % Raced.size()].toUtf8() + "/status"};
        request.headers.emplace_back("Content-Type", "application/strategic-merge-patch+json");
        request.body = R"({"status":{"conditions":[{"type":")" + type + R"(","status":")" + status + R"("}]}})";
        (void)m_plane.client->ask(request);
        ++beats;
    });
    beat.start(100);

    // Ours: four flows at once in this process, and alidadectl as another.
    std::map<QString, std::map<quint64, QString>> ours; // version -> the key that was ours to write
    int applied = 0;
    int retries = 0;
    int conflicts = 0;
    int failures = 0;
    int begun = 0;
    std::array<std::unique_ptr<Flow>, 4> lanes;
    std::vector<std::unique_ptr<Flow>> done;
    std::function<void(std::size_t)> start = [&](std::size_t lane) {
        if (lanes[lane])
            done.push_back(std::move(lanes[lane])); // not deleted in its own signal
        if (begun >= edits)
            return;
        const int n = begun++;
        const QString node = Raced[n % Raced.size()];
        lanes[lane] = flow(taint(node, QStringLiteral("alidade-%1=%2:NoSchedule").arg(lane).arg(n)));
        Flow* each = lanes[lane].get();
        connect(each, &Flow::stateChanged, this, [&, each, lane, node](State state) {
            if (state == State::Previewed) {
                QMetaObject::invokeMethod(each, &Flow::apply, Qt::QueuedConnection);
            } else if (state == State::Conflicted) { // kubectl put back an older value of ours
                ++conflicts;
                QMetaObject::invokeMethod(each, &Flow::acceptFound, Qt::QueuedConnection);
            } else if (state == State::Applied || state == State::Failed) {
                if (state == State::Applied && each->changesAnything())
                    ours[node][each->resourceVersionAfter().toULongLong()] =
                        QStringLiteral("alidade-%1:NoSchedule").arg(lane);
                if (state == State::Failed)
                    qWarning() << each->error().said << base::idOf(each->error().kind);
                applied += state == State::Applied;
                failures += state == State::Failed;
                retries += each->retries();
                QMetaObject::invokeMethod(
                    this, [&start, lane] { start(lane); }, Qt::QueuedConnection);
            }
        });
        each->preview();
    };
    QProcess program;
    int programEdits = 0;
    const auto startProgram = [&] {
        if (!goesOn)
            return;
        program.start(QCoreApplication::applicationDirPath() + QStringLiteral("/alidadectl"),
                      {QStringLiteral("taint"), Raced[programEdits % Raced.size()],
                       QStringLiteral("alidadectl=%1:NoSchedule").arg(programEdits), QStringLiteral("--apply"),
                       QStringLiteral("-o"), QStringLiteral("json")});
    };
    connect(&program, &QProcess::finished, this, [&] {
        const auto json = kube::parseJson(program.readAllStandardOutput());
        if (json)
            for (const kube::Json& one : kube::elements(*json, {"applied"}))
                ours[kube::rawText(one, {"node"})][kube::rawText(one, {"resourceVersionAfter"}).toULongLong()] =
                    QStringLiteral("alidadectl:NoSchedule");
        ++programEdits;
        startProgram();
    });
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
    startProgram();
    QElapsedTimer clock;
    clock.start();
    for (std::size_t lane = 0; lane < lanes.size(); ++lane)
        start(lane);
    QVERIFY(QTest::qWaitFor(
        [&] {
            witness.read();
            return applied + failures >= edits;
        },
        edits * 2'000 + 60'000));
    goesOn = false;
    beat.stop();
    QTRY_VERIFY_WITH_TIMEOUT(program.state() == QProcess::NotRunning, 60'000);
    for (Writer& writer : writers)
        QTRY_VERIFY_WITH_TIMEOUT(writer.process.state() == QProcess::NotRunning, 60'000);
    const qint64 took = clock.elapsed();
    std::size_t writes = 0;
    for (const auto& [node, versions] : ours)
        writes += versions.size();
    // The witness has caught up when it knows our last write.
    const auto caughtUp = [&] {
        witness.read();
        return std::ranges::all_of(ours, [&](const auto& each) {
            const auto& line = witness.seen[each.first];
            return !line.empty() && line.back().version >= each.second.rbegin()->first;
        });
    };
    QVERIFY(QTest::qWaitFor(caughtUp, 30'000));

    int ourLosses = 0;
    int othersLosses = 0;
    std::size_t witnessed = 0;
    for (const auto& [node, line] : witness.seen) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            const auto written = ours[node].find(line[i].version);
            const bool isOurs = written != ours[node].end();
            witnessed += isOurs ? 1 : 0;
            for (const auto& [key, value] : line[i - 1].taints) {
                const auto found = line[i].taints.find(key);
                const bool changed = found == line[i].taints.end() || found->second != value;
                const bool isOurKey = key.startsWith(QLatin1String("alidade"));
                if (changed && isOurs && key != written->second) {
                    ++ourLosses;
                    qWarning() << node << line[i].version << "lost" << key << value;
                }
                // Nobody but us has any business with our keys.
                if (changed && !isOurs && isOurKey)
                    ++othersLosses;
            }
        }
    }
    qInfo().noquote() << QStringLiteral("%1 edits by 4 flows and %2 by alidadectl in %3 ms: %4 rebased, %5 conflicts, "
                                        "%6 failed; %7 kubectl writes, %8 condition writes; foreign taints lost by "
                                        "Alidade: %9; taints of Alidade lost by others: %10")
                             .arg(applied)
                             .arg(programEdits)
                             .arg(took)
                             .arg(retries)
                             .arg(conflicts)
                             .arg(failures)
                             .arg(writers[0].count + writers[1].count)
                             .arg(beats)
                             .arg(ourLosses)
                             .arg(othersLosses);
    QCOMPARE(failures, 0);
    QCOMPARE(applied, edits);
    QCOMPARE(witnessed, writes); // else nothing is proved
    QCOMPARE(ourLosses, 0);
}

QTEST_GUILESS_MAIN(TestTaint)
#include "tst_taint.moc"
