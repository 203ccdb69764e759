#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/requests.h"

#include <benchmark/benchmark.h>

using namespace cb;

namespace {

model::Message message() {
    model::Message m;
    m.session = model::SessionId(70'001);
    m.seq = 4'711'000;
    m.uuid = base::uuidFrom(0x0123456789ABCDEF, 0xFEDCBA9876543210);
    m.side = model::Side::Agent;
    m.agent = model::AgentId(31);
    m.text = "您好，您的订单已经发货，预计明天下午到达。Thank you for waiting, anything else?";
    m.at = base::fromUnixMillis(1'790'000'000'123);
    return m;
}

void encodeMessageEvent(benchmark::State& state) {
    const auto m = message();
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::encodeMessageEvent(m, nullptr, wire::Audience::Agent));
}
BENCHMARK(encodeMessageEvent);

void encodeOkSent(benchmark::State& state) {
    const wire::Sent sent{4'711'000, base::fromUnixMillis(1'790'000'000'123), {}};
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::encodeOk(17, sent));
}
BENCHMARK(encodeOkSent);

void encodeMark(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::encodeMark({model::SessionId(70'001), 4'711'000, 4'710'999}));
}
BENCHMARK(encodeMark);

void decodeMessageSend(benchmark::State& state) {
    const auto m = message();
    const auto text =
        wire::encodeAgentRequest(17, wire::SendMessage{m.session, m.uuid, model::MessageKind::Text, m.text, {}});
    for (auto _ : state) {
        const auto frame = wire::parseFrame(text);
        benchmark::DoNotOptimize(wire::decodeAgentRequest(*frame));
    }
}
BENCHMARK(decodeMessageSend);

void encodeWelcome(benchmark::State& state) {
    wire::AgentWelcome welcome;
    welcome.me.id = model::AgentId(1);
    for (int i = 1; i <= 20; ++i) {
        model::SessionView view;
        view.session.id = model::SessionId(i);
        view.customerName = "李女士";
        view.preview = "在吗？";
        welcome.sessions.push_back(view);
        welcome.colleagues.push_back({model::AgentId(i), "Bo", "000011", model::AgentStatus::Idle, {}});
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(wire::encodeWelcome(1, welcome));
}
BENCHMARK(encodeWelcome);

} // namespace
BENCHMARK_MAIN();
