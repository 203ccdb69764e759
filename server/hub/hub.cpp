#include "server/hub/hub.h"

#include "server/net/addresses.h"
#include "shared/wire/events.h"
#include "shared/wire/overview.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace cb::hub {

namespace {

bool isTransient(const desk::Effect& effect) {
    return std::holds_alternative<desk::AgentTypingEffect>(effect) ||
           std::holds_alternative<desk::VisitorTypingEffect>(effect) ||
           std::holds_alternative<desk::AgentMarks>(effect) || std::holds_alternative<desk::VisitorMarks>(effect) ||
           std::holds_alternative<desk::VisitorPosition>(effect) ||
           std::holds_alternative<desk::CustomerPresence>(effect) ||
           std::holds_alternative<desk::QueueFigures>(effect) || std::holds_alternative<desk::OverviewEffect>(effect);
}

/// Two changes as one; `later` is the newer.
desk::ConfigEffect merged(desk::ConfigEffect earlier, const desk::ConfigEffect& later) {
    earlier.instance = later.instance ? later.instance : earlier.instance;
    if (later.settings)
        earlier.settings = later.settings;
    earlier.groups = earlier.groups || later.groups;
    earlier.agents = earlier.agents || later.agents;
    earlier.quickReplies = earlier.quickReplies || later.quickReplies;
    earlier.screenPops = earlier.screenPops || later.screenPops;
    return earlier;
}

} // namespace

Hub::Hub(net::Loop& loop, Backend& backend, net::ErrorCounts& errors, HubOptions options, std::size_t effectCapacity)
    : m_loop(loop)
    , m_backend(backend)
    , m_context{backend, *this, m_attachments, m_encoder, errors, std::move(options)}
    , m_starts(std::numeric_limits<std::size_t>::max(), m_context.options.sessionStarts)
    , m_effectCapacity(effectCapacity) {}

net::Upgrade Hub::agentUpgrade() {
    return std::make_shared<AgentSession>(m_context, m_nextConnection++);
}

net::Upgrade Hub::visitorUpgrade(std::string origin, std::string address) {
    return std::make_shared<VisitorSession>(m_context, m_nextConnection++, std::move(origin), std::move(address));
}

base::Millis Hub::startSession(const std::string& address) {
    if (m_context.options.sessionStarts.perSecond <= 0)
        return base::Millis{0};
    const auto now = m_backend.now();
    const auto wait = m_starts.request(net::limitKey(address), now);
    if (wait.count() == 0)
        return wait;
    ++m_startsLimited;
    if (m_warnedOfStarts == base::TimePoint{} || now - m_warnedOfStarts > std::chrono::minutes(1)) {
        m_warnedOfStarts = now;
        spdlog::warn("event=session_starts_limited address={}", address);
    }
    return wait;
}

void Hub::opened(const std::shared_ptr<Session>& session) {
    if (auto agent = std::dynamic_pointer_cast<AgentSession>(session))
        m_agentSessions.emplace(session->connection(), std::move(agent));
    else if (auto visitor = std::dynamic_pointer_cast<VisitorSession>(session))
        m_visitorSessions.emplace(session->connection(), std::move(visitor));
    m_agentCount = m_agentSessions.size();
    m_visitorCount = m_visitorSessions.size();
}

void Hub::unbind(Connection connection) {
    if (auto* agent = find<AgentSession>(connection); agent != nullptr && agent->agent()) {
        const auto it = m_agents.find(agent->agent());
        if (it != m_agents.end() && it->second == connection)
            m_agents.erase(it);
        const auto instance = m_instances.find(agent->instance());
        if (instance != m_instances.end() && instance->second.erase(connection) > 0 && instance->second.empty())
            m_instances.erase(instance);
    }
    if (auto* visitor = find<VisitorSession>(connection); visitor != nullptr && visitor->customer()) {
        const auto it = m_visitors.find(visitor->customer());
        if (it == m_visitors.end())
            return;
        std::erase(it->second, connection);
        if (it->second.empty())
            m_visitors.erase(it);
    }
}

