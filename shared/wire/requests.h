#pragma once

#include "shared/base/uuid.h"
#include "shared/model/agent.h"
#include "shared/model/message.h"
#include "shared/model/phone.h"
#include "shared/model/session.h"
#include "shared/wire/frame.h"

#include <string>
#include <variant>

namespace cb::wire {

struct Ping {
    bool operator==(const Ping&) const = default;
};

struct AgentHello {
    int protocol = kProtocol;
    std::string token;
    std::string client; ///< "cloudbell/0.1.0"
    std::string device; ///< what the question about a takeover calls this machine
    model::Seq cursor = 0;
    bool takeover = false;

    bool operator==(const AgentHello&) const = default;
};

struct Page {
    std::string url;
    std::string title;

    bool operator==(const Page&) const = default;
};

struct VisitorHello {
    int protocol = kProtocol;
    std::string channel; ///< the channel's key
    std::string token;
    model::Seq cursor = 0;
    std::string locale;
    Page page;

    bool operator==(const VisitorHello&) const = default;
};

struct SetStatus {
    model::AgentStatus status = model::AgentStatus::Idle; ///< Idle, Break or Offline; others are bad_field
    bool operator==(const SetStatus&) const = default;
};
struct CancelStatus {
    bool operator==(const CancelStatus&) const = default;
};
struct AnswerOffer {
    model::OfferId offer;
    bool operator==(const AnswerOffer&) const = default;
};
struct DeclineOffer {
    model::OfferId offer;
    bool operator==(const DeclineOffer&) const = default;
};
/// Of agents, and of visitors (whose `session` stays 0: they have only one). Text is checked for its meaning (length,
/// control characters, attachment) by the desk; here only for its shape. Kind is never Note: bad_field.
struct SendMessage {
    model::SessionId session;
    base::Uuid uuid;
    model::MessageKind kind = model::MessageKind::Text;
    std::string text;
    model::AttachmentId attachment;
    bool operator==(const SendMessage&) const = default;
};
struct EndSession {
    model::SessionId session;
    bool operator==(const EndSession&) const = default;
};
struct CompleteSession {
    model::SessionId session;
    model::WrapUpForm form;
    bool operator==(const CompleteSession&) const = default;
};
/// Exactly one of `group` and `agent`; both or none are bad_field.
struct TransferSession {
    model::SessionId session;
    model::GroupId group;
    model::AgentId agent;
    std::string note;
    bool operator==(const TransferSession&) const = default;
};
/// The media page's offer of its end of a phone call (WebRTC); answered with a CallSdp. At the answer, and again when
/// the page was made anew or its network changed.
struct CallOffer {
    model::SessionId session;
    std::string sdp; ///< 1–kMaxSdp bytes
    bool operator==(const CallOffer&) const = default;
};
inline constexpr std::size_t kMaxSdp = 32 * 1024;

/// Held: the far end hears music, and neither hears the other.
struct HoldCall {
    model::SessionId session;
    bool on = true;
    bool operator==(const HoldCall&) const = default;
};
struct AfterCall {
    model::AfterCall next = model::AfterCall::Ready;
    bool operator==(const AfterCall&) const = default;
};
/// Calls out; answered with the session it runs in.
struct DialCall {
    std::string number;    ///< as somebody typed or pasted it, at most kMaxDialled bytes
    model::ChannelId line; ///< of ours; 0 = the first one
    bool operator==(const DialCall&) const = default;
};
inline constexpr std::size_t kMaxDialled = 200;
/// The far end goes on with an outside number, without the agent.
struct ForwardCall {
    model::SessionId session;
    std::string number; ///< as of DialCall
    bool operator==(const ForwardCall&) const = default;
};

struct UpdateCustomer {
    model::CustomerId customer;
    std::string name;
    std::string notes;
    bool operator==(const UpdateCustomer&) const = default;
};
struct BlockCustomer {
    model::CustomerId customer;
    bool blocked = true;
    bool operator==(const BlockCustomer&) const = default;
};
/// The overview is to be told, or no longer; admins only. See overview.h.
struct WatchOverview {
    bool on = true;
    bool operator==(const WatchOverview&) const = default;
};
/// Both directions, agents with a session, visitors without.
struct Mark {
    model::SessionId session;
    model::Seq delivered = 0;
    model::Seq read = 0;
    bool operator==(const Mark&) const = default;
};
/// Both directions, agents with a session, visitors without.
struct Typing {
    model::SessionId session;
    bool on = false;
    bool operator==(const Typing&) const = default;
};
struct StartSession {
    bool operator==(const StartSession&) const = default;
};
struct LeaveSession {
    bool operator==(const LeaveSession&) const = default;
};

using AgentRequest = std::variant<Ping, AgentHello, SetStatus, CancelStatus, AnswerOffer, DeclineOffer, SendMessage,
                                  EndSession, CompleteSession, TransferSession, UpdateCustomer, BlockCustomer, Mark,
                                  Typing, WatchOverview, CallOffer, HoldCall, AfterCall, DialCall, ForwardCall>;
using VisitorRequest = std::variant<Ping, VisitorHello, StartSession, SendMessage, LeaveSession, Page, Mark, Typing>;

/// Server side. Errors: unknown_type (also a frame of the other kind of client); bad_field with params.field, a path
/// such as "page.url", when a field is missing, of the wrong type or out of range. Unknown fields are ignored.
base::Result<AgentRequest> decodeAgentRequest(const Frame& frame);
base::Result<VisitorRequest> decodeVisitorRequest(const Frame& frame);

/// Client side. id 0 = no answer wanted.
std::string encodeAgentRequest(std::uint64_t id, const AgentRequest& request);
std::string encodeVisitorRequest(std::uint64_t id, const VisitorRequest& request);

} // namespace cb::wire
