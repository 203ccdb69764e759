#include "server/auth/token.h"
#include "server/hub/hub.h"
#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <deque>
#include <map>

using namespace cb;
using Json = nlohmann::json;

namespace {

/// Runs what is posted when told.
class ManualLoop final : public net::Loop {
public:
    void post(std::function<void()> work) override { m_work.push_back(std::move(work)); }
    void run() {
        while (!m_work.empty()) {
            auto work = std::move(m_work.front());
            m_work.pop_front();
            work();
        }
    }

private:
    std::deque<std::function<void()>> m_work;
};

class FakeSocket final : public net::Socket {
public:
    void send(std::shared_ptr<const std::string> frame) override { frames.push_back(Json::parse(*frame)); }
    void close(std::uint16_t closeCode, std::string_view) override { code = closeCode; }
    void setDeadline(int seconds) override { deadline = seconds; }
    Json take() {
        if (frames.empty())
            return {};
        auto first = frames.front();
        frames.pop_front();
        return first;
    }

    std::deque<Json> frames;
    std::uint16_t code = 0;
    int deadline = -1;
};

/// Keeps the commands; answers look-ups when the loop runs.
class FakeBackend final : public hub::Backend {
public:
    explicit FakeBackend(net::Loop& loop)
        : m_loop(loop) {}

    bool command(desk::Command command) override {
        if (full)
            return false;
        commands.push_back(std::move(command));
        return true;
    }
    void checkToken(std::string token, Then<auth::Principal> then) override { checkHash(token, std::move(then)); }
    void checkHash(std::string, Then<auth::Principal> then) override { answer(principal, std::move(then)); }
    void admit(hub::VisitorQuestion question, Then<hub::VisitorAdmission> then) override {
        lastQuestion = question;
        answer(admission, std::move(then));
    }
    void sent(model::CustomerId, base::Uuid uuid, Then<std::optional<model::Message>> then) override {
        const auto it = stored.find(uuid);
        answer(
            base::Result<std::optional<model::Message>>(it == stored.end() ? std::nullopt : std::optional(it->second)),
            std::move(then));
    }
    void replay(hub::ReplayQuestion question, Then<hub::Replay> then) override {
        lastReplay = question;
        replayThen = std::move(then);
    }
    void attachment(model::AttachmentId, Then<std::optional<model::Attachment>> then) override {
        answer(base::Result<std::optional<model::Attachment>>(attachmentRow), std::move(then));
    }
    void customer(model::CustomerId, Then<std::optional<model::Customer>> then) override {
        answer(base::Result<std::optional<model::Customer>>(std::nullopt), std::move(then));
    }
    void configuration(model::InstanceId, Then<hub::Configuration> then) override {
        ++configurationsAsked;
        if (configurationFails)
            answer(base::Result<hub::Configuration>(base::retry("storage_unavailable")), std::move(then));
        else
            answer(base::Result<hub::Configuration>(configurationNow), std::move(then));
    }
    base::TimePoint now() const override { return clock.now(); }

    template <class T>
    const T& last() {
        return std::get<T>(commands.back());
    }

    base::ManualClock clock;
    bool full = false;
    std::deque<desk::Command> commands;
    base::Result<auth::Principal> principal{
        auth::Principal{model::InstanceId{1}, model::AgentId{5}, model::Role::Agent, false, "hash5", {}}};
    base::Result<hub::VisitorAdmission> admission{hub::VisitorAdmission{}};
    std::map<base::Uuid, model::Message> stored;
    std::optional<model::Attachment> attachmentRow;
    hub::Configuration configurationNow;
    int configurationsAsked = 0;
    bool configurationFails = false;
    hub::VisitorQuestion lastQuestion;
    hub::ReplayQuestion lastReplay;
    Then<hub::Replay> replayThen;

private:
    template <class T>
    void answer(base::Result<T> result, Then<T> then) {
        m_loop.post([result, then] { then(result); });
    }
    net::Loop& m_loop;
};

struct Connection {
    FakeSocket socket;
    std::shared_ptr<net::SocketEvents> events;
    bool open = true;
    void say(const Json& frame) { events->onText(frame.dump()); }
    void end() {
        open = false;
        events->onClosed();
    }
};

struct Fixture {
    ManualLoop loop;
    FakeBackend backend{loop};
    net::ErrorCounts errors;
    hub::Hub hub;
    std::deque<Connection> connections;

