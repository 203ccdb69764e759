#include "tests/support/net/crowd.h"

#include "shared/base/uuid.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>

namespace cb::test {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

void Ledger::fault(std::string sentence) {
    if (faults.size() < 50)
        faults.push_back(std::move(sentence));
}

std::uint32_t percentile(std::vector<std::uint32_t>& values, double share) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    return values[at];
}

namespace {

constexpr std::string_view kTokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct Context {
    asio::io_context& io;
    CrowdOptions options;
    base::Random random;
    Ledger ledger;
    std::unordered_map<std::string, SteadyTime> sentAt;
    std::uint64_t sentCount = 0;
    std::uint64_t actors = 0;
    bool sending = true;
    bool finishing = false;
    bool over = false;

    std::string uuid() { return base::toString(base::uuidFrom(random.next(), random.next())); }
    std::chrono::milliseconds reconnectDelay() {
        const auto span = options.reconnectMax - options.reconnectMin;
        return options.reconnectMin +
               std::chrono::milliseconds(random.below(static_cast<std::uint64_t>(span.count()) + 1));
    }
};

/// How many frames a client may send, kept below the server's limits (which are a defence, not a part of the
/// conversation): a refused frame in the middle would change the order.
class Pace {
public:
    Pace(double perSecond, double burst)
        : m_perSecond(perSecond)
        , m_burst(burst) {}
    void restart() {
        m_tokens = m_burst;
        m_at = Clock::now();
    }
    void took() { m_tokens = left() - 1; }
    double left() {
        const auto now = Clock::now();
        m_tokens = std::min(m_burst, m_tokens + m_perSecond * std::chrono::duration<double>(now - m_at).count());
        m_at = now;
        return m_tokens;
    }

private:
    double m_perSecond;
    double m_burst;
    double m_tokens = 0;
    SteadyTime m_at = Clock::now();
};

struct Outgoing {
    std::string uuid;
    std::string text;
    std::int64_t session = 0;
};

/// What both kinds of actor share: a connection that comes back, requests by id, an outbox.
class Actor {
public:
    Actor(Context& context, std::string path, std::string origin, Pace pace)
        : m_context(context)
        , m_sender(++context.actors)
        , m_path(std::move(path))
        , m_origin(std::move(origin))
        , m_pace(pace)
        , m_retry(context.io) {}
    virtual ~Actor() = default;

    void connect() {
        m_welcomed = false;
        m_held = false;
        m_waiting.clear();
        m_pace.restart();
        m_peer = Peer::open(m_context.io, m_context.options.port, m_path, m_origin,
                            {[this] { hello(); }, [this](std::string_view text) { frame(text); },
                             [this](std::uint16_t code) { closed(code); }});
    }
    void reset() {
        if (m_peer)
            m_peer->reset();
    }
    bool welcomed() const { return m_welcomed; }
    std::size_t unacknowledged() const { return m_outbox.size(); }

protected:
    virtual void hello() = 0;
    virtual void welcome(const Json& d) = 0;
    virtual void event(const Json& d) = 0;
    virtual void acknowledged(const Outgoing&, const Json&) {}
    virtual std::string sendFrame(const Outgoing& message, std::uint64_t id) = 0;
    virtual void refused(const std::string& what, const std::string& code) = 0;

    void request(const std::string& type, const Json& d, std::string what) {
        const auto id = ++m_lastId;
        m_waiting[id] = std::move(what);
        m_pace.took();
        m_peer->send(Json{{"t", type}, {"id", id}, {"d", d}}.dump());
    }

    void post(Outgoing message, bool byAgent) {
        auto& sent = m_context.ledger.sent[message.uuid];
        sent.text = message.text;
        sent.byAgent = byAgent;
        sent.sender = m_sender;
        sent.order = ++m_order;
        ++m_context.sentCount;
        m_outbox.push_back(std::move(message));
        if (m_welcomed && !m_held)
            transmit(m_outbox.back());
    }

    /// How many more frames may be sent now; may be negative.
    double room() { return m_pace.left(); }

    /// Marks are cumulative and may be lost: a busy client leaves some out.
    void mark(const Json& d) {
        constexpr double kReserve = 8; ///< for what must not be left out
        if (!m_context.options.marks || room() < kReserve)
            return;
        m_pace.took();
        m_peer->send(Json{{"t", "mark"}, {"d", d}}.dump());
    }

