#include "app/kube/secrets.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kube {
namespace {

using Pointer = Json::json_pointer;

constexpr auto LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
constexpr std::string_view MaskBegin = "<hidden ";

/// What secrets are called in the groups of tkestack.io: ClusterMachine and MachineSpec (password, privateKey,
/// passPhrase), ClusterCredential, PersistentEvent's es.password (api/platform/v1/types.go), and those of auth
/// (api/auth/v1/types.go: LocalIdentity, APIKey, Client, IdentityProvider), of notify (api/notify/v1/types.go: appKey
/// of ChannelTencentCloudSMS, appSecret of ChannelWechat), and the key that a business namespace was signed for its
/// user (api/business/v1/types.go: NamespaceCertificate).
constexpr std::array<std::string_view, 20> Names{
    "password",         "privateKey",       "passPhrase", "caKey",        "clientKey",
    "etcdCAKey",        "etcdAPIClientKey", "token",      "refreshToken", "bootstrapToken",
    "certificateKey",   "apiKey",           "secret",     "signingKey",   "hashedPassword",
    "originalPassword", "config",           "keyPem",     "appKey",       "appSecret"};

struct Place {
    Pointer pointer;
    bool isBase64 = false;
};

enum class Holds { Nothing, Data, NamedFields };

Holds holdingOf(const Json& object)
{
    const QString kind = rawText(object, {"kind"});
    if (kind == QLatin1String("Secret"))
        return Holds::Data;
    if (kind == QLatin1String("ConfigMap"))
        return rawText(object, {"metadata", "name"}) == QLatin1String("fluentd-config") ? Holds::Data : Holds::Nothing;
    return hasSecretFields(rawText(object, {"apiVersion"})) ? Holds::NamedFields : Holds::Nothing;
}

void addHeaders(const Json& headers, const Pointer& at, std::vector<Place>& places)
{
    for (const auto& [name, value] : headers.items())
        if (value.is_string() && !value.get_ref<const std::string&>().empty())
            places.push_back({at / name, false});
}

void addNamed(const Json& value, const Pointer& at, int depth, std::vector<Place>& places)
{
    constexpr int Deepest = 64; // parseJson() lets deeper ones in, TKEStack has none
    if (depth > Deepest)
        return;
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            addNamed(value[i], at / i, depth + 1, places);
    } else if (value.is_object()) {
        for (const auto& [key, each] : value.items()) {
            if (isSecretField(key, each))
                places.push_back({at / key, false});
            else if (key == "headers" && each.is_object()) // of a notification's webhook: a login stands there
                addHeaders(each, at / key, places);
            else
                addNamed(each, at / key, depth + 1, places);
        }
    }
}

/// Where its secret values stand, in the order of the object.
std::vector<Place> placesIn(const Json& object)
{
    std::vector<Place> places;
    const Holds holds = holdingOf(object);
    if (holds == Holds::Nothing)
        return places;
    for (const auto& [key, value] : object.items()) {
        const Pointer here = Pointer() / key;
        if (holds == Holds::Data && (key == "data" || key == "stringData" || key == "binaryData") &&
            value.is_object()) {
            const bool isBase64 =
                key == "binaryData" || (key == "data" && rawText(object, {"kind"}) == QLatin1String("Secret"));
            for (const auto& [name, each] : value.items())
                places.push_back({here / name, isBase64});
        }
        if (holds == Holds::NamedFields && key != "metadata") {
            if (isSecretField(key, value))
                places.push_back({here, false});
            else
                addNamed(value, here, 0, places);
        }
    }
    const Pointer applied = Pointer("/metadata/annotations") / LastApplied;
    if (!at(object, {"metadata", "annotations", LastApplied}).is_null())
        places.push_back({applied, false});
    return places;
}

std::string sizeOf(const Json& value, bool isBase64)
{
    const std::size_t length = value.is_string() ? value.get_ref<const std::string&>().size() : 0;
    return std::to_string(isBase64 ? length * 3 / 4 : length) + " bytes>";
}

