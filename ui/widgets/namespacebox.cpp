#include "ui/widgets/namespacebox.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/searchfield.h"

#include <QEvent>
#include <QKeyEvent>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

// What an item of the list stands for.
constexpr int NameRole = Qt::UserRole;      // empty: all namespaces
constexpr int TypedRole = Qt::UserRole + 1; // true: adds the name that was typed

// RFC 1123 label: k8s.io/apimachinery/pkg/util/validation, IsDNS1123Label.
bool canBeNamespace(const QString& text)
{
    if (text.isEmpty() || text.size() > 63)
        return false;
    const auto inner = [](QChar c) {
        return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
    };
    for (const QChar c : text)
        if (!inner(c) && c != QLatin1Char('-'))
            return false;
    return inner(text.front()) && inner(text.back());
}

} // namespace

NamespaceBox::NamespaceBox(const QString& objectName, QWidget* parent) : QToolButton(parent)
{
    setObjectName(objectName);
    setIcon(themeIcon(Icon::Namespace));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(QToolButton::InstantPopup);
    connect(this, &QToolButton::clicked, this, &NamespaceBox::open);
    retranslate();
}

void NamespaceBox::setNamespaces(const QStringList& names, bool complete)
{
    m_known = names;
    m_known.sort();
    m_complete = complete;
    if (m_popup && m_popup->isVisible())
        fill();
}

void NamespaceBox::setSelected(const QStringList& names)
{
    m_selected = names;
    m_selected.sort();
    m_selected.removeDuplicates();
    retranslate();
    if (m_popup && m_popup->isVisible())
        fill();
}

void NamespaceBox::choose(QStringList names)
{
    const QStringList before = m_selected;
    setSelected(names);
    if (m_selected != before)
        Q_EMIT
    selectionChanged(m_selected);
}

void NamespaceBox::retranslate()
{
    QString words;
    if (m_selected.isEmpty())
        words = tr("All namespaces");
    else if (m_selected.size() == 1)
        words = tr("Namespace: %1").arg(m_selected.front());
    else
        words = tr("%n namespace(s)", nullptr, static_cast<int>(m_selected.size()));
    setText(withoutMnemonic(words) + QStringLiteral("  ▾"));
    setAccessibleName(tr("Namespaces"));
    setAccessibleDescription(words);
    setToolTip(plainToolTip(m_selected.isEmpty() ? tr("Choose namespaces") : m_selected.join(QLatin1Char('\n'))));
    if (m_search)
        m_search->setPrompt(m_complete ? tr("Filter namespaces") : tr("Filter, or type a namespace"));
    if (m_list)
        m_list->setAccessibleName(tr("Namespaces"));
    if (m_note)
        m_note->setText(tr("The list of namespaces cannot be read. Names can be typed."));
}

void NamespaceBox::build()
{
    m_popup = new Popup(this);
    m_popup->setObjectName(objectName() + QStringLiteral(".popup"));
    m_search = new SearchField(objectName() + QStringLiteral(".filter"));
    m_list = new QListWidget;
    m_list->setObjectName(objectName() + QStringLiteral(".list"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_note = new PlainLabel;
    m_note->setObjectName(objectName() + QStringLiteral(".note"));
    m_note->setWordWrap(true);
    m_note->setColorId(ColorId::Muted);
    auto* column = new QVBoxLayout(m_popup);
    column->setContentsMargins(grid::Unit, grid::Unit, grid::Unit, grid::Unit);
    column->setSpacing(grid::Unit);
    column->addWidget(m_search);
    column->addWidget(m_note);
    column->addWidget(m_list);

    connect(m_search, &QLineEdit::textChanged, this, &NamespaceBox::fill);
    connect(m_search, &SearchField::leftForResults, this, [this] {
        // Return on a name that was typed takes it; otherwise the list is next.
        if (m_list->count() == 1)
            take(m_list->item(0));
        else
            m_list->setFocus();
    });
    connect(m_list, &QListWidget::itemClicked, this, &NamespaceBox::take);
    connect(m_list, &QListWidget::itemActivated, this, &NamespaceBox::take);
}

void NamespaceBox::open()
{
    if (!m_popup)
        build();
    m_search->clear();
    retranslate();
    fill();
    m_popup->popUp();
    m_search->setFocus();
}

void NamespaceBox::fill()
{
    const QString wanted = m_search->text().trimmed();
    const int row = m_list->currentRow();
    m_note->setVisible(!m_complete);
    m_list->clear();
    const auto add = [this](const QString& text, const QString& name, bool checked) {
        auto* item = new QListWidgetItem(text, m_list);
        item->setData(NameRole, name);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
        item->setSizeHint(QSize(0, grid::RowHeight));
        return item;
    };
    if (wanted.isEmpty())
        add(tr("All namespaces"), {}, m_selected.isEmpty());
    QStringList names = m_known;
    for (const QString& name : std::as_const(m_selected))
        if (!names.contains(name))
            names << name;
    names.sort();
    for (const QString& name : std::as_const(names))
        if (name.contains(wanted, Qt::CaseInsensitive))
            add(name, name, m_selected.contains(name))->setFont(fixedFont(font()));
    if (!m_complete && canBeNamespace(wanted) && !names.contains(wanted))
        add(tr("Add “%1”").arg(wanted), wanted, false)->setData(TypedRole, true);
    m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
    if (wanted.isEmpty())
        m_list->setFixedSize(280, std::clamp(m_list->count(), 4, 14) * grid::RowHeight + 2);
}

void NamespaceBox::take(QListWidgetItem* item)
{
    const QString name = item->data(NameRole).toString();
    const bool typed = item->data(TypedRole).toBool();
    QStringList names = m_selected;
    if (name.isEmpty())
        names.clear();
    else if (!names.removeOne(name))
        names << name;
    choose(names);
    if (typed)
        m_search->clear();
    fill();
}

void NamespaceBox::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QToolButton::changeEvent(event);
}

void NamespaceBox::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        open();
    else
        QToolButton::keyPressEvent(event);
}

} // namespace ui
