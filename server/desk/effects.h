#pragma once

#include "server/desk/commands.h"
#include "server/desk/flow_port.h"
#include "shared/base/error.h"
#include "shared/model/event.h"
#include "shared/model/overview.h"
#include "shared/model/view.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cb::desk {

// ---- answers to one request
// ------------------------------------------------------------------------------------------------

struct OkNothing {};
struct OkPresence {
    model::Presence presence;
};
struct OkSession {
    model::SessionView view;
};
struct OkVisitorSession {
    model::VisitorView view;
};
struct OkSent {
    model::Seq seq = 0;
    base::TimePoint at{};
    model::SessionId session;
};

/// Live state of an agent at one point of the event sequence. From here on the connection gets everything newer than
/// `cursor`.
struct AgentWelcome {
    model::Seq cursor = 0;       ///< newest seq of the instance at this point
    model::Seq clientCursor = 0; ///< what hello said
    base::TimePoint now{};
    model::Agent me;
    model::Presence presence;
    model::InstanceSettings settings;
    std::vector<model::OfferView> offers;
    std::vector<model::SessionView> sessions;
    std::vector<model::GroupView> groups;
    std::vector<model::ColleagueView> colleagues;
    std::vector<model::LineView> lines;
};
struct VisitorWelcome {
    model::Seq cursor = 0;
    model::Seq clientCursor = 0;
    base::TimePoint now{};
    model::Channel channel;
    model::InstanceSettings settings;
    model::CustomerId customer; ///< 0 until the first session
    std::optional<model::VisitorView> session;
};

struct OkCallSdp {
    std::string sdp;
};

using Answer = std::variant<OkNothing, OkCallSdp, OkPresence, OkSession, OkVisitorSession, OkSent, AgentWelcome,
                            VisitorWelcome, base::Error>;

struct Reply {
    Reply(Origin of, Answer with)
        : origin(of)
        , answer(std::move(with)) {}

    Origin origin;
    Answer answer;
};

// ---- things told to people
// --------------------------------------------------------------------------------------------------

/// Names for a transfer that came to nothing.
struct FailedTransfer {
    std::string toName;
    std::string toStaffNo;
    std::string groupName;
    std::string customerName;
};
/// Durable event for an agent's workbench; the views that its kind needs are filled (docs/protocol.md 3).
struct AgentEvent {
    model::AgentId agent;
    std::shared_ptr<const model::Event> event; ///< shared between the recipients of one event; never changed
    std::optional<model::OfferView> offer;     ///< session_offered
    std::optional<model::SessionView> view;    ///< session_assigned
    std::optional<model::Presence> presence;   ///< agent_status
    std::optional<FailedTransfer> failed{};    ///< transfer_failed
};
/// Durable event for all connections of a visitor.
struct VisitorEvent {
    model::CustomerId customer;
    std::shared_ptr<const model::Event> event;
    std::optional<model::VisitorView> view; ///< all kinds but message
};

struct AgentTypingEffect { ///< the customer types
    model::AgentId agent;
    model::SessionId session;
    bool on = false;
};
struct VisitorTypingEffect { ///< the agent types
    model::CustomerId customer;
    bool on = false;
};
struct AgentMarks { ///< the customer's marks, for the agent
    model::AgentId agent;
    model::SessionId session;
    model::Seq delivered = 0;
    model::Seq read = 0;
};
struct VisitorMarks { ///< the agent's marks, for the customer
    model::CustomerId customer;
    model::Seq delivered = 0;
    model::Seq read = 0;
};
struct VisitorPosition {
    model::CustomerId customer;
    int ahead = 0;
};
struct CustomerPresence {
    model::AgentId agent;
    model::SessionId session;
    bool online = true;
    std::string pageUrl;
};
/// Something of a phone call of theirs has changed. In order with the event that told of its session.
struct AgentCall {
    model::AgentId agent;
    model::SessionId session;
    model::CallView call;
};
/// Live figures for every agent of an instance, at most once a second, changed ones only.
struct QueueFigures {
    model::InstanceId instance;
    std::vector<model::GroupView> groups;
    std::vector<model::ColleagueView> colleagues;
};
/// For admins who watch the overview, at most once a second each and only what they do not know yet.
struct OverviewEffect {
    std::vector<ConnectionId> connections;
    std::shared_ptr<const model::Overview> overview; ///< shared, never changed
};
/// Configuration changed: every agent of the instance is told what of it concerns them.
struct ConfigEffect {
    model::InstanceId instance;
    std::optional<model::InstanceSettings> settings;
    bool groups = false;
    bool agents = false;
    bool quickReplies = false;
    bool screenPops = false;
    bool lists = false;  ///< something that admins see in their lists; told to the other admins
    model::AgentId by{}; ///< whoever changed it

