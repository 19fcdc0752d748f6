#include "ui/changes/changesheet.h"

#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/plainlabel.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>

namespace ui {
namespace {

constexpr int MostItemRows = 6;
constexpr int CommandLines = 3;

} // namespace

ChangeSheet::ChangeSheet(ChangeForm* form, QWidget* parent)
    : QDialog(parent),
      m_form(form),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_items(new QTreeWidget),
      m_linesLabel(new PlainLabel),
      m_lines(new QListWidget),
      m_diff(new DiffView(QStringLiteral("change.diff"))),
      m_tool(new QComboBox),
      m_command(new QPlainTextEdit),
      m_copy(new QToolButton),
      m_sign(new PlainLabel),
      m_status(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_ask(new PlainLabel),
      m_word(new QLineEdit),
      m_close(new QPushButton),
      m_undo(new QPushButton),
      m_accept(new QPushButton),
      m_apply(new QPushButton)
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
        {m_title, "title"}, {m_items, "items"},   {m_linesLabel, "linesLabel"},
        {m_lines, "lines"}, {m_tool, "tool"},     {m_command, "command"},
        {m_copy, "copy"},   {m_status, "status"}, {m_word, "word"},
        {m_close, "close"}, {m_undo, "undo"},     {m_accept, "accept"},
        {m_apply, "apply"}};
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
    m_lines->setWordWrap(true);
    m_lines->setIconSize({metrics::Icon, metrics::Icon});
    m_lines->setFrameShape(QFrame::NoFrame);
    m_lines->setResizeMode(QListView::Adjust);
    m_lines->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_diff->setMinimumHeight(96);
    m_command->setReadOnly(true);
    m_command->setTabChangesFocus(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setFont(fixedFont(font()));
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * CommandLines + 12);
    m_tool->addItems({QStringLiteral("kubectl"), QStringLiteral("curl")});
    m_copy->setIcon(themeIcon(Icon::Copy));
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    m_status->setWordWrap(true);
    m_word->setMaximumWidth(240);
    for (QPushButton* button : {m_close, m_undo, m_accept, m_apply})
        button->setAutoDefault(false);

    auto* command = new QHBoxLayout;
    command->setSpacing(metrics::Gap);
    command->addWidget(m_tool, 0, Qt::AlignTop);
    command->addWidget(m_command, 1);
    command->addWidget(m_copy, 0, Qt::AlignTop);
    auto* status = new QHBoxLayout;
    status->setSpacing(metrics::Gap);
    status->addWidget(m_sign, 0, Qt::AlignTop);
    status->addWidget(m_status, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::Gap);
    buttons->addWidget(m_ask);
    buttons->addWidget(m_word);
    buttons->addStretch(1);
    for (QPushButton* button : {m_accept, m_undo, m_close, m_apply})
        buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(metrics::Margin);
    column->addWidget(m_title);
    column->addWidget(m_items);
    column->addWidget(m_form, m_form->sizePolicy().verticalPolicy() == QSizePolicy::Expanding ? 3 : 0);
    column->addWidget(m_linesLabel);
    column->addWidget(m_lines, 2);
    column->addWidget(m_diff, 2);
    column->addStretch(); // once it is over: nothing else grows then
    column->addLayout(command);
    column->addLayout(status);
    column->addLayout(buttons);

    connect(m_word, &QLineEdit::textChanged, this, &ChangeSheet::update);
    connect(m_tool, &QComboBox::currentIndexChanged, this, &ChangeSheet::update);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
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
        m_items->setFixedHeight(rows * std::max(metrics::RowHeight, fontMetrics().height() + 6) + 8);
    }
    if (look.lines != m_look.lines) {
        m_lines->clear();
        QPixmap blank(metrics::Icon, metrics::Icon); // texts stand below each other, sign or none
        blank.fill(Qt::transparent);
        for (const Line& line : look.lines) {
            const QIcon icon = line.sign == Sign::None ? QIcon(blank) : signIcon(line.sign);
            auto* row = new QListWidgetItem(icon, line.text, m_lines);
            const QString word = signWord(line.sign);
            row->setData(Qt::AccessibleTextRole, word.isEmpty() ? line.text : word + QStringLiteral(": ") + line.text);
        }
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
    m_lines->setVisible(!m_look.lines.empty());
    m_linesLabel->setVisible(!m_look.lines.empty());
    m_diff->setVisible(m_look.showsDiff);
    m_diff->setLines(m_look.diff);
    const QString command = m_tool->currentIndex() == 0 ? m_look.kubectl : m_look.curl;
    if (command != m_command->toPlainText())
        m_command->setPlainText(command);
    m_sign->setVisible(m_look.status.sign != Sign::None);
    m_sign->setPixmap(signIcon(m_look.status.sign).pixmap(metrics::Icon, metrics::Icon));
    m_sign->setAccessibleName(signWord(m_look.status.sign));
    m_status->setText(m_look.status.text);
    m_status->setColorId(signColor(m_look.status.sign));
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
    m_tool->setAccessibleName(tr("The same with"));
    m_command->setAccessibleName(tr("The equal command"));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_copy->setToolTip(tr("Copy the command"));
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
