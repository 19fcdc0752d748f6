#include "app/diagnose/businesses.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"
#include "app/tke/kinds.h"

namespace diagnose {

void BusinessExamination::readPlatform()
{
    const kube::Client* asked = client();
    if (!asked) {
        settle("businesses", StepResult::Skipped,
               [] { return Diagnose::tr("There is no connection to the cluster."); });
        finish();
        return;
    }
    ask("businesses", {QStringLiteral("GET ") + QString::fromLatin1(tke::projects().path()),
                       QStringLiteral("GET ") + QString::fromLatin1(tke::namespaces().path())});
    follow<tke::BusinessSurvey>(tke::readBusinesses(*asked), [this](const auto& survey) {
        if (!survey && survey.error().reason == QLatin1String("noBusinesses")) {
            settle("businesses", StepResult::Skipped, [] {
                return Diagnose::tr(
                    "This cluster serves no businesses: it is no TKEStack platform, or the platform has "
                    "none (tke-business-api is not installed). Ask the platform's own cluster, “global”.");
            });
            finish();
            return;
        }
        if (!survey) {
            settle("businesses", StepResult::Unknown, said(survey.error()));
            giveIn(survey.error());
            return;
        }
        m_survey = *survey;
        const int businesses = static_cast<int>(m_survey.businesses.size());
        const int namespaces = static_cast<int>(m_survey.namespaces.size());
        if (!m_survey.unread.empty()) {
            settle("businesses", StepResult::Unknown, said(m_survey.unread.front().error));
        } else {
            settle("businesses", StepResult::Pass, [businesses, namespaces] {
                return Diagnose::tr("%n business(es)", nullptr, businesses) + QStringLiteral(", ") +
                       Diagnose::tr("%n business namespace(s)", nullptr, namespaces);
            });
        }
        read();
    });
}

QString BusinessExamination::nameOf(const tke::Business& business)
{
    const QString name = base::visible(business.name);
    return business.displayName.isEmpty() ? name
                                          : QStringLiteral("%1 (%2)").arg(base::visible(business.displayName), name);
}

kube::ObjectRef BusinessExamination::refOf(const tke::Business& business) const
{
    return {.cluster = subject().clusterId,
            .apiVersion = tke::projects().apiVersion(),
            .kind = tke::projects().kind,
            .nameSpace = {},
            .name = business.name,
            .uid = business.uid};
}

kube::ObjectRef BusinessExamination::refOf(const tke::BusinessNamespace& nameSpace) const
{
    return {.cluster = subject().clusterId,
            .apiVersion = tke::namespaces().apiVersion(),
            .kind = tke::namespaces().kind,
            .nameSpace = nameSpace.business,
            .name = nameSpace.name,
            .uid = nameSpace.uid};
}

} // namespace diagnose
