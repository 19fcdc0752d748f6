#pragma once
// Answers to "may I?", each asked once: a menu cannot wait.

#include "app/base/calls.h"
#include "app/kube/access.h"

#include <QObject>
#include <map>

namespace change {

/// Lives in one thread. The client outlives it.
class AccessCache : public QObject {
    Q_OBJECT
public:
    explicit AccessCache(kube::Client client, QObject* parent = nullptr) : QObject(parent), m_client(client) {}

    /// Nothing: not known yet, or nobody can tell. It is asked then, and changed() follows an answer.
    std::optional<bool> mayI(const kube::AccessQuestion& question);

signals:
    void changed();

private:
    kube::Client m_client;
    std::map<QString, std::optional<bool>> m_answers;
    base::Calls m_calls;
};

} // namespace change
