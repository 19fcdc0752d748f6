#include "ui/widgets/writedialog.h"

#include "ui/theme/grid.h"
#include "ui/widgets/copybutton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <algorithm>

namespace ui {

WriteDialog::WriteDialog(const QString& prefix, QStackedWidget* pages, QWidget* parent)
    : QDialog(parent),
      m_prefix(prefix),
      m_pages(pages ? pages : new QStackedWidget),
      m_review(new ReviewPane(prefix)),
      m_buttons(new QHBoxLayout),
      m_back(new QPushButton),
      m_next(new QPushButton),
      m_close(new QPushButton),
      m_undo(new QPushButton),
      m_accept(new QPushButton),
      m_apply(new QPushButton),
      m_copy(new CopyButton(prefix + QStringLiteral(".copyCommand")))
{
    setObjectName(prefix);
    setAttribute(Qt::WA_DeleteOnClose);
    if (!pages)
        name({{m_pages, "pages"}});
    name({{m_back, "back"},
          {m_next, "next"},
          {m_close, "close"},
          {m_undo, "undo"},
          {m_accept, "accept"},
          {m_apply, "apply"}});
    // Return goes on; what writes is pressed on purpose.
    for (QPushButton* button : {m_back, m_close, m_undo, m_accept, m_apply})
        button->setAutoDefault(false);
    m_next->setDefault(true);
    m_buttons->setSpacing(grid::Gap);
    m_buttons->addStretch(1);
    for (QPushButton* button :
         std::initializer_list<QPushButton*>{m_accept, m_undo, m_close, m_back, m_next, m_copy, m_apply})
        m_buttons->addWidget(button);
    connect(m_back, &QPushButton::clicked, this, [this] { go(page() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (isComplete(page()))
            go(page() + 1);
    });
    connect(m_close, &QPushButton::clicked, this, &WriteDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &WriteDialog::applyRequested);
    connect(m_undo, &QPushButton::clicked, this, &WriteDialog::undoRequested);
    connect(m_accept, &QPushButton::clicked, this, &WriteDialog::acceptRequested);
}

void WriteDialog::name(std::initializer_list<std::pair<QWidget*, const char*>> widgets)
{
    for (const auto& [widget, name] : widgets)
        widget->setObjectName(m_prefix + QLatin1Char('.') + QLatin1String(name));
}

void WriteDialog::addReview(QWidget* below)
{
    if (!below) {
        m_pages->addWidget(m_review);
        return;
    }
    auto* last = new QWidget;
    last->setObjectName(m_prefix + QStringLiteral(".last"));
    auto* column = new QVBoxLayout(last);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_review, 1);
    column->addWidget(below);
    m_pages->addWidget(last);
}

int WriteDialog::page() const
{
    return m_pages->currentIndex();
}

int WriteDialog::lastPage() const
{
    return m_pages->count() - 1;
}

void WriteDialog::go(int page)
{
    const bool wasLast = isLast();
    m_pages->setCurrentIndex(std::clamp(page, 0, lastPage()));
    if (wasLast && !isLast())
        Q_EMIT reviewLeft();
    if (isLast())
        m_close->setFocus();
    else
        focusPage(this->page());
    refresh();
    if (isLast())
        Q_EMIT reviewRequested();
}

void WriteDialog::setLook(const Look& look)
{
    if (look == m_look)
        return;
    m_look = look;
    refresh();
}

void WriteDialog::reject()
{
    // What is on its way would go on unseen.
    if (!m_look.isBusy)
        QDialog::reject();
}

void WriteDialog::refresh()
{
    m_review->setLook(m_look.review);
    m_back->setEnabled(page() > 0 && !m_look.isBusy);
    m_back->setVisible(!m_look.isOver && lastPage() > 0 && (page() > 0 || lastPage() > 1));
    m_next->setVisible(!isLast());
    m_next->setEnabled(!isLast() && isComplete(page()));
    m_apply->setVisible(isLast() && !m_look.isOver && !m_look.apply.isEmpty());
    m_apply->setText(m_look.apply);
    m_apply->setAccessibleName(m_look.apply);
    m_apply->setEnabled(m_look.canApply && m_look.off.isEmpty());
    m_copy->standInFor(m_apply, m_look.off, m_look.review.command);
    m_undo->setVisible(m_look.canUndo);
    m_undo->setText(m_look.undo);
    m_undo->setAccessibleName(m_look.undo);
    m_accept->setVisible(m_look.canAccept);
    m_close->setEnabled(!m_look.isBusy);
}

void WriteDialog::retranslate()
{
    const std::pair<QPushButton*, QString> texts[] = {{m_back, tr("&Back")},
                                                      {m_next, lastPage() > 1 ? tr("&Next") : tr("&Review")},
                                                      {m_close, tr("Close")},
                                                      {m_accept, tr("Start from what is there now")}};
    for (const auto& [button, text] : texts) {
        button->setText(text);
        button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    }
    m_review->retranslate();
    refresh();
}

void WriteDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT languageChanged();
    }
    QDialog::changeEvent(event);
}

} // namespace ui
