#pragma once

#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/http.h"
#include "shared/wire/overview.h"
#include "shared/wire/requests.h"
#include "tests/client/support/fake_admin.h"
#include "tests/client/support/fake_records.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketServer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace cb::test {

/// A server in this process that speaks shared/wire for one agent, HTTP and WebSocket on one loopback port, and fails
/// where it is told to. Its `log` is the truth that clients are compared with.
class FakeServer : public QObject {
    Q_OBJECT
public:
    enum class Fault {
        None,
        CloseBefore,  ///< the connection ends, the request was not heard
        CloseAfter,   ///< it was done, but its answer never arrives
        EventThenCut, ///< it was done and its event is sent, the answer is not
        Repeat,       ///< its event is sent twice
        Busy          ///< answered storage_unavailable
    };

    FakeServer();
    ~FakeServer() override;

    QString address() const;
    quint16 port() const { return m_port; }

    // ---- what it is like
    std::string token = "tok";
    std::string password = "secret-1";
    bool mustChangePassword = false;
    std::string otherDevice; ///< another machine has the workbench
    bool wantsNewer = false; ///< every program is too old for it
    bool knowsCursor = true; ///< false: welcome says resumed false
    std::map<model::SessionId, model::SessionView> sessions;
    std::map<model::OfferId, model::OfferView> offers;
    std::vector<wire::MessageView> log; ///< every message, by seq
    std::map<model::AttachmentId, QByteArray> files;
    model::Presence presence;
    std::vector<wire::Mark> marks;
    std::vector<wire::Typing> typings;
    int hellos = 0;
    int uploads = 0;
    int signOuts = 0;
    std::vector<wire::PasswordForgot> forgotten; ///< links asked for
    bool forgetThrottled = false;                ///< they are refused
    model::Agent me;
    wire::Settings settings;
    std::vector<model::GroupView> groups;
    std::vector<model::ColleagueView> colleagues;
    std::vector<model::LineView> lines; ///< to call out from
    std::string callSdp = "v=0 theirs"; ///< answer to every offer of a call's sound
    std::string refusedCall;            ///< a number that is refused with this code: "busy", "bad_number"
    std::vector<model::QuickReply> quickReplies;
    std::vector<model::Offer> reasons;         ///< answer to "why this agent", of any session
    std::vector<wire::SessionSummary> history; ///< earlier sessions, of any customer
    std::vector<wire::AgentRequest> heard;     ///< what was asked with an answer wanted, in order
    base::TimePoint clock{};                   ///< this server's time stands still here; epoch 0: the system's runs
    std::optional<model::Overview> overview;   ///< told when somebody begins to watch it
    bool mute = false;                         ///< HTTP requests and hellos stay without an answer

    /// The request with this number (from 1, hello not counted) meets the fault.
    std::string refusedText; ///< a message that says this is refused for good
    int faultAt = 0;
    Fault fault = Fault::None;
    int requests = 0;
    FakeAdmin admin; ///< the routes for admins
    FakeRecords records;

    void addSession(std::int64_t id, const std::string& name);
    /// A call from this number, with the agent.
    void addCall(std::int64_t id, const std::string& number);
    /// As if the agent had ended it; after a call they are busy until they go on.
    void end(model::SessionId session);
    /// What its call is now; told to the agent.
    void changeCall(std::int64_t session, const std::function<void(model::CallView&)>& edit);
    /// Goes to the log and, when connected, to the agent.
    void skipTo(model::Seq seq) { m_seq = seq; } ///< the next event is numbered after it
    void customerSays(std::int64_t session, const std::string& text);
    void say(const std::string& frame); ///< any frame
    void event(decltype(wire::AgentEvent::body) body, std::int64_t session = 0);
    void drop(int closeCode = 1001);
    base::TimePoint now() const;
    /// The requests of one kind among those heard.
    template <class Request>
    std::vector<Request> asked() const {
        std::vector<Request> found;
        for (const auto& request : heard)
            if (const auto* one = std::get_if<Request>(&request))
                found.push_back(*one);
        return found;
    }
    void goAway();   ///< as if switched off: nothing listens, every connection ends
    void comeBack(); ///< on the same port
    void unmute();   ///< and cuts the connections whose hello stayed without an answer
    bool isConnected() const { return !m_agent.isNull(); }
    std::vector<std::string> textsOf(std::int64_t session) const;

private:
    void onConnection();
    void onHead(QTcpSocket* socket);
    void onFrame(QWebSocket* socket, const QString& text);
    void onHello(QWebSocket* socket, std::uint64_t id, const wire::AgentHello& hello);
    void perform(QWebSocket* socket, std::uint64_t id, const wire::AgentRequest& request, Fault met);
    std::string setStatus(std::uint64_t id, model::AgentStatus status);
    std::string dial(std::uint64_t id, const wire::DialCall& call);
    std::string afterCall(std::uint64_t id, model::AfterCall next);
    std::optional<std::string> callAnswer(std::uint64_t id, const wire::AgentRequest& request);
    std::pair<int, std::string> lists(const QString& path) const;
    std::string answerTo(std::uint64_t id, const wire::AgentRequest& request, Fault met);
    std::string send(std::uint64_t id, const wire::SendMessage& message, Fault met);
    std::pair<int, std::string> http(const QByteArray& verb, const QUrl& url, const QByteArray& token,
                                     const QByteArray& body);
    std::string page(const QUrl& url) const;

    QTcpServer m_tcp;
    quint16 m_port = 0;
    QWebSocketServer m_web;
    QPointer<QWebSocket> m_agent;
    model::Seq m_seq = 100;
};

} // namespace cb::test
