#include "ui/snapshots/snapshotbar.h"

#include "app/messages/snapshots.h"
#include "ui/snapshots/snapshots.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

namespace ui {
namespace {

constexpr std::chrono::seconds Tick{30};

} // namespace

SnapshotBar::SnapshotBar(QWidget* parent)
    : QWidget(parent),
      m_text(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_own(new PlainLabel),
      m_redaction(new PlainLabel),
      m_tick(new QTimer(this))
{
    setObjectName(QStringLiteral("snapshot"));
    m_text->setObjectName(QStringLiteral("snapshot.text"));
    m_own->setObjectName(QStringLiteral("snapshot.own"));
    m_redaction->setObjectName(QStringLiteral("snapshot.redaction"));
    for (PlainLabel* label : {m_text, m_own})
        label->setWordWrap(true);
    m_own->setColorId(ColorId::Muted);
    m_missing = addButton("missing", &SnapshotBar::missingRequested);
    m_redacted = addButton("redacted", &SnapshotBar::redactedRequested);
    m_kubeconfig = addButton("kubeconfig", &SnapshotBar::kubeconfigRequested);
    m_connections = addButton("connections", &SnapshotBar::connectionsRequested);
    m_close = addButton("close", &SnapshotBar::closeRequested);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_text);
    words->addWidget(m_own);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * grid::Gap + grid::Icon, 2, grid::Gap, 3);
    row->setSpacing(grid::Gap);
    row->addLayout(words, 1);
    for (QWidget* each :
         std::initializer_list<QWidget*>{m_redaction, m_redacted, m_missing, m_kubeconfig, m_connections, m_close})
        row->addWidget(each);
    m_tick->setInterval(Tick);
    connect(m_tick, &QTimer::timeout, this, &SnapshotBar::refresh);
    refresh();
}

QPushButton* SnapshotBar::addButton(const char* name, void (SnapshotBar::*signal)())
{
    auto* button = new QPushButton;
    button->setObjectName(QStringLiteral("snapshot.") + QLatin1String(name));
    button->setAutoDefault(false);
    button->setFlat(true);
    button->setFixedHeight(grid::RowHeight);
    connect(button, &QPushButton::clicked, this, signal);
    return button;
}

void SnapshotBar::setSnapshot(std::shared_ptr<const snapshot::Snapshot> snapshot)
{
    if (snapshot == m_snapshot)
        return;
    m_snapshot = std::move(snapshot);
    if (m_snapshot)
        m_tick->start();
    else
        m_tick->stop();
    refresh();
}

void SnapshotBar::refresh()
{
    setVisible(m_snapshot != nullptr);
    if (!m_snapshot)
        return;
    const snapshot::Manifest& manifest = m_snapshot->manifest();
    const bool isDemo = m_snapshot->file() == Snapshots::Demo;
    m_text->setText(messages::snapshotTitle(manifest, m_snapshot->file(), QDateTime::currentDateTimeUtc()));
    m_own->setText(tr("Your own clusters: open a kubeconfig, or add a cluster by hand."));
    m_own->setVisible(isDemo);
    m_redaction->setText(messages::redactionSentence(manifest));
    m_redaction->setColorId(ColorId::Warning);
    m_redaction->setVisible(!manifest.isRedacted);
    const auto missing = static_cast<int>(manifest.skipped.size());
    m_missing->setText(tr("%n not captured…", nullptr, missing));
    m_missing->setAccessibleName(tr("%n parts were not captured", nullptr, missing));
    m_missing->setVisible(missing > 0);
    m_redacted->setText(tr("%n values redacted…", nullptr, static_cast<int>(messages::redactedCount(manifest))));
    m_redacted->setAccessibleName(messages::redactionSentence(manifest));
    m_redacted->setVisible(manifest.isRedacted);
    m_kubeconfig->setText(tr("Open kubeconfig…"));
    m_connections->setText(tr("Connections…"));
    m_close->setText(isDemo ? tr("Close the demo") : tr("Close"));
    m_close->setAccessibleName(isDemo ? m_close->text() : tr("Close the snapshot"));
    for (QPushButton* button : {m_kubeconfig, m_connections}) {
        button->setAccessibleName(button->text());
        button->setVisible(isDemo);
    }
    setAccessibleName(tr("Snapshot"));
    setAccessibleDescription(m_text->text() + QLatin1Char(' ') + messages::redactionSentence(manifest));
}

void SnapshotBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

void SnapshotBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool isSafe = !m_snapshot || m_snapshot->manifest().isRedacted;
    painter.fillRect(rect(), color(isSafe ? ColorId::InfoArea : ColorId::WarningArea, palette()));
    painter.fillRect(0, height() - 1, width(), 1, color(ColorId::Hairline, palette()));
    themeIcon(Icon::Snapshot, isSafe ? ColorId::Info : ColorId::Warning)
        .paint(&painter, grid::Gap, (height() - grid::Icon) / 2, grid::Icon, grid::Icon);
}

} // namespace ui
