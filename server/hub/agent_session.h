#pragma once

#include "server/hub/session.h"
#include "shared/wire/requests.h"

#include <optional>
#include <string>

namespace cb::hub {

/// An agent's connection (docs/protocol.md 3). Net thread.
class AgentSession final : public Session {
public:
    AgentSession(Context& context, desk::ConnectionId connection);

    void onReply(std::uint64_t request, const desk::Answer& answer) override;

    /// Bound by the desk; 0 before.
    model::AgentId agent() const { return m_agent; }
    model::InstanceId instance() const { return m_instance; }
    void bind(model::InstanceId instance, model::AgentId agent);
    bool isAdmin() const { return m_me.role == model::Role::Admin; }
    const std::string& tokenHash() const { return m_principal.tokenHash; }
    model::Seq newestSeq() const { return m_newestSeq; }
    void saw(model::Seq seq) { m_newestSeq = std::max(m_newestSeq, seq); }
    /// Whether this is not what the client was told of its agent last; it is from now on.
    bool isNews(const model::Agent& me);

private:
    void hello(const wire::Frame& frame) override;
    void request(const wire::Frame& frame) override;
    void liveDeadline() override;
    desk::Command detachCommand() const override;

    void attach(std::uint64_t re, const wire::AgentHello& hello);
    void welcome(std::uint64_t re, const desk::AgentWelcome& welcome);
    void perform(std::uint64_t id, const wire::SendMessage& request);
    void perform(std::uint64_t id, const wire::UpdateCustomer& request);
    void perform(std::uint64_t id, const wire::BlockCustomer& request);
    template <class Command>
    void withCustomer(std::uint64_t id, Command command);

    auth::Principal m_principal; ///< of the token that was checked; agent 0 before
    model::AgentId m_agent;
    model::InstanceId m_instance;
    model::Agent m_me; ///< as it was told last
    model::Seq m_newestSeq = 0;
};

} // namespace cb::hub
