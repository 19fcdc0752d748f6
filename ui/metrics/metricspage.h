#pragma once
// What the sources of metrics say, side by side: the sources on top, then the contrast table, the four conditions, the
// autoscalers, who reads whom, and the history. It looks; the controller reads.

#include "ui/shell/page.h"

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace ui {

class ContrastView;
class PlainLabel;
class SourceStrip;
class TimeLabel;

class MetricsPage : public Page {
    Q_OBJECT
public:
    enum class Tab { Contrast, Conditions, Autoscalers, Readers, History };

    explicit MetricsPage(const View& view);

    Tab tab() const;
    void setTab(Tab tab);
    SourceStrip* sources() const { return m_sources; }
    ContrastView* contrast() const { return m_contrast; }
    /// The widget of a tab other than the contrast; it becomes the page's.
    void setContent(Tab tab, QWidget* content);
    /// When what is shown was read, and what is being read now; either may be empty.
    void setRead(const QDateTime& when, const QString& reading);
    /// A question about a large page, with a button that answers it; empty: none.
    void setOffer(const QString& sentence, const QString& act);

    QString title() const override;
    QIcon icon() const override;
    void refresh() override { Q_EMIT refreshRequested(); }
    void find() override;
    void exportCsv() override;
    bool canExport() const override { return tab() == Tab::Contrast; }
    void focusContent() override;
    void lookAt(const View& view) override;

Q_SIGNALS:
    void tabChanged();
    void refreshRequested();
    void offerTaken();
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    SourceStrip* m_sources;
    QTabBar* m_tabs;
    PlainLabel* m_reading;
    TimeLabel* m_read;
    QWidget* m_offer;
    PlainLabel* m_offerText;
    QPushButton* m_offerButton;
    QStackedWidget* m_stack;
    ContrastView* m_contrast;
};

} // namespace ui
