#pragma once
// Secrets in JSON: objects of any kind and the texts within them.

#include "app/kube/json.h"
#include "app/snapshot/redactiontext.h"

#include <QString>
#include <functional>
#include <string>
#include <vector>

namespace snapshot {

/// What a walk tells of each replacement.
struct Replaced {
    QString path; ///< "Pod.spec.containers[].env[].value"; empty for what stands in something replaced whole
    std::string original;
    Naming naming = Naming::Credential;
};

/// One object at a time; the JSON is at most 256 deep (kube::parseJson).
class ObjectRedaction {
public:
    using Tell = std::function<void(const Replaced& replaced)>;

    ObjectRedaction(Knowledge& knowledge, Tell tell) : m_knowledge(knowledge), m_tell(std::move(tell)) {}

    /// An object of that kind, where it does not say so itself. True when something was replaced.
    bool object(kube::Json& object, const QString& apiVersion, const QString& kind);
    /// Any JSON; paths begin with "answer".
    bool any(kube::Json& json);
    /// A single value that is called so.
    bool value(kube::Json& value, const std::string& calledSo, const QString& path);

private:
    struct Context {
        Naming inherited = Naming::Nothing; ///< of the field in which this stands
        bool isPlatform = false;            ///< of tkestack.io
        bool isSafe = false;                ///< takes only Mark::Safe
        int depth = 0;                      ///< of texts within texts
    };

    bool walk(kube::Json& json, const Context& context);
    bool members(kube::Json& object, Context context);
    bool member(const std::string& key, kube::Json& value, Naming naming, Where where, const Context& context);
    bool secretData(kube::Json& data, bool isBase64);
    bool arguments(const std::vector<std::string*>& arguments, const Context& context);
    bool text(std::string& text, Naming naming, Where where, const std::string& key, const Context& context);
    bool jsonText(std::string& text, const Context& context);
    bool base64Text(std::string& text, const Context& context);
    void replace(std::string& text, std::size_t begin, Naming naming, const Context& context);
    void tell(std::string_view original, Naming naming) const;

    Knowledge& m_knowledge;
    Tell m_tell;
    QString m_root;
    std::vector<const std::string*> m_path; ///< null for the elements of an array
    int m_within = 0;                       ///< texts: what is in them goes by the path of the text
};

} // namespace snapshot
