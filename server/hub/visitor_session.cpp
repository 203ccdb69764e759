#include "server/hub/visitor_session.h"

#include "server/auth/token.h"
#include "shared/base/text.h"
#include "shared/wire/answers.h"

namespace cb::hub {

namespace {

constexpr std::size_t kMaxUrl = 500; ///< characters of a page's address that are kept

std::string shortened(const std::string& text, std::size_t characters) {
    return std::string(base::prefix(text, characters));
}

} // namespace

VisitorSession::VisitorSession(Context& context, desk::ConnectionId connection, std::string origin, std::string address)
    : Session(context, connection, context.options.visitorRate)
    , m_origin(std::move(origin))
    , m_address(std::move(address)) {}

void VisitorSession::bind(model::CustomerId customer, model::SessionId session) {
    m_customer = customer;
    m_session = session;
    m_leaving = false;
}

desk::Command VisitorSession::detachCommand() const {
    return desk::VisitorDetach{connection()};
}

void VisitorSession::hello(const wire::Frame& frame) {
    auto decoded = wire::decodeVisitorRequest(frame);
    if (!decoded)
        return fail(frame.id, decoded.error());
    const auto& hello = std::get<wire::VisitorHello>(*decoded);
    if (!checkProtocol(frame.id, hello.protocol))
        return;
    if (!auth::isToken(hello.token))
        return refuse(frame.id, base::with(base::rejected("bad_field"), "field", "token"));
    check();
    const auto hash = auth::tokenHash(hello.token);
    m_context.backend.admit({hello.channel, hash, m_origin}, [self = shared_from_this(), this, re = frame.id, hello,
                                                              hash](base::Result<VisitorAdmission> admission) {
        if (state() != State::Checking)
            return;
        if (!admission)
            return refuse(re, admission.error());
        attach(re, hello, hash, *admission);
    });
}

void VisitorSession::attach(std::uint64_t re, const wire::VisitorHello& hello, const std::string& tokenHash,
                            const VisitorAdmission& admission) {
    setState(State::Attaching);
    desk::VisitorAttach command;
    command.origin = {connection(), re};
    command.instance = admission.channel.instance;
    command.channel = admission.channel.id;
    command.tokenHash = tokenHash;
    command.customer = admission.customer;
    command.recent = admission.recent;
    command.cursor = hello.cursor;
    command.locale = shortened(hello.locale, 20);
    command.pageUrl = shortened(hello.page.url, kMaxUrl);
    post(re, std::move(command));
}

void VisitorSession::onReply(std::uint64_t re, const desk::Answer& answer) {
    if (const auto* live = std::get_if<desk::VisitorWelcome>(&answer))
        return welcome(re, *live);
    if (state() == State::Attaching) {
        if (const auto* error = std::get_if<base::Error>(&answer))
            refuse(re, *error);
        return;
    }
    this->answer(re, answer, true);
}

void VisitorSession::welcome(std::uint64_t re, const desk::VisitorWelcome& live) {
    deadline(0);
    ReplayQuestion question{live.channel.instance, m_customer, {}, live.clientCursor, live.cursor, false};
    wire::VisitorWelcome out;
    out.server = m_context.options.serverVersion;
    out.now = live.now;
    out.cursor = live.cursor;
    out.channel = {live.channel.name, live.channel.colour};
    out.session = live.session;
    out.settings = settingsOf(live.settings);
    welcomeAndReplay(std::move(question), wire::Audience::Visitor, [re, out](bool resumed) mutable {
        out.resumed = resumed;
        return wire::encodeWelcome(re, out);
    });
}

bool VisitorSession::mayStart(std::uint64_t id) {
    if (m_session && !m_leaving) // none will start
        return true;
    const auto wait = m_context.registry.startSession(m_address);
    if (wait.count() == 0)
        return true;
    fail(id, base::with(base::retry("rate_limited", "session starts of this address"), "retry_ms",
                        std::to_string(wait.count())));
    return false;
}

/// Whoever comes back sends again, in order, what was not acknowledged, however long ago that was; the desk remembers
/// the newest names only. So the disk is asked until the first that is not there: what follows it is new.
void VisitorSession::sendAgain(std::uint64_t id, const wire::SendMessage& request) {
    pause();
    m_context.backend.sent(m_customer, request.uuid, [self = shared_from_this(), this, id, request](auto found) {
        if (state() != State::Live)
            return;
        resumeWith([&] {
            if (!found)
                return fail(id, found.error());
            if (*found)
                return send(wire::encodeOk(id, wire::Sent{(*found)->seq, (*found)->at, (*found)->session}));
            m_mayRepeat = false;
            sendMessage(id, request);
        });
    });
}

void VisitorSession::sendMessage(std::uint64_t id, const wire::SendMessage& request) {
    if (!mayStart(id))
        return;
    withAttachment(id, request.attachment, m_session, request.kind, [this, id, request] {
        post(id, desk::VisitorSend{{connection(), id}, request.uuid, request.kind, request.text, request.attachment});
    });
}

void VisitorSession::request(const wire::Frame& frame) {
    if (state() != State::Live)
        return refuse(frame.id, base::rejected("hello_required"));
    const auto decoded = wire::decodeVisitorRequest(frame);
    if (!decoded)
        return fail(frame.id, decoded.error());
    const desk::Origin origin{connection(), frame.id};
    if (const auto* message = std::get_if<wire::SendMessage>(&*decoded))
        return m_customer && m_mayRepeat ? sendAgain(frame.id, *message) : sendMessage(frame.id, *message);
    if (std::holds_alternative<wire::StartSession>(*decoded)) {
        if (mayStart(frame.id))
            post(frame.id, desk::VisitorStart{origin});
        return;
    }
    m_leaving = m_leaving || std::holds_alternative<wire::LeaveSession>(*decoded);
    if (std::holds_alternative<wire::LeaveSession>(*decoded))
        return post(frame.id, desk::VisitorLeave{origin});
    if (const auto* page = std::get_if<wire::Page>(&*decoded))
        return post(0, desk::VisitorPage{connection(), shortened(page->url, kMaxUrl)});
    if (const auto* mark = std::get_if<wire::Mark>(&*decoded))
        return post(0, desk::VisitorMark{connection(), mark->delivered, mark->read});
    if (const auto* typing = std::get_if<wire::Typing>(&*decoded))
        post(0, desk::VisitorTyping{connection(), typing->on});
}

} // namespace cb::hub
