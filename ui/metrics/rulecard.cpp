#include "ui/metrics/rulecard.h"

#include "app/messages/metricrules.h"
#include "ui/metrics/verdictcolumn.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/valuelabel.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QToolButton>

namespace ui {
namespace {

using metrics::SourceKind;

constexpr std::array<SourceKind, 3> Sources{SourceKind::Prometheus, SourceKind::KubeStateMetrics, SourceKind::Objects};

QString withoutSpaces(QString text)
{
    return text.remove(QLatin1Char(' '));
}

} // namespace

RuleCard::RuleCard(const metrics::Rule& rule, QWidget* parent)
    : OutlinedFrame(parent),
      m_rule(rule),
      m_title(new PlainLabel),
      m_reason(new PlainLabel(PlainLabel::Selectable::Yes))
{
    const QString name = QStringLiteral("metrics.rule.") + metrics::idOf(rule.id);
    setObjectName(name);
    m_title->setObjectName(name + QStringLiteral(".title"));
    m_reason->setObjectName(name + QStringLiteral(".reason"));
    m_faq = makeExpression(name + QStringLiteral(".faq"), rule.faqExpression);
    m_better = makeExpression(name + QStringLiteral(".better"), rule.expression);
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.15);
    larger.setBold(true);
    m_title->setFont(larger);
    m_title->setWordWrap(true);
    m_reason->setWordWrap(true);
    m_reason->setColorId(ColorId::Muted);

    auto* expressions = new QGridLayout;
    expressions->setHorizontalSpacing(grid::Gap);
    expressions->setVerticalSpacing(grid::Unit);
    expressions->setColumnStretch(1, 1);
    int row = 0;
    for (const Expression& each : {m_faq, m_better}) {
        expressions->addWidget(each.name, row, 0, Qt::AlignTop);
        expressions->addWidget(each.text, row, 1);
        expressions->addWidget(each.copy, row++, 2, Qt::AlignTop);
    }
    expressions->addWidget(m_reason, row, 1);
    // Where the FAQ's own is right, one line says so.
    if (withoutSpaces(rule.faqExpression) == withoutSpaces(rule.expression)) {
        m_better.name->hide();
        m_better.text->hide();
        m_better.copy->hide();
    }
    auto* columns = new QHBoxLayout;
    columns->setSpacing(grid::Margin);
    for (std::size_t i = 0; i < Sources.size(); ++i) {
        auto* column = new VerdictColumn(name + QLatin1Char('.') + metrics::idOf(Sources[i]), rule.id, Sources[i]);
        m_columns[i] = column;
        connect(column, &VerdictColumn::objectActivated, this, &RuleCard::objectActivated);
        columns->addWidget(column, 1);
    }
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid::Margin, grid::Margin, grid::Margin, grid::Margin);
    all->setSpacing(grid::Gap);
    all->addWidget(m_title);
    all->addLayout(expressions);
    all->addLayout(columns);
    retranslate();
}

RuleCard::Expression RuleCard::makeExpression(const QString& objectName, const QString& text)
{
    Expression made{new PlainLabel(PlainLabel::Selectable::No, this), new ValueLabel(ValueLabel::Look::Text, this),
                    new QToolButton(this)};
    made.text->setObjectName(objectName);
    made.text->setFont(fixedFont(font()));
    made.text->setWordWrap(true);
    made.text->setValue(text);
    made.copy->setObjectName(objectName + QStringLiteral(".copy"));
    made.copy->setAutoRaise(true);
    made.copy->setIcon(themeIcon(Icon::Copy));
    connect(made.copy, &QToolButton::clicked, this, [text] { QGuiApplication::clipboard()->setText(text); });
    return made;
}

void RuleCard::setAnswer(const metrics::RuleAnswer& answer)
{
    m_columns[0]->setVerdict(answer.prometheus);
    m_columns[1]->setVerdict(answer.kubeStateMetrics);
    m_columns[2]->setVerdict(answer.apiServer);
}

void RuleCard::setReading(bool reading)
{
    for (VerdictColumn* column : m_columns)
        column->setReading(reading);
}

void RuleCard::retranslate()
{
    m_title->setText(messages::ruleTitle(m_rule.id));
    m_faq.name->setText(tr("The FAQ's"));
    m_better.name->setText(tr("Better"));
    m_reason->setText(messages::expressionReason(m_rule.id));
    m_faq.text->setAccessibleName(tr("The FAQ's expression"));
    m_better.text->setAccessibleName(tr("The better expression"));
    const auto name = [](QToolButton* button, const QString& words) {
        button->setAccessibleName(words);
        button->setToolTip(words);
    };
    name(m_faq.copy, tr("Copy the FAQ's expression"));
    name(m_better.copy, tr("Copy the better expression"));
    setAccessibleName(m_title->text());
}

void RuleCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    OutlinedFrame::changeEvent(event);
}

} // namespace ui
