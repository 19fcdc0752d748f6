#include "ui/manifests/editpage.h"

#include "ui/manifests/obstacleview.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/findbar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/texteditor.h"

#include <QCheckBox>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

constexpr qint64 LargestFile = 4LL << 20; // what config::YamlLimits reads

TextEditorLook lookOf(const QPalette& palette, const QFont& font)
{
    return {.font = fixedFont(font),
            .text = palette.color(QPalette::Text),
            .ground = palette.color(QPalette::Base),
            .selectionText = palette.color(QPalette::HighlightedText),
            .selection = palette.color(QPalette::Highlight),
            .numbers = color(ColorId::Muted, palette),
            .numbersGround = color(ColorId::LineArea, palette),
            .currentLine = color(ColorId::LineArea, palette),
            .key = color(ColorId::YamlKey, palette),
            .value = color(ColorId::YamlValue, palette),
            .comment = color(ColorId::YamlComment, palette),
            .match = color(ColorId::Match, palette),
            .error = color(ColorId::Error, palette),
            .errorArea = color(ColorId::ErrorArea, palette)};
}

} // namespace

EditPage::EditPage(const View& view, EditSession* session, const QString& title, bool readOnly)
    : Page(view),
      m_session(session),
      m_title(title),
      m_readOnly(readOnly),
      m_state(new PlainLabel),
      m_words(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_open(new QPushButton),
      m_try(new QPushButton),
      m_apply(new QPushButton),
      m_copy(new CopyButton(QStringLiteral("edit.copyCommand"))),
      m_force(new QCheckBox),
      m_splitter(new QSplitter(Qt::Vertical)),
      m_list(new QTreeWidget),
      m_diff(new DiffView(QStringLiteral("edit.diff"))),
      m_obstacle(new ObstacleView),
      m_detail(new QStackedWidget)
{
    m_session->setParent(this);
    setObjectName(QStringLiteral("edit"));
    build();
    connect(m_session, &EditSession::changed, this, &EditPage::showSession);
    retranslate();
}

void EditPage::build()
{
    m_state->setObjectName(QStringLiteral("edit.state"));
    m_state->setColorId(ColorId::Muted);
    m_words->setObjectName(QStringLiteral("edit.words"));
    m_words->setWordWrap(true);
    m_open->setObjectName(QStringLiteral("edit.open"));
    m_open->setIcon(themeIcon(Icon::Open));
    m_try->setObjectName(QStringLiteral("edit.try"));
    m_apply->setObjectName(QStringLiteral("edit.apply"));
    m_force->setObjectName(QStringLiteral("edit.force"));
    m_list->setObjectName(QStringLiteral("edit.objects"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setColumnCount(3);
    for (QPushButton* button : {m_open, m_try, m_apply})
        button->setAutoDefault(false);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::Unit * 2, grid::Unit, grid::Unit * 2, grid::Unit);
    bar->setSpacing(grid::Unit * 2);
    bar->addWidget(m_state, 1);
    bar->addWidget(m_open);
    bar->addWidget(m_force);
    bar->addWidget(m_try);
    bar->addWidget(m_copy);
    bar->addWidget(m_apply);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_splitter, 1);

    QString why;
    m_editor = createTextEditor(this, &why);
    if (m_editor) {
        m_editor->edited = [this] { edited(); };
        QWidget* widget = m_editor->widget();
        widget->setObjectName(QStringLiteral("edit.text"));
        auto* top = new QWidget;
        auto* lines = new QVBoxLayout(top);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(0);
        lines->addWidget(widget);
        m_find = new FindBar(QStringLiteral("edit.find"),
                             {.mark = [this](const QString& text) { return m_editor->mark(text); },
                              .find = [this](const QString& text, bool back) { return m_editor->find(text, back); },
                              .selected = [this] { return m_editor->selectedText(); },
                              .focus = widget});
        m_find->hide();
        lines->addWidget(m_find);
        m_splitter->addWidget(top);
        look();
    } else {
        auto* missing = new PlainLabel(PlainLabel::Selectable::Yes);
        missing->setText(tr("The editor could not be loaded: %1").arg(why));
        missing->setAlignment(Qt::AlignCenter);
        m_splitter->addWidget(missing);
    }
    auto* bottom = new QSplitter(Qt::Horizontal);
    auto* left = new QWidget;
    auto* leftLines = new QVBoxLayout(left);
    leftLines->setContentsMargins(0, 0, 0, 0);
    leftLines->setSpacing(grid::Unit);
    leftLines->addWidget(m_list, 1);
    leftLines->addWidget(m_words);
    bottom->addWidget(left);
    m_detail->addWidget(m_diff);
    m_detail->addWidget(m_obstacle);
    bottom->addWidget(m_detail);
    bottom->setStretchFactor(0, 2);
    bottom->setStretchFactor(1, 3);
    m_splitter->addWidget(bottom);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    connect(m_open, &QPushButton::clicked, this, &EditPage::openFile);
    connect(m_try, &QPushButton::clicked, this, &EditPage::tryOut);
    connect(m_apply, &QPushButton::clicked, this, [this] { m_session->apply(); });
    connect(m_force, &QCheckBox::toggled, this, [this](bool on) {
        m_session->setForce(on);
        tryOut();
    });
    connect(m_obstacle, &ObstacleView::chosen, this, &EditPage::choose);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &EditPage::showItem);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        if (m_editor)
            m_editor->goTo(item->data(0, Qt::UserRole).toInt(), 1);
    });
}

