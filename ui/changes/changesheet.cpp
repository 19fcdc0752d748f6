#include "ui/changes/changesheet.h"

#include "ui/theme/grid.h"
#include "ui/widgets/commandbox.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/signlabel.h"
#include "ui/widgets/signlist.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace ui {
namespace {

constexpr int MostItemRows = 6;

} // namespace

ChangeSheet::ChangeSheet(ChangeForm* form, QWidget* parent)
    : QDialog(parent),
      m_form(form),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_items(new QTreeWidget),
      m_linesLabel(new PlainLabel),
      m_lines(new SignList(QStringLiteral("change.lines"))),
      m_diff(new DiffView(QStringLiteral("change.diff"))),
      m_command(new CommandBox(QStringLiteral("change"), {QStringLiteral("kubectl"), QStringLiteral("curl")})),
      m_status(new SignLabel(QStringLiteral("change.status"), PlainLabel::Selectable::Yes)),
      m_ask(new PlainLabel),
      m_word(new QLineEdit),
      m_close(new QPushButton),
      m_undo(new QPushButton),
      m_accept(new QPushButton),
      m_apply(new QPushButton),
      m_copy(new CopyButton(QStringLiteral("change.copyCommand")))
{
    setObjectName(QStringLiteral("change"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    resize(760, 620);
    retranslate();
    m_form->setFocus();
}

void ChangeSheet::build()
{
    const std::pair<QWidget*, const char*> names[] = {
        {m_title, "title"}, {m_items, "items"}, {m_linesLabel, "linesLabel"}, {m_word, "word"},
        {m_close, "close"}, {m_undo, "undo"},   {m_accept, "accept"},         {m_apply, "apply"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("change.") + QLatin1String(name));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_linesLabel->setFont(bold);
    m_items->setRootIsDecorated(false);
    m_items->setUniformRowHeights(true);
    m_items->setColumnCount(2);
    m_diff->setMinimumHeight(96);
    m_word->setMaximumWidth(240);
    for (QPushButton* button : {m_close, m_undo, m_accept, m_apply})
        button->setAutoDefault(false);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_ask);
    buttons->addWidget(m_word);
    buttons->addStretch(1);
    for (QPushButton* button : std::initializer_list<QPushButton*>{m_accept, m_undo, m_close, m_copy, m_apply})
        buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(m_title);
    column->addWidget(m_items);
    column->addWidget(m_form, m_form->sizePolicy().verticalPolicy() == QSizePolicy::Expanding ? 3 : 0);
    column->addWidget(m_linesLabel);
    column->addWidget(m_lines, 2);
    column->addWidget(m_diff, 2);
    column->addStretch(); // once it is over: nothing else grows then
    column->addWidget(m_command);
    column->addWidget(m_status);
    column->addLayout(buttons);

    connect(m_word, &QLineEdit::textChanged, this, &ChangeSheet::update);
    connect(m_close, &QPushButton::clicked, this, &ChangeSheet::reject);
    connect(m_apply, &QPushButton::clicked, this, &ChangeSheet::applyRequested);
    connect(m_undo, &QPushButton::clicked, this, &ChangeSheet::undoRequested);
    connect(m_accept, &QPushButton::clicked, this, &ChangeSheet::acceptRequested);
}

void ChangeSheet::reject()
{
    // What is on its way would go on unseen.
    if (!m_look.isBusy)
        QDialog::reject();
}

void ChangeSheet::setLook(const Look& look)
{
    if (look == m_look)
        return;
    if (look.word != m_look.word)
        m_word->clear(); // typed for another change
    if (look.items != m_look.items) {
        m_items->clear();
        for (const Item& item : look.items) {
            auto* row = new QTreeWidgetItem(m_items, {item.name, item.note.text});
            row->setIcon(1, signIcon(item.note.sign));
            row->setToolTip(1, item.note.text.toHtmlEscaped());
        }
        m_items->resizeColumnToContents(0);
        const int rows = std::min<int>(MostItemRows, static_cast<int>(look.items.size())) + 1;
        m_items->setFixedHeight(rows * std::max(grid::RowHeight, fontMetrics().height() + 6) + 8);
    }
    m_look = look;
    update();
}

void ChangeSheet::update()
{
    setWindowTitle(m_look.title);
    m_title->setText(m_look.title);
    m_items->setVisible(!m_look.items.empty());
    m_form->setEnabled(!m_look.isOver && !m_look.isBusy);
    m_lines->setLines(m_look.lines);
    m_lines->setVisible(!m_look.lines.empty());
    m_linesLabel->setVisible(!m_look.lines.empty());
    m_diff->setVisible(m_look.showsDiff);
    m_diff->setLines(m_look.diff);
    m_command->setCommands({m_look.kubectl, m_look.curl});
    m_status->setLine(m_look.status);
    const bool asks = m_look.canApply && !m_look.word.isEmpty();
    m_ask->setText(asks ? tr("To confirm, type “%1”:").arg(m_look.word) : QString());
    m_ask->setVisible(asks);
    m_word->setVisible(asks);
    m_word->setAccessibleName(m_ask->text());
    m_apply->setText(m_look.apply);
    m_apply->setAccessibleName(m_look.apply);
    m_apply->setVisible(!m_look.isOver && !m_look.apply.isEmpty());
    m_apply->setEnabled(m_look.canApply && (m_look.word.isEmpty() || m_word->text() == m_look.word));
    m_apply->setDefault(!m_look.isDangerous && m_apply->isEnabled());
    m_copy->standInFor(m_apply, m_look.off, m_look.kubectl);
    m_undo->setText(m_look.undo.isEmpty() ? tr("Undo") : m_look.undo);
    m_undo->setAccessibleName(m_undo->text());
    m_undo->setVisible(m_look.canUndo);
    m_accept->setVisible(m_look.canAccept);
    m_close->setEnabled(!m_look.isBusy);
}

void ChangeSheet::retranslate()
{
    m_items->setHeaderLabels({tr("Object"), tr("What happens")});
    m_items->setAccessibleName(tr("Objects"));
    m_linesLabel->setText(tr("What will happen"));
    m_lines->setAccessibleName(tr("What will happen"));
    m_diff->setAccessibleName(tr("Difference between the live object and the server's answer"));
    m_diff->setEmptyText(tr("Nothing would change."));
    m_command->setWords({tr("The same with"), tr("The equal command"), tr("Copy the command")});
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(m_close->text());
    m_accept->setText(tr("Start from what is there now"));
    m_accept->setAccessibleName(m_accept->text());
    m_form->retranslate();
    update();
}

void ChangeSheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT languageChanged();
    }
    QDialog::changeEvent(event);
}

} // namespace ui
