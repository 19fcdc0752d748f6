#include "ui/troubleshoot/guidechooser.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

constexpr int GuideRole = Qt::UserRole + 1;

/// Those that know the text, then the others.
std::vector<const diagnose::Guide*> ordered(const QString& text)
{
    std::vector<const diagnose::Guide*> guides = diagnose::guidesFor(text);
    for (const diagnose::Guide& guide : diagnose::allGuides())
        if (std::ranges::find(guides, &guide) == guides.end())
            guides.push_back(&guide);
    return guides;
}

} // namespace

GuideChooser::GuideChooser(QWidget* parent)
    : QWidget(parent),
      m_textLabel(new PlainLabel),
      m_text(new QPlainTextEdit),
      m_guidesLabel(new PlainLabel),
      m_guides(new QListWidget),
      m_hint(new PlainLabel),
      m_arguments(new QLineEdit),
      m_start(new QPushButton),
      m_stop(new QPushButton)
{
    m_text->setObjectName(QStringLiteral("troubleshoot.text"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(4 * grid::RowHeight);
    m_textLabel->setBuddy(m_text);
    m_guides->setObjectName(QStringLiteral("troubleshoot.guides"));
    m_guides->setWordWrap(true);
    m_guides->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_guidesLabel->setBuddy(m_guides);
    m_hint->setObjectName(QStringLiteral("troubleshoot.hint"));
    m_hint->setColorId(ColorId::Muted);
    m_hint->setWordWrap(true);
    m_arguments->setObjectName(QStringLiteral("troubleshoot.arguments"));
    m_start->setObjectName(QStringLiteral("troubleshoot.start"));
    m_start->setIcon(themeIcon(Icon::Run));
    m_stop->setObjectName(QStringLiteral("troubleshoot.stop"));
    for (auto* button : {m_start, m_stop})
        button->setAutoDefault(false);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_start);
    buttons->addWidget(m_stop);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Margin, grid::Margin, grid::Margin, grid::Margin);
    column->setSpacing(grid::Gap);
    column->addWidget(m_textLabel);
    column->addWidget(m_text);
    column->addWidget(m_hint);
    column->addWidget(m_guidesLabel);
    column->addWidget(m_guides, 1);
    column->addWidget(m_arguments);
    column->addLayout(buttons);

    connect(m_text, &QPlainTextEdit::textChanged, this, &GuideChooser::fill);
    connect(m_guides, &QListWidget::currentRowChanged, this, &GuideChooser::showChosen);
    connect(m_guides, &QListWidget::itemActivated, this, &GuideChooser::startRequested);
    connect(m_arguments, &QLineEdit::returnPressed, this, &GuideChooser::startRequested);
    connect(m_start, &QPushButton::clicked, this, &GuideChooser::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &GuideChooser::stopRequested);
    retranslate();
}

QString GuideChooser::text() const
{
    return m_text->toPlainText();
}

void GuideChooser::setText(const QString& text)
{
    m_text->setPlainText(text);
}

const diagnose::Guide* GuideChooser::guide() const
{
    const QListWidgetItem* item = m_guides->currentItem();
    return item ? diagnose::findGuide(item->data(GuideRole).toString()) : nullptr;
}

void GuideChooser::choose(const QString& guide)
{
    for (int row = 0; row < m_guides->count(); ++row)
        if (m_guides->item(row)->data(GuideRole).toString() == guide)
            m_guides->setCurrentRow(row);
}

QStringList GuideChooser::arguments() const
{
    return m_arguments->isVisibleTo(this) ? m_arguments->text().split(QLatin1Char(' '), Qt::SkipEmptyParts)
                                          : QStringList();
}

void GuideChooser::setArguments(const QString& arguments)
{
    m_arguments->setText(arguments);
}

void GuideChooser::setRunning(bool running)
{
    m_running = running;
    m_stop->setEnabled(running);
}

void GuideChooser::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
}

void GuideChooser::fill()
{
    const QString pasted = text();
    const diagnose::Guide* chosen = guide();
    const QString keep = chosen ? chosen->id : QString();
    const auto knowing = diagnose::guidesFor(pasted);
    {
        const QSignalBlocker quiet(m_guides);
        m_guides->clear();
        for (const diagnose::Guide* each : ordered(pasted)) {
            QStringList lines{each->title.text()};
            for (const diagnose::Text& symptom : each->symptoms)
                lines << QStringLiteral("· ") + symptom.text();
            auto* item = new QListWidgetItem(lines.join(QLatin1Char('\n')), m_guides);
            item->setData(GuideRole, each->id);
            item->setData(Qt::AccessibleTextRole, lines.join(QStringLiteral(", ")));
        }
        m_guides->setCurrentRow(0);
    }
    if (knowing.empty())
        choose(keep);
    m_hint->setText(pasted.trimmed().isEmpty() ? QString()
                    : knowing.empty()          ? tr("No guide knows this text. Choose by what you see.")
                                               : tr("This text leads to: %1").arg(knowing.front()->title.text()));
    m_hint->setVisible(!m_hint->text().isEmpty());
    showChosen();
}

void GuideChooser::showChosen()
{
    const diagnose::Guide* chosen = guide();
    const bool takes = chosen && !chosen->arguments.isEmpty();
    m_arguments->setVisible(takes);
    if (takes)
        m_arguments->setPlaceholderText(chosen->arguments);
    m_start->setEnabled(chosen);
}

void GuideChooser::retranslate()
{
    m_textLabel->setText(tr("Paste an error, or what you see"));
    m_text->setAccessibleName(m_textLabel->text());
    m_guidesLabel->setText(tr("What do you see?"));
    m_guides->setAccessibleName(m_guidesLabel->text());
    m_arguments->setAccessibleName(tr("What it is about"));
    m_start->setText(tr("Find out why"));
    m_start->setAccessibleName(m_start->text());
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(m_stop->text());
    setRunning(m_running);
    fill();
}

void GuideChooser::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