    explicit Fixture(hub::HubOptions options = {}, std::size_t effectCapacity = 1'000)
        : hub(loop, backend, errors, std::move(options), effectCapacity) {}
    ~Fixture() {
        for (auto& connection : connections)
            if (connection.open)
                connection.end();
    }

    Connection& open(bool agent, const std::string& address = "203.0.113.1") {
        auto& connection = connections.emplace_back();
        auto upgrade = agent ? hub.agentUpgrade() : hub.visitorUpgrade("https://shop.test", address);
        connection.events = std::get<std::shared_ptr<net::SocketEvents>>(upgrade);
        connection.events->onOpen(connection.socket);
        return connection;
    }
    static Json agentHello(std::int64_t cursor = 0, bool takeover = false) {
        return {{"t", "hello"},
                {"id", 1},
                {"d", {{"protocol", 1}, {"token", "x"}, {"device", "pc"}, {"cursor", cursor}, {"takeover", takeover}}}};
    }
    static Json visitorHello(std::int64_t cursor = 0) {
        return {{"t", "hello"},
                {"id", 1},
                {"d", {{"protocol", 1}, {"channel", "key"}, {"token", std::string(43, 'a')}, {"cursor", cursor}}}};
    }
    desk::ConnectionId attachOf() {
        if (const auto* agent = std::get_if<desk::AgentAttach>(&backend.commands.back()))
            return agent->origin.connection;
        return std::get<desk::VisitorAttach>(backend.commands.back()).origin.connection;
    }
    void deliver(desk::Effects effects) {
        hub.deliver(std::move(effects));
        loop.run();
    }
    /// A welcomed agent.
    Connection& agent(std::int64_t id = 5, std::int64_t cursor = 0, std::int64_t newest = 100,
                      model::Role role = model::Role::Agent) {
        auto& connection = open(true);
        connection.say(agentHello(cursor));
        loop.run();
        desk::AgentWelcome welcome;
        welcome.cursor = newest;
        welcome.clientCursor = cursor;
        welcome.me.id = model::AgentId{id};
        welcome.me.instance = model::InstanceId{1};
        welcome.me.role = role;
        model::SessionView view;
        view.session.id = model::SessionId{9};
        welcome.sessions.push_back(view);
        const auto number = attachOf();
        deliver({desk::BindAgent{number, model::InstanceId{1}, model::AgentId{id}}, desk::Reply{{number, 1}, welcome}});
        return connection;
    }
    Connection& visitor(std::int64_t customer = 7) {
        auto& connection = open(false);
        connection.say(visitorHello());
        loop.run();
        const auto number = attachOf();
        deliver({desk::BindVisitor{number, model::CustomerId{customer}, model::SessionId{9}},
                 desk::Reply{{number, 1}, desk::VisitorWelcome{}}});
        return connection;
    }
    static std::shared_ptr<const model::Event> message(std::int64_t seq,
                                                       model::MessageKind kind = model::MessageKind::Text) {
        auto event = std::make_shared<model::Event>();
        event->instance = model::InstanceId{1};
        event->seq = seq;
        event->session = model::SessionId{9};
        event->message.seq = seq;
        event->message.session = model::SessionId{9};
        event->message.uuid = base::uuidFrom(static_cast<std::uint64_t>(seq), 1);
        event->message.kind = kind;
        event->message.text = "m" + std::to_string(seq);
        return event;
    }
    static desk::Effect toAgent(std::int64_t seq, std::int64_t agent = 5) {
        return desk::AgentEvent{model::AgentId{agent}, message(seq), {}, {}, {}};
    }
};

std::int64_t seqOf(const Json& frame) {
    return frame.value("t", "") == "event" ? frame["d"].value("seq", std::int64_t(0)) : 0;
}

} // namespace

class HubTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void helloComesFirst() {
        Fixture f;
        auto& c = f.open(true);
        QCOMPARE(c.socket.deadline, 10);
        c.say({{"t", "status.set"}, {"id", 4}, {"d", {{"status", "idle"}}}});
        const auto answer = c.socket.take();
        QVERIFY(answer["d"]["code"] == Json("hello_required"));
        QVERIFY(answer["re"] == Json(4));
        QCOMPARE(c.socket.code, std::uint16_t(1008));
        QVERIFY(f.backend.commands.empty());
    }
    void silenceBeforeHelloIsEnded() {
        Fixture f;
        auto& c = f.open(false);
        c.events->onDeadline();
        QCOMPARE(c.socket.code, std::uint16_t(1008));
    }
    void welcomeThenEvents() {
        Fixture f;
        auto& c = f.agent();
        const auto welcome = c.socket.take();
        QVERIFY(welcome["t"] == Json("welcome"));
        QCOMPARE(welcome["d"].value("resumed", false), false);
        QVERIFY(welcome["d"]["cursor"] == Json(100));
        f.deliver({Fixture::toAgent(101)});
        QCOMPARE(seqOf(c.socket.take()), std::int64_t(101));
    }
    void callsAreDialledAndTold() {
        Fixture f;
        auto& c = f.agent();
        c.socket.take();
        c.say({{"t", "call.dial"}, {"id", 3}, {"d", {{"number", "138 0013 8000"}, {"line", 4}}}});
        QCOMPARE(f.backend.last<desk::DialCall>().number, std::string("138 0013 8000"));
        QCOMPARE(f.backend.last<desk::DialCall>().line, model::ChannelId{4});
        c.say({{"t", "call.hold"}, {"id", 4}, {"d", {{"session", 9}, {"on", true}}}});
        QCOMPARE(f.backend.last<desk::HoldCall>().session, model::SessionId{9});
        c.say({{"t", "call.after"}, {"id", 5}, {"d", {{"next", "wrap_up"}}}});
        QVERIFY(f.backend.last<desk::AfterCall>().next == model::AfterCall::WrapUp);
        c.say({{"t", "call.forward"}, {"id", 6}, {"d", {{"session", 9}, {"number", "110"}}}});
        QCOMPARE(f.backend.last<desk::ForwardCall>().number, std::string("110"));
        model::CallView call;
        call.cause = "busy";
        f.deliver({desk::AgentCall{model::AgentId{5}, model::SessionId{9}, call}});
        const auto told = c.socket.take();
        QVERIFY(told["t"] == Json("call"));
        QVERIFY(told["d"]["call"]["cause"] == Json("busy"));
    }
    void badTokensAreRefused() {
        Fixture f;
        f.backend.principal = base::rejected("bad_token");
        auto& c = f.open(true);
        c.say(Fixture::agentHello());
        f.loop.run();
        QVERIFY(c.socket.take()["d"]["code"] == Json("bad_token"));
        QCOMPARE(c.socket.code, std::uint16_t(1008));
    }
    void storageTroubleSaysComeBack() {
        Fixture f;
        f.backend.principal = base::retry("storage_unavailable");
        auto& c = f.open(true);
        c.say(Fixture::agentHello());
        f.loop.run();
        QCOMPARE(c.socket.code, std::uint16_t(1013));
    }
    void temporaryPasswordsMayNotConnect() {
        Fixture f;
        f.backend.principal->mustChangePassword = true;
        auto& c = f.open(true);
        c.say(Fixture::agentHello());
        f.loop.run();
        QVERIFY(c.socket.take()["d"]["code"] == Json("password_change_required"));
    }
    void protocolVersionsAreTold() {
        Fixture f;
        auto& c = f.open(true);
        auto hello = Fixture::agentHello();
        hello["d"]["protocol"] = 99;
        c.say(hello);
        const auto answer = c.socket.take();
        QVERIFY(answer["d"]["code"] == Json("protocol_unsupported"));
        QVERIFY(answer["d"]["params"]["max"] == Json("1"));
    }
    void whatIsSentBeforeTheWelcomeWaitsForIt() {
        Fixture f;
        auto& c = f.open(true);
        c.say(Fixture::agentHello());
        for (int id = 2; id < 12; ++id)
            c.say({{"t", "status.set"}, {"id", id}, {"d", {{"status", "idle"}}}});
        f.loop.run();
        const auto number = f.attachOf(); // nothing came after the attach
        for (const int id : {10, 11}) {   // more than eight
            const auto refused = c.socket.take();
            QVERIFY(refused["d"]["code"] == Json("overloaded"));
            QVERIFY(refused["re"] == Json(id));
        }
        desk::AgentWelcome welcome;
        welcome.me.id = model::AgentId{5};
        f.deliver(
            {desk::BindAgent{number, model::InstanceId{1}, model::AgentId{5}}, desk::Reply{{number, 1}, welcome}});
        QVERIFY(c.socket.take()["t"] == Json("welcome"));
        QVERIFY(c.socket.frames.empty());
        QCOMPARE(f.backend.commands.size(), std::size_t(9));
        QCOMPARE(f.backend.last<desk::SetStatus>().origin.request, std::uint64_t(9));
    }
    void aVisitorsReplayIsOfAllTheirSessions() {
        Fixture f;
        auto& c = f.open(false);
        c.say(Fixture::visitorHello(90));
        f.loop.run();
        const auto number = f.attachOf();
        desk::VisitorWelcome welcome; // no session: it ended while the visitor was away
        welcome.clientCursor = 90;
        welcome.cursor = 100;
        f.deliver({desk::BindVisitor{number, model::CustomerId{7}, {}}, desk::Reply{{number, 1}, welcome}});
        QCOMPARE(f.backend.lastReplay.customer, model::CustomerId{7});
        QVERIFY(!f.backend.lastReplay.notes);
        hub::Replay replay{true, {{Fixture::message(95)->message, std::nullopt}}};
        f.backend.replayThen(replay);
        QVERIFY(c.socket.take()["d"]["resumed"] == Json(true));
        QCOMPARE(seqOf(c.socket.take()), std::int64_t(95));
    }
    void leavingAndStartingIsANewSession() {
        hub::HubOptions options;
        options.sessionStarts = {0.001, 1};
        Fixture f(options);
        auto& c = f.visitor(); // in session 9
        c.socket.frames.clear();
        for (int id = 2; id < 6; id += 2) {
            c.say({{"t", "session.leave"}, {"id", id}});
            c.say({{"t", "session.start"}, {"id", id + 1}}); // before the desk has said that the first one is over
        }
        QVERIFY(c.socket.take()["d"]["code"] == Json("rate_limited"));
        QCOMPARE(f.hub.stats().startsLimited, std::uint64_t(1));
    }
    void whatWaitsIsBounded() {
        Fixture f;
        auto& c = f.open(true);
        c.say(Fixture::agentHello());
        for (int id = 2; id < 5; ++id)
            c.say({{"t", "message.send"}, {"id", id}, {"d", {{"session", 9}, {"text", std::string(7'000, 'x')}}}});
        const auto refused = c.socket.take(); // the third is more than 16 KiB
        QVERIFY(refused["d"]["code"] == Json("overloaded"));
        QVERIFY(refused["re"] == Json(4));
        QVERIFY(c.socket.frames.empty());
    }
    void aRepeatOfLongAgoStartsNoSession() {
        Fixture f;
        auto& c = f.visitor();
        const auto number = f.attachOf();
        f.deliver({desk::BindVisitor{number, model::CustomerId{7}, {}}}); // the session ended
        c.socket.frames.clear();
        f.backend.commands.clear();
        const auto old = Fixture::message(40)->message;
        f.backend.stored.emplace(old.uuid, old);
        const auto say = [&](const base::Uuid& uuid, int id) {
            c.say({{"t", "message.send"}, {"id", id}, {"d", {{"uuid", base::toString(uuid)}, {"text", "hi"}}}});
        };
        say(old.uuid, 2);
        say(base::uuidFrom(41, 1), 3);
        say(base::uuidFrom(42, 1), 4); // in order, though the first of them is looked up
        f.loop.run();
        const auto answer = c.socket.take();
        QVERIFY(answer["t"] == Json("ok"));
        QVERIFY(answer["d"]["seq"] == Json(40));
        QVERIFY(answer["d"]["session"] == Json(9));
        QCOMPARE(f.backend.commands.size(), std::size_t(2));
        QVERIFY(std::get<desk::VisitorSend>(f.backend.commands[0]).uuid == base::uuidFrom(41, 1));
        QVERIFY(std::get<desk::VisitorSend>(f.backend.commands[1]).uuid == base::uuidFrom(42, 1));
    }
    void colleaguesAreToldToAllAtOnce() {
        Fixture f;
        auto& one = f.agent(5);
        auto& two = f.agent(6);
        one.socket.frames.clear();
        two.socket.frames.clear();
        desk::QueueFigures figures;
        figures.instance = model::InstanceId{1};
        figures.colleagues.push_back({model::AgentId{5}, "Ann", "01", model::AgentStatus::Idle, {}});
        f.deliver({figures});
        for (auto* each : {&one, &two}) {
            const auto told = each->socket.take();
            QVERIFY(told["t"] == Json("colleagues"));
            QCOMPARE(told["d"]["colleagues"].size(), std::size_t(1));
        }
    }
    void theOverviewGoesToWhoWatches() {
        Fixture f;
        auto& ann = f.agent(5);
        const auto annNumber = f.attachOf();
        auto& ben = f.agent(6);
        ann.socket.frames.clear();
        ben.socket.frames.clear();
        ann.say({{"t", "overview.watch"}, {"id", 4}, {"d", {{"on", true}}}});
        const auto& watch = std::get<desk::WatchOverview>(f.backend.commands.back());
        QCOMPARE(watch.origin.connection, annNumber);
        QVERIFY(watch.on);
        auto overview = std::make_shared<model::Overview>();
        overview->agents.idle = 3;
        f.deliver({desk::OverviewEffect{{annNumber}, overview}});
        QCOMPARE(ann.socket.frames.size(), std::size_t(1));
        QVERIFY(ann.socket.frames[0]["t"] == Json("overview"));
        QVERIFY(ann.socket.frames[0]["d"]["agents"]["idle"] == Json(3));
        QVERIFY(ben.socket.frames.empty());
        ann.say({{"t", "overview.watch"}, {"id", 5}, {"d", Json::object()}});
        QVERIFY(ann.socket.frames.back()["d"]["code"] == Json("bad_field"));
    }
    void takeoverAsksFirst() {
        Fixture f;
        auto& first = f.agent();
        first.socket.frames.clear();
        auto& second = f.open(true);
        second.say(Fixture::agentHello());
        f.loop.run();
        const auto number = f.attachOf();
        f.deliver({desk::Reply{{number, 1}, base::conflict("already_signed_in")}});
        QVERIFY(second.socket.take()["d"]["code"] == Json("already_signed_in"));
        QCOMPARE(second.socket.code, std::uint16_t(0));
        second.say(Fixture::agentHello(0, true));
        f.loop.run();
        QVERIFY(f.backend.last<desk::AgentAttach>().takeover);
        desk::AgentWelcome welcome;
        welcome.me.id = model::AgentId{5};
        const auto old = f.connections.front().events;
        f.deliver({desk::Bye{1, desk::ByeCode::TakenOver},
                   desk::BindAgent{number, model::InstanceId{1}, model::AgentId{5}}, desk::Reply{{number, 1}, welcome},
                   Fixture::toAgent(101)});
        QVERIFY(first.socket.take()["d"]["code"] == Json("taken_over"));
        QCOMPARE(first.socket.code, std::uint16_t(4001));
        QVERIFY(first.socket.frames.empty());
        QVERIFY(second.socket.take()["t"] == Json("welcome"));
        QCOMPARE(seqOf(second.socket.take()), std::int64_t(101));
    }
    void replayComesBetweenWelcomeAndNews() {
        Fixture f;
        auto& c = f.agent(5, 90, 100);
        QVERIFY(c.socket.frames.empty()); // the welcome waits: it must say whether it resumed
        QCOMPARE(f.backend.lastReplay.after, model::Seq(90));
        QCOMPARE(f.backend.lastReplay.upTo, model::Seq(100));
        QCOMPARE(f.backend.lastReplay.sessions.size(), std::size_t(1));
        f.deliver({Fixture::toAgent(101), Fixture::toAgent(102)});
        hub::Replay replay{true, {}};
        for (const int seq : {93, 97})
            replay.messages.push_back({Fixture::message(seq)->message, std::nullopt});
        f.backend.replayThen(replay);
        QVERIFY(c.socket.take()["d"]["resumed"] == Json(true));
        for (const int seq : {93, 97, 101, 102})
            QCOMPARE(seqOf(c.socket.take()), std::int64_t(seq));
        QVERIFY(c.socket.frames.empty());
    }
    void tooMuchMissedIsASnapshot() {
        Fixture f;
        auto& c = f.agent(5, 90, 100);
        f.deliver({Fixture::toAgent(101)});
        f.backend.replayThen(hub::Replay{});
        QCOMPARE(c.socket.take()["d"].value("resumed", true), false);
        QCOMPARE(seqOf(c.socket.take()), std::int64_t(101));
    }
    void cursorsOfAnotherTimeAreASnapshot() {
        Fixture f;
        auto& c = f.agent(5, 500, 100); // the server was restored from a backup
        QCOMPARE(c.socket.take()["d"].value("resumed", true), false);
    }
    void heldFramesAreBounded() {
        hub::HubOptions options;
        options.heldFrames = 10;
        Fixture f(options);
        auto& c = f.agent(5, 90, 100);
        for (int i = 0; i < 20; ++i)
            f.deliver({Fixture::toAgent(101 + i)});
        QCOMPARE(c.socket.code, std::uint16_t(4008));
    }
    void allTabsOfAVisitorGetEverything() {
        Fixture f;
        auto& one = f.visitor();
        auto& two = f.visitor();
        auto& other = f.visitor(8);
        for (auto* c : {&one, &two, &other})
            c->socket.frames.clear();
        f.deliver({desk::VisitorEvent{model::CustomerId{7}, Fixture::message(101), {}}});
        QCOMPARE(seqOf(one.socket.take()), std::int64_t(101));
        QCOMPARE(seqOf(two.socket.take()), std::int64_t(101));
        QVERIFY(other.socket.frames.empty());
        one.end();
        QVERIFY(std::holds_alternative<desk::VisitorDetach>(f.backend.commands.back()));
        f.deliver({desk::VisitorEvent{model::CustomerId{7}, Fixture::message(102), {}}});
        QCOMPARE(seqOf(two.socket.take()), std::int64_t(102));
    }
    void notesNeverReachVisitors() {
        Fixture f;
        auto& c = f.visitor();
        c.socket.frames.clear();
        f.deliver({desk::VisitorEvent{model::CustomerId{7}, Fixture::message(101, model::MessageKind::Note), {}}});
        QVERIFY(c.socket.frames.empty());
    }
    void markupIsText() {
        Fixture f;
        auto& c = f.agent();
        const std::string text = "<script>alert(1)</script> \" \\ \u2028";
        c.say({{"t", "message.send"},
               {"id", 2},
               {"d",
                {{"session", 9}, {"uuid", "01234567-89ab-4def-bedc-ba9876543210"}, {"kind", "text"}, {"text", text}}}});
        QCOMPARE(f.backend.last<desk::AgentSend>().text, text);
    }
    void brokenFramesAreToldAndEnoughOfThemEnd() {
        hub::HubOptions options;
        options.strikes = 5;
        options.agentRate = {1'000, 1'000};
        Fixture f(options);
        auto& c = f.agent();
        c.socket.frames.clear();
        c.events->onText("{nonsense");
        QVERIFY(c.socket.take()["d"]["code"] == Json("bad_json"));
        c.events->onText("[]");
        QVERIFY(c.socket.take()["d"]["code"] == Json("bad_frame"));
        c.say({{"t", "teleport"}, {"id", 3}});
        QVERIFY(c.socket.take()["d"]["code"] == Json("unknown_type"));
        c.say({{"t", "offer.answer"}, {"id", 3}, {"d", {{"offer", "seven"}}}});
        const auto answer = c.socket.take();
        QVERIFY(answer["d"]["code"] == Json("bad_field"));
        QVERIFY(answer["d"]["params"]["field"] == Json("offer"));
        for (int i = 0; i < 5; ++i)
            c.events->onBinary();
        QCOMPARE(c.socket.code, std::uint16_t(1008));
    }
    void floodersAreSlowedDown() {
        Fixture f;
        auto& c = f.visitor();
        c.socket.frames.clear();
        int limited = 0;
        for (int i = 1; i <= 100; ++i)
            c.say({{"t", "ping"}, {"id", i}});
        for (const auto& frame : c.socket.frames)
            limited += frame["t"] == "error" && frame["d"]["code"] == "rate_limited" ? 1 : 0;
        QCOMPARE(limited, 100 - 29); // burst 30, one of it the hello
        f.backend.clock.advance(base::Millis{1'000});
        c.socket.frames.clear();
        c.say({{"t", "ping"}, {"id", 200}});
        QVERIFY(c.socket.take()["t"] == Json("ok"));
    }
    void oneAddressStartsOnlySoManySessions() {
        hub::HubOptions options;
        options.sessionStarts = {0.001, 2};
        Fixture f(options);
        const auto start = [&](const std::string& address, bool byMessage) {
            auto& c = f.open(false, address);
            c.say(Fixture::visitorHello());
            f.loop.run();
            f.deliver({desk::Reply{{f.attachOf(), 1}, desk::VisitorWelcome{}}});
            const auto before = f.backend.commands.size();
            if (byMessage)
                c.say({{"t", "message.send"},
                       {"id", 2},
                       {"d", {{"uuid", "00000000-0000-4000-8000-000000000001"}, {"kind", "text"}, {"text", "x"}}}});
            else
                c.say({{"t", "session.start"}, {"id", 2}});
            return f.backend.commands.size() > before ? std::string("started")
                                                      : c.socket.frames.back()["d"].value("code", "");
        };
        QCOMPARE(start("203.0.113.1", false), std::string("started"));
        QCOMPARE(start("203.0.113.1", true), std::string("started"));
        QCOMPARE(start("203.0.113.1", false), std::string("rate_limited"));
        QCOMPARE(start("203.0.113.1", true), std::string("rate_limited"));
        QCOMPARE(start("203.0.113.2", false), std::string("started"));
        QCOMPARE(f.hub.stats().startsLimited, std::uint64_t(2));
        // Who has a session writes in it.
        auto& c = f.open(false, "203.0.113.1");
        c.say(Fixture::visitorHello());
        f.loop.run();
        const auto number = f.attachOf();
        f.deliver({desk::BindVisitor{number, model::CustomerId{7}, model::SessionId{9}},
                   desk::Reply{{number, 1}, desk::VisitorWelcome{}}});
        const auto before = f.backend.commands.size();
        c.say({{"t", "message.send"},
               {"id", 2},
               {"d", {{"uuid", "00000000-0000-4000-8000-000000000001"}, {"kind", "text"}, {"text", "x"}}}});
        f.loop.run();
        QCOMPARE(f.backend.commands.size(), before + 1);
    }
    void aFullDeskIsToldAndDetachesAreNotLost() {
        Fixture f;
        auto& c = f.agent();
        c.socket.frames.clear();
        f.backend.full = true;
        c.say({{"t", "session.end"}, {"id", 2}, {"d", {{"session", 9}}}});
        QVERIFY(c.socket.take()["d"]["code"] == Json("overloaded"));
        c.end();
        f.backend.full = false;
        const auto before = f.backend.commands.size();
        f.hub.tick();
        QCOMPARE(f.backend.commands.size(), before + 1);
        QVERIFY(std::holds_alternative<desk::AgentDetach>(f.backend.commands.back()));
    }
    void attachmentsMustBeOfTheSession() {
        Fixture f;
        auto& c = f.agent();
        c.socket.frames.clear();
        const Json send{{"t", "message.send"},
                        {"id", 2},
                        {"d",
                         {{"session", 9},
                          {"uuid", "01234567-89ab-4def-bedc-ba9876543210"},
                          {"kind", "picture"},
                          {"text", ""},
                          {"attachment", 3}}}};
        const Json after{{"t", "session.end"}, {"id", 3}, {"d", {{"session", 9}}}};
        model::Attachment row;
        row.id = model::AttachmentId{3};
        row.kind = model::AttachmentKind::Picture;
        row.session = model::SessionId{10};
        f.backend.attachmentRow = row;
        const auto before = f.backend.commands.size();
        c.say(send);
        c.say(after);
        QCOMPARE(f.backend.commands.size(), before); // what follows does not overtake
        f.loop.run();
        QVERIFY(c.socket.take()["d"]["code"] == Json("attachment_unknown"));
        QCOMPARE(f.backend.commands.size(), before + 1);
        f.backend.attachmentRow->session = model::SessionId{9};
        c.say(send);
        c.say(after);
        f.loop.run();
        QCOMPARE(f.backend.commands.size(), before + 3);
        QVERIFY(std::holds_alternative<desk::AgentSend>(f.backend.commands[before + 1]));
    }
    void revokedTokensEnd() {
        Fixture f;
        auto& c = f.agent();
        c.socket.frames.clear();
        f.hub.revoked({"other"});
        f.loop.run();
        QCOMPARE(c.socket.code, std::uint16_t(0));
        f.hub.revoked({"hash5"});
        f.loop.run();
        QVERIFY(c.socket.take()["d"]["code"] == Json("token_revoked"));
        QCOMPARE(c.socket.code, std::uint16_t(4002));
    }
    void tokensAreLookedAtAgain() {
        Fixture f;
        auto& c = f.agent();
        QCOMPARE(c.socket.deadline, 60);
        c.events->onDeadline();
        f.loop.run();
        QCOMPARE(c.socket.code, std::uint16_t(0));
        f.backend.principal = base::rejected("bad_token"); // by another process
        c.events->onDeadline();
        f.loop.run();
        QCOMPARE(c.socket.code, std::uint16_t(4002));
    }
    void effectsAreBounded() {
        ManualLoop loop;
        FakeBackend backend(loop);
        net::ErrorCounts errors;
        hub::Hub hub(loop, backend, errors, {}, 10);
        for (int i = 0; i < 15; ++i)
            hub.deliver({desk::AgentTypingEffect{model::AgentId{5}, model::SessionId{9}, true}});
        QCOMPARE(hub.stats().dropped, std::uint64_t(5));
        for (int i = 0; i < 20; ++i)
            hub.deliver({Fixture::toAgent(i + 1)});
        loop.run();
        QCOMPARE(hub.stats().overflows, std::uint64_t(1)); // all close with 4008 and resume by cursor
    }
    void nothingIsToldAfterAGap() {
        Fixture f({}, 10);
        auto& c = f.agent();
        c.socket.frames.clear();
        desk::Effects many;
        for (int i = 0; i < 15; ++i)
            many.push_back(Fixture::toAgent(101 + i));
        f.hub.deliver(many);
        f.hub.deliver(many); // no room: a gap
        f.hub.deliver({Fixture::toAgent(200)});
        f.loop.run();
        QCOMPARE(c.socket.code, std::uint16_t(4008));
        QCOMPARE(c.socket.frames.size(), std::size_t(15));
        QCOMPARE(seqOf(c.socket.frames.back()), std::int64_t(115)); // 200 would make its cursor jump the gap
        QCOMPARE(f.hub.stats().dropped, std::uint64_t(16));
    }
    void aGapAloneIsNoticed() {
        Fixture f({}, 1);
        auto& c = f.agent();
        f.hub.deliver({Fixture::toAgent(101), Fixture::toAgent(102), Fixture::toAgent(103)});
        f.loop.run();
        QCOMPARE(c.socket.code, std::uint16_t(4008));
    }
    void whoWasRefusedIsNotAttached() {
        Fixture f;
        auto& c = f.open(true);
        c.say(Fixture::agentHello(0, true));
        c.events->onDeadline(); // the look-up takes too long
        QCOMPARE(c.socket.code, std::uint16_t(1008));
        f.loop.run();
        QVERIFY(f.backend.commands.empty()); // nobody's workbench is taken over by it
    }
    void configurationIsTold() {
        Fixture f;
        auto& c = f.agent();
        c.socket.frames.clear();
        model::Agent me;
        me.id = model::AgentId{5};
        me.name = "New name";
        me.groups = {model::GroupId{3}};
        f.backend.configurationNow = {{{model::GroupId{3}, model::InstanceId{1}, model::Mode::Chat, "G", 2}}, {me}};
        f.deliver({desk::ConfigEffect{model::InstanceId{1}, std::nullopt, true, true}});
        const auto frame = c.socket.take();
        QVERIFY(frame["d"]["kind"] == Json("config_changed"));
        QVERIFY(frame["d"]["me"]["name"] == Json("New name"));
        QVERIFY(frame["d"]["groups"][0]["member"] == Json(true));
        f.deliver({desk::ConfigEffect{model::InstanceId{1}, std::nullopt, false, true}});
        QVERIFY(c.socket.frames.empty()); // another agent changed
    }
    void configurationThatCannotBeReadIsToldLater() {
        Fixture f;
        auto& c = f.agent();
        c.socket.frames.clear();
        model::Agent me;
        me.id = model::AgentId{5};
        f.backend.configurationNow = {{{model::GroupId{3}, model::InstanceId{1}, model::Mode::Chat, "G", 2}}, {me}};
        f.backend.configurationFails = true;
        model::InstanceSettings settings;
        settings.wrapUpSeconds = 17;
        f.deliver({desk::ConfigEffect{model::InstanceId{1}, settings, false, false, true}});
        f.hub.tick();
        f.loop.run();
        QCOMPARE(f.backend.configurationsAsked, 2);
        QVERIFY(c.socket.frames.empty());
        settings.wrapUpSeconds = 18;
        f.hub.deliver({desk::ConfigEffect{model::InstanceId{1}, settings, true}});
        f.backend.configurationFails = false;
        f.loop.run();
        const auto frame = c.socket.take();
        QVERIFY(frame["d"]["quick_replies"] == Json(true)); // of the change before
        QVERIFY(frame["d"]["settings"]["wrap_up_seconds"] == Json(18));
        QCOMPARE(frame["d"]["groups"].size(), std::size_t(1));
        QVERIFY(c.socket.frames.empty());
        f.hub.tick();
        f.loop.run();
        QCOMPARE(f.backend.configurationsAsked, 3);
    }
    void otherAdminsAreToldThatListsChanged() {
        Fixture f;
        auto& agent = f.agent(5);
        auto& maker = f.agent(6, 0, 100, model::Role::Admin);
        auto& other = f.agent(7, 0, 100, model::Role::Admin);
        for (auto* connection : {&agent, &maker, &other})
            connection->socket.frames.clear();
        desk::ConfigEffect effect;
        effect.instance = model::InstanceId{1};
        effect.lists = true;
        effect.by = model::AgentId{6};
        f.deliver({effect});
        QVERIFY(agent.socket.frames.empty());
        QVERIFY(maker.socket.frames.empty());
        const auto frame = other.socket.take();
        QVERIFY(frame["d"]["kind"] == Json("config_changed"));
        QVERIFY(frame["d"]["lists"] == Json(true));
        QVERIFY(!frame["d"].contains("groups"));
        QCOMPARE(f.backend.configurationsAsked, 0);
    }
    void changesOfOneMomentAreToldTogether() {
        Fixture f;
        auto& c = f.agent();
        c.socket.frames.clear();
        model::Agent me;
        me.id = model::AgentId{5};
        f.backend.configurationNow = {{}, {me}};
        desk::Effects effects;
        for (int i = 0; i < 100; ++i)
            effects.push_back(desk::ConfigEffect{model::InstanceId{1}, std::nullopt, true});
        f.deliver(std::move(effects));
        QCOMPARE(f.backend.configurationsAsked, 2); // the first, and all that came while it was read
        QCOMPARE(c.socket.frames.size(), std::size_t(2));
    }
};

static const cb::test::Add<HubTest> addedHubTest;
CB_TEST_MAIN()
#include "hub_test.moc"
