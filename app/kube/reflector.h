#pragma once
// Lists a kind and watches it, for as long as it lives: client-go's reflector contract
// (k8s.io/client-go/tools/cache/reflector.go), with what an APIServer under load taught beside it.
//
// - One LIST at resourceVersion=0, streamed; Tables, and servers before 1.33, in pages of 500 without a version.
// - A watch that ends cleanly, is refused, or falls silent is resumed at the last version; nothing is listed again.
// - Another address of the same cluster: one question for that version there (limit=1), then the watch goes on. A
// server
//   that has not got that far is waited for; one whose etcd went back is listed anew.
// - 410, as a status or as an ERROR event: list again at the last version; 410 or "too large" on a list: at "".
// - A list after the first is built aside and replaces what was there at once.

#include "app/base/backoff.h"
#include "app/kube/framesplitter.h"
#include "app/kube/listwatch.h"
#include "app/kube/rowreader.h"
#include "app/transport/transport.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace kube {

/// Lives in the transport's worker thread: made anywhere, moved there, start() and stop() invoked there, deleted there
/// (deleteLater). Signals are meant for queued connections.
class Reflector : public QObject {
    Q_OBJECT
public:
    struct Options {
        ApiResource resource;
        ListScope scope;
        bool serverStreams = true; ///< from 1.33 on a server sends a list while it makes it
    };

    /// The transport outlives the reflector.
    Reflector(transport::Transport* transport, Options options);
    ~Reflector() override;

public slots:
    void start();
    /// Lists again now, whatever it was waiting for: F5.
    void relist();
    /// The path is back: forgets its pauses and goes on at once.
    void retryNow();
    /// Requests go to another address from now on: what is under way is begun anew there, a watch at its version.
    void pathMoved();
    /// Ends the stream that is under way as if it had broken off: who knows that the path is dead says so.
    void breakOff(const base::Error& error);

signals:
    void changed(std::shared_ptr<const kube::ChangeSet> changes);
    void stateChanged(kube::FeedState state);

private:
    class ListSink;
    class WatchSink;
    enum class Step { Idle, Listing, Checking, Watching, Pausing };

    void list();
    void requestPage();
    void takeListHead(const transport::ReplyHead& head);
    base::Result<void> takeListBytes(std::size_t count);
    void endPage(const base::Result<void>& end);
    void endList(const ListMeta& meta);
    void failList(const base::Error& error);

    /// Whether the server has our version; then watch().
    void check();
    void takeChecked(const base::Result<transport::Reply>& reply);
    /// It says that it has not got as far: whether it will, or went back.
    void askHowFar();
    void dropCheck();
    transport::Request oneObject() const;
    void watch();
    base::Result<void> takeFrame(std::string_view json, std::size_t readable);
    void endWatch(const base::Result<void>& end);

    void pauseThen(Step next, const base::Error& error);
    void setState(FeedState::Phase phase, const base::Error& error = {}, bool willRetry = false);
    void flush(ChangeSet::Kind kind);
    void flushEvents();
    bool isPaged() const;

    transport::Transport* m_transport;
    const Options m_options;
    std::unique_ptr<RowReader> m_reader;
    std::shared_ptr<const std::vector<Column>> m_toldColumns;
    std::shared_ptr<const std::vector<Column>> m_pageColumns; ///< of the first page of the list that is under way
    transport::StreamHandle m_stream;
    std::function<void()> m_cancelCheck;
    quint64 m_checks = 0; ///< answers to an earlier check are dropped
    bool m_moved = false; ///< a first list may not be older than the rows that another address brought
    base::Backoff m_backoff;
    QTimer m_pause;
    QTimer m_flush; ///< events are handed over in batches
    Step m_step = Step::Idle;
    Step m_next = Step::Listing; ///< what follows the pause
    FeedState m_state;
    QDateTime m_lastHeard;

    bool m_everListed = false;
    bool m_shownAsItComes = true; ///< this list's rows are handed over while it streams; else all at its end
    bool m_partWasShown = false;  ///< of a first list that broke off: the next one replaces it
    QString m_version;            ///< the last resourceVersion that was seen
    QString m_listVersion;        ///< asked for by the list that is under way
    QString m_continue;
    bool m_continues = true; ///< false: this list is asked for whole, since its pages went stale under it
    QElapsedTimer m_sinceFlush;

    FrameSplitter m_frames;
    std::vector<ChangeSet::Event> m_events;
    std::optional<base::Error> m_watchError; ///< of an ERROR event
    QElapsedTimer m_watchAge;
    bool m_watchSaidSomething = false;
};

} // namespace kube
