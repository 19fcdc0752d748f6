#include "ui/troubleshoot/troubleshootpage.h"

#include "app/diagnose/report.h"
#include "app/messages/snapshots.h"
#include "ui/shell/navigator.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/troubleshoot/findingcard.h"
#include "ui/troubleshoot/guidechooser.h"
#include "ui/troubleshoot/stepview.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSplitter>

namespace ui {

TroubleshootPage::TroubleshootPage(const View& view, SubjectFunction subject, Navigator* navigator)
    : Page(view),
      m_subject(std::move(subject)),
      m_navigator(navigator),
      m_chooser(new GuideChooser),
      m_heading(new PlainLabel),
      m_outcome(new PlainLabel),
      m_save(new QPushButton),
      m_scroll(new QScrollArea)
{
    setObjectName(QStringLiteral("troubleshoot"));
    m_heading->setObjectName(QStringLiteral("troubleshoot.heading"));
    m_outcome->setObjectName(QStringLiteral("troubleshoot.outcome"));
    m_outcome->setColorId(ColorId::Muted);
    m_save->setObjectName(QStringLiteral("troubleshoot.save"));
    m_save->setAutoDefault(false);
    m_scroll->setObjectName(QStringLiteral("troubleshoot.steps"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.15);
    m_heading->setFont(larger);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::Margin, grid::Margin, grid::Margin, 0);
    head->setSpacing(grid::Gap);
    head->addWidget(m_heading);
    head->addWidget(m_outcome, 1);
    head->addWidget(m_save);
    auto* right = new QWidget;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->addLayout(head);
    rightColumn->addWidget(m_scroll, 1);
    auto* split = new QSplitter;
    split->setObjectName(QStringLiteral("troubleshoot.split"));
    split->addWidget(m_chooser);
    split->addWidget(right);
    split->setStretchFactor(1, 1);
    split->setSizes({320, 680});
    split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);

    connect(m_chooser, &GuideChooser::startRequested, this, &TroubleshootPage::start);
    connect(m_chooser, &GuideChooser::stopRequested, this, [this] {
        if (m_diagnosis)
            m_diagnosis->stop();
    });
    connect(m_save, &QPushButton::clicked, this, &TroubleshootPage::chooseFile);
    m_chooser->setText(view.more.value(QStringLiteral("text")));
    retranslate();
    follow(view);
}

TroubleshootPage::~TroubleshootPage() = default;

QString TroubleshootPage::title() const
{
    return tr("Troubleshoot");
}

QIcon TroubleshootPage::icon() const
{
    return themeIcon(Icon::Troubleshoot);
}

void TroubleshootPage::refresh()
{
    start();
}

void TroubleshootPage::focusContent()
{
    m_chooser->focusText();
}

void TroubleshootPage::lookAt(const View& view)
{
    follow(view);
}

void TroubleshootPage::follow(const View& next)
{
    const QString guide = next.more.value(QStringLiteral("guide"));
    // Once: who comes back to this tab finds it as it was left.
    View bare = view();
    bare.more.remove(QStringLiteral("guide"));
    bare.more.remove(QStringLiteral("about"));
    setView(bare);
    if (!guide.isEmpty())
        run(guide, next.more.value(QStringLiteral("about")));
}

void TroubleshootPage::run(const QString& guide, const QString& about)
{
    m_chooser->choose(guide);
    m_chooser->setArguments(about);
    start();
}

void TroubleshootPage::start()
{
    const diagnose::Guide* guide = m_chooser->guide();
    if (!guide)
        return;
    diagnose::Subject subject = m_subject();
    subject.arguments = m_chooser->arguments();
    subject.text = m_chooser->text();
    m_isOff = subject.isSnapshot && diagnose::looksAtConnections(*guide);
    if (m_isOff) { // a connection made now would say nothing of the cluster then, and go to nobody knows whom
        m_diagnosis.reset();
        m_steps.clear();
        m_findings = 0;
        m_scroll->setWidget(new QWidget);
        m_content = nullptr;
        m_column = nullptr;
        showState();
        return;
    }
    m_diagnosis = std::make_unique<diagnose::Diagnosis>(std::vector{guide}, std::move(subject));

    m_steps.clear();
    m_findings = 0;
    m_content = new QWidget;
    m_content->setObjectName(QStringLiteral("troubleshoot.content"));
    m_column = new QVBoxLayout(m_content);
    m_column->setContentsMargins(0, grid::Gap, 0, grid::Margin);
    m_column->setSpacing(0);
    for (const diagnose::Step& step : m_diagnosis->report().guides.front().steps) {
        auto* view = new StepView(QStringLiteral("troubleshoot.step.") + step.id);
        view->setStep(step);
        m_column->addWidget(view);
        m_steps.push_back(view);
    }
    m_column->addStretch(1);
    m_scroll->setWidget(m_content);

    connect(m_diagnosis.get(), &diagnose::Diagnosis::stepChanged, this, [this](int, int step) {
        const auto at = static_cast<std::size_t>(step);
        m_steps[at]->setStep(m_diagnosis->report().guides.front().steps[at]);
    });
    connect(m_diagnosis.get(), &diagnose::Diagnosis::found, this, &TroubleshootPage::addFinding);
    connect(m_diagnosis.get(), &diagnose::Diagnosis::finished, this, &TroubleshootPage::showState);
    m_diagnosis->start();
    showState();
}

