#include "server/desk/centre.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

using model::SessionState;

/// From a snapshot of the disk. Nobody is connected yet; graces and timers start anew (spec 6), offers that rang return
/// to the head of their queue.
Centre::Centre(Services& services, Recovered recovered, Turn& turn)
    : m_services(services)
    , m_instance(recovered.instance)
    , m_zone(std::move(recovered.zone))
    , m_lastSeq(recovered.newestSeq) {
    m_day.begin(m_zone, turn.now);
    for (const store::SessionTimes& session : recovered.completed)
        m_day.add(session);
    takeDirectory(recovered);
    endLostCalls(recovered, turn);
    takeSessions(recovered, turn.now);
    takeMessages(recovered);
    routing::Snapshot snapshot;
    snapshot.settings = m_instance.settings;
    snapshot.groups = recovered.groups;
    for (const model::Agent& agent : recovered.agents)
        if (!agent.deleted)
            snapshot.agents.push_back(agent);
    forgetOldCalls(recovered, turn.now);
    snapshot.presences = recovered.presences;
    std::vector<model::SessionId> unreadable;
    resumeFlows(recovered, snapshot, unreadable, turn.now);
    routing::Decisions decisions;
    m_router.emplace(snapshot, turn.now, decisions);
    decide(decisions, turn);
    for (const model::SessionId id : unreadable)
        if (LiveSession* session = find(id); session != nullptr)
            finish(*session, model::EndReason::Failed, turn);
    drain(turn);
    // Now that everything is in its place: visitors have the usual time to come back.
    for (auto& [id, session] : m_sessions)
        if (session.call == nullptr &&
            (session.row.state == SessionState::Flow || session.row.state == SessionState::Queued))
            m_services.deadlines.arm(session.customer->gone, turn.now + m_services.options.visitorGone,
                                     Deadlines::Kind::VisitorGone, m_instance.id, session.customer->row.id.value);
    armDay(turn.now);
    figuresMoved(turn);
}

Centre::~Centre() {
    for (auto& [id, session] : m_sessions)
        if (session.hasFlow)
            m_services.flows.forget(id);
    m_services.openSessions -= m_sessions.size();
}

void Centre::takeDirectory(Recovered& recovered) {
    for (const model::Group& row : recovered.groups)
        m_groups[row.id].row = row;
    for (const model::Agent& row : recovered.agents) {
        LiveAgent& agent = m_agents[row.id];
        agent.row = row;
        agent.stored.agent = row.id;
        agent.stored.instance = m_instance.id;
    }
    for (const model::Presence& row : recovered.presences)
        if (LiveAgent* agent = find(row.agent); agent != nullptr)
            agent->stored = row;
    for (model::Channel& row : recovered.channels)
        m_channels[row.id] = std::move(row);
    for (model::PhoneNumber& row : recovered.numbers)
        if (!row.released)
            m_numbers[row.channel] = std::move(row);
    for (const store::FlowRow& row : recovered.flows)
        apply(row);
}

void Centre::takeSessions(Recovered& recovered, Time now) {
    for (model::Customer& row : recovered.customers)
        adopt(std::move(row), true);
    for (model::Session& row : recovered.sessions) {
        const auto customer = m_customers.find(row.customer);
        if (customer == m_customers.end() || row.state == SessionState::Completed)
            continue;
        LiveSession& session = m_sessions[row.id];
        session.row = std::move(row);
        session.customer = &customer->second;
        countInDay(session);
        ++session.customer->sessions;
        ++m_services.openSessions;
        if (session.row.mode == model::Mode::Phone)
            takeCall(session, recovered);
        else if (!isEnded(session.row.state))
            session.customer->open = session.row.id;
        // Why somebody who was served waits again is not stored, nor since when; a transfer to one agent shows.
        session.waitingSince = session.row.lastAgent ? now : session.row.queuedAt;
        if (session.row.lastAgent && session.row.state != SessionState::Flow)
            session.returned =
                session.row.transferTo ? model::ReturnReason::Transferred : model::ReturnReason::ServerRestarted;
        placeSession(session);
    }
    for (model::Offer& row : recovered.ringing)
        if (LiveSession* session = find(row.session); session != nullptr)
            session->offer = std::make_unique<model::Offer>(std::move(row));
}

void Centre::takeMessages(const Recovered& recovered) {
    for (const store::KnownUuid& known : recovered.uuids)
        if (LiveSession* session = find(known.session); session != nullptr)
            session->uuids.insert({known.uuid, known.seq, known.at, known.byCustomer});
    for (const store::Digest& digest : recovered.digests) {
        LiveSession* session = find(digest.session);
        if (session == nullptr || digest.lastSeq == 0)
            continue;
        session->preview = digest.text;
        session->previewSide = digest.side;
        session->previewKind = digest.kind;
        session->previewAt = digest.at;
        session->customerWaitsSince = digest.customerWaitsSince;
    }
    for (auto& [id, session] : m_sessions) {
        if (!isEnded(session.row.state))
            continue;
        for (const UuidTable::Entry& entry : session.uuids.newest(LiveCustomer::kMaxPast))
            session.customer->past.push_back(PastMessage{entry.uuid, entry.seq, entry.at, id});
    }
}

