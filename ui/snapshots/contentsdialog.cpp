#include "ui/snapshots/contentsdialog.h"

#include "app/base/visible.h"
#include "app/messages/snapshots.h"
#include "ui/snapshots/skippedview.h"
#include "ui/snapshots/snapshots.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {

ContentsDialog::ContentsDialog(snapshot::Manifest manifest, const QString& file, Part part, QWidget* parent)
    : QDialog(parent),
      m_manifest(std::move(manifest)),
      m_file(file),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_facts(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_tabs(new QTabWidget),
      m_skipped(new SkippedView(QStringLiteral("contents.skipped"))),
      m_redactedPage(new QWidget),
      m_redaction(new PlainLabel),
      m_redacted(new QTreeWidget),
      m_close(new QPushButton)
{
    setObjectName(QStringLiteral("contents"));
    setAttribute(Qt::WA_DeleteOnClose);
    const std::pair<QWidget*, const char*> names[] = {
        {m_title, "title"},         {m_facts, "facts"},       {m_tabs, "tabs"},  {m_redactedPage, "page"},
        {m_redaction, "redaction"}, {m_redacted, "redacted"}, {m_close, "close"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("contents.") + QLatin1String(name));
    m_tabs->tabBar()->setObjectName(QStringLiteral("contents.tabBar"));
    m_redacted->header()->setObjectName(QStringLiteral("contents.redacted.header"));
    m_title->setWordWrap(true);
    m_facts->setWordWrap(true);
    m_facts->setColorId(ColorId::Muted);
    m_redaction->setWordWrap(true);
    m_redaction->setColorId(m_manifest.isRedacted ? std::optional<ColorId>() : ColorId::Warning);
    m_redacted->setColumnCount(2);
    m_redacted->setRootIsDecorated(false);
    m_redacted->setUniformRowHeights(true);
    m_redacted->header()->setStretchLastSection(false);
    m_redacted->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_skipped->setSkipped(m_manifest.skipped);
    for (const snapshot::Redacted& each : m_manifest.redacted) {
        auto* row = new QTreeWidgetItem(m_redacted, {base::visible(each.path), QLocale().toString(each.count)});
        row->setFont(0, fixedFont(font()));
        row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_close->setAutoDefault(false);

    auto* page = new QVBoxLayout(m_redactedPage);
    page->setContentsMargins(0, grid::Gap, 0, 0);
    page->setSpacing(grid::Gap);
    page->addWidget(m_redaction);
    page->addWidget(m_redacted, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_skipped, {});
    m_tabs->addTab(m_redactedPage, {});
    m_tabs->setCurrentIndex(part == Part::Missing ? 0 : 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Gap);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(m_tabs, 1);
    column->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    resize(860, 520);
    retranslate();
}

void ContentsDialog::retranslate()
{
    setWindowTitle(tr("What the snapshot does not hold"));
    m_title->setText(messages::snapshotTitle(m_manifest, m_file, QDateTime::currentDateTimeUtc()));
    QStringList facts{QStringLiteral("Kubernetes ") + base::visible(m_manifest.gitVersion),
                      tr("asked at %1").arg(base::visible(m_manifest.server)),
                      tr("%n requests", nullptr, static_cast<int>(m_manifest.requests)),
                      base::visible(m_manifest.program)};
    if (m_file != Snapshots::Demo)
        facts << base::visible(m_file);
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_tabs->setTabText(0, tr("Not captured (%1)").arg(m_manifest.skipped.size()));
    m_tabs->setTabText(1, tr("Redacted (%1)").arg(messages::redactedCount(m_manifest)));
    m_tabs->tabBar()->setAccessibleName(windowTitle());
    m_skipped->retranslate();
    m_redaction->setText(messages::redactionSentence(m_manifest));
    m_redacted->setHeaderLabels({tr("Where"), tr("Values")});
    m_redacted->setAccessibleName(tr("What was redacted"));
    m_redacted->header()->setAccessibleName(m_redacted->accessibleName());
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(m_close->text());
}

void ContentsDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace ui