void Hub::closed(Connection connection, desk::Command detach, bool attached) {
    unbind(connection);
    m_agentSessions.erase(connection);
    m_visitorSessions.erase(connection);
    m_agentCount = m_agentSessions.size();
    m_visitorCount = m_visitorSessions.size();
    if (attached && (!m_owed.empty() || !m_backend.command(detach)))
        m_owed.push_back(std::move(detach)); // a lost one would be a ghost
}

void Hub::tick() {
    std::size_t told = 0;
    while (told < m_owed.size() && m_backend.command(m_owed[told]))
        ++told;
    m_owed.erase(m_owed.begin(), m_owed.begin() + static_cast<std::ptrdiff_t>(told));
    for (const auto& [instance, untold] : m_untold)
        if (!untold.asking)
            return askConfiguration(instance); // one a second: the storage has just failed
}

template <class Kind>
Kind* Hub::find(Connection connection) const {
    if constexpr (std::is_same_v<Kind, AgentSession>) {
        const auto it = m_agentSessions.find(connection);
        return it == m_agentSessions.end() ? nullptr : it->second.get();
    } else {
        const auto it = m_visitorSessions.find(connection);
        return it == m_visitorSessions.end() ? nullptr : it->second.get();
    }
}

Session* Hub::any(Connection connection) const {
    if (Session* session = find<VisitorSession>(connection))
        return session;
    return find<AgentSession>(connection);
}

AgentSession* Hub::sessionOf(model::AgentId agent) const {
    const auto it = m_agents.find(agent);
    return it == m_agents.end() ? nullptr : find<AgentSession>(it->second);
}

void Hub::toAgent(model::AgentId agent, const FramePtr& frame) {
    if (auto* session = sessionOf(agent))
        session->push(frame);
}

void Hub::toVisitor(model::CustomerId customer, const FramePtr& frame) {
    const auto it = m_visitors.find(customer);
    if (it == m_visitors.end())
        return;
    for (const auto connection : std::vector(it->second)) // sending may close one
        if (auto* session = find<VisitorSession>(connection))
            session->push(frame);
}

// ---- from the desk

void Hub::deliver(desk::Effects effects) {
    const std::lock_guard lock(m_mutex);
    if (m_pendingCount + effects.size() > m_effectCapacity) {
        m_dropped += static_cast<std::uint64_t>(std::count_if(effects.begin(), effects.end(), isTransient));
        std::erase_if(effects, isTransient);
        m_overflow = m_overflow || m_pendingCount + effects.size() > 2 * m_effectCapacity;
    }
    // What comes after a gap is not told either: a client that saw it would resume behind what it missed.
    if (m_overflow) {
        m_dropped += effects.size();
    } else {
        m_pendingCount += effects.size();
        m_pending.push_back(std::move(effects));
    }
    if (m_scheduled)
        return;
    m_scheduled = true;
    m_loop.post([this] { drain(); });
}

void Hub::drain() {
    std::vector<desk::Effects> batches;
    bool overflow = false;
    {
        const std::lock_guard lock(m_mutex);
        batches.swap(m_pending);
        m_pendingCount = 0;
        m_scheduled = false;
        overflow = std::exchange(m_overflow, false);
    }
    for (const auto& effects : batches) {
        m_effects += effects.size();
        for (const auto& effect : effects)
            std::visit([this](const auto& each) { handle(each); }, effect);
    }
    if (overflow)
        closeAll();
}

void Hub::closeAll() {
    ++m_overflows;
    spdlog::error("event=effects_overflow action=close_all");
    for (const auto& [id, session] : std::unordered_map(m_agentSessions))
        session->bye({}, 4008);
    for (const auto& [id, session] : std::unordered_map(m_visitorSessions))
        session->bye({}, 4008);
}

void Hub::handle(const desk::Reply& effect) {
    if (Session* session = any(effect.origin.connection))
        session->onReply(effect.origin.request, effect.answer);
}

void Hub::handle(const desk::AgentEvent& effect) {
    auto* session = sessionOf(effect.agent);
    if (session == nullptr)
        return;
    session->saw(effect.event->seq);
    session->push(m_encoder.event(effect));
}

void Hub::handle(const desk::VisitorEvent& effect) {
    if (m_visitors.count(effect.customer) != 0)
        toVisitor(effect.customer, m_encoder.event(effect));
}