void TroubleshootPage::addFinding()
{
    const diagnose::Finding& finding = m_diagnosis->report().findings.back();
    auto* card = new FindingCard(QStringLiteral("troubleshoot.finding.%1").arg(m_findings++), finding);
    connect(card, &FindingCard::copied, this, [this] { m_navigator->say(tr("The command is in the clipboard.")); });
    connect(card, &FindingCard::goToRequested, this,
            [this](const kube::ObjectRef& object) { m_navigator->open(object); });
    connect(card, &FindingCard::fixRequested, this, &TroubleshootPage::openFix);
    auto* frame = new QWidget;
    auto* margin = new QVBoxLayout(frame);
    margin->setContentsMargins(grid::Margin, grid::Gap, grid::Margin, grid::Unit);
    margin->addWidget(card);
    m_column->insertWidget(m_column->count() - 1, frame);
}

void TroubleshootPage::openFix(const diagnose::Fix& fix)
{
    const QString cluster = view().cluster.isEmpty() ? m_navigator->currentCluster() : view().cluster;
    if (fix.action == QLatin1String("event-persistence"))
        Q_EMIT formRequested(cluster, fix);
    if (fix.action != QLatin1String("editTaints"))
        return;
    View next;
    next.page = QStringLiteral("taints");
    next.cluster = cluster;
    next.more[QStringLiteral("nodes")] = fix.nodes.join(QLatin1Char(','));
    next.more[QStringLiteral("remove")] = fix.taints.join(QLatin1Char(','));
    m_navigator->open(next);
}

void TroubleshootPage::showState()
{
    const bool any = m_diagnosis != nullptr;
    const bool running = any && !m_diagnosis->isFinished();
    m_chooser->setRunning(running);
    m_save->setEnabled(any && !running);
    m_heading->setText(any ? m_diagnosis->report().guides.front().title.text() : tr("Choose what you see, and start."));
    m_outcome->setText(m_isOff   ? messages::snapshotNotice(messages::LiveOnly::Connection)
                       : !any    ? QString()
                       : running ? tr("Looking…")
                       : m_diagnosis->report().findings.empty()
                           ? diagnose::wordsWithoutFindings(m_diagnosis->report())
                           : tr("%n finding(s)", nullptr, static_cast<int>(m_diagnosis->report().findings.size())));
}

void TroubleshootPage::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Save report"));
    dialog->setObjectName(QStringLiteral("troubleshoot.saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("HTML (*.html)"), tr("Markdown (*.md)")});
    dialog->setDefaultSuffix(QStringLiteral("html"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String(".md")) ? QStringLiteral("md") : QStringLiteral("html"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_navigator->say(saveReport(file) ? tr("The report is in %1.").arg(file)
                                          : tr("The report could not be written to %1.").arg(file));
    });
    dialog->open();
}

bool TroubleshootPage::saveReport(const QString& file) const
{
    if (!m_diagnosis)
        return false;
    const diagnose::Report& report = m_diagnosis->report();
    QSaveFile out(file);
    if (!out.open(QFile::WriteOnly))
        return false;
    const bool isMarkdown = file.endsWith(QLatin1String(".md"), Qt::CaseInsensitive);
    out.write((isMarkdown ? diagnose::toMarkdown(report) : diagnose::toHtml(report)).toUtf8());
    return out.commit();
}

void TroubleshootPage::retranslate()
{
    m_save->setText(tr("Save report…"));
    m_save->setAccessibleName(tr("Save report"));
    m_scroll->setAccessibleName(tr("Steps and findings"));
    showState();
    emit changed();
}

void TroubleshootPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

} // namespace ui
