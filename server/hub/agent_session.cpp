#include "server/hub/agent_session.h"

#include "shared/base/text.h"
#include "shared/wire/answers.h"

#include <spdlog/spdlog.h>

namespace cb::hub {

namespace {

constexpr std::size_t kMaxDevice = 100; ///< characters of a machine's name that are kept, as with tokens

} // namespace

AgentSession::AgentSession(Context& context, desk::ConnectionId connection)
    : Session(context, connection, context.options.agentRate) {}

void AgentSession::bind(model::InstanceId instance, model::AgentId agent) {
    m_instance = instance;
    m_agent = agent;
}

desk::Command AgentSession::detachCommand() const {
    return desk::AgentDetach{connection()};
}

void AgentSession::hello(const wire::Frame& frame) {
    auto decoded = wire::decodeAgentRequest(frame);
    if (!decoded)
        return fail(frame.id, decoded.error());
    const auto& hello = std::get<wire::AgentHello>(*decoded);
    if (!checkProtocol(frame.id, hello.protocol))
        return;
    check();
    m_context.backend.checkToken(
        hello.token, [self = shared_from_this(), this, re = frame.id, hello](base::Result<auth::Principal> principal) {
            if (state() != State::Checking)
                return;
            if (!principal)
                return refuse(re, principal.error());
            if (principal->mustChangePassword)
                return refuse(re, base::rejected("password_change_required"));
            m_principal = *principal;
            attach(re, hello);
        });
}

void AgentSession::attach(std::uint64_t re, const wire::AgentHello& hello) {
    setState(State::Attaching);
    post(re, desk::AgentAttach{{connection(), re},
                               m_principal.instance,
                               m_principal.agent,
                               hello.cursor,
                               hello.takeover,
                               std::string(base::prefix(hello.device, kMaxDevice)),
                               m_principal.tokenHash});
}

void AgentSession::onReply(std::uint64_t re, const desk::Answer& answer) {
    if (const auto* live = std::get_if<desk::AgentWelcome>(&answer))
        return welcome(re, *live);
    if (state() == State::Attaching) {
        const auto* error = std::get_if<base::Error>(&answer);
        if (error == nullptr)
            return;
        if (error->code != "already_signed_in")
            return refuse(re, *error);
        fail(re, *error);
        return startAgain(m_context.options.takeoverSeconds); // a second hello may take over
    }
    this->answer(re, answer, false);
}

void AgentSession::welcome(std::uint64_t re, const desk::AgentWelcome& live) {
    spdlog::info("event=agent_connected instance={} agent={} connection={}", live.me.instance.value, live.me.id.value,
                 connection());
    deadline(m_context.options.recheckSeconds);
    saw(live.cursor);
    m_me = live.me;
    ReplayQuestion question{live.me.instance, {}, {}, live.clientCursor, live.cursor, true};
    for (const auto& session : live.sessions)
        question.sessions.push_back(session.session.id);
    for (const auto& offer : live.offers)
        question.sessions.push_back(offer.session.session.id);
    wire::AgentWelcome out;
    out.server = m_context.options.serverVersion;
    out.now = live.now;
    out.cursor = live.cursor;
    out.me = live.me;
    out.presence = live.presence;
    out.offers = live.offers;
    out.sessions = live.sessions;
    out.groups = live.groups;
    out.colleagues = live.colleagues;
    out.settings = settingsOf(live.settings);
    out.lines = live.lines;
    welcomeAndReplay(std::move(question), wire::Audience::Agent, [re, out](bool resumed) mutable {
        out.resumed = resumed;
        return wire::encodeWelcome(re, out);
    });
}

bool AgentSession::isNews(const model::Agent& me) {
    if (m_me == me)
        return false;
    m_me = me;
    return true;
}

/// The token may have been revoked by another process, or have expired.
void AgentSession::liveDeadline() {
    m_context.backend.checkHash(m_principal.tokenHash,
                                [self = shared_from_this(), this](base::Result<auth::Principal> principal) {
                                    if (!principal && principal.error().code == "bad_token")
                                        return bye("token_revoked", 4002);
                                    deadline(m_context.options.recheckSeconds);
                                });
}

void AgentSession::perform(std::uint64_t id, const wire::SendMessage& request) {
    withAttachment(id, request.attachment, request.session, request.kind, [this, id, request] {
        post(id,
             desk::AgentSend{
                 {connection(), id}, request.session, request.uuid, request.kind, request.text, request.attachment});
    });
}

template <class Command>
void AgentSession::withCustomer(std::uint64_t id, Command command) {
    pause();
    const auto customer = command.customer;
    m_context.backend.customer(customer, [self = shared_from_this(), this, id,
                                          command](base::Result<std::optional<model::Customer>> row) mutable {
        if (!row) {
            fail(id, row.error());
        } else {
            if (*row && (*row)->instance == m_instance)
                command.row = **row;
            post(id, std::move(command));
        }
        resume();
    });
}

void AgentSession::perform(std::uint64_t id, const wire::UpdateCustomer& request) {
    withCustomer(id,
                 desk::UpdateCustomer{{connection(), id}, request.customer, request.name, request.notes, std::nullopt});
}

void AgentSession::perform(std::uint64_t id, const wire::BlockCustomer& request) {
    withCustomer(id, desk::BlockCustomer{{connection(), id}, request.customer, request.blocked, std::nullopt});
}

namespace {

/// A request that becomes a command as it is.
struct ToCommand {
    desk::Origin origin;

