#include "app/change/accesscache.h"

namespace change {

AccessCache::~AccessCache()
{
    for (const auto& cancel : m_cancels)
        cancel();
}

std::optional<bool> AccessCache::mayI(const kube::AccessQuestion& question)
{
    const QString key =
        QStringList{question.verb, question.group, question.resource, question.nameSpace, question.name}.join(
            QLatin1Char('\n'));
    const auto [answer, isNew] = m_answers.try_emplace(key);
    if (!isNew)
        return answer->second;
    auto call = kube::mayI(m_client, question);
    m_cancels.push_back(call.cancel);
    call.future.then(this, [this, key](const base::Result<bool>& may) {
        if (!may)
            return;
        m_answers[key] = *may;
        emit changed();
    });
    return std::nullopt;
}

} // namespace change
