#include "app/snapshot/redactionobject.h"

#include "app/config/base64.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "app/snapshot/redactionletters.h"

#include <algorithm>
#include <array>
#include <utility>

namespace snapshot {

using kube::Json;

namespace {

/// Fields that name something. Their values stay whatever they are, as long as they are made like names.
bool isIdentity(std::string_view key)
{
    constexpr auto Keys = std::to_array<std::string_view>(
        {"apiVersion", "containerID", "generateName", "image", "imageID", "kind", "name", "namespace", "nodeName",
         "resourceVersion", "selfLink", "serviceAccount", "serviceAccountName", "uid"});
    return std::ranges::binary_search(Keys, key);
}

bool isNameLike(std::string_view value)
{
    constexpr std::size_t Longest = 1024;
    return value.size() <= Longest && value.find("://") == value.npos &&
           std::ranges::all_of(value, [](char c) { return isRunLetter(c) || c == '/' || c == ':' || c == '@'; });
}

/// Maps of a person's own keys: their paths end at the map.
bool isMap(std::string_view key, bool isTop)
{
    return (isTop && (key == "data" || key == "stringData" || key == "binaryData")) || key == "annotations" ||
           key == "labels" || key == "matchLabels" || key == "nodeSelector";
}

bool takesLabels(std::string_view key)
{
    return key == "labels" || key == "matchLabels" || key == "nodeSelector";
}

std::string* textOf(Json& value)
{
    return value.is_string() ? &value.get_ref<std::string&>() : nullptr;
}

std::vector<std::string*> textsOf(Json* array)
{
    std::vector<std::string*> texts;
    if (array && array->is_array())
        for (Json& each : *array)
            if (std::string* const text = textOf(each))
                texts.push_back(text);
    return texts;
}

/// The root of paths in what is no object.
const QString Answer = QStringLiteral("answer");

bool isArguments(std::string_view key)
{
    return key == "args" || key == "command";
}

} // namespace

bool ObjectRedaction::object(Json& object, const QString& apiVersion, const QString& kind)
{
    m_root = kind;
    m_path.clear();
    if (!object.is_object())
        return walk(object, {});
    bool changed = false;
    const Context context{.isPlatform = kube::hasSecretFields(apiVersion)};
    if (kind == QLatin1String("Secret") && kube::rawText(object, {"kind"}) != kind) // items of a list name none
        for (const char* map : {"data", "stringData"})
            if (const auto data = object.find(map); data != object.end()) {
                m_path.push_back(&data.key());
                changed |= secretData(*data, data.key() == "data");
                m_path.clear();
            }
    return members(object, context) || changed;
}

bool ObjectRedaction::any(Json& json)
{
    m_root = Answer;
    m_path.clear();
    return walk(json, {});
}

bool ObjectRedaction::value(Json& value, const std::string& calledSo, const QString& path)
{
    m_root = path;
    m_path.clear();
    std::string* const text = textOf(value);
    return text && this->text(*text, m_knowledge.namings.of(calledSo), Where::Field, calledSo, {});
}

bool ObjectRedaction::walk(Json& json, const Context& context)
{
    static const std::string Unnamed;
    if (json.is_object())
        return members(json, context);
    if (std::string* const text = textOf(json))
        return this->text(*text, Naming::Nothing, Where::Field, Unnamed, context);
    bool changed = false;
    if (json.is_array()) {
        if (m_within == 0)
            m_path.push_back(nullptr);
        for (Json& each : json)
            changed |= walk(each, context);
        if (m_within == 0)
            m_path.pop_back();
    }
    return changed;
}

bool ObjectRedaction::members(Json& object, Context context)
{
    auto& members = object.get_ref<Json::object_t&>();
    const std::string* name = nullptr;
    const std::string* kind = nullptr;
    Json* command = nullptr;
    Json* args = nullptr;
    bool isMatch = false; // tolerations, taints and selectors: key and value name things
    for (auto& [key, value] : members) {
        if (key == "name" || key == "Name" || ((key == "key" || key == "Key") && !name))
            name = textOf(value);
        else if (key == "kind")
            kind = textOf(value);
        else if (key == "command")
            command = &value;
        else if (key == "args")
            args = &value;
        else if (key == "effect" || key == "operator")
            isMatch = true;
        else if (key == "apiVersion" && value.is_string())
            context.isPlatform |= kube::hasSecretFields(QString::fromStdString(value.get_ref<const std::string&>()));
    }
    const bool isSecretObject = kind && *kind == "Secret";
    bool changed = false;
    if (command || args) {
        std::vector<std::string*> all = textsOf(command);
        const std::vector<std::string*> rest = textsOf(args);
        all.insert(all.end(), rest.begin(), rest.end());
        static const std::string Args = "args";
        if (m_within == 0) {
            m_path.push_back(&Args);
            m_path.push_back(nullptr);
        }
        changed |= arguments(all, context);
        if (m_within == 0)
            m_path.resize(m_path.size() - 2);
    }
    for (auto& [key, value] : members) {
        if (key == "managedFields" || (isArguments(key) && value.is_array()))
            continue;
        if (m_within == 0)
            m_path.push_back(&key);
        if (isSecretObject && (key == "data" || key == "stringData")) {
            changed |= secretData(value, key == "data");
        } else if (context.isPlatform && kube::isSecretField(key, value)) {
            std::string& text = value.get_ref<std::string&>();
            if (const auto bytes = config::decodeBase64({text.data(), static_cast<qsizetype>(text.size())});
                bytes && text.size() >= 8) { // []byte, and what TKEStack wants as Base64
                if (!isMark({bytes->constData(), static_cast<std::size_t>(bytes->size())})) {
                    tell(bytes->toStdString(), Naming::Password);
                    text = toBase64(mark(static_cast<std::size_t>(bytes->size())));
                    changed = true;
                }
            } else if (!isMark(text)) {
                replace(text, 0, Naming::Password, context);
                changed = true;
            }
        } else {
            Naming naming = m_knowledge.namings.of(key);
            Where where = Where::Field;
            if (name && !isMatch && (key == "value" || key == "Value")) {
                naming = m_knowledge.namings.of(*name);
                where = Where::Variable;
            } else if (naming == Naming::Nothing && context.inherited >= Naming::Maybe) {
                naming = context.inherited;
            }
            changed |= member(key, value, naming, where, context);
        }
        if (m_within == 0)
            m_path.pop_back();
    }
    return changed;
}

bool ObjectRedaction::member(const std::string& key, Json& value, Naming naming, Where where, const Context& context)
{
    if (std::string* const text = textOf(value)) {
        if (isIdentity(key) && isNameLike(*text))
            return false;
        return this->text(*text, naming, where, key, context);
    }
    if (value.is_number() && naming == Naming::Password && value != 0) {
        tell(value.dump(), naming);
        value = 0;
        return true;
    }
    Context below = context;
    below.isSafe = context.isSafe || takesLabels(key);
    if (value.is_object()) {
        const bool isPlural = key.ends_with('s') && naming >= Naming::Credential;
        below.inherited = isPlural ? naming : naming >= Naming::Maybe ? Naming::Maybe : Naming::Nothing;
        return members(value, below);
    }
    if (!value.is_array())
        return false;
    below.inherited = naming >= Naming::Maybe ? Naming::Maybe : Naming::Nothing;
    bool changed = false;
    if (m_within == 0)
        m_path.push_back(nullptr);
    for (Json& each : value) {
        if (std::string* const text = textOf(each))
            changed |= this->text(*text, naming, where, key, below);
        else
            changed |= walk(each, below);
    }
    if (m_within == 0)
        m_path.pop_back();
    return changed;
}

bool ObjectRedaction::secretData(Json& data, bool isBase64)
{
    if (!data.is_object())
        return false;
    bool changed = false;
    for (auto& [key, value] : data.get_ref<Json::object_t&>()) {
        if (value.is_null())
            continue;
        std::string original = value.is_string() ? value.get<std::string>() : value.dump();
        if (isBase64 && value.is_string())
            if (const auto bytes = config::decodeBase64({original.data(), static_cast<qsizetype>(original.size())}))
                original = bytes->toStdString();
        if (value.is_string() && (original.empty() || isMark(original) || isPublicPem(original)))
            continue;
        tell(original, Naming::Credential);
        const std::string masked = mark(original.size());
        value = isBase64 ? toBase64(masked) : masked;
        changed = true;
    }
    return changed;
}

/// A command and its arguments: a flag may have its value in the argument behind it.
bool ObjectRedaction::arguments(const std::vector<std::string*>& arguments, const Context& context)
{
    static const std::string Unnamed;
    Naming waiting = Naming::Nothing;
    ShortFlag flag = ShortFlag::None;
    std::string_view program;
    bool changed = false;
    for (std::string* const argument : arguments) {
        std::string& text = *argument;
        const bool isFlag = text.starts_with('-');
        if (const Naming naming = std::exchange(waiting, Naming::Nothing); naming >= Naming::Maybe && !isFlag) {
            changed |= this->text(text, naming, Where::Variable, Unnamed, context);
            continue;
        }
        if (const ShortFlag open = std::exchange(flag, ShortFlag::None); open != ShortFlag::None) {
            const std::size_t colon = open == ShortFlag::UserAndNext ? text.find(':') : 0;
            if (colon != text.npos && !isPlaceholder(std::string_view(text).substr(colon ? colon + 1 : 0))) {
                replace(text, colon ? colon + 1 : 0, Naming::Password, context);
                changed = true;
                continue;
            }
        }
        if (program.empty() && !isFlag && text.find(' ') == text.npos)
            program = text;
        const std::size_t sign = text.find('=');
        const std::string_view name = std::string_view(text).substr(0, sign);
        const bool isName = !name.empty() && std::ranges::all_of(name, isRunLetter);
        if (isName && sign != text.npos) { // --password=…, PASSWORD=…
            const Naming naming = m_knowledge.namings.of(name);
            if (naming >= Naming::Maybe &&
                isSecret(m_knowledge, naming, std::string_view(text).substr(sign + 1), Where::Variable)) {
                replace(text, sign + 1, naming, context);
                changed = true;
                continue;
            }
        } else if (isName && isFlag) {
            flag = shortFlag(program, text);
            if (flag == ShortFlag::Attached || flag == ShortFlag::UserAttached) {
                const std::size_t from = flag == ShortFlag::Attached ? 2 : text.find(':') + 1;
                flag = ShortFlag::None;
                if (from > 0) {
                    replace(text, from, Naming::Password, context);
                    changed = true;
                    continue;
                }
            }
            if (text.size() > 3)
                waiting = m_knowledge.namings.of(name);
            continue;
        }
        changed |= this->text(text, Naming::Nothing, Where::Field, Unnamed, context);
    }
    return changed;
}

bool ObjectRedaction::text(std::string& text, Naming naming, Where where, const std::string& key,
                           const Context& context)
{
    if (naming >= Naming::Maybe) {
        const bool isHeader =
            key.size() >= 13 && isSame(std::string_view(key).substr(key.size() - 13), "authorization");
        std::size_t begin = 0;
        if (const std::size_t offset = credentialsIn(text);
            (isHeader || where == Where::Variable) && offset < text.size())
            begin = offset;
        else if (isHeader && where == Where::Field && !looksRandom(text))
            begin = text.npos;
        if (begin != text.npos && isSecret(m_knowledge, naming, std::string_view(text).substr(begin), where)) {
            replace(text, begin, naming, context);
            return true;
        }
    }
    constexpr std::size_t Shortest = 6;
    if (text.size() < Shortest || isMark(text))
        return false;
    if (jsonText(text, context) || base64Text(text, context))
        return true;
    std::string_view view = text;
    TextKind kind = kindOf(view);
    if (naming == Naming::Connection && kind == TextKind::Line) {
        const std::string named = "dsn=" + text;
        std::vector<Found> found = findSecrets(m_knowledge, named, kind, context.depth);
        std::erase_if(found, [](const Found& each) { return each.begin < 4; });
        if (found.empty())
            return false;
        for (const Found& each : found)
            tell(std::string_view(named).substr(each.begin, each.end - each.begin), Naming::Credential);
        text = withMarks(named, found).substr(4);
        return true;
    }
    if ((isSame(key, "cookie") || isSame(key, "set-cookie")) && kind == TextKind::Line && text.find('=') != text.npos) {
        replace(text, text.find('=') + 1, Naming::Credential, context);
        return true;
    }
    const std::vector<Found> found = findSecrets(m_knowledge, view, kind, context.depth);
    if (found.empty())
        return false;
    if (context.isSafe) {
        replace(text, 0, Naming::Credential, context);
        return true;
    }
    for (const Found& each : found)
        tell(view.substr(each.begin, each.end - each.begin), Naming::Credential);
    text = withMarks(text, found);
    return true;
}

/// A copy of an object, or any other JSON, as a text.
bool ObjectRedaction::jsonText(std::string& text, const Context& context)
{
    constexpr std::size_t Longest = 4U << 20; // an APIServer takes less; eight times as much memory is used for it
    const std::string_view inner = trimmed(text);
    if (inner.size() < 8 || inner.size() > Longest || context.depth >= DeepestDecoding ||
        !((inner.front() == '{' && inner.back() == '}') || (inner.front() == '[' && inner.back() == ']')))
        return false;
    auto json = kube::parseJson(QByteArray(inner.data(), static_cast<qsizetype>(inner.size())));
    if (!json || !json->is_structured())
        return false;
    Context within = context;
    within.inherited = Naming::Nothing;
    within.isSafe = false;
    ++within.depth;
    ++m_within;
    const bool changed = walk(*json, within);
    --m_within;
    if (!changed)
        return false;
    const bool isIndented = inner.substr(0, 3).find('\n') != inner.npos;
    const std::string tail = text.ends_with('\n') ? "\n" : "";
    text = json->dump(isIndented ? 2 : -1, ' ', false, Json::error_handler_t::replace) + tail;
    return true;
}

bool ObjectRedaction::base64Text(std::string& text, const Context& context)
{
    constexpr std::size_t Shortest = 16;
    if (text.size() < Shortest || context.depth >= DeepestDecoding)
        return false;
    const bool isReadable = mayHoldText(text);
    if (!isReadable && !mayHoldOpaque(text))
        return false;
    const auto decoded = decodedBase64(text);
    if (!decoded || decoded->empty())
        return false;
    bool isSecretText = isOpaque(*decoded);
    if (!isSecretText && isReadable && isText(*decoded) && !isMark(*decoded)) {
        static const std::string Unnamed;
        Context within = context;
        within.isSafe = false;
        ++within.depth;
        std::string copy = *decoded;
        const Tell tell = m_tell;
        m_tell = [&tell](const Replaced& inner) { tell({QString(), inner.original, inner.naming}); };
        ++m_within;
        isSecretText = this->text(copy, Naming::Nothing, Where::Field, Unnamed, within);
        --m_within;
        m_tell = tell;
    }
    if (!isSecretText)
        return false;
    tell(*decoded, Naming::Credential);
    text = context.isSafe ? mark(decoded->size(), Mark::Safe) : toBase64(mark(decoded->size()));
    return true;
}

void ObjectRedaction::replace(std::string& text, std::size_t begin, Naming naming, const Context& context)
{
    const std::string_view original = std::string_view(text).substr(begin);
    tell(original, naming);
    if (context.isSafe && begin > 0)
        text = mark(text.size(), Mark::Safe);
    else
        text.replace(begin, text.npos, mark(original.size(), context.isSafe ? Mark::Safe : Mark::Plain));
}

void ObjectRedaction::tell(std::string_view original, Naming naming) const
{
    QString path = m_root;
    for (const std::string* key : m_path) {
        if (!key) {
            path += QLatin1String("[]");
            continue;
        }
        if (!path.isEmpty())
            path += QLatin1Char('.');
        path += QString::fromStdString(*key);
        if (isMap(*key, key == m_path.front() && m_root != Answer))
            break;
    }
    m_tell({path, std::string(original), naming});
}

} // namespace snapshot
