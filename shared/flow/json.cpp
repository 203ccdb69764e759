#include "shared/flow/json.h"

#include "shared/flow/json_reader_p.h"
#include "shared/flow/limits.h"
#include "shared/flow/upgrade_p.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace cb::flow {

namespace {

// Writing keeps the order of the fields, so that an exported file reads well and equal graphs have equal texts.
using Ordered = nlohmann::ordered_json;
using Json = nlohmann::json;

constexpr std::array<const char*, 3> kSources{"none", "audio", "speech"};

Ordered write(const Sound& sound) {
    Ordered json{{"source", kSources[static_cast<std::size_t>(sound.source)]}};
    if (sound.audio)
        json["audio"] = sound.audio.value;
    if (!sound.text.empty())
        json["text"] = sound.text;
    if (!sound.voice.empty())
        json["voice"] = sound.voice;
    return json;
}

void write(Ordered&, const Start&) {}
void write(Ordered& json, const Message& node) {
    json["text"] = node.text;
}
void write(Ordered& json, const Play& node) {
    json["sound"] = write(node.sound);
}

void write(Ordered& json, const Branch& node) {
    json["prompt"] = node.prompt;
    json["wrong_text"] = node.wrongText;
    Ordered& options = json["options"] = Ordered::array();
    for (const auto& option : node.options)
        options.push_back({{"name", option.name}, {"keywords", option.keywords}});
}

void write(Ordered& json, const KeyBranch& node) {
    json["prompt"] = write(node.prompt);
    json["timeout_prompt"] = write(node.timeoutPrompt);
    json["wrong_prompt"] = write(node.wrongPrompt);
    json["max_errors"] = node.maxErrors;
    json["timeout"] = node.timeout.count();
    Ordered& options = json["options"] = Ordered::array();
    for (const auto& option : node.options)
        options.push_back({{"name", option.name}, {"keys", option.keys}});
}

void write(Ordered& json, const Transfer& node) {
    json["group"] = node.group.value;
    json["queue_text"] = node.queueText;
    json["failure_text"] = node.failureText;
    json["success_text"] = node.successText;
    json["longest_wait"] = node.longestWait.count();
}

void write(Ordered& json, const CallTransfer& node) {
    json["group"] = node.group.value;
    json["prompt"] = write(node.prompt);
    json["music"] = node.music.value;
    json["announcement"] = write(node.announcement);
    json["longest_wait"] = node.longestWait.count();
}

void write(Ordered& json, const End& node) {
    json["silence"] = node.silence.count();
    json["silence_text"] = node.silenceText;
    json["agent_ended_text"] = node.agentEndedText;
}

void write(Ordered&, const CallEnd&) {}

void read(JsonReader& in, const Json& object, const char* field, Sound& sound) {
    const auto found = object.find(field);
    if (in.failed() || found == object.end() || found->is_null())
        return;
    const JsonReader::Scope scope(in, field);
    if (!in.isObject(*found))
        return;
    std::string source = kSources[0];
    in.text(*found, "source", source);
    const auto known = std::find(kSources.begin(), kSources.end(), source);
    if (known == kSources.end())
        return in.fail("flow_bad_value", "unknown source of sound");
    sound.source = static_cast<Sound::Source>(known - kSources.begin());
    in.id(*found, "audio", sound.audio);
    in.text(*found, "text", sound.text);
    in.text(*found, "voice", sound.voice);
}

void readOption(JsonReader& in, const Json& json, KeywordOption& option) {
    in.text(json, "name", option.name);
    const Json* keywords = in.array(json, "keywords", kMaxKeywords);
    if (!keywords)
        return;
    const JsonReader::Scope scope(in, "keywords");
    option.keywords.reserve(keywords->size());
    for (std::size_t i = 0; i < keywords->size() && !in.failed(); ++i) {
        const JsonReader::Scope place(in, i);
        const Json& keyword = (*keywords)[i];
        if (!keyword.is_string())
            in.fail("flow_bad_json", "not a string");
        else if (in.isShort(keyword.get_ref<const std::string&>()))
            option.keywords.push_back(keyword.get<std::string>());
    }
}

void readOption(JsonReader& in, const Json& json, KeyOption& option) {
    in.text(json, "name", option.name);
    in.text(json, "keys", option.keys);
}

template <class Option>
void readOptions(JsonReader& in, const Json& json, std::vector<Option>& options) {
    const Json* array = in.array(json, "options", kMaxOptions);
    if (!array)
        return;
    const JsonReader::Scope scope(in, "options");
    options.resize(array->size());
    for (std::size_t i = 0; i < array->size() && !in.failed(); ++i) {
        const JsonReader::Scope place(in, i);
        if (in.isObject((*array)[i]))
            readOption(in, (*array)[i], options[i]);
    }
}

void read(JsonReader&, const Json&, Start&) {}
void read(JsonReader& in, const Json& json, Message& node) {
    in.text(json, "text", node.text);
}
void read(JsonReader& in, const Json& json, Play& node) {
    read(in, json, "sound", node.sound);
}

void read(JsonReader& in, const Json& json, Branch& node) {
    in.text(json, "prompt", node.prompt);
    in.text(json, "wrong_text", node.wrongText);
    readOptions(in, json, node.options);
}

void read(JsonReader& in, const Json& json, KeyBranch& node) {
    read(in, json, "prompt", node.prompt);
    read(in, json, "timeout_prompt", node.timeoutPrompt);
    read(in, json, "wrong_prompt", node.wrongPrompt);
    in.integer(json, "max_errors", node.maxErrors);
    in.seconds(json, "timeout", node.timeout);
    readOptions(in, json, node.options);
}

void read(JsonReader& in, const Json& json, Transfer& node) {
    in.id(json, "group", node.group);
    in.text(json, "queue_text", node.queueText);
    in.text(json, "failure_text", node.failureText);
    in.text(json, "success_text", node.successText);
    in.seconds(json, "longest_wait", node.longestWait);
}

void read(JsonReader& in, const Json& json, CallTransfer& node) {
    in.id(json, "group", node.group);
    read(in, json, "prompt", node.prompt);
    in.id(json, "music", node.music);
    read(in, json, "announcement", node.announcement);
    in.seconds(json, "longest_wait", node.longestWait);
}

void read(JsonReader& in, const Json& json, End& node) {
    in.seconds(json, "silence", node.silence);
    in.text(json, "silence_text", node.silenceText);
    in.text(json, "agent_ended_text", node.agentEndedText);
}

void read(JsonReader&, const Json&, CallEnd&) {}

/// The default node of a type name; the names are those of typeName().
template <std::size_t I = 0>
std::optional<NodeData> emptyNode(std::string_view type) {
    if constexpr (I == std::variant_size_v<NodeData>) {
        return std::nullopt;
    } else {
        NodeData data{std::in_place_index<I>};
        return typeName(data) == type ? std::optional<NodeData>(std::move(data)) : emptyNode<I + 1>(type);
    }
}

void readNode(JsonReader& in, const Json& json, Node& node) {
    if (!in.isObject(json))
        return;
    in.id(json, "id", node.id);
    if (!node.id)
        return in.fail("flow_bad_node", "no id");
    std::string type;
    in.text(json, "type", type);
    auto data = emptyNode(type);
    if (!data)
        return in.fail("flow_bad_node", "unknown type");
    in.text(json, "label", node.label);
    in.coordinate(json, "x", node.position.x);
    in.coordinate(json, "y", node.position.y);
    node.data = std::move(*data);
    std::visit([&](auto& kind) { read(in, json, kind); }, node.data);
}

void readNodes(JsonReader& in, const Json& document, std::vector<Node>& nodes) {
    const Json* array = in.array(document, "nodes", kMaxNodes);
    if (!array)
        return;
    const JsonReader::Scope scope(in, "nodes");
    nodes.resize(array->size());
    std::unordered_set<NodeId> ids;
    for (std::size_t i = 0; i < array->size() && !in.failed(); ++i) {
        const JsonReader::Scope place(in, i);
        readNode(in, (*array)[i], nodes[i]);
        if (!in.failed() && !ids.insert(nodes[i].id).second)
            in.fail("flow_bad_node", "id used twice");
    }
}

void readEdges(JsonReader& in, const Json& document, std::vector<Edge>& edges) {
    const Json* array = in.array(document, "edges", kMaxEdges);
    if (!array)
        return;
    const JsonReader::Scope scope(in, "edges");
    edges.resize(array->size());
    for (std::size_t i = 0; i < array->size() && !in.failed(); ++i) {
        const JsonReader::Scope place(in, i);
        const Json& json = (*array)[i];
        if (!in.isObject(json))
            return;
        in.id(json, "from", edges[i].from);
        in.text(json, "port", edges[i].port);
        in.id(json, "to", edges[i].to);
    }
}

void readMode(JsonReader& in, const Json& document, Mode& mode) {
    std::string text;
    in.text(document, "mode", text);
    const JsonReader::Scope scope(in, "mode");
    if (const auto known = parseMode(text))
        mode = *known;
    else
        in.fail("flow_bad_mode");
}

base::Error at(std::string_view code, std::string place, std::string_view detail = {}) {
    return base::with(base::rejected(code, detail), "at", std::move(place));
}

/// The byte at which the nesting exceeds kMaxDepth. Looked for before parsing, because every level costs the parser
/// memory.
std::optional<std::size_t> tooDeepAt(std::string_view text) {
    std::size_t depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxDepth)
                return i;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return std::nullopt;
}

