#pragma once

#include "shared/base/clock.h"
#include "shared/model/agent.h"
#include "shared/model/group.h"
#include "shared/model/instance.h"

#include <variant>
#include <vector>

/// What the router is told. Each is a plain fact or a request; requests that are not possible are answered with
/// decision::Refused. Unknown ids never do harm.
namespace cb::routing::event {

using base::Millis;
using base::TimePoint;
using model::AgentId;
using model::GroupId;
using model::OfferId;
using model::SessionId;

// ---- configuration (admin work: may look at every member of a group) ----

struct GroupAdded {
    model::Group group;
};
/// Name or limit; the mode of a group is fixed (`wrong_mode`).
struct GroupChanged {
    model::Group group;
};
/// Refused (`group_in_use`) while a session waits in, rings for or is served in the group. Members lose the membership.
struct GroupRemoved {
    GroupId group;
};
/// A new agent, offline. Unknown groups are ignored.
struct AgentAdded {
    AgentId agent;
    std::vector<GroupId> groups;
};
/// Their offer and chats return to the head of the queue, chats in wrap-up are completed, a call finishes: the router
/// forgets the agent when it is over.
struct AgentRemoved {
    AgentId agent;
};
/// The complete new list. For each group left: offer and open chats return to the head of its queue, a call finishes.
struct MembershipChanged {
    AgentId agent;
    std::vector<GroupId> groups;
};
/// Ringing offers and running timers keep the times they started with.
struct SettingsChanged {
    model::InstanceSettings settings;
};
/// Midnight of the instance: calls answered today start at 0.
struct DayStarted {};

// ---- agents ----

/// 现在上线: Offline → Idle. Implies AgentConnected. No effect on the status of somebody who is not offline.
struct AgentOnline {
    AgentId agent;
};
/// Idle ends a break and takes back a pending break or sign-out; Break and Offline wait for the agent's work to end
/// (pending) and stop offers at once. Other values are refused (`bad_status`).
struct AgentSetStatus {
    AgentId agent;
    model::AgentStatus status = model::AgentStatus::Idle;
};
/// The workbench's connection is there (again): ends the grace. Does not take an offline agent online.
struct AgentConnected {
    AgentId agent;
};
/// Offer lost at once; everything else after kGrace unless the agent's media is live.
struct AgentDisconnected {
    AgentId agent;
};
/// Media of the agent's call flows or has stopped. It counts as presence and is off by itself when the call ends.
struct MediaLive {
    AgentId agent;
    bool live = false;
};
/// An outbound call makes the agent busy. Refused unless idle or busy with chats only, with nothing ringing.
struct DialOutStarted {
    AgentId agent;
};
/// Then as after any phone call: busy until Continue, wrap-up, or recovery time.
struct DialOutEnded {
    AgentId agent;
};

// ---- sessions ----

/// The flow asks for a human. Nobody online in the group: SessionFailed at once.
struct SessionEnqueue {
    SessionId session;
    GroupId group;
    model::Mode mode = model::Mode::Chat;
    AgentId lastAgent;       ///< who served this customer last; 0 = nobody
    AgentId directAgent;     ///< for this agent only; 0 = any. Not possible → TransferFailed, then any of the group
    Millis longestWait{0};   ///< 0 = none
    TimePoint waitingFrom{}; ///< FIFO key; epoch = now
};
/// The customer is gone, wherever the session is: out of queue or offer → Cancelled; with an agent → WrapUpStarted.
struct SessionCancelled {
    SessionId session;
};
struct Answer {
    AgentId agent;
    OfferId offer;
};
struct Decline {
    AgentId agent;
    OfferId offer;
};
/// The agent ended the session: wrap-up. For a phone call the same as CallEnded.
struct AgentEndedSession {
    AgentId agent;
    SessionId session;
};
/// The wrap-up form was sent (any mode).
struct SessionCompleted {
    AgentId agent;
    SessionId session;
};
/// A call is over, whoever hung up. In queue or ringing: the same as SessionCancelled.
struct CallEnded {
    SessionId session;
};
/// 继续接听: after a call → idle.
struct Continue {
    AgentId agent;
};
/// 话后整理: after a call, busy → wrap-up until EndWrapUp; recovery no longer counts.
struct EnterWrapUp {
    AgentId agent;
};
struct EndWrapUp {
    AgentId agent;
};
/// `agent` gives their open session to another group of the same mode: it joins that queue's tail. The agent is offered
/// it again only when every other online member has had it. Nobody else online there → Refused `nobody_online`; the
/// session stays.
struct TransferToGroup {
    AgentId agent;
    SessionId session;
    GroupId group;
    Millis longestWait{0}; ///< 0 = none
};
/// `agent` gives their open session to `to`, who must be online and have a group of this mode. Waits for them while
/// they cannot take more. When they decline, let it ring out or leave, TransferFailed is reported and the session goes
/// on waiting in `group` for any member, with the waiting time since the transfer as its key.
struct TransferToAgent {
    AgentId agent;
    SessionId session;
    AgentId to;
    GroupId group;         ///< 0 = the session's group when `to` is a member, else their first group of the mode
    Millis longestWait{0}; ///< 0 = none
};

/// Nothing but time. Every event first does what has become due by its `now`, so ticks may be late without changing the
/// rules.
struct Tick {};

} // namespace cb::routing::event

namespace cb::routing {

using Event = std::variant<event::GroupAdded, event::GroupChanged, event::GroupRemoved, event::AgentAdded,
                           event::AgentRemoved, event::MembershipChanged, event::SettingsChanged, event::DayStarted,
                           event::AgentOnline, event::AgentSetStatus, event::AgentConnected, event::AgentDisconnected,
                           event::MediaLive, event::DialOutStarted, event::DialOutEnded, event::SessionEnqueue,
                           event::SessionCancelled, event::Answer, event::Decline, event::AgentEndedSession,
                           event::SessionCompleted, event::CallEnded, event::Continue, event::EnterWrapUp,
                           event::EndWrapUp, event::TransferToGroup, event::TransferToAgent, event::Tick>;

} // namespace cb::routing
