#pragma once

#include "server/desk/effects.h"
#include "server/hub/attachment_cache.h"
#include "server/hub/backend.h"
#include "server/hub/encoder.h"
#include "server/net/application.h"
#include "server/net/error_counts.h"
#include "server/net/limits.h"
#include "shared/wire/frame.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace cb::hub {

struct HubOptions {
    std::string serverVersion = CLOUDBELL_VERSION;
    int helloSeconds = 10;
    int takeoverSeconds = 120; ///< to answer the question whether to take over
    int recheckSeconds = 60;   ///< tokens of open connections are looked at again
    net::Rate agentRate{50, 200};
    net::Rate visitorRate{10, 30};
    /// New sessions of one address, all its connections together; an office or a mobile network's gateway is one
    /// address. perSecond 0 = no limit.
    net::Rate sessionStarts{0.5, 100};
    int strikes = 200;                ///< refused or unreadable frames in a row before the connection is closed
    std::size_t replayLimit = 2'000;  ///< messages; more is a snapshot (docs/protocol.md 2)
    std::size_t heldFrames = 8'192;   ///< held back while a replay is read
    std::size_t waitingRequests = 64; ///< while one waits for a look-up
    std::size_t waitingBytes = 256 * 1024;
    std::size_t earlyRequests = 8; ///< sent after hello without waiting for the welcome
    std::size_t earlyBytes = 16 * 1024;
};

class Session;

/// The hub as its sessions see it. Net thread.
class Registry {
public:
    virtual ~Registry() = default;
    virtual void opened(const std::shared_ptr<Session>& session) = 0;
    virtual void closed(desk::ConnectionId connection, desk::Command detach, bool attached) = 0;
    /// May a visitor at this address start a session? 0, or how long to wait.
    virtual base::Millis startSession(const std::string& address) = 0;
};

struct Context {
    Backend& backend;
    Registry& registry;
    AttachmentCache& attachments;
    Encoder& encoder;
    net::ErrorCounts& errors;
    HubOptions options;
};

/// What agents' and visitors' connections share: hello first, rate, order of requests and of frames. Net thread.
class Session : public net::SocketEvents, public std::enable_shared_from_this<Session> {
public:
    Session(Context& context, desk::ConnectionId connection, net::Rate rate);

    desk::ConnectionId connection() const { return m_connection; }

    /// The desk's answer to a request of this connection.
    virtual void onReply(std::uint64_t request, const desk::Answer& answer) = 0;
    /// A frame for the client, in order: held back while a replay is read.
    void push(const FramePtr& frame);
    /// `bye`, when it has a code, then close.
    void bye(const std::string& code, std::uint16_t closeCode);

    // net::SocketEvents
    void onOpen(net::Socket& socket) override;
    void onText(std::string_view text) override;
    void onBinary() override;
    void onDeadline() override;
    void onClosed() override;

protected:
    enum class State {
        Fresh,     ///< waits for hello
        Checking,  ///< the hello is being looked at
        Attaching, ///< the desk has it
        Live,
        Done, ///< closed, or closing
    };

    virtual void hello(const wire::Frame& frame) = 0;
    virtual void request(const wire::Frame& frame) = 0;
    virtual void liveDeadline() {}
    virtual desk::Command detachCommand() const = 0;

    void setState(State state) { m_state = state; }
    State state() const { return m_state; }
    void send(std::string frame);
    void fail(std::uint64_t re, const base::Error& error);
    /// The hello was refused: says why and closes so that the client knows whether to come back.
    void refuse(std::uint64_t re, const base::Error& error);
    void deadline(int seconds);
    /// To the desk; `overloaded` to the client when it is full.
    void post(std::uint64_t re, desk::Command command);
    /// Later requests wait until resume().
    void pause() { m_paused = true; }
    void resume();
    /// Ends the pause with what it was for, which may begin another.
    void resumeWith(const std::function<void()>& request);
    /// The hello is being looked at: what comes meanwhile is handled after the welcome.
    void check();
    /// The hello came to nothing yet, another one may come.
    void startAgain(int seconds);
    /// The common answers; welcomes are the kinds' own.
    void answer(std::uint64_t request, const desk::Answer& answer, bool tellSession);

    /// `welcome(resumed)` makes the welcome frame. Reads what was missed, then sends welcome, replay and what was held.
    void welcomeAndReplay(ReplayQuestion question, wire::Audience audience, std::function<std::string(bool)> welcome);
    /// Calls `then` with the attachment when it is of this session and kind, else tells attachment_unknown.
    void withAttachment(std::uint64_t re, model::AttachmentId id, model::SessionId session, model::MessageKind kind,
                        std::function<void()> then);
    bool checkProtocol(std::uint64_t re, int protocol);

    Context& m_context;

private:
    void handle(std::string_view text);
    bool allowed(const wire::Frame& frame);
    void strike();
    void release(const std::vector<FramePtr>& replay);

    const desk::ConnectionId m_connection;
    net::Rate m_rate;
    net::TokenBucket m_bucket;
    net::Socket* m_socket = nullptr; ///< null once closed
    State m_state = State::Fresh;
    bool m_attached = false; ///< the desk was told of this connection
    bool m_paused = false;
    bool m_holding = true; ///< until the welcome is out
    int m_strikes = 0;
    std::deque<std::string> m_waiting;
    std::size_t m_waitingBytes = 0;
    std::vector<FramePtr> m_held;
};

} // namespace cb::hub
