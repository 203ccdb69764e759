#pragma once

#include "server/store/batch.h"
#include "server/store/records.h"
#include "shared/base/result.h"
#include "shared/base/time_zone.h"
#include "shared/base/uuid.h"
#include "shared/model/agent.h"
#include "shared/model/customer.h"
#include "shared/model/message.h"
#include "shared/model/phone.h"
#include "shared/model/session.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cb::desk {

/// A hub connection. Never reused while the process lives.
using ConnectionId = std::uint64_t;

/// Where an answer goes. request 0 = no `ok` wanted (errors are still told, without `re`).
struct Origin {
    ConnectionId connection = 0;
    std::uint64_t request = 0;
};

// ---- visitors
// --------------------------------------------------------------------------------------------------------------

struct VisitorAttach {
    Origin origin;
    model::InstanceId instance;
    model::ChannelId channel;
    std::string tokenHash;                   ///< hex SHA-256 of the visitor's token
    std::optional<model::Customer> customer; ///< as the store knows them; the desk's own knowledge, when newer, wins
    /// The newest messages of this customer (≤ 100, any session), as the store knows them: a message repeated after its
    /// session has ended is answered with its original place and makes no second one.
    std::vector<store::KnownUuid> recent;
    model::Seq cursor = 0;
    std::string locale;
    std::string pageUrl;
};
struct VisitorDetach {
    ConnectionId connection = 0;
};
struct VisitorStart {
    Origin origin;
};
struct VisitorSend {
    Origin origin;
    base::Uuid uuid;
    model::MessageKind kind = model::MessageKind::Text;
    std::string text;
    model::AttachmentId attachment; ///< already checked by the hub: belongs to this visitor's session
};
struct VisitorMark {
    ConnectionId connection = 0;
    model::Seq delivered = 0;
    model::Seq read = 0;
};
struct VisitorTyping {
    ConnectionId connection = 0;
    bool on = false;
};
struct VisitorPage {
    ConnectionId connection = 0;
    std::string url;
};
struct VisitorLeave {
    Origin origin;
};

// ---- agents
// ----------------------------------------------------------------------------------------------------------------

struct AgentAttach {
    Origin origin;
    model::InstanceId instance;
    model::AgentId agent;
    model::Seq cursor = 0;
    bool takeover = false;
    std::string device;
    std::string token = {}; ///< its hash: a connection of the same sign-in takes over without being asked
};
struct AgentDetach {
    ConnectionId connection = 0;
};
struct SetStatus {
    Origin origin;
    model::AgentStatus status = model::AgentStatus::Idle; ///< Idle, Break or Offline
};
struct CancelPending {
    Origin origin;
};
struct AnswerOffer {
    Origin origin;
    model::OfferId offer;
};
struct DeclineOffer {
    Origin origin;
    model::OfferId offer;
};
struct AgentSend {
    Origin origin;
    model::SessionId session;
    base::Uuid uuid;
    model::MessageKind kind = model::MessageKind::Text;
    std::string text;
    model::AttachmentId attachment;
};
struct AgentMark {
    ConnectionId connection = 0;
    model::SessionId session;
    model::Seq delivered = 0;
    model::Seq read = 0;
};
struct AgentTyping {
    ConnectionId connection = 0;
    model::SessionId session;
    bool on = false;
};
struct EndSession {
    Origin origin;
    model::SessionId session;
};
struct CompleteSession {
    Origin origin;
    model::SessionId session;
    model::WrapUpForm form;
};
struct TransferSession {
    Origin origin;
    model::SessionId session;
    model::GroupId group; ///< either this
    model::AgentId agent; ///< or this
    std::string note;
};
struct UpdateCustomer {
    Origin origin;
    model::CustomerId customer;
    std::string name;
    std::string notes;
    std::optional<model::Customer> row; ///< as the store knows them; the desk's own knowledge, when newer, wins
};
struct BlockCustomer {
    Origin origin;
    model::CustomerId customer;
    bool blocked = true;
    std::optional<model::Customer> row; ///< as above
};
/// The overview is to be told to this connection, or no longer. Admins only: `forbidden`.
struct WatchOverview {
    Origin origin;
    bool on = true;
};

// ---- what agents do with phone calls
// --------------------------------------------------------------------------------------------------------------

struct HoldCall {
    Origin origin;
    model::SessionId session;
    bool on = true;
};
struct AfterCall {
    Origin origin;
    model::AfterCall next = model::AfterCall::Ready;
};
/// What was typed is read, and whose number it is looked up, beside the desk: comes back as CallPlanned.
struct DialCall {
    Origin origin;
    std::string number;
    model::ChannelId line; ///< of ours; 0 = the first one
};
struct ForwardCall {
    Origin origin;
    model::SessionId session;
    std::string number; ///< as of DialCall
};

// ---- phone calls: from server/channels/phone
// --------------------------------------------------------------------------------------------------------------

/// A call of the phone engine. Never reused while the process lives.
using CallId = std::uint64_t;

