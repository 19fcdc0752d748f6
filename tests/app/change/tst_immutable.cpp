// Which fields stand in the way when an object of the same name is there already: the server often names only "spec".

#include "app/change/immutable.h"

#include <QTest>

using change::ImmutableField;
using kube::Json;

namespace {

base::Error refusal(const char* said, const char* field = nullptr)
{
    base::Error error{.kind = base::ErrorKind::Invalid, .httpStatus = 422, .said = QString::fromLatin1(said)};
    if (field)
        error.causes.push_back({.reason = QStringLiteral("FieldValueInvalid"),
                                .message = QString::fromLatin1(said),
                                .field = QString::fromLatin1(field)});
    return error;
}

QStringList fieldsOf(const std::vector<ImmutableField>& fields)
{
    QStringList names;
    for (const ImmutableField& each : fields)
        names << each.field;
    return names;
}

} // namespace

class TestImmutable : public QObject {
    Q_OBJECT
private slots:
    void our_own_comparison_names_the_field_data()
    {
        QTest::addColumn<QByteArray>("live");
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char* name, const char* live, const char* wanted, const char* said, const char* cause,
                            const char* fields) {
            QTest::newRow(name) << QByteArray(live) << QByteArray(wanted) << QString::fromLatin1(said)
                                << QString::fromLatin1(cause) << QString::fromLatin1(fields).split(QLatin1Char(' '));
        };
        row("the FAQ's own: an address of a Service", R"({"kind":"Service","spec":{"clusterIP":"10.0.0.7"}})",
            R"({"kind":"Service","spec":{"clusterIP":""}})", "Invalid value: \"\": field is immutable",
            "spec.clusterIP", "spec.clusterIP");
        row("selector of a Deployment", R"({"kind":"Deployment","spec":{"selector":{"matchLabels":{"app":"a"}}}})",
            R"({"kind":"Deployment","spec":{"replicas":3,"selector":{"matchLabels":{"app":"b"}}}})",
            "field is immutable", "spec.selector", "spec.selector.matchLabels.app");
        row("another label in a selector", R"({"kind":"DaemonSet","spec":{"selector":{"matchLabels":{"app":"a"}}}})",
            R"({"kind":"DaemonSet","spec":{"selector":{"matchLabels":{"tier":"b"}}}})", "field is immutable",
            "spec.selector", "spec.selector.matchLabels.tier spec.selector.matchLabels.app");
        row("a StatefulSet, of which the server names only spec",
            R"({"kind":"StatefulSet","spec":{"serviceName":"a","replicas":1,"template":{"x":1}}})",
            R"({"kind":"StatefulSet","spec":{"serviceName":"b","replicas":2,"template":{"x":2}}})",
            "Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden", "spec",
            "spec.serviceName");
        row("a claim template", R"({"kind":"StatefulSet","spec":{"volumeClaimTemplates":[{"spec":{"a":"1Gi"}}]}})",
            R"({"kind":"StatefulSet","spec":{"volumeClaimTemplates":[{"spec":{"a":"2Gi"}}]}})",
            "Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden", "spec",
            "spec.volumeClaimTemplates[0].spec.a");
        row("a Job's template", R"({"kind":"Job","spec":{"template":{"spec":{"restartPolicy":"Never"}}}})",
            R"({"kind":"Job","spec":{"template":{"spec":{"restartPolicy":"OnFailure"}}}})", "field is immutable",
            "spec.template", "spec.template.spec.restartPolicy");
        row("a Pod, its image apart", R"({"kind":"Pod","spec":{"containers":[{"image":"a","command":["x"]}]}})",
            R"({"kind":"Pod","spec":{"containers":[{"image":"b","command":["y"]}]}})",
            "Forbidden: pod updates may not change fields other than `spec.containers[*].image`", "spec",
            "spec.containers[0].command[0]");
        row("a claim, its size apart",
            R"({"kind":"PersistentVolumeClaim","spec":{"storageClassName":"a","resources":{"requests":{"storage":"1Gi"}}}})",
            R"({"kind":"PersistentVolumeClaim","spec":{"storageClassName":"b","resources":{"requests":{"storage":"2Gi"}}}})",
            "Forbidden: spec is immutable after creation except resources.requests", "spec", "spec.storageClassName");
        row("an immutable ConfigMap", R"({"kind":"ConfigMap","immutable":true,"data":{"a":"1"}})",
            R"({"kind":"ConfigMap","data":{"a":"2"}})", "Forbidden: field is immutable when `immutable` is set", "data",
            "data.a");
        row("a role", R"({"kind":"RoleBinding","roleRef":{"kind":"Role","name":"a"}})",
            R"({"kind":"RoleBinding","roleRef":{"kind":"Role","name":"b"}})", "Invalid value: cannot change roleRef",
            "roleRef", "roleRef.name");
        row("a storage class", R"({"kind":"StorageClass","provisioner":"a","parameters":{"t":"1"}})",
            R"({"kind":"StorageClass","provisioner":"a","parameters":{"t":"2"}})",
            "Forbidden: updates to parameters are forbidden.", "parameters", "parameters.t");
        row("a custom resource's own rule", R"({"kind":"Shop","spec":{"city":"a","size":1}})",
            R"({"kind":"Shop","spec":{"city":"b","size":2}})", "Invalid value: \"b\": city is immutable", "spec.city",
            "spec.city");
    }
    void our_own_comparison_names_the_field()
    {
        QFETCH(QByteArray, live);
        QFETCH(QByteArray, wanted);
        QFETCH(QString, said);
        QFETCH(QString, cause);
        QFETCH(QStringList, fields);
        const auto found = change::immutableFields(Json::parse(live.toStdString()), Json::parse(wanted.toStdString()),
                                                   refusal(said.toLatin1().constData(), cause.toLatin1().constData()));
        QCOMPARE(fieldsOf(found), fields);
        QVERIFY(found.front().live != found.front().wanted);
    }

    void another_mistake_is_none_of_it()
    {
        const Json live{{"kind", "Deployment"}, {"spec", {{"replicas", 1}, {"selector", "a"}}}};
        const Json wanted{{"kind", "Deployment"}, {"spec", {{"replicas", -1}, {"selector", "b"}}}};
        QVERIFY(change::immutableFields(
                    live, wanted, refusal("Invalid value: -1: must be greater than or equal to 0", "spec.replicas"))
                    .empty());
        QVERIFY(change::immutableFields(nullptr, wanted, refusal("field is immutable", "spec.selector")).empty());
    }

    void what_the_comparison_does_not_find_the_server_has_named()
    {
        const Json live{{"kind", "Shop"}, {"spec", {{"city", "a"}}}};
        const auto found =
            change::immutableFields(live, {{"kind", "Shop"}}, refusal("Invalid value: city is immutable", "spec.city"));
        QCOMPARE(fieldsOf(found), QStringList{QStringLiteral("spec.city")});
        QVERIFY(found.front().wanted.is_null());
    }

    void a_secrets_values_are_not_shown()
    {
        const Json live{{"kind", "Secret"}, {"immutable", true}, {"data", {{"password", "b25lb25l"}}}};
        const Json wanted{{"kind", "Secret"}, {"data", {{"password", "dHdvdHdv"}}}};
        const auto found =
            change::immutableFields(live, wanted, refusal("field is immutable when `immutable` is set", "data"));
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(found.front().live != found.front().wanted);
        QVERIFY(found.front().live.dump().find("b25l") == std::string::npos);
        QVERIFY(found.front().wanted.dump().find("dHdv") == std::string::npos);
    }

    void what_is_lost_is_told_before()
    {
        const Json service =
            Json::parse(R"({"kind":"Service","spec":{"clusterIP":"10.0.0.7","ports":[{"nodePort":30080}]},
            "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.9"}]}}})");
        const auto ways =
            change::waysOut(service, {{.field = QStringLiteral("spec.clusterIP"), .live = {}, .wanted = {}}});
        QCOMPARE(ways.size(), std::size_t(3));
        QCOMPARE(ways.back().loses, QStringList({QStringLiteral("clusterIP:10.0.0.7"), QStringLiteral("nodePort:30080"),
                                                 QStringLiteral("loadBalancer:192.0.2.9")}));
        QVERIFY(change::waysOut(service, {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestImmutable)
#include "tst_immutable.moc"
