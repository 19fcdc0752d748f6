#pragma once
// Takes out of a cluster's answers what nobody else may read, before they are written down: values of Secrets wherever
// they stand, passwords, tokens, private keys. Keys, names and structure stay, so that what comes out could have been
// served; a value reads "<redacted, 16 bytes>" (as Base64 where the field holds Base64, "redacted-16-bytes" where a
// label or a URL takes nothing else). Redacting again changes nothing.
//
// It goes by names (of fields, variables, flags, keys of maps), by forms (tokens, URLs, PEM), and by what it was shown
// before; what a person wrote into a sentence without any of these it cannot know.

#include "app/kube/json.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace snapshot {

/// One place of the product's data where something was replaced, and how often: {"Secret.data", 12},
/// {"Pod.spec.containers[].env[].value", 3}, {"log", 2}, {"addresses", 40}.
struct Redacted {
    QString path;
    qint64 count = 0;
    bool operator==(const Redacted&) const = default;
};

/// Lives in one thread at a time. Memory grows with the number of distinct secrets, bounded at 100 000 of them.
class Redactor {
public:
    struct Options {
        /// Replaces the addresses of nodes and masters as well, each by the same stand-in throughout (192.0.2.x,
        /// 2001:db8::x). Names stay unless they contain an address.
        bool addresses = false;
    };

    Redactor();
    explicit Redactor(Options options);
    ~Redactor();
    Redactor(const Redactor&) = delete;
    Redactor& operator=(const Redactor&) = delete;

    /// Remembers the secret values of an object, so that they are found wherever else they stand; with `addresses` also
    /// those of Nodes, Pods, Endpoints and EndpointSlices of default/kubernetes, ConfigMaps kubeadm-config and
    /// cluster-info, Clusters and Machines. What is learnt late is not found in what went before: Secrets first.
    /// apiVersion and kind are of the list where the object names none.
    void learn(const kube::Json& object, const QString& apiVersion = {}, const QString& kind = {});

    /// An object of a list, or one part of it; true when something was replaced. apiVersion and kind are of the list
    /// where the item names none.
    bool object(kube::Json& object, const QString& apiVersion, const QString& kind);
    /// A row of a meta.k8s.io Table ({cells, object}) of that kind. Cells that hold a value which was replaced in the
    /// object, stand in a column that is called like a secret, or look like one are replaced too.
    bool row(kube::Json& row, const QString& apiVersion, const QString& kind, const QStringList& columns = {});
    /// Any other JSON answer (of Prometheus, an access review, a Status). Lists and Tables are taken apart.
    bool json(kube::Json& answer);
    /// A log, a page of metrics, any text: whole lines.
    QByteArray text(const QByteArray& lines, const QString& path = QStringLiteral("log"));
    /// A URL, a path or a host with addresses replaced, and any user info dropped.
    QString address(const QString& url);

    std::vector<Redacted> redacted() const; ///< sorted by path

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace snapshot
