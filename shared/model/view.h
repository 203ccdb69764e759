#pragma once

#include "shared/model/agent.h"
#include "shared/model/channel.h"
#include "shared/model/customer.h"
#include "shared/model/event.h"
#include "shared/model/group.h"
#include "shared/model/message.h"
#include "shared/model/offer.h"
#include "shared/model/phone.h"
#include "shared/model/session.h"

#include <optional>
#include <string>
#include <vector>

namespace cb::model {

/// A phone call as an agent's workbench shows it.
struct CallView {
    CallDirection direction = CallDirection::In;
    std::string number; ///< the other party's, E.164 where it could be read so; empty = withheld
    std::string line;   ///< ours
    base::TimePoint startedAt{};
    base::TimePoint connectedAt{}; ///< epoch 0: the far end has not answered yet
    bool held = false;
    bool recorded = false; ///< is being recorded now
    bool early = false;    ///< the far end sends sound before it answers
    std::string cause;     ///< once it is over: as Call::cause

    bool operator==(const CallView&) const = default;
};

/// A number of ours that agents may call out from.
struct LineView {
    ChannelId channel;
    std::string number; ///< E.164

    bool operator==(const LineView&) const = default;
};

/// A session as an agent's workbench shows it: everything the list row, the offer card and the customer panel need at
/// once.
struct SessionView {
    Session session; ///< flowState is always empty here
    std::string channelName;
    ChannelKind channelKind = ChannelKind::Website;
    std::string customerName;
    std::string customerNotes;
    std::string customerLocale;
    std::string externalId; ///< the customer's OpenID or phone number; empty where the channel tells none (tellsWho)
    std::string pageUrl;    ///< where the visitor is, as the browser said
    std::string groupName;
    std::string lastAgentName; ///< who had it before, on a transfer
    std::string lastAgentStaffNo;
    std::string transferNote;       ///< what they wrote for whoever takes over; until somebody has
    base::TimePoint waitingSince{}; ///< in a queue or ringing: since it left the flow or the agent before; else 0
    std::string preview;            ///< the newest message, ≤ 80 characters
    Side previewSide = Side::Customer;
    MessageKind previewKind = MessageKind::Text; ///< of a picture or file the preview is its name
    base::TimePoint previewAt{};
    base::TimePoint customerWaitsSince{}; ///< oldest customer message nobody has answered; epoch 0 = none
    int unread = 0;                       ///< customer messages after agentRead
    bool customerOnline = true;
    std::optional<CallView> call; ///< of mode Phone only

    bool operator==(const SessionView&) const = default;
};

/// A ringing offer at one agent.
struct OfferView {
    OfferId offer;
    base::TimePoint at{};
    base::TimePoint expiresAt{}; ///< epoch 0 = rings until the customer leaves
    SessionView session;

    bool operator==(const OfferView&) const = default;
};

/// A session as its customer sees it.
struct VisitorView {
    SessionId session;
    SessionState state = SessionState::Flow; ///< Offered is shown as Queued
    Mode mode = Mode::Chat;
    int ahead = -1;        ///< customers ahead in the queue; -1 = not queued
    std::string agentName; ///< nickname, or name; empty while nobody serves
    std::string agentStaffNo;
    std::optional<ReturnReason> returned; ///< an agent has served it and it waits again: why
    bool direct = false;                  ///< waits for one particular agent
    EndReason endReason = EndReason::None;
    Seq lastSeq = 0;
    Seq agentDelivered = 0; ///< newest customer message the agent's program has
    Seq agentRead = 0;
    Seq customerRead = 0;

    bool operator==(const VisitorView&) const = default;
};

/// Live figures of a skill group.
struct GroupView {
    Group group;
    int waiting = 0;
    int online = 0;      ///< members who are idle, busy, in wrap-up, or within the disconnect grace
    int free = 0;        ///< members who could be offered a session now
    bool member = false; ///< of the agent it is shown to

    bool operator==(const GroupView&) const = default;
};

/// A colleague, for transfers.
struct ColleagueView {
    AgentId agent;
    std::string name;
    std::string staffNo;
    AgentStatus status = AgentStatus::Offline;
    std::vector<GroupId> groups;

    bool operator==(const ColleagueView&) const = default;
};

} // namespace cb::model
