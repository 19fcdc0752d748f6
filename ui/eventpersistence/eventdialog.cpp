#include "ui/eventpersistence/eventdialog.h"

#include "app/base/visible.h"
#include "app/messages/eventpersistence.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

namespace ui {

EventDialog::EventDialog(QWidget* parent)
    : WriteDialog(QStringLiteral("events"), nullptr, parent),
      m_clusterLabel(new PlainLabel),
      m_cluster(new QComboBox),
      m_addressLabel(new PlainLabel),
      m_scheme(new QComboBox),
      m_host(new QLineEdit),
      m_portLabel(new PlainLabel),
      m_port(new QLineEdit),
      m_indexLabel(new PlainLabel),
      m_index(new QLineEdit),
      m_rule(new PlainLabel),
      m_userLabel(new PlainLabel),
      m_user(new QLineEdit),
      m_passwordLabel(new PlainLabel),
      m_password(new QLineEdit),
      m_loginWords(new PlainLabel),
      m_probe(new QPushButton),
      m_found(new SignLines(QStringLiteral("events.found"))),
      m_problems(new SignLines(QStringLiteral("events.problems"))),
      m_reveal(new QCheckBox)
{
    name({{m_cluster, "cluster"},
          {m_scheme, "scheme"},
          {m_host, "host"},
          {m_port, "port"},
          {m_index, "index"},
          {m_rule, "rule"},
          {m_user, "user"},
          {m_password, "password"},
          {m_loginWords, "login.words"},
          {m_probe, "probe"},
          {m_reveal, "reveal"},
          {m_clusterLabel, "cluster.label"},
          {m_addressLabel, "host.label"},
          {m_portLabel, "port.label"},
          {m_indexLabel, "index.label"},
          {m_userLabel, "user.label"},
          {m_passwordLabel, "password.label"}});
    m_scheme->addItems({QStringLiteral("http"), QStringLiteral("https")});
    m_port->setText(QStringLiteral("9200"));
    m_index->setText(QStringLiteral("fluentd"));
    m_password->setEchoMode(QLineEdit::Password);
    pages()->addWidget(fieldsPage());
    addReview(m_reveal);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(pages(), 1);
    column->addLayout(buttons());
    resize(760, 660);

    for (QComboBox* box : {m_cluster, m_scheme})
        connect(box, &QComboBox::currentTextChanged, this, &EventDialog::edited);
    for (QLineEdit* field : {m_host, m_port, m_index, m_user, m_password})
        connect(field, &QLineEdit::textChanged, this, &EventDialog::edited);
    connect(m_host, &QLineEdit::editingFinished, this, &EventDialog::spreadAddress);
    connect(m_probe, &QPushButton::clicked, this, &EventDialog::probeRequested);
    connect(m_reveal, &QCheckBox::toggled, this, &EventDialog::revealToggled);
    retranslate();
    m_host->setFocus();
}

EventDialog::~EventDialog()
{
    // QDialog hides what is still shown, the field that is typed in loses the focus and says so to what is gone by
    // then.
    disconnect(m_host, nullptr, this, nullptr);
}

QWidget* EventDialog::fieldsPage()
{
    for (QLineEdit* field : {m_host, m_port, m_index, m_user, m_password})
        field->setFont(fixedFont(font()));
    for (PlainLabel* label : {m_rule, m_loginWords}) {
        label->setWordWrap(true);
        label->setColorId(ColorId::Muted);
    }
    m_cluster->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_cluster->setMinimumContentsLength(24);
    m_port->setMaximumWidth(88);
    m_probe->setAutoDefault(false);
    m_portLabel->setBuddy(m_port);
    auto* address = new QHBoxLayout;
    address->setSpacing(grid::Gap);
    address->addWidget(m_scheme);
    address->addWidget(m_host, 1);
    address->addWidget(m_portLabel);
    address->addWidget(m_port);
    auto* trial = new QHBoxLayout;
    trial->addWidget(m_probe);
    trial->addStretch(1);

    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("events.page.0"));
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(grid::Margin);
    grid->setVerticalSpacing(grid::Gap);
    int row = 0;
    const auto add = [&](PlainLabel* label, QWidget* field) {
        label->setBuddy(field);
        grid->addWidget(label, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        if (field == m_host)
            grid->addLayout(address, row++, 1);
        else
            grid->addWidget(field, row++, 1);
    };
    add(m_clusterLabel, m_cluster);
    add(m_addressLabel, m_host);
    add(m_indexLabel, m_index);
    grid->addWidget(m_rule, row++, 1);
    add(m_userLabel, m_user);
    add(m_passwordLabel, m_password);
    grid->addWidget(m_loginWords, row++, 1);
    grid->addLayout(trial, row++, 1);
    grid->addWidget(m_found, row++, 0, 1, 2);
    grid->addWidget(m_problems, row++, 0, 1, 2);
    grid->setRowStretch(row, 1);
    grid->setColumnStretch(1, 1);
    return page;
}

void EventDialog::fill(const tke::EventSinkDraft& draft)
{
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_wanted = draft.cluster;
        if (const int at = m_cluster->findData(draft.cluster); at >= 0)
            m_cluster->setCurrentIndex(at);
        if (!draft.address.isEmpty())
            m_host->setText(draft.address);
        if (!draft.index.isEmpty())
            m_index->setText(draft.index);
        if (!draft.user.isEmpty())
            m_user->setText(draft.user);
        spreadAddress();
    }
    edited();
}

