#include "server/desk/centre.h"

#include <algorithm>
#include <utility>

namespace cb::desk {

using model::SessionState;

namespace {

constexpr base::Millis kFiguresEvery{1'000};

std::string_view shownName(const model::Agent& agent) {
    return agent.nickname.empty() ? agent.name : agent.nickname;
}

} // namespace

std::shared_ptr<const model::Event> Centre::record(Turn& turn, model::EventKind kind, model::SessionId session,
                                                   model::AgentId agent, model::EventDetail detail) {
    auto event = std::make_shared<model::Event>();
    event->instance = m_instance.id;
    event->seq = ++m_lastSeq;
    event->at = turn.now;
    event->kind = kind;
    event->session = session;
    event->agent = agent;
    event->detail = std::move(detail);
    turn.batch.events.push_back(*event);
    turn.touch(m_instance.id);
    return event;
}

void Centre::tellAgent(Turn& turn, model::AgentId id, std::shared_ptr<const model::Event> event,
                       const LiveSession* view) {
    const LiveAgent* agent = find(id);
    if (agent == nullptr || agent->connection == 0)
        return;
    AgentEvent told{id, std::move(event), std::nullopt, std::nullopt, std::nullopt};
    if (view != nullptr && told.event->kind == model::EventKind::SessionOffered)
        told.offer = offerOf(*view);
    else if (view != nullptr)
        told.view = viewOf(*view);
    turn.durable.emplace_back(std::move(told));
}

void Centre::tellVisitor(Turn& turn, const LiveSession& session, std::shared_ptr<const model::Event> event) {
    if (!session.customer->online())
        return;
    VisitorEvent told{session.row.customer, std::move(event), std::nullopt};
    if (told.event->kind != model::EventKind::Message)
        told.view = visitorViewOf(session);
    turn.durable.emplace_back(std::move(told));
}

model::SessionView Centre::viewOf(const LiveSession& session) const {
    model::SessionView view;
    view.session = session.row;
    view.session.flowState.clear();
    if (const auto channel = m_channels.find(session.row.channel); channel != m_channels.end()) {
        view.channelName = channel->second.name;
        view.channelKind = channel->second.kind;
        if (model::tellsWho(view.channelKind))
            view.externalId = session.customer->row.externalId;
    }
    view.customerName = session.customer->row.name;
    view.customerNotes = session.customer->row.notes;
    view.customerLocale = session.customer->row.locale;
    view.pageUrl = session.customer->pageUrl;
    view.customerOnline = session.customer->online();
    if (const LiveGroup* group = find(session.row.group); group != nullptr)
        view.groupName = group->row.name;
    if (const LiveAgent* last = find(session.row.lastAgent); last != nullptr) {
        view.lastAgentName = last->row.name;
        view.lastAgentStaffNo = last->row.staffNo;
    }
    view.preview = session.preview;
    view.previewSide = session.previewSide;
    view.previewKind = session.previewKind;
    view.previewAt = session.previewAt;
    view.transferNote = session.transferNote;
    if (session.row.state == SessionState::Queued || session.row.state == SessionState::Offered)
        view.waitingSince = session.waitingSince;
    view.customerWaitsSince = session.customerWaitsSince;
    view.unread = session.uuids.byCustomerAfter(session.row.agentRead);
    if (session.call != nullptr)
        view.call = callViewOf(session);
    return view;
}

model::OfferView Centre::offerOf(const LiveSession& session) const {
    model::OfferView view;
    if (session.offer != nullptr) {
        view.offer = session.offer->id;
        view.at = session.offer->at;
        view.expiresAt = session.offer->expiresAt;
    }
    view.session = viewOf(session);
    return view;
}

model::VisitorView Centre::visitorViewOf(const LiveSession& session) const {
    model::VisitorView view;
    const model::Session& row = session.row;
    view.session = row.id;
    view.state = row.state == SessionState::Offered ? SessionState::Queued : row.state;
    view.mode = row.mode;
    if (row.state == SessionState::Offered)
        view.ahead = 0;
    else if (row.state == SessionState::Queued)
        view.ahead = m_router->position(row.id).value_or(0);
    if (view.state == SessionState::Queued) {
        view.returned = session.returned;
        view.direct = static_cast<bool>(row.transferTo);
    }
    const LiveAgent* agent = find(row.agent);
    if (agent != nullptr && (row.state == SessionState::Open || row.state == SessionState::WrapUp)) {
        view.agentName = std::string(shownName(agent->row));
        view.agentStaffNo = agent->row.staffNo;
    }
    view.endReason = row.endReason;
    view.lastSeq = row.lastSeq;
    view.agentDelivered = row.agentDelivered;
    view.agentRead = row.agentRead;
    view.customerRead = row.customerRead;
    return view;
}

model::GroupView Centre::groupViewOf(const LiveGroup& group, const LiveAgent* reader) const {
    model::GroupView view;
    view.group = group.row;
    view.waiting = m_router->waiting(group.row.id);
    view.online = m_router->online(group.row.id);
    view.free = m_router->free(group.row.id);
    if (reader != nullptr)
        view.member =
            std::find(reader->row.groups.begin(), reader->row.groups.end(), group.row.id) != reader->row.groups.end();
    return view;
}

model::ColleagueView Centre::colleagueOf(const LiveAgent& agent) const {
    return {agent.row.id, agent.row.name, agent.row.staffNo,
            m_router->status(agent.row.id).value_or(model::AgentStatus::Offline), agent.row.groups};
}

/// As the workbench shows it: Busy is in it.
model::Presence Centre::presenceOf(const LiveAgent& agent) const {
    model::Presence presence = m_router->presence(agent.row.id).value_or(model::Presence{});
    presence.agent = agent.row.id;
    presence.instance = m_instance.id;
    presence.status = m_router->status(agent.row.id).value_or(model::AgentStatus::Offline);
    return presence;
}

AgentWelcome Centre::welcome(const AgentAttach& command, const LiveAgent& agent, Time now) const {
    AgentWelcome welcome;
    welcome.cursor = m_lastSeq;
    welcome.clientCursor = command.cursor;
    welcome.now = now;
    welcome.me = agent.row;
    welcome.presence = presenceOf(agent);
    welcome.settings = m_instance.settings;
    for (const LiveSession* session : agent.sessions) {
        if (session->row.state == SessionState::Offered)
            welcome.offers.push_back(offerOf(*session));
        else
            welcome.sessions.push_back(viewOf(*session));
    }
    for (const auto& [id, group] : m_groups)
        welcome.groups.push_back(groupViewOf(group, &agent));
    for (const auto& [id, other] : m_agents)
        if (!other.row.deleted && id != agent.row.id)
            welcome.colleagues.push_back(colleagueOf(other));
    for (const auto& [id, line] : m_numbers)
        if (line.type != model::CallType::In)
            welcome.lines.push_back({line.channel, line.number});
    std::sort(welcome.sessions.begin(), welcome.sessions.end(),
              [](const auto& a, const auto& b) { return a.session.id < b.session.id; });
    std::sort(welcome.groups.begin(), welcome.groups.end(),
              [](const auto& a, const auto& b) { return a.group.id < b.group.id; });
    std::sort(welcome.colleagues.begin(), welcome.colleagues.end(),
              [](const auto& a, const auto& b) { return a.agent < b.agent; });
    std::sort(welcome.lines.begin(), welcome.lines.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    return welcome;
}

VisitorWelcome Centre::welcome(const VisitorAttach& command, const LiveCustomer& customer, Time now) const {
    VisitorWelcome welcome;
    welcome.cursor = m_lastSeq;
    welcome.clientCursor = command.cursor;
    welcome.now = now;
    welcome.channel = m_channels.at(command.channel);
    welcome.settings = m_instance.settings;
    welcome.customer = customer.stored ? customer.row.id : model::CustomerId{};
    if (const auto session = m_sessions.find(customer.open); session != m_sessions.end())
        welcome.session = visitorViewOf(session->second);
    return welcome;
}

/// Live figures have moved: they are told at once, or a second after they were told last.
void Centre::figuresMoved(Turn& turn) {
    overviewMoved(turn);
    if (m_figuresTimer.due == Time{})
        m_services.deadlines.arm(m_figuresTimer, std::max(turn.now, m_figuresTold + kFiguresEvery),
                                 Deadlines::Kind::Figures, m_instance.id);
}

void Centre::tellFigures(Turn& turn) {
    m_figuresTold = turn.now;
    QueueFigures figures;
    figures.instance = m_instance.id;
    for (auto& [id, group] : m_groups) {
        model::GroupView view = groupViewOf(group, nullptr);
        if (view.waiting != group.toldWaiting || view.online != group.toldOnline || view.free != group.toldFree) {
            group.toldWaiting = view.waiting;
            group.toldOnline = view.online;
            group.toldFree = view.free;
            figures.groups.push_back(std::move(view));
        }
        if (!group.queueMoved)
            continue;
        group.queueMoved = false;
        for (LiveSession* session : group.queued) {
            const int ahead = m_router->position(session->row.id).value_or(0);
            if (!session->customer->online() || ahead == session->aheadTold)
                continue;
            session->aheadTold = ahead;
            // In order with the event that told of the queue: a newer position must not come before it.
            turn.durable.emplace_back(VisitorPosition{session->row.customer, ahead});
        }
    }
    bool anybody = false;
    for (auto& [id, agent] : m_agents) {
        anybody = anybody || agent.connection != 0;
        if (agent.row.deleted)
            continue;
        model::ColleagueView view = colleagueOf(agent);
        if (agent.told && view.status == agent.toldStatus)
            continue;
        agent.told = true;
        agent.toldStatus = view.status;
        figures.colleagues.push_back(std::move(view));
    }
    if (anybody && !(figures.groups.empty() && figures.colleagues.empty()))
        turn.transient.emplace_back(std::move(figures));
}

std::vector<ConnectionId> Centre::connections() const {
    std::vector<ConnectionId> all;
    for (const auto& [id, agent] : m_agents)
        if (agent.connection != 0)
            all.push_back(agent.connection);
    for (const auto& [id, customer] : m_customers)
        all.insert(all.end(), customer.connections.begin(), customer.connections.end());
    return all;
}

std::size_t Centre::waiting() const {
    std::size_t count = 0;
    for (const auto& [id, group] : m_groups)
        count += group.queued.size();
    return count;
}

std::size_t Centre::agentsOnline() const {
    std::size_t count = 0;
    for (const auto& [id, agent] : m_agents) {
        const auto status = m_router->status(id);
        count += status && *status != model::AgentStatus::Offline && *status != model::AgentStatus::Break;
    }
    return count;
}

std::size_t Centre::addFigures(std::vector<Desk::GroupFigure>& rows, std::size_t most) const {
    for (const auto& [id, group] : m_groups) {
        if (rows.size() >= most)
            break;
        rows.push_back({m_instance.id, id, m_router->waiting(id), m_router->online(id)});
    }
    return m_groups.size();
}

} // namespace cb::desk
