// A kubeconfig from anywhere: nothing in it may crash, hang or steer. Bytes up to the first 0xf8 are one file, the rest
// another that is merged into it.

#include "app/base/visible.h"
#include "app/config/entries.h"
#include "app/config/rawconfig.h"

#include <cstdlib>

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void requireShown(const QString& text)
{
    require(base::visible(text) == text);
}

config::RawConfig read(const QByteArray& bytes)
{
    auto config = config::parseRawConfig(bytes, QStringLiteral("/nowhere/config"));
    if (config)
        return std::move(*config);
    require(config.error().kind == base::ErrorKind::BadConfig && !config.error().reason.isEmpty());
    requireShown(config.error().said);
    return {};
}

void judged(const std::vector<config::Problem>& problems)
{
    for (const auto& problem : problems) {
        require(!problem.id.isEmpty());
        requireShown(problem.detail);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto end = bytes.indexOf('\xf8');
    config::RawConfig config = read(end < 0 ? bytes : bytes.first(end));
    if (end >= 0)
        config::mergeInto(config, read(bytes.sliced(end + 1)));
    for (const auto& [name, raw] : config.clusters) {
        // Only what needs no file: the fuzzer's paths are real ones to the system.
        auto cluster = raw;
        cluster.certificateAuthority.clear();
        const auto result = config::judge(cluster);
        judged(result.problems);
        const QUrl& server = result.entry.server;
        require(server.isEmpty() ||
                ((server.scheme() == QLatin1String("https") || server.scheme() == QLatin1String("http")) &&
                 !server.host().isEmpty() && server.userInfo().isEmpty() && !server.hasQuery() &&
                 !server.path().endsWith(QLatin1Char('/'))));
    }
    for (const auto& [name, raw] : config.users) {
        auto user = raw;
        user.clientCertificate.clear();
        user.clientKey.clear();
        user.tokenFile.clear();
        const auto result = config::judge(user, QDateTime::fromSecsSinceEpoch(1'700'000'000));
        judged(result.problems);
        require(!config::idOf(result.entry.authKind()).isEmpty());
    }
    for (const auto& note : config.notes)
        requireShown(note.detail);
    return 0;
}
