#pragma once
// What the guides about businesses share. Internal to diagnose/.

#include "app/diagnose/clusterexamination.h"
#include "app/tke/businesses.h"

namespace diagnose {

class BusinessExamination : public ClusterExamination {
protected:
    using ClusterExamination::ClusterExamination;

    /// Reads the platform's businesses as the step "businesses" and goes on with read(). Where there is no platform, no
    /// connection or no permission the guide ends with what that means.
    void readPlatform();
    virtual void read() = 0;

    const tke::BusinessSurvey& survey() const { return m_survey; }
    static QString nameOf(const tke::Business& business);
    kube::ObjectRef refOf(const tke::Business& business) const;
    kube::ObjectRef refOf(const tke::BusinessNamespace& nameSpace) const;

private:
    tke::BusinessSurvey m_survey;
};

} // namespace diagnose