    void transmitAll() {
        for (const auto& message : m_outbox)
            transmit(message);
    }

    Context& m_context;
    const std::uint64_t m_sender;
    std::shared_ptr<Peer> m_peer;
    bool m_welcomed = false;
    std::int64_t m_cursor = 0;
    std::deque<Outgoing> m_outbox;

private:
    void transmit(const Outgoing& message) {
        const auto id = ++m_lastId;
        m_waiting[id] = "m" + message.uuid;
        m_context.sentAt[message.uuid] = Clock::now();
        m_pace.took();
        m_peer->send(sendFrame(message, id));
    }

    void frame(std::string_view text) {
        const Json json = Json::parse(text, nullptr, false);
        if (json.is_discarded())
            return m_context.ledger.fault("the server sent something that is not JSON");
        const auto type = json.value("t", std::string());
        static const Json none = Json::object();
        const Json& d = json.contains("d") ? json["d"] : none;
        if (type == "event")
            return event(d);
        if (type == "welcome") {
            m_welcomed = true;
            return welcome(d);
        }
        if (type != "ok" && type != "error")
            return;
        const auto found = m_waiting.find(json.value("re", std::uint64_t(0)));
        if (found == m_waiting.end())
            return;
        const std::string what = std::move(found->second);
        m_waiting.erase(found);
        if (type == "error")
            answerError(what, d);
        else if (what.front() == 'm')
            answerSent(what.substr(1), d);
    }

    void answerSent(const std::string& uuid, const Json& d) {
        const auto at =
            std::find_if(m_outbox.begin(), m_outbox.end(), [&](const Outgoing& o) { return o.uuid == uuid; });
        if (at == m_outbox.end())
            return;
        auto& sent = m_context.ledger.sent[uuid];
        sent.seq = d.value("seq", std::int64_t(0));
        sent.session = d.value("session", at->session);
        ++m_context.ledger.acknowledged;
        const auto started = m_context.sentAt.find(uuid);
        if (started != m_context.sentAt.end())
            m_context.ledger.ackMicros.push_back(static_cast<std::uint32_t>(
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started->second).count()));
        const Outgoing message = *at;
        m_outbox.erase(at);
        acknowledged(message, d);
    }

    void answerError(const std::string& what, const Json& d) {
        const auto code = d.value("code", std::string());
        ++m_context.ledger.errors[code];
        if (what.front() == 'm' && d.value("grade", std::string()) != "retry") {
            // Refused for good: it was never kept, so it counts as not sent.
            const auto uuid = what.substr(1);
            std::erase_if(m_outbox, [&](const Outgoing& o) { return o.uuid == uuid; });
            m_context.ledger.sent.erase(uuid);
        } else if (what.front() == 'm') {
            retryLater();
        }
        refused(what, code);
    }

    /// Everything again, in order; what is new waits behind it.
    void retryLater() {
        m_held = true;
        m_retry.expires_after(m_context.reconnectDelay());
        m_retry.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled || !m_welcomed)
                return;
            m_held = false;
            transmitAll();
        });
    }

    void closed(std::uint16_t) {
        m_welcomed = false;
        if (m_context.over)
            return;
        m_retry.expires_after(m_context.reconnectDelay());
        m_retry.async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled && !m_context.over)
                connect();
        });
    }

    std::string m_path;
    std::string m_origin;
    Pace m_pace;
    bool m_held = false; ///< a message waits for its repeat
    asio::steady_timer m_retry;
    std::uint64_t m_lastId = 0;
    std::uint64_t m_order = 0;
    std::unordered_map<std::uint64_t, std::string> m_waiting;
};

void noteLatency(Context& context, const std::string& uuid) {
    const auto started = context.sentAt.find(uuid);
    if (started == context.sentAt.end())
        return;
    context.ledger.micros.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started->second).count()));
}

