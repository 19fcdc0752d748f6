#include "ui/businesses/visibilitydialog.h"

#include "app/base/visible.h"
#include "app/messages/businesses.h"
#include "app/messages/errors.h"
#include "app/tke/businessstate.h"
#include "ui/theme/grid.h"
#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/signlist.h"
#include "ui/widgets/statepane.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

using tke::CheckResult;

Sign signOf(CheckResult result)
{
    switch (result) {
    case CheckResult::Fail:
        return Sign::Error;
    case CheckResult::Unknown:
        return Sign::Unknown;
    case CheckResult::Pass:
    case CheckResult::Skipped:
        break;
    }
    return Sign::None;
}

Sign signOf(const tke::Visibility& verdict)
{
    if (!verdict.visible)
        return Sign::Unknown;
    return *verdict.visible ? Sign::Info : Sign::Error;
}

} // namespace

VisibilityDialog::VisibilityDialog(const std::vector<tke::Business>& businesses, const QString& business,
                                   QWidget* parent)
    : QDialog(parent),
      m_userLabel(new PlainLabel),
      m_user(new QLineEdit),
      m_businessLabel(new PlainLabel),
      m_business(new QComboBox),
      m_ask(new QPushButton),
      m_close(new QPushButton),
      m_list(new SignList(QStringLiteral("visibility.verdicts"))),
      m_chain(new KeyValueView(QStringLiteral("visibility.chain")))
{
    setObjectName(QStringLiteral("visibility"));
    setAttribute(Qt::WA_DeleteOnClose);
    build(businesses, business);
    resize(860, 680);
    retranslate();
    m_user->setFocus();
}

