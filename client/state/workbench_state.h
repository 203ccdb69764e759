#pragma once

#include "client/state/session_list_model.h"
#include "client/state/transcript_model.h"
#include "shared/wire/http.h"

#include <QtCore/QTimer>

#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace cb::state {

/// The live state of one agent's workbench, as the server told it: replaced by every welcome, kept up by events. What
/// is shown here has been confirmed by the server; what was asked for and not yet answered is Commands' business.
class WorkbenchState : public QObject {
    Q_OBJECT
public:
    /// What everything here is fed from; all outlive this object.
    struct Sources {
        api::AgentSession& session;
        api::RestClient& rest;
        sync::AccountStore& store;
        sync::Outbox& outbox;
        api::AttachmentCache& files;
    };
    /// How the connection is, for the strip under the window's top edge.
    enum class Connection { Connected, Connecting, Waiting, Stopped };
    Q_ENUM(Connection)

    WorkbenchState(Sources sources, wire::InstanceFace instance, model::Agent me, QObject* parent = nullptr);
    ~WorkbenchState() override;

    /// Before the first welcome: what the floor was when the program ended. Nothing when nothing is kept.
    void restore();

    // ---- who and how
    const model::Agent& me() const { return m_me; }
    const wire::InstanceFace& instance() const { return m_instance; }
    const wire::Settings& settings() const { return m_settings; }
    const model::Presence& presence() const { return m_presence; }
    /// True once a welcome has come; before it only the cache speaks.
    bool isLive() const { return m_live; }
    Connection connection() const;
    QDateTime nextAttempt() const; ///< while Waiting
    /// Now, by the server's clock: every time of this room is to be compared with this.
    QDateTime serverNow() const;
    base::Millis clockOffset() const { return m_clockOffset; } ///< server minus ours

    // ---- the floor
    SessionListModel* sessions() { return &m_sessions; }
    const SessionListModel* sessions() const { return &m_sessions; }
    const std::vector<model::GroupView>& groups() const { return m_groups; }
    const std::vector<model::ColleagueView>& colleagues() const { return m_colleagues; }
    const std::vector<model::LineView>& lines() const { return m_lines; } ///< numbers to call out from
    QString agentName(model::AgentId agent) const;                        ///< empty: not known

    // ---- conversations
    /// The conversation of any session, ours or an earlier one; made and loaded on first use. Owned here; those of
    /// sessions that are not ours go when many others have been asked for since: hold it by QPointer.
    TranscriptModel* transcript(model::SessionId session);
    /// What is held of these conversations goes, unless they are on the floor.
    void forgetTranscripts(const std::vector<model::SessionId>& sessions);
    /// The user has seen everything up to here.
    void markRead(model::SessionId session, model::Seq seq);
    QString draft(model::SessionId session) const;
    /// Kept in memory at once and on the disk within half a second, or by flush().
    void setDraft(model::SessionId session, const QString& text);
    void flush();

