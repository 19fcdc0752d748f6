#include "ui/manifests/manifestsession.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "app/messages/deletions.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"
#include "app/messages/snapshots.h"

namespace ui {

using Action = change::ManifestFlow::Action;
using State = change::ManifestFlow::State;

namespace {

int lineOf(const base::Error& error)
{
    return error.causes.empty() ? 1 : error.causes.front().field.section(QLatin1Char(':'), 0, 0).toInt();
}

} // namespace

std::vector<EditSession::Problem> problemsOf(const base::Error& error, const kube::Manifest* manifest)
{
    std::vector<EditSession::Problem> problems;
    if (error == base::Error{})
        return problems;
    if (!manifest)
        return {{lineOf(error), messages::manifestSentence(error)}};
    for (const kube::FieldProblem& field : kube::fieldProblems(error)) {
        const QString path = field.field.startsWith(QLatin1Char('.')) ? field.field.mid(1) : field.field;
        problems.push_back({manifest->placeOf(path).line, field.field + QStringLiteral(": ") + field.message});
    }
    if (problems.empty())
        problems.push_back({manifest->place().line, messages::manifestSentence(error)});
    return problems;
}

QString noteOf(const EditSession::Obstacle& obstacle)
{
    QStringList names;
    for (const EditSession::Obstacle::Field& field : obstacle.fields)
        names << field.name;
    return ManifestSession::tr("Cannot be changed any more: %1").arg(names.join(QStringLiteral(", ")));
}

EditSession::Obstacle obstacleFrom(const kube::Json& live, const std::vector<change::ImmutableField>& fields)
{
    EditSession::Obstacle obstacle;
    const auto brief = [](const kube::Json& value) {
        return value.is_null() ? QStringLiteral("–") : messages::valueText(value);
    };
    for (const change::ImmutableField& each : fields)
        obstacle.fields.push_back({base::visible(each.field), brief(each.live), brief(each.wanted)});
    const QString since = base::visible(kube::rawText(live, {"metadata", "creationTimestamp"}));
    if (!since.isEmpty())
        obstacle.facts << ManifestSession::tr("It is there since %1.").arg(since);
    obstacle.facts << messages::keeperLines(live);
    for (const change::WayOut& way : change::waysOut(live, fields)) {
        QStringList loses;
        for (const QString& loss : way.loses)
            loses << messages::lossSentence(loss);
        obstacle.ways.push_back({way.id, messages::sentence(way), loses});
    }
    return obstacle;
}

QString wordsOf(const std::vector<change::Notice>& notices)
{
    QStringList words;
    for (const change::Notice& notice : notices)
        words += messages::sentence(notice);
    return words.join(QLatin1Char('\n'));
}

ManifestSession::ManifestSession(store::Cluster* cluster, QObject* parent) : EditSession(parent), m_cluster(cluster) {}

EditSession::Phase ManifestSession::phase() const
{
    if (!m_set)
        return m_error ? Phase::Tried : Phase::Fresh;
    if (m_set->isBusy())
        return m_applying ? Phase::Applying : Phase::Trying;
    return m_applying ? Phase::Applied : Phase::Tried;
}

std::vector<EditSession::Item> ManifestSession::items() const
{
    std::vector<Item> items;
    if (!m_set)
        return items;
    for (const auto& each : m_set->items()) {
        Item item{.ref = each.ref, .line = each.place.line};
        const base::Error& error = each.flow ? each.flow->error() : each.error;
        const State state = each.flow ? each.flow->state() : State::Failed;
        const Action action = each.flow ? each.flow->action() : Action::Unknown;
        if (state == State::Failed || state == State::Conflicted) {
            const bool waits = each.comesWithNamespace && error.kind == base::ErrorKind::NotFound;
            item.what = waits ? tr("Create, not tried yet") : tr("Refused");
            item.sign = waits ? Sign::Unknown : Sign::Error;
            item.note = waits ? tr("Its namespace is made by an earlier object of this file.")
                              : messages::manifestSentence(error);
            item.words = waits ? QString() : messages::manifestSentence(error);
        } else if (each.flow->isBusy() || state == State::Idle) {
            item.what = state == State::Idle ? QString() : tr("Trying…");
        } else if (action == Action::Unchanged) {
            item.what = tr("Unchanged");
        } else if (state == State::Applied) {
            item.what = action == Action::Create ? tr("Created") : tr("Changed");
            item.sign = Sign::Info;
        } else {
            item.what = action == Action::Create ? tr("Create") : tr("Change");
            item.sign = each.flow->notices().empty() ? Sign::None : Sign::Warning;
        }
        if (each.flow) {
            item.obstacle = obstacleOf(each);
            if (item.obstacle)
                item.note = noteOf(*item.obstacle);
            item.nameLine = each.flow->manifest().placeOf(QStringLiteral("metadata.name")).line;
            item.diff = each.flow->diff();
            QString words = wordsOf(each.flow->notices());
            for (const change::ImmutableField& kept : each.flow->kept())
                words += (words.isEmpty() ? QString() : QStringLiteral("\n")) +
                         tr("%1 stays as it is.").arg(base::visible(kept.field));
            if (item.note.isEmpty())
                item.note = words.section(QLatin1Char('\n'), 0, 0);
            item.words += (item.words.isEmpty() || words.isEmpty() ? QString() : QStringLiteral("\n")) + words;
        }
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<EditSession::Problem> ManifestSession::problems() const
{
    if (m_error)
        return problemsOf(*m_error, nullptr);
    std::vector<Problem> problems;
    if (!m_set)
        return problems;
    for (const auto& each : m_set->items()) {
        if (each.flow && each.comesWithNamespace && each.flow->error().kind == base::ErrorKind::NotFound)
            continue;
        if (each.flow) {
            for (Problem& problem : problemsOf(each.flow->error(), &each.flow->manifest()))
                problems.push_back(std::move(problem));
        } else {
            problems.push_back({each.place.line, messages::manifestSentence(each.error)});
        }
    }
    return problems;
}

bool ManifestSession::canApply() const
{
    return phase() == Phase::Tried && m_set && !m_set->items().empty() && m_set->isAccepted() && m_set->changes() > 0;
}

QString ManifestSession::applyWords() const
{
    return m_set ? tr("Apply to %n object(s)", nullptr, m_set->changes()) : tr("Apply");
}

bool ManifestSession::offersForce() const
{
    if (!m_set || m_applying)
        return false;
    return std::ranges::any_of(m_set->items(),
                               [](const auto& each) { return each.flow && each.flow->isOwnedByOthers(); });
}

QString ManifestSession::command() const
{
    const QString end = QStringLiteral("\nEOF\n");
    const QString text = m_text.endsWith(QLatin1Char('\n')) ? m_text : m_text + QLatin1Char('\n');
    if (!m_cluster || (QLatin1Char('\n') + text).contains(end))
        return {};
    const change::Origin origin = change::originOf(m_cluster->context(), m_cluster->address());
    return change::kubectlCommand(origin, {QStringLiteral("apply"), QStringLiteral("--server-side"),
                                           QStringLiteral("-f"), QStringLiteral("-")}) +
           QStringLiteral(" <<'EOF'\n") + text + QStringLiteral("EOF");
}

QString ManifestSession::whyOff() const
{
    return m_cluster && m_cluster->isSnapshot() ? messages::snapshotNotice(messages::LiveOnly::Apply) : QString();
}

void ManifestSession::tryOut(const QString& text)
{
    m_surveys.clear();
    m_set.reset();
    m_error.reset();
    m_applying = false;
    m_text = text;
    if (!m_cluster || !m_cluster->isOpen())
        return;
    auto manifests = kube::parseManifests(text.toUtf8());
    if (!manifests) {
        m_error = manifests.error();
        Q_EMIT changed();
        return;
    }
    const config::Context& context = m_cluster->context();
    m_set = std::make_unique<change::ManifestSet>(
        m_cluster->client(), change::originOf(context, m_cluster->address()), m_cluster->catalog(),
        std::move(*manifests), &m_log,
        change::ManifestSet::Options{.nameSpace =
                                         context.nameSpace.isEmpty() ? QStringLiteral("default") : context.nameSpace,
                                     .force = m_force});
    connect(m_set.get(), &change::ManifestSet::changed, this, &ManifestSession::changed);
    connect(m_set.get(), &change::ManifestSet::settled, this, &ManifestSession::changed);
    connect(m_set.get(), &change::ManifestSet::settled, this, &ManifestSession::readDependents);
    m_set->preview();
    Q_EMIT changed();
}

void ManifestSession::readDependents()
{
    if (!m_cluster || !m_cluster->isOpen())
        return;
    for (const auto& each : m_set->items()) {
        if (!each.flow || each.flow->immutable().empty() || m_surveys.contains(each.flow.get()))
            continue;
        auto survey = std::make_unique<change::DependentsSurvey>(m_cluster->client(), m_cluster->catalog());
        connect(survey.get(), &change::DependentsSurvey::finished, this, &ManifestSession::changed);
        survey->read({{each.flow->target(), kube::rawText(each.flow->live(), {"metadata", "uid"})}});
        m_surveys[each.flow.get()] = std::move(survey);
    }
}

std::optional<EditSession::Obstacle> ManifestSession::obstacleOf(const change::ManifestSet::Item& item) const
{
    const auto& fields = item.flow->immutable();
    if (fields.empty())
        return std::nullopt;
    Obstacle obstacle = obstacleFrom(item.flow->live(), fields);
    const auto survey = m_surveys.find(item.flow.get());
    QStringList& loses = obstacle.ways.back().loses; // the last way is to delete it
    if (survey == m_surveys.end() || survey->second->isReading())
        loses << tr("What depends on it is being read…");
    else
        loses << messages::dependentLines(survey->second->dependents(), change::Propagation::Background);
    return obstacle;
}

void ManifestSession::choose(std::size_t item, const QString& way)
{
    if (!m_set || m_set->isBusy() || item >= m_set->items().size() || !m_set->items()[item].flow)
        return;
    const change::ManifestFlow& flow = *m_set->items()[item].flow;
    if (way == QLatin1String("keep"))
        m_set->keepImmutable(item);
    else if (way == QLatin1String("recreate"))
        Q_EMIT recreateRequested(flow.target(), flow.manifest(), flow.live(), flow.immutable());
}

void ManifestSession::apply()
{
    if (!canApply())
        return;
    m_applying = true;
    m_set->apply();
    Q_EMIT changed();
}

void ManifestSession::cancel()
{
    if (m_set)
        m_set->cancel();
}

} // namespace ui