    bool operator==(const ConfigEffect&) const = default;
};

/// Reload: the storage failed and the live state was read from disk again. Close with 1013 and no `bye` frame: the
/// client reconnects with its cursor as after a restart.
enum class ByeCode { TakenOver, TokenRevoked, Deleted, Blocked, Reload };

/// Say why, then close.
struct Bye {
    ConnectionId connection = 0;
    ByeCode code = ByeCode::TakenOver;
};
/// From now on this connection speaks for that agent / customer. Comes before the welcome of the same connection.
struct BindAgent {
    ConnectionId connection = 0;
    model::InstanceId instance;
    model::AgentId agent;
};
/// A visitor connection's customer became known (first session).
struct BindVisitor {
    ConnectionId connection = 0;
    model::CustomerId customer;
    model::SessionId session; ///< open one, for attachment checks; 0 = none
};

// ---- what a phone call is to do: transient, for server/channels/phone
// ------------------------------------------------------------------------------------------------

struct CallTaken { ///< a session runs: answer it
    model::SessionId session;
};
struct CallRefused {
    std::string code; ///< not_set_up, blocked, channel_unknown, overloaded, storage_unavailable
};
struct CallOffer { ///< of the agent it is with: answer it by CallAnswered
    Origin origin;
    std::string sdp;
};
struct CallPart {}; ///< the agent's part is over: their end goes, the caller stays
struct CallHangUp {
    bool afterSounds = false; ///< once what is queued has been heard
};
/// Of no call yet: what number this is and who has it. Answered by CallPlanned.
struct CallLookUp {
    Origin origin;
    model::InstanceId instance;
    model::AgentId agent;
    model::ChannelId line;
    model::SessionId session; ///< as of CallPlanned
    std::string number;       ///< as it was typed
};
struct CallDial {}; ///< the call that was planned: the agent and the far end hear each other
struct CallHold {   ///< the far end hears music, and neither hears the other
    bool on = true;
};
struct CallRecord { ///< from the next FlowJoin on, or not any more
    bool on = true;
    model::InstanceId instance;
    model::SessionId session;
};
/// The agent's part is over; the far end goes on with the one that was planned. Nothing more is told of either.
struct CallForward {
    CallId onward = 0;
};
using CallStep = std::variant<CallTaken, CallRefused, FlowPlay, FlowStopPlay, FlowMusic, FlowStopMusic, FlowJoin,
                              CallOffer, CallPart, CallHangUp, CallLookUp, CallDial, CallHold, CallRecord, CallForward>;
struct CallEffect {
    CallId call = 0; ///< 0: of a CallLookUp
    CallStep step;
};

using Effect = std::variant<Reply, AgentEvent, VisitorEvent, AgentTypingEffect, VisitorTypingEffect, AgentMarks,
                            VisitorMarks, VisitorPosition, CustomerPresence, AgentCall, QueueFigures, OverviewEffect,
                            ConfigEffect, Bye, BindAgent, BindVisitor, CallEffect>;

using Effects = std::vector<Effect>;

/// Where effects leave the desk: the hub. Called on the writer's thread for durable effects (after their commit, in
/// order) and on the desk's thread for transient ones. Must not block: it hands over and returns.
class EffectSink {
public:
    virtual ~EffectSink() = default;
    virtual void deliver(Effects effects) = 0;
};

} // namespace cb::desk
