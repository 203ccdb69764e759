#pragma once

#include "client/api/backoff.h"
#include "client/api/endpoint.h"
#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/overview.h"
#include "shared/wire/requests.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWebSockets/QWebSocket>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace cb::api {

struct SessionOptions {
    Backoff::Options backoff;
    base::Millis connectTimeout{15'000}; ///< from opening the socket to the welcome
    base::Millis pingEvery{15'000};
    base::Millis steadyAfter{5'000};  ///< up for so long, the delays begin anew: a server that ends every connection
                                      ///< at once is not called twice a second for ever
    base::Millis silentAfter{35'000}; ///< nothing at all heard for this long: the connection is given up
    base::Millis unreadablePause{20'000}; ///< after another event that cannot be read. With connecting again within the
                                          ///< server's grace of 30 s, after which the agent's sessions are given away
    base::Millis unreadablePeace{3'600'000}; ///< without one for so long, the next is the first again
    std::size_t maxOutstanding = 256;        ///< unanswered requests; a further one is answered `overloaded` at once
    std::uint64_t seed = 0;                  ///< for the spread of delays; 0 = from the system
};

/// One agent's WebSocket to the server: connects, says hello, asks about a takeover, resumes by cursor, reconnects
/// until stop() or until the server says that it is of no use. GUI thread.
///
/// Requests are sent only while Up and answered exactly once: by the server, or with `disconnected` (retry) when the
/// connection ended before — then nobody knows whether it happened, and the next welcome tells what is.
class AgentSession : public QObject {
    Q_OBJECT
public:
    enum class State {
        Stopped,    ///< not started, stopped, or given up: see lastError
        Connecting, ///< socket or hello under way
        Takeover,   ///< another machine has this workbench: takeOver() or stop()
        Up,         ///< welcomed
        Waiting     ///< for the next attempt, at nextAttempt()
    };
    Q_ENUM(State)

    AgentSession(Endpoint endpoint, QString device, SessionOptions options = {}, QObject* parent = nullptr);
    ~AgentSession() override;

    /// Connects with this token and cursor (0 = none). `patient`: somebody works with what is here already, so trouble
    /// with the server's certificate is waited out like trouble with the network (a hotel's sign-in page, a clock that
    /// is wrong) instead of ending it; after a welcome it always is.
    void start(const QString& token, model::Seq cursor, bool patient = false);
    void stop();
    void takeOver();                                         ///< in State::Takeover only
    void retryNow();                                         ///< in State::Waiting: do not wait any longer
    void setToken(const QString& token) { m_token = token; } ///< for the next connection, after a password change
    void setCursor(model::Seq cursor) { m_cursor = cursor; } ///< the highest seq handled; events move it by themselves

    State state() const { return m_state; }
    QDateTime nextAttempt() const { return m_nextAttempt; }
    const base::Error& lastError() const { return m_lastError; } ///< why not Up
    model::Seq cursor() const { return m_cursor; }

    template <class T>
    using Then = std::function<void(base::Result<T>)>;

    /// `then` is called once unless `context` is gone first. Of requests without an answer (mark, typing) use post().
    void request(const wire::AgentRequest& request, QObject* context, Then<void> then);
    void setStatus(model::AgentStatus status, QObject* context, Then<model::Presence> then);
    void cancelStatus(QObject* context, Then<model::Presence> then);
    void answer(model::OfferId offer, QObject* context, Then<model::SessionView> then);
    void send(const wire::SendMessage& message, QObject* context, Then<wire::Sent> then);
    void offerCall(const wire::CallOffer& offer, QObject* context, Then<wire::CallSdp> then);
    void afterCall(model::AfterCall next, QObject* context, Then<model::Presence> then);
    void dial(const wire::DialCall& call, QObject* context, Then<model::SessionView> then);
    /// Without an answer; dropped while not Up.
    void post(const wire::AgentRequest& request);

Q_SIGNALS:
    void stateChanged(cb::api::AgentSession::State state);
    /// In State::Takeover: since when, and on which machine.
    void takeoverAsked(const QDateTime& since, const QString& device);
    /// The live state; replaces whatever was known. Missed messages follow as events when `resumed`.
    void welcomed(const cb::wire::AgentWelcome& welcome);
    void eventReceived(const cb::wire::AgentEvent& event);
    void typingReceived(const cb::wire::Typing& typing);
    void markReceived(const cb::wire::Mark& mark);
    void queueReceived(const cb::wire::Queue& queue);
    void colleaguesReceived(const cb::wire::Colleagues& colleagues);
    void customerReceived(const cb::wire::CustomerOnline& customer);
    void callReceived(const cb::wire::CallChanged& call);
    void overviewReceived(const cb::model::Overview& overview);
    /// An event that cannot be read came for the second time. The connection goes on without it, from the live state;
    /// the user is to be told that this program is too old for the server.
    void eventSkipped();
    /// Stopped for good: bad_token, token_revoked, taken_over, protocol_unsupported, those of tlsError unless patient,
    /// …
    void gaveUp(const cb::base::Error& error);

private:
    using Answer = std::function<void(base::Result<nlohmann::json>)>;

    void open();
    base::Error whyNot(QAbstractSocket::SocketError error) const;
    void hello(bool takeover);
    void onText(const QString& text);
    void onEvent(const nlohmann::json& d);
    void onWelcome(const wire::Frame& frame);
    void onAnswer(const wire::Frame& frame);
    void onHelloError(const base::Error& error);
    void onTransient(const wire::Frame& frame);
    void onClosed();
    void onSilence();
    void lost(const base::Error& error, bool goodbye, base::Millis atLeast = base::Millis(0));
    void giveUp(const base::Error& error);
    void dropSocket();
    void failOutstanding();
    void setState(State state);
    void ask(const wire::AgentRequest& request, QObject* context, Answer answer);
    template <class T>
    Answer decoded(Then<T> then, base::Result<T> (*decode)(const nlohmann::json&));

    Endpoint m_endpoint;
    QString m_device;
    SessionOptions m_options;
    Backoff m_backoff;
    QString m_token;
    model::Seq m_cursor = 0;
    State m_state = State::Stopped;
    base::Error m_lastError;
    bool m_patient = false;
    bool m_welcomedBefore = false; ///< by this object: the workbench was ours
    model::Seq m_unreadable = -1;  ///< of the event that could not be read last
    int m_skipped = 0;
    QDeadlineTimer m_peace; ///< until then it counts
    bool m_opened = false;  ///< the present socket
    QString m_byeCode;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_reconnect;
    QTimer m_deadline; ///< of connecting
    QTimer m_ping;
    bool m_heard = true; ///< something came since the last look
    base::Millis m_quiet{0};
    QDeadlineTimer m_steady; ///< of the present connection
    QDateTime m_nextAttempt;
    std::uint64_t m_nextId = 1;
    std::uint64_t m_helloId = 0;
    struct Outstanding {
        QPointer<QObject> context;
        bool hasContext = false;
        Answer answer;
    };
    std::map<std::uint64_t, Outstanding> m_outstanding;
};

} // namespace cb::api
