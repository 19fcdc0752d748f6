#pragma once
// The connection doctor: from the kubeconfig to what the server permits, step by step, and what is wrong at the first
// that fails. Works when nothing can be reached, and when the kubeconfig itself is broken. Internal to diagnose/.

#include "app/diagnose/connectionfindings.h"
#include "app/diagnose/guide.h"
#include "app/kube/addresssurvey.h"

namespace diagnose {

class EndpointsExamination final : public Examination {
public:
    explicit EndpointsExamination(const Subject& subject);
    ~EndpointsExamination() override;

private:
    void run() override;

    bool readFiles();
    bool readContext();
    bool findPlugin();
    void readProxy();
    bool openTransport();
    void askAddresses();
    void heardAddresses(const kube::AddressSurvey& survey);
    /// The stages of the context's own server; false when one of them failed.
    bool settleStages(const endpoint::ProbeResult& own);
    void settleOthers(const kube::AddressSurvey& survey);
    void askVersion();
    void heardVersion(const base::Result<kube::Json>& answer);
    void askWho();
    void askRights();
    void heardRights();
    void failed(const base::Error& error);
    /// Each step before this one has been passed, if it was not answered yet.
    void passedBefore(const char* stage);
    void checkExpiry();

    const Subject m_subject;
    Attempt m_attempt;
    transport::Endpoint m_own; ///< the context's server
    transport::Endpoint m_to;  ///< the one that is looked at
    transport::Connector m_connect;
    std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<kube::Client> m_client;
    std::optional<QDateTime> m_expiry;
    QString m_user;        ///< as the server knows us
    QStringList m_mayList; ///< "nodes", "pods in shop", ...
    QStringList m_mayNot;
    int m_rightsLeft = 0;
};

} // namespace diagnose
