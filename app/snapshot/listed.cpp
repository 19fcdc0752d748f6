#include "app/snapshot/listed.h"

#include "app/base/visible.h"
#include "app/kube/itemsplitter.h"
#include "app/snapshot/archive.h"

#include <QDir>
#include <simdjson.h>

namespace snapshot {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t MostItems = 2'000'000;
constexpr qsizetype MostInMemory = 1 << 20;

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

simdjson::error_code readNames(ondemand::object metadata, Listed::Item& item)
{
    for (auto field : metadata) {
        std::string_view key;
        std::string_view value;
        if (auto error = field.unescaped_key().get(key))
            return error;
        QByteArray* into = key == "name"        ? &item.name
                           : key == "namespace" ? &item.nameSpace
                           : key == "uid"       ? &item.uid
                                                : nullptr;
        if (into && !field.value().get_string().get(value))
            *into = bytes(value);
    }
    return simdjson::SUCCESS;
}

tl::unexpected<base::Error> failed(const QString& said)
{
    return base::failure({.kind = base::ErrorKind::BadConfig,
                          .reason = QStringLiteral("fileUnwritable"),
                          .said = base::visible(said),
                          .ofWhom = base::visible(QDir::tempPath())});
}

} // namespace

base::Result<void> Listed::keep()
{
    if (!m_file) {
        m_file = std::make_unique<QTemporaryFile>(QDir::temp().filePath(QStringLiteral("alidade-XXXXXX.list")));
        if (!m_file->open())
            return failed(m_file->errorString());
    }
    if (m_file->write(m_memory) != m_memory.size())
        return failed(m_file->errorString());
    m_memory.resize(0);
    return {};
}

base::Result<void> Listed::add(std::string_view json, std::size_t readable, Of what)
{
    if (m_items.size() >= MostItems)
        return base::failure({.kind = base::ErrorKind::Limit,
                              .reason = QStringLiteral("entryTooLong"),
                              .said = QString::number(MostItems)});
    Item item{.begin = (m_file ? m_file->pos() : 0) + m_memory.size(), .length = static_cast<qint64>(json.size())};
    ondemand::parser parser;
    ondemand::document document;
    ondemand::object metadata;
    auto error = parser.iterate(simdjson::padded_string_view(json.data(), json.size(), readable)).get(document);
    if (!error)
        error = what == Of::Items ? document["metadata"].get_object().get(metadata)
                                  : document["object"]["metadata"].get_object().get(metadata);
    if (!error)
        error = readNames(metadata, item);
    if (error)
        return base::failure({.kind = base::ErrorKind::BadAnswer,
                              .reason = QStringLiteral("listMalformed"),
                              .said = QString::fromUtf8(simdjson::error_message(error))});
    m_memory.append(json.data(), static_cast<qsizetype>(json.size()));
    m_names.insert({item.nameSpace, item.name}, m_items.size());
    if (!item.uid.isEmpty())
        m_uids.insert(item.uid, m_items.size());
    m_items.push_back(std::move(item));
    return m_memory.size() > MostInMemory ? keep() : base::Result<void>();
}

base::Result<std::shared_ptr<const Listed>> Listed::read(const ArchiveReader& archive, const QByteArray& name, Of what,
                                                         qint64 most)
{
    const std::shared_ptr<Listed> listed(new Listed);
    kube::ItemSplitter splitter(what == Of::Items ? "items" : "rows");
    const auto item = [&](std::string_view json, std::size_t readable) { return listed->add(json, readable, what); };
    auto unpacked = archive.read(name, most, [&](QByteArrayView part) { return splitter.take(part, item); });
    if (!unpacked)
        return base::failure(unpacked.error());
    auto rest = splitter.finish();
    if (!rest)
        return base::failure(rest.error());
    listed->m_rest = std::move(*rest);
    if (!listed->m_file) {
        listed->m_bytes = listed->m_memory.constData();
        return listed;
    }
    if (auto kept = listed->keep(); !kept)
        return base::failure(kept.error());
    listed->m_memory = {};
    if (!listed->m_file->flush())
        return failed(listed->m_file->errorString());
    listed->m_bytes = reinterpret_cast<const char*>(listed->m_file->map(0, listed->m_file->size()));
    if (!listed->m_bytes)
        return failed(listed->m_file->errorString());
    return listed;
}

const Listed::Item* Listed::find(const QByteArray& nameSpace, const QByteArray& name) const
{
    const auto found = m_names.constFind({nameSpace, name});
    return found == m_names.constEnd() ? nullptr : &m_items[*found];
}

const Listed::Item* Listed::findUid(const QByteArray& uid) const
{
    const auto found = m_uids.constFind(uid);
    return found == m_uids.constEnd() ? nullptr : &m_items[*found];
}

} // namespace snapshot