void EventDialog::setPlatform(const tke::EventPlatform& platform)
{
    m_clusters = platform.clusters.value_or(std::vector<tke::MemberCluster>());
    m_sinks = platform.sinks.value_or(std::vector<tke::EventSink>());
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_cluster->clear();
        m_cluster->setEditable(!platform.clusters);
        for (const tke::MemberCluster& each : m_clusters)
            m_cluster->addItem(QString(), each.name);
        nameClusters();
        int at = m_cluster->findData(m_wanted);
        for (int i = 0; at < 0 && m_wanted.isEmpty() && i < m_cluster->count(); ++i)
            if (!platform.sinkOf(m_cluster->itemData(i).toString()))
                at = i;
        m_cluster->setCurrentIndex(at);
        if (!platform.clusters)
            m_cluster->setEditText(m_wanted);
    }
    edited();
}

void EventDialog::nameClusters()
{
    for (int i = 0; i < m_cluster->count(); ++i) {
        const tke::MemberCluster& each = m_clusters[static_cast<std::size_t>(i)];
        QString text = each.displayName.isEmpty()
                           ? each.name
                           : tr("%1 · %2", "id and name of a cluster").arg(each.name, each.displayName);
        const auto sink = std::ranges::find(m_sinks, each.name, &tke::EventSink::cluster);
        if (sink != m_sinks.end())
            text = sink->phase.isEmpty()
                       ? tr("%1 (has one already)").arg(text)
                       : tr("%1 (has one already: %2)", "a cluster, a phase").arg(text, base::visible(sink->phase));
        m_cluster->setItemText(i, text);
    }
}

/// Somebody pasted all of it.
void EventDialog::spreadAddress()
{
    if (!m_host->text().contains(QLatin1String("://")))
        return;
    const tke::StoreAddressText text = tke::storeAddressOf(m_host->text());
    const int scheme = m_scheme->findText(text.address.scheme);
    if (scheme < 0 || (!text.problem.isEmpty() && text.problem != QLatin1String("portMissing")))
        return;
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_scheme->setCurrentIndex(scheme);
        m_host->setText(text.address.host);
        if (text.problem.isEmpty())
            m_port->setText(QString::number(text.address.port));
    }
    edited();
}

void EventDialog::edited()
{
    if (!m_isFilling)
        Q_EMIT draftChanged();
}

tke::EventSinkDraft EventDialog::draft() const
{
    return {.cluster =
                m_cluster->isEditable() ? m_cluster->currentText().trimmed() : m_cluster->currentData().toString(),
            .address = tke::storeAddressText(m_scheme->currentText(), m_host->text(), m_port->text()),
            .index = m_index->text(),
            .user = m_user->text(),
            .password = m_password->text()};
}

void EventDialog::setJudgement(const Judgement& judgement)
{
    if (judgement == m_judgement)
        return;
    m_judgement = judgement;
    refresh();
}

bool EventDialog::isRevealed() const
{
    return m_reveal->isChecked();
}

bool EventDialog::isComplete(int) const
{
    return m_judgement.isComplete;
}

void EventDialog::focusPage(int)
{
    m_host->setFocus();
}

void EventDialog::refresh()
{
    m_problems->setLines(m_judgement.problems);
    m_found->setLines(m_judgement.probe.text.isEmpty() ? std::vector<SignLine>{} : std::vector{m_judgement.probe});
    QStringList told{m_rule->text()};
    for (const SignLine& each : m_judgement.problems)
        told << spoken(each);
    for (QWidget* field :
         {static_cast<QWidget*>(m_cluster), static_cast<QWidget*>(m_host), static_cast<QWidget*>(m_index)})
        field->setAccessibleDescription(told.join(QLatin1Char('\n')));
    const QString probe = m_judgement.isProbing    ? tr("Trying the address…")
                          : m_judgement.tellsLogin ? tr("&Try the address (the login may cross the network in clear)")
                                                   : tr("&Try the address");
    m_probe->setText(probe);
    m_probe->setAccessibleName(QString(probe).remove(QLatin1Char('&')));
    m_probe->setEnabled(m_judgement.canProbe && !m_judgement.isProbing);
    m_reveal->setVisible(!m_password->text().isEmpty());
    WriteDialog::refresh();
}

void EventDialog::retranslate()
{
    setWindowTitle(tr("Keep a cluster's events (event persistence)"));
    const std::tuple<PlainLabel*, QWidget*, QString> fields[] = {
        {m_clusterLabel, m_cluster, tr("Cluster")},
        {m_addressLabel, m_host, tr("Elasticsearch address")},
        {m_portLabel, m_port, tr("Port")},
        {m_indexLabel, m_index, tr("Index")},
        {m_userLabel, m_user, tr("User (where it wants a login)")},
        {m_passwordLabel, m_password, tr("Password")},
    };
    for (const auto& [label, field, text] : fields) {
        label->setText(text);
        field->setAccessibleName(text);
    }
    m_scheme->setAccessibleName(tr("Scheme"));
    m_rule->setText(messages::indexRule());
    m_loginWords->setText(
        tr("The FAQ says that only Elasticsearch without a login works; since v1.5.0 of the platform one "
           "with a login does."));
    m_reveal->setText(tr("Show the &password in the difference"));
    m_reveal->setAccessibleName(QString(m_reveal->text()).remove(QLatin1Char('&')));
    {
        const QScopedValueRollback filling(m_isFilling, true);
        nameClusters();
    }
    WriteDialog::retranslate();
}

} // namespace ui
