#pragma once
// From what is written to what is used: files read in, everything judged before anything is sent. After kubectl's
// rules: k8s.io/client-go/tools/clientcmd (validation.go, client_config.go), rest/url_utils.go, transport/. Internal to
// config/.

#include "app/config/context.h"
#include "app/config/rawconfig.h"

#include <QDateTime>

namespace config {

template <typename T> struct Judged {
    T entry;
    std::vector<Problem> problems;
};

/// Reads the certificate file.
Judged<ClusterEntry> judge(const RawCluster& raw);
/// Reads the certificate, key and token files. `now` is what certificates are held against.
Judged<UserEntry> judge(const RawUser& raw, const QDateTime& now);

/// What of a user's problems still counts where the server is reached over http and no credential is sent.
bool concernsHttp(const Problem& problem);

} // namespace config
