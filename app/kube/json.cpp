#include "app/kube/json.h"

namespace kube {
namespace {

constexpr int DeepestNesting = 256;

bool isTooDeep(const QByteArray& text)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DeepestNesting)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

base::Result<Json> parseJson(const QByteArray& text)
{
    if (isTooDeep(text))
        return base::failure({.kind = base::ErrorKind::Limit, .reason = QStringLiteral("jsonTooDeep")});
    try {
        return Json::parse(text.begin(), text.end());
    } catch (const nlohmann::json::exception& problem) {
        return base::failure({.kind = base::ErrorKind::BadAnswer,
                              .reason = QStringLiteral("jsonInvalid"),
                              .said = QString::fromUtf8(problem.what())});
    }
}

QByteArray toBytes(const Json& json)
{
    return QByteArray::fromStdString(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace kube
