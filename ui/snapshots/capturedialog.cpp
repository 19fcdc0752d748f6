#include "ui/snapshots/capturedialog.h"

#include "app/base/visible.h"
#include "app/messages/snapshots.h"
#include "ui/snapshots/skippedview.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/signlabel.h"

#include <QCheckBox>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>

namespace ui {
namespace {

enum Page { Form, Running, Done };

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}

} // namespace

CaptureDialog::CaptureDialog(const QString& cluster, const QString& file, QWidget* parent)
    : QDialog(parent),
      m_cluster(base::visible(cluster)),
      m_pages(new QStackedWidget),
      m_title(new PlainLabel),
      m_fileLabel(new PlainLabel),
      m_file(new QLineEdit(file)),
      m_browse(new QPushButton),
      m_redact(new QCheckBox),
      m_redactNote(new PlainLabel),
      m_warning(new SignLabel(QStringLiteral("capture.warning"))),
      m_ask(new PlainLabel),
      m_word(new QLineEdit),
      m_addresses(new QCheckBox),
      m_problem(new SignLabel(QStringLiteral("capture.problem"), PlainLabel::Selectable::Yes)),
      m_step(new PlainLabel),
      m_bar(new QProgressBar),
      m_counts(new PlainLabel),
      m_result(new SignLabel(QStringLiteral("capture.result"), PlainLabel::Selectable::Yes)),
      m_redaction(new SignLabel(QStringLiteral("capture.redaction"))),
      m_skippedTitle(new PlainLabel),
      m_skipped(new SkippedView(QStringLiteral("capture.skipped"))),
      m_close(new QPushButton),
      m_start(new QPushButton),
      m_cancel(new QPushButton),
      m_folder(new QPushButton),
      m_open(new QPushButton)
{
    setObjectName(QStringLiteral("capture"));
    setAttribute(Qt::WA_DeleteOnClose);
    const std::pair<QWidget*, const char*> names[] = {{m_pages, "pages"},
                                                      {m_title, "title"},
                                                      {m_fileLabel, "file.label"},
                                                      {m_file, "file"},
                                                      {m_browse, "browse"},
                                                      {m_redact, "redact"},
                                                      {m_ask, "ask"},
                                                      {m_word, "word"},
                                                      {m_addresses, "addresses"},
                                                      {m_step, "step"},
                                                      {m_bar, "bar"},
                                                      {m_counts, "counts"},
                                                      {m_close, "close"},
                                                      {m_start, "start"},
                                                      {m_cancel, "cancel"},
                                                      {m_folder, "folder"},
                                                      {m_open, "open"},
                                                      {m_redactNote, "redact.note"},
                                                      {m_skippedTitle, "skipped.title"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QStringLiteral("capture.") + QLatin1String(name));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    m_redact->setChecked(true);
    m_pages->addWidget(formPage());
    m_pages->addWidget(runningPage());
    m_pages->addWidget(donePage());
    for (QPushButton* button : {m_browse, m_close, m_cancel, m_folder, m_open, m_start})
        button->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_folder);
    buttons->addStretch(1);
    for (QPushButton* button : {m_cancel, m_close, m_open, m_start})
        buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(m_title);
    column->addWidget(m_pages, 1);
    column->addLayout(buttons);

    connect(m_browse, &QPushButton::clicked, this, &CaptureDialog::browse);
    for (QLineEdit* field : {m_file, m_word})
        connect(field, &QLineEdit::textChanged, this, &CaptureDialog::showForm);
    connect(m_redact, &QCheckBox::toggled, this, &CaptureDialog::showForm);
    connect(m_start, &QPushButton::clicked, this, &CaptureDialog::start);
    connect(m_cancel, &QPushButton::clicked, this, &CaptureDialog::reject);
    connect(m_close, &QPushButton::clicked, this, &CaptureDialog::reject);
    connect(m_folder, &QPushButton::clicked, this, [this] { Q_EMIT folderRequested(m_file->text()); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        Q_EMIT openRequested(m_file->text());
        accept();
    });
    resize(680, 420);
    retranslate();
    m_file->setFocus();
}

QWidget* CaptureDialog::formPage()
{
    m_redactNote->setWordWrap(true);
    m_redactNote->setColorId(ColorId::Muted);
    m_word->setMaximumWidth(240);
    m_fileLabel->setBuddy(m_file);
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("capture.form"));
    auto* file = new QHBoxLayout;
    file->setSpacing(grid::Gap);
    file->addWidget(m_fileLabel);
    file->addWidget(m_file, 1);
    file->addWidget(m_browse);
    auto* ask = new QHBoxLayout;
    ask->setSpacing(grid::Gap);
    ask->addWidget(m_ask);
    ask->addWidget(m_word);
    ask->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addLayout(file);
    column->addWidget(m_redact);
    column->addWidget(m_redactNote);
    column->addWidget(m_addresses);
    column->addWidget(m_warning);
    column->addLayout(ask);
    column->addStretch(1);
    column->addWidget(m_problem);
    return page;
}

QWidget* CaptureDialog::runningPage()
{
    m_step->setWordWrap(true);
    m_bar->setTextVisible(false);
    m_counts->setColorId(ColorId::Muted);
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("capture.running"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_step);
    column->addWidget(m_bar);
    column->addWidget(m_counts);
    column->addStretch(1);
    return page;
}

QWidget* CaptureDialog::donePage()
{
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("capture.done"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_result);
    column->addWidget(m_redaction);
    column->addWidget(m_skippedTitle);
    column->addWidget(m_skipped, 1);
    column->addStretch();
    return page;
}

void CaptureDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Take a snapshot into"), m_file->text());
    dialog->setObjectName(QStringLiteral("capture.fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("alidade"));
    dialog->setNameFilters({tr("Snapshots (*.alidade)"), tr("All files (*)")});
    dialog->selectFile(QFileInfo(m_file->text()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

void CaptureDialog::start()
{
    m_failure.clear();
    m_progress = {};
    m_isCanceling = false;
    m_pages->setCurrentIndex(Running);
    showProgress();
    Q_EMIT captureRequested({m_file->text(), m_redact->isChecked(), m_redact->isChecked() && m_addresses->isChecked()});
}

bool CaptureDialog::isRunning() const
{
    return m_pages->currentIndex() == Running;
}

void CaptureDialog::reject()
{
    if (!isRunning()) {
        QDialog::reject();
        return;
    }
    m_isCanceling = true; // the file goes first
    showProgress();
    Q_EMIT cancelRequested();
}

void CaptureDialog::setProgress(const snapshot::CaptureProgress& progress)
{
    m_progress = progress;
    showProgress();
}

void CaptureDialog::setFailed(const QString& sentence)
{
    m_failure = sentence;
    m_pages->setCurrentIndex(Form);
    showForm();
}

void CaptureDialog::setDone(const snapshot::Manifest& manifest)
{
    m_manifest = manifest;
    m_pages->setCurrentIndex(Done);
    showDone();
    m_open->setFocus();
}

/// Also which buttons there are, whichever page is shown.
void CaptureDialog::showForm()
{
    const int page = m_pages->currentIndex();
    const bool isUnsafe = !m_redact->isChecked();
    m_addresses->setEnabled(!isUnsafe);
    m_warning->setLine({Sign::Warning, messages::unredactedWarning()});
    m_warning->setVisible(isUnsafe);
    m_ask->setText(tr("To confirm, type “%1”:").arg(m_cluster));
    m_word->setAccessibleName(m_ask->text());
    m_ask->setVisible(isUnsafe);
    m_word->setVisible(isUnsafe);
    const QString name = m_file->text().trimmed();
    const bool isThere = !name.isEmpty() && QFileInfo(name).isFile();
    m_problem->setLine(!m_failure.isEmpty() ? SignLine{Sign::Error, m_failure}
                       : isThere ? SignLine{Sign::Warning, tr("This file is there already, and is replaced.")}
                                 : SignLine{});
    m_problem->setVisible(!m_failure.isEmpty() || isThere);
    m_start->setVisible(page == Form);
    m_start->setEnabled(!name.isEmpty() && !QFileInfo(name).isDir() && (!isUnsafe || m_word->text() == m_cluster));
    m_start->setDefault(page == Form && !isUnsafe && m_start->isEnabled());
    m_cancel->setVisible(page == Running);
    m_close->setVisible(page != Running);
    m_folder->setVisible(page == Done);
    m_open->setVisible(page == Done);
    m_open->setDefault(page == Done);
}

void CaptureDialog::showProgress()
{
    m_step->setText(m_isCanceling ? tr("It is given up…") : messages::captureStep(m_progress));
    m_bar->setRange(0, m_progress.total);
    m_bar->setValue(m_progress.done);
    QStringList counts;
    if (m_progress.total > 0)
        counts << tr("%1 of %2").arg(QLocale().toString(m_progress.done), QLocale().toString(m_progress.total));
    counts << tr("%n requests", nullptr, static_cast<int>(m_progress.requests))
           << tr("%1 written", "a size").arg(sizeText(m_progress.fileBytes));
    m_counts->setText(counts.join(QStringLiteral(" · ")));
    m_bar->setAccessibleDescription(m_step->text() + QLatin1Char(' ') + m_counts->text());
    m_cancel->setEnabled(!m_isCanceling);
    showForm();
}

void CaptureDialog::showDone()
{
    const QString file = m_file->text();
    const auto missing = static_cast<int>(m_manifest.skipped.size());
    m_result->setLine({Sign::Info, tr("The snapshot is in %1: %2 after %3 requests.")
                                       .arg(base::visible(file), sizeText(QFileInfo(file).size()),
                                            QLocale().toString(m_manifest.requests))});
    m_redaction->setLine({m_manifest.isRedacted ? Sign::None : Sign::Warning, messages::redactionSentence(m_manifest)});
    m_skipped->setSkipped(m_manifest.skipped);
    m_skipped->setVisible(missing > 0);
    m_skippedTitle->setText(missing > 0 ? tr("%n parts were not captured:", nullptr, missing)
                                        : tr("Everything that was asked for was captured."));
    showForm();
}

void CaptureDialog::retranslate()
{
    setWindowTitle(tr("Take a snapshot"));
    m_title->setText(tr("Take a snapshot of %1").arg(m_cluster));
    m_fileLabel->setText(tr("&File"));
    m_file->setAccessibleName(tr("File"));
    m_browse->setText(tr("&Browse…"));
    m_redact->setText(tr("&Redact secrets"));
    m_redactNote->setText(
        tr("Passwords, tokens, keys and the data of Secrets are replaced before they are written. Names, labels and "
           "images stay as they are."));
    m_addresses->setText(tr("Replace the &addresses of nodes and masters as well"));
    m_start->setText(tr("&Take the snapshot"));
    m_cancel->setText(tr("Cancel"));
    m_close->setText(tr("Close"));
    m_folder->setText(tr("Show in &folder"));
    m_open->setText(tr("&Open it"));
    for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{m_browse, m_redact, m_addresses, m_start,
                                                                           m_cancel, m_close, m_folder, m_open})
        button->setAccessibleName(QString(button->text()).remove(QLatin1Char('&')));
    m_redact->setAccessibleDescription(m_redactNote->text());
    m_bar->setAccessibleName(tr("Progress"));
    m_skipped->retranslate();
    showProgress();
    if (m_pages->currentIndex() == Done)
        showDone();
}

void CaptureDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace ui
