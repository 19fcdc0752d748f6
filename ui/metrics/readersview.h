#pragma once
// The picture of who reads metrics from whom; what is absent is dashed. It says the same in text to who does not see
// it.

#include "ui/metrics/readersgraph.h"

#include <QWidget>

namespace ui {

class ReadersView : public QWidget {
    Q_OBJECT
public:
    explicit ReadersView(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const metrics::SourceSurvey& survey);

    QSize sizeHint() const override { return minimumSizeHint(); }
    QSize minimumSizeHint() const override;
    /// Where a source is drawn; null when it is not.
    QRect rectOf(ReadersBox::Id id) const;

Q_SIGNALS:
    void sourceActivated(metrics::SourceKind kind);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Columns;
    Columns columns() const;
    void describe();
    const ReadersBox* boxAt(const QPoint& at) const;
    void moveFocus(int by);
    void paintBox(QPainter& painter, const ReadersBox& box) const;
    void paintArrow(QPainter& painter, const ReadersArrow& arrow) const;
    void paintWords(QPainter& painter, const ReadersArrow& arrow, const QPolygonF& way) const;

    std::optional<metrics::SourceSurvey> m_survey;
    ReadersGraph m_graph;
    int m_focus = 0; ///< the box that the keyboard speaks to
};

} // namespace ui
