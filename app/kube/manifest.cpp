#include "app/kube/manifest.h"

#include <QRegularExpression>
#include <charconv>

namespace kube {
namespace {

using config::YamlNode;
using config::YamlPlace;

struct Chunk {
    QByteArray text;
    int linesBefore = 0;
};

std::vector<Chunk> documentsOf(const QByteArray& text)
{
    std::vector<Chunk> chunks(1);
    int line = 0;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf('\n', at);
        end = end < 0 ? text.size() : end + 1;
        const QByteArrayView words(text.constData() + at, end - at);
        ++line;
        // With anything behind the dashes the line belongs to the document that it begins.
        const bool isSeparator = words.startsWith("---") && words.sliced(3).trimmed().isEmpty();
        if (isSeparator)
            chunks.push_back({{}, line});
        else
            chunks.back().text.append(words);
        at = end;
    }
    return chunks;
}

template <typename T> std::optional<Json> parsedAs(std::string_view digits, int base = 10)
{
    T value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return Json(value);
}

/// YAML 1.1 writes integers in base 2, 8 and 16 as well, and lets underscores stand between digits.
Json numberOf(std::string text)
{
    std::erase(text, '_');
    std::string digits = text;
    std::string sign;
    if (digits.starts_with('+') || digits.starts_with('-')) {
        sign = digits.front() == '-' ? "-" : "";
        digits.erase(0, 1);
    }
    int base = 10;
    if (digits.starts_with("0x") || digits.starts_with("0X"))
        base = 16;
    else if (digits.starts_with("0b") || digits.starts_with("0B"))
        base = 2;
    else if (digits.starts_with("0o"))
        base = 8;
    if (base != 10)
        digits.erase(0, 2);
    else if (digits.size() > 1 && digits.front() == '0' && digits.find_first_not_of("01234567") == std::string::npos)
        base = 8;
    if (auto whole = parsedAs<std::int64_t>(sign + digits, base))
        return *whole;
    if (auto large = parsedAs<std::uint64_t>(sign + digits, base))
        return *large;
    double value = 0;
    const std::string decimal = sign + digits;
    std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
    return value;
}

Json jsonOf(const YamlNode& node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return nullptr;
    case YamlNode::Kind::Bool:
        return node.truth;
    case YamlNode::Kind::Number:
        return numberOf(node.text);
    case YamlNode::Kind::String:
        return node.text;
    case YamlNode::Kind::Sequence: {
        Json list = Json::array();
        for (const YamlNode* item : node.items)
            list.push_back(jsonOf(*item));
        return list;
    }
    case YamlNode::Kind::Mapping:
        break;
    }
    Json object = Json::object();
    for (const auto& [key, value] : node.entries)
        object[key] = jsonOf(*value);
    return object;
}

/// The first step of a path below a mapping: keys may hold dots, so the longest key that fits is taken.
const YamlNode* stepInto(const YamlNode& mapping, std::string_view& path)
{
    const YamlNode* found = nullptr;
    std::size_t taken = 0;
    for (const auto& [key, value] : mapping.entries) {
        if (!path.starts_with(key) || key.size() < taken)
            continue;
        const std::string_view rest = path.substr(key.size());
        if (!rest.empty() && rest.front() != '.' && rest.front() != '[')
            continue;
        found = value;
        taken = key.size();
    }
    path.remove_prefix(taken);
    return found;
}

/// "[3]" or "[a.key/with dots]" at the front of a path; the rest stays in it.
std::string_view takeBracket(std::string_view& path)
{
    const std::size_t end = path.find(']');
    if (end == std::string_view::npos)
        return {};
    std::string_view inner = path.substr(1, end - 1);
    path.remove_prefix(end + 1);
    if (inner.size() > 1 && inner.front() == '"' && inner.back() == '"')
        inner = inner.substr(1, inner.size() - 2);
    return inner;
}

/// The item of a list by its keys: `name="web"`, `containerPort=80,protocol="TCP"`.
const YamlNode* itemWith(const YamlNode& list, std::string_view keys)
{
    for (const YamlNode* item : list.items) {
        bool fits = item->kind == YamlNode::Kind::Mapping;
        for (std::string_view rest = keys; fits && !rest.empty();) {
            const std::string_view pair = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos)
                continue;
            std::string_view value = pair.substr(equals + 1);
            if (value.size() > 1 && value.front() == '"' && value.back() == '"')
                value = value.substr(1, value.size() - 2);
            const YamlNode* found = item->find(pair.substr(0, equals));
            fits = found ? found->text == value : pair.substr(0, equals) == "protocol"; // which has a default
        }
        if (fits)
            return item;
    }
    return nullptr;
}