Json masked(Json object, const std::vector<Place>& places)
{
    for (const Place& place : places) {
        Json& value = object[place.pointer];
        value = "<" + sizeOf(value, place.isBase64);
    }
    return object;
}

/// The number in a mask of maskedForEditing(); nothing for any other text.
std::optional<std::size_t> numberIn(std::string_view text)
{
    if (!text.starts_with(MaskBegin) || !text.ends_with('>'))
        return std::nullopt;
    text.remove_prefix(MaskBegin.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end != text.data() && *end == ',' ? std::optional(number) : std::nullopt;
}

/// Puts the values back; the first mask that stands for none.
std::optional<std::string> unmask(Json& value, const std::vector<const Json*>& values)
{
    if (value.is_string()) {
        const auto number = numberIn(value.get_ref<const std::string&>());
        if (!number)
            return std::nullopt;
        if (*number == 0 || *number > values.size())
            return value.get<std::string>();
        value = *values[*number - 1];
        return std::nullopt;
    }
    if (value.is_structured())
        for (Json& each : value)
            if (auto unknown = unmask(each, values))
                return unknown;
    return std::nullopt;
}

} // namespace

bool hasSecretFields(const QString& apiVersion)
{
    return apiVersion.section(QLatin1Char('/'), 0, 0).endsWith(QLatin1String(".tkestack.io"));
}

/// "config" is a text with a login in an IdentityProvider, and a structure without one in other kinds.
bool isSecretField(std::string_view key, const Json& value)
{
    return value.is_string() && !value.get_ref<const std::string&>().empty() &&
           std::ranges::find(Names, key) != Names.end();
}

Json withoutSecrets(Json object)
{
    const std::vector<Place> places = placesIn(object);
    return masked(std::move(object), places);
}

std::pair<Json, Json> withoutSecrets(const Json& before, const Json& after)
{
    const std::vector<Place> places = placesIn(before);
    std::pair<Json, Json> sides{masked(before, places), withoutSecrets(after)};
    for (const Place& place : places) {
        if (!after.contains(place.pointer) || before[place.pointer] == after[place.pointer])
            continue;
        for (auto& [side, word] :
             {std::pair<Json*, const char*>{&sides.first, ", before>"}, {&sides.second, ", after>"}})
            if (std::string text =
                    (*side)[place.pointer].is_string() ? (*side)[place.pointer].get<std::string>() : std::string();
                text.ends_with(" bytes>")) {
                text.replace(text.size() - 1, 1, word);
                (*side)[place.pointer] = std::move(text);
            }
    }
    return sides;
}

Json withoutSecrets(Json part, const QString& apiVersion, const QString& kind, const QString& name)
{
    if (!part.is_object())
        return part;
    Json whole = part;
    whole["apiVersion"] = apiVersion.toStdString();
    whole["kind"] = kind.toStdString();
    if (!whole.contains("metadata") || !whole["metadata"].is_object())
        whole["metadata"] = Json::object();
    whole["metadata"]["name"] = name.toStdString();
    const std::vector<Place> places = placesIn(whole);
    return masked(std::move(part), places);
}

Json maskedForEditing(const Json& object)
{
    if (rawText(object, {"kind"}) == QLatin1String("Secret"))
        return object;
    const std::vector<Place> places = placesIn(object);
    Json shown = object;
    std::size_t number = 0;
    for (const Place& place : places) {
        Json& value = shown[place.pointer];
        value = std::string(MaskBegin) + std::to_string(++number) + ", " + sizeOf(value, place.isBase64);
    }
    return shown;
}

base::Result<Json> unmasked(Json edited, const Json& original)
{
    if (rawText(original, {"kind"}) == QLatin1String("Secret"))
        return edited;
    const std::vector<Place> places = placesIn(original);
    if (places.empty())
        return edited;
    std::vector<const Json*> values;
    for (const Place& place : places)
        values.push_back(&original[place.pointer]);
    if (const auto unknown = unmask(edited, values))
        return base::failure({.kind = base::ErrorKind::Invalid,
                              .reason = QStringLiteral("maskUnknown"),
                              .said = base::visible(*unknown)});
    return edited;
}

} // namespace kube
