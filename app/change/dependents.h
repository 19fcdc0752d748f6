#pragma once
// What goes, or stays behind, when objects are deleted: read before, so that nobody learns it afterwards.

#include "app/base/calls.h"
#include "app/change/intent.h"
#include "app/kube/client.h"

#include <QObject>
#include <deque>
#include <functional>
#include <set>

namespace change {

/// One object that is to be deleted.
struct Doomed {
    Target target;
    QString uid;
};

struct Dependents {
    enum class Relation {
        Owned,    ///< by the objects alone: the garbage collector deletes them
        Shared,   ///< somebody else owns them as well: they stay
        Claims,   ///< of a StatefulSet, kept when it goes
        Contents, ///< they are in the namespace, or of the kind, that is deleted
        OnNode,   ///< pods of a node that is deleted
        Names,    ///< not owned, but named: they stay, and miss it
    };
    struct Group {
        QString kind;
        Relation relation = Relation::Owned;
        qint64 count = 0;
        QStringList names; ///< the first few, made visible
        bool operator==(const Group&) const = default;
    };
    /// What could not be read: nobody knows whether there are any.
    struct Unread {
        QString kind; ///< made visible
        base::Error error;
        bool everywhere = false; ///< in all namespaces
    };
    std::vector<Group> groups;
    std::vector<Unread> unread;
    int kinds = 0; ///< how many were read, to the end
};

QString idOf(Dependents::Relation relation); ///< "owned", "shared", "claims", "contents", "onNode", "names"

/// Lives in one thread. One reading at a time: reading again gives the one before up. Client and catalog outlive it.
class DependentsSurvey : public QObject {
    Q_OBJECT
public:
    DependentsSurvey(kube::Client client, const kube::ApiCatalog& catalog, QObject* parent = nullptr);

    /// All kinds are looked through, since anything may be owned: in the owner's namespace, or everywhere for an owner
    /// of none. finished() follows, through the event loop.
    void read(std::vector<Doomed> doomed);
    bool isReading() const { return m_isReading; }
    const Dependents& dependents() const { return m_dependents; }

    static constexpr qsizetype MostNames = 6;
    static constexpr int MostAtOnce = 8;
    static constexpr qint64 MostObjects = 50'000; ///< after that no kind is read further than its first page

signals:
    void finished();

private:
    struct Found {
        QString key; ///< of its kind
        QString kind;
        QString nameSpace;
        QString name;
        QString uid;
        std::vector<QString> owners;
    };

    struct Question {
        kube::ApiResource resource;
        QString nameSpace;
        std::optional<Dependents::Relation> counted = {}; ///< nothing: by their owners, at the end
        QString fieldSelector = {};
        std::function<bool(const kube::Json&)> refersTo = {}; ///< those alone are counted; asks for them whole
        QString continueToken = {};
        int page = 1;
    };

    void askAbout(const Doomed& doomed);
    void askOwned(const QString& nameSpace, bool everywhere);
    void pump();
    void take(const Question& question, const base::Result<kube::Json>& list);
    void miss(const QString& kind, const base::Error& error, bool everywhere = false);
    void count(const QString& kind, Dependents::Relation relation, qint64 more, const QString& name);
    void findUids();
    void work();

    kube::Client m_client;
    const kube::ApiCatalog& m_catalog;
    bool m_isReading = false;
    std::deque<Question> m_waiting;
    base::Calls m_calls;
    std::vector<Doomed> m_doomed;
    std::vector<Found> m_found;
    qint64 m_read = 0;
    std::set<QString> m_told;                      ///< uids
    std::set<std::pair<QString, QString>> m_asked; ///< kind's key and namespace
    std::set<QString> m_kinds;                     ///< keys
    std::set<QString> m_missed;                    ///< keys
    Dependents m_dependents;
};

} // namespace change
