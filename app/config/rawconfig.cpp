#include "app/config/rawconfig.h"

#include "app/base/visible.h"
#include "app/config/decoder.h"
#include "app/config/files.h"
#include "app/config/yamljson.h"

#include <QFileInfo>
#include <algorithm>
#include <set>

namespace config {
namespace {

const YamlNode* child(const YamlNode* mapping, std::string_view key)
{
    return mapping ? mapping->find(key) : nullptr;
}

/// Reads one file's tree. A value that is null reads as one with nothing in it, as it does for kubectl.
class FileReader {
public:
    FileReader(Decoder& decoder, QString file) : m_decoder(decoder), m_file(std::move(file)) {}

    RawConfig config(const YamlNode* root)
    {
        RawConfig result;
        if (!isKubeconfig(root))
            return result;
        const YamlNode* preferences = m_decoder.mapping(child(root, "preferences"), "preferences");
        m_decoder.truth(child(preferences, "colors"), "preferences.colors");
        skipExtensions(preferences);
        skipExtensions(root);
        result.clusters = named<RawCluster>(child(root, "clusters"), "clusters", "cluster",
                                            [this](const YamlNode* node) { return cluster(node); });
        result.users =
            named<RawUser>(child(root, "users"), "users", "user", [this](const YamlNode* node) { return user(node); });
        result.contexts = named<RawContext>(child(root, "contexts"), "contexts", "context",
                                            [this](const YamlNode* node) { return context(node); });
        result.currentContext = m_decoder.text(child(root, "current-context"), "current-context");
        return result;
    }

private:
    bool isKubeconfig(const YamlNode* root)
    {
        root = m_decoder.mapping(root, "kubeconfig");
        const QString kind = m_decoder.text(child(root, "kind"), "kind");
        const QString version = m_decoder.text(child(root, "apiVersion"), "apiVersion");
        const bool right = (kind.isEmpty() || kind == QLatin1String("Config")) &&
                           (version.isEmpty() || version == QLatin1String("v1"));
        if (root && !right)
            m_decoder.fail(QStringLiteral("wrongKind"), *root, base::visible(version + QLatin1Char(' ') + kind));
        return root && right;
    }

    template <typename T, typename F>
    Named<T> named(const YamlNode* list, const char* listName, const char* field, F&& read)
    {
        Named<T> result;
        std::set<QString> names;
        for (const YamlNode* item : m_decoder.list(list, listName)) {
            const YamlNode* entry = m_decoder.mapping(item, listName);
            const QString name = m_decoder.text(child(entry, "name"), "name");
            if (!names.insert(name).second)
                m_decoder.fail(QStringLiteral("duplicateName"), *item,
                               QLatin1String(listName) + QStringLiteral(": ") + base::visible(name));
            result.emplace_back(name, read(m_decoder.mapping(child(entry, field), field)));
        }
        return result;
    }

    void skipExtensions(const YamlNode* owner)
    {
        for (const YamlNode* item : m_decoder.list(child(owner, "extensions"), "extensions"))
            m_decoder.text(child(m_decoder.mapping(item, "extensions"), "name"), "name");
    }

    QString text(const YamlNode* mapping, const char* key) { return m_decoder.text(child(mapping, key), key); }
    QString path(const YamlNode* mapping, const char* key) { return absolutePath(text(mapping, key), m_file); }
    bool truth(const YamlNode* mapping, const char* key) { return m_decoder.truth(child(mapping, key), key); }
    QByteArray bytes(const YamlNode* mapping, const char* key) { return m_decoder.bytes(child(mapping, key), key); }

    RawCluster cluster(const YamlNode* node)
    {
        skipExtensions(node);
        return {.file = m_file,
                .server = text(node, "server"),
                .tlsServerName = text(node, "tls-server-name"),
                .insecureSkipTlsVerify = truth(node, "insecure-skip-tls-verify"),
                .certificateAuthority = path(node, "certificate-authority"),
                .certificateAuthorityData = bytes(node, "certificate-authority-data"),
                .proxyUrl = text(node, "proxy-url"),
                .disableCompression = truth(node, "disable-compression"),
                .execConfig = execConfig(node)};
    }

    /// client-go, tools/auth/exec: what the cluster's entry holds for a sign-in plugin.
    QByteArray execConfig(const YamlNode* node)
    {
        for (const YamlNode* item : m_decoder.list(child(node, "extensions"), "extensions")) {
            if (m_decoder.text(child(item, "name"), "name") != QLatin1String("client.authentication.k8s.io/exec"))
                continue;
            const YamlNode* value = child(item, "extension");
            return value ? jsonOf(*value) : QByteArray();
        }
        return {};
    }

