#pragma once
// The part of HttpTransport that lives in the worker thread; internal to transport/.

#include "app/transport/endpoint.h"
#include "app/transport/httpjob.h"
#include "app/transport/httptransport.h"

#include <QNetworkRequest>
#include <deque>
#include <map>
#include <set>

namespace transport {

class HttpWorker final : public QObject {
    Q_OBJECT
public:
    /// Shares the source.
    HttpWorker(Endpoint endpoint, std::shared_ptr<IdentitySource> identity, Journal* journal,
               HttpTransport::Options options);
    ~HttpWorker() override;

    void ask(quint64 id, Request request, std::shared_ptr<StreamSink> sink);
    void open(quint64 id, Request request, std::shared_ptr<StreamSink> sink);
    void abort(quint64 id);

private:
    class Keeper;
    /// What a request is until its sink has been told.
    struct Asked {
        HttpJob* job = nullptr;
        std::shared_ptr<Keeper> keeper;
        bool isStream = false;
        bool again = false;  ///< it is the second time
        quint64 version = 0; ///< of the identity that it was signed with
    };

    std::shared_ptr<QNetworkAccessManager> newManager();
    QNetworkProxy proxy();
    void adopt(quint64 id, Request request, std::shared_ptr<StreamSink> sink, bool isStream, bool again);
    void onEnded(quint64 id);
    void startWaiting();
    /// Signs and sends it. False when it has to wait for an identity.
    bool start(quint64 id);
    base::Result<void> takeOver(const IdentitySource::Offer& offer);
    base::Result<QNetworkRequest> prepare(const Request& request);
    base::Result<QByteArray> authorization() const;
    base::Result<void> impersonate(QNetworkRequest& prepared) const;

    Endpoint m_endpoint;
    std::shared_ptr<IdentitySource> m_source; ///< a worker in a thread of others may outlive its transport
    Journal* m_journal;
    HttpTransport::Options m_options;
    QString m_address;
    std::shared_ptr<const Identity> m_identity; ///< what the managers belong to
    quint64 m_version = 0;
    QSslConfiguration m_tls;
    std::shared_ptr<QNetworkAccessManager> m_calls;
    std::map<quint64, Asked> m_asked;
    std::set<HttpJob*> m_jobs; ///< those of m_asked, and those that ended and are to be deleted
    std::deque<quint64> m_waitingCalls;
    std::deque<quint64> m_waitingStreams; ///< for an identity
    int m_inFlight = 0;
    QNetworkProxy m_desktopProxy;
    QElapsedTimer m_desktopAsked;
};

} // namespace transport
