#pragma once
// A platform that makes the PersistentEvents that it is told to, its own cluster with what they make there, and an
// Elasticsearch behind a login.

#include "app/kube/json.h"
#include "tests/support/fixture.h"
#include "tests/support/scriptedserver.h"

#include <memory>

namespace support {

inline ScriptedAnswer jsonAnswer(const kube::Json& json, int status = 200)
{
    return ScriptedAnswer::whole(status, QByteArray::fromStdString(json.dump()),
                                 {{"Content-Type", "application/json"}});
}

inline ScriptedAnswer missingAnswer()
{
    return jsonAnswer({{"kind", "Status"}, {"status", "Failure"}, {"reason", "NotFound"}, {"code", 404}}, 404);
}

/// Copies share what was made. Set before it serves.
class EventPlatform {
public:
    QByteArray log = "[info]: #0 fluentd worker is now running worker=0\n";
    QByteArray version = "v1.9.2";
    kube::Json there = kube::Json::array(); ///< PersistentEvents that stand there already
    QByteArray cannotList;                  ///< a path that is refused: "/clusters"

    ScriptedAnswer operator()(const AskedRequest& asked)
    {
        using Json = kube::Json;
        const QByteArray path = asked.target.split('?').front();
        if (path == "/livez" || path == "/readyz")
            return ScriptedAnswer::whole(200, "ok", {{"Content-Type", "text/plain"}});
        if (path == "/version")
            return jsonAnswer({{"major", "1"}, {"minor", "28"}, {"gitVersion", "v1.28.3"}});
        if (path == "/api")
            return jsonAnswer({{"kind", "APIVersions"}, {"versions", {"v1"}}});
        if (path == "/api/v1")
            return jsonAnswer({{"kind", "APIResourceList"}, {"groupVersion", "v1"}, {"resources", Json::array()}});
        if (path == "/apis") {
            const Json served{{"groupVersion", "platform.tkestack.io/v1"}, {"version", "v1"}};
            return jsonAnswer(
                {{"kind", "APIGroupList"},
                 {"groups",
                  {{{"name", "platform.tkestack.io"}, {"versions", {served}}, {"preferredVersion", served}}}}});
        }
        if (path == "/apis/platform.tkestack.io/v1") {
            const auto served = [](const char* name, const char* kind) {
                return Json{
                    {"name", name}, {"kind", kind}, {"namespaced", false}, {"verbs", {"get", "list", "create"}}};
            };
            return jsonAnswer(
                {{"kind", "APIResourceList"},
                 {"groupVersion", "platform.tkestack.io/v1"},
                 {"resources", {served("clusters", "Cluster"), served("persistentevents", "PersistentEvent")}}});
        }
        if (!cannotList.isEmpty() && path.endsWith(cannotList))
            return jsonAnswer({{"kind", "Status"}, {"status", "Failure"}, {"reason", "Forbidden"}, {"code", 403}}, 403);
        if (path.endsWith("/clusters"))
            return jsonAnswer(
                {{"kind", "ClusterList"},
                 {"items",
                  {{{"metadata", {{"name", "global"}}}, {"spec", {{"displayName", "TKE"}, {"tenantID", "acme"}}}},
                   {{"metadata", {{"name", "cls-abc12345"}}}}}}});
        if (path.endsWith("/deployments/tke-platform-api"))
            return jsonAnswer(
                {{"spec",
                  {{"template",
                    {{"spec", {{"containers", {{{"image", "r/tke-platform-api:" + version.toStdString()}}}}}}}}}}});
        if (path.endsWith("/persistentevents") && asked.verb == "POST") {
            Json object = Json::parse(asked.body.toStdString());
            object["metadata"]["uid"] = "u1";
            object["metadata"]["resourceVersion"] = "1";
            if (asked.query("dryRun").isEmpty()) {
                *m_made = object;
                (*m_made)["status"] = {{"phase", "Running"}};
            }
            return jsonAnswer(object, 201);
        }
        if (path.endsWith("/persistentevents")) {
            Json items = there;
            if (!m_made->is_null())
                items.push_back(*m_made);
            return jsonAnswer({{"kind", "PersistentEventList"}, {"items", std::move(items)}});
        }
        if (path.contains("/persistentevents/pe-")) {
            if (m_made->is_null())
                return missingAnswer();
            const Json object = *m_made;
            if (asked.verb == "DELETE" && !asked.body.contains("dryRun") && asked.query("dryRun").isEmpty())
                *m_made = nullptr;
            return jsonAnswer(object);
        }
        if (path.endsWith("/deployments/tke-persistent-event"))
            return jsonAnswer({{"spec", {{"replicas", 1}}}, {"status", {{"readyReplicas", 1}}}});
        if (path.endsWith("/configmaps/fluentd-config") && !m_made->is_null()) {
            const Json& es = (*m_made)["spec"]["persistentBackEnd"]["es"];
            const std::string password =
                QByteArray::fromBase64(QByteArray::fromStdString(es.value("password", ""))).toStdString();
            return jsonAnswer(
                {{"data",
                  {{"fluentd.conf", "<match **>\n  host " + es.value("ip", "") + "\n  port " +
                                        std::to_string(es.value("port", 0)) + "\n  scheme " + es.value("scheme", "") +
                                        "\n  index_name " + es.value("indexName", "") + "\n  password " + password +
                                        "\n</match>\n"}}}});
        }
        if (path.endsWith("/pods"))
            return jsonAnswer({{"items", {{{"metadata", {{"name", "tke-persistent-event-x"}}}}}}});
        if (path.endsWith("/log"))
            return ScriptedAnswer::whole(200, log);
        return missingAnswer();
    }

private:
    std::shared_ptr<kube::Json> m_made = std::make_shared<kube::Json>(); ///< of all copies
};

/// "elastic" and this word. It holds one event once somebody looks for the second time.
class EventStore {
public:
    explicit EventStore(QByteArray password) : m_password(std::move(password)) {}

    ScriptedAnswer operator()(const AskedRequest& asked) const
    {
        if (!m_password.isEmpty() && asked.header("Authorization") != "Basic " + ("elastic:" + m_password).toBase64())
            return ScriptedAnswer::whole(401, "{}", {{"WWW-Authenticate", "Basic realm=\"events\""}});
        if (asked.target == "/")
            return ScriptedAnswer::whole(200, fixture(QStringLiteral("elasticsearch/root-7.17.json")));
        if (asked.target.contains("/_count") && (*m_counts)++ > 0)
            return jsonAnswer({{"count", 3}});
        return missingAnswer();
    }

private:
    const QByteArray m_password;
    std::shared_ptr<int> m_counts = std::make_shared<int>(0);
};

} // namespace support