base::Result<Json> parseDocument(std::string_view text) {
    if (text.size() > kMaxBytes)
        return at("flow_too_large", "", "document");
    if (const auto byte = tooDeepAt(text))
        return at("flow_too_large", "byte " + std::to_string(*byte), "nesting");
    try {
        auto document = Json::parse(text);
        if (!document.is_object())
            return at("flow_bad_json", "byte 0", "not an object");
        return document;
    } catch (const Json::parse_error& error) {
        return at("flow_bad_json", "byte " + std::to_string(error.byte), error.what());
    } catch (const Json::exception& error) { // a number beyond double's range
        return at("flow_bad_json", "", error.what());
    }
}

base::Result<Graph> readDocument(Json& document) {
    if (const auto done = upgrade(document, upgrades(), kSchema); !done)
        return done.error();
    Graph graph;
    JsonReader in;
    readMode(in, document, graph.mode);
    readNodes(in, document, graph.nodes);
    readEdges(in, document, graph.edges);
    if (in.failed())
        return in.error();
    return graph;
}

} // namespace

std::string toJson(const Graph& graph, Layout layout) {
    Ordered document{{"schema", kSchema}, {"mode", name(graph.mode)}};
    Ordered& nodes = document["nodes"] = Ordered::array();
    for (const Node& node : graph.nodes) {
        Ordered json{{"id", node.id.value},
                     {"type", typeName(node.data)},
                     {"label", node.label},
                     {"x", node.position.x},
                     {"y", node.position.y}};
        std::visit([&json](const auto& data) { write(json, data); }, node.data);
        nodes.push_back(std::move(json));
    }
    Ordered& edges = document["edges"] = Ordered::array();
    for (const Edge& edge : graph.edges)
        edges.push_back({{"from", edge.from.value}, {"port", edge.port}, {"to", edge.to.value}});
    return document.dump(layout == Layout::Pretty ? 2 : -1, ' ', false, Ordered::error_handler_t::replace);
}

base::Result<Graph> parseJson(std::string_view text) {
    auto document = parseDocument(text);
    if (!document)
        return document.error();
    return readDocument(*document);
}

} // namespace cb::flow
