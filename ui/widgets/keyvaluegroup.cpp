#include "ui/widgets/keyvaluegroup.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/valuelabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>

namespace ui {
namespace {

constexpr int WidestLabel = 136;

} // namespace

KeyValueGroup::KeyValueGroup(const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_head(new QToolButton),
      m_body(new QWidget),
      m_grid(new QGridLayout(m_body))
{
    setObjectName(objectName);
    m_head->setObjectName(objectName + QStringLiteral(".fold"));
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setAutoRaise(true);
    m_head->setFocusPolicy(Qt::StrongFocus);
    QFont bold = font();
    bold.setBold(true);
    m_head->setFont(bold);
    m_grid->setContentsMargins(grid::Icon + grid::Gap, 0, 0, 0);
    m_grid->setHorizontalSpacing(grid::Margin);
    m_grid->setVerticalSpacing(grid::Unit);
    m_grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Unit);
    column->addWidget(m_head);
    column->addWidget(m_body);
    connect(m_head, &QToolButton::clicked, this, [this] { fold(!m_open); });
    fold(true);
}

int KeyValueGroup::labelWidth(const KeyValues& content, const QFontMetrics& font)
{
    int width = 0;
    for (const KeyValue& row : content.rows)
        width = std::max(width, font.horizontalAdvance(row.label));
    return std::min(width, WidestLabel);
}

void KeyValueGroup::setContent(const KeyValues& content, int labelWidth)
{
    m_head->setText(withoutMnemonic(content.title));
    m_head->setAccessibleName(content.title);
    m_head->setVisible(!content.title.isEmpty());
    m_grid->setColumnMinimumWidth(0, labelWidth);
    const bool same = std::equal(m_rows.begin(), m_rows.end(), content.rows.begin(), content.rows.end(),
                                 [](const Row& row, const KeyValue& wanted) { return row.id == wanted.id; });
    if (!same)
        rebuild(content);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        fillRow(m_rows[i], content.rows[i]);
}

void KeyValueGroup::rebuild(const KeyValues& content)
{
    for (const Row& row : m_rows) {
        delete row.label;
        delete row.cell;
    }
    m_rows.clear();
    int at = 0;
    for (const KeyValue& row : content.rows) {
        m_rows.push_back(makeRow(row));
        m_grid->addWidget(m_rows.back().label, at, 0, Qt::AlignLeft | Qt::AlignTop);
        m_grid->addWidget(m_rows.back().cell, at, 1);
        ++at;
    }
}

KeyValueGroup::Row KeyValueGroup::makeRow(const KeyValue& content)
{
    Row row;
    row.id = content.id;
    const QString name = objectName() + QLatin1Char('.') + content.id;
    row.label = new PlainLabel;
    row.label->setObjectName(name + QStringLiteral(".label"));
    row.label->setColorId(ColorId::Muted);
    row.cell = new QWidget;
    row.sign = new PlainLabel;
    row.sign->setObjectName(name + QStringLiteral(".sign"));
    row.sign->hide();
    row.value = new ValueLabel(ValueLabel::Look::Text);
    row.value->setObjectName(name);
    if (content.fixedFont)
        row.value->setFont(fixedFont(font()));
    row.value->setLeads(content.leads);
    row.chips = new QWidget;
    row.chips->setObjectName(name + QStringLiteral(".chips"));
    new FlowLayout(row.chips);

    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(grid::Unit);
    line->addWidget(row.sign, 0, Qt::AlignTop);
    line->addWidget(row.value, 1);
    auto* column = new QVBoxLayout(row.cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Unit);
    column->addLayout(line);
    column->addWidget(row.chips);

    ValueLabel* value = row.value;
    connect(value, &ValueLabel::followed, this, [this, id = content.id] {
        Q_EMIT
        followed(id);
    });
    connect(value, &ValueLabel::stepped, this, [this, value](int by) {
        Q_EMIT
        stepped(value, by);
    });
    return row;
}

void KeyValueGroup::fillRow(Row& row, const KeyValue& content)
{
    row.label->setText(content.label);
    // A label that may wrap asks for less room than its words need: only one that is too long may.
    row.label->setWordWrap(fontMetrics().horizontalAdvance(content.label) > WidestLabel);
    row.label->setMaximumWidth(WidestLabel);
    if (row.value->value() != content.value)
        row.value->setValue(content.value);
    row.value->setAccessibleName(QStringLiteral("%1: %2").arg(content.label, content.value));
    row.value->setVisible(!content.value.isEmpty() || content.chips.isEmpty());
    row.value->setColorId(signColor(content.sign));
    row.sign->setVisible(content.sign != Sign::None);
    if (content.sign != Sign::None)
        row.sign->setPixmap(signIcon(content.sign).pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));

    row.chips->setVisible(!content.chips.isEmpty());
    if (row.chipTexts == content.chips)
        return;
    row.chipTexts = content.chips;
    qDeleteAll(row.chipLabels);
    row.chipLabels.clear();
    for (const QString& text : content.chips) {
        auto* chip = new ValueLabel(ValueLabel::Look::Chip, row.chips);
        chip->setObjectName(QStringLiteral("%1.chip%2").arg(row.value->objectName()).arg(row.chipLabels.size()));
        chip->setFont(fixedFont(font()));
        chip->setValue(text);
        chip->setAccessibleName(text);
        chip->setToolTip(plainToolTip(text));
        row.chips->layout()->addWidget(chip);
        row.chipLabels << chip;
        connect(chip, &ValueLabel::stepped, this, [this, chip](int by) {
            Q_EMIT
            stepped(chip, by);
        });
    }
    row.chips->updateGeometry();
}

QList<ValueLabel*> KeyValueGroup::values() const
{
    QList<ValueLabel*> values;
    if (m_open)
        for (const Row& row : m_rows) {
            if (row.value->isVisibleTo(row.cell))
                values << row.value;
            values << row.chipLabels;
        }
    return values;
}

void KeyValueGroup::fold(bool open)
{
    m_open = open;
    m_body->setVisible(open);
    m_head->setIcon(themeIcon(open ? Icon::ChevronDown : Icon::ChevronRight));
}

} // namespace ui
