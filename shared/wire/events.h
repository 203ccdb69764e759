#pragma once

#include "shared/model/event.h"
#include "shared/wire/frame.h"
#include "shared/wire/objects.h"
#include "shared/wire/requests.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cb::wire {

struct OfferClosed {
    model::OfferId offer;
    model::OfferOutcome outcome = model::OfferOutcome::Answered;
    bool operator==(const OfferClosed&) const = default;
};
struct SessionReturned {
    model::ReturnReason reason = model::ReturnReason::AgentLost;
    bool operator==(const SessionReturned&) const = default;
};
struct SessionEnded {
    model::EndReason reason = model::EndReason::None;
    bool operator==(const SessionEnded&) const = default;
};
struct SessionCompleted {
    bool operator==(const SessionCompleted&) const = default;
};
/// Whichever changed.
struct ConfigChanged {
    std::optional<std::vector<model::GroupView>> groups;
    std::optional<Settings> settings;
    std::optional<model::Agent> me;
    bool quickReplies = false; ///< fetch them again
    bool screenPops = false;   ///< likewise
    bool lists = false;        ///< to admins: another one changed something; fetch again what is shown of it
    bool operator==(const ConfigChanged&) const = default;
};
/// A transfer of theirs to one colleague came to nothing.
struct TransferFailed {
    model::AgentId to;
    std::string toName;
    std::string toStaffNo;
    model::ReturnReason reason = model::ReturnReason::Declined;
    model::GroupId group; ///< where it waits now, for any member; 0 = it went back to its flow
    std::string groupName;
    std::string customerName;
    bool operator==(const TransferFailed&) const = default;
};
/// An event of a kind, or with an enumerator, this version does not know: its seq counts, the rest is skipped.
struct OpaqueEvent {
    bool operator==(const OpaqueEvent&) const = default;
};

/// A durable event as an agent's workbench gets it. The kind on the wire follows from the body: MessageView → message,
/// OfferView → session_offered, OfferClosed → offer_closed, SessionView → session_assigned, SessionReturned,
/// SessionEnded, SessionCompleted, Presence → agent_status, ConfigChanged → config_changed, TransferFailed.
struct AgentEvent {
    model::Seq seq = 0;
    base::TimePoint at{};
    model::SessionId session; ///< 0 = of none
    std::variant<OpaqueEvent, MessageView, model::OfferView, OfferClosed, model::SessionView, SessionReturned,
                 SessionEnded, SessionCompleted, model::Presence, ConfigChanged, TransferFailed>
        body;

    bool operator==(const AgentEvent&) const = default;
};

/// A durable event as a visitor gets it; `kind` Message has the message, the others have the view.
struct VisitorEvent {
    model::Seq seq = 0;
    base::TimePoint at{};
    model::EventKind kind = model::EventKind::Message;
    model::SessionId session;
    std::optional<MessageView> message;
    std::optional<model::VisitorView> view;

    bool operator==(const VisitorEvent&) const = default;
};

struct Queue {
    std::vector<GroupFigures> groups;
    bool operator==(const Queue&) const = default;
};
struct Colleagues {
    std::vector<model::ColleagueView> colleagues;
    bool operator==(const Colleagues&) const = default;
};
/// Is the customer's page open, and where.
struct CustomerOnline {
    model::SessionId session;
    bool online = true;
    std::string pageUrl;
    bool operator==(const CustomerOnline&) const = default;
};
/// Something of a phone call of theirs has changed.
struct CallChanged {
    model::SessionId session;
    model::CallView call;
    bool operator==(const CallChanged&) const = default;
};
struct Position {
    int ahead = 0;
    bool operator==(const Position&) const = default;
};
struct Bye {
    std::string code; ///< taken_over, token_revoked, deleted, blocked, …
    bool operator==(const Bye&) const = default;
};

// ---- server side: whole frames -----------------------------------------------------------------------------------
std::string encodeEvent(const AgentEvent& event);
/// A note has no form for visitors: the result is empty and must not be sent.
std::string encodeEvent(const VisitorEvent& event);
/// The hot one: a message's event without any copy. `attachment` may be null. Empty for a note to a visitor.
std::string encodeMessageEvent(const model::Message& message, const model::Attachment* attachment, Audience audience);
std::string encodeTyping(const Typing& typing);
std::string encodeMark(const Mark& mark);
std::string encodeQueue(const Queue& queue);
std::string encodeColleagues(const Colleagues& colleagues);
std::string encodeCustomerOnline(const CustomerOnline& customer);
std::string encodeCallChanged(const CallChanged& call);
std::string encodePosition(const Position& position);
std::string encodeBye(const Bye& bye);

// ---- client side: the `d` of a frame -----------------------------------------------------------------------------
base::Result<AgentEvent> decodeAgentEvent(const nlohmann::json& d);
base::Result<VisitorEvent> decodeVisitorEvent(const nlohmann::json& d);
base::Result<Typing> decodeTyping(const nlohmann::json& d);
base::Result<Mark> decodeMark(const nlohmann::json& d);
base::Result<Queue> decodeQueue(const nlohmann::json& d);
base::Result<Colleagues> decodeColleagues(const nlohmann::json& d);
base::Result<CustomerOnline> decodeCustomerOnline(const nlohmann::json& d);
base::Result<CallChanged> decodeCallChanged(const nlohmann::json& d);
base::Result<Position> decodePosition(const nlohmann::json& d);
base::Result<Bye> decodeBye(const nlohmann::json& d);

} // namespace cb::wire
