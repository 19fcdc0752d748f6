#include "ui/taints/taintscontroller.h"

#include "app/base/visible.h"
#include "app/change/request.h"
#include "app/change/taintintent.h"
#include "app/kube/access.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/snapshots.h"
#include "app/messages/taints.h"
#include "ui/taints/applybar.h"
#include "ui/taints/impactpanel.h"
#include "ui/taints/taintlines.h"
#include "ui/taints/taintspage.h"
#include "ui/widgets/statepane.h"

#include <algorithm>

namespace ui {
namespace {

using change::Flow;
using State = change::Flow::State;

constexpr std::chrono::milliseconds Pause{300};
constexpr std::chrono::seconds Again{5};
/// More evictions than this are confirmed by typing.
constexpr int ManyEvictions = 10;

QString rolesOf(const scheduling::Labels& labels)
{
    constexpr QLatin1String Prefix("node-role.kubernetes.io/");
    QStringList roles;
    for (const auto& [key, value] : labels)
        if (key.startsWith(Prefix))
            roles += base::visible(key.mid(Prefix.size()));
    return roles.join(QLatin1String(", "));
}

QString taintTexts(const kube::Json& taints)
{
    QStringList texts;
    for (const kube::Json& taint : kube::elements(taints))
        texts += scheduling::text(scheduling::taintOf(taint));
    return texts.join(QLatin1String("  "));
}

} // namespace

TaintsController::TaintsController(TaintsPage* page, store::Cluster* cluster)
    : QObject(page),
      m_page(page),
      m_cluster(cluster)
{
    m_trying.setSingleShot(true);
    m_trying.setInterval(Pause);
    m_again.setInterval(Again);
    connectParts();
    m_page->pane()->setState({.kind = PaneState::Kind::Loading, .sentence = m_cluster->address()});
    readNodes();
    if (m_cluster->isSnapshot()) // nothing in it changes, and the rights are of who took it
        return;
    m_calls.follow(kube::mayI(m_cluster->client(), {QStringLiteral("patch"), {}, QStringLiteral("nodes"), {}, {}}),
                   [this](const base::Result<bool>& may) {
                       if (may)
                           m_may = *may;
                       showBottom();
                   });
    m_again.start();
}

TaintsController::~TaintsController() = default;

void TaintsController::connectParts()
{
    connect(m_page, &TaintsPage::chosenChanged, this, &TaintsController::readChosen);
    connect(m_page, &TaintsPage::refreshRequested, this, [this] { readNodes(); });
    connect(m_page->pane(), &StatePane::retryRequested, this, [this] { readNodes(); });
    connect(m_page, &TaintsPage::languageChanged, this, &TaintsController::showDraft);
    connect(m_page->lines(), &TaintLines::added, this,
            [this](const QString& key, const QString& value, const QString& effect) {
                const auto problem = m_draft.add(key, value, effect);
                m_page->lines()->setProblem(problem ? messages::sentence(*problem) : QString());
                draftChanged();
            });
    connect(m_page->lines(), &TaintLines::removed, this, [this](const scheduling::Taint& taint) {
        m_draft.remove(taint);
        draftChanged();
    });
    connect(m_page->lines(), &TaintLines::restored, this, [this](const scheduling::Taint& taint) {
        m_draft.restore(taint);
        draftChanged();
    });
    connect(m_page->lines(), &TaintLines::unlocked, this, [this](const scheduling::Taint& taint) {
        m_draft.unlock(taint);
        showDraft();
    });
    ApplyBar* bottom = m_page->bottom();
    connect(bottom, &ApplyBar::applyRequested, this, &TaintsController::apply);
    connect(bottom, &ApplyBar::undoRequested, this, &TaintsController::undo);
    connect(bottom, &ApplyBar::acceptRequested, this, &TaintsController::accept);
    connect(bottom, &ApplyBar::discardRequested, this, [this] {
        m_draft.clear();
        draftChanged();
    });
    connect(&m_trying, &QTimer::timeout, this, &TaintsController::tryDraft);
    connect(&m_again, &QTimer::timeout, this, [this] {
        // Nothing is asked in a loop that was refused, and nothing for a page that nobody sees.
        if (m_page->isVisible() && m_cluster->isOpen() && m_readError.kind != base::ErrorKind::Forbidden)
            readNodes();
    });
}

void TaintsController::readNodes(const QString& continueToken)
{
    if (!m_cluster->isOpen())
        return;
    if (continueToken.isEmpty())
        m_nextNodes.clear();
    transport::Request request{.path = "/api/v1/nodes"};
    request.query.emplace_back(QStringLiteral("limit"), QStringLiteral("500"));
    if (!continueToken.isEmpty())
        request.query.emplace_back(QStringLiteral("continue"), continueToken);
    request.background = !m_nodes.empty();
    m_cluster->client().askJson(std::move(request)).future.then(this, [this](const base::Result<kube::Json>& list) {
        takeNodes(list);
    });
}

void TaintsController::takeNodes(const base::Result<kube::Json>& list)
{
    if (!list) {
        m_readError = list.error();
        if (m_nodes.empty())
            m_page->pane()->setState({.kind = list.error().kind == base::ErrorKind::Forbidden
                                                  ? PaneState::Kind::NoPermission
                                                  : PaneState::Kind::Failed,
                                      .sentence = messages::sentence(list.error()),
                                      .said = list.error().said,
                                      .advice = messages::advice(list.error())});
        return;
    }
    m_readError = {};
    for (const kube::Json& node : kube::elements(*list, {"items"}))
        m_nextNodes.push_back(scheduling::nodeFacts(node));
    if (const QString next = kube::rawText(*list, {"metadata", "continue"}); !next.isEmpty()) {
        readNodes(next);
        return;
    }
    m_nodes = std::exchange(m_nextNodes, {});
    std::ranges::sort(m_nodes, {}, &scheduling::NodeFacts::name);
    m_page->pane()->setState({});
    showNodes();
    readChosen();
}

void TaintsController::showNodes()
{
    std::vector<models::TextRow> rows;
    QStringList keys;
    for (const scheduling::NodeFacts& node : m_nodes) {
        rows.push_back({{base::visible(node.name), rolesOf(node.labels), taintTexts(node.taints)}, 0, {}});
        for (const kube::Json& taint : kube::elements(node.taints))
            keys += base::visible(kube::rawText(taint, {"key"}));
    }
    if (m_survey)
        for (const auto* pods : {&m_survey->survey().pods, &m_survey->survey().pending})
            for (const scheduling::PodFacts& pod : *pods)
                for (const scheduling::Toleration& toleration : pod.tolerations)
                    if (!toleration.key.isEmpty())
                        keys += base::visible(toleration.key);
    keys.removeDuplicates();
    keys.sort();
    m_page->lines()->setSuggestions(keys);
    m_page->setNodes(std::move(rows));
}

void TaintsController::readChosen()
{
    const QStringList chosen = m_page->chosen();
    if (chosen.isEmpty() || !m_cluster->isOpen()) {
        m_survey.reset();
        draftChanged();
        return;
    }
    if (!m_survey) {
        m_survey = std::make_unique<change::NodeSurvey>(m_cluster->client());
        connect(m_survey.get(), &change::NodeSurvey::finished, this, &TaintsController::takeSurvey);
    }
    QStringList now;
    for (const auto& node : m_survey->survey().nodes)
        now += node.name;
    if (now != chosen)
        m_group.reset(); // for other nodes
    m_survey->read(chosen);
}

void TaintsController::takeSurvey()
{
    const bool isOther = !m_group && !m_draft.isEmpty();
    if (m_survey->error())
        m_readError = *m_survey->error();
    else
        m_draft.setNodes(m_survey->survey().nodes);
    takeProposals();
    if (isOther)
        draftChanged();
    else
        showDraft();
}

void TaintsController::takeProposals()
{
    const auto& nodes = m_survey->survey().nodes;
    if (nodes.empty() || static_cast<qsizetype>(nodes.size()) != m_page->chosen().size())
        return;
    const auto proposed = scheduling::parseTaintSpecs(m_page->takeProposals());
    if (!proposed || proposed->isEmpty())
        return;
    for (const scheduling::TaintRemoval& removal : proposed->remove)
        for (const scheduling::NodeFacts& node : nodes)
            for (const scheduling::Taint& taint : scheduling::taintList(node.taints))
                if (removal.covers(taint))
                    m_draft.remove(taint);
    draftChanged();
}

void TaintsController::draftChanged()
{
    if (m_group && m_group->isBusy() && m_stage != Stage::Editing)
        return; // what is on its way is not edited
    if (!m_draft.isEmpty()) {
        m_stage = Stage::Editing;
        m_undo.reset();
    }
    m_group.reset();
    m_trying.start();
    showDraft();
}

void TaintsController::showDraft()
{
    const auto survey = m_survey ? m_survey->survey() : scheduling::Survey{};
    m_impact = scheduling::impactOf(survey, m_draft.edit());
    m_page->lines()->setLines(m_survey ? m_draft.lines() : std::vector<scheduling::DraftTaint>{},
                              static_cast<int>(survey.nodes.size()));
    m_page->impact()->setImpact(m_impact);
    showBottom();
}

void TaintsController::tryDraft()
{
    const bool mayTry = m_cluster->isOpen() && !m_cluster->context().readOnly && m_may.value_or(true);
    if (m_draft.isEmpty() || !m_survey || m_survey->survey().nodes.empty() || !mayTry || m_stage != Stage::Editing) {
        showBottom();
        return;
    }
    m_group = std::make_unique<change::FlowGroup>();
    const auto origin = change::originOf(m_cluster->context(), m_cluster->address());
    for (const scheduling::NodeFacts& node : m_survey->survey().nodes)
        m_group->add(std::make_unique<Flow>(m_cluster->client(), origin,
                                            std::make_shared<change::TaintIntent>(node.name, m_draft.edit()), &m_log));
    connect(m_group.get(), &change::FlowGroup::changed, this, &TaintsController::showBottom);
    connect(m_group.get(), &change::FlowGroup::settled, this, &TaintsController::groupSettled);
    m_group->preview();
}

void TaintsController::groupSettled()
{
    if (m_stage == Stage::Applying && m_group->count(State::Applied) > 0) {
        m_undo = m_group->undo();
        if (m_group->areAll(State::Applied)) {
            m_stage = Stage::Applied;
            m_draft.clear();
        }
        readNodes();
    } else if (m_stage == Stage::Undoing) {
        if (m_group->areAll(State::Applied)) {
            m_stage = Stage::Undone;
            readNodes();
        } else if (m_group->count(State::Previewed) > 0) {
            m_group->apply();
        }
    } else if (m_stage == Stage::Applying) {
        m_stage = Stage::Editing;
    }
    showDraft();
}

void TaintsController::apply()
{
    if (!m_group || m_group->isBusy() || !m_group->areAll(State::Previewed))
        return;
    m_stage = Stage::Applying;
    m_group->apply();
}

void TaintsController::undo()
{
    if (!m_undo)
        return;
    m_group = std::move(m_undo);
    m_stage = Stage::Undoing;
    connect(m_group.get(), &change::FlowGroup::changed, this, &TaintsController::showBottom);
    connect(m_group.get(), &change::FlowGroup::settled, this, &TaintsController::groupSettled);
    m_group->preview();
}

void TaintsController::accept()
{
    m_stage = Stage::Editing;
    m_group.reset();
    tryDraft(); // anew, from what is there now
}

QString TaintsController::statusOf(const change::FlowGroup& group) const
{
    QStringList sentences;
    for (const auto& flow : group.flows()) {
        const QString name = base::visible(flow->intent().target().name);
        if (flow->state() == State::Failed)
            sentences += tr("%1: %2", "a node, what went wrong").arg(name, messages::sentenceWithAdvice(flow->error()));
        else if (flow->state() == State::Conflicted)
            sentences += tr("%1: %2", "a node, what went wrong").arg(name, messages::sentence(flow->conflict()));
        for (const change::Notice& notice : flow->notices())
            if (!sentences.contains(messages::sentence(notice)) && flow->changesAnything())
                sentences += messages::sentence(notice);
    }
    return sentences.join(QLatin1Char('\n'));
}

QString TaintsController::typedWord() const
{
    const bool isDangerous = std::ranges::any_of(m_impact.warnings, [](const scheduling::Note& warning) {
        return warning.id == QLatin1String("controlPlane") || warning.id == QLatin1String("globalMaster");
    });
    if (!isDangerous && m_impact.evictedNow() + m_impact.evictedLater() <= ManyEvictions)
        return {};
    return m_impact.nodes.size() == 1 ? base::visible(m_impact.nodes.front().name) : m_cluster->context().name;
}

void TaintsController::showBottom()
{
    ApplyBar::Look look;
    const int changing = static_cast<int>(
        std::ranges::count_if(m_impact.nodes, [](const scheduling::NodeImpact& node) { return node.changes; }));
    const int evicted = m_impact.evictedNow() + m_impact.evictedLater();
    const QString nodes = tr("%n nodes", nullptr, changing);
    look.apply = evicted > 0 ? tr("Apply to %1, evict %2").arg(nodes, tr("%n pods", nullptr, evicted))
                             : tr("Apply to %1").arg(nodes);
    QStringList diff;
    for (const scheduling::Taint& taint : m_draft.edit().set)
        diff += QStringLiteral("+ ") + scheduling::text(taint);
    for (const scheduling::TaintRemoval& removal : m_draft.edit().remove)
        diff += QStringLiteral("- ") + scheduling::specsOf({{}, {removal}}).front().chopped(1);
    look.diff = diff.join(QLatin1Char('\n'));
    look.canDiscard = !m_draft.isEmpty();
    look.canUndo = m_undo != nullptr && m_stage != Stage::Undoing;
    if (!m_draft.isEmpty() && !m_impact.nodes.empty()) {
        QStringList words{QStringLiteral("taint"), QStringLiteral("nodes")};
        for (const scheduling::NodeImpact& node : m_impact.nodes)
            words += base::visible(node.name);
        words += scheduling::specsOf(m_draft.edit());
        if (!m_draft.edit().set.empty())
            words += QStringLiteral("--overwrite");
        look.command = change::kubectlCommand(change::originOf(m_cluster->context(), m_cluster->address()), words);
    }
    if (m_cluster->context().readOnly) {
        look.status.text = tr("This context is read-only: you can look at what would happen, nothing is sent.");
        look.status.sign = Sign::Info;
    } else if (m_may == false) {
        look.status.text = tr("You may not change nodes here: the rule “patch nodes” is missing.");
        look.status.sign = Sign::Info;
    } else if (m_stage == Stage::Applied) {
        look.status.text = tr("Done.");
    } else if (m_stage == Stage::Undone) {
        look.status.text = tr("Taken back.");
    } else if (m_group && m_group->isBusy()) {
        look.status.text = m_stage == Stage::Editing ? tr("Tried on the server…") : tr("Writing…");
    } else if (m_group) {
        look.status.text = statusOf(*m_group);
        const bool isGood = m_group->areAll(State::Previewed);
        look.status.sign = isGood ? (look.status.text.isEmpty() ? Sign::None : Sign::Info) : Sign::Error;
        look.canApply = isGood && changing > 0 && !m_cluster->isSnapshot();
        look.canAccept = m_group->count(State::Conflicted) > 0 && m_stage != Stage::Undoing;
        look.word = typedWord();
    } else if (m_draft.isEmpty()) {
        look.status.text = m_page->chosen().isEmpty() ? tr("Choose the nodes first.") : tr("Nothing is changed yet.");
    }
    if (m_cluster->isSnapshot()) {
        look.off = messages::snapshotNotice(messages::LiveOnly::Apply);
        if (m_group && m_group->areAll(State::Previewed)) {
            look.status.text += (look.status.text.isEmpty() ? QString() : QStringLiteral("\n")) + look.off;
            look.status.sign = Sign::Info;
        }
    }
    m_page->bottom()->setLook(look);
}

} // namespace ui