    desk::Command operator()(const wire::SetStatus& r) const { return desk::SetStatus{origin, r.status}; }
    desk::Command operator()(const wire::CancelStatus&) const { return desk::CancelPending{origin}; }
    desk::Command operator()(const wire::AnswerOffer& r) const { return desk::AnswerOffer{origin, r.offer}; }
    desk::Command operator()(const wire::DeclineOffer& r) const { return desk::DeclineOffer{origin, r.offer}; }
    desk::Command operator()(const wire::EndSession& r) const { return desk::EndSession{origin, r.session}; }
    desk::Command operator()(const wire::CompleteSession& r) const {
        return desk::CompleteSession{origin, r.session, r.form};
    }
    desk::Command operator()(const wire::TransferSession& r) const {
        return desk::TransferSession{origin, r.session, r.group, r.agent, r.note};
    }
    desk::Command operator()(const wire::CallOffer& r) const { return desk::AgentOffer{origin, r.session, r.sdp}; }
    desk::Command operator()(const wire::HoldCall& r) const { return desk::HoldCall{origin, r.session, r.on}; }
    desk::Command operator()(const wire::AfterCall& r) const { return desk::AfterCall{origin, r.next}; }
    desk::Command operator()(const wire::DialCall& r) const { return desk::DialCall{origin, r.number, r.line}; }
    desk::Command operator()(const wire::ForwardCall& r) const {
        return desk::ForwardCall{origin, r.session, r.number};
    }
    desk::Command operator()(const wire::WatchOverview& r) const { return desk::WatchOverview{origin, r.on}; }
    desk::Command operator()(const wire::Mark& r) const {
        return desk::AgentMark{origin.connection, r.session, r.delivered, r.read};
    }
    desk::Command operator()(const wire::Typing& r) const {
        return desk::AgentTyping{origin.connection, r.session, r.on};
    }
};

} // namespace

void AgentSession::request(const wire::Frame& frame) {
    if (state() != State::Live)
        return refuse(frame.id, base::rejected("hello_required"));
    const auto decoded = wire::decodeAgentRequest(frame);
    if (!decoded)
        return fail(frame.id, decoded.error());
    std::visit(
        [&](const auto& request) {
            using Request = std::decay_t<decltype(request)>;
            if constexpr (std::is_same_v<Request, wire::SendMessage> || std::is_same_v<Request, wire::UpdateCustomer> ||
                          std::is_same_v<Request, wire::BlockCustomer>)
                perform(frame.id, request);
            else if constexpr (std::is_invocable_v<ToCommand, const Request&>)
                post(frame.id, ToCommand{{connection(), frame.id}}(request));
        },
        *decoded);
}

} // namespace cb::hub
