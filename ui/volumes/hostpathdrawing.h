#pragma once
// What a host path is, drawn: the directory on the node, the name that ties, the directory in the container, and what
// of the one is seen in the other. Follows what is typed.

#include <QWidget>

namespace ui {

class HostPathDrawing : public QWidget {
    Q_OBJECT
public:
    explicit HostPathDrawing(const QString& objectName, QWidget* parent = nullptr);

    /// As typed; shown letter by letter.
    struct Parts {
        QString path;
        QString volume;
        QString mountPath;
        QString subPath;
        QString container;
        bool readOnly = true;
        bool isFile = false; ///< a file, a socket or a device, not a directory
        bool operator==(const Parts&) const = default;
    };
    void setParts(const Parts& parts);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Box;
    void describe();
    void paintBox(QPainter& painter, const Box& box) const;
    void paintTag(QPainter& painter, const QRectF& area, const QString& text) const;
    void paintArrow(QPainter& painter, const QPointF& from, const QPointF& to, bool bothWays) const;

    Parts m_parts;
};

} // namespace ui
