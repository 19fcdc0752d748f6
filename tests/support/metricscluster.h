#pragma once
// A cluster with all sources of metrics as they were recorded, for a FakeTransport. What is set in `instead` comes
// first.

#include "app/kube/jsonread.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/served.h"

namespace support {

class MetricsCluster {
public:
    using Reply = base::Result<transport::Reply>;

    /// By the beginning of a path. A reply of status 0 is a connection that breaks.
    std::vector<std::pair<QByteArray, Reply>> instead;
    /// SelfSubjectAccessReviews are denied.
    bool isDenied = false;

    static constexpr auto ApiServices = "/apis/apiregistration.k8s.io/v1/apiservices";
    static constexpr auto Services = "/api/v1/services";
    static constexpr auto NodeUsage = "/apis/metrics.k8s.io/v1beta1/nodes";
    static constexpr auto StateProxy = "/api/v1/namespaces/kube-system/services/http%3Akube-state-metrics%3A8080/proxy";
    static constexpr auto PrometheusProxy = "/api/v1/namespaces/kube-system/services/http%3Aprometheus%3A9090/proxy";

    static Reply forbidden() { return reply(403, statusJson(403, "Forbidden")); }
    static Reply list(const QByteArray& items) { return reply(200, R"({"metadata":{},"items":[)" + items + "]}"); }

    std::optional<Reply> operator()(const transport::Request& request) const
    {
        const QByteArray path = QByteArray::fromPercentEncoding(request.path);
        for (const auto& [begin, answer] : instead)
            if (path.startsWith(QByteArray::fromPercentEncoding(begin)))
                return answer;
        if (request.verb == "POST")
            return reply(201, isDenied ? R"({"status":{"allowed":false}})" : R"({"status":{"allowed":true}})");
        if (path == ApiServices)
            return recorded("list-apiservices.json");
        if (path == Services)
            return recorded("list-services.json");
        if (path == NodeUsage)
            return recorded("metrics-nodes.json");
        if (path.endsWith("/services/metrics-server"))
            return reply(200, one("list-services.json", "metrics-server"));
        if (path == "/apis/apps/v1/namespaces/kube-system/deployments")
            return recorded("list-deployments-kube-system.json");
        if (path.endsWith("/proxy/healthz") || path.endsWith("/proxy/-/healthy") || path.endsWith("/proxy/ping"))
            return reply(200, "ok", {{"X-Influxdb-Version", "1.8.10"}});
        if (path.endsWith("/status/buildinfo"))
            return recorded("prometheus-buildinfo.json");
        if (path.endsWith("/api/v1/query"))
            return reply(200, answerTo(request));
        return reply(404, statusJson(404, "NotFound"));
    }

    static QByteArray vector(const QByteArray& series)
    {
        return R"({"status":"success","data":{"resultType":"vector","result":[)" + series + "]}}";
    }

private:
    static Reply recorded(const char* name)
    {
        return reply(200, fixture(QStringLiteral("metrics/") + QLatin1String(name)),
                     {{"Date", "Sun, 22 Nov 2026 12:00:22 GMT"}});
    }

    static QByteArray one(const char* list, const char* name)
    {
        const kube::Json all =
            kube::Json::parse(fixture(QStringLiteral("metrics/") + QLatin1String(list)).toStdString());
        for (const kube::Json& item : kube::elements(all, {"items"}))
            if (kube::rawText(item, {"metadata", "name"}) == QLatin1String(name))
                return QByteArray::fromStdString(item.dump());
        return {};
    }

    static QByteArray answerTo(const transport::Request& request)
    {
        for (const auto& [key, value] : request.query)
            if (key == QLatin1String("query") && value.contains(QLatin1String("timestamp(up)")))
                return vector(R"({"metric":{},"value":[1795348890.2,"1795348880.1"]})");
        return vector(R"({"metric":{"job":"kubernetes-service-endpoints"},"value":[1795348890.2,"1795348879.5"]})");
    }
};

} // namespace support
