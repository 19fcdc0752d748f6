#pragma once
// An object of the same name stands in the way: which fields, live and wanted side by side, whose it is, what depends
// on it, and the ways out with what each of them loses.

#include "ui/manifests/editsession.h"

#include <QScrollArea>

class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace ui {

class PlainLabel;

class ObstacleView : public QScrollArea {
    Q_OBJECT
public:
    explicit ObstacleView(QWidget* parent = nullptr);

    void show(const kube::ObjectRef& object, const EditSession::Obstacle& obstacle);

Q_SIGNALS:
    void chosen(const QString& way);

protected:
    void changeEvent(QEvent* event) override;

private:
    void update();
    void addWay(const EditSession::Obstacle::Way& way);

    kube::ObjectRef m_object;
    EditSession::Obstacle m_shown;
    PlainLabel* m_title;
    QTreeWidget* m_fields;
    PlainLabel* m_facts;
    QWidget* m_ways = nullptr;
    QVBoxLayout* m_column;
};

} // namespace ui
