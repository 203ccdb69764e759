#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "tests/shared/flowrun/transcript.h"
#include "tests/support/sample_flows.h"

#include <algorithm>

using namespace cb;
using namespace cb::flowrun;

namespace {

Event randomEvent(base::Random& random, const State& state) {
    static const std::array<const char*, 6> kTexts{"1", "2", "产品", "a", "no such word", ""};
    switch (random.below(16)) {
    case 0:
        return StartFlow{};
    case 1:
    case 2:
        return Text{kTexts[random.below(kTexts.size())]};
    case 3:
    case 4:
        return Digit{static_cast<char>(random.oneIn(8) ? random.next()
                                                       : static_cast<std::uint64_t>("0123456789*#"[random.below(12)]))};
    case 5:
    case 6:
        return PlayDone{static_cast<std::uint16_t>(random.oneIn(8) ? random.next() : state.play)};
    case 7:
        return Timeout{random.oneIn(3) ? static_cast<Timer>(random.below(4)) : state.timer};
    case 8:
        return TransferQueued{static_cast<int>(random.below(9)) - 1};
    case 9:
        return TransferFailed{};
    case 10:
        return AgentConnected{"000010"};
    case 11:
        return random.oneIn(2) ? Event(AgentEnded{}) : Event(AgentLeft{});
    case 12:
    case 13:
        return AgentMessage{};
    case 14:
        return CustomerMessage{};
    default:
        return random.oneIn(6) ? Event(CustomerLeft{}) : Event(Text{"1"});
    }
}

/// What a host sees of a session, kept from the effects alone; fails when they contradict each other.
class Host {
public:
    void take(const Effects& effects, const State& state) {
        for (const Effect& effect : effects)
            std::visit([this](const auto& e) { on(e); }, effect);
        QCOMPARE(m_timer, state.timer);
        QCOMPARE(m_hasEnded, state.phase == Phase::Ended);
        const bool isWaiting = state.phase == Phase::Transferring || state.phase == Phase::Queued;
        QVERIFY(!m_music || isWaiting);
        QVERIFY(!std::exchange(m_joins, false) || state.phase == Phase::Served);
    }

private:
    void on(const EnteredNode&) { QVERIFY(!m_hasEnded); }
    void on(const Say& e) { QVERIFY(!m_hasEnded && !e.text.empty()); }
    void on(const Play& e) { QVERIFY(!m_hasEnded && e.sound.source != flow::Sound::Source::None); }
    void on(const StopPlay&) { QVERIFY(!m_hasEnded); }
    void on(const Music&) {
        QVERIFY(!m_music);
        m_music = true;
    }
    void on(const StopMusic&) {
        QVERIFY(m_music);
        m_music = false;
    }
    void on(const Transfer&) { QVERIFY(!m_hasEnded); }
    void on(const Join&) { m_joins = true; }
    void on(const StartTimer& e) {
        QVERIFY(e.timer != Timer::None && e.duration.count() > 0);
        m_timer = e.timer;
    }
    void on(const StopTimer& e) {
        QCOMPARE(m_timer, e.timer);
        m_timer = Timer::None;
    }
    void on(const End& e) {
        QVERIFY(!m_hasEnded && e.reason != EndReason::None);
        m_hasEnded = true;
    }

public:
    void fired(const Event& event) {
        const auto* timeout = std::get_if<Timeout>(&event);
        if (timeout && timeout->timer == m_timer)
            m_timer = Timer::None;
    }

private:
    Timer m_timer = Timer::None;
    bool m_music = false;
    bool m_joins = false;
    bool m_hasEnded = false;
};

} // namespace

class RandomTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anyFlowUnderAnyEvents() {
        const int runs = cb::test::isFull() ? 300'000 : 5'000;
        for (int seed = 0; seed < runs && !QTest::currentTestFailed(); ++seed) {
            base::Random random(static_cast<std::uint64_t>(seed));
            flow::Graph graph = test::WildFlow(random.next()).make(seed % 30 + 1);
            play(graph, random, 60);
        }
    }
    void goodFlowsUnderAnyEvents() {
        const int runs = cb::test::isFull() ? 100'000 : 2'000;
        const std::array<flow::Graph, 3> graphs{test::sampleChat(), test::samplePhone(), test::longChat(60)};
        for (int seed = 0; seed < runs && !QTest::currentTestFailed(); ++seed) {
            base::Random random(static_cast<std::uint64_t>(seed));
            play(graphs[static_cast<std::size_t>(seed) % graphs.size()], random, 120);
        }
    }
    void anyStateIsSurvived() {
        const int runs = cb::test::isFull() ? 5'000'000 : 100'000;
        const auto flow = *compile(test::samplePhone());
        const auto chat = *compile(test::sampleChat());
        base::Random random(1);
        for (int i = 0; i < runs; ++i) {
            const CompiledFlow& any = random.oneIn(2) ? *flow : *chat;
            State state{static_cast<std::uint32_t>(random.below(12)), static_cast<std::uint16_t>(random.below(1'100)),
                        static_cast<std::uint16_t>(random.next()),    static_cast<std::uint8_t>(random.next()),
                        static_cast<Phase>(random.below(11)),         static_cast<Timer>(random.below(5)),
                        static_cast<EndReason>(random.below(10))};
            const bool fitted = fits(any, state);
            if (fitted)
                QVERIFY(decode(any, encode(any, state)).valueOr(State{}) == state);
            runningTimer(any, state, {});
            currentTransfer(any, state);
            currentNode(any, state);
            const auto effects = step(any, state, randomEvent(random, state), {});
            QVERIFY(fits(any, state));
            if (!fitted)
                QCOMPARE(test::describe(effects).front(), std::string("end failed"));
        }
    }
    void damagedStateTextIsSurvived() {
        const auto flow = *compile(test::sampleChat());
        const std::string good = "{\"node\":5,\"phase\":\"served\",\"steps\":4,\"timer\":\"silence\"}";
        base::Random random(5);
        for (int i = 0; i < 50'000; ++i) {
            std::string damaged = good;
            for (std::uint64_t n = 1 + random.below(3); n > 0; --n)
                damaged[random.below(damaged.size())] = static_cast<char>(random.next());
            if (const auto state = decode(*flow, damaged))
                QVERIFY(fits(*flow, *state));
        }
    }

private:
    static void play(const flow::Graph& graph, base::Random& random, int events) {
        const auto flow = compile(graph);
        QVERIFY(flow.ok());
        State state = begin(**flow);
        Host host;
        Event event = StartFlow{};
        for (int i = 0; i < events; ++i) {
            host.fired(event);
            const auto effects = step(**flow, state, event, {});
            QVERIFY(effects.size() <= 4 * kMaxSteps);
            host.take(effects, state);
            const auto recovered = decode(**flow, encode(**flow, state));
            QVERIFY2(recovered.ok(), encode(**flow, state).c_str());
            QVERIFY(*recovered == state);
            event = randomEvent(random, state);
        }
    }
};

static const cb::test::Add<RandomTest> addedRandomTest;
#include "random_test.moc"
