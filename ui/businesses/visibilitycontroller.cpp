#include "ui/businesses/visibilitycontroller.h"

namespace ui {

VisibilityController::VisibilityController(VisibilityDialog* dialog, store::Cluster* cluster,
                                           std::vector<tke::Business> businesses)
    : QObject(dialog),
      m_dialog(dialog),
      m_cluster(cluster),
      m_businesses(std::move(businesses))
{
    connect(dialog, &VisibilityDialog::asked, this, &VisibilityController::ask);
    connect(cluster, &store::Cluster::stateChanged, this, [this] {
        if (!m_cluster->isOpen())
            m_dialog->done(QDialog::Rejected);
    });
}

void VisibilityController::ask()
{
    m_calls.cancel();
    if (!m_cluster->isOpen())
        return;
    tke::VisibilityQuestion question{
        .user = m_dialog->user(), .businesses = {}, .mayImpersonate = m_cluster->context().user.impersonate.isEmpty()};
    const QString chosen = m_dialog->business();
    for (const tke::Business& each : m_businesses)
        if (chosen.isEmpty() || each.name == chosen)
            question.businesses.push_back(each);
    m_dialog->setReading(true);
    auto call = tke::readVisibility(m_cluster->client(), question);
    m_calls.follow(std::move(call), [this, question](const base::Result<tke::VisibilityFacts>& facts) {
        m_dialog->setReading(false);
        if (!facts) {
            m_dialog->fail(facts.error());
            return;
        }
        std::vector<tke::Visibility> verdicts;
        for (const tke::Business& each : question.businesses)
            verdicts.push_back(tke::judgeVisibility(each, *facts));
        m_dialog->show(std::move(verdicts));
    });
}

VisibilityDialog* openVisibility(store::Cluster* cluster, const tke::BusinessSurvey& survey, const QString& business,
                                 QWidget* over)
{
    auto* dialog = new VisibilityDialog(survey.businesses, business, over);
    new VisibilityController(dialog, cluster, survey.businesses);
    dialog->open();
    return dialog;
}

} // namespace ui
