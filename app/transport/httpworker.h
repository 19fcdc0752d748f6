#pragma once
// The part of HttpTransport that lives in the worker thread; internal to transport/.

#include "app/transport/endpoint.h"
#include "app/transport/httpjob.h"
#include "app/transport/httptransport.h"

#include <QNetworkRequest>
#include <deque>
#include <map>

namespace transport {

class HttpWorker final : public QObject {
    Q_OBJECT
public:
    HttpWorker(Endpoint endpoint, Identity identity, QSslConfiguration tls, Journal* journal,
               HttpTransport::Options options);
    ~HttpWorker() override;

    void ask(quint64 id, Request request, std::shared_ptr<StreamSink> sink);
    void open(quint64 id, Request request, std::shared_ptr<StreamSink> sink);
    void abort(quint64 id);

private:
    std::shared_ptr<QNetworkAccessManager> newManager();
    void startNext();
    void run(HttpJob* job, std::shared_ptr<QNetworkAccessManager> manager, bool stream);
    base::Result<QNetworkRequest> prepare(const Request& request);
    base::Result<QByteArray> authorization();
    HttpJob* adopt(quint64 id, Request request, std::shared_ptr<StreamSink> sink);

    Endpoint m_endpoint;
    Identity m_identity;
    QSslConfiguration m_tls;
    Journal* m_journal;
    HttpTransport::Options m_options;
    QString m_address;
    std::shared_ptr<QNetworkAccessManager> m_calls;
    std::map<quint64, HttpJob*> m_jobs;
    std::deque<HttpJob*> m_waiting;
    int m_inFlight = 0;
    QByteArray m_fileToken;
    QElapsedTimer m_fileTokenAge;
};

} // namespace transport
