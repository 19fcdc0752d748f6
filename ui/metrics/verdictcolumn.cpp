#include "ui/metrics/verdictcolumn.h"

#include "app/base/visible.h"
#include "app/messages/metricrules.h"
#include "app/messages/metrics.h"
#include "app/models/textrowsmodel.h"
#include "ui/metrics/statelook.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/rowopening.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/valuelabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

using metrics::RuleState;

constexpr int MostRowsShown = 6;

/// How many a source names, in words that say how far that can be believed.
QString countText(const metrics::RuleVerdict& verdict)
{
    const int count = static_cast<int>(verdict.firing.size());
    switch (verdict.state) {
    case RuleState::Ok:
        return count == 0 ? VerdictColumn::tr("Nothing fires")
                          : VerdictColumn::tr("Fires for %n object(s)", nullptr, count);
    case RuleState::Old:
        return count == 0 ? VerdictColumn::tr("Nothing fired by its old figures")
                          : VerdictColumn::tr("Fired for %n object(s) by its old figures", nullptr, count);
    case RuleState::Learning:
        return count == 0 ? VerdictColumn::tr("Nothing seen so far")
                          : VerdictColumn::tr("%n object(s) so far", nullptr, count);
    case RuleState::Absent:
    case RuleState::Failing:
    case RuleState::Forbidden:
        break;
    }
    return VerdictColumn::tr("Whether it fires is not known");
}

/// Restarts are counted; of the others the expression's value is always 1, and what says more stands in a label.
QString valueText(metrics::RuleId rule, const metrics::Firing& firing)
{
    if (rule != metrics::RuleId::PodRestarts)
        for (const char* label : {"reason", "phase", "status"})
            if (const auto found = firing.labels.find(QLatin1String(label));
                found != firing.labels.end() && !found->second.isEmpty())
                return base::visible(found->second);
    return QString::number(firing.value);
}

QString rowName(const metrics::Subject& subject)
{
    const QString name = metrics::nameOf(subject);
    return base::visible(subject.container.isEmpty() ? name : name + QStringLiteral(" · ") + subject.container);
}

} // namespace

VerdictColumn::VerdictColumn(const QString& objectName, metrics::RuleId rule, metrics::SourceKind kind, QWidget* parent)
    : QWidget(parent),
      m_rule(rule),
      m_kind(kind),
      m_name(new PlainLabel),
      m_sign(new PlainLabel),
      m_state(new PlainLabel),
      m_count(new PlainLabel),
      m_note(new ValueLabel(ValueLabel::Look::Text)),
      m_table(new TableView(objectName + QStringLiteral(".rows"))),
      m_rows(new models::TextRowsModel(this))
{
    setObjectName(objectName);
    // The three columns of a card are equally wide, whatever they say.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_name->setObjectName(objectName + QStringLiteral(".source"));
    m_state->setObjectName(objectName + QStringLiteral(".state"));
    m_count->setObjectName(objectName + QStringLiteral(".count"));
    m_note->setObjectName(objectName + QStringLiteral(".note"));
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_note->setColorId(ColorId::Muted);
    for (PlainLabel* label : {m_state, m_count, static_cast<PlainLabel*>(m_note)})
        label->setWordWrap(true);
    m_table->setSortable(false);
    m_table->cells()->setLook(0, {.fixedFont = true});
    m_table->setModel(m_rows);
    m_table->horizontalHeader()->setVisible(false);
    m_table->horizontalHeader()->setStretchLastSection(false);
    onRowOpened(m_table, [this](int row) {
        if (m_verdict && row < static_cast<int>(m_verdict->firing.size()))
            Q_EMIT
        objectActivated(m_verdict->firing[static_cast<std::size_t>(row)].subject);
    });
    auto* state = new QHBoxLayout;
    state->setSpacing(grid::Unit);
    state->addWidget(m_sign, 0, Qt::AlignTop);
    state->addWidget(m_state, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Unit);
    column->addWidget(m_name);
    column->addLayout(state);
    column->addWidget(m_count);
    column->addWidget(m_table);
    column->addWidget(m_note);
    column->addStretch(1);
    fill();
}

void VerdictColumn::setVerdict(const metrics::RuleVerdict& verdict)
{
    m_verdict = verdict;
    fill();
}

void VerdictColumn::setReading(bool reading)
{
    m_reading = reading;
    if (!m_verdict)
        fill();
}

QString VerdictColumn::note() const
{
    const bool isNoteFirst = !m_verdict->error && !m_verdict->source;
    QStringList told{messages::noteOf(*m_verdict).message};
    for (std::size_t i = isNoteFirst ? 1 : 0; i < m_verdict->notes.size(); ++i)
        told += messages::sentence(m_verdict->notes[i]);
    if (m_verdict->source)
        told += messages::advice(*m_verdict->source);
    told.removeAll(QString());
    return told.join(QLatin1Char('\n'));
}

void VerdictColumn::fill()
{
    m_name->setText(messages::sourceName(m_kind));
    StateLook look{Icon::SeverityUnknown, ColorId::Unknown};
    if (m_verdict) {
        look = lookOf(m_verdict->state);
        m_state->setText(messages::stateName(m_verdict->state));
        m_count->setText(countText(*m_verdict));
        m_note->setValue(note());
    } else {
        m_state->setText(m_reading ? tr("is being asked…") : tr("not asked yet"));
        m_count->clear();
        m_note->setValue({});
    }
    const bool fires = m_verdict && m_verdict->state == RuleState::Ok && !m_verdict->firing.empty();
    m_sign->setPixmap(look.drawing().pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
    m_state->setColorId(look.color);
    m_count->setColorId(fires ? std::optional(ColorId::Error) : std::nullopt);
    m_count->setVisible(!m_count->text().isEmpty());
    m_note->setVisible(!m_note->value().isEmpty());
    fillRows();
    setAccessibleName(tr("%1: %2. %3", "source, its state, how many objects fire")
                          .arg(m_name->text(), m_state->text(), m_count->text()));
}

void VerdictColumn::fillRows()
{
    m_rows->setHeaders({tr("Object"), tr("Value")});
    m_table->setAccessibleName(tr("Objects that fire by %1").arg(m_name->text()));
    m_note->setAccessibleName(tr("Note of %1").arg(m_name->text()));
    std::vector<models::TextRow> rows;
    if (m_verdict)
        for (const metrics::Firing& firing : m_verdict->firing)
            rows.push_back({.cells = {rowName(firing.subject), valueText(m_rule, firing)}});
    const int count = static_cast<int>(rows.size());
    m_rows->setRows(std::move(rows));
    m_table->setVisible(count > 0);
    m_table->setFixedHeight(std::min(count, MostRowsShown) * grid::RowHeight + 2 * m_table->frameWidth());
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    sizeValues();
}

void VerdictColumn::sizeValues()
{
    const int wanted = static_cast<QAbstractItemView*>(m_table)->sizeHintForColumn(1);
    m_table->setColumnWidth(1, std::min(wanted, width() * 2 / 5)); // most of the room is the names'
}

void VerdictColumn::resizeEvent(QResizeEvent* event)
{
    sizeValues();
    QWidget::resizeEvent(event);
}

void VerdictColumn::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        fill();
    QWidget::changeEvent(event);
}

} // namespace ui
