#include "app/config/kubeconfig.h"

#include "app/base/names.h"
#include "app/base/visible.h"
#include "app/config/entries.h"
#include "app/config/files.h"

#include <QFile>
#include <algorithm>
#include <filesystem>
#include <map>

namespace config {
namespace {

/// ".." stays: behind a link it leads elsewhere than the text says.
QString absoluteFile(const QString& path)
{
    std::error_code code;
    auto absolute = std::filesystem::absolute(QFile::encodeName(path).toStdString(), code);
    if (code)
        return path;
    if (std::find(absolute.begin(), absolute.end(), "..") == absolute.end())
        absolute = absolute.lexically_normal();
    return QFile::decodeName(QByteArray::fromStdString(absolute.string()));
}

/// Contexts with what they point to. An entry that many of them share is judged once, its files read once.
class Resolver {
public:
    explicit Resolver(const RawConfig& config) : m_config(config) {}

    Context resolve(const QString& name, const RawContext& raw)
    {
        Context context;
        context.name = base::visible(name);
        context.nameInFile = context.name;
        context.file = base::visible(raw.file);
        context.clusterName = base::visible(raw.cluster);
        context.userName = base::visible(raw.user);
        context.nameSpace = base::visible(raw.nameSpace);
        context.current = name == m_config.currentContext;
        if (const auto* cluster = find(m_config.clusters, raw.cluster, m_clusters,
                                       [](const RawCluster& entry) { return judge(entry); })) {
            context.cluster = cluster->entry;
            context.problems = cluster->problems;
        } else {
            context.problems.push_back({QStringLiteral("clusterMissing"), context.clusterName, true});
        }
        addUser(context, raw);
        if (!raw.nameSpace.isEmpty() && !base::isDnsLabel(raw.nameSpace))
            context.problems.push_back({QStringLiteral("namespaceInvalid"), context.nameSpace});
        return context;
    }

private:
    template <typename T, typename R, typename F>
    const R* find(const Named<T>& list, const QString& name, std::map<QString, R>& judged, F&& judgeEntry)
    {
        const T* raw = findNamed(list, name);
        if (!raw)
            return nullptr;
        const auto known = judged.find(name);
        return known != judged.end() ? &known->second : &judged.emplace(name, judgeEntry(*raw)).first->second;
    }

    void addUser(Context& context, const RawContext& raw)
    {
        const auto* user =
            find(m_config.users, raw.user, m_users, [this](const RawUser& entry) { return judge(entry, m_now); });
        if (!user) {
            if (!raw.user.isEmpty())
                context.problems.push_back({QStringLiteral("userMissing"), context.userName, true});
            return;
        }
        context.user = user->entry;
        if (context.cluster.server.scheme() != QLatin1String("http")) {
            context.problems.insert(context.problems.end(), user->problems.begin(), user->problems.end());
            return;
        }
        std::copy_if(user->problems.begin(), user->problems.end(), std::back_inserter(context.problems), concernsHttp);
        if (const AuthKind kind = context.user.authKind(); kind != AuthKind::None)
            context.problems.push_back({QStringLiteral("credentialsNotSent"), idOf(kind)});
        const UserEntry& given = user->entry;
        context.user = {};
        context.user.impersonate = given.impersonate;
        context.user.impersonateUid = given.impersonateUid;
        context.user.impersonateGroups = given.impersonateGroups;
        context.user.impersonateExtra = given.impersonateExtra;
    }

    const RawConfig& m_config;
    const QDateTime m_now = QDateTime::currentDateTimeUtc();
    std::map<QString, Judged<ClusterEntry>> m_clusters;
    std::map<QString, Judged<UserEntry>> m_users;
};

base::Error badConfig(const QString& reason, const QString& said, const QString& ofWhom)
{
    return {.kind = base::ErrorKind::BadConfig, .reason = reason, .said = said, .ofWhom = ofWhom};
}

} // namespace

const Context* Kubeconfig::context(const QString& name) const
{
    const auto found = std::find_if(contexts.begin(), contexts.end(),
                                    [&name](const Context& context) { return context.name == name; });
    return found == contexts.end() ? nullptr : &*found;
}

base::Result<Context> Kubeconfig::resolve(const QString& name) const
{
    const QString wanted = name.isEmpty() ? currentContext : name;
    const Context* found = wanted.isEmpty() ? nullptr : context(wanted);
    const QString where = base::visible(files.join(QStringLiteral(", ")));
    if (!found && !errors.empty())
        return base::failure(errors.front());
    if (wanted.isEmpty())
        return base::failure(badConfig(QStringLiteral("noCurrentContext"), {}, where));
    if (!found)
        return base::failure(badConfig(QStringLiteral("contextMissing"), base::visible(wanted), where));
    for (const Problem& problem : found->problems) {
        if (problem.blocks)
            return base::failure(badConfig(problem.id, problem.detail, found->file));
    }
    return *found;
}

QStringList kubeconfigFiles(const QString& explicitFile, const QString& environment, const QString& home)
{
    if (!explicitFile.isEmpty())
        return {explicitFile};
    if (environment.isEmpty())
        return {home + QStringLiteral("/.kube/config")};
    QStringList files = environment.split(QLatin1Char(':'), Qt::SkipEmptyParts);
    files.removeDuplicates();
    return files;
}

Kubeconfig loadKubeconfig(const QStringList& files, bool mustExist)
{
    Kubeconfig result;
    RawConfig merged;
    for (const QString& path : files) {
        const QString file = absoluteFile(path);
        const auto text = readFile(file, FileKind::Any);
        if (!text) {
            if (text.error().reason == QLatin1String("fileMissing") && !mustExist)
                merged.notes.push_back({text.error().reason, text.error().ofWhom, {}});
            else
                result.errors.push_back(text.error());
            continue;
        }
        result.files << file;
        if (auto config = parseRawConfig(*text, file))
            mergeInto(merged, std::move(*config));
        else
            result.errors.push_back(config.error());
    }
    result.currentContext = base::visible(merged.currentContext);
    result.notes = std::move(merged.notes);
    const auto note = [&result](const QString& file) {
        if (!file.isEmpty() && !result.named.contains(file))
            result.named << file;
    };
    for (const auto& [unused, cluster] : merged.clusters)
        note(cluster.certificateAuthority);
    for (const auto& [unused, user] : merged.users)
        for (const QString& file : {user.clientCertificate, user.clientKey, user.tokenFile})
            note(file);
    Resolver resolver(merged);
    for (const auto& [name, context] : merged.contexts)
        result.contexts.push_back(resolver.resolve(name, context));
    return result;
}

} // namespace config
