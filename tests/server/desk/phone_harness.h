#pragma once

#include "tests/server/desk/floor_harness.h"

#include <algorithm>
#include <string>

/// The sample instance with a phone number, an IVR and a group of calls.
namespace cb::test {

inline constexpr model::GroupId kCalls{3};
inline constexpr model::FlowId kIvr{3};
inline constexpr model::ChannelId kLine{4}; ///< in and out
inline const std::string kCaller = "+8613800138000";

inline flow::Sound say(const std::string& text) {
    return {flow::Sound::Source::Speech, {}, text, {}};
}

/// start → "Welcome" → 1: transfer to the calls group → "Goodbye" → end.
inline flow::Graph ivrGraph() {
    using flow::NodeId;
    flow::Graph graph;
    graph.mode = flow::Mode::Phone;
    flow::KeyBranch menu;
    menu.prompt = say("Press 1");
    menu.timeoutPrompt = say("Still there?");
    menu.wrongPrompt = say("Wrong");
    menu.maxErrors = 1;
    menu.timeout = base::Seconds{5};
    menu.options = {{"sales", "1"}};
    flow::CallTransfer transfer;
    transfer.group = flow::GroupId{kCalls.value};
    transfer.announcement = say("An agent");
    graph.nodes = {{NodeId{1}, "", {}, flow::Start{}},
                   {NodeId{2}, "Welcome", {}, flow::Play{say("Welcome")}},
                   {NodeId{3}, "Menu", {}, menu},
                   {NodeId{4}, "Calls", {}, transfer},
                   {NodeId{5}, "Bye", {}, flow::Play{say("Goodbye")}},
                   {NodeId{6}, "End", {}, flow::CallEnd{}}};
    graph.edges = {{NodeId{1}, "next", NodeId{2}},
                   {NodeId{2}, "next", NodeId{3}},
                   {NodeId{3}, "sales", NodeId{4}},
                   {NodeId{4}, "served", NodeId{5}},
                   {NodeId{5}, "next", NodeId{6}}};
    return graph;
}

inline desk::Recovered withTelephone() {
    desk::Recovered sample = sampleInstance();
    sample.groups.push_back({kCalls, kInstance, model::Mode::Phone, "Calls", 1});
    sample.agents[0].groups.push_back(kCalls);
    sample.agents[1].groups.push_back(kCalls);
    model::Channel line;
    line.id = kLine;
    line.instance = kInstance;
    line.kind = model::ChannelKind::Phone;
    line.name = "+8675512345678";
    line.flow = kIvr;
    sample.channels.push_back(line);
    sample.numbers.push_back({kLine, kInstance, line.name, model::CallType::Both, {}, false});
    store::FlowRow row = flowRow(kIvr, 1, ivrGraph());
    row.mode = model::Mode::Phone;
    sample.versions.push_back(row);
    row.json.clear();
    sample.flows.push_back(row);
    return sample;
}

inline desk::CallArrived callFrom(desk::CallId id, const std::string& caller = kCaller) {
    desk::CallArrived call;
    call.call = id;
    call.instance = kInstance;
    call.channel = kLine;
    call.caller = caller;
    call.callee = "+8675512345678";
    return call;
}

/// What the call is told, in words.
inline std::string told(const Outcome& out, desk::CallId id = 1) {
    std::string text;
    for (const desk::CallEffect& effect : out.all<desk::CallEffect>()) {
        if (effect.call != id)
            continue;
        text += text.empty() ? "" : ", ";
        if (std::holds_alternative<desk::CallTaken>(effect.step))
            text += "taken";
        else if (const auto* refused = std::get_if<desk::CallRefused>(&effect.step))
            text += "refused " + refused->code;
        else if (const auto* play = std::get_if<desk::FlowPlay>(&effect.step))
            text += "play " + play->sound.text;
        else if (std::holds_alternative<desk::FlowStopPlay>(effect.step))
            text += "stop";
        else if (std::holds_alternative<desk::FlowMusic>(effect.step))
            text += "music";
        else if (std::holds_alternative<desk::FlowStopMusic>(effect.step))
            text += "no music";
        else if (std::holds_alternative<desk::FlowJoin>(effect.step))
            text += "join";
        else if (std::holds_alternative<desk::CallPart>(effect.step))
            text += "part";
        else if (const auto* wanted = std::get_if<desk::CallLookUp>(&effect.step))
            text += "look up " + wanted->number;
        else if (std::holds_alternative<desk::CallDial>(effect.step))
            text += "dial";
        else if (const auto* hold = std::get_if<desk::CallHold>(&effect.step))
            text += hold->on ? "hold" : "back";
        else if (const auto* record = std::get_if<desk::CallRecord>(&effect.step))
            text += record->on ? "record" : "no record";
        else if (const auto* on = std::get_if<desk::CallForward>(&effect.step))
            text += "forward to " + std::to_string(on->onward);
        else if (const auto* end = std::get_if<desk::CallHangUp>(&effect.step))
            text += end->afterSounds ? "hang up after" : "hang up";
    }
    return text;
}

inline std::uint16_t lastPlay(const Outcome& out) {
    std::uint16_t play = 0;
    for (const desk::CallEffect& effect : out.all<desk::CallEffect>())
        if (const auto* one = std::get_if<desk::FlowPlay>(&effect.step))
            play = one->play;
    return play;
}

inline constexpr model::SessionId kFirstCall{1};

} // namespace cb::test
