#include "ui/widgets/keyvalueview.h"

#include "ui/theme/grid.h"
#include "ui/widgets/keyvaluegroup.h"
#include "ui/widgets/valuelabel.h"

#include <QEvent>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

KeyValueView::KeyValueView(const QString& objectName, QWidget* parent) : QScrollArea(parent)
{
    setObjectName(objectName);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget;
    body->setBackgroundRole(QPalette::Base);
    body->setAutoFillBackground(true);
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(grid::Gap, grid::Gap, grid::Margin, grid::Margin);
    m_column->setSpacing(grid::Margin);
    m_column->addStretch(1);
    setWidget(body);
}

void KeyValueView::setGroups(const std::vector<KeyValues>& groups)
{
    if (groups == m_shown)
        return;
    const bool same = std::equal(m_shown.begin(), m_shown.end(), groups.begin(), groups.end(),
                                 [](const KeyValues& a, const KeyValues& b) { return a.id == b.id; });
    if (!same) {
        qDeleteAll(m_groups);
        m_groups.clear();
        for (const KeyValues& content : groups) {
            auto* group = new KeyValueGroup(objectName() + QLatin1Char('.') + content.id);
            m_column->insertWidget(static_cast<int>(m_groups.size()), group);
            m_groups.push_back(group);
            connect(group, &KeyValueGroup::followed, this, [this, id = content.id](const QString& row) {
                Q_EMIT
                followed(id, row);
            });
            connect(group, &KeyValueGroup::stepped, this, [this](ValueLabel* from, int by) {
                QList<ValueLabel*> values;
                for (const KeyValueGroup* each : m_groups)
                    values << each->values();
                const qsizetype to = values.indexOf(from) + by;
                if (to >= 0 && to < values.size()) {
                    values[to]->setFocus(Qt::TabFocusReason);
                    ensureWidgetVisible(values[to]);
                }
            });
        }
    }
    m_shown = groups;
    fill();
}

void KeyValueView::fill()
{
    int width = 0;
    for (const KeyValues& content : m_shown)
        width = std::max(width, KeyValueGroup::labelWidth(content, fontMetrics()));
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        m_groups[i]->setContent(m_shown[i], width);
}

QString KeyValueView::asText() const
{
    QStringList lines;
    for (const KeyValues& group : m_shown) {
        if (!group.title.isEmpty())
            lines << group.title;
        for (const KeyValue& row : group.rows) {
            QStringList values = row.chips;
            if (!row.value.isEmpty())
                values.prepend(row.value);
            lines << QStringLiteral("%1: %2").arg(row.label, values.join(QLatin1Char(' ')));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

void KeyValueView::changeEvent(QEvent* event)
{
    // Signs are pixmaps, which do not follow the palette by themselves.
    if (event->type() == QEvent::PaletteChange)
        fill();
    QScrollArea::changeEvent(event);
}

void KeyValueView::keyPressEvent(QKeyEvent* event)
{
    // From the view itself, Down goes to the first value; from there the values hand the keyboard on.
    if (event->key() == Qt::Key_Down && hasFocus())
        for (const KeyValueGroup* group : m_groups)
            if (const QList<ValueLabel*> values = group->values(); !values.isEmpty()) {
                values.front()->setFocus(Qt::TabFocusReason);
                return;
            }
    QScrollArea::keyPressEvent(event);
}

} // namespace ui