void Hub::handle(const desk::AgentTypingEffect& effect) {
    if (sessionOf(effect.agent) != nullptr)
        toAgent(effect.agent, frame(wire::encodeTyping({effect.session, effect.on})));
}

void Hub::handle(const desk::VisitorTypingEffect& effect) {
    toVisitor(effect.customer, frame(wire::encodeTyping({{}, effect.on})));
}

void Hub::handle(const desk::AgentMarks& effect) {
    if (sessionOf(effect.agent) != nullptr)
        toAgent(effect.agent, frame(wire::encodeMark({effect.session, effect.delivered, effect.read})));
}

void Hub::handle(const desk::VisitorMarks& effect) {
    toVisitor(effect.customer, frame(wire::encodeMark({{}, effect.delivered, effect.read})));
}

void Hub::handle(const desk::VisitorPosition& effect) {
    toVisitor(effect.customer, frame(wire::encodePosition({effect.ahead})));
}

void Hub::handle(const desk::CustomerPresence& effect) {
    toAgent(effect.agent, frame(wire::encodeCustomerOnline({effect.session, effect.online, effect.pageUrl})));
}

void Hub::handle(const desk::AgentCall& effect) {
    if (sessionOf(effect.agent) != nullptr)
        toAgent(effect.agent, frame(wire::encodeCallChanged({effect.session, effect.call})));
}

void Hub::handle(const desk::QueueFigures& effect) {
    wire::Queue queue;
    for (const auto& group : effect.groups) {
        m_figures[group.group.id] = group;
        queue.groups.push_back({group.group.id, group.waiting, group.online, group.free});
    }
    const auto instance = m_instances.find(effect.instance);
    if (instance == m_instances.end())
        return;
    const auto queueFrame = queue.groups.empty() ? nullptr : frame(wire::encodeQueue(queue));
    const auto colleagues = effect.colleagues.empty() ? nullptr : frame(wire::encodeColleagues({effect.colleagues}));
    for (const auto connection : std::set(instance->second))
        if (auto* session = find<AgentSession>(connection)) {
            session->push(queueFrame);
            session->push(colleagues);
        }
}

void Hub::handle(const desk::OverviewEffect& effect) {
    FramePtr overview;
    for (const auto connection : effect.connections)
        if (auto* session = find<AgentSession>(connection)) {
            if (overview == nullptr)
                overview = frame(wire::encodeOverview(*effect.overview));
            session->push(overview);
        }
}

void Hub::handle(const desk::ConfigEffect& effect) {
    if (m_instances.count(effect.instance) == 0)
        return;
    if (effect.lists)
        tellAdmins(effect);
    if (!effect.settings && !effect.groups && !effect.agents && !effect.quickReplies && !effect.screenPops)
        return;
    auto& untold = m_untold.try_emplace(effect.instance).first->second;
    untold.change = merged(untold.change, effect);
    if (!untold.asking)
        askConfiguration(effect.instance);
}

void Hub::tellAdmins(const desk::ConfigEffect& effect) {
    wire::ConfigChanged changed;
    changed.lists = true;
    for (const auto connection : std::set(m_instances.at(effect.instance)))
        if (auto* session = find<AgentSession>(connection);
            session != nullptr && session->isAdmin() && session->agent() != effect.by)
            session->push(
                frame(wire::encodeEvent(wire::AgentEvent{session->newestSeq(), m_backend.now(), {}, changed})));
}

/// One question at a time for an instance, so that a newer answer is never overtaken by an older one; what changes
/// meanwhile is asked for together. A failed one is asked again by tick().
void Hub::askConfiguration(model::InstanceId instance) {
    auto& untold = m_untold.at(instance);
    untold.asking = true;
    const auto change = std::exchange(untold.change, {});
    m_backend.configuration(instance, [this, instance, change](const base::Result<Configuration>& configuration) {
        auto& waiting = m_untold.at(instance);
        waiting.asking = false;
        if (!configuration) {
            spdlog::warn("event=configuration_untold instance={} error={}", instance.value, configuration.error().code);
            waiting.change = merged(change, waiting.change);
            return;
        }
        tellConfiguration(change, *configuration);
        if (waiting.change == desk::ConfigEffect{})
            m_untold.erase(instance);
        else
            askConfiguration(instance);
    });
}

