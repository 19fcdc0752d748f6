#include "ui/businesses/namespacedialog.h"

#include "app/base/visible.h"
#include "app/messages/businesses.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/signlines.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <map>
#include <tuple>

namespace ui {
namespace {

/// Nothing is typed yet: it is wanted, and not wrong.
bool isWanted(const tke::DraftProblem& problem)
{
    return problem.id.endsWith(QLatin1String("Missing"));
}

} // namespace

NamespaceDialog::NamespaceDialog(std::shared_ptr<const tke::BusinessPicture> picture, const QString& business,
                                 QWidget* parent)
    : WriteDialog(QStringLiteral("namespace"), nullptr, parent),
      m_picture(std::move(picture)),
      m_businessLabel(new PlainLabel),
      m_business(new QComboBox),
      m_nameLabel(new PlainLabel),
      m_name(new QLineEdit),
      m_rule(new PlainLabel),
      m_clusterLabel(new PlainLabel),
      m_cluster(new QComboBox),
      m_why(new PlainLabel),
      m_quotaTitle(new PlainLabel),
      m_quotaBox(new QWidget),
      m_quotaGrid(new QGridLayout(m_quotaBox)),
      m_problems(new SignLines(QStringLiteral("namespace.problems")))
{
    name({{m_business, "business"},
          {m_name, "name"},
          {m_rule, "rule"},
          {m_cluster, "cluster"},
          {m_why, "why"},
          {m_quotaBox, "quota"},
          {m_businessLabel, "business.label"},
          {m_nameLabel, "name.label"},
          {m_clusterLabel, "cluster.label"},
          {m_quotaTitle, "quota.title"}});
    pages()->addWidget(fieldsPage());
    addReview();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(pages(), 1);
    column->addLayout(buttons());
    connect(m_business, &QComboBox::currentIndexChanged, this, &NamespaceDialog::fillClusters);
    connect(m_cluster, &QComboBox::currentIndexChanged, this, &NamespaceDialog::fillQuota);
    connect(m_name, &QLineEdit::textChanged, this, &NamespaceDialog::refresh);
    resize(720, 620);
    fillBusinesses(business);
    fillClusters();
    m_name->setFocus();
}

QWidget* NamespaceDialog::fieldsPage()
{
    m_name->setFont(fixedFont(font()));
    for (PlainLabel* label : {m_rule, m_why}) {
        label->setWordWrap(true);
        label->setColorId(ColorId::Muted);
    }
    for (QComboBox* box : {m_business, m_cluster}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(24);
    }
    m_quotaGrid->setContentsMargins(0, 0, 0, 0);
    m_quotaGrid->setHorizontalSpacing(grid::Gap);
    m_quotaGrid->setVerticalSpacing(grid::Unit);
    m_quotaGrid->setColumnStretch(2, 1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("namespace.quota.scroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_quotaBox);
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("namespace.page.0"));
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(grid::Margin);
    grid->setVerticalSpacing(grid::Gap);
    int row = 0;
    const auto add = [&](PlainLabel* label, QWidget* field) {
        label->setBuddy(field);
        grid->addWidget(label, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid->addWidget(field, row++, 1);
    };
    add(m_businessLabel, m_business);
    add(m_nameLabel, m_name);
    grid->addWidget(m_rule, row++, 1);
    add(m_clusterLabel, m_cluster);
    grid->addWidget(m_why, row++, 1);
    grid->addWidget(m_quotaTitle, row, 0, Qt::AlignLeft | Qt::AlignTop);
    grid->addWidget(scroll, row, 1);
    grid->setRowStretch(row++, 1);
    grid->addWidget(m_problems, row, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    return page;
}

void NamespaceDialog::fillBusinesses(const QString& chosen)
{
    const QSignalBlocker quiet(m_business);
    int first = -1;
    for (const tke::Business& each : m_picture->survey.businesses) {
        if (first < 0 && each.phase == QLatin1String("Active") && !each.locked)
            first = m_business->count();
        m_business->addItem(titleOf(each), each.name);
    }
    const int wanted = chosen.isEmpty() ? -1 : m_business->findData(chosen);
    m_business->setCurrentIndex(wanted >= 0 ? wanted : first);
}

const tke::Business* NamespaceDialog::business() const
{
    return m_picture->survey.find(m_business->currentData().toString());
}

void NamespaceDialog::fillClusters()
{
    {
        const QSignalBlocker quiet(m_cluster);
        const QString before = m_cluster->currentData().toString();
        m_cluster->clear();
        if (const tke::Business* of = business())
            for (const tke::ClusterQuota& each : of->clusters)
                m_cluster->addItem(m_picture->clusterTitle(each.cluster), each.cluster);
        const int same = m_cluster->findData(before);
        m_cluster->setCurrentIndex(same >= 0 ? same : m_cluster->count() > 0 ? 0 : -1);
    }
    fillQuota();
}

void NamespaceDialog::fillQuota()
{
    std::map<QString, QString> typed;
    for (const QuotaRow& row : m_quota)
        typed[row.resource] = row.amount->text();
    m_quota.clear();
    while (QLayoutItem* item = m_quotaGrid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const tke::Business* of = business();
    const tke::ClusterQuota* quota = of ? of->in(m_cluster->currentData().toString()) : nullptr;
    int at = 0;
    if (quota)
        for (const auto& [resource, hard] : quota->hard) {
            auto* name = new PlainLabel;
            name->setText(base::visible(resource));
            QuotaRow row{resource, new QLineEdit, new PlainLabel, tke::leftOf(*quota, resource)};
            name->setObjectName(QStringLiteral("namespace.quota.%1.label").arg(resource));
            row.amount->setObjectName(QStringLiteral("namespace.quota.") + resource);
            row.left->setObjectName(QStringLiteral("namespace.quota.%1.left").arg(resource));
            row.amount->setText(typed[resource]);
            row.amount->setMaximumWidth(160);
            row.left->setColorId(ColorId::Muted);
            name->setBuddy(row.amount);
            m_quotaGrid->addWidget(name, at, 0);
            m_quotaGrid->addWidget(row.amount, at, 1);
            m_quotaGrid->addWidget(row.left, at++, 2);
            connect(row.amount, &QLineEdit::textChanged, this, &NamespaceDialog::refresh);
            m_quota.push_back(row);
        }
    m_quotaGrid->setRowStretch(at, 1);
    QWidget* before = m_cluster; // the fields are newer than the buttons
    for (const QuotaRow& row : m_quota) {
        setTabOrder(before, row.amount);
        before = row.amount;
    }
    retranslate();
}

tke::NamespaceDraft NamespaceDialog::draft() const
{
    tke::NamespaceDraft draft{.business = m_business->currentData().toString(),
                              .nameSpace = m_name->text(),
                              .cluster = m_cluster->currentData().toString(),
                              .hard = {}};
    for (const QuotaRow& row : m_quota)
        draft.hard[row.resource] = row.amount->text().trimmed();
    return draft;
}

bool NamespaceDialog::isComplete(int) const
{
    return tke::problemsOf(draft(), m_picture->survey).empty();
}

void NamespaceDialog::focusPage(int)
{
    m_name->setFocus();
}

void NamespaceDialog::refresh()
{
    const auto problems = tke::problemsOf(draft(), m_picture->survey);
    std::vector<SignLine> lines;
    for (const bool wanted : {false, true})
        for (const tke::DraftProblem& each : problems)
            if (isWanted(each) == wanted)
                lines.push_back({wanted ? Sign::Info : Sign::Error, messages::sentence(each)});
    m_problems->setLines(lines);
    QStringList told;
    for (const SignLine& each : lines)
        told << spoken(each);
    m_name->setAccessibleDescription(m_rule->text() + QLatin1Char('\n') + told.join(QLatin1Char('\n')));
    WriteDialog::refresh();
}

void NamespaceDialog::retranslate()
{
    setWindowTitle(tr("New namespace of a business"));
    const std::tuple<PlainLabel*, QWidget*, QString> fields[] = {{m_businessLabel, m_business, tr("Business")},
                                                                 {m_nameLabel, m_name, tr("Name")},
                                                                 {m_clusterLabel, m_cluster, tr("Cluster")}};
    for (const auto& [label, field, text] : fields) {
        label->setText(text);
        field->setAccessibleName(text);
    }
    m_rule->setText(messages::nameRule());
    m_why->setText(messages::oneCluster());
    m_cluster->setAccessibleDescription(m_why->text());
    m_quotaTitle->setText(tr("Quota"));
    m_quotaBox->setAccessibleName(m_quotaTitle->text());
    for (const QuotaRow& row : m_quota) {
        const QString left = row.leftText.isEmpty() ? tr("what is left is not known")
                                                    : tr("%1 left", "quota").arg(base::visible(row.leftText));
        row.left->setText(left);
        row.amount->setAccessibleName(tr("Quota: %1").arg(base::visible(row.resource)));
        row.amount->setAccessibleDescription(left);
    }
    WriteDialog::retranslate();
}

} // namespace ui
