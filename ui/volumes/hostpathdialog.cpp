#include "ui/volumes/hostpathdialog.h"

#include "ui/theme/grid.h"
#include "ui/volumes/hostpathdrawing.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace ui {
namespace {

constexpr int LastPage = 3;

} // namespace

HostPathDialog::HostPathDialog(HostPathForm::Mode mode, const QString& object, QWidget* parent)
    : QDialog(parent),
      m_mode(mode),
      m_object(object),
      m_fields(new HostPathFields(mode)),
      m_review(new ReviewPane(QStringLiteral("hostpath"))),
      m_drawing(new HostPathDrawing(QStringLiteral("hostpath.drawing"))),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_step(new PlainLabel),
      m_words(new PlainLabel),
      m_problem(new PlainLabel),
      m_back(new QPushButton),
      m_next(new QPushButton),
      m_close(new QPushButton),
      m_undo(new QPushButton),
      m_accept(new QPushButton),
      m_apply(new QPushButton),
      m_copy(new CopyButton(QStringLiteral("hostpath.copyCommand")))
{
    setObjectName(QStringLiteral("hostpath"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    resize(1060, 640);
    m_fields->setObject(object);
    retranslate();
    go(0);
}

void HostPathDialog::build()
{
    const std::pair<QWidget*, const char*> names[] = {
        {m_title, "title"}, {m_step, "step"},   {m_words, "words"}, {m_problem, "problem"}, {m_back, "back"},
        {m_next, "next"},   {m_close, "close"}, {m_undo, "undo"},   {m_accept, "accept"},   {m_apply, "apply"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("hostpath.") + QLatin1String(name));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_step->setFont(bold);
    m_words->setWordWrap(true);
    m_words->setColorId(ColorId::Muted);
    m_review->setObjectName(QStringLiteral("hostpath.page.3"));
    m_fields->addWidget(m_review);
    // Return goes on; what writes is pressed on purpose.
    for (QPushButton* button : {m_back, m_close, m_undo, m_accept, m_apply})
        button->setAutoDefault(false);
    m_next->setDefault(true);

    auto* left = new QVBoxLayout;
    left->setSpacing(grid::Margin);
    left->addWidget(m_step);
    left->addWidget(m_fields, 1);
    auto* side = new QWidget; // as wide on every page: the drawing does not jump
    side->setFixedWidth(std::max(460, m_drawing->sizeHint().width()));
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(grid::Margin);
    right->addSpacing(m_step->fontMetrics().lineSpacing() + grid::Margin);
    right->addWidget(m_drawing);
    right->addWidget(m_words);
    right->addStretch(1);
    auto* line = new QFrame;
    line->setFrameShape(QFrame::VLine);
    line->setForegroundRole(QPalette::Mid);
    line->setFrameShadow(QFrame::Plain);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addLayout(left, 1);
    columns->addWidget(line);
    columns->addWidget(side);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_problem, 1);
    for (QPushButton* button :
         std::initializer_list<QPushButton*>{m_accept, m_undo, m_close, m_back, m_next, m_copy, m_apply})
        buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(m_title);
    column->addLayout(columns, 1);
    column->addLayout(buttons);

    connect(m_fields, &HostPathFields::changed, this, &HostPathDialog::update);
    connect(m_back, &QPushButton::clicked, this, [this] { go(page() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_fields->isComplete(page()))
            go(page() + 1);
    });
    connect(m_close, &QPushButton::clicked, this, &HostPathDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &HostPathDialog::applyRequested);
    connect(m_undo, &QPushButton::clicked, this, &HostPathDialog::undoRequested);
    connect(m_accept, &QPushButton::clicked, this, &HostPathDialog::acceptRequested);
}

int HostPathDialog::page() const
{
    return m_fields->currentIndex();
}

void HostPathDialog::go(int page)
{
    const int before = this->page();
    m_fields->setCurrentIndex(std::clamp(page, 0, LastPage));
    if (before == LastPage && page < LastPage)
        Q_EMIT reviewLeft();
    if (page < LastPage)
        m_fields->focusFirst();
    else
        m_close->setFocus();
    update();
    if (page == LastPage)
        Q_EMIT reviewRequested();
}

void HostPathDialog::setLook(const Look& look)
{
    if (look == m_look)
        return;
    m_look = look;
    update();
}

void HostPathDialog::reject()
{
    // What is on its way would go on unseen.
    if (!m_look.isBusy)
        QDialog::reject();
}

void HostPathDialog::update()
{
    const bool isLast = page() == LastPage;
    const HostPathForm& form = m_fields->form();
    const change::HostPathDraft& draft = form.draft;
    const bool isDirectory = draft.type.isEmpty() || draft.type.startsWith(QLatin1String("Directory"));
    m_drawing->setParts({.path = draft.path,
                         .volume = draft.volume,
                         .mountPath = draft.mountPath,
                         .subPath = draft.subPath,
                         .container = draft.container,
                         .readOnly = draft.readOnly,
                         .isFile = !isDirectory});
    m_step->setText(tr("Step %1 of %2: %3").arg(page() + 1).arg(LastPage + 1).arg(m_fields->titleOf(page())));
    m_review->setLook(m_look.review);
    m_problem->setText(isLast ? QString() : m_look.review.status.text);
    m_problem->setColorId(signColor(m_look.review.status.sign));
    m_back->setEnabled(page() > 0 && !m_look.isBusy);
    m_back->setVisible(!m_look.isOver);
    m_next->setVisible(!isLast);
    m_next->setEnabled(!isLast && m_fields->isComplete(page()));
    m_apply->setVisible(isLast && !m_look.isOver && !m_look.apply.isEmpty());
    m_apply->setText(m_look.apply);
    m_apply->setAccessibleName(m_look.apply);
    m_apply->setEnabled(m_look.canApply);
    m_copy->standInFor(m_apply, m_look.off, m_look.review.command);
    m_undo->setVisible(m_look.canUndo);
    m_accept->setVisible(m_look.canAccept);
    m_close->setEnabled(!m_look.isBusy);
}

void HostPathDialog::retranslate()
{
    const QString name = m_mode == HostPathForm::Mode::New    ? tr("New Deployment with a host path")
                         : m_mode == HostPathForm::Mode::Copy ? tr("Copy with a host path")
                                                              : tr("Mount a host path");
    const QString title = m_object.isEmpty() ? name : tr("%1: %2", "an act, an object").arg(name, m_object);
    setWindowTitle(title);
    m_title->setText(title);
    m_words->setText(
        QStringList{tr("The path is one on the node where the Pod runs, not in the image."),
                    tr("The volume's name is like a tag: it ties the volume to the mount."),
                    tr("The mount point is a directory in the container; it is made where it is not there."),
                    tr("The sub path is one below the volume's directory, and may stay empty."),
                    tr("What is in the one is in the other: both are the same files.")}
            .join(QLatin1String("\n\n")));
    const std::pair<QPushButton*, QString> texts[] = {
        {m_back, tr("&Back")},
        {m_next, tr("&Next")},
        {m_close, tr("Close")},
        {m_undo, tr("Undo")},
        {m_accept, tr("Start from what is there now")},
    };
    for (const auto& [button, text] : texts) {
        button->setText(text);
        button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    }
    m_fields->retranslate();
    m_review->retranslate();
    update();
}

void HostPathDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT languageChanged();
    }
    QDialog::changeEvent(event);
}

} // namespace ui
