// Host paths on the real server: what admission makes of them at each Pod Security level, and that one volume and one
// mount are written beside what another writes meanwhile.

#include "app/change/flow.h"
#include "app/change/hostpathreview.h"
#include "app/change/manifestflow.h"
#include "app/kube/jsonread.h"
#include "tests/cluster/clusters.h"

using change::HostPathDraft;
using kube::Json;
using State = change::WriteFlow::State;

namespace {

const kube::ApiResource Deployments{.group = QStringLiteral("apps"),
                                    .version = QStringLiteral("v1"),
                                    .resource = QStringLiteral("deployments"),
                                    .kind = QStringLiteral("Deployment"),
                                    .namespaced = true};
const QString Space = QStringLiteral("hostpath-test");

/// The FAQ's own example.
HostPathDraft faq()
{
    return {.path = QStringLiteral("/data/volume"),
            .type = {},
            .volume = QStringLiteral("testv"),
            .container = {},
            .mountPath = QStringLiteral("/hahaha"),
            .subPath = {}};
}

change::Target target(const QString& name, const QString& nameSpace = Space)
{
    return {.resource = Deployments, .nameSpace = nameSpace, .name = name};
}

} // namespace

class TestHostPath : public QObject {
    Q_OBJECT

    transport::Journal m_journal;
    plane::Connection m_plane;

    change::Origin origin() const
    {
        return {QStringLiteral("test"), QStringLiteral("admin"), m_plane.transport->address(), false};
    }
    void enforce(const QString& nameSpace, const QByteArray& level)
    {
        QVERIFY(plane::makeNamespace(*m_plane.client, nameSpace));
        transport::Request patch{.verb = "PATCH", .path = "/api/v1/namespaces/" + nameSpace.toUtf8()};
        patch.headers.emplace_back("Content-Type", "application/merge-patch+json");
        const Json labels{{"pod-security.kubernetes.io/enforce", level.toStdString()}};
        patch.body = QByteArray::fromStdString(Json{{"metadata", {{"labels", labels}}}}.dump());
        QVERIFY(plane::answerOf(m_plane.client->ask(std::move(patch))));
        // Before its service account is made every pod is refused.
        QTRY_VERIFY_WITH_TIMEOUT(
            plane::answerOf(
                m_plane.client->ask({.path = "/api/v1/namespaces/" + nameSpace.toUtf8() + "/serviceaccounts/default"})),
            30'000);
    }
    Json read(const QString& name)
    {
        const auto object = plane::answerOf(m_plane.client->askJson({.path = target(name).path()}));
        return object ? *object : Json(nullptr);
    }
    std::unique_ptr<change::ManifestFlow> creation(const QString& name, const QString& nameSpace)
    {
        const Json made = change::newDeployment(name, nameSpace, QStringLiteral("example/web:1"), faq());
        auto manifests = kube::parseManifests(QByteArray::fromStdString(made.dump()));
        return std::make_unique<change::ManifestFlow>(*m_plane.client, origin(), target(name, nameSpace),
                                                      std::move(manifests->front()), nullptr, false);
    }

private slots:
    void initTestCase()
    {
        m_plane = plane::connectTo(m_journal);
        QVERIFY(plane::makeNamespace(*m_plane.client, Space));
    }
    void cleanupTestCase()
    {
        for (const char* each : {"", "-privileged", "-baseline", "-restricted"})
            plane::removeNamespace(*m_plane.client, Space + QLatin1String(each));
    }

    void admission_is_told_at_each_level_data()
    {
        QTest::addColumn<bool>("accepted");
        QTest::newRow("privileged") << true;
        QTest::newRow("baseline") << false;
        QTest::newRow("restricted") << false;
    }
    void admission_is_told_at_each_level()
    {
        QFETCH(bool, accepted);
        const QString level = QString::fromLatin1(QTest::currentDataTag());
        const QString nameSpace = Space + QLatin1Char('-') + level;
        enforce(nameSpace, level.toLatin1());
        const auto flow = creation(QStringLiteral("web"), nameSpace);
        flow->preview();
        // The server takes the Deployment at every level: only a pod is refused.
        QTRY_COMPARE_WITH_TIMEOUT(flow->state(), State::Previewed, 30'000);
        const auto review = plane::answerOf(
            change::reviewHostPath(*m_plane.client, target(QStringLiteral("web"), nameSpace), flow->answer()));
        QVERIFY(review);
        QCOMPARE(review->podAdmission.accepted, accepted);
        QCOMPARE(review->podSecurity, level);
        if (!accepted)
            QVERIFY2(review->podAdmission.error.said.contains(QLatin1String("hostPath")),
                     qPrintable(review->podAdmission.error.said));
    }

    void the_faqs_own_example_comes_to_run()
    {
        const auto flow = creation(QStringLiteral("deployment"), Space);
        flow->preview();
        QTRY_COMPARE_WITH_TIMEOUT(flow->state(), State::Previewed, 30'000);
        QCOMPARE(flow->action(), change::ManifestFlow::Action::Create);
        flow->apply();
        QTRY_COMPARE_WITH_TIMEOUT(flow->state(), State::Applied, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(
            kube::number(read(QStringLiteral("deployment")), {"status", "readyReplicas"}).value_or(0), 1, 60'000);
    }

    void beside_another_writer_one_volume_and_one_mount_are_added_and_taken_back()
    {
        HostPathDraft draft = faq();
        draft.volume = QStringLiteral("second");
        draft.mountPath = QStringLiteral("/second");
        draft.container = QStringLiteral("deployment");
        change::Flow flow(*m_plane.client, origin(), change::mountHostPath(target(QStringLiteral("deployment")), draft),
                          nullptr);
        flow.preview();
        QTRY_COMPARE_WITH_TIMEOUT(flow.state(), State::Previewed, 30'000);
        plane::script({QStringLiteral("kubectl"), QStringLiteral("-n"), Space, QStringLiteral("set"),
                       QStringLiteral("image"), QStringLiteral("deployment/deployment"),
                       QStringLiteral("deployment=example/web:2")});
        const auto volumes = [this] {
            QStringList names;
            const Json object = read(QStringLiteral("deployment"));
            for (const Json& each : kube::elements(object, {"spec", "template", "spec", "volumes"}))
                names << kube::rawText(each, {"name"});
            names.sort(); // a strategic merge puts what is new first
            return names.join(QLatin1Char(' '));
        };
        flow.apply();
        QTRY_COMPARE_WITH_TIMEOUT(flow.state(), State::Applied, 30'000);
        const Json after = read(QStringLiteral("deployment"));
        const Json& container = kube::elements(after, {"spec", "template", "spec", "containers"}).front();
        QCOMPARE(kube::rawText(container, {"image"}), QStringLiteral("example/web:2"));
        QCOMPARE(kube::elements(container, {"volumeMounts"}).size(), std::size_t(2));
        QCOMPARE(volumes(), QStringLiteral("second testv"));

        const auto back = flow.undo();
        back->preview();
        QTRY_COMPARE_WITH_TIMEOUT(back->state(), State::Previewed, 30'000);
        back->apply();
        QTRY_COMPARE_WITH_TIMEOUT(back->state(), State::Applied, 30'000);
        QCOMPARE(volumes(), QStringLiteral("testv"));
    }
};

QTEST_GUILESS_MAIN(TestHostPath)
#include "tst_hostpath.moc"
