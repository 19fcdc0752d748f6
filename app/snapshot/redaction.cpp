#include "app/snapshot/redaction.h"

#include "app/config/base64.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "app/snapshot/redactionaddresses.h"
#include "app/snapshot/redactionobject.h"

#include <QUrl>
#include <algorithm>
#include <map>

namespace snapshot {

using kube::Json;

class Redactor::Private {
public:
    explicit Private(Options options) : m_options(options) {}

    ObjectRedaction redaction()
    {
        return {m_knowledge, [this](const Replaced& replaced) {
                    if (!replaced.path.isEmpty())
                        count(replaced.path);
                    if (m_originals)
                        m_originals->push_back(replaced.original);
                    // a log may hold what an environment does
                    if (replaced.naming >= Naming::Maybe && looksRandom(replaced.original))
                        m_knowledge.values.add(replaced.original);
                }};
    }
    void count(const QString& path, qint64 number = 1)
    {
        constexpr std::size_t MostPaths = 4096; // names of fields come from the cluster
        if (m_counts.size() < MostPaths || m_counts.contains(path))
            m_counts[path] += number;
        else
            m_counts[path.section(QLatin1Char('.'), 0, 0)] += number;
    }
    bool replaceAddresses(Json& json)
    {
        const qint64 number = m_options.addresses ? m_addresses.replace(json) : 0;
        if (number > 0)
            count(QStringLiteral("addresses"), number);
        return number > 0;
    }
    void learnSecret(const Json& secret);
    void learnOthers(const Json& object, const QString& apiVersion, const QString& kind);
    void learnAddresses(const Json& object, const QString& apiVersion, const QString& kind)
    {
        if (m_options.addresses)
            m_addresses.learn(object, kind, kube::hasSecretFields(apiVersion));
    }
    void learnValue(std::string_view value, Naming naming);