const YamlNode* nearest(const YamlNode* node, std::string_view path)
{
    while (!path.empty()) {
        if (path.front() == '.')
            path.remove_prefix(1);
        const YamlNode* next = nullptr;
        if (path.starts_with('[')) {
            const std::string_view inner = takeBracket(path);
            std::size_t index = 0;
            if (node->kind == YamlNode::Kind::Mapping)
                next = node->find(inner);
            else if (inner.find('=') != std::string_view::npos)
                next = itemWith(*node, inner);
            else if (std::from_chars(inner.data(), inner.data() + inner.size(), index).ec == std::errc{} &&
                     index < node->items.size())
                next = node->items[index];
        } else if (node->kind == YamlNode::Kind::Mapping) {
            next = stepInto(*node, path);
        }
        if (!next)
            break;
        node = next;
    }
    return node;
}

base::Error shifted(base::Error error, int linesBefore)
{
    if (linesBefore == 0 || error.causes.empty())
        return error;
    const QStringList place = error.causes.front().field.split(QLatin1Char(':'));
    if (place.size() != 2)
        return error;
    return config::yamlError(error.reason, {place[0].toInt() + linesBefore, place[1].toInt()},
                             error.causes.front().message);
}

QString missingField(const YamlNode& object)
{
    const auto isText = [](const YamlNode* node) {
        return node && node->kind == YamlNode::Kind::String && !node->text.empty();
    };
    if (!isText(object.find("apiVersion")))
        return QStringLiteral("apiVersion");
    if (!isText(object.find("kind")))
        return QStringLiteral("kind");
    const YamlNode* metadata = object.find("metadata");
    const bool isNamed = metadata && metadata->kind == YamlNode::Kind::Mapping && isText(metadata->find("name"));
    return isNamed ? QString() : QStringLiteral("metadata.name");
}

} // namespace

YamlPlace Manifest::place() const
{
    return placeOf({});
}

YamlPlace Manifest::placeOf(const QString& field) const
{
    const std::string path = field.toStdString();
    YamlPlace place = m_document->placeOf(nearest(m_root, path)->offset);
    place.line += m_linesBefore;
    return place;
}

base::Result<std::vector<Manifest>> parseManifests(const QByteArray& text)
{
    std::vector<Manifest> manifests;
    for (const Chunk& chunk : documentsOf(text)) {
        auto parsed = config::parseYaml(chunk.text);
        if (!parsed)
            return base::failure(shifted(parsed.error(), chunk.linesBefore));
        const auto document = std::make_shared<const config::YamlDocument>(std::move(*parsed));
        const auto fail = [&](const QString& reason, YamlPlace place, const QString& words) {
            place.line += chunk.linesBefore;
            return base::failure(config::yamlError(reason, place, words));
        };
        if (!document->notes.empty())
            return fail(document->notes.front().id, document->notes.front().place, document->notes.front().detail);
        if (document->root->kind == YamlNode::Kind::Null)
            continue;
        std::vector<const YamlNode*> objects{document->root};
        const YamlNode* kind = document->root->find("kind");
        const YamlNode* items = document->root->find("items");
        if (kind && kind->text == "List" && items && items->kind == YamlNode::Kind::Sequence)
            objects = items->items;
        for (const YamlNode* root : objects) {
            const YamlPlace place = document->placeOf(root->offset);
            if (root->kind != YamlNode::Kind::Mapping)
                return fail(QStringLiteral("manifestNoObject"), place, {});
            if (const QString missing = missingField(*root); !missing.isEmpty())
                return fail(QStringLiteral("manifestIncomplete"), place, missing);
            Manifest manifest;
            manifest.m_document = document;
            manifest.m_root = root;
            manifest.m_linesBefore = chunk.linesBefore;
            manifest.m_object = jsonOf(*root);
            manifests.push_back(std::move(manifest));
        }
    }
    return manifests;
}

std::vector<FieldProblem> fieldProblems(const base::Error& error)
{
    std::vector<FieldProblem> problems;
    for (const base::ErrorCause& cause : error.causes) {
        if (!cause.field.isEmpty() && cause.field != QLatin1String("<nil>"))
            problems.push_back({cause.field, cause.message});
    }
    if (!problems.empty())
        return problems;
    // k8s.io/apimachinery/pkg/runtime/error.go, strictDecodingError: `unknown field "a.b", duplicate field "c"`.
    static const QRegularExpression strict(QStringLiteral("(unknown|duplicate) field \"([^\"]+)\""));
    for (auto match = strict.globalMatch(error.said); match.hasNext();) {
        const auto found = match.next();
        problems.push_back({found.captured(2), found.captured(0)});
    }
    // sigs.k8s.io/structured-merge-diff: `.spec.containers[name="web"].imagee: field not declared in schema`.
    static const QRegularExpression typed(QStringLiteral("\\.((?:[^\\s\\[:]|\\[[^\\]]*\\])+): ([a-z][^\\n]*)"));
    const qsizetype begin = error.said.indexOf(QLatin1String("typed patch object"));
    for (auto match = typed.globalMatch(error.said, std::max<qsizetype>(begin, 0)); begin >= 0 && match.hasNext();) {
        const auto found = match.next();
        problems.push_back({found.captured(1), found.captured(2)});
    }
    return problems;
}

} // namespace kube