/// Records a message of the other side; false and a fault when it came twice or out of order.
void see(Context& context, std::map<std::int64_t, std::map<std::int64_t, std::string>>& seen, const Json& message,
         std::string_view who) {
    const auto session = message.value("session", std::int64_t(0));
    const auto seq = message.value("seq", std::int64_t(0));
    auto& of = seen[session];
    if (!of.empty() && of.rbegin()->first >= seq)
        context.ledger.fault(
            fmt::format("{} saw seq {} of session {} after {}", who, seq, session, of.rbegin()->first));
    of[seq] = message.value("uuid", std::string());
}

class Visitor final : public Actor {
public:
    Visitor(Context& context, int number, bool talks)
        : Actor(context, "/ws/visitor", context.options.origin, Pace(8, 28))
        , m_number(number)
        , m_talks(talks)
        , m_again(context.io) {
        for (int i = 0; i < 43; ++i)
            m_token += kTokenLetters[context.random.below(kTokenLetters.size())];
        m_token.back() = 'A'; // 43 characters carry 258 bits: the last two must be zero
    }

    bool served() const { return m_served; }
    bool mayTalk() { return m_welcomed && m_served && m_outbox.size() < 20 && room() >= 1; }

    void talk() {
        std::string text = fmt::format("visitor {} says {}", m_number, ++m_said);
        text.resize(std::max(text.size(), m_context.options.payload), '.');
        post({m_context.uuid(), std::move(text), 0}, false);
    }

private:
    void hello() override {
        request("hello",
                {{"protocol", 1},
                 {"channel", m_context.options.channel},
                 {"token", m_token},
                 {"cursor", m_cursor},
                 {"locale", "en"},
                 {"page", {{"url", "http://shop.test/"}, {"title", "Shop"}}}},
                "hello");
    }

    void welcome(const Json& d) override {
        const bool resumed = d.value("resumed", false);
        if (!resumed && m_cursor > 0)
            m_context.ledger.fault(fmt::format("visitor {} was not resumed at {}", m_number, m_cursor));
        if (!resumed)
            m_cursor = std::max(m_cursor, d.value("cursor", std::int64_t(0)));
        // What was said in a session that has ended since is not replayed: a client reads it over HTTP.
        const auto now = d.contains("session") ? d["session"].value("session", std::int64_t(0)) : 0;
        if (m_session != 0 && now != m_session && !m_ended)
            m_context.ledger.endedAway[m_session] = {m_context.options.channel, m_token};
        m_served = false;
        if (d.contains("session"))
            state(d["session"]);
        else if (m_talks && m_context.sending && m_outbox.empty())
            request("session.start", Json::object(), "start");
        transmitAll();
    }

    void state(const Json& view) {
        const auto before = m_session;
        m_session = view.value("session", std::int64_t(0));
        if (m_session)
            m_context.ledger.sessions.insert(m_session);
        const auto state = view.value("state", std::string());
        m_served = state == "open";
        const bool ended = m_ended = state == "wrap_up" || state == "completed";
        if (ended && before == m_session && m_talks && m_context.sending && m_welcomed)
            request("session.start", Json::object(), "start");
    }

    void event(const Json& d) override {
        const auto seq = d.value("seq", std::int64_t(0));
        if (seq <= m_cursor)
            m_context.ledger.fault(fmt::format("visitor {} got seq {} again (cursor {})", m_number, seq, m_cursor));
        m_cursor = seq;
        if (d.contains("view"))
            return state(d["view"]);
        if (d.value("kind", std::string()) != "message")
            return;
        const Json& message = d["message"];
        if (message.value("side", std::string()) != "agent")
            return;
        see(m_context, m_context.ledger.seenByVisitor, message, "a visitor");
        noteLatency(m_context, message.value("uuid", std::string()));
        mark({{"delivered", seq}, {"read", seq}});
    }

    std::string sendFrame(const Outgoing& message, std::uint64_t id) override {
        return fmt::format(R"({{"t":"message.send","id":{},"d":{{"uuid":"{}","kind":"text","text":"{}"}}}})", id,
                           message.uuid, message.text);
    }
    void acknowledged(const Outgoing&, const Json& d) override {
        m_context.ledger.sessions.insert(d.value("session", std::int64_t(0)));
    }
    void refused(const std::string& what, const std::string& code) override {
        if (what != "start")
            return;
        if (code != "storage_unavailable" && code != "overloaded")
            return m_context.ledger.fault(fmt::format("visitor {} may not start: {}", m_number, code));
        m_again.expires_after(m_context.reconnectDelay());
        m_again.async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled && m_welcomed && !m_served && m_context.sending)
                request("session.start", Json::object(), "start");
        });
    }

    int m_number;
    bool m_talks;
    asio::steady_timer m_again; ///< a refused start is tried again
    bool m_served = false;
    bool m_ended = false;
    std::int64_t m_session = 0;
    std::uint64_t m_said = 0;
    std::string m_token;
};

