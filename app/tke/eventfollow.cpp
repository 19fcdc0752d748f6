#include "app/tke/eventfollow.h"

namespace tke {

EventFollow::EventFollow(kube::Client platform, QByteArray path, ClientOf find, Options options, QObject* parent)
    : QObject(parent),
      m_platform(platform),
      m_path(std::move(path)),
      m_find(std::move(find)),
      m_options(options)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(options.pause);
    connect(&m_timer, &QTimer::timeout, this, &EventFollow::ask);
}

EventFollow::~EventFollow() = default;

void EventFollow::start()
{
    ask();
}

void EventFollow::stop()
{
    m_isOver = true;
    m_timer.stop();
    m_calls.cancel();
}

void EventFollow::ask()
{
    m_calls.follow(m_platform.askJson({.path = m_path}), [this](const auto& object) { takeSink(object); });
}

void EventFollow::end(Outcome outcome)
{
    m_outcome = outcome;
    stop();
    emit ended();
}

void EventFollow::takeSink(const base::Result<kube::Json>& object)
{
    if (!object) {
        m_error = object.error();
        end(m_error.kind == base::ErrorKind::NotFound ? Outcome::Gone : Outcome::Unknown);
        return;
    }
    EventSink sink = eventSinkOf(*object);
    const bool isNew =
        !m_sink || m_sink->phase != sink.phase || m_sink->reason != sink.reason || m_sink->retries != sink.retries;
    m_sink = std::move(sink);
    if (isNew)
        emit changed();
    if (m_isOver)
        return;
    if (m_sink->phase == QLatin1String("Failed")) {
        end(Outcome::Fails);
    } else if (m_sink->phase != QLatin1String("Running")) {
        m_timer.start();
    } else if (m_member) {
        look();
    } else {
        findMember();
    }
}

void EventFollow::findMember()
{
    if (m_sink->cluster == GlobalCluster) {
        m_member = std::make_shared<const kube::Client>(m_platform);
        look();
        return;
    }
    if (!m_find) {
        end(Outcome::RunsUnseen);
        return;
    }
    m_calls.follow(m_find(m_sink->cluster), [this](const auto& member) {
        if (!member || !*member) {
            m_error = member ? base::Error{.kind = base::ErrorKind::NotFound} : member.error();
            end(Outcome::RunsUnseen);
            return;
        }
        m_member = *member;
        look();
    });
}

void EventFollow::look()
{
    m_calls.follow(lookAtDelivery(*m_member), [this](const base::Result<Delivery>& delivery) {
        if (delivery) {
            takeDelivery(*delivery);
            return;
        }
        m_error = delivery.error();
        end(Outcome::Unknown);
    });
}

void EventFollow::takeDelivery(const Delivery& delivery)
{
    const bool isNew = m_delivery != delivery;
    m_delivery = delivery;
    if (isNew)
        emit changed();
    if (m_isOver)
        return;
    const bool isQuiet = delivery.log == Delivery::Log::Quiet && delivery.hasLogLines && delivery.isReady();
    if (!isQuiet)
        m_quietSince = {};
    else if (!m_quietSince.isValid())
        m_quietSince = QDateTime::currentDateTimeUtc();
    if (delivery.log == Delivery::Log::Fails || delivery.hasDeployment == false) {
        end(Outcome::Fails);
    } else if (delivery.log == Delivery::Log::Delivers ||
               (isQuiet && m_quietSince.msecsTo(QDateTime::currentDateTimeUtc()) >= m_options.settling.count())) {
        end(Outcome::Delivers);
    } else if (!delivery.hasDeployment ||
               (delivery.logError.kind == base::ErrorKind::Forbidden && delivery.logError != base::Error{})) {
        m_error = delivery.hasDeployment ? delivery.logError : delivery.error;
        end(Outcome::Unknown);
    } else {
        m_timer.start();
    }
}

} // namespace tke
