#pragma once
// One pass over a text for secrets by their form and by the names before them: the work of findSecrets().

#include "app/snapshot/redactiontext.h"

namespace snapshot {

class TextScan {
public:
    TextScan(Knowledge& knowledge, std::string_view text, TextKind kind, int depth);

    std::vector<Found> run();

private:
    /// What follows a name.
    struct Value {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool isQuoted = false;
        std::size_t size() const { return end - begin; }
    };
    struct Name {
        std::size_t begin = 0; ///< after the dashes of a flag
        std::size_t end = 0;
        std::size_t dashes = 0;
        bool isFirst = false; ///< of its line
        bool isQuoted = false;
        bool isQuery = false; ///< of a URL
    };

    static constexpr std::size_t NoLimit = std::string_view::npos;
    /// How far to look where what is looked at may be looked at again.
    static constexpr std::size_t Near = 256;

    char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    std::string_view part(std::size_t begin, std::size_t end) const { return m_text.substr(begin, end - begin); }
    std::size_t lineEnd(std::size_t from) const;
    void add(std::size_t begin, std::size_t end, Mark style = Mark::Plain);

    // Each looks at what begins here, and says where to go on.
    std::size_t word(std::size_t begin);
    std::size_t name(const Name& name);
    std::size_t pem(std::size_t begin);
    std::size_t url(std::size_t begin);
    std::size_t passwordHash(std::size_t begin);
    std::size_t base64(std::size_t begin);
    std::size_t scheme(std::size_t begin, std::size_t end);
    std::size_t cookies(std::size_t begin, bool isFirstOnly);
    std::size_t authorization(std::size_t from);
    std::size_t programFlag(std::size_t begin, std::size_t end);
    std::size_t valueOf(const Name& name, std::size_t from, char separator);
    std::size_t element(const Name& name);
    std::size_t restOfLine(const Name& name, std::size_t from);

    Naming namingOfValue(const Name& name, std::size_t from);
    Value valueFrom(const Name& name, std::size_t from, char separator, std::size_t limit = NoLimit) const;
    bool goesOn(const Value& value) const;
    Value quotedValue(std::size_t from, std::size_t limit = NoLimit) const;
    std::size_t unquotedEnd(std::size_t from, bool isQuery, std::size_t limit = NoLimit) const;
    std::size_t block(const Name& name, std::size_t from);
    std::size_t listBelow(const Name& name, std::size_t from);
    std::size_t indentOf(std::size_t lineBegin) const;
    void connection(std::size_t begin, std::size_t end);
    void login(std::size_t atSign);
    void secretManifests();

    Knowledge& m_knowledge;
    std::string_view m_text;
    TextKind m_kind;
    int m_depth;
    std::vector<Found> m_found;
    bool m_atLineStart = true;
    std::size_t m_lineBegin = 0;
    std::size_t m_base64Until = 0; ///< looked at so far
    std::string_view m_program;
    std::string_view m_entry; ///< of name="…", for the value that follows
    std::size_t m_entryEnd = 0;
};

} // namespace snapshot