class Agent final : public Actor {
public:
    Agent(Context& context, std::string token)
        : Actor(context, "/ws/agent", {}, Pace(45, 190))
        , m_token(std::move(token))
        , m_again(context.io) {}

    bool isFree() const { return m_welcomed && m_sessions.empty() && m_offers.empty(); }
    std::string holds() const {
        std::string text = fmt::format("an agent holds {} offers", m_offers.size());
        for (const auto& [session, held] : m_sessions)
            text += fmt::format(", {}{}", session, held.ended ? " ended" : held.ending ? " ending" : "");
        return text;
    }

    void finish() {
        if (!m_welcomed)
            return;
        for (auto& [session, held] : m_sessions)
            if (!held.ended) // else its completion is on its way
                end(session, held);
    }

private:
    struct Held {
        bool ended = false;
        bool ending = false; ///< we have asked for it
        int heard = 0;
    };

    void hello() override {
        request("hello",
                {{"protocol", 1},
                 {"token", m_token},
                 {"client", "test"},
                 {"device", "test"},
                 {"cursor", m_cursor},
                 {"takeover", true}},
                "hello");
    }

    void welcome(const Json& d) override {
        const bool resumed = d.value("resumed", false);
        if (!resumed && m_cursor > 0)
            m_context.ledger.fault(fmt::format("an agent was not resumed at {}", m_cursor));
        if (!resumed)
            m_cursor = std::max(m_cursor, d.value("cursor", std::int64_t(0)));
        const auto before = std::move(m_sessions);
        m_sessions.clear();
        m_offers.clear();
        for (const auto& view : d.value("sessions", Json::array())) {
            const auto id = view.value("id", std::int64_t(0));
            const auto known = before.find(id);
            m_sessions[id] = known == before.end() ? Held{} : known->second;
            m_sessions[id].ended = view.value("state", std::string()) == "wrap_up";
        }
        for (const auto& [id, held] : before)
            if (m_sessions.count(id) == 0)
                (held.ended || held.ending ? m_context.ledger.completedAway : m_context.ledger.moved).insert(id);
        const auto status = d.contains("presence") ? d["presence"].value("status", std::string()) : std::string();
        m_away = status == "offline" || status == "break";
        for (const auto& offer : d.value("offers", Json::array()))
            m_offers.insert(offer.value("offer", std::int64_t(0)));
        dropForeign();
        transmitAll();
        pursue();
    }

    /// Asks for everything that what we hold calls for. What was asked before does no harm.
    void pursue() {
        if (m_away)
            request("status.set", {{"status", "idle"}}, "status");
        for (const auto offer : m_offers)
            request("offer.answer", {{"offer", offer}}, "answer");
        for (auto& [session, held] : m_sessions)
            if (held.ended)
                request("session.complete", {{"session", session}, {"category", "test"}}, "complete");
            else if (m_context.finishing || held.ending)
                end(session, held);
    }

    void end(std::int64_t session, Held& held) {
        held.ending = true;
        request("session.end", {{"session", session}}, "end");
    }

    /// Messages for sessions that are not ours any more can never be sent; they were not acknowledged, so nobody was
    /// told.
    void dropForeign() {
        std::erase_if(m_outbox, [this](const Outgoing& message) {
            const bool gone = m_sessions.count(message.session) == 0;
            if (gone)
                m_unsure.push_back(message.uuid);
            return gone;
        });
        for (const auto& uuid : m_unsure)
            m_context.ledger.sent[uuid].unsure = true;
        m_unsure.clear();
    }

    void offered(std::int64_t offer) {
        m_offers.insert(offer);
        request("offer.answer", {{"offer", offer}}, "answer");
    }

