#pragma once
// All contexts as a table: of every kubeconfig, and those added by hand.

#include "app/config/kubeconfig.h"
#include "app/models/roles.h"

#include <QAbstractTableModel>

namespace models {

class ContextsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Marks, Server, SignIn, User, File, ColumnCount };

    explicit ContextsModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// Rows that stay keep their place in views.
    void setContexts(std::vector<config::Context> contexts);
    /// Null for a row that is not there.
    const config::Context* at(int row) const;
    /// -1 when there is none of that name.
    int rowOf(const QString& name) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const config::Context& context, int column) const;

    std::vector<config::Context> m_contexts;
};

/// The files behind them: what each gave, and what is wrong with it.
class KubeconfigFilesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { File, From, Contexts, Found, ColumnCount };

    explicit KubeconfigFilesModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// `added` are those that the person added.
    void set(const config::Kubeconfig& kubeconfig, const QStringList& added);
    QString fileAt(int row) const;
    bool isAdded(int row) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString file;
        bool added = false;
        int contexts = 0;
        std::vector<base::Error> errors;
        std::vector<config::FileNote> notes;
    };
    std::vector<Row> m_rows;
};

} // namespace models
