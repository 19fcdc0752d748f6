#include "ui/troubleshoot/stepview.h"

#include "app/diagnose/report.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QGridLayout>

namespace ui {
namespace {

QIcon iconOf(const diagnose::Step& step)
{
    using diagnose::StepResult;
    if (step.running)
        return themeIcon(Icon::StateConnecting);
    if (!step.result)
        return themeIcon(Icon::StateDisconnected, ColorId::Muted);
    switch (*step.result) {
    case StepResult::Pass:
        return themeIcon(Icon::Check);
    case StepResult::Fail:
        return themeIcon(Icon::SeverityError, ColorId::Error);
    case StepResult::Unknown:
        return themeIcon(Icon::SeverityUnknown, ColorId::Unknown);
    case StepResult::Skipped:
        return themeIcon(Icon::StateDisconnected, ColorId::Muted);
    }
    return {};
}

} // namespace

StepView::StepView(const QString& objectName, QWidget* parent)
    : QWidget(parent),
      m_sign(new PlainLabel),
      m_title(new PlainLabel),
      m_result(new PlainLabel),
      m_asked(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_detail(new PlainLabel(PlainLabel::Selectable::Yes))
{
    setObjectName(objectName);
    m_sign->setObjectName(objectName + QStringLiteral(".sign"));
    m_title->setObjectName(objectName + QStringLiteral(".title"));
    m_result->setObjectName(objectName + QStringLiteral(".result"));
    m_asked->setObjectName(objectName + QStringLiteral(".asked"));
    m_detail->setObjectName(objectName + QStringLiteral(".detail"));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_result->setColorId(ColorId::Muted);
    m_asked->setColorId(ColorId::Muted);
    m_asked->setFont(fixedFont(font()));
    m_sign->setFixedWidth(grid::Icon);
    for (auto* label : {m_asked, m_detail})
        label->setWordWrap(true);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(grid::Margin, grid::Unit, grid::Margin, grid::Unit);
    grid->setHorizontalSpacing(grid::Gap);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_sign, 0, 0);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_result, 0, 2);
    grid->addWidget(m_asked, 1, 1, 1, 2);
    grid->addWidget(m_detail, 2, 1, 1, 2);
    grid->setColumnStretch(1, 1);
}

void StepView::setStep(const diagnose::Step& step)
{
    m_step = step;
    show(step);
}

void StepView::show(const diagnose::Step& step)
{
    m_sign->setPixmap(iconOf(step).pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
    const QString title = step.title.text();
    const QString result = step.running ? tr("asking…") : step.result ? diagnose::wordOf(*step.result) : QString();
    const QString detail = step.detail.text();
    m_title->setText(title);
    m_result->setText(result);
    m_asked->setText(step.asked.join(QLatin1Char('\n')));
    m_asked->setVisible(!step.asked.isEmpty());
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    QStringList words{title, result, detail};
    words.removeAll(QString());
    setAccessibleName(words.join(QStringLiteral(", ")));
}

void StepView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        show(m_step);
    QWidget::changeEvent(event);
}

} // namespace ui
