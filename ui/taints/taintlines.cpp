#include "ui/taints/taintlines.h"

#include "app/messages/taints.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/outlinedframe.h"
#include "ui/widgets/plainlabel.h"

#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QToolButton>

namespace ui {

using scheduling::DraftTaint;

TaintLines::TaintLines(QWidget* parent)
    : QWidget(parent),
      m_chips(new QWidget),
      m_chipColumn(new QVBoxLayout(m_chips)),
      m_key(new QLineEdit),
      m_value(new QLineEdit),
      m_effect(new QComboBox),
      m_add(new QPushButton),
      m_meaning(new PlainLabel),
      m_problem(new PlainLabel),
      m_none(new PlainLabel)
{
    setObjectName(QStringLiteral("taints.lines"));
    build();
    connect(m_add, &QPushButton::clicked, this, &TaintLines::add);
    for (QLineEdit* field : {m_key, m_value})
        connect(field, &QLineEdit::returnPressed, this, &TaintLines::add);
    connect(m_effect, &QComboBox::currentTextChanged, this,
            [this](const QString& effect) { m_meaning->setText(messages::effectSentence(effect)); });
    retranslate();
}

void TaintLines::build()
{
    m_chipColumn->setContentsMargins(0, 0, 0, 0);
    m_chipColumn->setSpacing(grid::Unit);
    m_key->setObjectName(QStringLiteral("taints.key"));
    m_value->setObjectName(QStringLiteral("taints.value"));
    m_effect->setObjectName(QStringLiteral("taints.effect"));
    m_effect->addItems({scheduling::NoSchedule, scheduling::PreferNoSchedule, scheduling::NoExecute});
    m_add->setObjectName(QStringLiteral("taints.add"));
    m_add->setAutoDefault(false);
    m_problem->setObjectName(QStringLiteral("taints.problem"));
    m_meaning->setObjectName(QStringLiteral("taints.meaning"));
    m_none->setObjectName(QStringLiteral("taints.none"));
    auto* completer = new QCompleter(new QStringListModel(m_key), m_key);
    completer->setFilterMode(Qt::MatchContains);
    m_key->setCompleter(completer);
    for (PlainLabel* label : {m_problem, m_meaning, m_none})
        label->setWordWrap(true);
    m_problem->setColorId(ColorId::Error);
    m_meaning->setColorId(ColorId::Muted);
    m_none->setColorId(ColorId::Muted);
    m_problem->hide();

    auto* texts = new QHBoxLayout;
    texts->setSpacing(grid::Unit);
    texts->addWidget(m_key, 3);
    texts->addWidget(m_value, 2);
    auto* choice = new QHBoxLayout;
    choice->setSpacing(grid::Unit);
    choice->addWidget(m_effect, 1);
    choice->addWidget(m_add);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, grid::Gap);
    column->setSpacing(grid::Gap);
    column->addWidget(m_none);
    column->addWidget(m_chips);
    column->addSpacing(grid::Gap);
    column->addLayout(texts);
    column->addLayout(choice);
    column->addWidget(m_problem);
    column->addWidget(m_meaning);
    column->addStretch(1);
}

