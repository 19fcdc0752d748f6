#pragma once
// An overview: groups of labelled values, aligned, each value selectable, each group foldable. Set again with the same
// groups it changes only the texts that differ, so that a selection and the scroll position live through updates.

#include "ui/theme/signs.h"

#include <QScrollArea>
#include <QStringList>
#include <vector>

class QVBoxLayout;

namespace ui {

class KeyValueGroup;

struct KeyValue {
    QString id;             ///< stable; unique within its group
    QString label;          ///< translated
    QString value = {};     ///< as it came: any text
    QStringList chips = {}; ///< in place of the value, or below it: labels, taints, conditions
    Sign sign = Sign::None;
    bool fixedFont = false;
    /// Shows the value as something that leads elsewhere: followed(group, id) when it is clicked or Return is pressed.
    bool leads = false;
    bool operator==(const KeyValue&) const = default;
};

struct KeyValues {
    QString id;    ///< stable
    QString title; ///< translated; empty: no head, never folded
    std::vector<KeyValue> rows;
    bool operator==(const KeyValues&) const = default;
};

class KeyValueView : public QScrollArea {
    Q_OBJECT
public:
    explicit KeyValueView(const QString& objectName, QWidget* parent = nullptr);

    void setGroups(const std::vector<KeyValues>& groups);
    /// All that is shown, as lines "label: value", for the clipboard.
    QString asText() const;

Q_SIGNALS:
    void followed(const QString& group, const QString& id);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();

    std::vector<KeyValues> m_shown;
    std::vector<KeyValueGroup*> m_groups;
    QVBoxLayout* m_column;
};

} // namespace ui
