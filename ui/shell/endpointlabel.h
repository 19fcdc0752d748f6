#pragma once
// Which address of the cluster is spoken to: type, which one, latency, and a sign for its health. Always in sight.

#include "ui/theme/signs.h"

#include <QToolButton>
#include <optional>

namespace ui {

struct EndpointInfo {
    QString type;                 ///< "Real", "Advertise": the vocabulary's words, not translated
    QString address;              ///< "https://192.0.2.1:6443"
    std::optional<int> latencyMs; ///< the median; none: not measured
    Connection state = Connection::Disconnected;
    QString off = {}; ///< why there is none to choose, translated: `address` is a snapshot; empty: there is
    bool operator==(const EndpointInfo&) const = default;
};

class EndpointLabel : public QToolButton {
    Q_OBJECT
public:
    explicit EndpointLabel(QWidget* parent = nullptr);

    /// None: there is no cluster.
    void setEndpoint(const std::optional<EndpointInfo>& endpoint);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    std::optional<EndpointInfo> m_endpoint;
};

} // namespace ui
