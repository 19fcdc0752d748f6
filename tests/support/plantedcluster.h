#pragma once
// An APIServer whose objects hold passwords, keys and tokens wherever the products keep them; and those words.

#include "app/kube/json.h"
#include "tests/support/scriptedserver.h"

#include <map>
#include <mutex>

namespace support {

class PlantedCluster {
public:
    using Json = kube::Json;

    PlantedCluster()
    {
        add("", "v1", "secrets", "Secret", true,
            {{"type", "Opaque"},
             {"data", {{"password", encoded(plant("secret-data"))}}},
             {"stringData", {{"token", plant("secret-string")}}}});
        add("", "v1", "configmaps", "ConfigMap", true,
            {{"data", {{"fluentd.conf", "<match **>\n  password " + plant("fluentd-config") + "\n</match>\n"}}}},
            "fluentd-config");
        const std::string platform = "platform.tkestack.io";
        add(platform, "v1", "clusters", "Cluster", false,
            {{"spec",
              {{"displayName", "Shop"},
               {"type", "Baremetal"},
               {"clusterCredentialRef", {{"name", "planted"}}},
               {"machines", Json::array({{{"ip", "10.0.0.1"},
                                          {"username", "root"},
                                          {"password", encoded(plant("cluster-ssh"))},
                                          {"privateKey", encoded(plant("cluster-key"))},
                                          {"passPhrase", encoded(plant("cluster-phrase"))}}})}}},
             {"status", {{"phase", "Running"}, {"version", "1.22.5"}}}},
            "cls-planted1");
        add(platform, "v1", "machines", "Machine", false,
            {{"spec",
              {{"clusterName", "cls-planted1"},
               {"ip", "10.0.0.2"},
               {"password", encoded(plant("machine-ssh"))},
               {"privateKey", encoded(plant("machine-key"))},
               {"passPhrase", encoded(plant("machine-phrase"))}}},
             {"status", {{"phase", "Running"}}}});
        add(platform, "v1", "clustercredentials", "ClusterCredential", false,
            {{"clusterName", "cls-planted1"},
             {"caKey", encoded(plant("credential-ca"))},
             {"clientKey", encoded(plant("credential-client"))},
             {"etcdCAKey", encoded(plant("credential-etcd"))},
             {"etcdAPIClientKey", encoded(plant("credential-etcd-client"))},
             {"token", plant("credential-token")},
             {"bootstrapToken", plant("credential-bootstrap")},
             {"certificateKey", plant("credential-certificate")}});
        add(platform, "v1", "persistentevents", "PersistentEvent", false,
            {{"spec",
              {{"clusterName", "cls-planted1"},
               {"persistentBackEnd",
                {{"es",
                  {{"ip", "10.0.0.3"},
                   {"port", 9200},
                   {"scheme", "http"},
                   {"indexName", "fluentd"},
                   {"user", "elastic"},
                   {"password", encoded(plant("events-stored"))}}}}}}},
             {"status", {{"phase", "Running"}}}},
            "pe-planted1");
        const std::string business = "business.tkestack.io";
        add(business, "v1", "projects", "Project", false,
            {{"spec",
              {{"tenantID", "default"}, {"displayName", "Shop"}, {"clusters", {{"cls-planted1", Json::object()}}}}},
             {"status", {{"phase", "Active"}}}},
            "prj-planted");
        add(business, "v1", "namespaces", "Namespace", true,
            {{"spec", {{"clusterName", "cls-planted1"}, {"namespace", "shop"}}},
             {"status",
              {{"phase", "Available"},
               {"certificate", {{"certPem", "public"}, {"keyPem", encoded(plant("namespace-certificate"))}}}}}},
            "cls-planted1-shop");
        const std::string auth = "auth.tkestack.io";
        add(auth, "v1", "localidentities", "LocalIdentity", false,
            {{"spec", {{"username", "zhangsan"}, {"hashedPassword", encoded(plant("identity-hash"))}}}});
        add(auth, "v1", "apikeys", "APIKey", false,
            {{"spec", {{"apiKey", plant("api-key")}, {"username", "zhangsan"}}}});
        add("notify.tkestack.io", "v1", "channels", "Channel", false,
            {{"spec",
              {{"displayName", "Alarms"},
               {"tencentCloudSMS", {{"appKey", plant("channel-sms")}, {"sdkAppID", "1400"}}},
               {"wechat", {{"appID", "wx1"}, {"appSecret", plant("channel-wechat")}}},
               {"webhook",
                {{"url", "https://alarms.example.com/hook"},
                 {"headers", {{"Authorization", "Bearer " + plant("channel-webhook")}}}}},
               {"smtp", {{"email", "alarms@example.com"}, {"password", plant("channel-smtp")}}}}}});
        add("", "v1", "namespaces", "Namespace", false, {{"status", {{"phase", "Active"}}}}, "shop");
    }

    /// A word that must be nowhere; the same word for the same place.
    std::string plant(const std::string& where)
    {
        const std::string word = "planted-" + where + "-9f3a";
        m_words.insert({where, word});
        return word;
    }
    const std::map<std::string, std::string>& words() const { return m_words; }
    struct Kind {
        std::string group;
        std::string version;
        std::string resource;
        std::string kind;
        bool namespaced = false;
        Json object;
    };
    const std::vector<Kind>& kinds() const { return m_kinds; }

