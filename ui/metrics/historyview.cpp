#include "ui/metrics/historyview.h"

#include "app/base/visible.h"
#include "ui/metrics/historyplot.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <algorithm>
#include <array>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 4> Ranges{15min, 1h, 6h, 24h};
constexpr std::array<Figure, 2> Figures{Figure::Cpu, Figure::Memory};
constexpr int LeastPlotHeight = 150;

QString timeText(const QDateTime& at)
{
    return at.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
}

QString sourceText(const HistoryLine& line, const metrics::Point& point)
{
    const auto pods = line.pods.find(point.at);
    return pods == line.pods.end() ? line.source
                                   : HistoryView::tr("%1, sum of %n pods", "a source", pods->second).arg(line.source);
}

} // namespace

HistoryView::HistoryView(QWidget* parent)
    : QWidget(parent),
      m_column(new QVBoxLayout(this)),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_range(new QComboBox),
      m_source(new QComboBox),
      m_png(new QPushButton),
      m_csv(new QPushButton),
      m_message(new PlainLabel),
      m_readout(new PlainLabel),
      m_note(new PlainLabel(PlainLabel::Selectable::Yes))
{
    setObjectName(QStringLiteral("metrics.history"));
    m_title->setObjectName(QStringLiteral("metrics.history.title"));
    m_range->setObjectName(QStringLiteral("metrics.history.range"));
    m_source->setObjectName(QStringLiteral("metrics.history.source"));
    m_png->setObjectName(QStringLiteral("metrics.history.png"));
    m_csv->setObjectName(QStringLiteral("metrics.history.csv"));
    m_message->setObjectName(QStringLiteral("metrics.history.message"));
    m_readout->setObjectName(QStringLiteral("metrics.history.readout"));
    m_note->setObjectName(QStringLiteral("metrics.history.note"));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setColorId(ColorId::Muted);
    m_note->setColorId(ColorId::Muted);
    for (PlainLabel* label : {m_message, m_readout, m_note})
        label->setWordWrap(true);
    // Room for two lines, so that the plots do not jump as the pointer moves over them.
    m_readout->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_readout->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_range->addItems({{}, {}, {}, {}});
    m_range->setCurrentIndex(1);
    m_source->addItems({{}, {}});
    for (QPushButton* button : {m_png, m_csv})
        button->setAutoDefault(false);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(grid::Gap);
    bar->addWidget(m_title, 1);
    for (QWidget* control : {static_cast<QWidget*>(m_range), static_cast<QWidget*>(m_source),
                             static_cast<QWidget*>(m_png), static_cast<QWidget*>(m_csv)})
        bar->addWidget(control);
    m_column->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, grid::Gap);
    m_column->setSpacing(grid::Unit);
    m_column->addLayout(bar);
    m_column->addWidget(m_message);
    m_column->addWidget(m_readout);
    m_column->addWidget(m_note);
    connect(m_range, &QComboBox::activated, this, [this] {
        fill();
        Q_EMIT rangeChosen(range());
    });
    connect(m_source, &QComboBox::activated, this, [this](int index) { Q_EMIT sourceChosen(index == 1); });
    connect(m_png, &QPushButton::clicked, this, [this] { exportTo(QStringLiteral("png")); });
    connect(m_csv, &QPushButton::clicked, this, [this] { exportTo(QStringLiteral("csv")); });
    retranslate();
}

void HistoryView::show(const FigureHistory& history)
{
    m_history = history;
    fill();
}

std::chrono::seconds HistoryView::range() const
{
    return Ranges[static_cast<std::size_t>(std::max(0, m_range->currentIndex()))];
}

void HistoryView::setRange(std::chrono::seconds range)
{
    const auto found = std::ranges::find(Ranges, range);
    if (found == Ranges.end())
        return;
    m_range->setCurrentIndex(static_cast<int>(found - Ranges.begin()));
    fill();
}

void HistoryView::setSource(bool prometheus)
{
    m_source->setCurrentIndex(prometheus ? 1 : 0);
}

void HistoryView::setPrometheusThere(bool isThere)
{
    m_source->setEnabled(isThere);
    if (!isThere)
        setSource(false);
}

void HistoryView::makePlots()
{
    if (!m_plots.empty() || !m_why.isEmpty())
        return;
    for (const Figure figure : Figures) {
        Plot* plot = createPlot(this, &m_why);
        if (!plot)
            return;
        QWidget* widget = plot->widget();
        widget->setObjectName(figure == Figure::Cpu ? QStringLiteral("metrics.history.cpu")
                                                    : QStringLiteral("metrics.history.memory"));
        widget->setMinimumHeight(LeastPlotHeight);
        widget->setFocusPolicy(Qt::StrongFocus);
        widget->installEventFilter(this);
        plot->pointed = [this](const QDateTime& at) { setCursorAt(at); };
        m_column->insertWidget(1 + static_cast<int>(m_plots.size()), widget, 1);
        m_plots.push_back(plot);
    }
}

