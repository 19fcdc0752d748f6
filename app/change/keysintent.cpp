#include "app/change/keysintent.h"

#include "app/base/names.h"
#include "app/base/visible.h"
#include "app/change/fieldpath.h"
#include "app/change/request.h"
#include "app/change/workloadintents.h"
#include "app/kube/jsonread.h"

namespace change {
namespace {

using kube::Json;

constexpr qsizetype MostAnnotations = 256 * 1024;

const char* partOf(KeysOf which)
{
    return which == KeysOf::Labels ? "labels" : "annotations";
}

std::vector<QString> fieldOf(KeysOf which, const QString& key)
{
    return managedNames({"metadata", partOf(which), key.toStdString()});
}

class KeysIntent final : public Intent {
public:
    KeysIntent(Target target, KeysOf which, KeyEdits edits)
        : m_target(std::move(target)),
          m_which(which),
          m_edits(std::move(edits))
    {
    }
    QString id() const override
    {
        return m_which == KeysOf::Labels ? QStringLiteral("label") : QStringLiteral("annotate");
    }
    const Target& target() const override { return m_target; }
    Json touched(const Json& object) const override
    {
        const Json& here = kube::at(object, {"metadata", partOf(m_which)});
        Json values = Json::object();
        for (const auto& [key, value] : m_edits)
            values[key.toStdString()] = kube::at(here, {key.toStdString().c_str()});
        return values;
    }
    Json patch(const Json& live) const override
    {
        const Json has = touched(live);
        Json left = Json::object();
        for (const auto& [key, value] : m_edits) {
            const Json wanted = value ? Json(value->toStdString()) : Json(nullptr);
            if (has[key.toStdString()] != wanted)
                left[key.toStdString()] = wanted;
        }
        if (left.empty())
            return nullptr;
        Json patch;
        patch["metadata"][partOf(m_which)] = std::move(left);
        return patch;
    }
    IntentPtr reversed(const Json& before) const override
    {
        KeyEdits back;
        const Json had = touched(before);
        for (const auto& [key, value] : m_edits) {
            const Json& was = had[key.toStdString()];
            back[key] = was.is_string() ? std::optional(kube::rawText(was)) : std::nullopt;
        }
        return std::make_shared<KeysIntent>(m_target, m_which, std::move(back));
    }
    QStringList kubectl() const override
    {
        QStringList words{id()};
        words += kubectlObject(m_target);
        bool sets = false;
        for (const auto& [key, value] : m_edits) {
            words += value ? key + QLatin1Char('=') + *value : key + QLatin1Char('-');
            sets = sets || value;
        }
        return sets ? words + QStringList{QStringLiteral("--overwrite")} : words;
    }
    std::vector<QString> field() const override
    {
        return m_edits.size() == 1 ? fieldOf(m_which, m_edits.begin()->first) : std::vector<QString>{};
    }
    std::vector<Notice> notices(const Json& live) const override
    {
        std::vector<Notice> notices;
        if (m_edits.size() == 1)
            return notices; // told by field()
        for (const auto& [key, value] : m_edits)
            if (const auto writer = lastWriterOf(live, fieldOf(m_which, key));
                writer && writer->manager != FieldManager)
                notices.push_back({QStringLiteral("otherManager"), writer->manager, base::visible(key)});
        return notices;
    }

private:
    Target m_target;
    KeysOf m_which;
    KeyEdits m_edits;
};

} // namespace

IntentPtr editKeys(const Target& target, KeysOf which, const KeyEdits& edits)
{
    return std::make_shared<KeysIntent>(target, which, edits);
}

std::vector<KeyValue> keysOf(const Json& object, KeysOf which)
{
    std::vector<KeyValue> keys;
    const Json& here = kube::at(object, {"metadata", partOf(which)});
    if (!here.is_object())
        return keys;
    for (const auto& [name, value] : here.items()) {
        const QString key = QString::fromStdString(name);
        const auto writer = lastWriterOf(object, fieldOf(which, key));
        keys.push_back(
            {key, kube::rawText(value), writer && writer->manager != FieldManager ? writer->manager : QString()});
    }
    return keys;
}

QString keyProblem(const QString& key)
{
    if (key.isEmpty())
        return QStringLiteral("keyEmpty");
    const qsizetype slash = key.indexOf(QLatin1Char('/'));
    if (slash >= 0 && !base::isDnsSubdomain(key.left(slash)))
        return QStringLiteral("keyPrefix");
    return base::isNamePart(key.mid(slash + 1)) ? QString() : QStringLiteral("keyName");
}

QString labelValueProblem(const QString& value)
{
    if (value.size() > base::LongestLabel)
        return QStringLiteral("valueLong");
    return base::isLabelValue(value) ? QString() : QStringLiteral("valueInvalid");
}

QString annotationsProblem(const std::map<QString, QString>& all)
{
    qsizetype size = 0;
    for (const auto& [key, value] : all)
        size += key.toUtf8().size() + value.toUtf8().size();
    return size > MostAnnotations ? QStringLiteral("annotationsTooLarge") : QString();
}

} // namespace change
