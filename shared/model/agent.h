#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <string>
#include <vector>

namespace cb::model {

enum class Role { Agent, Admin };

/// What the workbench shows (spec 3.2). Busy is derived: no group of theirs may offer another session.
enum class AgentStatus { Offline, Idle, Busy, WrapUp, Break };

/// Why a status is what it is, shown to the agent and kept in the event table.
enum class StatusReason {
    Chosen,       ///< the agent asked for it
    Load,         ///< Idle ⇄ Busy by load
    RingTimeout,  ///< an offer rang out: taken to be away
    CallEnded,    ///< hang-up → busy or wrap-up
    Recovered,    ///< status recovery time over
    Disconnected, ///< grace over
    TakenOver,    ///< signed in elsewhere
    Deleted,      ///< by an admin
};

/// An agent（坐席）; admins are agents with more rights. Credentials live in server/auth.
struct Agent {
    AgentId id;
    InstanceId instance;
    std::string name;
    std::string nickname; ///< shown to customers; empty: the name is used
    std::string email;    ///< unique per instance, fixed
    std::string staffNo;  ///< text: leading zeros count
    std::string mobile;
    Role role = Role::Agent;
    std::vector<GroupId> groups;
    bool deleted = false; ///< e-mail and staff number stay reserved
    base::TimePoint createdAt{};

    bool operator==(const Agent&) const = default;
};

/// What the agent's routing state is, kept so that a restart finds it.
struct Presence {
    AgentId agent;
    InstanceId instance;
    AgentStatus status = AgentStatus::Offline;  ///< Busy is stored as Idle; it is derived again
    AgentStatus pending = AgentStatus::Offline; ///< Break or Offline asked for with sessions open
    bool hasPending = false;
    StatusReason reason = StatusReason::Chosen;
    base::TimePoint since{};     ///< when this status began
    base::TimePoint idleSince{}; ///< for longest idle
    int callsToday = 0;          ///< phone calls answered since midnight of the instance

    bool operator==(const Presence&) const = default;
};

/// A canned text（快捷回复）.
struct QuickReply {
    QuickReplyId id;
    InstanceId instance;
    std::string title; ///< what is typed after "/"
    std::string text;

    bool operator==(const QuickReply&) const = default;
};

} // namespace cb::model
