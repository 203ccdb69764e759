#include "server/hub/hub.h"

#include "server/net/addresses.h"
#include "shared/wire/events.h"
#include "shared/wire/overview.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>

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
    m_backend.configuration(effect.instance, [this, effect](base::Result<Configuration> configuration) {
        if (configuration)
            tellConfiguration(effect, *configuration);
    });
}

void Hub::tellConfiguration(const desk::ConfigEffect& effect, const Configuration& configuration) {
    const auto instance = m_instances.find(effect.instance);
    if (instance == m_instances.end())
        return;
    for (const auto connection : std::set(instance->second)) {
        auto* session = find<AgentSession>(connection);
        const auto me = session == nullptr
                            ? configuration.agents.end()
                            : std::find_if(configuration.agents.begin(), configuration.agents.end(),
                                           [&](const auto& agent) { return agent.id == session->agent(); });
        if (me == configuration.agents.end())
            continue;
        wire::ConfigChanged changed;
        changed.quickReplies = effect.quickReplies;
        changed.screenPops = effect.screenPops;
        if (effect.settings)
            changed.settings = settingsOf(*effect.settings);
        if (effect.agents)
            changed.me = *me;
        if (effect.groups || effect.agents) {
            changed.groups.emplace();
            for (const auto& group : configuration.groups) {
                model::GroupView view = m_figures[group.id];
                view.group = group;
                view.member = std::find(me->groups.begin(), me->groups.end(), group.id) != me->groups.end();
                changed.groups->push_back(std::move(view));
            }
        }
        session->push(frame(wire::encodeEvent(wire::AgentEvent{session->newestSeq(), m_backend.now(), {}, changed})));
    }
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