void TaintLines::setLines(const std::vector<DraftTaint>& lines, int nodes)
{
    if (lines == m_lines && nodes == m_nodes)
        return;
    m_lines = lines;
    m_nodes = nodes;
    // The keyboard stays where it was, though the chip under it is a new one.
    const QString focused = m_chips->isAncestorOf(focusWidget()) ? focusWidget()->objectName() : QString();
    while (QLayoutItem* item = m_chipColumn->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    for (int i = 0; i < static_cast<int>(m_lines.size()); ++i)
        m_chipColumn->addWidget(chip(m_lines[static_cast<std::size_t>(i)], i));
    m_none->setVisible(m_lines.empty());
    if (!focused.isEmpty()) {
        const auto again = m_chips->findChildren<QWidget*>(focused);
        if (!again.isEmpty())
            again.back()->setFocus();
        else
            m_key->setFocus();
    }
}

QWidget* TaintLines::chip(const DraftTaint& line, int index)
{
    const QString name = scheduling::text(line.taint);
    auto* frame = new OutlinedFrame;
    auto* text = new PlainLabel(PlainLabel::Selectable::Yes);
    text->setFont(fixedFont(font()));
    text->setText(name);
    text->setWordWrap(true);
    auto* note = new PlainLabel;
    note->setColorId(ColorId::Muted);
    switch (line.state) {
    case DraftTaint::State::Added:
        note->setText(tr("to be added"));
        note->setColorId(ColorId::Info);
        break;
    case DraftTaint::State::Removed:
        note->setText(tr("to be removed"));
        note->setColorId(ColorId::Warning);
        break;
    case DraftTaint::State::Kept:
        if (line.nodes.size() < m_nodes)
            note->setText(tr("on %1 of %2 nodes").arg(line.nodes.size()).arg(m_nodes));
        else if (!line.taint.timeAdded.isEmpty())
            note->setText(tr("since %1").arg(line.taint.timeAdded));
        if (line.isLocked)
            note->setText(tr("set by Kubernetes itself"));
        break;
    }
    auto* button = new QToolButton;
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setObjectName(QStringLiteral("taints.chip.%1").arg(index));
    QString said;
    const scheduling::Taint taint = line.taint;
    if (line.state == DraftTaint::State::Removed) {
        said = tr("Keep %1").arg(name);
        button->setIcon(themeIcon(Icon::Refresh));
        connect(button, &QToolButton::clicked, this, [this, taint] { Q_EMIT restored(taint); });
    } else if (line.isLocked) {
        said = tr("Unlock %1").arg(name);
        button->setIcon(themeIcon(Icon::Lock));
        connect(button, &QToolButton::clicked, this, [this, taint] { Q_EMIT unlocked(taint); });
    } else {
        said = tr("Remove %1").arg(name);
        button->setIcon(themeIcon(Icon::Close));
        connect(button, &QToolButton::clicked, this, [this, taint] { Q_EMIT removed(taint); });
    }
    button->setAccessibleName(said);
    button->setToolTip(said);
    auto* row = new QHBoxLayout(frame);
    row->setContentsMargins(grid::Gap, grid::Unit, grid::Unit, grid::Unit);
    note->setWordWrap(true);
    if (note->text().isEmpty())
        note->hide();
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(text);
    words->addWidget(note);
    row->addLayout(words, 1);
    row->addWidget(button);
    return frame;
}

void TaintLines::setSuggestions(const QStringList& keys)
{
    auto* model = qobject_cast<QStringListModel*>(m_key->completer()->model());
    if (model && model->stringList() != keys)
        model->setStringList(keys);
}

void TaintLines::setProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        return;
    m_key->clear();
    m_value->clear();
}

void TaintLines::focusKey()
{
    m_key->setFocus(Qt::OtherFocusReason);
}

void TaintLines::add()
{
    // What is typed as kubectl takes it is taken apart.
    const auto spec = scheduling::parseTaintSpecs({m_key->text().trimmed()});
    if (spec && spec->set.size() == 1 && m_value->text().isEmpty()) {
        Q_EMIT added(spec->set[0].key, spec->set[0].value, spec->set[0].effect);
        return;
    }
    Q_EMIT added(m_key->text().trimmed(), m_value->text().trimmed(), m_effect->currentText());
}

void TaintLines::retranslate()
{
    const auto named = [](QWidget* widget, const QString& words) { widget->setAccessibleName(words); };
    m_key->setPlaceholderText(tr("key"));
    m_value->setPlaceholderText(tr("value"));
    named(m_key, tr("Key of the taint"));
    named(m_value, tr("Value of the taint"));
    named(m_effect, tr("Effect of the taint"));
    m_add->setText(tr("Add taint"));
    m_none->setText(tr("The chosen nodes have no taints."));
    m_meaning->setText(messages::effectSentence(m_effect->currentText()));
    const auto lines = std::exchange(m_lines, {});
    setLines(lines, m_nodes);
    m_none->setVisible(lines.empty());
}

void TaintLines::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
