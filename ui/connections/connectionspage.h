#pragma once
// All contexts and the files they come from: what each connects to and as whom, what is wrong with it, what it is
// marked as; clusters added by hand among them.

#include "app/base/error.h"
#include "app/config/context.h"
#include "ui/shell/page.h"

#include <memory>

class QMenu;
class QPushButton;
class QToolButton;

namespace models {
class ContextsModel;
class KubeconfigFilesModel;
} // namespace models

namespace ui {

class Connections;
class KeyValueView;
class PlainLabel;
class StatePane;
class TableView;

class ConnectionsPage : public Page {
    Q_OBJECT
public:
    /// `connections` outlives the page.
    ConnectionsPage(const View& view, Connections* connections);
    ~ConnectionsPage() override;

    static View viewOf();

    /// Reads what there is to show again.
    void reload();
    /// What the buttons do, for the tree's menu as well.
    void choose(const QString& context);
    void addCluster();
    void addFile();

    QString title() const override;
    QIcon icon() const override;
    void refresh() override;
    void focusContent() override;

Q_SIGNALS:
    void openRequested(const QString& context);
    void refreshRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* contextSide();
    QWidget* fileSide();
    void retranslate();
    void showChosen();
    const config::Context* chosen() const;
    void setMark(bool production, bool on);
    void editChosen();
    void removeChosen();
    void removeFile();
    void showError(const base::Error& error);

    Connections* m_connections;
    std::unique_ptr<models::ContextsModel> m_contexts;
    std::unique_ptr<models::KubeconfigFilesModel> m_files;
    PlainLabel* m_heading;
    QPushButton* m_addCluster;
    QPushButton* m_addFile;
    TableView* m_table;
    StatePane* m_pane;
    QPushButton* m_open;
    QPushButton* m_credential;
    QPushButton* m_production;
    QPushButton* m_readOnly;
    QPushButton* m_edit;
    QPushButton* m_remove;
    KeyValueView* m_details;
    PlainLabel* m_error;
    PlainLabel* m_filesTitle;
    TableView* m_fileTable;
    QPushButton* m_removeFile;
};

} // namespace ui
