#pragma once
// An APIServer of a small platform for tests of the window: two businesses, a namespace of which the live one is there,
// and one that is in a cluster which is not reached. It takes what is made, as the platform's own does.

#include "app/kube/json.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/served.h"

#include <map>
#include <mutex>

namespace support {

/// Called in the server's thread.
class Platform {
public:
    static constexpr auto Projects = "/apis/business.tkestack.io/v1/projects";
    static constexpr auto Namespaces = "/apis/business.tkestack.io/v1/namespaces";

    Platform()
    {
        const std::lock_guard lock(m_mutex);
        m_objects[Projects] =
            R"({"kind":"ProjectList","apiVersion":"business.tkestack.io/v1","metadata":{},"items":[
            {"metadata":{"name":"prj-shop","uid":"u1"},"spec":{"tenantID":"acme","displayName":"Shop","members":["zhangsan"],
             "clusters":{"global":{"hard":{"cpu":"8","memory":"16Gi"}},"cls-far":{"hard":{"cpu":"4"}}}},
             "status":{"phase":"Active","clusters":{"global":{"used":{"cpu":"2","memory":"4Gi"}}}}},
            {"metadata":{"name":"prj-broken"},"spec":{"tenantID":"acme","displayName":"<b>Broken</b>"},
             "status":{"phase":"Failed","locked":true,"message":"failed to add business member","reason":"user nobody not found"}}]})";
        m_objects[Namespaces] =
            R"({"kind":"NamespaceList","apiVersion":"business.tkestack.io/v1","metadata":{},"items":[
            {"metadata":{"name":"global-web","namespace":"prj-shop","uid":"u2"},"spec":{"clusterName":"global","namespace":"web",
             "clusterDisplayName":"TKE Platform","hard":{"cpu":"2","memory":"4Gi"}},"status":{"phase":"Available","used":{"cpu":"1"}}},
            {"metadata":{"name":"cls-far-cart","namespace":"prj-shop","uid":"u3"},"spec":{"clusterName":"cls-far","namespace":"cart",
             "hard":{"cpu":"1"}},"status":{"phase":"Failed","message":"ConflictProject","reason":"belongs to another project"}}]})";
        m_objects["/api/v1/namespaces"] =
            R"({"kind":"NamespaceList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"web","uid":"l1",
            "labels":{"tkestack.io/projectName":"prj-shop","tkestack.io/namespaceName":"global-web"}},"status":{"phase":"Active"}}]})";
        m_objects["/api/v1/resourcequotas"] =
            R"({"kind":"ResourceQuotaList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"web","namespace":"web"},
            "spec":{"hard":{"cpu":"2","memory":"4Gi"}},"status":{"hard":{"cpu":"2","memory":"4Gi"},"used":{"cpu":"700m","memory":"1Gi"}}}]})";
    }

    /// The platform's own cluster is the one that answers at this port.
    void standAt(quint16 port)
    {
        serve(
            "/apis/platform.tkestack.io/v1/clusters",
            R"({"kind":"ClusterList","apiVersion":"platform.tkestack.io/v1","metadata":{},"items":[
              {"metadata":{"name":"global"},"status":{"addresses":[{"type":"Real","host":"127.0.0.1","port":)" +
                QByteArray::number(port) +
                R"(}]}},{"metadata":{"name":"cls-far"},"status":{"addresses":[{"type":"Real","host":"192.0.2.7","port":6443}]}}]})");
    }
    void serve(const QByteArray& path, const QByteArray& body)
    {
        const std::lock_guard lock(m_mutex);
        m_objects[path] = body;
    }
    void refuse(const QByteArray& path, int status, const QByteArray& reason)
    {
        const std::lock_guard lock(m_mutex);
        m_refused[path] = {status, statusJson(status, reason)};
    }
    void remove(const QByteArray& path)
    {
        const std::lock_guard lock(m_mutex);
        m_objects.erase(path);
    }
    std::vector<QByteArray> made()
    {
        const std::lock_guard lock(m_mutex);
        return m_made;
    }
    std::vector<QByteArray> deleted()
    {
        const std::lock_guard lock(m_mutex);
        return m_deleted;
    }

    ScriptedAnswer operator()(const AskedRequest& asked)
    {
        const std::lock_guard lock(m_mutex);
        const QByteArray path = asked.target.split('?').front();
        if (const auto refused = m_refused.find(path); refused != m_refused.end())
            return ScriptedAnswer::whole(refused->second.first, refused->second.second);
        if (asked.verb == "POST" && path.startsWith("/apis/business.tkestack.io/v1/namespaces/"))
            return make(asked, path);
        if (asked.verb == "DELETE" && m_objects.contains(path)) {
            if (!asked.body.contains("dryRun") && asked.query("dryRun").isEmpty()) {
                m_deleted.push_back(path);
                m_objects.erase(path);
            }
            return ScriptedAnswer::whole(200, R"({"kind":"Status","apiVersion":"v1","status":"Success"})");
        }
        if (const auto found = m_objects.find(path); asked.verb == "GET" && found != m_objects.end())
            return ScriptedAnswer::whole(200, found->second);
        return ScriptedAnswer::whole(404, statusJson(404, "NotFound"));
    }

private:
    ScriptedAnswer make(const AskedRequest& asked, const QByteArray& path)
    {
        auto object = *kube::parseJson(asked.body);
        object["metadata"]["uid"] = "made";
        object["metadata"]["resourceVersion"] = "7";
        object["status"] = {{"phase", "Pending"}};
        const QByteArray pending = QByteArray::fromStdString(object.dump());
        if (asked.query("dryRun").isEmpty()) {
            m_made.push_back(asked.body);
            object["status"] = {{"phase", "Available"}}; // by the time somebody looks again
            m_objects[path + '/' + QByteArray::fromStdString(object["metadata"]["name"].get<std::string>())] =
                QByteArray::fromStdString(object.dump());
        }
        return ScriptedAnswer::whole(201, pending);
    }

    std::mutex m_mutex;
    std::map<QByteArray, QByteArray> m_objects;
    std::map<QByteArray, std::pair<int, QByteArray>> m_refused;
    std::vector<QByteArray> m_made;
    std::vector<QByteArray> m_deleted;
};

} // namespace support
