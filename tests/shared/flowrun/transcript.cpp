#include "tests/shared/flowrun/transcript.h"

#include <nlohmann/json.hpp>

namespace cb::test {

using namespace cb::flowrun;
using Json = nlohmann::ordered_json;

namespace {

std::string describeSound(const flow::Sound& sound) {
    if (sound.source == flow::Sound::Source::Audio)
        return "audio " + std::to_string(sound.audio.value);
    return "speech '" + sound.text + "'" + (sound.voice.empty() ? "" : " in " + sound.voice);
}

struct Describe {
    std::string operator()(const EnteredNode& e) const {
        const std::string way = e.from ? " from " + std::to_string(e.from.value) + " by " + e.port : "";
        return "enter " + std::to_string(e.id.value) + " " + e.label + way;
    }
    std::string operator()(const Say& e) const { return "say " + e.text; }
    std::string operator()(const Play& e) const {
        return "play " + std::to_string(e.play) + " " + describeSound(e.sound) + (e.bargeIn ? ", keys may cut it" : "");
    }
    std::string operator()(const StopPlay&) const { return "stop_play"; }
    std::string operator()(const Music& e) const { return "music " + std::to_string(e.audio.value); }
    std::string operator()(const StopMusic&) const { return "stop_music"; }
    std::string operator()(const Transfer& e) const {
        return "transfer to " + std::to_string(e.group.value) + " for " + std::to_string(e.longestWait.count()) + " s";
    }
    std::string operator()(const Join&) const { return "join"; }
    std::string operator()(const StartTimer& e) const {
        return "start_timer " + std::string(name(e.timer)) + " " + std::to_string(e.duration.count()) + " ms";
    }
    std::string operator()(const StopTimer& e) const { return "stop_timer " + std::string(name(e.timer)); }
    std::string operator()(const End& e) const { return "end " + std::string(name(e.reason)); }
};

} // namespace

Golden parseGolden(const std::string& text) {
    const auto json = Json::parse(text);
    Golden golden{json.at("flow").dump(), {}};
    for (const auto& session : json.at("sessions")) {
        Session& added = golden.sessions.emplace_back();
        added.about = session.at("about").get<std::string>();
        for (const auto& step : session.at("steps"))
            added.steps.push_back({step.at("event"), step.value("effects", std::vector<std::string>())});
    }
    return golden;
}

std::string toJson(const Golden& golden) {
    Json json{{"flow", Json::parse(golden.flow)}, {"sessions", Json::array()}};
    for (const Session& session : golden.sessions) {
        Json steps = Json::array();
        for (const Step& step : session.steps)
            steps.push_back(Json{{"event", step.event}, {"effects", step.effects}});
        json["sessions"].push_back(Json{{"about", session.about}, {"steps", steps}});
    }
    return json.dump(2) + "\n";
}

std::optional<Event> parseEvent(std::string_view line) {
    const auto space = line.find(' ');
    const std::string_view kind = line.substr(0, space);
    const std::string rest(space == std::string_view::npos ? "" : line.substr(space + 1));
    if (kind == "start")
        return StartFlow{};
    if (kind == "text")
        return Text{rest};
    if (kind == "digit" && rest.size() == 1)
        return Digit{rest[0]};
    if (kind == "play_done")
        return PlayDone{static_cast<std::uint16_t>(std::stoi(rest))};
    if (kind == "timeout")
        return Timeout{parseTimer(rest).value_or(Timer::None)};
    if (kind == "queued")
        return TransferQueued{std::stoi(rest)};
    if (kind == "failed")
        return TransferFailed{};
    if (kind == "connected")
        return AgentConnected{rest};
    if (kind == "agent_ended")
        return AgentEnded{};
    if (kind == "agent_left")
        return AgentLeft{};
    if (kind == "agent_message")
        return AgentMessage{};
    if (kind == "customer_message")
        return CustomerMessage{};
    if (kind == "customer_left")
        return CustomerLeft{};
    return std::nullopt;
}

std::string describe(const Effect& effect) {
    return std::visit(Describe{}, effect);
}

std::vector<std::string> describe(const Effects& effects) {
    std::vector<std::string> lines;
    for (const Effect& effect : effects)
        lines.push_back(describe(effect));
    return lines;
}

} // namespace cb::test