QIcon EditPage::icon() const
{
    return themeIcon(Icon::Open);
}

void EditPage::setText(const QString& text)
{
    if (m_editor)
        m_editor->setText(text);
    showSession();
}

QString EditPage::text() const
{
    return m_editor ? m_editor->text() : QString();
}

void EditPage::setFailure(const QString& sentence)
{
    m_words->setText(sentence);
    m_try->setEnabled(false);
}

void EditPage::find()
{
    if (m_find)
        m_find->open();
}

void EditPage::focusContent()
{
    if (m_editor)
        m_editor->widget()->setFocus();
}

void EditPage::look()
{
    if (m_editor)
        m_editor->setLook(lookOf(palette(), font()));
}

void EditPage::edited()
{
    if (m_find)
        m_find->textChanged();
    if (m_session->phase() == EditSession::Phase::Fresh || m_stale)
        return;
    m_stale = true; // what was tried is not what stands here any more
    m_editor->setProblems({});
    showSession();
}

void EditPage::tryOut()
{
    if (!m_editor || m_readOnly)
        return;
    m_list->clear();
    m_stale = false;
    m_session->tryOut(m_editor->text());
}

void EditPage::choose(const QString& way)
{
    const int at = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (at < 0 || at >= static_cast<int>(m_items.size()))
        return;
    const auto item = static_cast<std::size_t>(at);
    if (way != QLatin1String("rename")) {
        m_session->choose(item, way);
        return;
    }
    m_editor->goTo(m_items[item].nameLine, 1);
    m_editor->widget()->setFocus();
}

void EditPage::openFile()
{
    auto* dialog = new QFileDialog(this, tr("Open Manifests"));
    dialog->setObjectName(QStringLiteral("edit.open-dialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Manifests (*.yaml *.yml *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            setFailure(tr("The file %1 cannot be read: %2").arg(name, file.errorString()));
        } else if (file.size() > LargestFile) {
            setFailure(tr("The file %1 is larger than 4 MiB.").arg(name));
        } else {
            setText(QString::fromUtf8(file.readAll()));
            tryOut();
        }
    });
    dialog->open();
}