void HistoryView::fill()
{
    m_title->setText(base::visible(m_history.title));
    m_note->setText(m_history.note);
    m_note->setVisible(!m_history.note.isEmpty());
    const QDateTime newest = newestOf(m_history);
    QDateTime to = m_history.until.isValid() ? m_history.until : newest;
    if (!to.isValid())
        to = QDateTime::currentDateTimeUtc();
    const QDateTime from = to.addSecs(-range().count());
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots[i]->setLook(plotLookOf(palette(), font()));
        m_plots[i]->setContent(plotContentOf(m_history, Figures[i], from, to, palette()));
        m_plots[i]->widget()->setAccessibleName(tr("%1 over time").arg(figureName(Figures[i])));
        m_plots[i]->widget()->setAccessibleDescription(plotText(m_history, Figures[i]));
    }
    if (!m_why.isEmpty())
        m_message->setText(tr("The plots cannot be drawn: %1").arg(base::visible(m_why)));
    else if (!newest.isValid())
        m_message->setText(tr("There are no values yet."));
    else
        m_message->setText(newest < from ? tr("There are no values in this range.") : QString());
    m_message->setVisible(!m_message->text().isEmpty());
    m_png->setEnabled(!m_plots.empty() && newest.isValid());
    m_csv->setEnabled(newest.isValid());
    setCursorAt(m_cursor);
}

void HistoryView::setCursorAt(const QDateTime& at)
{
    m_cursor = at;
    for (Plot* plot : m_plots)
        plot->setCursor(at);
    m_readout->setText(at.isValid() ? readout(at) : tr("Point at a plot, or use the arrow keys, to read its values."));
    m_readout->setColorId(at.isValid() ? std::nullopt : std::optional(ColorId::Muted));
}

void HistoryView::stepCursor(int by)
{
    const std::vector<QDateTime> moments = momentsOf(m_history);
    if (moments.empty())
        return;
    auto at = m_cursor.isValid() ? std::ranges::lower_bound(moments, m_cursor) : moments.end();
    if (by < 0 && at != moments.begin())
        --at;
    else if (by > 0 && at != moments.end() && *at == m_cursor)
        ++at;
    setCursorAt(at == moments.end() ? moments.back() : *at);
}

QString HistoryView::readout(const QDateTime& at) const
{
    const auto within = std::chrono::milliseconds(range()) / 20;
    QStringList told;
    for (const Figure figure : Figures)
        for (const HistoryLine& line : linesOf(m_history, figure))
            if (const metrics::Point* point = nearest(line, at, within))
                told += tr("%1 %2: %3 at %4 (%5)", "figure, line, value, time, source")
                            .arg(figureName(figure), base::visible(line.name), figureText(figure, point->value),
                                 timeText(point->at), sourceText(line, *point));
    for (const HistoryMark& mark : m_history.marks)
        if (std::abs(mark.at.msecsTo(at)) <= (within / 4).count())
            told += tr("%1 at %2", "what happened, and when").arg(base::visible(mark.text), timeText(mark.at));
    return told.isEmpty() ? tr("No values at %1.").arg(timeText(at)) : told.join(QStringLiteral(" · "));
}

QImage HistoryView::picture() const
{
    QList<QImage> images;
    QSize size;
    for (Plot* plot : m_plots) {
        images += plot->image(2);
        size = QSize(std::max(size.width(), images.back().width()), size.height() + images.back().height());
    }
    QImage all(size, QImage::Format_RGB32);
    all.fill(palette().color(QPalette::Base));
    QPainter painter(&all);
    int y = 0;
    for (QImage& image : images) {
        image.setDevicePixelRatio(1);
        painter.drawImage(0, y, image);
        y += image.height();
    }
    return all;
}

void HistoryView::exportTo(const QString& suffix)
{
    auto* dialog = new QFileDialog(this, suffix == QLatin1String("csv") ? tr("Save the values as CSV")
                                                                        : tr("Save the plots as a picture"));
    dialog->setObjectName(QStringLiteral("metrics.history.dialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(QStringLiteral("history.") + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, isCsv = suffix == QLatin1String("csv")](const QString& name) { write(name, isCsv); });
    dialog->open();
}

void HistoryView::write(const QString& name, bool isCsv)
{
    QSaveFile file(name);
    bool good = file.open(QIODevice::WriteOnly);
    good = good && (isCsv ? writeCsv(m_history, file) : picture().save(&file, "PNG"));
    if (good && file.commit())
        return;
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Not saved"),
                                tr("The file %1 could not be written: %2").arg(name, file.errorString()),
                                QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void HistoryView::retranslate()
{
    const QSignalBlocker block(m_range);
    m_range->setAccessibleName(tr("Range of time"));
    m_range->setItemText(0, tr("15 minutes"));
    m_range->setItemText(1, tr("1 hour"));
    m_range->setItemText(2, tr("6 hours"));
    m_range->setItemText(3, tr("24 hours"));
    m_source->setAccessibleName(tr("Source of the values"));
    m_source->setItemText(0, tr("Own samples"));
    m_source->setItemText(1, QStringLiteral("Prometheus"));
    m_png->setText(tr("Save picture…"));
    m_csv->setText(tr("Save CSV…"));
    m_png->setAccessibleName(m_png->text());
    m_csv->setAccessibleName(m_csv->text());
    fill();
}

void HistoryView::showEvent(QShowEvent* event)
{
    makePlots();
    fill();
    QWidget::showEvent(event);
}

bool HistoryView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            stepCursor(key == Qt::Key_Left ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void HistoryView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        fill();
    QWidget::changeEvent(event);
}

} // namespace ui
