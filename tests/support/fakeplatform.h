#pragma once
// A TKEStack platform and one member of it, each a server of its own behind TLS: the platform tells of the member,
// keeps its credential and hands on to it as tkestack/tke does (recordings 166 to 173).

#include "tests/support/certificates.h"
#include "tests/support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <atomic>
#include <map>

namespace support {

class FakePlatform {
public:
    FakePlatform()
        : m_member([this](const AskedRequest& request) { return memberAnswer(request.target); },
                   {.tls = authority.serverTls(authority.server(QStringLiteral("IP:127.0.0.1")))}),
          m_platform([this](const AskedRequest& request) { return platformAnswer(request); },
                     {.tls = authority.serverTls(authority.server(QStringLiteral("IP:127.0.0.1")))})
    {
    }

    const Certificates authority; ///< of both
    const KeyPair memberUser = authority.client(QStringLiteral("member-admin"));
    const QByteArray name = "cls-abc12345";

    // What the platform does; set before it is asked.
    std::atomic<bool> isOwn = false; ///< the member's address is the platform's
    std::atomic<bool> isCredentialForbidden = false;
    std::atomic<bool> isProxyDead = false;      ///< the platform cannot reach the member
    std::atomic<bool> isCredentialGone = false; ///< and the platform asks the member as nobody
    std::atomic<bool> hasDeadAddress = true;    ///< an Advertise address where nobody listens stands first
    std::atomic<bool> isMemberAway = false;     ///< its address is told with a port where nobody listens
    std::atomic<bool> isSameUid = false;        ///< member and platform have one kube-system
    std::atomic<bool> hasBusinesses = false;    ///< business.tkestack.io is served
    // These may change at any time.
    std::atomic<bool> hasNewMember = false;       ///< cls-aaa00000, on the way and without an address, stands first
    std::atomic<bool> isMemberDeleted = false;    ///< it is listed no more
    std::atomic<bool> isMemberFailed = false;     ///< the platform says so
    std::atomic<bool> isListForbidden = false;    ///< members are not told of
    std::atomic<bool> isPlatformUnserved = false; ///< platform.tkestack.io is served no more
    std::atomic<bool> servesPods = false;         ///< by the member: besides nodes
    std::atomic<bool> servesServices = false;     ///< by the member: as well

    /// Further objects by their paths, of each server.
    std::map<QByteArray, QByteArray> platformObjects;
    std::map<QByteArray, QByteArray> memberObjects;

    QString url() const { return m_platform.url(); }
    QString memberUrl() const { return m_member.url(); }
    ScriptedServer& platform() { return m_platform; }
    ScriptedServer& member() { return m_member; }

    QByteArray cluster() const
    {
        const int own = QUrl(isOwn ? url() : memberUrl()).port();
        QJsonArray addresses;
        const auto add = [&addresses](const char* type, int port) {
            addresses.append(QJsonObject{{QStringLiteral("type"), QLatin1String(type)},
                                         {QStringLiteral("host"), QStringLiteral("127.0.0.1")},
                                         {QStringLiteral("port"), port},
                                         {QStringLiteral("path"), QString()}});
        };
        add("Real", isMemberAway ? 2 : own);
        if (hasDeadAddress)
            add("Advertise", 1);
        return QJsonDocument(
                   QJsonObject{
                       {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), QString::fromLatin1(name)}}},
                       {QStringLiteral("spec"),
                        QJsonObject{{QStringLiteral("displayName"), QStringLiteral("测试")},
                                    {QStringLiteral("type"), QStringLiteral("Imported")},
                                    {QStringLiteral("clusterCredentialRef"),
                                     QJsonObject{{QStringLiteral("name"), QStringLiteral("cc-1")}}}}},
                       {QStringLiteral("status"),
                        QJsonObject{{QStringLiteral("phase"),
                                     isMemberFailed ? QStringLiteral("Failed") : QStringLiteral("Running")},
                                    {QStringLiteral("version"), QStringLiteral("1.36.3")},
                                    {QStringLiteral("addresses"), addresses}}}})
            .toJson(QJsonDocument::Compact);
    }

private:
    static ScriptedAnswer json(int status, const QByteArray& body)
    {
        return ScriptedAnswer::whole(status, body, {{"Content-Type", "application/json"}});
    }
    static QByteArray status(int code, const char* reason, const QByteArray& message, const QByteArray& details = "{}")
    {
        return R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":")" + QByteArray(reason) +
               R"(","message":")" + message + R"(","details":)" + details + R"(,"code":)" + QByteArray::number(code) +
               "}";
    }
    static QByteArray kinds(bool pods, bool services)
    {
        return QByteArray(R"({"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"nodes",
                "singularName":"node","namespaced":false,"kind":"Node","shortNames":["no"],"verbs":["get","list"]})") +
               (pods ? R"(,{"name":"pods","namespaced":true,"kind":"Pod","verbs":["get","list"]})" : "") +
               (services ? R"(,{"name":"services","namespaced":true,"kind":"Service","verbs":["get","list"]})" : "") +
               "]}";
    }
    static ScriptedAnswer apiServer(const QByteArray& target, const QByteArray& uid)
    {
        const QByteArray path = target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?'));
        if (path == "/livez" || path == "/readyz")
            return ScriptedAnswer::whole(200, "ok", {{"Content-Type", "text/plain; charset=utf-8"}});
        if (path == "/version")
            return json(200, R"({"major":"1","minor":"36","gitVersion":"v1.36.3"})");
        if (path == "/api/v1/namespaces/kube-system")
            return json(200, R"({"kind":"Namespace","metadata":{"name":"kube-system","uid":")" + uid + R"("}})");
        if (path == "/api")
            return json(200, R"({"kind":"APIVersions","versions":["v1"]})");
        if (path == "/apis")
            return json(200, R"({"kind":"APIGroupList","groups":[]})");
        if (path == "/api/v1")
            return json(200, kinds(false, false));
        if (path == "/api/v1/nodes")
            return json(200, R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"7"},
                "columnDefinitions":[{"name":"Name","type":"string","format":"name","priority":0}],
                "rows":[{"cells":["member-node"],"object":{"metadata":{"name":"member-node","uid":"n-1"}}}]})");
        return ScriptedAnswer::whole(404, "404 page not found\n", {{"Content-Type", "text/plain; charset=utf-8"}});
    }
    /// What it says, whichever way it is asked.
    ScriptedAnswer memberAnswer(const QByteArray& target) const
    {
        if (const auto found = memberObjects.find(target.split('?').front()); found != memberObjects.end())
            return json(200, found->second);
        if (target.split('?').front() == "/api/v1")
            return json(200, kinds(servesPods, servesServices));
        return apiServer(target, isSameUid ? "uid-platform" : "uid-member");
    }
    QByteArray listed() const
    {
        QByteArrayList items;
        if (hasNewMember)
            items << R"({"metadata":{"name":"cls-aaa00000"},"spec":{"type":"Baremetal","version":"1.36.3"},
                "status":{"phase":"Initializing"}})";
        if (!isMemberDeleted)
            items << cluster();
        return R"({"kind":"ClusterList","metadata":{"resourceVersion":"5"},"items":[)" + items.join(',') + "]}";
    }
    ScriptedAnswer platformAnswer(const AskedRequest& request) const
    {
        const QByteArray base = "/apis/platform.tkestack.io/v1/";
        if (const auto found = platformObjects.find(request.target.split('?').front()); found != platformObjects.end())
            return json(200, found->second);
        if (request.target.startsWith(base + "clustercredentials/cc-1")) {
            if (isCredentialGone)
                return json(404, status(404, "NotFound", "not found"));
            if (isCredentialForbidden)
                return json(403, status(403, "Forbidden", "cannot get clustercredentials"));
            return json(
                200, R"({"metadata":{"name":"cc-1"},"caKey":"cGxhbnRlZA==","etcdCAKey":"cGxhbnRlZA==","caCert":")" +
                         authority.authority().toBase64() + R"(","clientCert":")" + memberUser.certificate.toBase64() +
                         R"(","clientKey":")" + memberUser.key.toBase64() + R"("})");
        }
        if (request.target == base + "clusters" || request.target.startsWith(base + "clusters?"))
            return isListForbidden ? json(403, status(403, "Forbidden", "cannot list clusters")) : json(200, listed());
        if (request.target.startsWith(base + "clusters/" + name + "/proxy")) {
            if (request.header("X-TKE-ClusterName") != name)
                return json(500, status(500, "InternalError", "Internal error occurred: clusterName is required"));
            if (isProxyDead)
                return ScriptedAnswer::whole(500, "dial tcp 127.0.0.1:1: connect: connection refused",
                                             {{"Content-Type", "text/plain; charset=utf-8"}});
            if (isCredentialGone && request.query("path") != QLatin1String("/version"))
                return json(
                    403, status(403, "Forbidden", R"(forbidden: User \"system:anonymous\" cannot get path \"/api\")"));
            return memberAnswer(request.query("path").toUtf8());
        }
        if (request.target.startsWith(base + "clusters/" + name))
            return json(200, cluster());
        if (request.target.startsWith(base + "clusters/")) {
            const QByteArray wanted = request.target.mid((base + "clusters/").size());
            return json(404,
                        status(404, "NotFound", "not found",
                               R"({"name":")" + wanted + R"(","group":"platform.tkestack.io","kind":"clusters"})"));
        }
        if (request.target == "/apis" && !isPlatformUnserved)
            return json(200, QByteArray(R"({"kind":"APIGroupList","groups":[{"name":"platform.tkestack.io",
                "versions":[{"groupVersion":"platform.tkestack.io/v1","version":"v1"}],
                "preferredVersion":{"groupVersion":"platform.tkestack.io/v1","version":"v1"}})") +
                                 (hasBusinesses ? R"(,{"name":"business.tkestack.io",
                "versions":[{"groupVersion":"business.tkestack.io/v1","version":"v1"}],
                "preferredVersion":{"groupVersion":"business.tkestack.io/v1","version":"v1"}}]})"
                                                : "]}"));
        if (request.target == "/apis/business.tkestack.io/v1" && hasBusinesses)
            return json(200, R"({"kind":"APIResourceList","groupVersion":"business.tkestack.io/v1","resources":[
                {"name":"projects","namespaced":false,"kind":"Project","verbs":["get","list","watch"]}]})");
        if (request.target == "/apis/platform.tkestack.io/v1")
            return json(200, R"({"kind":"APIResourceList","groupVersion":"platform.tkestack.io/v1","resources":[
                {"name":"clusters","namespaced":false,"kind":"Cluster","shortNames":["cls"],
                 "verbs":["get","list","watch"]}]})");
        return apiServer(request.target, "uid-platform");
    }

    ScriptedServer m_member;
    ScriptedServer m_platform;
};

} // namespace support
