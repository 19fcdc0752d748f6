// A host path: what is wrong with a draft, what is written, and that nothing beside it changes.

#include "app/change/hostpath.h"
#include "app/messages/hostpath.h"

#include <QTest>

using change::Hazard;
using change::HostPathDraft;
using kube::Json;

namespace {

const kube::ApiResource Deployments{.group = QStringLiteral("apps"),
                                    .version = QStringLiteral("v1"),
                                    .resource = QStringLiteral("deployments"),
                                    .kind = QStringLiteral("Deployment"),
                                    .namespaced = true};
const kube::ApiResource Pods{.version = QStringLiteral("v1"),
                             .resource = QStringLiteral("pods"),
                             .kind = QStringLiteral("Pod"),
                             .namespaced = true};
const kube::ApiResource Jobs{.group = QStringLiteral("batch"),
                             .version = QStringLiteral("v1"),
                             .resource = QStringLiteral("jobs"),
                             .kind = QStringLiteral("Job"),
                             .namespaced = true};

/// The FAQ's own example.
HostPathDraft faq()
{
    return {.path = QStringLiteral("/data/volume"),
            .type = {},
            .volume = QStringLiteral("testv"),
            .container = QStringLiteral("web"),
            .mountPath = QStringLiteral("/hahaha"),
            .subPath = {}};
}

Json deployment()
{
    return Json::parse(R"({"metadata":{"name":"web","namespace":"shop"},"spec":{"replicas":2,"template":{
        "metadata":{"labels":{"app":"web"}},
        "spec":{"containers":[
            {"name":"web","image":"web:1","volumeMounts":[{"name":"data","mountPath":"/srv/data"}]},
            {"name":"side","image":"side:1"}],
          "initContainers":[{"name":"first","image":"init:1"}],
          "volumes":[{"name":"data","emptyDir":{}}]}}}})");
}

change::Target web()
{
    return {.resource = Deployments, .nameSpace = QStringLiteral("shop"), .name = QStringLiteral("web")};
}

QStringList idsOf(const std::vector<Hazard>& hazards, base::Severity severity)
{
    QStringList ids;
    for (const Hazard& each : hazards)
        if (each.severity == severity)
            ids << each.id;
    return ids;
}

/// What the draft is told of, beside the FAQ's example.
QStringList ids(const HostPathDraft& draft, base::Severity severity)
{
    return idsOf(change::hazardsOf(draft, change::podTemplateOf(Deployments, deployment())), severity);
}

} // namespace

#define COMPARE_JSON(actual, expected)                                                                                 \
    QCOMPARE(QString::fromStdString(Json(actual).dump()), QString::fromStdString(Json(expected).dump()))

class TestHostPath : public QObject {
    Q_OBJECT
private slots:
    void read_only_is_the_default() { QVERIFY(HostPathDraft().readOnly); }

