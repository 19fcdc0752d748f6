#pragma once
// Builds a YamlDocument from yaml-cpp's events, within bounds. Internal to config/.

#include "app/config/yaml.h"

#include <optional>
#include <unordered_map>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

namespace config {

/// Thrown out of the parser by its handler, which has no other way to stop it; caught in parseYaml().
struct YamlStop {
    QString reason;
    std::size_t offset = 0;
    std::string words;
};

[[noreturn]] void tooLarge(std::size_t offset, std::size_t most);

/// What a node weighs (itself and all below it, an alias's target each time it is used) and how deep it goes are known
/// when it closes, so nothing that is too large is ever walked.
class YamlBuilder final : public YAML::EventHandler {
public:
    YamlBuilder(YamlDocument& document, const YamlLimits& limits) : m_document(document), m_limits(limits) {}

    bool isEnded() const { return m_ended; }
    /// Where the last node began.
    std::size_t lastOffset() const { return m_lastOffset; }
    /// Where the last scalar began: only that one can have been cut short.
    std::optional<std::size_t> lastScalar() const { return m_lastScalar; }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override { m_ended = true; }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { close(); }

private:
    struct Weighed {
        const YamlNode* node = nullptr; ///< null while it is open
        std::size_t weight = 1;
        int height = 1;
    };
    struct Place {
        std::size_t index = 0;
        bool own = false; ///< the key stands in the mapping itself and was not merged into it
    };
    struct Frame {
        YamlNode* node = nullptr;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::size_t weight = 1;
        int height = 1;
        bool hasKey = false;
        bool isMerge = false;
        std::string key;
        std::size_t keyOffset = 0;
        std::unordered_map<std::string, Place> places;
    };

    YamlNode& create(const YAML::Mark& mark);
    void addScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value);
    void open(const YAML::Mark& mark, YamlNode::Kind kind, YAML::anchor_t anchor);
    void close();
    /// Hands a node to what it stands in.
    void complete(const Weighed& child, std::size_t offset, bool isMerge);
    void addWeight(Frame& frame, std::size_t weight, std::size_t offset) const;
    static void takeKey(Frame& frame, const YamlNode& node, std::size_t offset, bool isMerge);
    void takeValue(Frame& frame, const YamlNode& value);
    void put(Frame& frame, const std::string& key, const YamlNode* value, bool own);

    YamlDocument& m_document;
    const YamlLimits& m_limits;
    std::vector<Frame> m_frames;
    std::unordered_map<YAML::anchor_t, Weighed> m_anchors;
    std::size_t m_lastOffset = 0;
    std::optional<std::size_t> m_lastScalar;
    bool m_ended = false;
};

} // namespace config
