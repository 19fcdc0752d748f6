#pragma once
// Reads typed values out of a YAML tree with encoding/json's rules: null is the empty value, any other type than the
// one wanted spoils the file. The first thing wrong is kept and everything after it reads as empty. Internal to
// config/.

#include "app/config/yaml.h"

#include <QStringList>
#include <optional>

namespace config {

class Decoder {
public:
    explicit Decoder(const YamlDocument& document) : m_document(document) {}

    const std::optional<base::Error>& error() const { return m_error; }
    void fail(const QString& reason, const YamlNode& at, const QString& words);

    /// `node` may be null, for a key that is not there. `field` names it in an error.
    QString text(const YamlNode* node, const char* field);
    bool truth(const YamlNode* node, const char* field);
    QByteArray bytes(const YamlNode* node, const char* field); ///< from base64
    QStringList texts(const YamlNode* node, const char* field);
    /// The items of a list.
    std::vector<const YamlNode*> list(const YamlNode* node, const char* field);
    /// The mapping itself; nullptr when it is null or absent (or wrong).
    const YamlNode* mapping(const YamlNode* node, const char* field);

private:
    bool is(YamlNode::Kind kind, const YamlNode* node, const char* field);

    const YamlDocument& m_document;
    std::optional<base::Error> m_error;
};

} // namespace config