    void each_mistake_is_named_data()
    {
        QTest::addColumn<HostPathDraft>("draft");
        QTest::addColumn<QString>("id");
        const auto row = [](const char* id, auto change) {
            HostPathDraft draft = faq();
            change(draft);
            QTest::newRow(id) << draft << QString::fromLatin1(id);
        };
        row("pathMissing", [](HostPathDraft& d) { d.path.clear(); });
        row("pathRelative", [](HostPathDraft& d) { d.path = QStringLiteral("data"); });
        row("pathBackstep", [](HostPathDraft& d) { d.path = QStringLiteral("/data/../etc"); });
        row("typeUnknown", [](HostPathDraft& d) { d.type = QStringLiteral("Folder"); });
        row("volumeMissing", [](HostPathDraft& d) { d.volume.clear(); });
        row("volumeInvalid", [](HostPathDraft& d) { d.volume = QStringLiteral("Test_V"); });
        row("volumeTaken", [](HostPathDraft& d) { d.volume = QStringLiteral("data"); });
        row("containerMissing", [](HostPathDraft& d) { d.container = QStringLiteral("other"); });
        row("mountMissing", [](HostPathDraft& d) { d.mountPath.clear(); });
        row("mountRelative", [](HostPathDraft& d) { d.mountPath = QStringLiteral("hahaha"); });
        row("mountColon", [](HostPathDraft& d) { d.mountPath = QStringLiteral("/a:b"); });
        row("mountTaken", [](HostPathDraft& d) { d.mountPath = QStringLiteral("/srv/data/"); });
        row("subPathAbsolute", [](HostPathDraft& d) { d.subPath = QStringLiteral("/b"); });
        row("subPathBackstep", [](HostPathDraft& d) { d.subPath = QStringLiteral("b/../../c"); });
    }
    void each_mistake_is_named()
    {
        QFETCH(HostPathDraft, draft);
        QFETCH(QString, id);
        QCOMPARE(ids(draft, base::Severity::Error), QStringList{id});
        const auto hazards = change::hazardsOf(draft, change::podTemplateOf(Deployments, deployment()));
        QVERIFY(change::hasErrors(hazards));
        for (const Hazard& each : hazards)
            QVERIFY2(!messages::sentence(each).isEmpty(), qPrintable(each.id));
    }

    void the_faqs_own_example_has_no_mistake()
    {
        QCOMPARE(ids(faq(), base::Severity::Error), QStringList());
        QCOMPARE(ids(faq(), base::Severity::Warning), QStringList{QStringLiteral("notChecked")});
    }

    void nothing_is_said_of_a_path_that_is_not_there_yet()
    {
        HostPathDraft draft = faq();
        draft.path.clear();
        QCOMPARE(ids(draft, base::Severity::Warning), QStringList());
    }

