#pragma once
// What the Secret Service (specifications.freedesktop.org/secret-service) says about itself. qtkeychain tells a locked
// collection whose question was dismissed like an entry that is not there.

#include <QObject>
#include <functional>

namespace keychain {

enum class ServiceState {
    Unknown, ///< another keychain, or no answer
    Missing, ///< nobody owns or can take over org.freedesktop.secrets
    Locked,  ///< the default collection is
    Open,
};

/// Asks the session bus and calls back in this thread, once. `context` going away drops the answer.
void askServiceState(QObject* context, std::function<void(ServiceState)> answer);

} // namespace keychain
