#pragma once

#include "server/desk/commands.h"
#include "server/desk/deadlines.h"
#include "server/desk/uuid_table.h"
#include "server/store/records.h"
#include "shared/model/offer.h"
#include "shared/model/view.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What the desk keeps in memory of one instance: the rows as they are stored, and what hangs on them.
namespace cb::desk {

/// A message of a session that has ended for its customer.
struct PastMessage {
    base::Uuid uuid;
    model::Seq seq = 0;
    base::TimePoint at{};
    model::SessionId session;
};

struct LiveCustomer {
    model::Customer row; ///< row.id < 0: a visitor who has not started a session; nothing of them is stored
    bool stored = false;
    std::vector<ConnectionId> connections;
    model::SessionId open;         ///< the one session that is not over for the customer; 0 = none
    int sessions = 0;              ///< live ones, those in wrap-up too
    std::string pageUrl;           ///< where the visitor is
    std::vector<PastMessage> past; ///< of ended sessions, newest last, at most kMaxPast
    bool pastKnown = false;        ///< false: what the store has of sessions that ended before is not in it yet
    Timer gone;                    ///< runs while nobody is connected and the flow or a queue has the session
    base::TimePoint idleSince{};   ///< neither connected nor served since; then kept for a while

    static constexpr std::size_t kMaxPast = 100;
    bool online() const { return !connections.empty(); }
    bool idle() const { return connections.empty() && sessions == 0; }
};

/// The call of a phone session.
struct LiveCall {
    CallId id = 0; ///< 0: it is gone
    model::Call row;
    base::TimePoint joinedAt{}; ///< with an agent since; epoch 0 = not
    model::AgentId lastAgent;   ///< who served this caller last, in a session before
    bool farewell = false;      ///< the agent's part is over: what is said now, nobody waits for
    bool dialled = false;       ///< an agent called out: routing knows of the agent only, not of the session
    bool held = false;
    bool early = false;     ///< model::CallView
    bool record = false;    ///< is to be recorded while the agent who has it now talks
    bool recording = false; ///< the telephone says so
    bool kept = false;      ///< was to be recorded: CallRecorded will come
    bool keptOnce = false;  ///< it has come: a call has one recording
};

/// A call that is over and whose recording is still being closed.
struct AwaitedRecording {
    model::Call call;
    model::CustomerId customer;
};

struct LiveSession {
    model::Session row; ///< flowState is empty while hasFlow: the flow is asked for it when the row is written
    LiveCustomer* customer = nullptr;
    UuidTable uuids;
    std::string preview;
    base::TimePoint previewAt{};
    base::TimePoint customerWaitsSince{};
    Timer flowTimer;
    std::unique_ptr<LiveCall> call;      ///< of a phone session
    std::unique_ptr<model::Offer> offer; ///< while it rings; its id is the stored one
    model::OfferId routerOffer;          ///< the router's number of it
    std::uint32_t queueIndex = 0;        ///< in its group's list while queued
    int aheadTold = -1;                  ///< the position its customer knows
    base::Millis longestWait{0};         ///< of the flow's transfer to a human; 0 = none
    model::Side previewSide = model::Side::Customer;
    model::MessageKind previewKind = model::MessageKind::Text;
    base::TimePoint waitingSince{}; ///< see model::SessionView
    std::string transferNote;
    std::optional<model::ReturnReason> returned; ///< it waits again after an agent served it: why
    store::SessionTimes counted;                 ///< as the day's figures have it
    bool hasFlow = false;
    bool rowChanged = false; ///< waits for the end of the turn
    bool marksChanged = false;
};

struct LiveGroup {
    model::Group row;
    std::vector<LiveSession*> queued; ///< in no order; the order is the router's
    bool queueMoved = false;          ///< positions are to be told again
    int toldWaiting = -1, toldOnline = -1, toldFree = -1;
};

struct ClosedOffer {
    model::OfferId offer;
    model::OfferOutcome outcome = model::OfferOutcome::Answered;
};

struct LiveAgent {
    model::Agent row;
    model::Presence stored;      ///< as last written
    ConnectionId connection = 0; ///< 0 = not connected
    std::string device;
    std::string token; ///< hash of the one it came with
    base::TimePoint connectedAt{};
    std::vector<LiveSession*> sessions; ///< offered, open, in wrap-up
    std::vector<ClosedOffer> closed;    ///< what rang here last, newest last, at most kMaxClosed
    bool presenceChanged = false;
    model::AgentStatus toldStatus = model::AgentStatus::Offline; ///< to colleagues
    bool told = false;                                           ///< false: a colleague's row is to be told whatever

    static constexpr std::size_t kMaxClosed = 8;
};

struct LiveFlow {
    model::FlowId id;
    model::Mode mode = model::Mode::Chat;
    bool published = false;
    int newest = 0; ///< newest version; 0 = never published
};

/// Names of the messages of a completed session, for the agent's repeats.
struct EndedSession {
    model::SessionId session;
    UuidTable uuids;
};

} // namespace cb::desk