/// A session whose version cannot be read goes on without its flow where an agent or a queue has it, and ends as failed
/// where the flow has it.
void Centre::resumeFlows(const Recovered& recovered, routing::Snapshot& snapshot,
                         std::vector<model::SessionId>& unreadable, Time now) {
    for (const store::FlowRow& row : recovered.versions)
        (void)m_services.flows.prepare(row); // an unreadable one shows when a session wants it
    for (auto& [id, session] : m_sessions) {
        routing::RecoveredSession place;
        if (!isEnded(session.row.state)) {
            const auto resumed =
                m_services.flows.resume(id, session.row.flow, session.row.flowVersion, session.row.flowState);
            session.hasFlow = resumed.has_value();
            if (resumed)
                std::string().swap(session.row.flowState);
            if (resumed && resumed->timer)
                m_services.deadlines.arm(session.flowTimer, now + *resumed->timer, Deadlines::Kind::Flow, m_instance.id,
                                         id.value);
            if (resumed)
                place.longestWait = session.longestWait = resumed->longestWait;
            else if (session.row.state == SessionState::Flow)
                unreadable.push_back(id);
        }
        place.session = session.row;
        if (session.row.state != SessionState::Flow)
            snapshot.sessions.push_back(std::move(place));
    }
    std::sort(unreadable.begin(), unreadable.end()); // the same disk gives the same events
}

void Centre::postpone(base::Millis by, Turn& turn) {
    const auto later = [by](Time& due) {
        if (due != Time{})
            due += by;
    };
    m_router->postpone(by);
    armRouter();
    for (auto& [id, session] : m_sessions) {
        later(session.flowTimer.due);
        if (session.offer == nullptr || session.offer->expiresAt == Time{})
            continue;
        later(session.offer->expiresAt);
        turn.batch.offers.push_back(*session.offer);
        turn.touch(m_instance.id);
    }
    for (auto& [id, customer] : m_customers)
        later(customer.gone.due);
}

// ---- the instance's day
// --------------------------------------------------------------------------------------------------------------

void Centre::armDay(Time now) {
    m_services.deadlines.arm(m_dayTimer, m_zone.nextDay(now), Deadlines::Kind::Day, m_instance.id);
}

/// Calls answered today start at 0 (spec 2.3, "fewest calls answered today"), and the day's figures.
void Centre::startDay(Turn& turn) {
    route(routing::event::DayStarted{}, turn);
    for (auto& [id, agent] : m_agents)
        if (agent.stored.callsToday != 0)
            changed(agent);
    m_day.begin(m_zone, turn.now);
    overviewMoved(turn);
    armDay(turn.now);
}

/// A midnight that passed while the server was down. Whoever answered a call has had another status since.
void Centre::forgetOldCalls(Recovered& recovered, Time now) {
    for (model::Presence& row : recovered.presences) {
        LiveAgent* agent = find(row.agent);
        if (agent == nullptr || row.callsToday == 0 || m_zone.dayOf(row.since) >= m_zone.dayOf(now))
            continue;
        row.callsToday = 0;
        changed(*agent);
    }
}

void Centre::due(const Deadlines::Entry& entry, Turn& turn) {
    Deadlines& deadlines = m_services.deadlines;
    switch (entry.kind) {
    case Deadlines::Kind::Routing:
        if (deadlines.isDue(m_routerTimer, entry, turn.now))
            route(routing::event::Tick{}, turn);
        break;
    case Deadlines::Kind::Flow:
        if (LiveSession* session = find(model::SessionId{entry.owner});
            session != nullptr && deadlines.isDue(session->flowTimer, entry, turn.now))
            tellFlow(session->row.id, FlowEvent{FlowSignal::Timeout, {}, 0});
        break;
    case Deadlines::Kind::VisitorGone:
        if (const auto customer = m_customers.find(model::CustomerId{entry.owner});
            customer != m_customers.end() && deadlines.isDue(customer->second.gone, entry, turn.now))
            if (LiveSession* session = find(customer->second.open);
                session != nullptr && session->row.state != SessionState::Open)
                customerGone(*session, turn);
        break;
    case Deadlines::Kind::Figures:
        if (deadlines.isDue(m_figuresTimer, entry, turn.now))
            tellFigures(turn);
        break;
    case Deadlines::Kind::Overview:
        if (deadlines.isDue(m_overviewTimer, entry, turn.now))
            tellOverview(turn);
        break;
    case Deadlines::Kind::Day:
        if (deadlines.isDue(m_dayTimer, entry, turn.now))
            startDay(turn);
        break;
    case Deadlines::Kind::Forget:
        if (deadlines.isDue(m_forgetTimer, entry, turn.now))
            forgetIdle(turn.now);
        break;
    }
    drain(turn);
}

} // namespace cb::desk
