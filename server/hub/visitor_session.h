#pragma once

#include "server/hub/session.h"
#include "shared/wire/requests.h"

#include <string>

namespace cb::hub {

/// One tab of a visitor (docs/protocol.md 4). Net thread.
class VisitorSession final : public Session {
public:
    VisitorSession(Context& context, desk::ConnectionId connection, std::string origin, std::string address);

    void onReply(std::uint64_t request, const desk::Answer& answer) override;

    model::CustomerId customer() const { return m_customer; }
    /// By the desk: whose connection this is, and the session that is open (0 = none).
    void bind(model::CustomerId customer, model::SessionId session);

private:
    void hello(const wire::Frame& frame) override;
    void request(const wire::Frame& frame) override;
    desk::Command detachCommand() const override;

    void attach(std::uint64_t re, const wire::VisitorHello& hello, const std::string& tokenHash,
                const VisitorAdmission& admission);
    void welcome(std::uint64_t re, const desk::VisitorWelcome& welcome);
    void sendAgain(std::uint64_t id, const wire::SendMessage& request);
    void sendMessage(std::uint64_t id, const wire::SendMessage& request);
    /// False: told that this address starts too many sessions.
    bool mayStart(std::uint64_t id);

    std::string m_origin;
    std::string m_address;
    model::CustomerId m_customer;
    model::SessionId m_session; ///< the open one
    bool m_leaving = false;     ///< the open one is being left: another would be a new one
    bool m_mayRepeat = true;    ///< nothing new was sent by this connection yet
};

} // namespace cb::hub
