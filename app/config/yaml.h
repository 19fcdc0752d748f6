#pragma once
// YAML as Kubernetes' own tools read it: sigs.k8s.io/yaml over go.yaml.in/yaml/v2. That is YAML 1.1 scalars (`no` is a
// boolean, `1e3` a number, a date is text), merge keys, the last of two equal keys, and the first document of a file.
// A tree with bounds: nothing in a file makes it larger or deeper than YamlLimits, aliases counted each time they are
// used.

#include "app/base/result.h"

#include <QByteArray>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace config {

struct YamlLimits {
    qint64 bytes = 4LL << 20;
    std::size_t nodes = 1'000'000; ///< with aliases expanded
    int depth = 256;
};

struct YamlNode {
    enum class Kind { Null, Bool, Number, String, Sequence, Mapping };
    Kind kind = Kind::Null;
    bool truth = false;                 ///< of a Bool
    std::size_t offset = 0;             ///< where it begins, in bytes of the document's source
    std::string text;                   ///< UTF-8; of a String its value, of a Number how it is written
    std::vector<const YamlNode*> items; ///< of a Sequence
    std::vector<std::pair<std::string, const YamlNode*>> entries; ///< of a Mapping; each key once, merge keys resolved

    /// The value of a mapping's key; nullptr when there is none.
    const YamlNode* find(std::string_view key) const;
};

/// Where something stands: both count from 1, columns in characters.
struct YamlPlace {
    int line = 1;
    int column = 1;
};

/// What a reader of the file may not expect: "duplicateKey" (the last one is used; `detail` is the key),
/// "moreDocuments" (only the first is read).
struct YamlNote {
    QString id;
    QString detail;
    YamlPlace place;
};

/// Owns its nodes; they stay where they are when the document is moved.
struct YamlDocument {
    YamlDocument() = default;
    YamlDocument(YamlDocument&&) = default;
    YamlDocument& operator=(YamlDocument&&) = default;

    std::deque<YamlNode> nodes;
    const YamlNode* root = nullptr; ///< never null; of kind Null for an empty file
    std::vector<YamlNote> notes;
    std::string source; ///< UTF-8, without a byte order mark

    YamlPlace placeOf(std::size_t offset) const;
};

/// Error{BadConfig} about a place: `reason` is the id, `said` "line 3, column 5: …", and causes[0] has the same in
/// parts: its `field` is "3:5", its `message` the words alone.
base::Error yamlError(const QString& reason, YamlPlace place, const QString& words);

/// UTF-8, or UTF-16 with a byte order mark. Error{BadConfig} "textInvalid" or "yamlInvalid"; Error{Limit}
/// "fileTooLarge", "yamlTooLarge" or "yamlTooDeep".
base::Result<YamlDocument> parseYaml(const QByteArray& text, const YamlLimits& limits = {});

} // namespace config
