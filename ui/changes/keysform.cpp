#include "ui/changes/keysform.h"

#include "app/base/visible.h"
#include "app/messages/changes.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/signs.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <algorithm>

namespace ui {
namespace {

enum Column { Key, Value, Note };

} // namespace

KeysForm::KeysForm(change::KeysOf which, QWidget* parent)
    : ChangeForm(parent),
      m_which(which),
      m_table(new QTreeWidget),
      m_key(new QLineEdit),
      m_value(new QLineEdit),
      m_add(new QPushButton),
      m_remove(new QPushButton)
{
    m_table->setObjectName(QStringLiteral("change.keys"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setColumnCount(3);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->header()->setStretchLastSection(true);
    m_key->setObjectName(QStringLiteral("change.key"));
    m_value->setObjectName(QStringLiteral("change.value"));
    m_add->setObjectName(QStringLiteral("change.add"));
    m_remove->setObjectName(QStringLiteral("change.remove"));
    for (QLineEdit* line : {m_key, m_value})
        line->setFont(fixedFont(font()));
    for (QPushButton* button : {m_add, m_remove})
        button->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(grid::Gap);
    row->addWidget(m_key, 2);
    row->addWidget(m_value, 2);
    row->addWidget(m_add);
    row->addWidget(m_remove);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_table, 1);
    column->addLayout(row);
    setFocusProxy(m_table);
    connect(m_add, &QPushButton::clicked, this, &KeysForm::add);
    for (QLineEdit* line : {m_key, m_value}) {
        connect(line, &QLineEdit::returnPressed, this, &KeysForm::add);
        connect(line, &QLineEdit::textEdited, this, [this] {
            if (!std::exchange(m_addProblem, {}).isEmpty())
                Q_EMIT edited();
        });
    }
    connect(m_remove, &QPushButton::clicked, this, &KeysForm::removeOrRestore);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &KeysForm::follow);
    connect(m_table, &QTreeWidget::itemChanged, this, &KeysForm::valueEdited);
}

void KeysForm::setLive(const kube::Json& live)
{
    m_rows.clear();
    for (const change::KeyValue& each : change::keysOf(live, m_which))
        m_rows.push_back({each.key, each.value, each.value, each.manager, false, false});
    std::ranges::sort(m_rows, {}, &Row::key);
    fill();
}

QString KeysForm::note(const Row& row) const
{
    if (row.isRemoved)
        return row.manager.isEmpty() ? tr("is removed") : tr("is removed; %1 may put it back").arg(row.manager);
    if (row.isNew)
        return tr("new");
    if (row.value != row.was)
        return row.manager.isEmpty() ? tr("changed") : tr("changed; %1 may put it back").arg(row.manager);
    return row.manager.isEmpty() ? QString() : tr("kept by %1").arg(row.manager);
}

void KeysForm::show(QTreeWidgetItem* item, const Row& row)
{
    const QSignalBlocker quiet(m_table);
    item->setText(Key, base::visible(row.key));
    item->setText(Value, base::visible(row.value));
    item->setText(Note, note(row));
    for (const int column : {Key, Value}) {
        QFont font = fixedFont(this->font());
        font.setStrikeOut(row.isRemoved);
        item->setFont(column, font);
    }
    const bool isTouched = row.isRemoved || row.isNew || row.value != row.was;
    item->setIcon(Note, isTouched && !row.manager.isEmpty() ? signIcon(Sign::Warning) : QIcon());
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    // What cannot be shown as it is cannot be edited as it is shown.
    if (!row.isRemoved && base::visible(row.value) == row.value)
        flags |= Qt::ItemIsEditable;
    item->setFlags(flags);
}

void KeysForm::fill()
{
    const int current = m_table->indexOfTopLevelItem(m_table->currentItem());
    {
        const QSignalBlocker quiet(m_table);
        m_table->clear();
        for (const Row& row : m_rows)
            show(new QTreeWidgetItem(m_table), row);
    }
    if (!m_rows.empty())
        m_table->setCurrentItem(m_table->topLevelItem(std::clamp(current, 0, static_cast<int>(m_rows.size()) - 1)));
    for (const int column : {Key, Value}) {
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, std::clamp(m_table->columnWidth(column), 120, 300));
    }
    follow();
}

