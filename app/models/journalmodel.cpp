#include "app/models/journalmodel.h"

#include "app/base/shell.h"
#include "app/messages/errors.h"
#include "app/tke/proxytransport.h"

#include <QLocale>
#include <algorithm>

namespace models {
namespace {

constexpr std::size_t MostShown = 5000;

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace

QString kubectlCommand(const transport::JournalEntry& entry)
{
    const QString target = base::shellQuoted(QString::fromLatin1(entry.target));
    const QString context =
        entry.context.isEmpty() ? QString() : QStringLiteral(" --context ") + base::shellQuoted(entry.context);
    if (!tke::proxiedMember(entry.target).isEmpty())
        return QStringLiteral("# kubectl does not name the member to the platform; with curl:\n") + curlCommand(entry);
    if (entry.verb == "GET")
        return QStringLiteral("kubectl%1 get --raw %2").arg(context, target);
    return QStringLiteral("# kubectl has no raw %1; with curl:\n%2")
        .arg(QString::fromLatin1(entry.verb), curlCommand(entry));
}

QString curlCommand(const transport::JournalEntry& entry)
{
    const bool isWatch = entry.target.contains("watch=1") || entry.target.contains("watch=true");
    const QString member = tke::proxiedMember(entry.target);
    const QString header =
        member.isEmpty() ? QString()
                         : QStringLiteral(" -H ") + base::shellQuoted(QStringLiteral("X-TKE-ClusterName: ") + member);
    return QStringLiteral("curl --fail-with-body%1 --cacert ca.crt --cert client.crt --key client.key -X %2")
               .arg(isWatch ? QStringLiteral(" --no-buffer") : QString(), QString::fromLatin1(entry.verb)) +
           header + QLatin1Char(' ') + base::shellQuoted(entry.address + QString::fromLatin1(entry.target));
}

JournalModel::JournalModel(transport::Journal* journal, QObject* parent)
    : QAbstractTableModel(parent),
      m_journal(journal)
{
    connect(journal, &transport::Journal::changed, this, &JournalModel::takeChanges);
    reset(journal->entries());
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int JournalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const transport::JournalEntry& entry = m_shown[static_cast<std::size_t>(index.row())];
    using State = transport::JournalEntry::State;
    switch (role) {
    case SeverityRole: {
        const bool refused = entry.status >= 400;
        return static_cast<int>(entry.state == State::Failed || entry.status >= 500 ? kube::Severity::Error
                                : refused                                           ? kube::Severity::Warning
                                                                                    : kube::Severity::None);
    }
    case NumericRole:
        return index.column() >= Latency;
    case KubectlRole:
        return kubectlCommand(entry);
    case CurlRole:
        return curlCommand(entry);
    case Qt::ToolTipRole:
        return entry.state == State::Failed ? messages::sentence(entry.error) : QVariant();
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case At:
        return entry.at.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    case Context:
        return entry.context;
    case Verb:
        return QString::fromLatin1(entry.verb);
    case Target:
        return QString::fromLatin1(entry.target);
    case Address:
        return entry.address;
    case Status:
        switch (entry.state) {
        case State::Asked:
            return tr("asked");
        case State::Streaming:
            return tr("%1 streaming", "HTTP status").arg(entry.status);
        case State::Failed:
            return entry.status > 0 ? QString::number(entry.status) : base::idOf(entry.error.kind);
        case State::Aborted:
            return tr("ended by us");
        case State::Done:
            return QString::number(entry.status);
        }
        return {};
    case Latency:
        return entry.latencyMs < 0 ? QString() : tr("%1 ms").arg(entry.latencyMs);
    case Bytes:
        return bytesText(entry.bytes);
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= Latency)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case At:
        return tr("Time");
    case Context:
        return tr("Context");
    case Verb:
        return tr("Verb");
    case Target:
        return tr("Path");
    case Address:
        return tr("Endpoint");
    case Status:
        return tr("Status");
    case Latency:
        return tr("Latency");
    case Bytes:
        return tr("Bytes");
    default:
        return {};
    }
}

void JournalModel::setFilter(const QString& filter)
{
    m_words = filter.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    reset(m_journal->entries());
}

void JournalModel::clear()
{
    const auto entries = m_journal->entries();
    m_after = entries.empty() ? m_after : entries.back().id;
    reset({});
}

void JournalModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_shown.empty())
        emit dataChanged(index(0, Status), index(rowCount() - 1, Bytes));
}

void JournalModel::reset(const std::vector<transport::JournalEntry>& entries)
{
    beginResetModel();
    m_shown.clear();
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(m_shown),
                 [this](const transport::JournalEntry& entry) { return accepts(entry); });
    endResetModel();
}

bool JournalModel::accepts(const transport::JournalEntry& entry) const
{
    if (entry.id <= m_after || (entry.background && entry.state != transport::JournalEntry::State::Failed))
        return false;
    const QString text = QStringList{QString::fromLatin1(entry.verb), QString::fromLatin1(entry.target), entry.address,
                                     entry.context, QString::number(entry.status)}
                             .join(QLatin1Char(' '));
    return std::all_of(m_words.begin(), m_words.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

void JournalModel::takeChanges()
{
    std::vector<transport::JournalEntry> fresh;
    int firstChanged = -1;
    int lastChanged = -1;
    for (transport::JournalEntry& entry : m_journal->takeChanged()) {
        const auto known = std::lower_bound(m_shown.begin(), m_shown.end(), entry.id,
                                            [](const transport::JournalEntry& e, quint64 id) { return e.id < id; });
        if (known != m_shown.end() && known->id == entry.id) {
            const int row = static_cast<int>(known - m_shown.begin());
            *known = std::move(entry);
            firstChanged = firstChanged < 0 ? row : std::min(firstChanged, row);
            lastChanged = std::max(lastChanged, row);
        } else if (accepts(entry)) {
            fresh.push_back(std::move(entry));
        }
    }
    if (firstChanged >= 0)
        emit dataChanged(index(firstChanged, 0), index(lastChanged, ColumnCount - 1));
    // Mostly one range at the end; a beat that failed is shown when its end is known, after younger calls.
    for (std::size_t i = 0; i < fresh.size();) {
        const auto place = std::lower_bound(m_shown.begin(), m_shown.end(), fresh[i].id,
                                            [](const transport::JournalEntry& e, quint64 id) { return e.id < id; });
        std::size_t end = i + 1;
        while (end < fresh.size() && (place == m_shown.end() || fresh[end].id < place->id))
            ++end;
        const auto row = static_cast<int>(place - m_shown.begin());
        beginInsertRows({}, row, row + static_cast<int>(end - i) - 1);
        m_shown.insert(place, std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(i)),
                       std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(end)));
        endInsertRows();
        i = end;
    }
    if (m_shown.size() > MostShown) {
        const auto surplus = m_shown.size() - MostShown;
        beginRemoveRows({}, 0, static_cast<int>(surplus) - 1);
        m_shown.erase(m_shown.begin(), m_shown.begin() + static_cast<std::ptrdiff_t>(surplus));
        endRemoveRows();
    }
}

} // namespace models
