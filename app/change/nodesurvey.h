#pragma once
// Reads what a change of taints is judged by: the nodes, their pods, what waits for a node, and the budgets.

#include "app/base/calls.h"
#include "app/kube/client.h"
#include "app/scheduling/taintimpact.h"

#include <QObject>

namespace change {

/// Lives in one thread. One reading at a time: reading again gives the one before up. The client outlives it.
class NodeSurvey : public QObject {
    Q_OBJECT
public:
    explicit NodeSurvey(kube::Client client, QObject* parent = nullptr);

    /// Asks for nodes, in this order. finished() follows.
    void read(const QStringList& nodes);
    bool isReading() const { return m_calls.open() > 0; }
    /// What was read last, whole; a part that could not be read has its error in it.
    const scheduling::Survey& survey() const { return m_survey; }
    /// A node that could not be read: then there is no survey. Nothing when all is well.
    const std::optional<base::Error>& error() const { return m_error; }
    /// The nodes as they were served, in the order asked for.
    const std::vector<kube::Json>& nodes() const { return m_nodes; }

signals:
    void finished();

private:
    void ask(transport::Request request, std::function<void(const base::Result<kube::Json>&)> take);
    void askPage(const QByteArray& path, const QString& fieldSelector, const QString& continueToken,
                 std::function<void(const kube::Json&)> each, std::function<void(const base::Error&)> failed);
    void askBudgets(const QByteArray& version);

    kube::Client m_client;
    base::Calls m_calls;
    scheduling::Survey m_survey;
    scheduling::Survey m_next;
    std::vector<kube::Json> m_nodes;
    std::vector<kube::Json> m_nextNodes;
    std::optional<base::Error> m_error;
};

} // namespace change
