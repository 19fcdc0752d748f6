#pragma once
// A file of manifests, applied by server-side apply.

#include "app/change/dependents.h"
#include "app/change/manifestset.h"
#include "app/store/cluster.h"
#include "ui/manifests/editsession.h"

#include <QPointer>

namespace ui {

class ManifestSession final : public EditSession {
    Q_OBJECT
public:
    explicit ManifestSession(store::Cluster* cluster, QObject* parent = nullptr);

    Phase phase() const override;
    std::vector<Item> items() const override;
    std::vector<Problem> problems() const override;
    bool canApply() const override;
    QString applyWords() const override;
    QString command() const override;
    QString whyOff() const override;
    void tryOut(const QString& text) override;
    void apply() override;
    void cancel() override;
    bool offersForce() const override;
    void setForce(bool force) override { m_force = force; }
    void choose(std::size_t item, const QString& way) override;

private:
    void readDependents();
    std::optional<Obstacle> obstacleOf(const change::ManifestSet::Item& item) const;

    QPointer<store::Cluster> m_cluster;
    change::WriteLog m_log;
    std::unique_ptr<change::ManifestSet> m_set;
    std::map<const change::ManifestFlow*, std::unique_ptr<change::DependentsSurvey>> m_surveys;
    std::optional<base::Error> m_error; ///< of the text itself
    QString m_text;                     ///< that was tried
    bool m_force = false;
    bool m_applying = false;
};

/// The words for a refusal, and the lines that it is about.
std::vector<EditSession::Problem> problemsOf(const base::Error& error, const kube::Manifest* manifest);
/// What stands in the way of a change: the fields, whose the object is, the ways out.
EditSession::Obstacle obstacleFrom(const kube::Json& live, const std::vector<change::ImmutableField>& fields);
/// The same in one line.
QString noteOf(const EditSession::Obstacle& obstacle);
/// Who keeps the object and what the server warns of, one a line.
QString wordsOf(const std::vector<change::Notice>& notices);

} // namespace ui
