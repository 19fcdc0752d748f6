#pragma once
// Chooses namespaces: all of them, or any number by name. Where the list cannot be read, names are typed.

#include <QStringList>
#include <QToolButton>

class QListWidget;
class QListWidgetItem;

namespace ui {

class Popup;
class PlainLabel;
class SearchField;

class NamespaceBox : public QToolButton {
    Q_OBJECT
public:
    explicit NamespaceBox(const QString& objectName, QWidget* parent = nullptr);

    /// Those that are known. `complete` is false where the list could not be read (no permission, stale): then a name
    /// that is not among them can be typed as well.
    void setNamespaces(const QStringList& names, bool complete);
    /// Sorted; empty means all.
    void setSelected(const QStringList& names);
    const QStringList& selected() const { return m_selected; }

Q_SIGNALS:
    /// Only when a person changed it.
    void selectionChanged(const QStringList& names);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void open();
    void build();
    void fill();
    void take(QListWidgetItem* item);
    void choose(QStringList names);

    QStringList m_known;
    QStringList m_selected;
    bool m_complete = true;
    Popup* m_popup = nullptr;
    SearchField* m_search = nullptr;
    QListWidget* m_list = nullptr;
    PlainLabel* m_note = nullptr;
};

} // namespace ui