    // ---- for Commands: what an answer said, ahead of its event
    void applyPresence(const model::Presence& presence);
    void applySession(const model::SessionView& view);
    void applyCustomer(model::CustomerId customer, const QString& name, const QString& notes);
    void applyCompleted(model::SessionId session);
    void applyOfferGone(model::OfferId offer);
    void noteDeclined(model::OfferId offer); ///< before it goes: the same session may ring here again

Q_SIGNALS:
    void meChanged();
    void quickRepliesChanged(); ///< an admin changed them
    void screenPopsChanged();   ///< likewise
    void listsChanged();        ///< somebody else changed what admins see in their lists
    void settingsChanged();
    void groupsConfigured(); ///< an admin changed groups or their members; groupsChanged() is also told of figures
    void presenceChanged();
    void connectionChanged();
    void groupsChanged();
    void colleaguesChanged();
    void linesChanged();
    /// For sound, notification and window attention.
    void offerArrived(cb::model::OfferId offer);
    void offerClosed(cb::model::OfferId offer, cb::model::OfferOutcome outcome);
    void sessionAssigned(cb::model::SessionId session);
    void messageArrived(cb::model::SessionId session, const cb::wire::MessageView& message); ///< by the customer
    void sessionReturned(cb::model::SessionId session, cb::model::ReturnReason reason);
    /// Open before the connection was lost, and not ours any more after it: customers' names.
    void sessionsGone(const QStringList& customers);
    void sessionEnded(cb::model::SessionId session, cb::model::EndReason reason);
    void sessionCompleted(cb::model::SessionId session);
    /// What this agent passed to one colleague did not arrive there.
    void transferFailed(cb::model::SessionId session, const cb::wire::TransferFailed& failed);
    /// The status changed for a reason other than the agent's wish: show bridge::sentence(reason).
    void statusForced(cb::model::StatusReason reason);
    /// The local file did not take something; it is tried again.
    void localTrouble(const cb::base::Error& error);

private:
    void onWelcome(const wire::AgentWelcome& welcome);
    void onEvent(const wire::AgentEvent& event);
    void onMessage(const wire::MessageView& message);
    void onOffered(const model::OfferView& offer);
    void onAssigned(const model::SessionView& view);
    void onReturned(model::SessionId session, model::ReturnReason reason);
    void onEnded(model::SessionId session, model::EndReason reason, base::TimePoint at);
    void onStatus(const model::Presence& presence);
    void onConfig(const wire::ConfigChanged& config);
    void onTyping(const wire::Typing& typing);
    void onMark(const wire::Mark& mark);
    void onQueue(const wire::Queue& queue);
    void onColleagues(const wire::Colleagues& colleagues);
    void onCustomer(const wire::CustomerOnline& customer);
    void onCall(const wire::CallChanged& call);
    void onOwnSent(const sync::OutboxItem& item, const wire::Sent& sent);
    void notePreview(SessionItem& item, const wire::MessageView& message);
    void noteDelivered(model::SessionId session, model::Seq seq);
    SessionItem ours(const model::SessionView& view) const;
    SessionItem ringing(const model::OfferView& offer) const;
    QStringList openButNotIn(const wire::AgentWelcome& welcome) const;
    void sendMarks();
    void drop(model::SessionId session);
    void keep(const wire::MessageView& message);
    void change(model::SessionId session, const std::function<void(SessionItem&)>& edit);
    void forgetOldTranscripts();
    bool flushDrafts();
    bool flushMessages();
    void flushFloor();
    void noteFloor();

    Sources m_sources;
    wire::InstanceFace m_instance;
    model::Agent m_me;
    model::Presence m_presence;
    wire::Settings m_settings;
    bool m_live = false;
    base::Millis m_clockOffset{0};
    SessionListModel m_sessions;
    std::vector<model::GroupView> m_groups;
    std::vector<model::ColleagueView> m_colleagues;
    std::vector<model::LineView> m_lines;

    struct Opened {
        std::unique_ptr<TranscriptModel> model;
        std::uint64_t used = 0;
    };
    QCache<qint64, QImage> m_pictures;
    std::map<model::SessionId, Opened> m_transcripts;
    std::uint64_t m_uses = 0;

    struct Marks {
        model::Seq delivered = 0;
        model::Seq read = 0;
        bool dirty = false;
    };
    std::map<model::SessionId, Marks> m_marks;
    QTimer m_markTimer;
    struct Declined {
        model::SessionId session;
        base::TimePoint at{};
    };
    std::deque<Declined> m_declined;                      ///< by this agent, newest last
    mutable std::map<model::SessionId, QString> m_drafts; ///< changed, not yet on the disk
    QTimer m_draftTimer;
    std::vector<wire::MessageView> m_unkept; ///< messages not yet in the cache
    model::Seq m_unkeptCursor = 0;
    QTimer m_keepTimer;
    bool m_floorChanged = false;                                  ///< since it was kept for a start without the server
    std::map<model::SessionId, std::unique_ptr<QTimer>> m_typing; ///< "is typing" ends by itself
};

} // namespace cb::state
