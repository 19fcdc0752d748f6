#include "ui/manifests/obstacleview.h"

#include "app/base/visible.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

constexpr int MostFieldRows = 6;

} // namespace

ObstacleView::ObstacleView(QWidget* parent)
    : QScrollArea(parent),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_fields(new QTreeWidget),
      m_facts(new PlainLabel(PlainLabel::Selectable::Yes))
{
    setObjectName(QStringLiteral("edit.obstacle"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_title->setObjectName(QStringLiteral("edit.obstacle.title"));
    m_title->setWordWrap(true);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_fields->setObjectName(QStringLiteral("edit.obstacle.fields"));
    m_fields->setRootIsDecorated(false);
    m_fields->setUniformRowHeights(true);
    m_fields->setColumnCount(3);
    m_fields->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_facts->setObjectName(QStringLiteral("edit.obstacle.facts"));
    m_facts->setWordWrap(true);
    auto* content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(grid::Margin, grid::Unit, grid::Margin, grid::Margin);
    m_column->setSpacing(grid::Gap);
    m_column->addWidget(m_title);
    m_column->addWidget(m_fields);
    m_column->addWidget(m_facts);
    m_column->addStretch(1);
    setWidget(content);
}

void ObstacleView::show(const kube::ObjectRef& object, const EditSession::Obstacle& obstacle)
{
    if (object == m_object && obstacle == m_shown)
        return;
    m_object = object;
    m_shown = obstacle;
    update();
}

void ObstacleView::update()
{
    m_title->setText(tr("%1 is there already, and cannot be changed in these fields any more:")
                         .arg(base::visible(m_object.kind + QLatin1Char('/') + m_object.name)));
    m_fields->setHeaderLabels({tr("Field"), tr("Live"), tr("Wanted")});
    m_fields->setAccessibleName(tr("Fields that cannot be changed any more"));
    m_fields->clear();
    for (const EditSession::Obstacle::Field& field : m_shown.fields) {
        auto* row = new QTreeWidgetItem(m_fields, {field.name, field.live, field.wanted});
        for (int column = 0; column < row->columnCount(); ++column)
            row->setToolTip(column, row->text(column).toHtmlEscaped());
    }
    const int rows = std::min<int>(MostFieldRows, static_cast<int>(m_shown.fields.size())) + 1;
    m_fields->setFixedHeight(rows * std::max(grid::RowHeight, fontMetrics().height() + 6) + 8);
    m_facts->setText(m_shown.facts.join(QLatin1Char('\n')));
    m_facts->setVisible(!m_shown.facts.isEmpty());
    delete m_ways;
    m_ways = new QWidget;
    auto* ways = new QVBoxLayout(m_ways);
    ways->setContentsMargins(0, 0, 0, 0);
    ways->setSpacing(grid::Gap);
    m_column->insertWidget(m_column->count() - 1, m_ways);
    for (const EditSession::Obstacle::Way& way : m_shown.ways)
        addWay(way);
}

void ObstacleView::addWay(const EditSession::Obstacle::Way& way)
{
    const QString act = way.id == QLatin1String("keep")     ? tr("Keep these fields, apply the rest")
                        : way.id == QLatin1String("rename") ? tr("Go to the name")
                                                            : tr("Delete and create again…");
    auto* button = new QPushButton(act);
    button->setObjectName(QStringLiteral("edit.obstacle.") + way.id);
    button->setAutoDefault(false);
    auto* words = new PlainLabel;
    words->setWordWrap(true);
    QStringList lines{way.text};
    for (const QString& loss : way.loses)
        lines << QStringLiteral("• ") + loss;
    words->setText(lines.join(QLatin1Char('\n')));
    button->setAccessibleName(act);
    button->setAccessibleDescription(words->text());
    m_ways->layout()->addWidget(words);
    static_cast<QVBoxLayout*>(m_ways->layout())->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &QPushButton::clicked, this, [this, id = way.id] { Q_EMIT chosen(id); });
}

void ObstacleView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        update();
    QScrollArea::changeEvent(event);
}

} // namespace ui
