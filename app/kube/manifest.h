#pragma once
// Manifests: objects as people write them, in YAML or JSON, several to a file, with the place of each field, so that
// what a server says about a field can be shown at its line. Documents are told apart as kubectl does: by lines of
// three dashes (k8s.io/apimachinery/pkg/util/yaml/decoder.go); a List counts as its items.

#include "app/config/yaml.h"
#include "app/kube/json.h"

#include <memory>

namespace kube {

/// One object of a file. A value; copies share the text.
class Manifest {
public:
    const Json& object() const { return m_object; }
    /// What the text stands for where that is not what it says (see unmasked() in secrets.h); places stay.
    void setObject(Json object) { m_object = std::move(object); }
    /// Where the object begins in the file.
    config::YamlPlace place() const;
    /// Where a field stands, as servers name fields: "spec.template.spec.containers[0].image",
    /// "metadata.labels[app.kubernetes.io/name]". The nearest field around it where it is not there.
    config::YamlPlace placeOf(const QString& field) const;

private:
    friend base::Result<std::vector<Manifest>> parseManifests(const QByteArray& text);
    std::shared_ptr<const config::YamlDocument> m_document;
    const config::YamlNode* m_root = nullptr;
    int m_linesBefore = 0;
    Json m_object;
};

/// The objects of a file; none for one that is empty. What is wrong is told as config::yamlError() does, with lines of
/// the whole file: Error{BadConfig} "yamlInvalid", "textInvalid", "duplicateKey" (kubectl would use the last of the two
/// in silence), "manifestNoObject" (a document that is no mapping), "manifestIncomplete" (apiVersion, kind or
/// metadata.name is missing; `causes[0].message` is the field); Error{Limit} as parseYaml().
base::Result<std::vector<Manifest>> parseManifests(const QByteArray& text);

/// The fields that a refusal names: a Status' causes, or the words of strict decoding ("unknown field \"spec.foo\"").
struct FieldProblem {
    QString field;
    QString message; ///< the server's words about it, made visible
    bool operator==(const FieldProblem&) const = default;
};
std::vector<FieldProblem> fieldProblems(const base::Error& error);

} // namespace kube
