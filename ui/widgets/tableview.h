#pragma once
// A table for many rows: 24 pixels each, sorted by its header, copied as text, its columns sized once and remembered.

#include <QTableView>

class QAbstractButton;

namespace ui {

class TableDelegate;

class TableView : public QTableView {
    Q_OBJECT
public:
    explicit TableView(const QString& objectName, QWidget* parent = nullptr);

    TableDelegate* cells() const { return m_cells; }
    /// False: rows keep the model's order and the header sorts nothing. Before setModel().
    void setSortable(bool sortable) { m_sortable = sortable; }
    void setModel(QAbstractItemModel* model) override;
    /// Widths after the first `rows` rows and the header; a standing ResizeToContents would cost seconds in a large
    /// table.
    void sizeColumnsToSample(int rows = 100);
    /// Rows that are selected, from the top, as lines of tab-separated cells, shown columns only.
    QString selectedText() const;

    /// Order, widths and hidden columns, for the settings.
    QByteArray columnState() const;
    bool restoreColumnState(const QByteArray& state);

public Q_SLOTS:
    void copySelected() const;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();

    TableDelegate* m_cells;
    QAbstractButton* m_corner = nullptr;
    bool m_sortable = true;
};

} // namespace ui