void Hub::tellConfiguration(const desk::ConfigEffect& effect, const Configuration& configuration) {
    const auto instance = m_instances.find(effect.instance);
    if (instance == m_instances.end())
        return;
    std::unordered_map<model::AgentId, const model::Agent*> agents;
    for (const auto& agent : configuration.agents)
        agents.emplace(agent.id, &agent);
    for (const auto connection : std::set(instance->second)) {
        auto* session = find<AgentSession>(connection);
        const auto me = session == nullptr ? agents.end() : agents.find(session->agent());
        if (me == agents.end())
            continue;
        const bool other = effect.agents && session->isNews(*me->second);
        wire::ConfigChanged changed;
        changed.quickReplies = effect.quickReplies;
        changed.screenPops = effect.screenPops;
        if (effect.settings)
            changed.settings = settingsOf(*effect.settings);
        if (other)
            changed.me = *me->second;
        if (effect.groups || other)
            changed.groups = groupsOf(*me->second, configuration.groups);
        if (changed != wire::ConfigChanged{})
            session->push(
                frame(wire::encodeEvent(wire::AgentEvent{session->newestSeq(), m_backend.now(), {}, changed})));
    }
}

std::vector<model::GroupView> Hub::groupsOf(const model::Agent& agent, const std::vector<model::Group>& groups) const {
    std::vector<model::GroupView> views;
    views.reserve(groups.size());
    for (const auto& group : groups) {
        const auto figures = m_figures.find(group.id);
        auto& view = views.emplace_back(figures == m_figures.end() ? model::GroupView{} : figures->second);
        view.group = group;
        view.member = std::find(agent.groups.begin(), agent.groups.end(), group.id) != agent.groups.end();
    }
    return views;
}

void Hub::handle(const desk::Bye& effect) {
    Session* session = any(effect.connection);
    if (session == nullptr)
        return;
    unbind(effect.connection);
    switch (effect.code) {
    case desk::ByeCode::TakenOver:
        return session->bye("taken_over", 4001);
    case desk::ByeCode::TokenRevoked:
        return session->bye("token_revoked", 4002);
    case desk::ByeCode::Deleted:
        return session->bye("deleted", 4002);
    case desk::ByeCode::Blocked:
        return session->bye("blocked", 1008);
    case desk::ByeCode::Reload:
        return session->bye({}, 1013);
    }
}

void Hub::handle(const desk::BindAgent& effect) {
    auto* session = find<AgentSession>(effect.connection);
    if (session == nullptr)
        return;
    session->bind(effect.instance, effect.agent);
    m_agents[effect.agent] = effect.connection;
    m_instances[effect.instance].insert(effect.connection);
}

void Hub::handle(const desk::BindVisitor& effect) {
    auto* session = find<VisitorSession>(effect.connection);
    if (session == nullptr)
        return;
    if (session->customer() != effect.customer) {
        unbind(effect.connection);
        m_visitors[effect.customer].push_back(effect.connection);
    }
    session->bind(effect.customer, effect.session);
}

// ---- from elsewhere

void Hub::revoked(std::vector<std::string> hashes) {
    m_loop.post([this, hashes = std::move(hashes)] {
        for (const auto& [id, session] : std::unordered_map(m_agentSessions))
            if (std::find(hashes.begin(), hashes.end(), session->tokenHash()) != hashes.end())
                session->bye("token_revoked", 4002);
    });
}

void Hub::uploaded(const model::Attachment& attachment) {
    m_loop.post([this, attachment] { m_attachments.put(attachment); });
}

void Hub::removed(const std::vector<model::AttachmentId>& attachments) {
    m_loop.post([this, attachments] {
        for (const auto id : attachments)
            m_attachments.remove(id);
    });
}

Hub::Stats Hub::stats() const {
    return {m_agentCount.load(), m_visitorCount.load(), m_effects.load(),
            m_dropped.load(),    m_overflows.load(),    m_startsLimited.load()};
}

} // namespace cb::hub
