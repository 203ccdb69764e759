#include "server/hub/session.h"

#include "shared/wire/answers.h"
#include "shared/wire/events.h"

#include <spdlog/spdlog.h>

namespace cb::hub {

Session::Session(Context& context, desk::ConnectionId connection, net::Rate rate)
    : m_context(context)
    , m_connection(connection)
    , m_rate(rate) {}

void Session::onOpen(net::Socket& socket) {
    m_socket = &socket;
    m_context.registry.opened(shared_from_this());
    deadline(m_context.options.helloSeconds);
}

void Session::onClosed() {
    m_socket = nullptr;
    setState(State::Done);
    m_waiting.clear();
    m_held.clear();
    m_context.registry.closed(m_connection, detachCommand(), m_attached);
}

void Session::onDeadline() {
    if (m_state == State::Live)
        return liveDeadline();
    refuse(0, base::rejected("hello_required", "no hello in time"));
}

void Session::onBinary() {
    fail(0, base::rejected("bad_frame", "binary"));
    strike();
}

void Session::onText(std::string_view text) {
    if (m_state == State::Done)
        return;
    if (!m_paused)
        return handle(text);
    const auto& options = m_context.options;
    const bool live = m_state == State::Live;
    if (m_waiting.size() < (live ? options.waitingRequests : options.earlyRequests) &&
        m_waitingBytes + text.size() <= (live ? options.waitingBytes : options.earlyBytes)) {
        m_waitingBytes += text.size();
        m_waiting.emplace_back(text);
        return;
    }
    const auto frame = wire::parseFrame(text);
    fail(frame ? frame->id : 0, base::retry("overloaded"));
    strike();
}

void Session::handle(std::string_view text) {
    const auto parsed = wire::parseFrame(text);
    if (!parsed) {
        fail(0, parsed.error());
        return strike();
    }
    if (!allowed(*parsed))
        return strike();
    m_strikes = 0;
    if (parsed->type == wire::FrameType::Hello && m_state == State::Fresh)
        return hello(*parsed);
    if (m_state == State::Fresh)
        return refuse(parsed->id, base::rejected("hello_required"));
    if (parsed->type == wire::FrameType::Hello)
        return fail(parsed->id, base::rejected("bad_frame", "hello again"));
    if (parsed->type == wire::FrameType::Ping) {
        if (parsed->id != 0)
            send(wire::encodeOk(parsed->id));
        return;
    }
    request(*parsed);
}

bool Session::allowed(const wire::Frame& frame) {
    const auto wait = m_bucket.take(m_rate, m_context.backend.now());
    if (wait.count() == 0)
        return true;
    fail(frame.id, base::with(base::retry("rate_limited"), "retry_ms", std::to_string(wait.count())));
    return false;
}

void Session::strike() {
    if (++m_strikes >= m_context.options.strikes && m_socket != nullptr)
        m_socket->close(1008, "too many refused frames");
}

void Session::send(std::string text) {
    if (m_socket != nullptr)
        m_socket->send(frame(std::move(text)));
}

void Session::push(const FramePtr& frame) {
    if (!frame || m_socket == nullptr)
        return;
    if (!m_holding)
        return m_socket->send(frame);
    m_held.push_back(frame);
    if (m_held.size() > m_context.options.heldFrames)
        m_socket->close(4008, "too much while resuming");
}

void Session::bye(const std::string& code, std::uint16_t closeCode) {
    if (m_socket == nullptr)
        return;
    if (!code.empty())
        send(wire::encodeBye({code}));
    m_socket->close(closeCode, code);
}

void Session::fail(std::uint64_t re, const base::Error& error) {
    m_context.errors.add(error.code);
    if (error.grade == base::Grade::Fatal)
        spdlog::error("event=fault where=hub code={} detail=\"{}\"", error.code, error.detail);
    send(wire::encodeError(re, error));
}

void Session::refuse(std::uint64_t re, const base::Error& error) {
    fail(re, error);
    if (m_socket != nullptr)
        m_socket->close(error.grade == base::Grade::Retry || error.grade == base::Grade::Fatal ? 1013 : 1008,
                        error.code);
    setState(State::Done); // nothing more is listened to, answers of look-ups included
}

void Session::deadline(int seconds) {
    if (m_socket != nullptr)
        m_socket->setDeadline(seconds);
}

void Session::post(std::uint64_t re, desk::Command command) {
    const bool attaches =
        std::holds_alternative<desk::AgentAttach>(command) || std::holds_alternative<desk::VisitorAttach>(command);
    if (!m_context.backend.command(std::move(command)))
        return attaches ? refuse(re, base::retry("overloaded")) : fail(re, base::retry("overloaded"));
    m_attached = m_attached || attaches;
}

void Session::check() {
    setState(State::Checking);
    deadline(m_context.options.helloSeconds);
    pause();
}

void Session::startAgain(int seconds) {
    setState(State::Fresh);
    m_waiting.clear();
    m_waitingBytes = 0;
    m_paused = false;
    deadline(seconds);
}

void Session::resume() {
    m_paused = false;
    while (!m_paused && !m_waiting.empty() && m_socket != nullptr) {
        const auto text = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= text.size();
        handle(text);
    }
}

void Session::resumeWith(const std::function<void()>& request) {
    m_paused = false;
    request();
    if (!m_paused)
        resume();
}

void Session::answer(std::uint64_t request, const desk::Answer& answer, bool tellSession) {
    if (const auto* error = std::get_if<base::Error>(&answer))
        return fail(request, *error);
    if (request == 0)
        return;
    if (const auto* ok = std::get_if<desk::OkPresence>(&answer))
        return send(wire::encodeOk(request, ok->presence));
    if (const auto* ok = std::get_if<desk::OkSession>(&answer))
        return send(wire::encodeOk(request, ok->view));
    if (const auto* ok = std::get_if<desk::OkCallSdp>(&answer))
        return send(wire::encodeOk(request, wire::CallSdp{ok->sdp}));
    if (const auto* ok = std::get_if<desk::OkVisitorSession>(&answer))
        return send(wire::encodeOk(request, ok->view));
    if (const auto* ok = std::get_if<desk::OkSent>(&answer))
        return send(
            wire::encodeOk(request, wire::Sent{ok->seq, ok->at, tellSession ? ok->session : model::SessionId{}}));
    send(wire::encodeOk(request));
}

void Session::welcomeAndReplay(ReplayQuestion question, wire::Audience audience,
                               std::function<std::string(bool)> welcome) {
    m_holding = true;
    setState(State::Live);
    const auto finish = [this, welcome = std::move(welcome)](bool resumed, const std::vector<FramePtr>& replay) {
        if (m_socket == nullptr)
            return;
        send(welcome(resumed));
        release(replay);
        resume();
    };
    if (question.after <= 0 || question.after > question.upTo)
        return finish(false, {});
    if (question.after == question.upTo)
        return finish(true, {});
    m_context.backend.replay(std::move(question),
                             [self = shared_from_this(), this, audience, finish](base::Result<Replay> result) {
                                 std::vector<FramePtr> frames;
                                 if (result)
                                     for (const wire::MessageView& view : result->messages) {
                                         if (view.attachment)
                                             m_context.attachments.put(*view.attachment);
                                         if (auto one = Encoder::replayed(view, audience))
                                             frames.push_back(std::move(one));
                                     }
                                 finish(result && result->complete, frames);
                             });
}

void Session::release(const std::vector<FramePtr>& replay) {
    m_holding = false;
    const auto held = std::move(m_held);
    m_held = {};
    for (const auto& one : replay)
        push(one);
    for (const auto& one : held)
        push(one);
}

void Session::withAttachment(std::uint64_t re, model::AttachmentId id, model::SessionId session,
                             model::MessageKind kind, std::function<void()> then) {
    if (kind != model::MessageKind::Picture && kind != model::MessageKind::File)
        return then();
    const auto fits = [session, kind](const model::Attachment& row) {
        const auto wanted =
            kind == model::MessageKind::Picture ? model::AttachmentKind::Picture : model::AttachmentKind::File;
        return row.session == session && session && row.kind == wanted;
    };
    if (const auto* known = m_context.attachments.find(id))
        return fits(*known) ? then() : fail(re, base::rejected("attachment_unknown"));
    pause();
    m_context.backend.attachment(
        id, [self = shared_from_this(), this, re, fits, then](base::Result<std::optional<model::Attachment>> found) {
            if (!found) {
                fail(re, found.error());
            } else if (!*found || !fits(**found)) {
                fail(re, base::rejected("attachment_unknown"));
            } else {
                m_context.attachments.put(**found);
                then();
            }
            resume();
        });
}

bool Session::checkProtocol(std::uint64_t re, int protocol) {
    if (protocol >= wire::kProtocolMin && protocol <= wire::kProtocol)
        return true;
    auto error = base::with(base::rejected("protocol_unsupported"), "min", std::to_string(wire::kProtocolMin));
    refuse(re, base::with(std::move(error), "max", std::to_string(wire::kProtocol)));
    return false;
}

} // namespace cb::hub
