#include "tests/client/support/fake_server.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>
#include <QtNetwork/QHostAddress>

#include <algorithm>

namespace cb::test {

namespace {

model::Agent firstAgent() {
    model::Agent agent;
    agent.id = model::AgentId(3);
    agent.name = "Ali";
    agent.staffNo = "000010";
    return agent;
}

const wire::InstanceFace kInstance{model::InstanceId(model::kFirstInstance), "Shop", "Asia/Shanghai"};

QString fromStd(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

FakeServer::FakeServer()
    : me(firstAgent())
    , quickReplies({{model::QuickReplyId(1), {}, "hello", "您好"}})
    , m_web(QStringLiteral("fake"), QWebSocketServer::NonSecureMode) {
    m_tcp.listen(QHostAddress::LocalHost, 0);
    m_port = m_tcp.serverPort();
    connect(&m_tcp, &QTcpServer::newConnection, this, &FakeServer::onConnection);
    connect(&m_web, &QWebSocketServer::newConnection, this, [this] {
        auto* socket = m_web.nextPendingConnection();
        socket->setParent(this);
        connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString& text) { onFrame(socket, text); });
        connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    });
}

FakeServer::~FakeServer() = default;

base::TimePoint FakeServer::now() const {
    return clock == base::TimePoint{} ? base::SystemClock().now() : clock;
}

QString FakeServer::address() const {
    return QStringLiteral("http://127.0.0.1:%1/online/%2").arg(port()).arg(model::kFirstInstance);
}

void FakeServer::addSession(std::int64_t id, const std::string& name) {
    model::SessionView view;
    view.session.id = model::SessionId(id);
    view.session.state = model::SessionState::Open;
    view.session.customer = model::CustomerId(id);
    view.session.answeredAt = now();
    view.customerName = name;
    sessions[view.session.id] = view;
}

void FakeServer::addCall(std::int64_t id, const std::string& number) {
    addSession(id, number);
    auto& view = sessions[model::SessionId(id)];
    view.session.mode = model::Mode::Phone;
    view.channelKind = model::ChannelKind::Phone;
    view.channelName = "+8675512345678";
    view.externalId = number;
    view.customerOnline = false; // has no page
    view.call = model::CallView{};
    view.call->number = number;
    view.call->line = view.channelName;
    view.call->startedAt = view.call->connectedAt = now();
}

void FakeServer::changeCall(std::int64_t session, const std::function<void(model::CallView&)>& edit) {
    auto& view = sessions[model::SessionId(session)];
    edit(*view.call);
    say(wire::encodeCallChanged({model::SessionId(session), *view.call}));
}

void FakeServer::customerSays(std::int64_t session, const std::string& text) {
    wire::MessageView view;
    view.message.session = model::SessionId(session);
    view.message.seq = ++m_seq;
    view.message.uuid = base::uuidFrom(static_cast<std::uint64_t>(m_seq), 7);
    view.message.side = model::Side::Customer;
    view.message.text = text;
    view.message.at = now();
    log.push_back(view);
    sessions[view.message.session].session.lastSeq = m_seq;
    say(wire::encodeMessageEvent(view.message, nullptr, wire::Audience::Agent));
}

void FakeServer::say(const std::string& frame) {
    if (m_agent)
        m_agent->sendTextMessage(fromStd(frame));
}

void FakeServer::event(decltype(wire::AgentEvent::body) body, std::int64_t session) {
    say(wire::encodeEvent(wire::AgentEvent{++m_seq, now(), model::SessionId(session), std::move(body)}));
}

void FakeServer::drop(int closeCode) {
    if (!m_agent)
        return;
    auto* socket = m_agent.data();
    m_agent.clear();
    socket->close(static_cast<QWebSocketProtocol::CloseCode>(closeCode));
}

void FakeServer::goAway() {
    m_tcp.close();
    const auto plain = m_tcp.findChildren<QTcpSocket*>();
    for (auto* socket : plain)
        socket->abort();
    m_agent.clear();
    const auto sockets = findChildren<QWebSocket*>();
    for (auto* socket : sockets)
        socket->abort();
}

void FakeServer::comeBack() {
    m_tcp.listen(QHostAddress::LocalHost, m_port);
}

void FakeServer::unmute() {
    mute = false;
    const auto sockets = findChildren<QWebSocket*>();
    for (auto* socket : sockets)
        if (socket != m_agent)
            socket->abort();
}

std::vector<std::string> FakeServer::textsOf(std::int64_t session) const {
    std::vector<std::string> texts;
    for (const auto& view : log)
        if (view.message.session.value == session)
            texts.push_back(view.message.text);
    return texts;
}

// ---- WebSocket ---------------------------------------------------------------------------------------------------

void FakeServer::onFrame(QWebSocket* socket, const QString& text) {
    const auto frame = wire::parseFrame(text.toStdString());
    const auto request = frame ? wire::decodeAgentRequest(*frame) : base::Result<wire::AgentRequest>(frame.error());
    if (!request)
        return void(socket->sendTextMessage(fromStd(wire::encodeError(frame ? frame->id : 0, request.error()))));
    if (const auto* hello = std::get_if<wire::AgentHello>(&*request))
        return onHello(socket, frame->id, *hello);
    if (socket != m_agent)
        return;
    if (const auto* mark = std::get_if<wire::Mark>(&*request))
        return marks.push_back(*mark);
    if (const auto* typing = std::get_if<wire::Typing>(&*request))
        return typings.push_back(*typing);
    if (frame->id == 0)
        return;
    if (std::holds_alternative<wire::Ping>(*request))
        return say(wire::encodeOk(frame->id));
    const bool hit = ++requests == faultAt;
    perform(socket, frame->id, *request, hit ? fault : Fault::None);
}

void FakeServer::perform(QWebSocket* socket, std::uint64_t id, const wire::AgentRequest& request, Fault met) {
    if (met == Fault::CloseBefore) {
        m_agent.clear();
        return socket->abort();
    }
    const auto answer = answerTo(id, request, met);
    if (met == Fault::CloseAfter || met == Fault::EventThenCut) {
        m_agent.clear();
        if (met == Fault::CloseAfter)
            socket->abort();
        else
            socket->close(QWebSocketProtocol::CloseCodeGoingAway);
        return;
    }
    say(answer);
}

void FakeServer::onHello(QWebSocket* socket, std::uint64_t id, const wire::AgentHello& hello) {
    ++hellos;
    if (mute)
        return;
    const auto answer = [&](const std::string& text) { socket->sendTextMessage(fromStd(text)); };
    if (wantsNewer)
        return answer(wire::encodeError(id, base::rejected("protocol_unsupported")));
    if (hello.token != token)
        return answer(wire::encodeError(id, base::rejected("bad_token")));
    if (!otherDevice.empty() && !hello.takeover)
        return answer(
            wire::encodeError(id, base::with(base::with(base::conflict("already_signed_in"), "device", otherDevice),
                                             "since", std::to_string(base::toUnixMillis(now())))));
    otherDevice.clear();
    m_agent = socket;
    wire::AgentWelcome welcome;
    welcome.now = now();
    welcome.resumed = knowsCursor && hello.cursor > 0;
    welcome.cursor = m_seq;
    welcome.me = me;
    welcome.presence = presence;
    welcome.groups = groups;
    welcome.colleagues = colleagues;
    welcome.lines = lines;
    welcome.settings = settings;
    for (const auto& [offerId, offer] : offers)
        welcome.offers.push_back(offer);
    for (const auto& [session, view] : sessions)
        welcome.sessions.push_back(view);
    answer(wire::encodeWelcome(id, welcome));
    if (welcome.resumed)
        for (const auto& view : log)
            if (view.message.seq > hello.cursor)
                say(wire::encodeMessageEvent(view.message, view.attachment ? &*view.attachment : nullptr,
                                             wire::Audience::Agent));
}

std::string FakeServer::answerTo(std::uint64_t id, const wire::AgentRequest& request, Fault met) {
    if (const auto* message = std::get_if<wire::SendMessage>(&request))
        return send(id, *message, met);
    heard.push_back(request);
    if (const auto* status = std::get_if<wire::SetStatus>(&request))
        return setStatus(id, status->status);
    if (std::holds_alternative<wire::CancelStatus>(request)) {
        presence.hasPending = false;
        return wire::encodeOk(id, presence);
    }
    if (const auto* watch = std::get_if<wire::WatchOverview>(&request); watch != nullptr && watch->on && overview)
        say(wire::encodeOverview(*overview));
    if (const auto* decline = std::get_if<wire::DeclineOffer>(&request))
        offers.erase(decline->offer);
    if (const auto* ending = std::get_if<wire::EndSession>(&request))
        end(ending->session);
    if (auto answer = callAnswer(id, request))
        return *answer;
    if (const auto* answer = std::get_if<wire::AnswerOffer>(&request)) {
        const auto offer = offers.find(answer->offer);
        if (offer == offers.end())
            return wire::encodeError(id, base::conflict("offer_gone"));
        auto view = offer->second.session;
        view.session.state = model::SessionState::Open;
        view.session.answeredAt = now();
        sessions[view.session.id] = view;
        offers.erase(offer);
        return wire::encodeOk(id, view);
    }
    if (const auto* complete = std::get_if<wire::CompleteSession>(&request)) {
        const auto found = sessions.find(complete->session);
        if (found != sessions.end() && found->second.session.mode == model::Mode::Phone) { // and with it the time after
            presence.status = model::AgentStatus::Idle;
            presence.reason = model::StatusReason::Load;
            event(presence);
        }
        sessions.erase(complete->session);
    }
    return wire::encodeOk(id);
}

/// What is asked of the telephone.
std::optional<std::string> FakeServer::callAnswer(std::uint64_t id, const wire::AgentRequest& request) {
    if (std::holds_alternative<wire::CallOffer>(request))
        return wire::encodeOk(id, wire::CallSdp{callSdp});
    if (const auto* hold = std::get_if<wire::HoldCall>(&request))
        changeCall(hold->session.value, [hold](model::CallView& call) { call.held = hold->on; });
    if (const auto* after = std::get_if<wire::AfterCall>(&request))
        return afterCall(id, after->next);
    if (const auto* call = std::get_if<wire::DialCall>(&request))
        return dial(id, *call);
    if (const auto* forward = std::get_if<wire::ForwardCall>(&request)) {
        sessions.erase(forward->session);
        event(wire::SessionReturned{model::ReturnReason::Transferred}, forward->session.value);
    }
    return std::nullopt;
}

std::string FakeServer::dial(std::uint64_t id, const wire::DialCall& call) {
    if (!refusedCall.empty())
        return wire::encodeError(id, base::conflict(refusedCall));
    constexpr std::int64_t kSession = 900;
    addCall(kSession, call.number);
    auto& view = sessions[model::SessionId(kSession)];
    view.call->direction = model::CallDirection::Out;
    view.call->connectedAt = {};
    return wire::encodeOk(id, view);
}

/// The call that is over is completed when the agent goes on.
std::string FakeServer::afterCall(std::uint64_t id, model::AfterCall next) {
    if (presence.reason != model::StatusReason::CallEnded && presence.status != model::AgentStatus::WrapUp)
        return wire::encodeError(id, base::conflict("not_after_call"));
    const bool notes = next == model::AfterCall::WrapUp;
    presence.status = notes ? model::AgentStatus::WrapUp : model::AgentStatus::Idle;
    presence.reason = model::StatusReason::Chosen;
    presence.since = now();
    std::vector<model::SessionId> over;
    for (const auto& [session, view] : sessions)
        if (!notes && view.session.mode == model::Mode::Phone && view.session.state == model::SessionState::WrapUp)
            over.push_back(session);
    for (const auto session : over) {
        sessions.erase(session);
        event(wire::SessionCompleted{}, session.value);
    }
    return wire::encodeOk(id, presence);
}

/// With sessions open, a break and going offline wait for their end.
std::string FakeServer::setStatus(std::uint64_t id, model::AgentStatus status) {
    const bool waits = status != model::AgentStatus::Idle && !sessions.empty();
    presence.hasPending = waits;
    if (waits) {
        presence.pending = status;
    } else {
        presence.status = status;
        presence.since = now();
    }
    return wire::encodeOk(id, presence);
}

void FakeServer::end(model::SessionId session) {
    const auto found = sessions.find(session);
    if (found == sessions.end())
        return;
    found->second.session.state = model::SessionState::WrapUp;
    found->second.session.endedAt = now();
    found->second.session.endReason = model::EndReason::AgentEnded;
    event(wire::SessionEnded{model::EndReason::AgentEnded}, session.value);
    if (found->second.session.mode != model::Mode::Phone)
        return;
    presence.status = model::AgentStatus::Busy;
    presence.reason = model::StatusReason::CallEnded;
    presence.since = now();
    event(presence);
}

std::string FakeServer::send(std::uint64_t id, const wire::SendMessage& message, Fault met) {
    if (met == Fault::Busy)
        return wire::encodeError(id, base::retry("storage_unavailable"));
    if (!refusedText.empty() && message.text == refusedText)
        return wire::encodeError(id, base::rejected("bad_text"));
    if (!sessions.contains(message.session))
        return wire::encodeError(id, base::conflict("session_gone"));
    for (const auto& known : log)
        if (known.message.uuid == message.uuid && known.message.session == message.session)
            return wire::encodeOk(id, wire::Sent{known.message.seq, known.message.at, {}});
    wire::MessageView view;
    view.message.session = message.session;
    view.message.seq = ++m_seq;
    view.message.uuid = message.uuid;
    view.message.side = model::Side::Agent;
    view.message.agent = me.id;
    view.message.kind = message.kind;
    view.message.text = message.text;
    view.message.at = now();
    if (message.attachment) {
        model::Attachment attachment;
        attachment.id = message.attachment;
        attachment.kind = model::AttachmentKind::Picture;
        attachment.bytes = files[message.attachment].size();
        attachment.name = message.text;
        view.attachment = attachment;
    }
    log.push_back(view);
    sessions[message.session].session.lastSeq = m_seq;
    const auto event = wire::encodeEvent(wire::AgentEvent{m_seq, view.message.at, message.session, view});
    for (int i = 0; i < (met == Fault::Repeat ? 2 : met == Fault::EventThenCut ? 1 : 0); ++i)
        say(event);
    return wire::encodeOk(id, wire::Sent{m_seq, view.message.at, {}});
}

// ---- HTTP --------------------------------------------------------------------------------------------------------

void FakeServer::onConnection() {
    while (auto* socket = m_tcp.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onHead(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void FakeServer::onHead(QTcpSocket* socket) {
    const QByteArray all = socket->peek(64 * 1024 * 1024);
    const auto end = all.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = all.left(end);
    if (head.toLower().contains("upgrade: websocket")) {
        socket->disconnect(this);
        m_web.handleConnection(socket);
        Q_EMIT socket->readyRead();
        return;
    }
    const auto header = [&head](const QString& name) {
        const QRegularExpression line(QStringLiteral("^%1: *(.*?)\\r?$").arg(name),
                                      QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
        return line.match(QString::fromUtf8(head)).captured(1);
    };
    const auto length = header(QStringLiteral("Content-Length")).toLongLong();
    if (all.size() < end + 4 + length)
        return;
    socket->read(end + 4 + length);
    if (mute)
        return;
    const auto words = head.left(head.indexOf("\r\n")).split(' ');
    const auto auth = header(QStringLiteral("Authorization")).toUtf8();
    const auto [status, body] =
        http(words.value(0), QUrl(QString::fromUtf8(words.value(1))), auth, all.mid(end + 4, length));
    socket->write("HTTP/1.1 " + QByteArray::number(status) +
                  " x\r\nContent-Length: " + QByteArray::number(static_cast<qsizetype>(body.size())) + "\r\n\r\n");
    socket->write(body.data(), static_cast<qint64>(body.size()));
}

std::string FakeServer::page(const QUrl& url) const {
    static const QRegularExpression path(QStringLiteral("/sessions/(\\d+)/messages"));
    const auto session = path.match(url.path()).captured(1).toLongLong();
    const QUrlQuery query(url);
    const auto before = query.queryItemValue(QStringLiteral("before")).toLongLong();
    const auto limit = static_cast<std::size_t>(query.queryItemValue(QStringLiteral("limit")).toInt());
    wire::MessagePage answer;
    for (const auto& view : log)
        if (view.message.session.value == session && (before == 0 || view.message.seq < before))
            answer.messages.push_back(view);
    if (answer.messages.size() > limit) {
        answer.more = true;
        answer.messages.erase(answer.messages.begin(), answer.messages.end() - static_cast<std::ptrdiff_t>(limit));
    }
    return wire::encodeBody(answer);
}

/// Lists a page asks for; status 0: not one of them.
std::pair<int, std::string> FakeServer::lists(const QString& path) const {
    if (path == QLatin1String("/api/v1/quick-replies"))
        return {200, wire::encodeBody(wire::QuickReplyList{quickReplies})};
    if (path == QLatin1String("/api/v1/screen-pops"))
        return {200, wire::encodeBody(admin.pops)};
    if (path.endsWith(QLatin1String("/offers")))
        return {200, wire::encodeBody(wire::OfferList{reasons})};
    if (path.startsWith(QLatin1String("/api/v1/customers/")))
        return {200, wire::encodeBody(wire::SessionPage{history, false})};
    return {};
}

std::pair<int, std::string> FakeServer::http(const QByteArray& verb, const QUrl& url, const QByteArray& auth,
                                             const QByteArray& body) {
    const auto path = url.path();
    const auto refuse = [](int status, const base::Error& error) {
        return std::pair(status, wire::encodeErrorBody(error));
    };
    if (path == QLatin1String("/api/v1/sign-in")) {
        const auto request = wire::decodeBody<wire::SignIn>(body.toStdString());
        if (!request || request->password != password)
            return refuse(401, base::rejected("bad_credentials"));
        return {200, wire::encodeBody(wire::SignedIn{token, now(), mustChangePassword, me, kInstance})};
    }
    if (path == QLatin1String("/api/v1/password/forgot")) {
        const auto request = wire::decodeBody<wire::PasswordForgot>(body.toStdString());
        if (!request)
            return refuse(400, request.error());
        if (forgetThrottled)
            return refuse(429, base::with(base::retry("throttled"), "retry_ms", "60000"));
        forgotten.push_back(*request);
        return {204, {}};
    }
    if (auth != "Bearer " + QByteArray::fromStdString(token))
        return refuse(401, base::rejected("bad_token"));
    if (path == QLatin1String("/api/v1/password")) {
        const auto change = wire::decodeBody<wire::PasswordChange>(body.toStdString());
        if (!change || change->old != password)
            return refuse(401, base::rejected("bad_credentials"));
        password = change->fresh;
        mustChangePassword = false;
        token = "tok-2";
        return {200, wire::encodeBody(wire::NewToken{token, now()})};
    }
    if (path == QLatin1String("/api/v1/me"))
        return {200, wire::encodeBody(wire::MeAnswer{me, kInstance, mustChangePassword})};
    if (auto answer = records.http(verb, url, body, me); answer.first != 0)
        return answer;
    if (auto answer = admin.http(verb, url, body); answer.first != 0)
        return answer;
    if (auto list = lists(path); list.first != 0)
        return list;
    if (path.endsWith(QLatin1String("/messages")))
        return {200, page(url)};
    if (path == QLatin1String("/api/v1/attachments") && verb == "POST") {
        ++uploads;
        model::Attachment attachment;
        attachment.id = model::AttachmentId(static_cast<std::int64_t>(files.size()) + 1);
        attachment.kind = model::AttachmentKind::Picture;
        attachment.name = QUrlQuery(url).queryItemValue(QStringLiteral("name"), QUrl::FullyDecoded).toStdString();
        attachment.bytes = body.size();
        files[attachment.id] = body;
        return {200, wire::encodeBody(wire::AttachmentAnswer{attachment})};
    }
    if (path.startsWith(QLatin1String("/api/v1/attachments/"))) {
        const auto found = files.find(model::AttachmentId(path.section(QLatin1Char('/'), -1).toLongLong()));
        if (found != files.end())
            return {200, found->second.toStdString()};
    }
    if (path == QLatin1String("/api/v1/sign-out")) {
        ++signOuts;
        return {200, "{}"};
    }
    return refuse(404, base::rejected("not_found"));
}

} // namespace cb::test
