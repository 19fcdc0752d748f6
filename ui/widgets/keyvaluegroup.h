#pragma once
// One group of a KeyValueView: a head that folds, and rows below it.

#include "ui/widgets/keyvalueview.h"

#include <QWidget>

class QGridLayout;
class QToolButton;

namespace ui {

class PlainLabel;
class ValueLabel;

class KeyValueGroup : public QWidget {
    Q_OBJECT
public:
    explicit KeyValueGroup(const QString& objectName, QWidget* parent = nullptr);

    void setContent(const KeyValues& content, int labelWidth);
    /// The widest label, so that the values of all groups stand in one line.
    static int labelWidth(const KeyValues& content, const QFontMetrics& font);
    /// In reading order, those that are shown.
    QList<ValueLabel*> values() const;

Q_SIGNALS:
    void followed(const QString& id);
    void stepped(ui::ValueLabel* from, int by);

private:
    struct Row {
        QString id;
        PlainLabel* label = nullptr;
        QWidget* cell = nullptr;
        PlainLabel* sign = nullptr;
        ValueLabel* value = nullptr;
        QWidget* chips = nullptr;
        QStringList chipTexts;
        QList<ValueLabel*> chipLabels;
    };
    void rebuild(const KeyValues& content);
    Row makeRow(const KeyValue& row);
    void fillRow(Row& row, const KeyValue& content);
    void fold(bool open);

    QToolButton* m_head;
    QWidget* m_body;
    QGridLayout* m_grid;
    std::vector<Row> m_rows;
    bool m_open = true;
};

} // namespace ui
