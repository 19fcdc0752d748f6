#include "ui/shell/endpointlabel.h"

#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QUrl>

namespace ui {

EndpointLabel::EndpointLabel(QWidget* parent) : QToolButton(parent)
{
    setObjectName(QStringLiteral("endpoint"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    retranslate();
}

void EndpointLabel::setEndpoint(const std::optional<EndpointInfo>& endpoint)
{
    if (endpoint == m_endpoint)
        return;
    m_endpoint = endpoint;
    retranslate();
}

void EndpointLabel::retranslate()
{
    QString words = tr("No endpoint");
    QString tip = words;
    setIcon(connectionIcon(m_endpoint ? m_endpoint->state : Connection::Disconnected));
    setEnabled(m_endpoint.has_value() && m_endpoint->off.isEmpty());
    if (m_endpoint && !m_endpoint->off.isEmpty()) {
        setIcon(themeIcon(Icon::Snapshot));
        words = m_endpoint->address;
        tip = m_endpoint->off;
    } else if (m_endpoint) {
        const QUrl url(m_endpoint->address);
        const QString where = url.host().isEmpty() ? m_endpoint->address : url.authority();
        words = m_endpoint->type.isEmpty() ? where : QStringLiteral("%1 %2").arg(m_endpoint->type, where);
        if (m_endpoint->latencyMs)
            words = tr("%1 · %2 ms").arg(words).arg(*m_endpoint->latencyMs);
        tip = QStringLiteral("%1\n%2").arg(m_endpoint->address, connectionWord(m_endpoint->state));
    }
    setText(withoutMnemonic(words));
    setToolTip(plainToolTip(tip));
    setAccessibleName(tr("Endpoint"));
    setAccessibleDescription(!m_endpoint ? words
                             : !m_endpoint->off.isEmpty()
                                 ? QStringLiteral("%1, %2").arg(words, tip)
                                 : QStringLiteral("%1, %2").arg(words, connectionWord(m_endpoint->state)));
}

void EndpointLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QToolButton::changeEvent(event);
}

} // namespace ui
