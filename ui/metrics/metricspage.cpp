#include "ui/metrics/metricspage.h"

#include "ui/metrics/contrastview.h"
#include "ui/metrics/sourcestrip.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/csv.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTabBar>

namespace ui {
namespace {

constexpr int Tabs = 5;
const char* const TabIds[Tabs] = {"contrast", "conditions", "autoscalers", "readers", "history"};
const QString TabKey = QStringLiteral("tab");

} // namespace

MetricsPage::MetricsPage(const View& view)
    : Page(view),
      m_sources(new SourceStrip),
      m_tabs(new QTabBar),
      m_reading(new PlainLabel),
      m_read(new TimeLabel(TimeLabel::Style::Ago)),
      m_offer(new QWidget),
      m_offerText(new PlainLabel),
      m_offerButton(new QPushButton),
      m_stack(new QStackedWidget),
      m_contrast(new ContrastView)
{
    setObjectName(QStringLiteral("metrics"));
    m_tabs->setObjectName(QStringLiteral("metrics.tabs"));
    m_tabs->setDrawBase(false);
    m_reading->setObjectName(QStringLiteral("metrics.reading"));
    m_reading->setColorId(ColorId::Muted);
    m_read->setObjectName(QStringLiteral("metrics.read"));
    m_read->setColorId(ColorId::Muted);
    m_offerText->setObjectName(QStringLiteral("metrics.offer"));
    m_offerText->setWordWrap(true);
    m_offerButton->setObjectName(QStringLiteral("metrics.offer.take"));
    m_offerButton->setAutoDefault(false);
    for (int i = 0; i < Tabs; ++i) {
        m_tabs->addTab(QString());
        m_stack->addWidget(i == 0 ? static_cast<QWidget*>(m_contrast) : new QWidget);
    }
    auto* offer = new QHBoxLayout(m_offer);
    offer->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    offer->setSpacing(grid::Gap);
    offer->addWidget(m_offerText, 1);
    offer->addWidget(m_offerButton);
    m_offer->hide();
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::Gap, 0, grid::Gap, 0);
    bar->setSpacing(grid::Gap);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    bar->addWidget(m_reading);
    bar->addWidget(m_read);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sources);
    column->addWidget(m_offer);
    column->addLayout(bar);
    column->addWidget(m_stack, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        View now = this->view();
        now.more.insert(TabKey, QString::fromLatin1(TabIds[index]));
        setView(now);
        Q_EMIT tabChanged();
    });
    connect(m_offerButton, &QPushButton::clicked, this, &MetricsPage::offerTaken);
    connect(m_contrast->pane(), &StatePane::retryRequested, this, &MetricsPage::refreshRequested);
    retranslate();
    lookAt(view);
}

MetricsPage::Tab MetricsPage::tab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void MetricsPage::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void MetricsPage::setContent(Tab tab, QWidget* content)
{
    const int index = static_cast<int>(tab);
    QWidget* before = m_stack->widget(index);
    m_stack->insertWidget(index, content);
    m_stack->removeWidget(before);
    before->deleteLater();
    m_stack->setCurrentIndex(m_tabs->currentIndex());
}

void MetricsPage::setRead(const QDateTime& when, const QString& reading)
{
    m_reading->setText(reading);
    m_reading->setVisible(!reading.isEmpty());
    m_read->setTime(when);
    m_read->setVisible(reading.isEmpty());
}

void MetricsPage::setOffer(const QString& sentence, const QString& act)
{
    m_offer->setVisible(!sentence.isEmpty());
    m_offerText->setText(sentence);
    m_offerButton->setText(act);
    m_offerButton->setAccessibleName(act);
}

QString MetricsPage::title() const
{
    return tr("Metrics · %1").arg(view().cluster);
}

QIcon MetricsPage::icon() const
{
    return themeIcon(Icon::Metrics);
}

void MetricsPage::find()
{
    setTab(Tab::Contrast);
    m_contrast->filter()->setFocus();
}

void MetricsPage::exportCsv()
{
    auto* dialog = new QFileDialog(this, tr("Export"));
    dialog->setObjectName(QStringLiteral("metrics.export-dialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        QSaveFile file(name);
        if (!file.open(QIODevice::WriteOnly) || !writeCsv(*m_contrast->table(), file) || !file.commit())
            m_reading->setText(tr("The file %1 cannot be written: %2").arg(name, file.errorString()));
    });
    dialog->open();
}

void MetricsPage::focusContent()
{
    if (tab() == Tab::Contrast)
        m_contrast->table()->setFocus();
    else
        m_stack->currentWidget()->setFocus();
}

void MetricsPage::lookAt(const View& view)
{
    const QString wanted = view.more.value(TabKey);
    for (int i = 0; i < Tabs; ++i)
        if (wanted == QLatin1String(TabIds[i]))
            m_tabs->setCurrentIndex(i);
}

void MetricsPage::retranslate()
{
    const QString names[Tabs] = {tr("Side by side"), tr("Conditions"), tr("Autoscalers"), tr("Who reads whom"),
                                 tr("History")};
    for (int i = 0; i < Tabs; ++i)
        m_tabs->setTabText(i, names[i]);
    m_tabs->setAccessibleName(tr("Parts of the metrics"));
    Q_EMIT changed();
}

void MetricsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT languageChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui
