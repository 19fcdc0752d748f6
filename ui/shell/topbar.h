#pragma once
// The row below the menus: cluster, endpoint, the box to search or run, language, theme.

#include <QWidget>

class QAbstractItemModel;
class QComboBox;
class QToolButton;

namespace ui {

class ActionRegistry;
class CommandPalette;
class EndpointLabel;

class TopBar : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(const ActionRegistry& actions, QWidget* parent = nullptr);

    /// Its top-level rows are the clusters to choose from.
    void setClusters(QAbstractItemModel* model);
    /// By row of that model; -1: none.
    void setCurrentCluster(int row);
    EndpointLabel* endpoint() const { return m_endpoint; }
    CommandPalette* commands() const { return m_palette; }

Q_SIGNALS:
    /// A person chose it.
    void clusterChosen(int row);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QComboBox* m_cluster;
    EndpointLabel* m_endpoint;
    CommandPalette* m_palette;
    QToolButton* m_language;
    QToolButton* m_theme;
};

} // namespace ui
