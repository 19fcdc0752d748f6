#pragma once
// Why an image cannot be pushed to, or pulled from, the platform's registry: from the spelling of its name over the way
// there, seen from this machine, to the platform's own parts and what nodes said. An address is tried only where it was
// given as the argument; one that stands in a pasted error is not. Internal to diagnose/.

#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/guide.h"
#include "app/diagnose/registryfindings.h"
#include "app/tke/registryspace.h"

namespace diagnose {

class RegistryExamination final : public ClusterExamination {
public:
    explicit RegistryExamination(const Subject& subject);

private:
    void run() override;
    void askPlatform();
    /// One object of namespace tke; `next` comes whether it is there or not.
    void askPart(const char* step, const char* collection, const char* name,
                 std::function<void(const kube::Json&)> take, std::function<void()> next);
    void askNames();
    void askAuthority();
    void askAddress();
    void checkName();
    void visit();
    void heardVisit(const tke::RegistryVisit& visit);
    void askParts();
    void askNode();
    void concludeParts();
    void askSpace();
    void askSpaces(const QByteArray& path);
    void askPulls();
    void askEvents();
    void concludePulls();
    void concludeFaq();
    bool isOurs(const tke::WaitingPull& pull) const;
    QString podsPath(const char* what) const;

    std::optional<tke::ImageName> m_name;
    bool m_isNamed = false; ///< by the argument, so that it may be tried
    bool m_isMisspelt = false;
    bool m_isPlatform = false; ///< namespace tke is there
    bool m_isClusterGone = false;
    RegistryPlace m_place;
    QByteArray m_authority;
    std::optional<bool> m_resolves;
    // What of the platform's own parts was found; null where it was not.
    bool m_hasConfiguration = false;
    kube::Json m_deployment;
    kube::Json m_gateway;
    kube::Json m_service;
    kube::Json m_node;
    QStringList m_missing; ///< paths of parts that are not there, as opposed to not read
    std::optional<base::Error> m_partsError;
    std::optional<bool> m_runs;
    std::vector<tke::WaitingPull> m_pulls;
    QString m_pullSpace; ///< empty: all
};

} // namespace diagnose