/// A caller dialled a number. Answered by CallTaken or CallRefused; every call ends with CallGone, whoever ended it.
struct CallArrived {
    CallId call = 0;
    model::InstanceId instance;
    model::ChannelId channel; ///< of the number
    model::TrunkId trunk;
    std::string caller; ///< E.164 where it could be read so; empty = withheld
    std::string callee;
    std::optional<model::Customer> customer; ///< as the store knows them; the desk's own knowledge, when newer, wins
    model::AgentId lastAgent;                ///< who served them last; 0 = nobody
};
struct CallKey {
    CallId call = 0;
    char key = '0'; ///< one of 0123456789*#
};
/// The sound of a CallPlay has ended by itself.
struct CallPlayed {
    CallId call = 0;
    std::uint16_t play = 0;
};
/// The agent's end of a call is heard, or not any more: live media counts as presence (spec 6).
struct CallMedia {
    CallId call = 0;
    bool live = false;
};
/// What came of a CallLookUp. A call that is planned is answered by CallDial, CallForward or CallHangUp.
struct CallPlanned {
    CallId call = 0; ///< 0: it cannot be made, `number` says why
    Origin origin;
    model::InstanceId instance;
    model::AgentId agent;
    model::ChannelId line;
    model::SessionId session; ///< whose far end is to go on with the number; 0: the agent calls it
    base::Result<std::string> number{std::string{}}; ///< E.164. Errors: bad_number, no_trunk, overloaded
    std::optional<model::Customer> customer;         ///< as of CallArrived
};
/// The far end of a call out sends sound before it answers.
struct CallEarly {
    CallId call = 0;
};
/// It has answered.
struct CallConnected {
    CallId call = 0;
    model::TrunkId trunk; ///< it went by
};
/// It is being recorded now, or not any more.
struct CallRecording {
    CallId call = 0;
    bool on = false;
};
/// The recording of a session's call is closed and on the disk. Often after the session's end.
struct CallRecorded {
    model::InstanceId instance;
    model::SessionId session;
    std::string file; ///< model::Call::recording; empty: nothing came of it
};
/// What came of an AgentOffer; to be told to whoever asked.
struct CallAnswered {
    Origin origin;
    base::Result<std::string> sdp;
};
struct CallGone {
    CallId call = 0;
    std::string cause;      ///< as model::Call::cause
    bool mediaLost = false; ///< nothing came from the caller for too long
};

/// The media page of an agent offers its end of a call: WebRTC, at the answer and whenever its network changes.
/// Answered by OkCallSdp.
struct AgentOffer {
    Origin origin;
    model::SessionId session;
    std::string sdp; ///< checked by the hub: not empty, at most kMaxSdp bytes
};
inline constexpr std::size_t kMaxSdp = 32 * 1024;

// ---- configuration: from admins' requests and commands of the operator; role and validity are checked before they
// come here ---------

/// One change of an instance's configuration; rows as they are to be. The desk applies it to the live state (routing
/// included), stores it and answers through `done` (called once, on the writer's thread after the commit, or on the
/// desk's with an error).
struct ChangeConfig {
    model::InstanceId instance;
    model::AgentId by; ///< 0 = the operator
    /// What admins change; sessions, events and the like are dropped. Of customers only `blocked` is taken.
    store::Batch rows;
    std::string action; ///< for the audit event, e.g. "flow.publish"
    std::string target;
    std::string before;
    std::string after;
    std::function<void(base::Result<void>)> done;
    std::optional<base::TimeZone> zone; ///< of the instance's row; Desk::post fills it in
};

/// One customer is to be forgotten: name, notes and who they were elsewhere go at once, from memory and disk; what
/// their messages say goes after the commit (store::Tables::eraseSome). Their sessions stay, for the statistics.
/// Refused with `customer_busy` (conflict) while one of them is not completed. The audit names the number only.
struct EraseCustomer {
    model::InstanceId instance;
    model::AgentId by;
    model::Customer row;                          ///< as the store knows them
    std::function<void(base::Result<void>)> done; ///< as of ChangeConfig
};
/// Customers without a session whose time is over. Who is connected or has a session stays.
struct RemoveCustomers {
    model::InstanceId instance;
    std::vector<model::CustomerId> customers;
    std::function<void(base::Result<void>)> done; ///< as of ChangeConfig
};

/// Something that admins see in their lists was changed and committed beside the desk (somebody has set a password of
/// their own): they are told to ask again. Nothing happens where the instance is not live: nobody looks.
struct ListsChanged {
    model::InstanceId instance;
};

/// Load an instance that was added to the database by another process (cloudbell-server instance add), or, `anew`, one
/// whose rows another process changed: its connections are closed and come back, its sessions and calls stay.
struct LoadInstance {
    model::InstanceId instance;
    bool anew = false;
};

struct Tick {}; ///< a deadline is due; posted by the desk's own timer

/// Post-commit plumbing: the writer says how a batch of the desk ended.
struct Committed {
    std::uint64_t turn = 0;
    bool ok = true;
};

using Command = std::variant<VisitorAttach, VisitorDetach, VisitorStart, VisitorSend, VisitorMark, VisitorTyping,
                             VisitorPage, VisitorLeave, AgentAttach, AgentDetach, SetStatus, CancelPending, AnswerOffer,
                             DeclineOffer, AgentSend, AgentMark, AgentTyping, EndSession, CompleteSession,
                             TransferSession, UpdateCustomer, BlockCustomer, ChangeConfig, EraseCustomer,
                             RemoveCustomers, ListsChanged, LoadInstance, Tick, Committed, WatchOverview, CallArrived,
                             CallKey, CallPlayed, CallMedia, CallAnswered, CallGone, AgentOffer, HoldCall, AfterCall,
                             DialCall, ForwardCall, CallPlanned, CallEarly, CallConnected, CallRecording, CallRecorded>;

} // namespace cb::desk
