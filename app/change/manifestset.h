#pragma once
// All objects of a file, one after the other in the file's order: what stands first may be what the next one needs.

#include "app/change/manifestflow.h"
#include "app/kube/discovery.h"

namespace change {

/// Lives in one thread, and owns its flows.
class ManifestSet : public QObject {
    Q_OBJECT
public:
    /// One object of the file.
    struct Item {
        kube::ObjectRef ref;
        config::YamlPlace place;
        /// Null where it is of a kind that the cluster does not serve: `error` says so.
        std::unique_ptr<ManifestFlow> flow;
        base::Error error;
        /// Its namespace is made by an earlier object of the file, so the server cannot judge it yet.
        bool comesWithNamespace = false;
    };

    struct Options {
        QString nameSpace; ///< for objects that name none
        bool force = false;
        /// Objects that name another namespace than `nameSpace` are refused, as kubectl does with -n.
        bool oneNamespace = false;
        /// Fields that live objects cannot take any more stay as they are, and the rest is applied.
        bool keepImmutable = false;
    };
    ManifestSet(kube::Client client, Origin origin, const kube::ApiCatalog& catalog,
                std::vector<kube::Manifest> manifests, const WriteLog* log, const Options& options,
                QObject* parent = nullptr);

    const std::vector<Item>& items() const { return m_items; }
    bool isBusy() const { return m_next < m_items.size(); }
    /// Every object can be applied, as far as anybody knows.
    bool isAccepted() const;
    /// How many would be, or were, created or changed.
    int changes() const;

    void preview();
    /// Those that were previewed, in order; stops at the first that fails. Only after a preview that isAccepted().
    void apply();
    void cancel();
    /// Of one object that was refused for them: leaves such fields as they are, and previews it and what follows again.
    void keepImmutable(std::size_t item);

signals:
    /// One of them went on.
    void changed();
    void settled();

private:
    void step();
    void took(Item& item);

    std::vector<Item> m_items;
    std::size_t m_next = 0;
    const bool m_keepsImmutable;
    bool m_applying = false;
};

} // namespace change
