#include "shared/model/names.h"
#include "tests/shared/routing/steps.h"

#include <sstream>

namespace cb::test::routing {

namespace {

std::string num(std::int64_t value) {
    return std::to_string(value);
}
template <class Tag>
std::string num(base::Id<Tag> id) {
    return std::to_string(id.value);
}

std::string list(const std::vector<model::GroupId>& groups) {
    std::string text = "{";
    for (const model::GroupId g : groups)
        text += (text.size() > 1 ? ", GroupId{" : "GroupId{") + num(g) + "}";
    return text + "}";
}

std::string agent(model::AgentId id) {
    return "AgentId{" + num(id) + "}";
}
std::string session(model::SessionId id) {
    return "SessionId{" + num(id) + "}";
}
std::string group(model::GroupId id) {
    return "GroupId{" + num(id) + "}";
}
std::string millis(Millis m) {
    return "Millis{" + num(m.count()) + "}";
}
std::string mode(Mode m) {
    return m == Mode::Chat ? "Mode::Chat" : m == Mode::Phone ? "Mode::Phone" : "Mode::AllMedia";
}
std::string status(AgentStatus s) {
    return s == AgentStatus::Idle    ? "AgentStatus::Idle"
           : s == AgentStatus::Break ? "AgentStatus::Break"
                                     : "AgentStatus::Offline";
}

std::string describeSettings(const model::InstanceSettings& s) {
    std::ostringstream out;
    out << std::boolalpha << "{.chatAnswerTimeout = " << s.chatAnswerTimeout
        << ", .chatAnswerSeconds = " << s.chatAnswerSeconds << ", .allMediaAnswerTimeout = " << s.allMediaAnswerTimeout
        << ", .allMediaAnswerSeconds = " << s.allMediaAnswerSeconds
        << ", .phoneAnswerTimeout = " << s.phoneAnswerTimeout << ", .phoneAnswerSeconds = " << s.phoneAnswerSeconds
        << ", .phoneRecovery = " << s.phoneRecovery << ", .phoneRecoverySeconds = " << s.phoneRecoverySeconds
        << ", .phoneFewestCalls = " << s.phoneFewestCalls << ", .phoneLastAgentFirst = " << s.phoneLastAgentFirst
        << ", .blending = " << s.blending << ", .wrapUpSeconds = " << s.wrapUpSeconds << "}";
    return out.str();
}

std::string describeGroup(const model::Group& g) {
    return "{.id = " + group(g.id) + ", .mode = " + mode(g.mode) + ", .limit = " + num(g.limit) + "}";
}

std::string describeEnqueue(const event::SessionEnqueue& e) {
    return "event::SessionEnqueue{" + session(e.session) + ", " + group(e.group) + ", " + mode(e.mode) + ", " +
           agent(e.lastAgent) + ", " + agent(e.directAgent) + ", " + millis(e.longestWait) + "}";
}

/// Events whose text is their name and ids.
struct Text {
    std::string operator()(const event::GroupAdded& e) const {
        return "event::GroupAdded{" + describeGroup(e.group) + "}";
    }
    std::string operator()(const event::GroupChanged& e) const {
        return "event::GroupChanged{" + describeGroup(e.group) + "}";
    }
    std::string operator()(const event::GroupRemoved& e) const { return "event::GroupRemoved{" + group(e.group) + "}"; }
    std::string operator()(const event::AgentAdded& e) const {
        return "event::AgentAdded{" + agent(e.agent) + ", " + list(e.groups) + "}";
    }
    std::string operator()(const event::AgentRemoved& e) const { return "event::AgentRemoved{" + agent(e.agent) + "}"; }
    std::string operator()(const event::MembershipChanged& e) const {
        return "event::MembershipChanged{" + agent(e.agent) + ", " + list(e.groups) + "}";
    }
    std::string operator()(const event::SettingsChanged& e) const {
        return "event::SettingsChanged{" + describeSettings(e.settings) + "}";
    }
    std::string operator()(const event::DayStarted&) const { return "event::DayStarted{}"; }
    std::string operator()(const event::AgentOnline& e) const { return "event::AgentOnline{" + agent(e.agent) + "}"; }
    std::string operator()(const event::AgentSetStatus& e) const {
        return "event::AgentSetStatus{" + agent(e.agent) + ", " + status(e.status) + "}";
    }
    std::string operator()(const event::AgentConnected& e) const {
        return "event::AgentConnected{" + agent(e.agent) + "}";
    }
    std::string operator()(const event::AgentDisconnected& e) const {
        return "event::AgentDisconnected{" + agent(e.agent) + "}";
    }
    std::string operator()(const event::MediaLive& e) const {
        return "event::MediaLive{" + agent(e.agent) + (e.live ? ", true}" : ", false}");
    }
    std::string operator()(const event::DialOutStarted& e) const {
        return "event::DialOutStarted{" + agent(e.agent) + "}";
    }
    std::string operator()(const event::DialOutEnded& e) const { return "event::DialOutEnded{" + agent(e.agent) + "}"; }
    std::string operator()(const event::SessionEnqueue& e) const { return describeEnqueue(e); }
    std::string operator()(const event::SessionCancelled& e) const {
        return "event::SessionCancelled{" + session(e.session) + "}";
    }
    std::string operator()(const event::Answer& e) const { return "event::Answer{" + agent(e.agent) + ", {}}"; }
    std::string operator()(const event::Decline& e) const { return "event::Decline{" + agent(e.agent) + ", {}}"; }
    std::string operator()(const event::AgentEndedSession& e) const {
        return "event::AgentEndedSession{" + agent(e.agent) + ", " + session(e.session) + "}";
    }
    std::string operator()(const event::SessionCompleted& e) const {
        return "event::SessionCompleted{" + agent(e.agent) + ", " + session(e.session) + "}";
    }
    std::string operator()(const event::CallEnded& e) const { return "event::CallEnded{" + session(e.session) + "}"; }
    std::string operator()(const event::Continue& e) const { return "event::Continue{" + agent(e.agent) + "}"; }
    std::string operator()(const event::EnterWrapUp& e) const { return "event::EnterWrapUp{" + agent(e.agent) + "}"; }
    std::string operator()(const event::EndWrapUp& e) const { return "event::EndWrapUp{" + agent(e.agent) + "}"; }
    std::string operator()(const event::TransferToGroup& e) const {
        return "event::TransferToGroup{" + agent(e.agent) + ", " + session(e.session) + ", " + group(e.group) + ", " +
               millis(e.longestWait) + "}";
    }
    std::string operator()(const event::TransferToAgent& e) const {
        return "event::TransferToAgent{" + agent(e.agent) + ", " + session(e.session) + ", " + agent(e.to) + ", " +
               group(e.group) + ", " + millis(e.longestWait) + "}";
    }
    std::string operator()(const event::Tick&) const { return "event::Tick{}"; }
};

/// Everything a decision says, so that two runs can be compared.
struct DecisionText {
    std::string operator()(const decision::Queued& d) const {
        return "Queued " + num(d.session) + " g" + num(d.group) + " to" + num(d.transferTo) + " no" + num(d.waitNo);
    }
    std::string operator()(const decision::Offered& d) const {
        std::string text = "Offered " + num(d.offer.session) + " a" + num(d.offer.agent) + " o" + num(d.offer.id) +
                           " until " + num(base::toUnixMillis(d.offer.expiresAt)) + " by " +
                           std::string(name(d.offer.rule));
        for (const auto& c : d.offer.candidates)
            text += " [" + num(c.agent) + " load " + num(std::int64_t{c.load}) + " idle " + num(c.idleMillis) + " " +
                    std::string(name(c.skipped)) + "]";
        return text;
    }
    std::string operator()(const decision::OfferClosed& d) const {
        return "OfferClosed " + num(d.session) + " a" + num(d.agent) + " " + std::string(name(d.outcome));
    }
    std::string operator()(const decision::Assigned& d) const {
        return "Assigned " + num(d.session) + " a" + num(d.agent);
    }
    std::string operator()(const decision::Returned& d) const {
        return "Returned " + num(d.session) + " a" + num(d.agent) + " why " + num(static_cast<std::int64_t>(d.reason)) +
               " no" + num(std::int64_t{d.waitNo});
    }
    std::string operator()(const decision::Transferred& d) const {
        return "Transferred " + num(d.session) + " g" + num(d.group) + " a" + num(d.to);
    }
    std::string operator()(const decision::TransferFailed& d) const { return "TransferFailed " + num(d.session); }
    std::string operator()(const decision::WrapUpStarted& d) const { return "WrapUpStarted " + num(d.session); }
    std::string operator()(const decision::Completed& d) const {
        return "Completed " + num(d.session) + (d.automatic ? " by itself" : "");
    }
    std::string operator()(const decision::Cancelled& d) const { return "Cancelled " + num(d.session); }
    std::string operator()(const decision::SessionFailed& d) const {
        return "SessionFailed " + num(d.session) +
               (d.reason == decision::FailReason::NobodyOnline ? " nobody" : " too long");
    }
    std::string operator()(const decision::StatusChanged& d) const {
        return "StatusChanged a" + num(d.agent) + " " + std::string(name(d.status)) + " " +
               std::string(name(d.reason)) + (d.pending ? " pending " + std::string(name(*d.pending)) : "");
    }
    std::string operator()(const decision::AgentForgotten& d) const { return "AgentForgotten a" + num(d.agent); }
    std::string operator()(const decision::Refused& d) const { return "Refused " + std::string(d.code); }
};

} // namespace

std::string describe(const Event& event) {
    return std::visit(Text{}, event);
}
std::string describe(const Decision& decision) {
    return std::visit(DecisionText{}, decision);
}

std::string describe(const std::vector<Step>& steps) {
    std::string text;
    for (const Step& step : steps)
        text += "    {Millis{" + num(step.after.count()) + "}, " + describe(step.event) + "},\n";
    return text;
}

} // namespace cb::test::routing
