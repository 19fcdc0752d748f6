#pragma once
// Event persistence of one cluster from its fields to what became of it: the platform is read, the address tried, the
// draft judged, the object tried on the server, made, followed until it delivers, and taken back.

#include "app/change/eventsink.h"
#include "app/change/formwrite.h"
#include "app/tke/eventfollow.h"

namespace change {

/// Lives in the GUI thread. What it is given outlives it, or stop() is called before that goes.
class EventSetup : public QObject {
    Q_OBJECT
public:
    struct Options {
        tke::EventFollow::Options follow = {};
        std::chrono::milliseconds patience{5'000}; ///< with the store, for each step
    };

    /// `members`: ways to member clusters; none: only the platform's own is looked at. A journal or log of null:
    /// nothing is kept.
    EventSetup(const kube::Client& platform, Origin origin, tke::ClientOf members, transport::Journal* journal,
               const WriteLog* log, Options options, QObject* parent = nullptr);
    ~EventSetup() override;

    const Origin& origin() const { return m_origin; }
    /// Reads the platform: platformRead().
    void start();
    /// Gives up whatever is under way.
    void stop();
    /// None: not yet.
    const std::optional<base::Result<tke::EventPlatform>>& platform() const { return m_platform; }

    /// Another address, index or login makes what the store said void; any other draft what the server said.
    void setDraft(const tke::EventSinkDraft& draft);
    const tke::EventSinkDraft& draft() const { return m_draft; }
    /// On the draft and on what the store said: the gravest first. Empty while the platform is not read.
    const std::vector<tke::Remark>& remarks() const { return m_remarks; }

    /// The address is one that can be tried.
    bool canProbe() const;
    /// Trying it sends the login over plain HTTP, where the store wants one.
    bool probeTellsLogin() const;
    /// Asks the store who it is.
    void probe();
    bool isProbing() const { return m_isProbing; }
    /// What it said to this draft; none: it was not asked, or see probeError().
    const std::optional<tke::StoreVisit>& visit() const { return m_visit; }
    const std::optional<base::Error>& probeError() const { return m_probeError; }

    /// Tries the address where that was not done, then, without errors, lets the server judge: reviewed().
    void review();
    void leaveReview();
    bool isReviewing() const { return m_isReviewing; }
    /// The write; without a flow while nothing was tried, or errors keep it from that.
    const FormWrite& write() const { return *m_write; }
    /// Of the creation; null: there is none.
    const ManifestFlow* creation() const { return qobject_cast<const ManifestFlow*>(m_write->flow()); }
    /// Why an object could not be made of the draft.
    const base::Error& error() const { return m_error; }
    /// Nothing stands against sending it.
    bool canApply() const;
    void apply();
    void undo();

    /// What becomes of it; null before.
    const tke::EventFollow* follow() const { return m_follow.get(); }
    /// The store, once more, after it was found to deliver: does the index hold events? None: not asked.
    const std::optional<tke::StoreVisit>& arrival() const { return m_arrival; }

    /// For a shell; the password is read from the environment there. Empty while nothing is tried.
    QString command() const;

signals:
    /// Anything that it tells; after the more special ones.
    void changed();
    void platformRead();
    /// Judged: canApply(), or remarks(), error() and the flow say why not.
    void reviewed();
    /// It was sent: see write().
    void written();
    /// It was followed to its end.
    void ended();

private:
    void judge();
    void tryOut();
    void endReview();
    void startFollowing();
    void lookForArrival();
    void end();
    base::Call<tke::StoreVisit> visitStore() const;

    const kube::Client m_client;
    const Origin m_origin;
    const tke::ClientOf m_members;
    transport::Journal* const m_journal;
    const WriteLog* const m_log;
    const Options m_options;
    std::optional<base::Result<tke::EventPlatform>> m_platform;
    tke::EventSinkDraft m_draft;
    std::vector<tke::Remark> m_remarks;
    std::optional<tke::StoreVisit> m_visit;
    std::optional<base::Error> m_probeError;
    std::optional<tke::StoreVisit> m_arrival;
    base::Error m_error;
    bool m_isProbing = false;
    bool m_isReviewing = false;
    FormWrite* m_write;
    QString m_command; ///< of the creation
    std::unique_ptr<DeleteFlow> m_undo;
    std::unique_ptr<tke::EventFollow> m_follow;
    base::Calls m_probing;
    base::Calls m_calls;
};

} // namespace change