void EditPage::showSession()
{
    using Phase = EditSession::Phase;
    const Phase phase = m_session->phase();
    m_items = m_session->items(); // a difference is worked out each time it is asked for
    const auto& items = m_items;
    const auto problems = m_session->problems();
    if (m_editor && !m_stale) {
        std::vector<TextEditor::Problem> marks;
        for (const EditSession::Problem& problem : problems)
            marks.push_back({problem.line, problem.message});
        m_editor->setProblems(marks);
    }
    const int current = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_list->clear();
    for (const EditSession::Item& item : items) {
        auto* row =
            new QTreeWidgetItem(m_list, {item.what, item.ref.kind + QLatin1Char('/') + item.ref.name, item.note});
        row->setIcon(0, signIcon(item.sign));
        row->setData(0, Qt::UserRole, item.line);
        row->setToolTip(1, item.ref.nameSpace);
    }
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
    // What stands in the way is what one wants to read first.
    int chosen = std::clamp(current, 0, std::max(0, static_cast<int>(items.size()) - 1));
    const auto lead = [&items](const auto& leads) {
        return static_cast<int>(std::ranges::find_if(items, leads) - items.begin());
    };
    if (current < 0) {
        const int count = static_cast<int>(items.size());
        const int refused = lead([](const EditSession::Item& item) { return item.sign == Sign::Error; });
        const int differs = lead([](const EditSession::Item& item) { return !item.diff.empty(); });
        chosen = refused < count ? refused : differs < count ? differs : chosen;
    }
    if (!items.empty())
        m_list->setCurrentItem(m_list->topLevelItem(chosen));
    const QString off = m_session->whyOff();
    QString state;
    if (m_readOnly)
        state = tr("This context is read-only: nothing can be applied here.");
    else if (m_stale)
        state = tr("The text has changed since it was tried.");
    else if (phase == Phase::Fresh)
        state = tr("Nothing is sent before you have seen what it does.");
    else if (phase == Phase::Trying)
        state = tr("The server is judging it…");
    else if (phase == Phase::Applying)
        state = tr("Applying…");
    else if (phase == Phase::Applied)
        state = tr("Done.");
    else if (!problems.empty())
        state = tr("%n problem(s), marked at the line.", nullptr, static_cast<int>(problems.size()));
    else if (m_session->canApply() && !off.isEmpty())
        state = off;
    else
        state = m_session->canApply() ? tr("The server would accept it.") : tr("Nothing would change.");
    m_state->setText(state);
    const bool isBusy = phase == Phase::Trying || phase == Phase::Applying;
    m_try->setEnabled(m_editor && !m_readOnly && !isBusy);
    const bool isTried = !m_readOnly && !m_stale && m_session->canApply();
    m_apply->setEnabled(isTried && off.isEmpty());
    m_apply->setText(m_session->applyWords());
    m_copy->standInFor(m_apply, off, isTried ? m_session->command() : QString());
    m_force->setVisible(m_session->offersForce() || m_force->isChecked());
    showItem();
}

void EditPage::showItem()
{
    const auto& items = m_items;
    const int at = m_list->indexOfTopLevelItem(m_list->currentItem());
    const bool isOne = at >= 0 && at < static_cast<int>(items.size());
    const auto* obstacle = isOne && items[static_cast<std::size_t>(at)].obstacle
                               ? &*items[static_cast<std::size_t>(at)].obstacle
                               : nullptr;
    if (obstacle)
        m_obstacle->show(items[static_cast<std::size_t>(at)].ref, *obstacle);
    m_obstacle->setEnabled(!m_stale && m_session->phase() == EditSession::Phase::Tried);
    m_detail->setCurrentWidget(obstacle ? static_cast<QWidget*>(m_obstacle) : m_diff);
    m_diff->setLines(isOne ? items[static_cast<std::size_t>(at)].diff : std::vector<base::DiffLine>{});
    m_diff->setEmptyText(isOne ? tr("No difference to the live object.")
                               : tr("The difference to the live object stands here after a preview."));
    m_words->setText(isOne ? items[static_cast<std::size_t>(at)].words : QString());
    m_words->setVisible(!m_words->text().isEmpty());
}

void EditPage::retranslate()
{
    m_open->setText(tr("Open File…"));
    m_try->setText(tr("Preview"));
    m_try->setToolTip(tr("Lets the server judge the text without keeping anything (Ctrl+Return)"));
    m_force->setText(tr("Take over fields of other managers"));
    m_list->setHeaderLabels({tr("What happens"), tr("Object"), tr("Note")});
    m_list->setAccessibleName(tr("What would become of each object"));
    m_diff->setAccessibleName(tr("Difference between the live object and the server's answer"));
    if (m_editor)
        m_editor->widget()->setAccessibleName(tr("Manifests in YAML"));
    showSession();
}

void EditPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        look();
    Page::changeEvent(event);
}

void EditPage::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::ControlModifier)
        tryOut();
    else
        Page::keyPressEvent(event);
}

} // namespace ui
