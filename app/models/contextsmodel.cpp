#include "app/models/contextsmodel.h"

#include "app/base/visible.h"
#include "app/messages/connections.h"
#include "app/messages/errors.h"

#include <QLocale>
#include <algorithm>
#include <array>

namespace models {
namespace {

kube::Severity severityOf(const config::Context& context)
{
    const auto blocks = [](const config::Problem& problem) { return problem.blocks; };
    if (std::any_of(context.problems.begin(), context.problems.end(), blocks) || context.cluster.insecureSkipTlsVerify)
        return kube::Severity::Error;
    return context.problems.empty() ? kube::Severity::None : kube::Severity::Warning;
}

} // namespace

void ContextsModel::setContexts(std::vector<config::Context> contexts)
{
    if (contexts == m_contexts)
        return;
    const bool same = std::equal(contexts.begin(), contexts.end(), m_contexts.begin(), m_contexts.end(),
                                 [](const config::Context& a, const config::Context& b) { return a.name == b.name; });
    if (same) {
        m_contexts = std::move(contexts);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_contexts = std::move(contexts);
    endResetModel();
}

const config::Context* ContextsModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_contexts[static_cast<std::size_t>(row)] : nullptr;
}

int ContextsModel::rowOf(const QString& name) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (at(row)->name == name)
            return row;
    return -1;
}

void ContextsModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ContextsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_contexts.size());
}

int ContextsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ContextsModel::text(const config::Context& context, int column) const
{
    switch (column) {
    case Name:
        return context.name;
    case Marks:
        return messages::marksText(context);
    case Server:
        return base::visible(context.cluster.server.toDisplayString());
    case SignIn:
        return messages::authName(context.user.authKind());
    case User:
        return context.userName;
    case File:
        return context.profile.isEmpty() ? context.file : tr("Added by hand");
    default:
        return {};
    }
}

QVariant ContextsModel::data(const QModelIndex& index, int role) const
{
    const config::Context* context = index.isValid() ? at(index.row()) : nullptr;
    if (!context)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*context, index.column());
    case Qt::AccessibleDescriptionRole:
    case Qt::ToolTipRole: {
        QStringList lines;
        if (role == Qt::ToolTipRole)
            lines << text(*context, index.column());
        if (context->cluster.insecureSkipTlsVerify)
            lines << messages::verificationSentence(context->cluster);
        for (const config::Problem& problem : context->problems)
            lines << messages::sentence(problem);
        return lines.join(QLatin1Char('\n'));
    }
    case SeverityRole:
        return static_cast<int>(severityOf(*context));
    case NameRole:
        return index.column() == Name || index.column() == Server || index.column() == File;
    case ReadOnlyRole:
        return context->readOnly;
    case ProductionRole:
        return context->production;
    default:
        return {};
    }
}

QVariant ContextsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array Ids{"name", "marks", "server", "signIn", "user", "file"};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == ColumnIdRole)
        return QLatin1String(Ids[static_cast<std::size_t>(section)]);
    if (role == NameRole)
        return section == Name || section == Server || section == File;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case Name:
        return tr("Context");
    case Marks:
        return tr("Marks");
    case Server:
        return tr("Server");
    case SignIn:
        return tr("Sign-in");
    case User:
        return tr("User");
    default:
        return tr("From");
    }
}

void KubeconfigFilesModel::set(const config::Kubeconfig& kubeconfig, const QStringList& added)
{
    beginResetModel();
    m_rows.clear();
    const auto rowOf = [this, &added](const QString& file) -> Row& {
        const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                        [&](const Row& row) { return base::visible(row.file) == base::visible(file); });
        if (found != m_rows.end())
            return *found;
        return m_rows.emplace_back(Row{.file = file, .added = added.contains(file)});
    };
    for (const QString& file : kubeconfig.files)
        rowOf(file);
    for (const QString& file : added)
        rowOf(file);
    for (const base::Error& error : kubeconfig.errors)
        rowOf(error.ofWhom).errors.push_back(error);
    for (const config::FileNote& note : kubeconfig.notes)
        rowOf(note.file).notes.push_back(note);
    for (const config::Context& context : kubeconfig.contexts)
        if (context.profile.isEmpty())
            ++rowOf(context.file).contexts;
    endResetModel();
}

QString KubeconfigFilesModel::fileAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].file : QString();
}

bool KubeconfigFilesModel::isAdded(int row) const
{
    return row >= 0 && row < rowCount() && m_rows[static_cast<std::size_t>(row)].added;
}

void KubeconfigFilesModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int KubeconfigFilesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int KubeconfigFilesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KubeconfigFilesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == SeverityRole)
        return static_cast<int>(!row.errors.empty()  ? kube::Severity::Error
                                : !row.notes.empty() ? kube::Severity::Warning
                                                     : kube::Severity::None);
    if (role == NameRole)
        return index.column() == File;
    if (role == NumericRole)
        return index.column() == Contexts;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case File:
        return base::visible(row.file);
    case From:
        return row.added ? tr("Added here") : tr("KUBECONFIG or ~/.kube/config");
    case Contexts:
        return QLocale().toString(row.contexts);
    case Found: {
        QStringList sentences;
        for (const base::Error& error : row.errors)
            sentences << messages::sentenceWithAdvice(error);
        for (const config::FileNote& note : row.notes)
            sentences << messages::sentence(note);
        return sentences.join(role == Qt::ToolTipRole ? QLatin1Char('\n') : QLatin1Char(' '));
    }
    default:
        return {};
    }
}

QVariant KubeconfigFilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array Ids{"file", "from", "contexts", "found"};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == ColumnIdRole)
        return QLatin1String(Ids[static_cast<std::size_t>(section)]);
    if (role == NumericRole)
        return section == Contexts;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case File:
        return tr("Kubeconfig");
    case From:
        return tr("From");
    case Contexts:
        return tr("Contexts");
    default:
        return tr("What was found");
    }
}

} // namespace models
