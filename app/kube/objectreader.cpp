#include "app/kube/itemsplitter.h"
#include "app/kube/json.h"
#include "app/kube/rowreader.h"

namespace kube {
namespace {

namespace ondemand = simdjson::ondemand;

base::Error malformed(const char* reason, simdjson::error_code error)
{
    return {.kind = base::ErrorKind::BadAnswer,
            .reason = QLatin1String(reason),
            .said = QString::fromUtf8(simdjson::error_message(error))};
}

QString textAt(const Json& object, const char* key)
{
    const auto value = object.find(key);
    return value != object.end() && value->is_string() ? QString::fromStdString(value->get_ref<const std::string&>())
                                                       : QString();
}

class ObjectReader final : public RowReader {
public:
    explicit ObjectReader(ObjectKind kind) : m_kind(std::move(kind)) { setColumns(m_kind.columns, m_kind.cells); }

    QByteArray accept() const override { return QByteArrayLiteral("application/json"); }
    bool isStreamed() const override { return true; }

    void beginBody(std::int64_t) override { m_splitter = ItemSplitter{}; }
    std::span<char> space() override { return m_splitter.space(); }
    base::Result<void> commit(std::size_t count) override { return m_splitter.commit(count, m_take); }

    base::Result<ListMeta> endBody() override
    {
        const auto rest = m_splitter.finish();
        if (!rest)
            return base::failure(rest.error());
        const auto list = parseJson(*rest);
        if (!list)
            return base::failure(list.error());
        ListMeta meta;
        const auto metadata = list->find("metadata");
        if (metadata == list->end() || !metadata->is_object())
            return meta;
        meta.resourceVersion = textAt(*metadata, "resourceVersion");
        meta.continueToken = textAt(*metadata, "continue");
        return meta;
    }

    base::Result<QString> readEvent(std::string_view json, std::size_t readable, bool isBookmark) override
    {
        if (!isBookmark) {
            const auto read = readItem(json, readable);
            if (!read)
                return base::failure(read.error());
        }
        return resourceVersion(json, readable);
    }

private:
    base::Result<void> readItem(std::string_view json, std::size_t readable)
    {
        ondemand::document document;
        if (const auto error =
                m_parser.iterate(simdjson::padded_string_view(json.data(), json.size(), readable)).get(document))
            return base::failure(malformed("itemMalformed", error));
        ondemand::object item;
        if (const auto error = document.get_object().get(item))
            return base::failure(malformed("itemMalformed", error));
        builder()->begin();
        if (const auto error = m_kind.project(item, *builder()))
            return base::failure(malformed("itemMalformed", error));
        builder()->commit();
        return {};
    }

    base::Result<QString> resourceVersion(std::string_view json, std::size_t readable)
    {
        ondemand::document document;
        if (const auto error =
                m_parser.iterate(simdjson::padded_string_view(json.data(), json.size(), readable)).get(document))
            return base::failure(malformed("itemMalformed", error));
        std::string_view version;
        if (const auto error = document["metadata"]["resourceVersion"].get_string().get(version))
            return base::failure(malformed("itemMalformed", error));
        return QString::fromUtf8(version.data(), static_cast<qsizetype>(version.size()));
    }

    const ObjectKind m_kind;
    ItemSplitter m_splitter;
    ondemand::parser m_parser;
    const JsonFunction m_take = [this](std::string_view json, std::size_t readable) {
        return readItem(json, readable);
    };
};

} // namespace

std::unique_ptr<RowReader> makeObjectReader(ObjectKind kind)
{
    return std::make_unique<ObjectReader>(std::move(kind));
}

std::unique_ptr<RowReader> makeRowReader(const ApiResource& resource)
{
    if (const ObjectKind* kind = objectKind(resource.group, resource.version, resource.resource))
        return makeObjectReader(*kind);
    return makeTableReader(resource);
}

} // namespace kube