    /// Called in the server's thread.
    ScriptedAnswer operator()(const AskedRequest& asked)
    {
        const std::lock_guard lock(*m_mutex);
        const QByteArray path = asked.target.split('?').front();
        if (path == "/livez" || path == "/readyz")
            return ScriptedAnswer::whole(200, "ok", {{"Content-Type", "text/plain"}});
        if (path == "/version")
            return json({{"major", "1"}, {"minor", "28"}, {"gitVersion", "v1.28.3"}});
        if (path == "/api")
            return json({{"kind", "APIVersions"}, {"versions", {"v1"}}});
        if (path == "/apis")
            return json({{"kind", "APIGroupList"}, {"groups", groups()}});
        if (path.endsWith("/selfsubjectaccessreviews"))
            return json({{"status", {{"allowed", true}}}}, 201);
        for (const Kind& each : m_kinds) {
            const std::string root = each.group.empty() ? "/api/v1" : "/apis/" + each.group + "/" + each.version;
            if (path == QByteArray::fromStdString(root))
                return json({{"kind", "APIResourceList"},
                             {"groupVersion", each.group.empty() ? "v1" : each.group + "/" + each.version},
                             {"resources", resourcesOf(each.group)}});
            const std::string all = root + "/" + each.resource;
            const std::string here = each.namespaced ? root + "/namespaces/shop/" + each.resource : all;
            if (path == QByteArray::fromStdString(all) || path == QByteArray::fromStdString(here))
                return listed(each, asked);
            if (path == QByteArray::fromStdString(here + "/" + nameOf(each.object)))
                return one(each, asked);
        }
        return json({{"kind", "Status"}, {"status", "Failure"}, {"reason", "NotFound"}, {"code", 404}}, 404);
    }

    static std::string nameOf(const Json& object) { return object["metadata"]["name"]; }

private:
    static std::string encoded(const std::string& word)
    {
        return QByteArray::fromStdString(word).toBase64().toStdString();
    }
    static ScriptedAnswer json(const Json& json, int status = 200)
    {
        return ScriptedAnswer::whole(status, QByteArray::fromStdString(json.dump()),
                                     {{"Content-Type", "application/json"}});
    }
    void add(const std::string& group, const char* version, const char* resource, const char* kind, bool namespaced,
             Json object, const std::string& name = "planted")
    {
        object["apiVersion"] = group.empty() ? version : group + "/" + version;
        object["kind"] = kind;
        Json applied = object;
        object["metadata"] = {{"name", name},
                              {"uid", std::string("uid-") + group + resource},
                              {"resourceVersion", "5"},
                              {"creationTimestamp", "2026-11-20T08:00:00Z"}};
        if (namespaced)
            object["metadata"]["namespace"] = "shop";
        // What kubectl apply leaves behind: the whole of it once more.
        object["metadata"]["annotations"] = {{"kubectl.kubernetes.io/last-applied-configuration", applied.dump()}};
        m_kinds.push_back({group, version, resource, kind, namespaced, std::move(object)});
    }
    Json groups() const
    {
        Json all = Json::array();
        std::string last;
        for (const Kind& each : m_kinds) {
            if (each.group.empty() || each.group == last)
                continue;
            last = each.group;
            const Json version{{"groupVersion", each.group + "/" + each.version}, {"version", each.version}};
            Json group{{"name", each.group}, {"preferredVersion", version}};
            group["versions"] = Json::array({version});
            all.push_back(std::move(group));
        }
        return all;
    }
    Json resourcesOf(const std::string& group) const
    {
        Json all = Json::array();
        for (const Kind& each : m_kinds)
            if (each.group == group)
                all.push_back({{"name", each.resource},
                               {"kind", each.kind},
                               {"namespaced", each.namespaced},
                               {"verbs", {"get", "list", "watch", "create", "patch", "delete"}}});
        return all;
    }
    static ScriptedAnswer listed(const Kind& kind, const AskedRequest& asked)
    {
        if (asked.query("watch") == QLatin1String("1") || asked.query("watch") == QLatin1String("true"))
            return ScriptedAnswer::open();
        if (asked.verb == "POST") {
            Json made = Json::parse(asked.body.toStdString());
            made["metadata"]["uid"] = "uid-made";
            made["metadata"]["resourceVersion"] = "9";
            return json(made, 201);
        }
        Json items = Json::array({kind.object});
        if (kind.kind == "Cluster") // one that holds nothing, and keeps no events yet
            items.push_back({{"metadata", {{"name", "cls-free0001"}}}, {"status", {{"phase", "Running"}}}});
        if (!asked.header("Accept").contains("as=Table"))
            return json({{"kind", kind.kind + "List"},
                         {"apiVersion", kind.object["apiVersion"]},
                         {"metadata", {{"resourceVersion", "7"}}},
                         {"items", std::move(items)}});
        Json object = {{"kind", "PartialObjectMetadata"}, {"metadata", kind.object["metadata"]}};
        Json row{{"cells", {nameOf(kind.object), "1d"}}};
        row["object"] = asked.query("includeObject") == QLatin1String("Object") ? kind.object : object;
        return json({{"kind", "Table"},
                     {"apiVersion", "meta.k8s.io/v1"},
                     {"metadata", {{"resourceVersion", "7"}}},
                     {"columnDefinitions",
                      Json::array({{{"name", "Name"}, {"type", "string"}, {"format", "name"}, {"priority", 0}},
                                   {{"name", "Age"}, {"type", "string"}, {"format", ""}, {"priority", 0}}})},
                     {"rows", Json::array({row})}});
    }
    static ScriptedAnswer one(const Kind& kind, const AskedRequest& asked)
    {
        if (asked.verb == "DELETE")
            return json({{"kind", "Status"}, {"status", "Success"}});
        Json object = kind.object;
        if (asked.verb == "PATCH")
            object.merge_patch(Json::parse(asked.body.toStdString(), nullptr, false));
        return json(object);
    }

    std::map<std::string, std::string> m_words;
    std::vector<Kind> m_kinds;
    std::shared_ptr<std::mutex> m_mutex = std::make_shared<std::mutex>();
};

} // namespace support