void KeysForm::follow()
{
    const int at = m_table->indexOfTopLevelItem(m_table->currentItem());
    m_remove->setEnabled(at >= 0);
    const bool restores = at >= 0 && m_rows[static_cast<std::size_t>(at)].isRemoved;
    m_remove->setText(restores ? tr("Keep") : tr("Remove"));
    m_remove->setAccessibleName(m_remove->text());
}

void KeysForm::add()
{
    const QString key = m_key->text().trimmed();
    m_addProblem = change::keyProblem(key);
    if (m_addProblem.isEmpty() && m_which == change::KeysOf::Labels)
        m_addProblem = change::labelValueProblem(m_value->text());
    const auto there = std::ranges::find(m_rows, key, &Row::key);
    if (m_addProblem.isEmpty() && there != m_rows.end() && !there->isRemoved)
        m_addProblem = QStringLiteral("keyTwice");
    if (m_addProblem.isEmpty()) {
        if (there != m_rows.end()) {
            there->isRemoved = false;
            there->value = m_value->text();
        } else {
            m_rows.push_back({key, m_value->text(), {}, {}, true, false});
        }
        m_key->clear();
        m_value->clear();
        m_key->setFocus();
        fill();
    }
    Q_EMIT edited();
}

void KeysForm::removeOrRestore()
{
    const int at = m_table->indexOfTopLevelItem(m_table->currentItem());
    if (at < 0)
        return;
    Row& row = m_rows[static_cast<std::size_t>(at)];
    if (row.isNew)
        m_rows.erase(m_rows.begin() + at);
    else
        row.isRemoved = !row.isRemoved;
    fill();
    Q_EMIT edited();
}

void KeysForm::valueEdited(QTreeWidgetItem* item, int column)
{
    const int at = m_table->indexOfTopLevelItem(item);
    if (at < 0)
        return;
    Row& row = m_rows[static_cast<std::size_t>(at)];
    if (column == Value)
        row.value = item->text(Value);
    show(item, row);
    Q_EMIT edited();
}

change::KeyEdits KeysForm::edits() const
{
    change::KeyEdits edits;
    for (const Row& row : m_rows) {
        if (row.isRemoved)
            edits[row.key] = std::nullopt;
        else if (row.isNew || row.value != row.was)
            edits[row.key] = row.value;
    }
    return edits;
}

QString KeysForm::problem() const
{
    if (!m_addProblem.isEmpty())
        return messages::keySentence(m_addProblem);
    std::map<QString, QString> all;
    for (const Row& row : m_rows) {
        if (row.isRemoved)
            continue;
        all[row.key] = row.value;
        // What was there before is the server's own affair.
        const bool isTouched = row.isNew || row.value != row.was;
        if (const QString id = change::labelValueProblem(row.value);
            isTouched && m_which == change::KeysOf::Labels && !id.isEmpty())
            return base::visible(row.key) + QStringLiteral(": ") + messages::keySentence(id);
    }
    return m_which == change::KeysOf::Annotations ? messages::keySentence(change::annotationsProblem(all)) : QString();
}

change::IntentPtr KeysForm::intentFor(const change::Target& target) const
{
    const change::KeyEdits all = edits();
    return all.empty() ? nullptr : change::editKeys(target, m_which, all);
}

QString KeysForm::actText(const std::vector<change::Doomed>&) const
{
    const int count = static_cast<int>(edits().size());
    return m_which == change::KeysOf::Labels ? tr("Change %n labels", nullptr, count)
                                             : tr("Change %n annotations", nullptr, count);
}

QString KeysForm::name() const
{
    return m_which == change::KeysOf::Labels ? tr("Edit labels") : tr("Edit annotations");
}

void KeysForm::retranslate()
{
    m_table->setHeaderLabels({tr("Key"), tr("Value"), tr("Note")});
    m_table->setAccessibleName(m_which == change::KeysOf::Labels ? tr("Labels") : tr("Annotations"));
    m_key->setPlaceholderText(tr("key"));
    m_key->setAccessibleName(tr("New key"));
    m_value->setPlaceholderText(tr("value"));
    m_value->setAccessibleName(tr("Value of the new key"));
    m_add->setText(tr("Add"));
    m_add->setAccessibleName(m_add->text());
    fill();
}

} // namespace ui
