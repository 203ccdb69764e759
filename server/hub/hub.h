#pragma once

#include "server/hub/agent_session.h"
#include "server/hub/visitor_session.h"
#include "server/net/application.h"

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

namespace cb::hub {

/// All WebSocket sessions, and the desk's way to them. Everything on the net thread but deliver(), revoked() and
/// stats().
class Hub final : public desk::EffectSink, private Registry {
public:
    /// `effectCapacity`: effects waiting for the net thread. When it is over, transient ones are dropped, and if
    /// durable ones would be, every connection is closed with 4008 so that all resume by their cursors.
    Hub(net::Loop& loop, Backend& backend, net::ErrorCounts& errors, HubOptions options,
        std::size_t effectCapacity = 200'000);

    net::Upgrade agentUpgrade();
    /// `address`: the client's, behind trusted proxies.
    net::Upgrade visitorUpgrade(std::string origin, std::string address);

    /// From any thread; hands over and returns.
    void deliver(desk::Effects effects) override;

    /// These tokens are no longer good: their connections are closed with 4002. From any thread.
    void revoked(std::vector<std::string> tokenHashes);

    /// An upload is stored; its message will come soon. From any thread.
    void uploaded(const model::Attachment& attachment);
    /// Erased: nobody is told any more what they were. From any thread.
    void removed(const std::vector<model::AttachmentId>& attachments);

    /// Once a second, net thread: tells the desk again of connections that ended while its queue was full, and asks
    /// again for configuration that could not be read.
    void tick();

    struct Stats {
        std::size_t agents = 0;
        std::size_t visitors = 0;
        std::uint64_t effects = 0;
        std::uint64_t dropped = 0;
        std::uint64_t overflows = 0;
        std::uint64_t startsLimited = 0; ///< session starts over their address's rate
    };
    Stats stats() const;

private:
    using Connection = desk::ConnectionId;

    void opened(const std::shared_ptr<Session>& session) override;
    void closed(Connection connection, desk::Command detach, bool attached) override;
    base::Millis startSession(const std::string& address) override;

    void drain();
    void closeAll();
    template <class Kind>
    Kind* find(Connection connection) const;
    Session* any(Connection connection) const;
    AgentSession* sessionOf(model::AgentId agent) const;
    void toVisitor(model::CustomerId customer, const FramePtr& frame);
    void toAgent(model::AgentId agent, const FramePtr& frame);
    void unbind(Connection connection);

    void handle(const desk::Reply& effect);
    void handle(const desk::AgentEvent& effect);
    void handle(const desk::VisitorEvent& effect);
    void handle(const desk::AgentTypingEffect& effect);
    void handle(const desk::VisitorTypingEffect& effect);
    void handle(const desk::AgentMarks& effect);
    void handle(const desk::VisitorMarks& effect);
    void handle(const desk::VisitorPosition& effect);
    void handle(const desk::CustomerPresence& effect);
    void handle(const desk::QueueFigures& effect);
    void handle(const desk::OverviewEffect& effect);
    void handle(const desk::ConfigEffect& effect);
    void handle(const desk::Bye& effect);
    void handle(const desk::BindAgent& effect);
    void handle(const desk::AgentCall& effect);
    void handle(const desk::CallEffect&) {} ///< the phone's
    void handle(const desk::BindVisitor& effect);
    void tellAdmins(const desk::ConfigEffect& effect);
    void askConfiguration(model::InstanceId instance);
    void tellConfiguration(const desk::ConfigEffect& effect, const Configuration& configuration);
    std::vector<model::GroupView> groupsOf(const model::Agent& agent, const std::vector<model::Group>& groups) const;

    net::Loop& m_loop;
    Backend& m_backend;
    AttachmentCache m_attachments;
    Encoder m_encoder{m_attachments};
    Context m_context;
    net::AddressLimits m_starts; ///< of sessions
    base::TimePoint m_warnedOfStarts{};
    Connection m_nextConnection = 1;
    const std::size_t m_effectCapacity;

    // Shared with the sockets, which hold them while they are open.
    std::unordered_map<Connection, std::shared_ptr<AgentSession>> m_agentSessions;
    std::unordered_map<Connection, std::shared_ptr<VisitorSession>> m_visitorSessions;
    std::unordered_map<model::AgentId, Connection> m_agents;
    std::unordered_map<model::CustomerId, std::vector<Connection>> m_visitors;
    std::map<model::InstanceId, std::set<Connection>> m_instances;
    std::unordered_map<model::GroupId, model::GroupView> m_figures; ///< as they were told last
    struct Untold {
        desk::ConfigEffect change;
        bool asking = false; ///< for what changed before
    };
    std::map<model::InstanceId, Untold> m_untold; ///< configuration that changed and no agent was told of
    std::vector<desk::Command> m_owed;            ///< detaches the desk had no room for

    std::mutex m_mutex; ///< of what follows
    std::vector<desk::Effects> m_pending;
    std::size_t m_pendingCount = 0;
    bool m_scheduled = false;
    bool m_overflow = false;

    std::atomic<std::size_t> m_agentCount{0}, m_visitorCount{0};
    std::atomic<std::uint64_t> m_effects{0}, m_dropped{0}, m_overflows{0}, m_startsLimited{0};
};

} // namespace cb::hub
