#pragma once
// A thin bar over data that is old: since when, why, and a button.

#include <QDateTime>
#include <QWidget>

class QPushButton;

namespace ui {

class PlainLabel;
class TimeLabel;

class StaleBar : public QWidget {
    Q_OBJECT
public:
    explicit StaleBar(const QString& objectName, QWidget* parent = nullptr);

    void setStale(const QDateTime& since, const QString& reason, bool canExplain = false);

Q_SIGNALS:
    void retryRequested();
    void whyRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    QDateTime m_since;
    QString m_reason;
    PlainLabel* m_text;
    QPushButton* m_why;
    QPushButton* m_retry;
};

} // namespace ui
