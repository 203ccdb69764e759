#include "client/api/agent_session.h"

#include "client/api/network_error.h"
#include "client/bridge/convert.h"

#include <QtCore/QRandomGenerator>

namespace cb::api {

namespace {

enum CloseCode { kGoingAway = 1001, kPolicy = 1008, kTakenOver = 4001, kRevoked = 4002 };

std::uint64_t seedOf(const SessionOptions& options) {
    return options.seed != 0 ? options.seed : QRandomGenerator::system()->generate64();
}

/// Errors of hello that trying again cannot mend.
bool isFinal(const base::Error& error) {
    return error.grade == base::Grade::Rejected;
}

base::Result<nlohmann::json> asIs(const nlohmann::json& d) {
    return d;
}

} // namespace

AgentSession::AgentSession(Endpoint endpoint, QString device, SessionOptions options, QObject* parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_device(std::move(device))
    , m_options(std::move(options))
    , m_backoff(m_options.backoff, seedOf(m_options)) {
    m_reconnect.setSingleShot(true);
    m_deadline.setSingleShot(true);
    connect(&m_reconnect, &QTimer::timeout, this, &AgentSession::open);
    connect(&m_deadline, &QTimer::timeout, this, [this] { lost(timeoutError(m_endpoint.base), false); });
    connect(&m_ping, &QTimer::timeout, this, &AgentSession::onSilence);
}

AgentSession::~AgentSession() {
    dropSocket();
}

void AgentSession::start(const QString& token, model::Seq cursor, bool patient) {
    stop();
    m_token = token;
    m_cursor = cursor;
    m_patient = patient;
    m_welcomedBefore = false;
    m_unreadable = -1;
    m_skipped = 0;
    m_backoff.reset();
    open();
}

void AgentSession::stop() {
    m_reconnect.stop();
    dropSocket();
    setState(State::Stopped);
    failOutstanding();
}

void AgentSession::retryNow() {
    if (m_state == State::Waiting)
        open();
}

void AgentSession::open() {
    m_reconnect.stop();
    dropSocket();
    m_byeCode.clear();
    m_opened = false;
    m_socket = std::make_unique<QWebSocket>();
    auto* socket = m_socket.get();
    socket->setMaxAllowedIncomingMessageSize(wire::kMaxServerFrame);
    connect(socket, &QWebSocket::connected, this, [this] { hello(false); });
    connect(socket, &QWebSocket::textMessageReceived, this, &AgentSession::onText);
    connect(socket, &QWebSocket::disconnected, this, &AgentSession::onClosed);
    connect(socket, &QWebSocket::pong, this, [this] { m_heard = true; });
    connect(socket, &QWebSocket::sslErrors, this,
            [this](const QList<QSslError>& errors) { lost(tlsError(errors, m_endpoint.base.host()), false); });
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            [this, socket](QAbstractSocket::SocketError error) {
                if (socket == m_socket.get() && socket->state() != QAbstractSocket::ConnectedState)
                    lost(whyNot(error), false);
            });
    setState(State::Connecting);
    m_deadline.start(m_options.connectTimeout);
    socket->open(m_endpoint.socket());
}

/// Of a socket that did not open.
base::Error AgentSession::whyNot(QAbstractSocket::SocketError error) const {
    const QString reason = m_socket->errorString();
    // Qt says "refused" as well when the server answered the upgrade with something else.
    if (error == QAbstractSocket::ConnectionRefusedError && m_socket->localPort() != 0)
        return upgradeError(m_endpoint.base, reason);
    return socketError(error, m_endpoint.base, reason);
}

void AgentSession::hello(bool takeover) {
    m_opened = true;
    wire::AgentHello hello;
    hello.token = bridge::toStd(m_token);
    hello.client = "cloudbell/" CLOUDBELL_VERSION;
    hello.device = bridge::toStd(m_device);
    hello.cursor = m_cursor;
    hello.takeover = takeover;
    m_helloId = m_nextId++;
    m_heard = true;
    m_quiet = base::Millis(0);
    m_ping.start(m_options.pingEvery);
    m_socket->sendTextMessage(bridge::toQt(wire::encodeAgentRequest(m_helloId, hello)));
}

void AgentSession::takeOver() {
    if (m_state != State::Takeover)
        return;
    setState(State::Connecting);
    m_deadline.start(m_options.connectTimeout);
    hello(true);
}

void AgentSession::onText(const QString& text) {
    m_heard = true;
    const auto utf8 = text.toUtf8();
    const auto frame = wire::parseFrame(bridge::view(utf8), {wire::kMaxServerFrame, wire::kMaxDepth});
    if (!frame)
        return lost(frame.error(), false);
    switch (frame->type) {
    case wire::FrameType::Welcome:
        return onWelcome(*frame);
    case wire::FrameType::Ok:
    case wire::FrameType::Error:
        return onAnswer(*frame);
    case wire::FrameType::Event:
        return onEvent(frame->d);
    default:
        return onTransient(*frame);
    }
}

void AgentSession::onEvent(const nlohmann::json& d) {
    if (auto event = wire::decodeAgentEvent(d)) {
        m_cursor = std::max(m_cursor, event->seq);
        Q_EMIT eventReceived(*event);
        return;
    }
    const auto field = d.is_object() ? d.find("seq") : d.end();
    const model::Seq seq = field != d.end() && field->is_number_integer() ? field->get<model::Seq>() : 0;
    const auto error = base::retry("event_unreadable");
    if (seq != std::exchange(m_unreadable, seq))
        return lost(error, false); // a gap would be worse than a reconnect
    // It would come with every resume: from the live state instead, which includes what it did.
    m_cursor = 0;
    if (m_peace.hasExpired())
        m_skipped = 0;
    m_peace.setRemainingTime(m_options.unreadablePeace.count());
    lost(error, false, ++m_skipped > 1 ? m_options.unreadablePause : base::Millis(0));
    Q_EMIT eventSkipped();
}

void AgentSession::onWelcome(const wire::Frame& frame) {
    const auto welcome = wire::decodeAgentWelcome(frame.d);
    if (!welcome)
        return giveUp(base::rejected("bad_answer", "welcome"));
    m_deadline.stop();
    m_steady.setRemainingTime(m_options.steadyAfter.count());
    m_patient = m_welcomedBefore = true;
    m_lastError = {};
    // Missed messages still follow when resumed: the cursor moves with them, not ahead of them.
    if (!welcome->resumed)
        m_cursor = welcome->cursor;
    setState(State::Up);
    Q_EMIT welcomed(*welcome);
}

void AgentSession::onAnswer(const wire::Frame& frame) {
    const bool isError = frame.type == wire::FrameType::Error;
    if (isError && m_state == State::Connecting && (frame.re == m_helloId || frame.re == 0))
        return onHelloError(wire::decodeError(frame.d));
    const auto found = m_outstanding.find(frame.re);
    if (found == m_outstanding.end())
        return;
    const auto waiting = std::move(found->second);
    m_outstanding.erase(found);
    if (waiting.hasContext && !waiting.context)
        return;
    waiting.answer(isError ? base::Result<nlohmann::json>(wire::decodeError(frame.d)) : frame.d);
}

void AgentSession::onHelloError(const base::Error& error) {
    if (error.code == "already_signed_in") {
        m_deadline.stop();
        const auto param = [&error](const char* key) {
            const auto found = error.params.find(key);
            return found == error.params.end() ? QString() : bridge::toQt(found->second);
        };
        setState(State::Takeover);
        // Our own connection of a moment ago, which the server has not missed yet: nobody needs to be asked.
        if (m_welcomedBefore && param("device") == m_device)
            return takeOver();
        Q_EMIT takeoverAsked(QDateTime::fromMSecsSinceEpoch(param("since").toLongLong()), param("device"));
        return;
    }
    if (isFinal(error))
        return giveUp(error);
    lost(error, false);
}

void AgentSession::onTransient(const wire::Frame& frame) {
    const auto tell = [this](auto result, auto signal) {
        if (result)
            Q_EMIT(this->*signal)(*result);
    };
    switch (frame.type) {
    case wire::FrameType::Typing:
        return tell(wire::decodeTyping(frame.d), &AgentSession::typingReceived);
    case wire::FrameType::Mark:
        return tell(wire::decodeMark(frame.d), &AgentSession::markReceived);
    case wire::FrameType::Queue:
        return tell(wire::decodeQueue(frame.d), &AgentSession::queueReceived);
    case wire::FrameType::Colleagues:
        return tell(wire::decodeColleagues(frame.d), &AgentSession::colleaguesReceived);
    case wire::FrameType::Customer:
        return tell(wire::decodeCustomerOnline(frame.d), &AgentSession::customerReceived);
    case wire::FrameType::Call:
        return tell(wire::decodeCallChanged(frame.d), &AgentSession::callReceived);
    case wire::FrameType::Overview:
        return tell(wire::decodeOverview(frame.d), &AgentSession::overviewReceived);
    case wire::FrameType::Bye:
        if (const auto bye = wire::decodeBye(frame.d))
            m_byeCode = bridge::toQt(bye->code);
        return;
    default:
        return; // of a newer server
    }
}

void AgentSession::onClosed() {
    if (!m_socket || m_state == State::Stopped)
        return;
    const int code = m_socket->closeCode();
    if (code == kTakenOver || code == kRevoked || code == kPolicy || !m_byeCode.isEmpty()) {
        const QString reason = !m_byeCode.isEmpty() ? m_byeCode
                               : code == kTakenOver ? QStringLiteral("taken_over")
                               : code == kRevoked   ? QStringLiteral("token_revoked")
                                                    : QStringLiteral("forbidden");
        return giveUp(base::rejected(bridge::toStd(reason)));
    }
    // Qt says that it closed before it says why it did not open.
    if (const auto error = m_socket->error(); !m_opened && error != QAbstractSocket::UnknownSocketError)
        return lost(whyNot(error), false);
    lost(base::retry("disconnected"), code == kGoingAway);
}

void AgentSession::onSilence() {
    m_quiet = m_heard ? base::Millis(0) : m_quiet + m_options.pingEvery;
    m_heard = false;
    if (m_quiet >= m_options.silentAfter)
        return lost(timeoutError(m_endpoint.base), false);
    if (m_state == State::Up && m_socket)
        m_socket->sendTextMessage(bridge::toQt(wire::encodeAgentRequest(m_nextId++, wire::Ping{})));
}

void AgentSession::lost(const base::Error& error, bool goodbye, base::Millis atLeast) {
    if (m_state == State::Stopped || m_state == State::Waiting)
        return;
    if (isTlsError(error) && !m_patient)
        return giveUp(error);
    if (m_state == State::Up && m_steady.hasExpired())
        m_backoff.reset();
    dropSocket();
    m_lastError = error;
    const auto delay = std::max(atLeast, goodbye ? m_backoff.nextAfterGoodbye() : m_backoff.next());
    m_nextAttempt = QDateTime::currentDateTime().addMSecs(delay.count());
    m_reconnect.start(delay);
    setState(State::Waiting);
    failOutstanding();
}

void AgentSession::giveUp(const base::Error& error) {
    if (m_state == State::Stopped)
        return;
    m_reconnect.stop();
    dropSocket();
    m_lastError = error;
    setState(State::Stopped);
    failOutstanding();
    Q_EMIT gaveUp(error);
}

void AgentSession::dropSocket() {
    m_deadline.stop();
    m_ping.stop();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    // It may be the sender of the signal we stand in.
    auto* socket = m_socket.release();
    socket->close();
    socket->deleteLater();
}

void AgentSession::failOutstanding() {
    auto waiting = std::move(m_outstanding);
    m_outstanding.clear();
    for (auto& [id, request] : waiting)
        if (!request.hasContext || request.context)
            request.answer(base::retry("disconnected"));
}

void AgentSession::setState(State state) {
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void AgentSession::ask(const wire::AgentRequest& request, QObject* context, Answer answer) {
    if (m_state != State::Up)
        return answer(base::retry("disconnected"));
    if (m_outstanding.size() >= m_options.maxOutstanding)
        return answer(base::retry("overloaded"));
    const auto id = m_nextId++;
    m_outstanding.emplace(id, Outstanding{context, context != nullptr, std::move(answer)});
    m_socket->sendTextMessage(bridge::toQt(wire::encodeAgentRequest(id, request)));
}

template <class T>
AgentSession::Answer AgentSession::decoded(Then<T> then, base::Result<T> (*decode)(const nlohmann::json&)) {
    return [then = std::move(then), decode](base::Result<nlohmann::json> answer) {
        if (!then)
            return;
        if (!answer)
            return then(answer.error());
        auto value = decode(*answer);
        then(value ? std::move(value) : base::Result<T>(base::rejected("bad_answer")));
    };
}

void AgentSession::request(const wire::AgentRequest& request, QObject* context, Then<void> then) {
    ask(request, context,
        decoded<nlohmann::json>(
            [then = std::move(then)](const base::Result<nlohmann::json>& answer) {
                if (then)
                    then(answer ? base::Result<void>() : answer.error());
            },
            asIs));
}

void AgentSession::setStatus(model::AgentStatus status, QObject* context, Then<model::Presence> then) {
    ask(wire::SetStatus{status}, context, decoded(std::move(then), wire::decodeOkPresence));
}

void AgentSession::cancelStatus(QObject* context, Then<model::Presence> then) {
    ask(wire::CancelStatus{}, context, decoded(std::move(then), wire::decodeOkPresence));
}

void AgentSession::answer(model::OfferId offer, QObject* context, Then<model::SessionView> then) {
    ask(wire::AnswerOffer{offer}, context, decoded(std::move(then), wire::decodeOkSession));
}

void AgentSession::send(const wire::SendMessage& message, QObject* context, Then<wire::Sent> then) {
    ask(message, context, decoded(std::move(then), wire::decodeOkSent));
}

void AgentSession::offerCall(const wire::CallOffer& offer, QObject* context, Then<wire::CallSdp> then) {
    ask(offer, context, decoded(std::move(then), wire::decodeOkCallSdp));
}

void AgentSession::afterCall(model::AfterCall next, QObject* context, Then<model::Presence> then) {
    ask(wire::AfterCall{next}, context, decoded(std::move(then), wire::decodeOkPresence));
}

void AgentSession::dial(const wire::DialCall& call, QObject* context, Then<model::SessionView> then) {
    ask(call, context, decoded(std::move(then), wire::decodeOkSession));
}

void AgentSession::post(const wire::AgentRequest& request) {
    if (m_state == State::Up)
        m_socket->sendTextMessage(bridge::toQt(wire::encodeAgentRequest(0, request)));
}

} // namespace cb::api
