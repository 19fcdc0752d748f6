#pragma once
// The real kubectl, asked what it makes of kubeconfigs; and what we make of them, in the same form.

#include "app/config/files.h"
#include "app/config/kubeconfig.h"
#include "app/config/rawconfig.h"

#include <QProcess>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>
#include <optional>

namespace kubectltest {

using nlohmann::json;

struct Answer {
    int exit = -1;
    QByteArray out;
    QByteArray err;
};

/// The folder with the programs of the test control plane. Fails the process when there is none: a comparison with
/// nothing says nothing.
inline QString clusterBin()
{
    const QString given = qEnvironmentVariable("ALIDADE_CLUSTER_BIN");
    if (!given.isEmpty())
        return given;
    QProcess build;
    build.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    build.start(QStringLiteral(ALIDADE_SOURCE "/tests/cluster/build"), {});
    if (!build.waitForFinished(-1) || build.exitCode() != 0)
        qFatal("tests/cluster/build failed: kubectl is needed");
    return QString::fromLocal8Bit(build.readAllStandardOutput()).trimmed();
}

class Kubectl {
public:
    Kubectl() : m_program(clusterBin() + QStringLiteral("/kubectl")) {}

    Answer run(const QStringList& arguments, const QString& kubeconfig = {}) const
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"KUBERNETES_SERVICE_HOST", "KUBERNETES_MASTER", "HTTPS_PROXY", "HTTP_PROXY",
                                 "https_proxy", "http_proxy", "ALL_PROXY", "all_proxy", "KUBECONFIG"})
            environment.remove(QLatin1String(name));
        environment.insert(QStringLiteral("HOME"), m_home.path());
        if (!kubeconfig.isEmpty())
            environment.insert(QStringLiteral("KUBECONFIG"), kubeconfig);
        process.setProcessEnvironment(environment);
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(m_program, arguments);
        if (!process.waitForFinished(60'000))
            qFatal("%s: %s", qPrintable(m_program), qPrintable(process.errorString()));
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    /// What `kubectl config view` makes of a KUBECONFIG list; nothing where it refuses.
    std::optional<json> view(const QString& kubeconfig, QByteArray* words = nullptr) const
    {
        const Answer answer = run({QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--merge"),
                                   QStringLiteral("--flatten"), QStringLiteral("--raw"), QStringLiteral("-ojson")},
                                  kubeconfig);
        if (words)
            *words = answer.err;
        return answer.exit == 0 ? std::optional(json::parse(answer.out.toStdString())) : std::nullopt;
    }

private:
    QString m_program;
    QTemporaryDir m_home;
};

inline std::string text(const QString& value)
{
    return value.toStdString();
}

/// Leaves out what is empty, as `omitempty` does.
inline void put(json& object, const char* key, const QString& value)
{
    if (!value.isEmpty())
        object[key] = text(value);
}
inline void put(json& object, const char* key, bool value)
{
    if (value)
        object[key] = true;
}
/// Flattened: the file's content stands where the data would.
inline void put(json& object, const char* key, const QByteArray& data, const QString& file)
{
    QByteArray bytes = data;
    if (!file.isEmpty())
        bytes = config::readFile(file).value_or(QByteArray("unreadable"));
    if (!bytes.isEmpty())
        object[key] = bytes.toBase64().toStdString();
}

inline json texts(const QStringList& list)
{
    json array = json::array();
    for (const QString& item : list)
        array.push_back(text(item));
    return array;
}

inline json ofCluster(const config::RawCluster& cluster)
{
    json object{{"server", text(cluster.server)}};
    put(object, "tls-server-name", cluster.tlsServerName);
    put(object, "insecure-skip-tls-verify", cluster.insecureSkipTlsVerify);
    put(object, "certificate-authority-data", cluster.certificateAuthorityData, cluster.certificateAuthority);
    put(object, "proxy-url", cluster.proxyUrl);
    put(object, "disable-compression", cluster.disableCompression);
    return object;
}

inline json ofContext(const config::RawContext& context)
{
    json object{{"cluster", text(context.cluster)}, {"user", text(context.user)}};
    put(object, "namespace", context.nameSpace);
    return object;
}

inline json ofExec(const config::ExecEntry& exec)
{
    json object{{"command", text(exec.command)}, {"args", nullptr}, {"env", nullptr}};
    object["provideClusterInfo"] = exec.provideClusterInfo;
    put(object, "apiVersion", exec.apiVersion);
    put(object, "installHint", exec.installHint);
    put(object, "interactiveMode", exec.interactiveMode);
    if (!exec.arguments.isEmpty())
        object["args"] = texts(exec.arguments);
    for (const auto& [name, value] : exec.environment)
        object["env"].push_back({{"name", text(name)}, {"value", text(value)}});
    return object;
}

inline json ofUser(const config::RawUser& user)
{
    json object = json::object();
    put(object, "client-certificate-data", user.clientCertificateData, user.clientCertificate);
    put(object, "client-key-data", user.clientKeyData, user.clientKey);
    put(object, "token", user.token);
    put(object, "tokenFile", user.tokenFile);
    put(object, "as", user.impersonate);
    put(object, "as-uid", user.impersonateUid);
    if (!user.impersonateGroups.isEmpty())
        object["as-groups"] = texts(user.impersonateGroups);
    for (const auto& [key, values] : user.impersonateExtra)
        object["as-user-extra"][text(key)] = values.isEmpty() ? json() : texts(values);
    put(object, "username", user.username);
    put(object, "password", user.password);
    if (user.exec)
        object["exec"] = ofExec(*user.exec);
    return object;
}

template <typename T, typename F> json byName(const config::Named<T>& list, F&& convert)
{
    json object = json::object();
    for (const auto& [name, value] : list)
        object[text(name)] = convert(value);
    return object;
}

inline json ours(const config::RawConfig& config)
{
    return {{"current-context", text(config.currentContext)},
            {"clusters", byName(config.clusters, ofCluster)},
            {"users", byName(config.users, ofUser)},
            {"contexts", byName(config.contexts, ofContext)}};
}

/// kubectl's answer in that form: by name, without what we leave out.
inline json theirs(const json& view)
{
    json object{{"current-context", view.value("current-context", "")}};
    const std::pair<const char*, const char*> lists[] = {
        {"clusters", "cluster"}, {"users", "user"}, {"contexts", "context"}};
    for (const auto& [list, field] : lists) {
        object[list] = json::object();
        for (const auto& item : view.at(list)) {
            json entry = item.at(field);
            entry.erase("extensions");
            entry.erase("auth-provider");
            if (entry.contains("as-user-extra")) {
                for (auto& values : entry["as-user-extra"])
                    values = values.empty() ? json() : values;
            }
            object[list][item.at("name").get<std::string>()] = entry;
        }
    }
    return object;
}

/// Reads and merges a KUBECONFIG list as loadKubeconfig() does, one step before contexts are put together.
inline base::Result<config::RawConfig> merged(const QString& kubeconfig)
{
    config::RawConfig result;
    for (const QString& file : config::kubeconfigFiles({}, kubeconfig, {})) {
        const auto bytes = config::readFile(file, config::FileKind::Any);
        if (!bytes && bytes.error().reason == QLatin1String("fileMissing"))
            continue;
        auto config = bytes ? config::parseRawConfig(*bytes, file) : tl::unexpected(bytes.error());
        if (!config)
            return config;
        config::mergeInto(result, std::move(*config));
    }
    return result;
}

/// `config view` flattens files but leaves these two paths as they are written; the cases of contextcases.h try them
/// out.
inline void resolvePaths(json& view, const config::RawConfig& config)
{
    for (const auto& [name, user] : config.users) {
        auto& entry = view["users"][text(name)];
        const auto resolve = [&file = user.file](json& path) {
            path = text(config::absolutePath(QString::fromStdString(path.get<std::string>()), file));
        };
        if (entry.contains("tokenFile"))
            resolve(entry["tokenFile"]);
        if (entry.contains("exec") && entry["exec"]["command"].get<std::string>().find('/') != std::string::npos)
            resolve(entry["exec"]["command"]);
    }
}

} // namespace kubectltest