    void event(const Json& d) override {
        const auto seq = d.value("seq", std::int64_t(0));
        if (seq <= m_cursor)
            m_context.ledger.fault(fmt::format("an agent got seq {} again (cursor {})", seq, m_cursor));
        m_cursor = seq;
        const auto kind = d.value("kind", std::string());
        const auto session = d.value("session", std::int64_t(0));
        if (kind == "message")
            return message(d["message"], session, seq);
        if (kind == "session_offered")
            offered(d["offer"].value("offer", std::int64_t(0)));
        else if (kind == "offer_closed")
            m_offers.erase(d.value("offer", std::int64_t(0)));
        else if (kind == "session_assigned")
            m_sessions.try_emplace(session);
        else if (kind == "session_returned" || kind == "session_completed")
            m_sessions.erase(session);
        if (kind == "session_returned")
            m_context.ledger.moved.insert(session);
        if (kind == "session_ended")
            ended(session);
        if (kind == "agent_status") {
            m_away = d["presence"].value("status", std::string()) == "break";
            if (m_away)
                request("status.set", {{"status", "idle"}}, "status");
        }
        if (kind == "session_assigned" && m_context.finishing)
            end(session, m_sessions[session]);
    }

    void ended(std::int64_t session) {
        const auto held = m_sessions.find(session);
        if (held == m_sessions.end())
            return;
        held->second.ended = true;
        request("session.complete", {{"session", session}, {"category", "test"}}, "complete");
    }

    void message(const Json& message, std::int64_t session, std::int64_t seq) {
        if (message.value("side", std::string()) != "customer")
            return;
        if (m_sessions.count(session) == 0)
            return; // of an offer: others may be offered it, too
        see(m_context, m_context.ledger.seenByAgent, message, "an agent");
        noteLatency(m_context, message.value("uuid", std::string()));
        mark({{"session", session}, {"delivered", seq}, {"read", seq}});
        const auto held = m_sessions.find(session);
        if (held == m_sessions.end() || held->second.ended)
            return;
        if (m_context.options.agentsReply && m_context.sending && room() >= 1) {
            std::string text = "answer to " + std::to_string(seq);
            text.resize(std::max(text.size(), m_context.options.payload), '.');
            post({m_context.uuid(), std::move(text), session}, true);
        }
        const int limit = m_context.options.messagesPerSession;
        if (limit > 0 && ++held->second.heard == limit)
            end(session, held->second);
    }

    std::string sendFrame(const Outgoing& message, std::uint64_t id) override {
        return fmt::format(
            R"({{"t":"message.send","id":{},"d":{{"session":{},"uuid":"{}","kind":"text","text":"{}"}}}})", id,
            message.session, message.uuid, message.text);
    }
    void refused(const std::string& what, const std::string& code) override {
        if (what == "hello" && code == "bad_token")
            m_context.ledger.fault("an agent's token was refused");
        if (what.front() == 'm' || (code != "rate_limited" && code != "overloaded" && code != "storage_unavailable"))
            return;
        // A server that had to wait for its processor finds more in its buffers than it may take at once. Nobody
        // else ends what this agent holds before its wrap-up time is over.
        m_again.expires_after(std::chrono::milliseconds(300));
        m_again.async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled && m_welcomed)
                pursue();
        });
    }

    std::string m_token;
    bool m_away = false;        ///< offline or on break
    asio::steady_timer m_again; ///< a request that was refused for now is made again
    std::map<std::int64_t, Held> m_sessions;
    std::set<std::int64_t> m_offers;
    std::vector<std::string> m_unsure;
};

} // namespace

struct Crowd::Impl {
    Context context;
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<std::unique_ptr<Visitor>> idle;
    std::vector<std::unique_ptr<Agent>> agents;
    asio::steady_timer pace;
    double owed = 0;
    std::size_t next = 0;
    SteadyTime last = Clock::now();

    void tick() {
        pace.expires_after(std::chrono::milliseconds(2));
        pace.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled || context.over)
                return;
            const auto now = Clock::now();
            if (context.sending)
                owed += context.options.visitorRate * std::chrono::duration<double>(now - last).count();
            last = now;
            owed = std::min(owed, context.options.visitorRate + 1);
            for (std::size_t tried = 0; owed >= 1 && context.sending && tried < visitors.size(); ++tried) {
                auto& visitor = *visitors[next++ % visitors.size()];
                if (!visitor.mayTalk())
                    continue;
                visitor.talk();
                owed -= 1;
            }
            tick();
        });
    }
};

