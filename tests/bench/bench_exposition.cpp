// How fast a page of kube-state-metrics is read: prints MB/s of one core, the best of several rounds. Usage:
// bench_exposition [page.txt]; without a file, the recorded page is repeated with other names.

#include "app/metrics/exposition.h"
#include "app/metrics/statebuilder.h"
#include "tests/support/feed.h"
#include "tests/support/fixture.h"

#include <QFile>
#include <QTextStream>
#include <ctime>
#include <functional>

namespace {

using metrics::ExpositionFormat;
using metrics::ExpositionParser;

/// The page as a larger cluster has it: each family's rows again and again, of other pods each time.
std::string pageOf(std::size_t size)
{
    const std::string recorded = support::fixture(QStringLiteral("metrics/kube-state-metrics.txt")).toStdString();
    const std::size_t copies = 1 + size / recorded.size();
    std::string page;
    page.reserve(size + size / 4);
    std::vector<std::string_view> rows;
    const auto flush = [&] {
        for (std::size_t copy = 0; copy < copies; ++copy)
            for (const std::string_view row : rows) {
                const std::size_t name = row.find("pod=\"");
                const std::size_t cut = name == std::string_view::npos ? row.size() : name + 5;
                page.append(row.substr(0, cut));
                if (cut != row.size())
                    page.append(std::to_string(copy)).append("-").append(row.substr(cut));
                page += '\n';
            }
        rows.clear();
    };
    std::string_view rest = recorded;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        if (line.starts_with('#')) {
            flush();
            page.append(line).append("\n");
        } else {
            rows.push_back(line);
        }
    }
    flush();
    return page;
}

void report(const QString& what, std::size_t bytes, const std::function<std::size_t()>& run)
{
    double best = 0;
    std::size_t result = 0;
    for (int round = 0; round < 5; ++round) {
        const std::clock_t begin = std::clock();
        result = run();
        const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        best = std::max(best, static_cast<double>(bytes) / took / 1e6);
    }
    QTextStream(stdout) << what.leftJustified(48) << QString::number(best, 'f', 0).rightJustified(7) << " MB/s  ("
                        << result << ")\n";
}

std::size_t read(std::string_view page, std::function<int(std::string_view)> family,
                 std::function<void(const metrics::Sample&)> take)
{
    ExpositionParser parser(ExpositionFormat::Text,
                            {.family = std::move(family), .sample = std::move(take), .metadata = {}});
    support::feed(parser, page, [] { return 65536; });
    parser.finish();
    return static_cast<std::size_t>(parser.tally().samples);
}

std::size_t join(std::string_view page, const metrics::StateScope& scope)
{
    metrics::StateBuilder builder(scope);
    read(page, metrics::stateFamilyOf, [&builder](const metrics::Sample& sample) { builder.take(sample); });
    return builder.finish().states.size();
}

} // namespace

int main(int argc, char** argv)
{
    std::string page;
    if (argc > 1) {
        QFile file(QString::fromLocal8Bit(argv[1]));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", argv[1]);
        page = file.readAll().toStdString();
    } else {
        page = pageOf(100'000'000);
    }
    QTextStream(stdout) << "A page of kube-state-metrics, " << page.size() / 1'000'000 << " MB\n";
    const auto all = [](std::string_view) { return 0; };
    const auto none = [](std::string_view) { return -1; };
    const auto one = [](std::string_view name) { return name == "kube_pod_status_phase" ? 0 : -1; };
    const auto drop = [](const metrics::Sample&) {};
    report(QStringLiteral("  no family wanted"), page.size(), [&] { return read(page, none, drop); });
    report(QStringLiteral("  one family wanted"), page.size(), [&] { return read(page, one, drop); });
    report(QStringLiteral("  all samples"), page.size(), [&] { return read(page, all, drop); });
    report(QStringLiteral("  joined by object, one namespace"), page.size(),
           [&] { return join(page, {QStringLiteral("shop")}); });
    report(QStringLiteral("  joined by object"), page.size(), [&] { return join(page, {}); });
    return 0;
}