void VisibilityDialog::build(const std::vector<tke::Business>& businesses, const QString& business)
{
    const std::pair<QWidget*, const char*> names[] = {{m_user, "user"},         {m_userLabel, "user.label"},
                                                      {m_business, "business"}, {m_businessLabel, "business.label"},
                                                      {m_ask, "ask"},           {m_close, "close"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("visibility.") + QLatin1String(name));
    m_business->addItem(QString());
    for (const tke::Business& each : businesses)
        m_business->addItem(titleOf(each), each.name);
    m_business->setCurrentIndex(business.isEmpty() ? 0 : std::max(0, m_business->findData(business)));
    m_business->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_business->setMinimumContentsLength(24);
    m_userLabel->setBuddy(m_user);
    m_businessLabel->setBuddy(m_business);
    m_ask->setDefault(true);
    m_close->setAutoDefault(false);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("visibility.splitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_chain);
    splitter->setSizes({90, 480});
    splitter->setStretchFactor(1, 1);
    m_pane = new StatePane(QStringLiteral("visibility.pane"), splitter);

    auto* top = new QHBoxLayout;
    top->setSpacing(grid::Gap);
    top->addWidget(m_userLabel);
    top->addWidget(m_user, 1);
    top->addWidget(m_businessLabel);
    top->addWidget(m_business, 1);
    top->addWidget(m_ask);
    auto* bottom = new QHBoxLayout;
    bottom->addStretch(1);
    bottom->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addLayout(top);
    column->addWidget(m_pane, 1);
    column->addLayout(bottom);

    setTabOrder(m_ask, m_list);
    setTabOrder(m_list, m_chain);
    setTabOrder(m_chain, m_close);
    connect(m_user, &QLineEdit::textChanged, this, [this] { m_ask->setEnabled(!user().isEmpty()); });
    connect(m_ask, &QPushButton::clicked, this, &VisibilityDialog::ask);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_pane, &StatePane::retryRequested, this, &VisibilityDialog::ask);
    connect(m_list, &QListWidget::currentRowChanged, this, &VisibilityDialog::showChain);
    m_ask->setEnabled(false);
}

QString VisibilityDialog::user() const
{
    return m_user->text().trimmed();
}

QString VisibilityDialog::business() const
{
    return m_business->currentData().toString();
}

void VisibilityDialog::ask()
{
    if (!user().isEmpty())
        Q_EMIT asked();
}

void VisibilityDialog::setReading(bool reading)
{
    m_isReading = reading;
    showState();
}

void VisibilityDialog::show(std::vector<tke::Visibility> verdicts)
{
    const auto gravity = [](const tke::Visibility& each) { return -static_cast<int>(signOf(each)); };
    std::ranges::stable_sort(verdicts, {}, gravity);
    m_verdicts = std::move(verdicts);
    m_error.reset();
    showVerdicts();
    showState();
}

void VisibilityDialog::fail(const base::Error& error)
{
    m_error = error;
    showState();
}

void VisibilityDialog::showState()
{
    PaneState state;
    if (m_isReading)
        state = {.kind = PaneState::Kind::Loading,
                 .sentence = tr("The platform is asked about the user…"),
                 .canRetry = false};
    else if (m_error)
        state = {.kind = PaneState::Kind::Failed,
                 .sentence = messages::sentence(*m_error),
                 .said = m_error->said,
                 .advice = messages::advice(*m_error)};
    else if (m_verdicts.empty())
        state = {.kind = PaneState::Kind::Empty,
                 .sentence = tr("Name a user as he signs in to the console."),
                 .advice = tr("What decides whether he sees a business is then read and told check by check. Nothing "
                              "is changed."),
                 .canRetry = false};
    m_pane->setState(state);
}

void VisibilityDialog::showVerdicts()
{
    const int before = std::max(0, m_list->currentRow());
    std::vector<SignLine> lines;
    for (const tke::Visibility& each : m_verdicts)
        lines.push_back({signOf(each), messages::verdict(each)});
    m_list->setLines(lines);
    if (!lines.empty())
        m_list->setCurrentRow(std::min(before, m_list->count() - 1));
    showChain();
}

void VisibilityDialog::showChain()
{
    const int row = m_list->currentRow();
    std::vector<KeyValues> groups;
    if (row >= 0 && row < static_cast<int>(m_verdicts.size())) {
        const tke::Visibility& verdict = m_verdicts[static_cast<std::size_t>(row)];
        int number = 0;
        for (const tke::VisibilityCheck& check : verdict.checks) {
            KeyValues group{
                .id = check.id,
                .title = tr("%1. %2", "number of a check, its question").arg(++number).arg(messages::checkTitle(check)),
                .rows = {}};
            const QString words = check.result == CheckResult::Pass      ? tr("Yes, that is in order")
                                  : check.result == CheckResult::Fail    ? tr("No: this is why")
                                  : check.result == CheckResult::Unknown ? tr("Not known")
                                                                         : tr("Not asked");
            group.rows.push_back({.id = QStringLiteral("result"),
                                  .label = words,
                                  .value = messages::sentence(check, verdict),
                                  .sign = signOf(check.result)});
            if (const QString advice = messages::advice(check, verdict); !advice.isEmpty())
                group.rows.push_back({.id = QStringLiteral("advice"), .label = tr("What to do"), .value = advice});
            if (!check.read.isEmpty()) {
                QStringList read;
                for (const QString& each : check.read)
                    read << base::visible(each);
                group.rows.push_back({.id = QStringLiteral("read"),
                                      .label = tr("What was read"),
                                      .value = read.join(QLatin1Char('\n')),
                                      .fixedFont = true});
            }
            groups.push_back(std::move(group));
        }
    }
    m_chain->setGroups(groups);
}

void VisibilityDialog::retranslate()
{
    setWindowTitle(tr("Why a user does not see a business"));
    m_userLabel->setText(tr("User"));
    m_user->setAccessibleName(tr("User"));
    m_user->setPlaceholderText(tr("the name that he signs in with"));
    m_businessLabel->setText(tr("Business"));
    m_business->setAccessibleName(tr("Business"));
    m_business->setItemText(0, tr("All businesses"));
    const std::pair<QPushButton*, QString> texts[] = {{m_ask, tr("Find out")}, {m_close, tr("Close")}};
    for (const auto& [button, text] : texts) {
        button->setText(text);
        button->setAccessibleName(text);
    }
    m_list->setAccessibleName(tr("Verdicts"));
    m_chain->setAccessibleName(tr("The checks, in order"));
    showVerdicts();
    showState();
}

void VisibilityDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace ui