Crowd::Crowd(asio::io_context& io, CrowdOptions options)
    : m_impl(new Impl{{io, options, base::Random(options.seed), {}, {}}, {}, {}, {}, asio::steady_timer(io)}) {
    for (int i = 0; i < options.visitors; ++i)
        m_impl->visitors.push_back(std::make_unique<Visitor>(m_impl->context, i, true));
    for (int i = 0; i < options.idleVisitors; ++i)
        m_impl->idle.push_back(std::make_unique<Visitor>(m_impl->context, options.visitors + i, false));
    for (const auto& token : options.agentTokens)
        m_impl->agents.push_back(std::make_unique<Agent>(m_impl->context, token));
}

Crowd::~Crowd() {
    m_impl->context.over = true;
    m_impl->pace.cancel();
    resetConnections();
    // Handlers that are still queued hold references to the actors: let them run out.
    m_impl->context.io.restart();
    m_impl->context.io.poll();
}

void Crowd::start() {
    for (const auto& agent : m_impl->agents)
        agent->connect();
    for (const auto& visitor : m_impl->visitors)
        visitor->connect();
    for (const auto& visitor : m_impl->idle)
        visitor->connect();
    m_impl->last = Clock::now();
    m_impl->tick();
}

void Crowd::setPort(std::uint16_t port) {
    m_impl->context.options.port = port;
}
void Crowd::setRate(double visitorRate) {
    m_impl->context.options.visitorRate = visitorRate;
}
void Crowd::stopSending() {
    m_impl->context.sending = false;
}

void Crowd::resetConnections() {
    for (const auto& agent : m_impl->agents)
        agent->reset();
    for (const auto& visitor : m_impl->visitors)
        visitor->reset();
    for (const auto& visitor : m_impl->idle)
        visitor->reset();
}

void Crowd::finishSessions() {
    m_impl->context.finishing = true;
    for (const auto& agent : m_impl->agents)
        agent->finish();
}

bool Crowd::allConnected() const {
    const auto welcomed = [](const auto& actor) { return actor->welcomed(); };
    return std::all_of(m_impl->agents.begin(), m_impl->agents.end(), welcomed) &&
           std::all_of(m_impl->visitors.begin(), m_impl->visitors.end(), welcomed) &&
           std::all_of(m_impl->idle.begin(), m_impl->idle.end(), welcomed);
}

int Crowd::inService() const {
    return static_cast<int>(std::count_if(m_impl->visitors.begin(), m_impl->visitors.end(),
                                          [](const auto& visitor) { return visitor->served(); }));
}

bool Crowd::allInService() const {
    return inService() == static_cast<int>(m_impl->visitors.size());
}

bool Crowd::drained() const {
    const auto empty = [](const auto& actor) { return actor->unacknowledged() == 0; };
    return std::all_of(m_impl->agents.begin(), m_impl->agents.end(), empty) &&
           std::all_of(m_impl->visitors.begin(), m_impl->visitors.end(), empty);
}

bool Crowd::agentsFree() const {
    return std::all_of(m_impl->agents.begin(), m_impl->agents.end(), [](const auto& agent) { return agent->isFree(); });
}

std::string Crowd::state() const {
    const auto connected = [](const auto& actors) {
        return std::count_if(actors.begin(), actors.end(), [](const auto& actor) { return actor->welcomed(); });
    };
    std::string text =
        fmt::format("{} of {} agents and {} of {} visitors connected, {} in service", connected(m_impl->agents),
                    m_impl->agents.size(), connected(m_impl->visitors), m_impl->visitors.size(), inService());
    for (const auto& agent : m_impl->agents)
        if (!agent->isFree() && text.size() < 1'000)
            text += "; " + agent->holds();
    for (const auto& [code, times] : m_impl->context.ledger.errors)
        text += fmt::format("; {} times {}", times, code);
    for (const auto& fault : m_impl->context.ledger.faults)
        text += "; " + fault;
    return text;
}

std::uint64_t Crowd::sentCount() const {
    return m_impl->context.sentCount;
}
Ledger& Crowd::ledger() {
    return m_impl->context.ledger;
}

} // namespace cb::test
