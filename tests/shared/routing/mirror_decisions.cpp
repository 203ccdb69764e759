#include "tests/shared/routing/mirror.h"

#include <algorithm>

namespace cb::test::routing {

namespace {

std::string text(const char* what, model::SessionId id) {
    return std::string(what) + " session " + std::to_string(id.value);
}

} // namespace

void Mirror::take(const Decision& decision, TimePoint now) {
    std::visit([&](const auto& d) { on(d, now); }, decision);
}

Mirror::Session* Mirror::find(model::SessionId id, SessionState place, const char* what) {
    const auto it = sessions.find(id.value);
    if (it == sessions.end() || it->second.place != place) {
        fail(text("one place: wrong place for", id) + " at " + what);
        return nullptr;
    }
    return &it->second;
}

void Mirror::leaveAgent(D id, TimePoint now) {
    Agent& agent = agents.at(id);
    agent.idleSince = now;
}

void Mirror::on(const decision::Queued& d, TimePoint) {
    const Session* s = find(d.session, SessionState::Queued, "Queued");
    if (s == nullptr)
        return;
    if (d.waitingFrom != s->from || d.transferTo.value != s->transferTo || d.group.value != s->group)
        fail(text("Queued with other facts,", d.session));
}

void Mirror::on(const decision::Offered& d, TimePoint now) {
    Session* s = find(d.offer.session, SessionState::Queued, "Offered");
    const D a = d.offer.agent.value;
    if (s == nullptr)
        return;
    if (ringingAt(a) != 0)
        return fail("two offers ring at agent " + std::to_string(a));
    if (!eligible(a, *s))
        return fail(text("offered to an agent who is not eligible:", d.offer.session));
    checkChoice(d, *s);
    checkReasons(d, *s);
    const std::map<Mode, std::pair<bool, int>> limits{
        {Mode::Chat, {settings.chatAnswerTimeout, settings.chatAnswerSeconds}},
        {Mode::AllMedia, {settings.allMediaAnswerTimeout, settings.allMediaAnswerSeconds}},
        {Mode::Phone, {settings.phoneAnswerTimeout, settings.phoneAnswerSeconds}}};
    const auto [limited, seconds] = limits.at(s->mode);
    if (d.offer.expiresAt != (limited ? now + base::Seconds{seconds} : kNever) || d.offer.at != now ||
        d.waitingFrom != s->from)
        fail(text("offer with wrong times,", d.offer.session));
    s->place = SessionState::Offered;
    s->agent = a;
    s->offer = d.offer.id;
    s->deadline = d.offer.expiresAt;
}

/// The oldest session this agent may take, and the best agent for it.
void Mirror::checkChoice(const decision::Offered& d, const Session& session) {
    const D a = d.offer.agent.value;
    for (const auto& [id, other] : sessions)
        if (other.place == SessionState::Queued && waitsBefore(other, session) && eligible(a, other))
            fail(text("FIFO: before it waits", model::SessionId{id}));
    if (session.transferTo != 0)
        return;
    const bool lastFirst = session.mode == Mode::Phone && settings.phoneLastAgentFirst;
    const auto last = agents.find(session.lastAgent);
    const bool lastCan = lastFirst && last != agents.end() && eligible(session.lastAgent, session);
    if (lastCan && a != session.lastAgent)
        return fail(text("last agent first: not offered,", d.offer.session));
    if (lastCan)
        return;
    for (const auto& [id, agent] : agents)
        if (id != a && eligible(id, session) && ranksBefore(id, a, session))
            fail(text("selection: a better agent for", d.offer.session));
}

void Mirror::checkReasons(const decision::Offered& d, const Session& session) {
    const auto& list = d.offer.candidates;
    if (list.empty() || list.front().agent != d.offer.agent || list.front().skipped != model::SkipReason::None)
        return fail(text("reasons: chosen one is not first,", d.offer.session));
    if (list.size() > static_cast<std::size_t>(model::kMaxCandidates))
        fail(text("reasons: too many,", d.offer.session));
    if (session.transferTo != 0) {
        if (d.offer.rule != model::OfferRule::Direct)
            fail(text("reasons: direct,", d.offer.session));
        return;
    }
    std::set<D> seen;
    for (const auto& c : list) {
        const bool member = agents.contains(c.agent.value) && agents.at(c.agent.value).groups.contains(session.group);
        if (!member || !seen.insert(c.agent.value).second)
            return fail(text("reasons: not a member or twice,", d.offer.session));
        if ((c.skipped == model::SkipReason::None) != eligible(c.agent.value, session))
            fail(text("reasons: skip reason,", d.offer.session) + " agent " + std::to_string(c.agent.value));
        if (c.load != load(c.agent.value) || c.callsToday != agents.at(c.agent.value).calls)
            fail(text("reasons: facts,", d.offer.session));
    }
    const auto members =
        std::ranges::count_if(agents, [&](const auto& e) { return e.second.groups.contains(session.group); });
    if (d.offer.candidatesTotal != members ||
        (members <= model::kMaxCandidates && static_cast<long>(seen.size()) != members))
        fail(text("reasons: not everybody,", d.offer.session));
}

void Mirror::on(const decision::OfferClosed& d, TimePoint now) {
    Session* s = find(d.session, SessionState::Offered, "OfferClosed");
    if (s == nullptr)
        return;
    if (s->offer != d.offer || s->agent != d.agent.value)
        return fail(text("another offer closed,", d.session));
    if (d.outcome == model::OfferOutcome::Declined)
        s->declined.insert(s->agent);
    if (d.outcome == model::OfferOutcome::TimedOut) {
        if (s->deadline == kNever || s->deadline > now)
            fail(text("timed out early,", d.session));
        s->had.insert(s->agent);
        agents.at(s->agent).base = AgentStatus::Break;
    }
    s->deadline = kNever;
    s->offer = {};
    s->place = SessionState::Flow; // for the moment until the next decision says
}

void Mirror::on(const decision::Assigned& d, TimePoint now) {
    Session* s = find(d.session, SessionState::Flow, "Assigned");
    if (s == nullptr)
        return;
    if (s->agent != d.agent.value)
        fail(text("assigned to somebody else,", d.session));
    s->place = SessionState::Open;
    s->declined.clear();
    s->had.clear();
    s->clearAt = s->waitEnd = kNever;
    s->transferTo = 0;
    agents.at(s->agent).idleSince = now;
    agents.at(s->agent).calls += s->mode == Mode::Phone ? 1 : 0;
}

void Mirror::on(const decision::Returned& d, TimePoint now) {
    Session* s = find(d.session, d.wasOpen ? SessionState::Open : SessionState::Flow, "Returned");
    if (s == nullptr)
        return;
    if (d.waitingFrom != s->from || d.group.value != s->group || s->transferTo != 0)
        fail(text("head of the queue: place not kept,", d.session));
    s->place = SessionState::Queued;
    if (d.wasOpen) {
        Agent& agent = agents.at(s->agent);
        agent.idleSince = now;
        agent.media = agent.media && !isExclusive(s->mode);
        s->lastAgent = s->agent;
        s->waitEnd = s->longestWait > Millis{0} ? now + s->longestWait : kNever;
    }
    s->agent = 0;
    s->enteredAt = now;
}

void Mirror::on(const decision::Transferred& d, TimePoint now) {
    Session* s = find(d.session, SessionState::Open, "Transferred");
    if (s == nullptr)
        return;
    Agent& agent = agents.at(s->agent);
    agent.idleSince = now;
    s->place = SessionState::Queued;
    s->group = d.group.value;
    s->transferTo = d.to.value;
    s->lastAgent = s->agent;
    s->declined.clear();
    s->had = {s->agent};
    s->agent = 0;
    s->from = s->enteredAt = now;
    s->order = ++m_order;
    s->longestWait = m_transferWait;
    s->waitEnd = m_transferWait > Millis{0} ? now + m_transferWait : kNever;
    if (isExclusive(s->mode))
        agent.media = false;
    if (s->mode == Mode::Phone)
        startAfterCall(agent, 1, true, now);
    startGrace(d.from.value, now);
}

void Mirror::on(const decision::TransferFailed& d, TimePoint) {
    const auto it = sessions.find(d.session.value);
    if (it == sessions.end() || it->second.transferTo != d.to.value)
        return fail(text("transfer failed for another,", d.session));
    it->second.transferTo = 0;
}

void Mirror::on(const decision::WrapUpStarted& d, TimePoint now) {
    Session* s = find(d.session, SessionState::Open, "WrapUpStarted");
    if (s == nullptr)
        return;
    s->place = SessionState::WrapUp;
    s->group = 0;
    s->deadline = d.completesAt;
    Agent& agent = agents.at(s->agent);
    if (isExclusive(s->mode))
        startAfterCall(agent, s->mode == Mode::Phone ? 1 : 2, s->mode == Mode::Phone, now);
    const bool phone = s->mode == Mode::Phone;
    const TimePoint byItself = settings.wrapUpSeconds > 0 ? now + base::Seconds{settings.wrapUpSeconds} : kNever;
    if (!agent.removed && d.completesAt != (phone ? agent.recoveryAt : byItself))
        fail(text("wrap-up with a wrong time,", d.session));
    if (!agent.removed)
        startGrace(s->agent, now);
}

void Mirror::on(const decision::Completed& d, TimePoint now) {
    Session* s = find(d.session, SessionState::WrapUp, "Completed");
    if (s == nullptr)
        return;
    Agent& agent = agents.at(s->agent);
    agent.idleSince = now;
    if (isExclusive(s->mode))
        agent.afterCall = 0;
    sessions.erase(d.session.value);
}

void Mirror::on(const decision::Cancelled& d, TimePoint) {
    const auto it = sessions.find(d.session.value);
    if (it == sessions.end() || (it->second.place != SessionState::Queued && it->second.place != SessionState::Flow))
        return fail(text("cancelled from a wrong place,", d.session));
    sessions.erase(it);
}

void Mirror::on(const decision::SessionFailed& d, TimePoint now) {
    if (d.session.value == m_enqueued && m_enqueueFails) {
        m_enqueued = 0;
        return;
    }
    const Session* s = find(d.session, SessionState::Queued, "SessionFailed");
    if (s == nullptr)
        return;
    const Group& group = groups.at(s->group);
    const bool longEnough = std::max(s->enteredAt, group.emptySince) + kNobodyOnline <= now;
    if (d.reason == decision::FailReason::NobodyOnline && (online(s->group) > 0 || !longEnough))
        fail(text("failed though somebody is online,", d.session));
    if (d.reason == decision::FailReason::LongestWait && (s->waitEnd == kNever || s->waitEnd > now))
        fail(text("failed before its longest wait,", d.session));
    sessions.erase(d.session.value);
}

void Mirror::on(const decision::StatusChanged& d, TimePoint now) {
    const auto it = agents.find(d.agent.value);
    if (it == agents.end())
        return fail("status of an unknown agent");
    settlePending(d.agent.value, now);
    const bool callEnded = d.status == AgentStatus::Busy && d.reason == model::StatusReason::CallEnded;
    if (it->second.told == d.status && it->second.toldPending == d.pending && !callEnded)
        fail("a status told twice to agent " + std::to_string(d.agent.value));
    it->second.told = d.status;
    it->second.toldPending = d.pending;
}

void Mirror::on(const decision::AgentForgotten& d, TimePoint) {
    const auto it = agents.find(d.agent.value);
    if (it == agents.end() || !it->second.removed || hasWork(d.agent.value))
        return fail("forgot an agent with work");
    agents.erase(it);
}

} // namespace cb::test::routing
