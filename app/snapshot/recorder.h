#pragma once
// Passes requests on and writes down what was answered: so that whatever a question of the core asks is in the
// snapshot, without a second list of what that is. Internal to snapshot/.

#include "app/snapshot/book.h"
#include "app/transport/transport.h"

namespace snapshot {

/// `next` outlives it.
class Recorder final : public transport::Transport {
    Q_OBJECT
public:
    Recorder(transport::Transport* next, std::shared_ptr<Book> book, std::shared_ptr<Book::Part> part);

    /// Reads of collections are passed on and not written down: they are captured as lists.
    void setLists(std::vector<QByteArray> paths) { m_lists = {paths.begin(), paths.end()}; }

    base::Call<transport::Reply> send(transport::Request request) override;
    transport::StreamHandle stream(transport::Request request, std::shared_ptr<transport::StreamSink> sink) override;
    QThread* workerThread() override { return m_next->workerThread(); }
    QString address() const override { return m_next->address(); }

private:
    bool isOfList(const transport::Request& request) const;

    transport::Transport* const m_next;
    const std::shared_ptr<Book> m_book;
    const std::shared_ptr<Book::Part> m_part;
    QSet<QByteArray> m_lists;
};

} // namespace snapshot