    RawContext context(const YamlNode* node)
    {
        skipExtensions(node);
        return {.file = m_file,
                .cluster = text(node, "cluster"),
                .user = text(node, "user"),
                .nameSpace = text(node, "namespace")};
    }

    RawUser user(const YamlNode* node)
    {
        skipExtensions(node);
        RawUser result{.file = m_file,
                       .clientCertificate = path(node, "client-certificate"),
                       .clientCertificateData = bytes(node, "client-certificate-data"),
                       .clientKey = path(node, "client-key"),
                       .clientKeyData = bytes(node, "client-key-data"),
                       .token = text(node, "token"),
                       .tokenFile = path(node, "tokenFile"),
                       .impersonate = text(node, "as"),
                       .impersonateUid = text(node, "as-uid"),
                       .impersonateGroups = m_decoder.texts(child(node, "as-groups"), "as-groups"),
                       .impersonateExtra = {},
                       .username = text(node, "username"),
                       .password = text(node, "password"),
                       .authProvider = {},
                       .exec = {}};
        if (const YamlNode* extra = m_decoder.mapping(child(node, "as-user-extra"), "as-user-extra")) {
            for (const auto& [key, values] : extra->entries)
                result.impersonateExtra.emplace_back(QString::fromStdString(key),
                                                     m_decoder.texts(values, "as-user-extra"));
            std::sort(result.impersonateExtra.begin(), result.impersonateExtra.end());
        }
        if (const YamlNode* provider = m_decoder.mapping(child(node, "auth-provider"), "auth-provider")) {
            result.authProvider = text(provider, "name");
            if (const YamlNode* settings = m_decoder.mapping(child(provider, "config"), "config")) {
                for (const auto& setting : settings->entries)
                    m_decoder.text(setting.second, "auth-provider.config");
            }
        }
        if (const YamlNode* plugin = m_decoder.mapping(child(node, "exec"), "exec"))
            result.exec = exec(plugin);
        return result;
    }

    ExecEntry exec(const YamlNode* node)
    {
        ExecEntry result{.apiVersion = text(node, "apiVersion"),
                         .command = text(node, "command"),
                         .arguments = m_decoder.texts(child(node, "args"), "args"),
                         .environment = {},
                         .installHint = text(node, "installHint"),
                         .interactiveMode = text(node, "interactiveMode"),
                         .provideClusterInfo = truth(node, "provideClusterInfo"),
                         .file = m_file};
        // Without a separator the command is looked for in the PATH.
        if (result.command.contains(QLatin1Char('/')))
            result.command = absolutePath(result.command, m_file);
        for (const YamlNode* item : m_decoder.list(child(node, "env"), "env")) {
            const YamlNode* variable = m_decoder.mapping(item, "env");
            result.environment.emplace_back(text(variable, "name"), text(variable, "value"));
        }
        if (result.interactiveMode.isEmpty() &&
            (result.apiVersion == QLatin1String("client.authentication.k8s.io/v1beta1") ||
             result.apiVersion == QLatin1String("client.authentication.k8s.io/v1alpha1")))
            result.interactiveMode = QStringLiteral("IfAvailable");
        return result;
    }

    Decoder& m_decoder;
    QString m_file;
};

template <typename T> void addMissing(Named<T>& into, Named<T> next)
{
    std::set<QString> names;
    for (const auto& entry : into)
        names.insert(entry.first);
    std::copy_if(std::move_iterator(next.begin()), std::move_iterator(next.end()), std::back_inserter(into),
                 [&names](const auto& entry) { return !names.contains(entry.first); });
}

} // namespace

base::Result<RawConfig> parseRawConfig(const QByteArray& text, const QString& file)
{
    const auto about = [&file](base::Error error) {
        error.ofWhom = base::visible(file);
        return base::failure(std::move(error));
    };
    auto document = parseYaml(text);
    if (!document)
        return about(document.error());
    Decoder decoder(*document);
    RawConfig config = FileReader(decoder, file).config(document->root);
    if (decoder.error())
        return about(*decoder.error());
    for (const YamlNote& note : document->notes)
        config.notes.push_back({note.id, base::visible(file), note.detail, note.place.line, note.place.column});
    return config;
}

void mergeInto(RawConfig& into, RawConfig next)
{
    if (into.currentContext.isEmpty())
        into.currentContext = next.currentContext;
    addMissing(into.clusters, std::move(next.clusters));
    addMissing(into.users, std::move(next.users));
    addMissing(into.contexts, std::move(next.contexts));
    into.notes.insert(into.notes.end(), next.notes.begin(), next.notes.end());
}

} // namespace config
