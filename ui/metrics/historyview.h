#pragma once
// Usage of one object over time: CPU above memory, gaps as gaps, request and limit as levels, restarts and events as
// marks. What lies below the pointer, or the arrow keys' cursor, is told in words.

#include "ui/metrics/history.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QVBoxLayout;

namespace ui {

class Plot;
class PlainLabel;

class HistoryView : public QWidget {
    Q_OBJECT
public:
    explicit HistoryView(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const FigureHistory& history);
    /// For a choice that was remembered: no signal comes of it.
    void setRange(std::chrono::seconds range);
    void setSource(bool prometheus);
    /// Without a Prometheus there is nothing to choose.
    void setPrometheusThere(bool isThere);
    std::chrono::seconds range() const;

    /// Both plots, one above the other.
    QImage picture() const;

Q_SIGNALS:
    void rangeChosen(std::chrono::seconds range);
    void sourceChosen(bool prometheus);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    void makePlots();
    void fill();
    void setCursorAt(const QDateTime& at);
    void stepCursor(int by);
    QString readout(const QDateTime& at) const;
    void exportTo(const QString& suffix);
    void write(const QString& name, bool isCsv);

    FigureHistory m_history;
    QDateTime m_cursor;
    QVBoxLayout* m_column;
    PlainLabel* m_title;
    QComboBox* m_range;
    QComboBox* m_source;
    QPushButton* m_png;
    QPushButton* m_csv;
    PlainLabel* m_message;
    PlainLabel* m_readout;
    PlainLabel* m_note;
    std::vector<Plot*> m_plots; ///< of CPU and of memory; empty until they are seen, or cannot be made
    QString m_why;              ///< they cannot
};

} // namespace ui