    Options m_options;
    Knowledge m_knowledge;
    AddressBook m_addresses;
    std::map<QString, qint64> m_counts;
    std::vector<std::string>* m_originals = nullptr; ///< of the row that is looked at
};

namespace {

QString told(const Json& object, const char* field, const QString& other)
{
    const QString own = kube::rawText(object, {field});
    return own.isEmpty() ? other : own;
}

/// Those of a typed list name no kind; a ConfigMap has no type.
bool isSecretObject(const Json& object, const QString& kind)
{
    if (!kind.isEmpty())
        return kind == QLatin1String("Secret");
    return kube::at(object, {"type"}).is_string() && kube::at(object, {"data"}).is_object() &&
           kube::at(object, {"metadata"}).is_object();
}

} // namespace

void Redactor::Private::learnValue(std::string_view value, Naming naming)
{
    if (isRemarkable(value, naming))
        m_knowledge.values.add(value);
    // "user:password", as Basic and dockerconfigjson have it
    if (const auto inner = decodedBase64(value); inner && isText(*inner))
        if (const std::size_t colon = inner->find(':'); colon != inner->npos && colon + 1 < inner->size())
            if (const std::string_view password = std::string_view(*inner).substr(colon + 1);
                isRemarkable(password, Naming::Password))
                m_knowledge.values.add(password);
}

void Redactor::Private::learnSecret(const Json& secret)
{
    const std::string name = kube::rawText(secret, {"metadata", "name"}).toStdString();
    if (!name.empty()) {
        m_knowledge.secretNames.insert(name);
        m_knowledge.secretNames.insert(kube::rawText(secret, {"metadata", "namespace"}).toStdString() + "/" + name);
    }
    if (kube::rawText(secret, {"type"}) == QLatin1String("helm.sh/release.v1"))
        return; // compressed: nothing of it stands elsewhere
    for (const char* map : {"data", "stringData"}) {
        const Json& data = kube::at(secret, {map});
        if (!data.is_object())
            continue;
        for (const auto& [key, each] : data.items()) {
            if (!each.is_string())
                continue;
            std::string value = each.get<std::string>();
            if (map[0] == 'd') {
                const auto bytes = config::decodeBase64({value.data(), static_cast<qsizetype>(value.size())});
                if (bytes)
                    value = bytes->toStdString();
            }
            if (isPublicPem(value) || isMark(value))
                continue;
            const Naming naming = m_knowledge.namings.of(key);
            if (naming != Naming::Reference)
                learnValue(value, naming);
            // a configuration: the secrets in it, each by itself
            Json copy = value;
            ObjectRedaction inner(m_knowledge, [this](const Replaced& replaced) {
                learnValue(replaced.original, std::max(replaced.naming, Naming::Credential));
            });
            inner.any(copy);
        }
    }
    const std::string tokenId = kube::rawText(secret, {"data", "token-id"}).toStdString();
    const std::string tokenSecret = kube::rawText(secret, {"data", "token-secret"}).toStdString();
    const auto id = config::decodeBase64({tokenId.data(), static_cast<qsizetype>(tokenId.size())});
    const auto own = config::decodeBase64({tokenSecret.data(), static_cast<qsizetype>(tokenSecret.size())});
    if (id && own && !own->isEmpty())
        m_knowledge.values.add((*id + '.' + *own).toStdString());
}

void Redactor::Private::learnOthers(const Json& object, const QString& apiVersion, const QString& kind)
{
    Json copy = object;
    ObjectRedaction inner(m_knowledge, [this](const Replaced& replaced) {
        learnValue(replaced.original, std::max(replaced.naming, Naming::Maybe));
    });
    inner.object(copy, apiVersion, kind);
}

Redactor::Redactor() : Redactor(Options()) {}

Redactor::Redactor(Options options) : d(std::make_unique<Private>(options)) {}

Redactor::~Redactor() = default;

void Redactor::learn(const Json& object, const QString& apiVersion, const QString& kind)
{
    if (!object.is_object())
        return;
    const QString ownVersion = told(object, "apiVersion", apiVersion);
    const QString ownKind = told(object, "kind", kind);
    if (isSecretObject(object, ownKind))
        d->learnSecret(object);
    else
        d->learnOthers(object, ownVersion, ownKind);
    d->learnAddresses(object, ownVersion, ownKind);
}

bool Redactor::object(Json& object, const QString& apiVersion, const QString& kind)
{
    const QString ownVersion = told(object, "apiVersion", apiVersion);
    const QString ownKind = told(object, "kind", kind);
    d->learnAddresses(object, ownVersion, ownKind);
    ObjectRedaction redaction = d->redaction();
    // what lies among Secrets is one, whatever it says
    const bool changed = redaction.object(object, ownVersion, kind == QLatin1String("Secret") ? kind : ownKind);
    return d->replaceAddresses(object) || changed;
}

bool Redactor::row(Json& row, const QString& apiVersion, const QString& kind, const QStringList& columns)
{
    if (!row.is_object())
        return false;
    std::vector<std::string> originals;
    d->m_originals = &originals;
    bool changed = false;
    if (const auto object = row.find("object"); object != row.end()) {
        const QString ownKind = kube::rawText(*object, {"kind"});
        // kind and apiVersion of a PartialObjectMetadata are of nothing
        if (ownKind.startsWith(QLatin1String("PartialObjectMetadata"))) {
            ObjectRedaction redaction = d->redaction();
            changed |= redaction.object(*object, apiVersion, kind);
            changed |= d->replaceAddresses(*object);
        } else {
            changed |= this->object(*object, apiVersion, kind);
        }
    }
    d->m_originals = nullptr;
    if (const auto cells = row.find("cells"); cells != row.end() && cells->is_array()) {
        ObjectRedaction redaction = d->redaction();
        const QString path = kind + QLatin1String(".cells[]");
        for (std::size_t i = 0; i < cells->size(); ++i) {
            Json& cell = (*cells)[i];
            if (!cell.is_string())
                continue;
            const std::string& text = cell.get_ref<const std::string&>();
            constexpr std::size_t Shortest = 4;
            const bool isReplaced = std::ranges::any_of(originals, [&](const std::string& original) {
                return original.size() >= Shortest &&
                       (text == original || (original.size() >= Shortest * 2 && text.find(original) != text.npos));
            });
            if (isReplaced) {
                cell = mark(text.size());
                d->count(path);
                changed = true;
                continue;
            }
            const auto column = static_cast<qsizetype>(i);
            changed |=
                redaction.value(cell, column < columns.size() ? columns[column].toStdString() : std::string(), path);
        }
        changed |= d->replaceAddresses(*cells);
    }
    return changed;
}

bool Redactor::json(Json& answer)
{
    const QString version = kube::rawText(answer, {"apiVersion"});
    const QString kind = kube::rawText(answer, {"kind"});
    bool changed = false;
    if (kind == QLatin1String("Table") && kube::at(answer, {"rows"}).is_array()) {
        QStringList columns;
        for (const Json& each : kube::elements(answer, {"columnDefinitions"}))
            columns << kube::rawText(each, {"name"});
        for (Json& each : answer["rows"])
            changed |= row(each, QString(), kube::rawText(each, {"object", "kind"}), columns);
        return changed;
    }
    if (kind.endsWith(QLatin1String("List")) && kube::at(answer, {"items"}).is_array()) {
        for (Json& each : answer["items"])
            changed |= object(each, version, kind.chopped(4));
        return changed;
    }
    if (!kind.isEmpty())
        return object(answer, version, kind);
    ObjectRedaction redaction = d->redaction();
    changed = redaction.any(answer);
    return d->replaceAddresses(answer) || changed;
}

QByteArray Redactor::text(const QByteArray& lines, const QString& path)
{
    const std::string_view view(lines.constData(), static_cast<std::size_t>(lines.size()));
    const std::vector<Found> found = findSecrets(d->m_knowledge, view, TextKind::Log);
    if (!found.empty())
        d->count(path, static_cast<qint64>(found.size()));
    if (found.empty() && (!d->m_options.addresses || d->m_addresses.isEmpty()))
        return lines;
    std::string made = withMarks(view, found);
    if (d->m_options.addresses)
        if (const qint64 number = d->m_addresses.replace(made); number > 0)
            d->count(QStringLiteral("addresses"), number);
    return QByteArray::fromStdString(made);
}

QString Redactor::address(const QString& url)
{
    QString result = url;
    // not by QUrl alone: what is no URL would come back empty
    const auto begin = result.indexOf(QLatin1String("://"));
    if (begin >= 0) {
        const auto from = begin + 3;
        auto end = from;
        while (end < result.size() && !QStringLiteral("/?#").contains(result[end]))
            ++end;
        if (const auto sign = result.lastIndexOf(QLatin1Char('@'), end - 1); sign >= from)
            result.remove(from, sign + 1 - from);
    }
    if (!d->m_options.addresses)
        return result;
    if (const QString host = begin >= 0 ? QUrl(result).host() : result.section(QLatin1Char(':'), 0, 0); !host.isEmpty())
        d->m_addresses.add(host.toStdString());
    std::string text = result.toStdString();
    d->m_addresses.replace(text);
    return QString::fromStdString(text);
}

std::vector<Redacted> Redactor::redacted() const
{
    std::vector<Redacted> all;
    for (const auto& [path, count] : d->m_counts)
        all.push_back({path, count});
    return all;
}

} // namespace snapshot
