// How fast a list is cut: prints GB/s of one core, the best of several rounds. Usage: bench_splitter [list.json];
// without a file, lists are made that look like the APIServer's.

#include "app/kube/bracketscan.h"
#include "app/kube/framesplitter.h"
#include "app/kube/itemsplitter.h"
#include "app/transport/inflate.h"
#include "tests/support/referencesplitter.h"

#include <QFile>
#include <QTextStream>
#include <algorithm>
#include <cstring>
#include <ctime>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <simdjson.h>
#include <zlib.h>

namespace {

using nlohmann::json;

/// Ids and digests: what a compressor can do nothing about.
std::string hex(std::size_t length)
{
    static std::mt19937 random(1);
    std::string text(length, '0');
    for (char& c : text)
        c = "0123456789abcdef"[random() % 16];
    return text;
}

std::string pod(int number)
{
    json fields;
    for (const char* name : {"restartPolicy", "nodeName", "dnsPolicy", "hostIP", "podIP", "qosClass", "startTime"})
        fields[std::string("f:") + name] = json::object();
    json managed = json::array();
    for (const char* manager : {"kube-controller-manager", "kube-scheduler", "kubelet"}) {
        json owned = {{"f:metadata", {{"f:labels", {{".", json::object()}, {"f:app", json::object()}}}}},
                      {"f:spec", fields}};
        for (const char* type : {"Ready", "Initialized", "ContainersReady", "PodScheduled"}) {
            const std::string key = std::string("k:{\"type\":\"") + type + "\"}";
            owned["f:status"]["f:conditions"][key] = {{".", json::object()},
                                                      {"f:lastProbeTime", json::object()},
                                                      {"f:lastTransitionTime", json::object()},
                                                      {"f:status", json::object()}};
        }
        managed.push_back({{"manager", manager}, {"operation", "Update"}, {"apiVersion", "v1"}, {"fieldsV1", owned}});
    }
    json conditions = json::array();
    for (const char* type : {"Initialized", "Ready", "ContainersReady", "PodScheduled"})
        conditions.push_back({{"type", type},
                              {"status", "True"},
                              {"lastProbeTime", nullptr},
                              {"lastTransitionTime", "2026-01-02T03:04:05Z"}});
    json statuses = json::array();
    for (const char* image : {"shop/web:1.27", "shop/proxy:1.9"})
        statuses.push_back({{"containerID", "containerd://" + hex(64)},
                            {"image", image},
                            {"imageID", std::string("registry.example/") + image + "@sha256:" + hex(64)},
                            {"ready", true},
                            {"restartCount", 0},
                            {"state", {{"running", {{"startedAt", "2026-01-02T03:04:05Z"}}}}}});
    const std::string name = "web-" + hex(10) + "-" + std::to_string(number);
    const json container = {{"name", "web"},
                            {"image", "registry.example/shop/web:1.27"},
                            {"resources", {{"requests", {{"cpu", "100m"}, {"memory", "128Mi"}}}}},
                            {"terminationMessagePath", "/dev/termination-log"}};
    return json{
        {"metadata",
         {{"name", name},
          {"namespace", "shop"},
          {"uid", hex(8) + "-0000-4000-8000-" + hex(12)},
          {"resourceVersion", std::to_string(1000 + number)},
          {"labels", {{"app", "web"}}},
          {"managedFields", managed}}},
        {"spec", {{"nodeName", "node-1"}, {"containers", {container, container}}}},
        {"status",
         {{"phase", "Running"}, {"conditions", conditions}, {"containerStatuses", statuses}, {"podIP", "10.0.0.1"}}}}
        .dump();
}

/// What `kubectl apply` leaves behind: an object once more as a text, each of its quotes escaped.
std::string applied(int number)
{
    return json{
        {"metadata",
         {{"namespace", "shop"}, {"annotations", {{"kubectl.kubernetes.io/last-applied-configuration", pod(number)}}}}}}
        .dump();
}

std::string listOf(const std::function<std::string(int)>& item, std::size_t size)
{
    std::string list = R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[)";
    for (int i = 0; list.size() < size; ++i)
        list += (i > 0 ? "," : "") + item(i);
    return list + "]}";
}

void report(const QString& what, std::size_t bytes, const std::function<std::size_t()>& run)
{
    double best = 0;
    std::size_t result = 0;
    for (int round = 0; round < 7; ++round) {
        const std::clock_t begin = std::clock();
        result = run();
        const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        best = std::max(best, static_cast<double>(bytes) / took / 1e9);
    }
    QTextStream(stdout) << what.leftJustified(48) << QString::number(best, 'f', 2).rightJustified(7) << " GB/s  ("
                        << result << ")\n";
}

/// Feeds a splitter as a transport does.
template <typename Splitter>
void feed(Splitter& splitter, std::string_view text, std::size_t size, const kube::JsonFunction& take)
{
    while (!text.empty()) {
        const auto space = splitter.space();
        const std::size_t count = std::min({size, space.size(), text.size()});
        std::memcpy(space.data(), text.data(), count);
        text.remove_prefix(count);
        if (!splitter.commit(count, take))
            qFatal("the list is refused");
    }
}

std::size_t countItems(std::string_view list, std::size_t size)
{
    std::size_t items = 0;
    kube::ItemSplitter splitter;
    feed(splitter, list, size, [&items](std::string_view, std::size_t) -> base::Result<void> {
        ++items;
        return {};
    });
    return splitter.finish() ? items : 0;
}

std::size_t readNames(std::string_view list)
{
    std::size_t items = 0;
    kube::ItemSplitter splitter;
    simdjson::ondemand::parser parser;
    feed(splitter, list, 65536, [&](std::string_view text, std::size_t readable) -> base::Result<void> {
        simdjson::ondemand::document document;
        std::string_view name;
        const simdjson::padded_string_view padded(text.data(), text.size(), readable);
        if (parser.iterate(padded).get(document) == simdjson::SUCCESS &&
            document["metadata"]["namespace"].get(name) == simdjson::SUCCESS)
            ++items;
        return {};
    });
    return items;
}

/// From the processor's cache, where a transport has just written.
std::size_t scanOnly(std::string_view list)
{
    const std::string_view part = list.substr(0, 128 * 1024);
    std::size_t parts = 0;
    for (; parts < list.size() / part.size(); ++parts) {
        kube::BracketScan scan;
        scan.begin(0);
        const char* at = part.data();
        if (scan.scan(at, part.data() + part.size()) != kube::BracketScan::Found::Nothing)
            qFatal("the list has an end");
    }
    return parts;
}

std::size_t copyOnly(std::string_view list)
{
    static char room[65536];
    std::size_t pieces = 0;
    for (; !list.empty(); ++pieces) {
        const std::size_t count = std::min(sizeof room, list.size());
        std::memcpy(room, list.data(), count);
        list.remove_prefix(count);
    }
    return pieces;
}

std::size_t countFrames(std::string_view frames)
{
    std::size_t found = 0;
    kube::FrameSplitter splitter;
    feed(splitter, frames, 65536, [&found](std::string_view, std::size_t) -> base::Result<void> {
        ++found;
        return {};
    });
    return found;
}

std::string gzipped(std::string text)
{
    z_stream stream{};
    deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY); // the level of the APIServer
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::size_t inflateAndCount(std::string_view body)
{
    std::size_t items = 0;
    kube::ItemSplitter splitter;
    transport::Inflater inflater;
    const kube::JsonFunction take = [&items](std::string_view, std::size_t) -> base::Result<void> {
        ++items;
        return {};
    };
    for (; !body.empty(); body.remove_prefix(std::min<std::size_t>(16384, body.size()))) {
        const auto piece = body.substr(0, 16384);
        if (!inflater.feed(
                {piece.data(), piece.size()}, [&] { return splitter.space(); },
                [&](std::size_t count) { return splitter.commit(count, take); }))
            qFatal("the body is refused");
    }
    return inflater.finish() && splitter.finish() ? items : 0;
}

void measure(const QString& name, const std::string& list)
{
    QTextStream(stdout) << name << ", " << list.size() / 1'000'000 << " MB\n";
    report(QStringLiteral("  copied in pieces of 64 KiB, not looked at"), list.size(), [&] { return copyOnly(list); });
    report(QStringLiteral("  strings and brackets followed"), list.size(), [&] { return scanOnly(list); });
    for (const std::size_t size : {777U, 16384U, 65536U})
        report(QStringLiteral("  cut, fed by %1 bytes").arg(size), list.size(), [&] { return countItems(list, size); });
    report(QStringLiteral("  cut, each namespace read with simdjson"), list.size(), [&] { return readNames(list); });
    const std::string body = gzipped(list);
    report(QStringLiteral("  inflated (%1 times smaller) and cut").arg(list.size() / body.size()), list.size(),
           [&] { return inflateAndCount(body); });
    report(QStringLiteral("  cut by the reference, byte by byte"), list.size(),
           [&] { return support::splitPlainly(list).items.size(); });
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 1) {
        QFile file(QString::fromLocal8Bit(argv[1]));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", argv[1]);
        measure(file.fileName(), file.readAll().toStdString());
        return 0;
    }
    constexpr std::size_t Size = 64'000'000;
    measure(QStringLiteral("Pods with managedFields"), listOf(pod, Size));
    measure(QStringLiteral("Objects in an annotation"), listOf(applied, Size));
    const auto small = [](int number) {
        return R"({"metadata":{"name":"n)" + std::to_string(number) +
               R"(","namespace":"shop","labels":{"app":"web"}}})";
    };
    measure(QStringLiteral("Metadata only"), listOf(small, Size));

    std::string frames;
    for (int i = 0; frames.size() < Size; ++i)
        frames += R"({"type":"MODIFIED","object":)" + pod(i) + "}\n";
    report(QStringLiteral("Watch frames"), frames.size(), [&] { return countFrames(frames); });
    return 0;
}
