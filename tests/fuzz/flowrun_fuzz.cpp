#include "shared/flow/json.h"
#include "shared/flowrun/interpreter.h"

#include <cstdlib>
#include <string>

using namespace cb;

namespace {

flowrun::Event eventOf(std::uint8_t byte, const flowrun::State& state) {
    using namespace flowrun;
    switch (byte % 13) {
    case 0:
        return StartFlow{};
    case 1:
        return Text{std::string(1, static_cast<char>('0' + byte / 13))};
    case 2:
        return Digit{CompiledFlow::kKeys[byte / 13 % 12]};
    case 3:
        return PlayDone{state.play};
    case 4:
        return Timeout{state.timer};
    case 5:
        return TransferQueued{byte};
    case 6:
        return TransferFailed{};
    case 7:
        return AgentConnected{"1"};
    case 8:
        return AgentEnded{};
    case 9:
        return AgentLeft{};
    case 10:
        return AgentMessage{};
    case 11:
        return CustomerMessage{};
    default:
        return CustomerLeft{};
    }
}

} // namespace

/// A flow, a zero byte, events: whatever the flow, sessions stay bounded and their state goes to text and back. What
/// follows a second zero byte is read as such a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto first = input.find('\0');
    const auto graph = flow::parseJson(input.substr(0, first));
    if (!graph || first == std::string_view::npos)
        return 0;
    const auto flow = flowrun::compile(*graph);
    if (!flow)
        return 0;
    const auto second = input.find('\0', first + 1);
    flowrun::State state = flowrun::begin(**flow);
    if (second != std::string_view::npos)
        state = flowrun::decode(**flow, input.substr(second + 1)).valueOr(state);
    for (const char byte : input.substr(first + 1, second - first - 1)) {
        const auto event = eventOf(static_cast<std::uint8_t>(byte), state);
        if (flowrun::step(**flow, state, event, {}).size() > 4 * flowrun::kMaxSteps)
            std::abort();
        const auto back = flowrun::decode(**flow, flowrun::encode(**flow, state));
        if (!back || !(*back == state))
            std::abort();
    }
    return 0;
}
