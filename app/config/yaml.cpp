#include "app/config/yaml.h"

#include "app/base/visible.h"
#include "app/config/yamlbuilder.h"
#include "app/config/yamltext.h"

#include <algorithm>
#include <sstream>
#include <utility>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace config {
namespace {

/// Looks whether a document has anything in it.
class Glance final : public YAML::EventHandler {
public:
    struct Something {};
    void OnDocumentStart(const YAML::Mark& mark) override
    {
        // The parser makes an empty document of a token that begins none, and stays before it.
        if (std::exchange(m_start, mark.pos) == mark.pos)
            throw Something{};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override { throw Something{}; }
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override
    {
        throw Something{};
    }
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        throw Something{};
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        throw Something{};
    }
    void OnMapEnd() override {}

private:
    int m_start = -1;
};

/// Says whether something follows the first document. It may be anything, YAML or not: it is not read.
bool hasMore(YAML::Parser& parser)
{
    Glance glance;
    try {
        while (parser.HandleNextDocument(glance)) {
        }
    } catch (const Glance::Something&) {
        return true;
    } catch (const YAML::Exception&) {
        return true;
    }
    return false;
}

void read(YamlDocument& document, const YamlLimits& limits)
{
    std::istringstream stream(document.source);
    YamlBuilder builder(document, limits);
    bool more = false;
    try {
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        more = hasMore(parser);
    } catch (const YAML::Exception& error) {
        // The parser looks ahead, so what comes after the document may break it, too.
        if (!builder.isEnded())
            throw YamlStop{QStringLiteral("yamlInvalid"), static_cast<std::size_t>(std::max(error.mark.pos, 0)),
                           error.msg};
        more = true;
    }
    if (const auto scalar = builder.lastScalar(); scalar && !isQuoteClosed(document.source, *scalar))
        throw YamlStop{QStringLiteral("yamlInvalid"), *scalar, "the quoted text does not end"};
    if (!document.root && hasContent(document.source))
        throw YamlStop{QStringLiteral("yamlInvalid"), 0, "there is no document in it"};
    if (!document.root)
        document.root = &document.nodes.emplace_back();
    if (!more)
        return;
    const auto separator = findSeparator(document.source, builder.lastOffset());
    if (!separator)
        throw YamlStop{QStringLiteral("yamlInvalid"), builder.lastOffset(),
                       "something stands after the end of the document"};
    document.notes.push_back({QStringLiteral("moreDocuments"), {}, document.placeOf(*separator)});
}

} // namespace

const YamlNode* YamlNode::find(std::string_view key) const
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [key](const auto& entry) { return entry.first == key; });
    return found == entries.end() ? nullptr : found->second;
}

YamlPlace YamlDocument::placeOf(std::size_t offset) const
{
    return placeIn(source, offset);
}

base::Error yamlError(const QString& reason, YamlPlace place, const QString& words)
{
    base::Error error{.kind = base::ErrorKind::BadConfig, .reason = reason};
    error.said = QStringLiteral("line %1, column %2: %3").arg(place.line).arg(place.column).arg(words);
    error.causes.push_back({reason, words, QStringLiteral("%1:%2").arg(place.line).arg(place.column)});
    return error;
}

base::Result<YamlDocument> parseYaml(const QByteArray& text, const YamlLimits& limits)
{
    if (text.size() > limits.bytes)
        return base::failure({.kind = base::ErrorKind::BadConfig,
                              .reason = QStringLiteral("fileTooLarge"),
                              .said = QStringLiteral("more than %1 bytes").arg(limits.bytes)});
    YamlDocument document;
    try {
        auto source = decodeText(text);
        if (!source)
            return base::failure(source.error());
        document.source = std::move(*source);
        // The parser keeps all tokens of a line until it knows whether a flow collection on it is a key: without this
        // bound 4 MiB of brackets take a gigabyte before its first event.
        const auto flow = std::count_if(document.source.begin(), document.source.end(),
                                        [](char c) { return c == ',' || c == '[' || c == '{'; });
        if (static_cast<std::size_t>(flow) > limits.nodes)
            tooLarge(0, limits.nodes);
        read(document, limits);
        return document;
    } catch (const YamlStop& stop) {
        return base::failure(yamlError(stop.reason, document.placeOf(stop.offset), base::visible(stop.words)));
    } catch (const std::exception& error) {
        return base::failure(
            yamlError(QStringLiteral("yamlInvalid"), {}, base::visible(std::string_view(error.what()))));
    }
}

} // namespace config
