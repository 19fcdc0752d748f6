#include "app/kube/framesplitter.h"

#include "app/kube/bracketscan.h"

#include <cstring>

namespace kube {

namespace {

std::string_view withoutBlanks(std::string_view line)
{
    constexpr std::string_view Blanks = " \t\r";
    const std::size_t first = line.find_first_not_of(Blanks);
    return first == std::string_view::npos ? std::string_view()
                                           : line.substr(first, line.find_last_not_of(Blanks) - first + 1);
}

tl::unexpected<base::Error> malformed()
{
    return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("frameMalformed")});
}

tl::unexpected<base::Error> tooMuch(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::Limit, .reason = reason});
}

} // namespace

base::Result<void> FrameSplitter::commit(std::size_t count, const JsonFunction& frame)
{
    if (!m_failure) {
        m_buffer.filled(count);
        if (const auto done = split(frame); !done)
            m_failure = done.error();
    }
    if (!m_failure)
        return {};
    m_buffer.clear();
    return base::failure(*m_failure);
}

base::Result<void> FrameSplitter::split(const JsonFunction& frame)
{
    const char* begin = m_buffer.kept();
    const char* unseen = m_buffer.unseen();
    const char* const end = m_buffer.end();
    while (unseen != end) {
        const void* found = std::memchr(unseen, '\n', static_cast<std::size_t>(end - unseen));
        const char* const lineEnd = found != nullptr ? static_cast<const char*>(found) : end;
        if (static_cast<std::size_t>(lineEnd - begin) > LongestFrame)
            return tooMuch(QStringLiteral("frameTooLong"));
        unseen = lineEnd;
        if (found == nullptr)
            break;
        if (auto taken = takeLine({begin, static_cast<std::size_t>(lineEnd - begin)}, frame); !taken)
            return taken;
        begin = ++unseen;
    }
    m_buffer.keep(begin, unseen);
    return {};
}

base::Result<void> FrameSplitter::takeLine(std::string_view line, const JsonFunction& frame)
{
    const std::string_view json = withoutBlanks(line);
    if (json.empty())
        return {};
    if (json.front() != '{' || json.back() != '}')
        return malformed();
    BracketScan scan;
    scan.begin(0);
    const char* at = json.data();
    const char* const end = at + json.size();
    switch (scan.scan(at, end)) {
    case BracketScan::Found::TooDeep:
        return tooMuch(QStringLiteral("jsonTooDeep"));
    case BracketScan::Found::Nothing:
        return malformed();
    case BracketScan::Found::End:
        break;
    }
    return at == end ? frame(json, m_buffer.readableFrom(json.data())) : malformed();
}

} // namespace kube
