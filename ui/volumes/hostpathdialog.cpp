#include "ui/volumes/hostpathdialog.h"

#include "ui/theme/grid.h"
#include "ui/volumes/hostpathdrawing.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>

namespace ui {
HostPathDialog::HostPathDialog(HostPathForm::Mode mode, const QString& object, QWidget* parent)
    : WriteDialog(QStringLiteral("hostpath"), new HostPathFields(mode), parent),
      m_mode(mode),
      m_object(object),
      m_fields(static_cast<HostPathFields*>(pages())),
      m_drawing(new HostPathDrawing(QStringLiteral("hostpath.drawing"))),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_step(new PlainLabel),
      m_words(new PlainLabel),
      m_problem(new PlainLabel)
{
    name({{m_title, "title"}, {m_step, "step"}, {m_words, "words"}, {m_problem, "problem"}});
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_step->setFont(bold);
    m_words->setWordWrap(true);
    m_words->setColorId(ColorId::Muted);
    addReview();

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
    buttons()->insertWidget(0, m_problem, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(m_title);
    column->addLayout(columns, 1);
    column->addLayout(buttons());

    connect(m_fields, &HostPathFields::changed, this, &HostPathDialog::refresh);
    resize(1060, 640);
    m_fields->setObject(object);
    retranslate();
    go(0);
}

void HostPathDialog::refresh()
{
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
    m_step->setText(tr("Step %1 of %2: %3").arg(page() + 1).arg(lastPage() + 1).arg(m_fields->titleOf(page())));
    m_problem->setText(isLast() ? QString() : look().review.status.text);
    m_problem->setColorId(signColor(look().review.status.sign));
    WriteDialog::refresh();
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
    m_fields->retranslate();
    WriteDialog::retranslate();
}

} // namespace ui
