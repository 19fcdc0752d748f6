#pragma once
// What goes, or stays behind, when objects are deleted: read before, so that nobody learns it afterwards.

#include "app/change/intent.h"
#include "app/kube/client.h"

#include <QObject>
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
    };
    std::vector<Group> groups;
    std::vector<Unread> unread;
};

/// Lives in one thread. One reading at a time: reading again gives the one before up. Client and catalog outlive it.
class DependentsSurvey : public QObject {
    Q_OBJECT
public:
    DependentsSurvey(kube::Client client, const kube::ApiCatalog& catalog, QObject* parent = nullptr);
    ~DependentsSurvey() override;

    /// finished() follows, through the event loop.
    void read(std::vector<Doomed> doomed);
    bool isReading() const { return m_open > 0; }
    const Dependents& dependents() const { return m_dependents; }

    static constexpr qsizetype MostNames = 6;

signals:
    void finished();

private:
    struct Found {
        QString kind;
        QString nameSpace;
        QString name;
        QString uid;
        std::vector<QString> owners;
    };

    void ask(transport::Request request, std::function<void(const base::Result<kube::Json>&)> take);
    void askOwned(const kube::ApiResource& resource, const QString& nameSpace, const QString& continueToken = {});
    void askCount(const kube::ApiResource& resource, const QString& nameSpace, const QString& fieldSelector,
                  Dependents::Relation relation);
    void count(const QString& kind, Dependents::Relation relation, qint64 more, const QString& name);
    void work();
    void giveUp();

    kube::Client m_client;
    const kube::ApiCatalog& m_catalog;
    int m_open = 0;
    quint64 m_generation = 0;
    std::vector<std::function<void()>> m_cancels;
    std::vector<Doomed> m_doomed;
    std::vector<Found> m_found;
    std::set<std::pair<QString, QString>> m_asked; ///< kind's key and namespace
    Dependents m_dependents;
};

} // namespace change
