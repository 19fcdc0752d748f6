#pragma once
// How long ago something was, in words that go on by themselves while they are on the screen.

#include "ui/widgets/plainlabel.h"

#include <QDateTime>
#include <functional>

class QTimer;

namespace ui {

using Clock = std::function<QDateTime()>;

/// "just now", "12 s ago", "3 min ago", "2 h ago", then the date and time in the local zone. Translated.
QString timeAgo(const QDateTime& then, const QDateTime& now);
/// The time of day when it was today, else date and time: "14:02", "2026-11-22 14:02".
QString timeOfDay(const QDateTime& then, const QDateTime& now);

class TimeLabel : public PlainLabel {
    Q_OBJECT
public:
    enum class Style {
        Ago,     ///< "12 s ago"
        Live,    ///< "live, 12 s ago": of a list that is being watched
        Elapsed, ///< "12 s": since a start
    };

    explicit TimeLabel(Style style, QWidget* parent = nullptr);

    /// An invalid time shows nothing.
    void setTime(const QDateTime& time);
    /// For tests; the system's clock otherwise.
    void setClock(Clock clock);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();

    Style m_style;
    QDateTime m_time;
    Clock m_clock;
    QTimer* m_tick;
};

} // namespace ui
