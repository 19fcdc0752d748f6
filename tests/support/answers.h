#pragma once
// A fake APIServer of a few recorded answers by path; what it does not know is not served.

#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/served.h"

#include <map>

namespace support {

class Answers {
public:
    void serve(const QByteArray& path, const QByteArray& body) { m_answers[path] = {200, body}; }
    /// A recorded answer of tests/fixtures.
    void serveFixture(const QByteArray& path, const QString& file) { serve(path, fixture(file)); }
    void refuse(const QByteArray& path, int status, const QByteArray& reason)
    {
        m_answers[path] = {status, statusJson(status, reason)};
    }

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request) const
    {
        const auto found = m_answers.find(request.path);
        if (found == m_answers.end())
            return reply(404, statusJson(404, "NotFound"));
        return reply(found->second.first, found->second.second);
    }

private:
    std::map<QByteArray, std::pair<int, QByteArray>> m_answers;
};

} // namespace support
