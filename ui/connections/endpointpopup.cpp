#include "ui/connections/endpointpopup.h"

#include "app/messages/endpoints.h"
#include "app/messages/errors.h"
#include "app/models/addressesmodel.h"
#include "app/models/roles.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using models::AddressesModel;

EndpointPopup::EndpointPopup(QWidget* anchor, store::Cluster* cluster)
    : Popup(anchor),
      m_cluster(cluster),
      m_model(std::make_unique<AddressesModel>(cluster)),
      m_title(new PlainLabel),
      m_table(new TableView(QStringLiteral("endpoints.table"))),
      m_detail(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_use(new QPushButton),
      m_useName(new QPushButton),
      m_useAnyway(new QPushButton),
      m_look(new QPushButton),
      m_typed(new QLineEdit),
      m_add(new QPushButton),
      m_failsOver(new QCheckBox),
      m_told(new PlainLabel(PlainLabel::Selectable::Yes))
{
    setObjectName(QStringLiteral("endpoints"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_use->setObjectName(QStringLiteral("endpoints.use"));
    m_useName->setObjectName(QStringLiteral("endpoints.useServerName"));
    m_useAnyway->setObjectName(QStringLiteral("endpoints.useAnyway"));
    m_look->setObjectName(QStringLiteral("endpoints.look"));
    m_typed->setObjectName(QStringLiteral("endpoints.typed"));
    m_add->setObjectName(QStringLiteral("endpoints.add"));
    m_failsOver->setObjectName(QStringLiteral("endpoints.failsOver"));
    m_detail->setObjectName(QStringLiteral("endpoints.detail"));
    m_told->setObjectName(QStringLiteral("endpoints.told"));
    for (QPushButton* button : {m_use, m_useName, m_useAnyway, m_look, m_add})
        button->setAutoDefault(false);

    m_table->setSortable(false);
    m_table->cells()->setSignRole(models::SeverityRole);
    m_table->cells()->setLook(AddressesModel::UrlColumn, {.fixedFont = true});
    m_table->cells()->setLook(AddressesModel::StatusColumn, {.sign = true});
    m_table->cells()->setLook(AddressesModel::LatencyColumn, {.number = true});
    m_table->cells()->setLook(AddressesModel::SkewColumn, {.number = true});
    m_table->setModel(m_model.get());
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setMinimumSize(860, 200);
    for (const PlainLabel* label : {m_detail, m_told})
        const_cast<PlainLabel*>(label)->setWordWrap(true);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    for (QPushButton* button : {m_use, m_useName, m_useAnyway})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_look);
    auto* adding = new QHBoxLayout;
    adding->setSpacing(grid::Gap);
    adding->addWidget(m_typed, 1);
    adding->addWidget(m_add);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(grid::Gap);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    column->addWidget(m_detail);
    column->addLayout(buttons);
    column->addWidget(m_told);
    column->addLayout(adding);
    column->addWidget(m_failsOver);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EndpointPopup::showSelected);
    connect(m_model.get(), &QAbstractItemModel::dataChanged, this, &EndpointPopup::showSelected);
    connect(m_model.get(), &QAbstractItemModel::modelReset, this, [this] {
        m_table->selectRow(0);
        m_table->sizeColumnsToSample();
        showSelected();
    });
    connect(m_use, &QPushButton::clicked, this, [this] { go(false, false); });
    connect(m_useName, &QPushButton::clicked, this, [this] { go(true, false); });
    connect(m_useAnyway, &QPushButton::clicked, this, [this] { go(false, true); });
    connect(m_table, &QTableView::doubleClicked, this, [this] {
        if (m_use->isEnabled())
            go(false, false);
    });
    connect(m_look, &QPushButton::clicked, this, [this] {
        if (m_cluster && m_cluster->isOpen())
            m_cluster->addresses()->survey(m_cluster->client());
    });
    connect(m_add, &QPushButton::clicked, this, &EndpointPopup::addTyped);
    connect(m_typed, &QLineEdit::returnPressed, this, &EndpointPopup::addTyped);
    m_failsOver->setChecked(cluster->failsOver());
    connect(m_failsOver, &QCheckBox::toggled, this, [this](bool on) {
        if (m_cluster)
            m_cluster->setFailsOver(on);
        Q_EMIT failsOverChosen(on);
    });
    connect(cluster->addresses(), &QObject::destroyed, this, &QWidget::close);
    connect(cluster, &store::Cluster::addressChanged, this, [this] {
        tell(tr("Now %1 is spoken to.").arg(m_cluster->address()));
        showSelected();
    });
    connect(cluster, &store::Cluster::switchRefused, this, [this](const endpoint::Address&, const base::Error& error) {
        tell(messages::sentence(error));
        showSelected();
    });
    retranslate();
    m_table->selectRow(0);
    m_table->sizeColumnsToSample();
    cluster->addresses()->survey(cluster->client());
}

EndpointPopup::~EndpointPopup() = default;

void EndpointPopup::tell(const QString& sentence)
{
    m_told->setText(sentence);
    m_told->setVisible(!sentence.isEmpty());
}

void EndpointPopup::showSelected()
{
    const bool isOpen = m_cluster && m_cluster->isOpen();
    m_look->setEnabled(isOpen && !m_cluster->addresses()->isLooking());
    m_look->setText(m_look->isEnabled() ? tr("Look again") : tr("Looking…"));
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    if (!isOpen || !current.isValid() || current.row() >= m_model->rowCount()) {
        for (QPushButton* button : {m_use, m_useName, m_useAnyway})
            button->setEnabled(false);
        return;
    }
    const endpoint::ProbeResult& result = m_model->resultAt(current.row());
    QStringList sources;
    for (const QString& source : result.address.sources)
        sources += messages::sourceName(source);
    QStringList lines{messages::labelled(result.address.text(), messages::verdict(result))};
    if (const QString advice = messages::verdictAdvice(result); !advice.isEmpty())
        lines += advice;
    lines += tr("Known from: %1").arg(sources.join(QStringLiteral(", ")));
    m_detail->setText(lines.join(QLatin1Char('\n')));
    const bool canSwitch = !m_model->isInUse(current.row()) && !m_cluster->isSwitching();
    const bool isUnknown = !result.sameCluster && result.answers();
    m_use->setEnabled(canSwitch && result.sameCluster != false && !isUnknown);
    m_useName->setVisible(!result.offeredServerName.isEmpty());
    m_useName->setEnabled(canSwitch);
    m_useName->setText(withoutMnemonic(tr("Use server name “%1”").arg(result.offeredServerName)));
    m_useAnyway->setVisible(isUnknown);
    m_useAnyway->setEnabled(canSwitch);
}

void EndpointPopup::go(bool withOfferedName, bool assumeSameCluster)
{
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    if (!m_cluster || !current.isValid())
        return;
    const endpoint::ProbeResult& result = m_model->resultAt(current.row());
    endpoint::Address address = result.address;
    if (withOfferedName)
        address.serverName = result.offeredServerName;
    tell(tr("Looking at %1…").arg(address.text()));
    m_cluster->switchTo(address, assumeSameCluster);
    showSelected();
}

void EndpointPopup::addTyped()
{
    const auto url = endpoint::urlFromText(m_typed->text());
    if (!url) {
        tell(tr("“%1” is no address: 10.0.0.1, 10.0.0.1:6443 and https://… are.").arg(m_typed->text()));
        return;
    }
    if (!m_cluster || !m_cluster->isOpen())
        return;
    m_cluster->addresses()->add(*url);
    m_typed->clear();
    m_table->selectRow(m_model->rowCount() - 1);
}

void EndpointPopup::retranslate()
{
    setAccessibleName(tr("Addresses of the cluster"));
    m_title->setText(tr("Addresses of the cluster"));
    m_table->setAccessibleName(tr("Addresses of the cluster"));
    m_use->setText(tr("Use this address"));
    m_useAnyway->setText(tr("Use it all the same"));
    m_typed->setPlaceholderText(tr("Add an address: 10.0.0.1:6443"));
    m_typed->setAccessibleName(tr("Address to add"));
    m_add->setText(tr("Add address"));
    m_failsOver->setText(tr("Go to another address by itself when this one fails"));
    m_told->setAccessibleName(tr("What came of it"));
    m_detail->setAccessibleName(tr("The selected address"));
    m_told->setVisible(!m_told->text().isEmpty());
    m_model->retranslate();
    showSelected();
}

void EndpointPopup::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Popup::changeEvent(event);
}

} // namespace ui
