#include "ui/shell/welcomepage.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>

namespace ui {
namespace {

constexpr std::array<const char*, 6> Keys{"Ctrl+K", "Enter", "Ctrl+F", "F5", "Ctrl+Tab", "?"};

} // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent),
      m_title(new PlainLabel),
      m_text(new PlainLabel),
      m_problem(new PlainLabel),
      m_advice(new PlainLabel),
      m_why(new QPushButton),
      m_open(new QPushButton),
      m_connections(new QPushButton),
      m_snapshot(new QPushButton),
      m_demo(new QPushButton)
{
    setObjectName(QStringLiteral("welcome"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    m_title->setFont(large);
    m_title->setObjectName(QStringLiteral("welcome.title"));
    m_text->setObjectName(QStringLiteral("welcome.text"));
    m_problem->setObjectName(QStringLiteral("welcome.problem"));
    m_advice->setObjectName(QStringLiteral("welcome.advice"));
    m_why->setObjectName(QStringLiteral("welcome.why"));
    m_why->setIcon(themeIcon(Icon::Troubleshoot));
    m_why->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_why->hide();
    m_open->setObjectName(QStringLiteral("welcome.open"));
    m_open->setIcon(themeIcon(Icon::Open));
    m_open->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_connections->setObjectName(QStringLiteral("welcome.connections"));
    m_connections->setIcon(themeIcon(Icon::Link));
    m_connections->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_snapshot->setObjectName(QStringLiteral("welcome.snapshot"));
    m_demo->setObjectName(QStringLiteral("welcome.demo"));
    for (QPushButton* button : {m_snapshot, m_demo}) {
        button->setIcon(themeIcon(Icon::Snapshot));
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    for (auto* label : {m_text, m_problem, m_advice})
        label->setWordWrap(true);
    m_advice->setColorId(ColorId::Muted);
    m_problem->hide();
    m_advice->hide();

    auto* hints = new QGridLayout;
    hints->setHorizontalSpacing(grid::Margin);
    hints->setVerticalSpacing(grid::Unit);
    hints->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < Keys.size(); ++i) {
        auto* key = new PlainLabel;
        key->setText(QLatin1String(Keys[i]));
        key->setColorId(ColorId::Muted);
        auto* words = new PlainLabel;
        words->setColorId(ColorId::Muted);
        m_hints << words;
        hints->addWidget(key, static_cast<int>(i), 0);
        hints->addWidget(words, static_cast<int>(i), 1);
    }
    auto* text = new QVBoxLayout;
    text->setSpacing(grid::Gap);
    text->addWidget(m_title);
    text->addWidget(m_problem);
    text->addWidget(m_advice);
    text->addWidget(m_why);
    text->addWidget(m_text);
    text->addSpacing(grid::Gap);
    text->addLayout(hints);
    text->addSpacing(grid::Gap);
    text->addWidget(m_open);
    text->addWidget(m_connections);
    text->addWidget(m_snapshot);
    text->addWidget(m_demo);
    auto* box = new QWidget;
    box->setMaximumWidth(440);
    box->setLayout(text);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(box, 6);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
    connect(m_why, &QPushButton::clicked, this, &WelcomePage::whyRequested);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(m_connections, &QPushButton::clicked, this, &WelcomePage::connectionsRequested);
    connect(m_snapshot, &QPushButton::clicked, this, &WelcomePage::snapshotRequested);
    connect(m_demo, &QPushButton::clicked, this, &WelcomePage::demoRequested);
    retranslate();
}

void WelcomePage::setProblem(const QString& sentence, const QString& advice)
{
    m_problem->setText(sentence);
    m_advice->setText(advice);
    m_problem->setVisible(!sentence.isEmpty());
    m_advice->setVisible(!advice.isEmpty());
    m_why->setVisible(!sentence.isEmpty());
    m_text->setVisible(sentence.isEmpty());
}

void WelcomePage::retranslate()
{
    m_title->setText(tr("Alidade"));
    m_text->setText(tr("Choose a cluster in the tree, then what to look at."));
    m_why->setText(tr("Find out why"));
    m_open->setText(tr("Open kubeconfig…"));
    m_connections->setText(tr("Connections…"));
    m_snapshot->setText(tr("Open snapshot…"));
    m_demo->setText(tr("Open the demo"));
    const std::array hints{tr("search, or run an action"),
                           tr("open what is selected"),
                           tr("filter the table"),
                           tr("ask the server again"),
                           tr("next tab"),
                           tr("all keys")};
    for (std::size_t i = 0; i < hints.size(); ++i)
        m_hints[static_cast<qsizetype>(i)]->setText(hints[i]);
}

void WelcomePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
