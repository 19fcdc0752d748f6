#include "ui/shell/topbar.h"

#include "ui/shell/actionregistry.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/endpointlabel.h"
#include "ui/theme/grid.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>

namespace ui {
namespace {

constexpr int ShortestName = 18; // letters
constexpr int LongestName = 40;

} // namespace

TopBar::TopBar(const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      m_cluster(new QComboBox),
      m_endpoint(new EndpointLabel),
      m_palette(new CommandPalette(actions)),
      m_language(new QToolButton),
      m_theme(new QToolButton)
{
    setObjectName(QStringLiteral("topBar"));
    m_cluster->setObjectName(QStringLiteral("topBar.cluster"));
    m_cluster->view()->setObjectName(QStringLiteral("topBar.clusters"));
    m_cluster->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_cluster->setMinimumContentsLength(ShortestName);
    m_cluster->setMaxVisibleItems(20);
    m_palette->setMaximumWidth(480);
    m_palette->setMinimumWidth(160);

    m_language->setDefaultAction(actions.action(QStringLiteral("tools.toggle-language")));
    m_language->setObjectName(QStringLiteral("topBar.language"));
    m_language->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_theme->setDefaultAction(actions.action(QStringLiteral("tools.toggle-theme")));
    m_theme->setObjectName(QStringLiteral("topBar.theme"));
    for (auto* button : {m_language, m_theme}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid::Unit, grid::Unit, grid::Unit, grid::Unit);
    row->setSpacing(grid::Gap);
    row->addWidget(m_cluster);
    row->addWidget(m_endpoint);
    row->addStretch(1);
    row->addWidget(m_palette, 4);
    row->addStretch(1);
    row->addWidget(m_language);
    row->addWidget(m_theme);
    connect(m_cluster, &QComboBox::activated, this, &TopBar::clusterChosen);
    // As long as the one that is looked at; Qt cuts a longer name off in the middle of a letter.
    connect(m_cluster, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        m_cluster->setMinimumContentsLength(std::clamp(static_cast<int>(name.size()), ShortestName, LongestName));
        m_cluster->setToolTip(name);
    });
    retranslate();
}

void TopBar::setClusters(QAbstractItemModel* model)
{
    m_cluster->setModel(model);
    m_cluster->setCurrentIndex(-1);
}

void TopBar::setCurrentCluster(int row)
{
    m_cluster->setCurrentIndex(row);
}

void TopBar::retranslate()
{
    m_cluster->setPlaceholderText(tr("No cluster"));
    m_cluster->setAccessibleName(tr("Cluster"));
    m_cluster->view()->setAccessibleName(tr("Clusters"));
    // The button names both languages in their own words, so that whoever cannot read the one finds the other.
    m_language->setText(QStringLiteral("中/EN"));
    m_language->setAccessibleName(tr("Switch language"));
    m_theme->setAccessibleName(tr("Switch between light and dark"));
}

void TopBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