    void dangers_are_told_by_what_lies_there_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("danger");
        for (const auto& [path, danger] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"/", "root"},
                 {"//", "root"},
                 {"/etc", "etc"},
                 {"/etc/ssl", "etc"},
                 {"/etc/kubernetes/pki", "keys"},
                 {"/etc/kubernetes/manifests", "manifests"},
                 {"/var/lib/kubelet/pods", "kubelet"},
                 {"/var/run/docker.sock", "runtimeSocket"},
                 {"/run/containerd/containerd.sock", "runtimeSocket"},
                 {"/proc/1", "proc"},
                 {"/dev/sda", "dev"},
                 {"/var/lib/etcd", "etcd"},
                 {"/root", "home"},
                 {"/var/lib", "var"},
                 {"/data/etc", ""},
                 {"/var/log/app", ""},
                 {"/etcetera", ""},
                 {"/home/app", ""}})
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(danger);
    }
    void dangers_are_told_by_what_lies_there()
    {
        QFETCH(QString, path);
        QFETCH(QString, danger);
        HostPathDraft draft = faq();
        draft.path = path;
        QString told;
        for (const Hazard& each : change::hazardsOf(draft, nullptr))
            if (each.id == QLatin1String("dangerousPath"))
                told = each.detail;
        QCOMPARE(told, danger);
    }

    void a_mount_inside_another_is_told()
    {
        HostPathDraft draft = faq();
        draft.mountPath = QStringLiteral("/srv");
        QVERIFY(ids(draft, base::Severity::Warning).contains(QStringLiteral("shadows")));
        draft.mountPath = QStringLiteral("/srv/data/deeper");
        QVERIFY(ids(draft, base::Severity::Warning).contains(QStringLiteral("shadows")));
        draft.mountPath = QStringLiteral("/srv/database");
        QVERIFY(!ids(draft, base::Severity::Warning).contains(QStringLiteral("shadows")));
    }

    void one_volume_and_one_mount_are_written_and_nothing_else()
    {
        const auto intent = change::mountHostPath(web(), faq());
        QCOMPARE(intent->patchType(), change::PatchType::Strategic);
        COMPARE_JSON(intent->patch(deployment()), Json::parse(R"({"spec":{"template":{"spec":{
            "volumes":[{"name":"testv","hostPath":{"path":"/data/volume","type":""}}],
            "containers":[{"name":"web","volumeMounts":[{"name":"testv","mountPath":"/hahaha","readOnly":true}]}]}}}})"));
        const QStringList words = intent->kubectl();
        QVERIFY(words.contains(QStringLiteral("--type=strategic")));
        COMPARE_JSON(Json::parse(words.back().toStdString()), intent->patch(deployment()));
    }

    void what_is_there_already_is_not_written_again()
    {
        Json object = deployment();
        Json& spec = object["spec"]["template"]["spec"];
        spec["volumes"].push_back(change::volumeOf(faq()));
        const auto intent = change::mountHostPath(web(), faq());
        QVERIFY(!intent->patch(object)["spec"]["template"]["spec"].contains("volumes"));
        spec["containers"][0]["volumeMounts"].push_back(change::mountOf(faq()));
        QVERIFY(intent->patch(object).is_null());
        QCOMPARE(intent->refusal(object), QString());
    }

    void what_another_has_taken_meanwhile_is_refused()
    {
        const auto intent = change::mountHostPath(web(), faq());
        Json object = deployment();
        object["spec"]["template"]["spec"]["volumes"].push_back({{"name", "testv"}, {"emptyDir", Json::object()}});
        QCOMPARE(intent->refusal(object), QStringLiteral("volumeTaken"));
        object["spec"]["template"]["spec"]["containers"].erase(0);
        object["spec"]["template"]["spec"]["volumes"].erase(1);
        QCOMPARE(intent->refusal(object), QStringLiteral("containerMissing"));
    }

    void undo_takes_both_away_and_leaves_what_others_use()
    {
        const auto intent = change::mountHostPath(web(), faq());
        Json after = deployment();
        Json& spec = after["spec"]["template"]["spec"];
        spec["volumes"].push_back(change::volumeOf(faq()));
        spec["containers"][0]["volumeMounts"].push_back(change::mountOf(faq()));
        const auto back = intent->reversed(deployment());
        COMPARE_JSON(back->patch(after), Json::parse(R"({"spec":{"template":{"spec":{
            "volumes":[{"name":"testv","$patch":"delete"}],
            "containers":[{"name":"web","volumeMounts":[{"mountPath":"/hahaha","$patch":"delete"}]}]}}}})"));
        QVERIFY(back->patch(deployment()).is_null());
        spec["containers"][1]["volumeMounts"] = Json::array({change::mountOf(faq())});
        QVERIFY(!back->patch(after)["spec"]["template"]["spec"].contains("volumes"));
    }

    void a_free_name_is_suggested()
    {
        const Json object = deployment();
        const Json& pods = object["spec"]["template"];
        QCOMPARE(change::suggestedVolume(QStringLiteral("/data/shared"), pods), QStringLiteral("data-shared"));
        QCOMPARE(change::suggestedVolume(QStringLiteral("/data"), pods), QStringLiteral("data-2"));
        QCOMPARE(change::suggestedVolume(QStringLiteral("/"), pods), QStringLiteral("host"));
        HostPathDraft draft = faq();
        draft.volume = change::suggestedVolume(QString(300, QLatin1Char('/')) + QString(200, QLatin1Char('x')), pods);
        QVERIFY(!ids(draft, base::Severity::Error).contains(QStringLiteral("volumeInvalid")));
    }

    void a_new_deployment_is_the_consoles_form()
    {
        HostPathDraft draft = faq();
        draft.container.clear();
        const Json made = change::newDeployment(QStringLiteral("deployment"), QStringLiteral("shop"),
                                                QStringLiteral("nginx:1.27"), draft);
        const Json& spec = made["spec"]["template"]["spec"];
        COMPARE_JSON(spec["volumes"], Json::array({change::volumeOf(draft)}));
        COMPARE_JSON(spec["containers"][0]["volumeMounts"], Json::array({change::mountOf(draft)}));
        COMPARE_JSON(made["spec"]["selector"]["matchLabels"], made["spec"]["template"]["metadata"]["labels"]);
    }

    void a_copy_leaves_out_what_belongs_to_the_one_there()
    {
        const Json pod = Json::parse(R"({"apiVersion":"v1","kind":"Pod",
            "metadata":{"name":"web-1","namespace":"shop","uid":"u","resourceVersion":"7",
                "ownerReferences":[{"kind":"ReplicaSet"}],"labels":{"app":"web"}},
            "spec":{"nodeName":"node-1","serviceAccount":"default",
                "containers":[{"name":"web","image":"web:1","volumeMounts":[
                    {"name":"kube-api-access-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],
                "volumes":[{"name":"kube-api-access-x","projected":{}}]},"status":{"phase":"Running"}})");
        const Json copy = change::copyWith(Pods, pod, QStringLiteral("web-copy"), faq());
        // With its labels the ReplicaSet would take the copy for one too many.
        COMPARE_JSON(copy["metadata"], Json::parse(R"({"name":"web-copy","namespace":"shop"})"));
        QVERIFY(!copy["spec"].contains("nodeName") && !copy.contains("status"));
        COMPARE_JSON(copy["spec"]["volumes"], Json::array({change::volumeOf(faq())}));
        COMPARE_JSON(copy["spec"]["containers"][0]["volumeMounts"], Json::array({change::mountOf(faq())}));
        const Json job = Json::parse(R"({"metadata":{"name":"j","namespace":"shop","labels":{"job-name":"j"}},
            "spec":{"selector":{"matchLabels":{"controller-uid":"u"}},"template":{
                "metadata":{"labels":{"controller-uid":"u","app":"j"}},
                "spec":{"containers":[{"name":"web","image":"i"}],"restartPolicy":"Never"}}}})");
        const Json again = change::copyWith(Jobs, job, QStringLiteral("k"), faq());
        QVERIFY(!again["spec"].contains("selector"));
        COMPARE_JSON(again["spec"]["template"]["metadata"]["labels"], Json::parse(R"({"app":"j"})"));
    }

    void a_stateful_sets_claims_are_volumes_of_its_pods()
    {
        const kube::ApiResource sets{.group = QStringLiteral("apps"),
                                     .version = QStringLiteral("v1"),
                                     .resource = QStringLiteral("statefulsets"),
                                     .kind = QStringLiteral("StatefulSet"),
                                     .namespaced = true};
        Json object = deployment();
        object["spec"]["volumeClaimTemplates"] = Json::parse(R"([{"metadata":{"name":"claim"}}])");
        const Json pods = change::completeTemplate(sets, object);
        COMPARE_JSON(pods["spec"]["volumes"][1],
                     Json::parse(R"({"name":"claim","persistentVolumeClaim":{"claimName":"claim-web-0"}})"));
        HostPathDraft draft = faq();
        draft.volume = QStringLiteral("claim");
        QCOMPARE(idsOf(change::hazardsOf(draft, pods), base::Severity::Error),
                 QStringList{QStringLiteral("volumeTaken")});
    }

    void hostile_objects_are_no_danger()
    {
        for (const char* text :
             {"null", "[]", "7", R"({"spec":7})", R"({"spec":{"template":[]}})",
              R"({"spec":{"template":{"spec":{"containers":{"a":1},"volumes":"x"}}}})",
              R"({"spec":{"template":{"spec":{"containers":[7,null,{"name":5}],"volumes":[1]}}}})"}) {
            const Json object = Json::parse(text);
            const auto intent = change::mountHostPath(web(), faq());
            QVERIFY(intent->patch(object).is_null());
            change::hazardsOf(faq(), change::podTemplateOf(Deployments, object));
            change::copyWith(Pods, object, QStringLiteral("c"), faq());
            change::copyWith(Jobs, object, QStringLiteral("c"), faq());
            change::podOf(object, QStringLiteral("shop"));
            change::completeTemplate(Deployments, object);
        }
    }
};

QTEST_GUILESS_MAIN(TestHostPath)
#include "tst_hostpath.moc"
