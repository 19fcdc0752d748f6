#pragma once
// The lists, Tables, logs and discovery of one cluster on their way into the book. Internal to snapshot/.

#include "app/base/calls.h"
#include "app/kube/client.h"
#include "app/snapshot/capture.h"
#include "app/snapshot/recorder.h"

#include <deque>

namespace snapshot {

class PartCapture : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString nameSpace; ///< of the context
        /// These and no others, without asking what is served and without logs; empty: all.
        std::vector<kube::ApiResource> kinds;
    };
    /// The client's transport outlives it.
    PartCapture(const kube::Client& client, std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part,
                Options options, QObject* parent = nullptr);

    void start();
    const kube::Client& recorded() const { return m_recorded; }
    const kube::ApiCatalog& catalog() const { return m_catalog; }
    Book::Part& part() { return *m_part; }
    /// It could not be asked what is served.
    const std::optional<base::Error>& error() const { return m_error; }
    QString gitVersion() const { return m_gitVersion; }
    QString uid() const { return m_uid; }
    QString user() const { return m_user; }

signals:
    void progressed(snapshot::CaptureProgress::Step step, const QString& what, int done, int total);
    void finished();

private:
    void askGroups(const base::Result<kube::Json>& groups);
    void askRules();
    void askKinds();
    void nextKinds();
    void list(const kube::ApiResource& kind, const QString& nameSpace);
    void table(const Captured& captured, const QString& version, bool exactly);
    void kindDone(Captured captured);
    void nextLogs();
    /// Follows it, and whenAnswered() waits for it.
    template <typename T, typename F> void count(base::Call<T> call, F take);
    void ask(transport::Request request);
    void whenAnswered(std::function<void()> next);

    const kube::Client m_client;
    const std::shared_ptr<Book> m_book;
    const std::shared_ptr<Book::Part> m_part;
    const Options m_options;
    Recorder m_recorder;
    const kube::Client m_recorded;
    kube::ApiCatalog m_catalog;
    std::optional<base::Error> m_error;
    QString m_gitVersion;
    QString m_uid;
    QString m_user;
    std::deque<kube::ApiResource> m_waiting;
    int m_kinds = 0;
    int m_done = 0;
    int m_underWay = 0;
    int m_rank = 0;
    bool m_hasKinds = false; ///< all of them
    std::size_t m_nextLog = 0;
    int m_open = 0;
    std::function<void()> m_whenAnswered;
    base::Calls m_calls;
};

} // namespace snapshot
