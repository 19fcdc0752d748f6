#pragma once
// The real window with a tree, a page and a journal of made-up rows: what the window is, apart from what clusters say.

#include "app/models/roles.h"
#include "ui/clustertree/clustertreepanel.h"
#include "ui/journal/journalpanel.h"
#include "ui/objects/detailpane.h"
#include "ui/objects/kindpage.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/topbar.h"
#include "ui/theme/thememanager.h"

#include <QSettings>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTreeView>

namespace support {

/// Rows as a RowTableModel gives them, of a hostile cluster.
class MadeUpRows : public QStandardItemModel {
public:
    MadeUpRows() : QStandardItemModel(0, 3)
    {
        setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Status"), QStringLiteral("Restarts")});
        for (const char* name : {"web-1", "<img src=x>", "a&b", "api-2"})
            appendRow({new QStandardItem(QLatin1String(name)), new QStandardItem(QStringLiteral("Running")),
                       new QStandardItem(QStringLiteral("0"))});
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        return role == models::SeverityRole ? QVariant(0) : QStandardItemModel::data(index, role);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        switch (role) {
        case models::ColumnIdRole:
            return section == 1 ? QStringLiteral("Status") : QString::number(section);
        case models::NumericRole:
            return section == 2;
        case models::NameRole:
            return section == 0;
        case models::PriorityRole:
            return 0;
        default:
            return QStandardItemModel::headerData(section, orientation, role);
        }
    }
};

/// "prod-bj" with two kinds, and "<b>staging</b>".
inline std::unique_ptr<QStandardItemModel> madeUpTree()
{
    auto tree = std::make_unique<QStandardItemModel>();
    auto* cluster = new QStandardItem(QStringLiteral("prod-bj"));
    cluster->appendRow(new QStandardItem(QStringLiteral("Nodes")));
    cluster->appendRow(new QStandardItem(QStringLiteral("Pods")));
    tree->appendRow(cluster);
    tree->appendRow(new QStandardItem(QStringLiteral("<b>staging</b>")));
    return tree;
}

struct Window {
    /// `settings` is an ini file.
    explicit Window(const QString& settingsFile)
        : settings(settingsFile, QSettings::IniFormat),
          language(QLocale(QLocale::English)),
          rows(),
          tree(madeUpTree())
    {
        theme.setTheme(ui::themeOf(settings.value(QStringLiteral("window/theme"), QStringLiteral("light")).toString()));
        language.setLanguage(
            ui::languageOf(settings.value(QStringLiteral("window/language"), QStringLiteral("en")).toString()));
        window = std::make_unique<ui::MainWindow>(actions, theme, language, settings);
        panel = new ui::ClusterTreePanel;
        panel->setModel(tree.get(), {});
        window->setTree(panel);
        window->topBar()->setClusters(tree.get());
        window->setCurrentCluster(QStringLiteral("prod-bj"), true);
        window->setJournal([this] {
            auto* journal = new ui::JournalPanel;
            journal->setModel(&calls, Qt::UserRole + 1, Qt::UserRole + 2, -1);
            return journal;
        });
        window->addPageBuilder(QStringLiteral("kind"), [this](const ui::View& view) -> ui::Page* {
            auto* page = new ui::KindPage(view, view.resource, true, settings);
            page->setModel(&rows);
            page->setCounts(4, 12);
            page->setHeard(QDateTime::currentDateTimeUtc());
            return page;
        });
    }

    ui::KindPage* openKind(const char* resource)
    {
        return qobject_cast<ui::KindPage*>(window->open(
            ui::View::ofKind(QStringLiteral("prod-bj"), {}, QStringLiteral("v1"), QLatin1String(resource))));
    }

    QSettings settings;
    ui::ThemeManager theme;
    ui::LanguageManager language;
    ui::ActionRegistry actions;
    MadeUpRows rows;
    QStandardItemModel calls{2, 3};
    std::unique_ptr<QStandardItemModel> tree;
    std::unique_ptr<ui::MainWindow> window;
    ui::ClusterTreePanel* panel = nullptr;
};

} // namespace support
