#include "ui/objects/detailpane.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/tableview.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace ui {

DetailPane::DetailPane(const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_icon(new PlainLabel),
      m_name(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_kind(new PlainLabel),
      m_act(new QToolButton),
      m_menu(new QMenu(this)),
      m_lead(new QToolButton),
      m_edit(new QToolButton),
      m_copy(new QToolButton),
      m_close(new QToolButton),
      m_tabs(new QTabWidget),
      m_overview(new KeyValueView(objectName + QStringLiteral(".overview"))),
      m_yaml(new CodeView(objectName + QStringLiteral(".yaml"), CodeView::Language::Yaml)),
      m_events(new TableView(objectName + QStringLiteral(".events")))
{
    setObjectName(objectName);
    const auto named = [&objectName](QWidget* widget, const char* part) {
        widget->setObjectName(objectName + QLatin1Char('.') + QLatin1String(part));
    };
    named(m_icon, "icon");
    named(m_name, "name");
    named(m_kind, "kind");
    named(m_act, "act");
    named(m_menu, "menu");
    m_menu->menuAction()->setObjectName(m_menu->objectName() + QStringLiteral(".action"));
    named(m_lead, "lead");
    named(m_edit, "edit");
    named(m_copy, "copyName");
    named(m_close, "close");
    named(m_tabs, "tabs");
    named(m_tabs->tabBar(), "tabBar");
    QFont font = fixedFont(this->font());
    font.setBold(true);
    m_name->setFont(font);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_kind->setColorId(ColorId::Muted);
    m_edit->setIcon(themeIcon(Icon::Yaml));
    m_copy->setIcon(themeIcon(Icon::Copy));
    m_close->setIcon(themeIcon(Icon::Close));
    m_act->setIcon(themeIcon(Icon::Run));
    m_act->setMenu(m_menu);
    m_act->setPopupMode(QToolButton::InstantPopup);
    m_act->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &DetailPane::menuWanted);
    m_lead->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_lead->hide();
    for (auto* button : {m_act, m_lead, m_edit, m_copy, m_close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setExpanding(false);
    QWidget* contents[] = {m_overview, m_yaml, m_events};
    const char* names[] = {"overviewState", "yamlState", "eventsState"};
    for (int tab = 0; tab < 3; ++tab) {
        m_panes[tab] = new StatePane(objectName + QLatin1Char('.') + QLatin1String(names[tab]), contents[tab]);
        m_tabs->addTab(m_panes[tab], QString());
        connect(m_panes[tab], &StatePane::whyRequested, this, &DetailPane::whyRequested);
        connect(m_panes[tab], &StatePane::retryRequested, this, [this, tab] {
            Q_EMIT
            retryRequested(static_cast<Tab>(tab));
        });
    }

    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::Gap, grid::Unit, grid::Unit, grid::Unit);
    head->setSpacing(grid::Gap);
    head->addWidget(m_icon);
    head->addWidget(m_name, 1);
    head->addWidget(m_kind);
    head->addWidget(m_act);
    head->addWidget(m_edit);
    head->addWidget(m_copy);
    head->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    auto* lead = new QHBoxLayout; // a row of its own: the name needs the room
    lead->setContentsMargins(grid::Unit, 0, grid::Unit, 0);
    lead->addWidget(m_lead);
    lead->addStretch(1);
    column->addLayout(lead);
    column->addWidget(m_tabs);

    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        Q_EMIT
        tabShown(static_cast<Tab>(tab));
    });
    connect(m_close, &QToolButton::clicked, this, &DetailPane::closed);
    connect(m_lead, &QToolButton::clicked, this, &DetailPane::leadRequested);
    connect(m_edit, &QToolButton::clicked, this, &DetailPane::editRequested);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_name->text()); });
    retranslate();
}

void DetailPane::setHead(const QIcon& icon, const QString& name, const QString& kind)
{
    m_drawing = icon;
    m_icon->setPixmap(icon.pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
    m_name->setText(name);
    m_name->setToolTip(plainToolTip(name));
    m_kind->setText(kind);
}

void DetailPane::setLead(const QIcon& icon, const QString& words)
{
    m_leadWords = words;
    m_lead->setIcon(icon);
    m_lead->setText(withoutMnemonic(words));
    m_lead->setAccessibleName(words.isEmpty() ? tr("Related") : words);
    m_lead->setVisible(!words.isEmpty());
}

DetailPane::Tab DetailPane::tab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void DetailPane::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void DetailPane::setHasCommands(bool has)
{
    m_act->setVisible(has);
}

void DetailPane::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void DetailPane::find()
{
    setTab(Yaml);
    m_yaml->find();
}

void DetailPane::retranslate()
{
    m_tabs->setTabText(Overview, tr("Overview"));
    m_tabs->setTabText(Yaml, QStringLiteral("YAML"));
    m_tabs->setTabText(Events, tr("Events"));
    m_tabs->setAccessibleName(tr("Detail"));
    m_tabs->tabBar()->setAccessibleName(tr("Detail"));
    m_overview->setAccessibleName(tr("Overview"));
    m_yaml->setName(QStringLiteral("YAML"));
    m_events->setAccessibleName(tr("Events"));
    const auto name = [](QToolButton* button, const QString& words) {
        button->setAccessibleName(words);
        button->setToolTip(words);
    };
    name(m_act, tr("Change this object"));
    m_menu->setTitle(tr("Change this object"));
    m_menu->setAccessibleName(m_menu->title());
    setLead(m_lead->icon(), m_leadWords);
    name(m_edit, tr("Edit as YAML"));
    name(m_copy, tr("Copy name"));
    name(m_close, tr("Close detail"));
}

void DetailPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange && !m_drawing.isNull())
        m_icon->setPixmap(m_drawing.pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
    QWidget::changeEvent(event);
}

} // namespace ui
