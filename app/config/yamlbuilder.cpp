#include "app/config/yamlbuilder.h"

#include "app/base/visible.h"
#include "app/config/yamlscalar.h"

#include <algorithm>

namespace config {
namespace {

using Kind = YamlNode::Kind;

constexpr std::size_t MostNotes = 20;

std::size_t offsetOf(const YAML::Mark& mark)
{
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

[[noreturn]] void invalid(std::size_t offset, std::string words)
{
    throw YamlStop{QStringLiteral("yamlInvalid"), offset, std::move(words)};
}

[[noreturn]] void tooDeep(std::size_t offset, int depth)
{
    throw YamlStop{QStringLiteral("yamlTooDeep"), offset, "nested deeper than " + std::to_string(depth)};
}

} // namespace

void tooLarge(std::size_t offset, std::size_t most)
{
    throw YamlStop{QStringLiteral("yamlTooLarge"), offset, "more than " + std::to_string(most) + " values"};
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    addScalar(mark, "?", anchor, {});
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value)
{
    addScalar(mark, tag, anchor, value);
    m_lastScalar = offsetOf(mark);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    m_lastOffset = offsetOf(mark);
    const auto found = m_anchors.find(anchor);
    if (found == m_anchors.end() || !found->second.node)
        invalid(m_lastOffset, "an anchor's value holds the anchor itself");
    complete(found->second, m_lastOffset, false);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value)
{
    open(mark, Kind::Sequence, anchor);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value)
{
    open(mark, Kind::Mapping, anchor);
}

YamlNode& YamlBuilder::create(const YAML::Mark& mark)
{
    m_lastOffset = offsetOf(mark);
    YamlNode& node = m_document.nodes.emplace_back();
    node.offset = m_lastOffset;
    return node;
}

void YamlBuilder::addScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                            const std::string& value)
{
    YamlNode& node = create(mark);
    if (auto words = resolveScalar(tag, value, node); !words.empty())
        invalid(node.offset, std::move(words));
    if (anchor != YAML::NullAnchor)
        m_anchors[anchor] = {&node};
    const bool isMerge = value == "<<" && (tag == "?" || tag == "tag:yaml.org,2002:merge");
    complete({&node}, node.offset, isMerge);
}

void YamlBuilder::open(const YAML::Mark& mark, Kind kind, YAML::anchor_t anchor)
{
    YamlNode& node = create(mark);
    node.kind = kind;
    if (anchor != YAML::NullAnchor)
        m_anchors[anchor] = {};
    if (static_cast<int>(m_frames.size()) >= m_limits.depth)
        tooDeep(node.offset, m_limits.depth);
    Frame& frame = m_frames.emplace_back();
    frame.node = &node;
    frame.anchor = anchor;
}

void YamlBuilder::close()
{
    const Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    const Weighed weighed{frame.node, frame.weight, frame.height};
    if (frame.anchor != YAML::NullAnchor)
        m_anchors[frame.anchor] = weighed;
    complete(weighed, frame.node->offset, false);
}

void YamlBuilder::complete(const Weighed& child, std::size_t offset, bool isMerge)
{
    if (m_frames.empty()) {
        m_document.root = child.node;
        return;
    }
    Frame& frame = m_frames.back();
    addWeight(frame, child.weight, offset);
    frame.height = std::max(frame.height, child.height + 1);
    if (static_cast<int>(m_frames.size()) + child.height > m_limits.depth + 1)
        tooDeep(offset, m_limits.depth);
    if (frame.node->kind == Kind::Sequence)
        frame.node->items.push_back(child.node);
    else if (!frame.hasKey)
        takeKey(frame, *child.node, offset, isMerge);
    else
        takeValue(frame, *child.node);
}

void YamlBuilder::addWeight(Frame& frame, std::size_t weight, std::size_t offset) const
{
    frame.weight += weight;
    if (frame.weight > m_limits.nodes)
        tooLarge(offset, m_limits.nodes);
}

void YamlBuilder::takeKey(Frame& frame, const YamlNode& node, std::size_t offset, bool isMerge)
{
    frame.hasKey = true;
    frame.isMerge = isMerge;
    frame.keyOffset = offset;
    switch (node.kind) {
    case Kind::String:
    case Kind::Number:
        frame.key = node.text;
        return;
    case Kind::Bool:
        frame.key = node.truth ? "true" : "false";
        return;
    case Kind::Null:
    case Kind::Sequence:
    case Kind::Mapping:
        break;
    }
    invalid(offset, "only text, a number or a boolean can be a key");
}

void YamlBuilder::takeValue(Frame& frame, const YamlNode& value)
{
    frame.hasKey = false;
    if (!frame.isMerge) {
        put(frame, frame.key, &value, true);
        return;
    }
    std::vector<const YamlNode*> sources{&value};
    if (value.kind == Kind::Sequence)
        sources.assign(value.items.rbegin(), value.items.rend()); // the first of a list goes before the others
    for (const YamlNode* source : sources) {
        if (source->kind != Kind::Mapping)
            invalid(frame.keyOffset, "only mappings can be merged");
        for (const auto& [key, merged] : source->entries) {
            addWeight(frame, 1, frame.keyOffset);
            put(frame, key, merged, false);
        }
    }
}

void YamlBuilder::put(Frame& frame, const std::string& key, const YamlNode* value, bool own)
{
    const auto [found, isNew] = frame.places.try_emplace(key, Place{frame.node->entries.size(), own});
    if (isNew) {
        frame.node->entries.emplace_back(key, value);
        return;
    }
    auto& place = found->second;
    if (own && place.own && m_document.notes.size() < MostNotes)
        m_document.notes.push_back(
            {QStringLiteral("duplicateKey"), base::visible(key), m_document.placeOf(frame.keyOffset)});
    place.own = place.own || own;
    frame.node->entries[place.index].second = value;
}

} // namespace config
