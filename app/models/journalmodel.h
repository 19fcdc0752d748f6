#pragma once
// The journal as a table, the newest call at the bottom.

#include "app/models/roles.h"
#include "app/transport/journal.h"

#include <QAbstractTableModel>

namespace models {

class JournalModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { At, Context, Verb, Target, Address, Status, Latency, Bytes, ColumnCount };

    /// The journal outlives the model.
    explicit JournalModel(transport::Journal* journal, QObject* parent = nullptr);

    /// Words that all must occur in verb, path, address, context or status.
    void setFilter(const QString& filter);
    /// Empties the view; the journal goes on.
    void clear();
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void takeChanges();
    void reset(const std::vector<transport::JournalEntry>& entries);
    bool accepts(const transport::JournalEntry& entry) const;

    transport::Journal* m_journal;
    std::vector<transport::JournalEntry> m_shown; ///< by id, rising
    QStringList m_words;
    quint64 m_after = 0; ///< cleared up to this id
};

/// The command that does the same with kubectl or curl. No credential is in it: kubectl uses the context's, curl gets
/// the names of the files that one would give it.
QString kubectlCommand(const transport::JournalEntry& entry);
QString curlCommand(const transport::JournalEntry& entry);

} // namespace models
