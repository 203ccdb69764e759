#include "shared/flow/exchange.h"

#include "shared/flow/json.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace cb::flow {

namespace {

using OrderedFile = nlohmann::ordered_json;

template <class Id>
OrderedFile namesJson(const std::vector<Id>& used, const std::map<Id, std::string>& names) {
    auto json = OrderedFile::object();
    for (const Id id : used)
        if (const auto name = names.find(id); name != names.end())
            json[std::to_string(id.value)] = name->second;
    return json;
}

template <class Id>
void readNames(const nlohmann::json& json, std::map<Id, std::string>& names) {
    if (!json.is_object())
        return;
    for (const auto& [key, name] : json.items()) {
        Id id;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id.value);
        if (error == std::errc() && end == key.data() + key.size() && name.is_string())
            names[id] = name.template get<std::string>();
    }
}

/// The number of the same name here.
template <class Id>
void translate(Id& id, const std::map<Id, std::string>& there, const std::map<Id, std::string>& here,
               TakenOver& taken) {
    if (id.value == 0)
        return;
    const auto name = there.find(id);
    if (name == there.end()) {
        if (here.count(id) > 0)
            ++taken.unsure;
        else {
            id = Id{};
            ++taken.lost;
        }
        return;
    }
    for (const auto& [number, called] : here)
        if (called == name->second) {
            id = number;
            return;
        }
    id = Id{};
    ++taken.lost;
}

} // namespace

std::string toFile(const Graph& graph, const Names& names) {
    auto json = OrderedFile::parse(toJson(graph));
    OrderedFile called = OrderedFile::object();
    if (auto groups = namesJson(groupsUsed(graph), names.groups); !groups.empty())
        called["groups"] = std::move(groups);
    if (auto audio = namesJson(audioUsed(graph), names.audio); !audio.empty())
        called["audio"] = std::move(audio);
    if (!called.empty())
        json["names"] = std::move(called);
    return json.dump(2, ' ', false, OrderedFile::error_handler_t::replace);
}

Names namesIn(std::string_view file) {
    Names names;
    const auto json = nlohmann::json::parse(file, nullptr, false);
    if (!json.is_object() || !json.contains("names") || !json["names"].is_object())
        return names;
    const auto& called = json["names"];
    if (called.contains("groups"))
        readNames(called["groups"], names.groups);
    if (called.contains("audio"))
        readNames(called["audio"], names.audio);
    return names;
}

TakenOver takeOver(Graph& graph, const Names& there, const Names& here) {
    TakenOver taken;
    const auto group = [&](GroupId& id) { translate(id, there.groups, here.groups, taken); };
    const auto audio = [&](AudioId& id) { translate(id, there.audio, here.audio, taken); };
    const auto sound = [&](Sound& each) {
        if (each.source == Sound::Source::Audio)
            audio(each.audio);
    };
    for (Node& node : graph.nodes) {
        if (auto* transfer = std::get_if<Transfer>(&node.data))
            group(transfer->group);
        else if (auto* play = std::get_if<Play>(&node.data))
            sound(play->sound);
        else if (auto* keys = std::get_if<KeyBranch>(&node.data)) {
            sound(keys->prompt);
            sound(keys->timeoutPrompt);
            sound(keys->wrongPrompt);
        } else if (auto* call = std::get_if<CallTransfer>(&node.data)) {
            group(call->group);
            sound(call->prompt);
            sound(call->announcement);
            audio(call->music);
        }
    }
    return taken;
}

} // namespace cb::flow
