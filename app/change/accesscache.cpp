#include "app/change/accesscache.h"

namespace change {

std::optional<bool> AccessCache::mayI(const kube::AccessQuestion& question)
{
    const QString key =
        QStringList{question.verb, question.group, question.resource, question.nameSpace, question.name}.join(
            QLatin1Char('\n'));
    const auto [answer, isNew] = m_answers.try_emplace(key);
    if (!isNew)
        return answer->second;
    m_calls.follow(kube::mayI(m_client, question), [this, key](const base::Result<bool>& may) {
        if (!may)
            return;
        m_answers[key] = *may;
        emit changed();
    });
    return std::nullopt;
}

} // namespace change
