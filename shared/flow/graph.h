#pragma once

#include "shared/base/clock.h"
#include "shared/base/id.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The flow a customer goes through (spec 5) as plain values: nodes, edges from a named output to a node, places on the
/// canvas. A graph may be incomplete: a draft is saved as it stands, and validate.h says what is missing. No function
/// here throws, and all are safe on any thread.
namespace cb::flow {

/// What the flow serves; chat and all-media share their nodes, a phone flow is an IVR. Same order and names as
/// model::Mode.
enum class Mode { Chat, AllMedia, Phone };

/// Own tags because flow stands on base alone; the numbers are those of the model's ids.
using NodeId = base::Id<struct NodeTag>; ///< unique in its graph, ≥ 1, kept for ever: running sessions and undo name it
using GroupId = base::Id<struct GroupTag>; ///< a skill group; 0 = not chosen yet
using AudioId = base::Id<struct AudioTag>; ///< an uploaded audio file; 0 = not chosen yet

/// What a caller hears: nothing, an uploaded file, or text to speech.
struct Sound {
    enum class Source { None, Audio, Speech };

    Source source = Source::None;
    AudioId audio;     ///< Source::Audio only
    std::string text;  ///< Source::Speech only
    std::string voice; ///< Source::Speech only: a voice the server offers; empty = its default

    bool operator==(const Sound&) const = default;
};

struct Start {
    bool operator==(const Start&) const = default;
};

/// Chat, all-media: one text to the customer.
struct Message {
    std::string text;

    bool operator==(const Message&) const = default;
};

/// Phone: one sound to the caller.
struct Play {
    Sound sound;

    bool operator==(const Play&) const = default;
};

/// One way out of a branch and the replies that lead there.
struct KeywordOption {
    std::string name; ///< the output's name; unique in its node
    std::vector<std::string> keywords;

    bool operator==(const KeywordOption&) const = default;
};

/// Chat, all-media: asks and waits. A reply is matched by base::keywordForm, whole; any other reply repeats the prompt
/// after `wrongText`.
struct Branch {
    std::string prompt;
    std::string wrongText;
    std::vector<KeywordOption> options;

    bool operator==(const Branch&) const = default;
};

struct KeyOption {
    std::string name; ///< the output's name; unique in its node
    std::string keys; ///< each character one key of 0123456789*#

    bool operator==(const KeyOption&) const = default;
};

/// Phone: asks and waits for one key. Time-outs and wrong keys both count; more than `maxErrors` of them hang up.
struct KeyBranch {
    Sound prompt;
    Sound timeoutPrompt;
    Sound wrongPrompt;
    int maxErrors = 3;
    base::Seconds timeout{10}; ///< from the end of the prompt
    std::vector<KeyOption> options;

    bool operator==(const KeyBranch&) const = default;
};

/// Chat, all-media: to a human. Outputs "served" and "failed".
struct Transfer {
    GroupId group;
    std::string queueText;        ///< said once on entering the queue; ${WaitNo}
    std::string failureText;      ///< said before going on by "failed"
    std::string successText;      ///< said when an agent answers; ${StaffNo}
    base::Seconds longestWait{0}; ///< 0 = none

    bool operator==(const Transfer&) const = default;
};

/// Phone: to a human. Outputs "served" and "failed".
struct CallTransfer {
    GroupId group;
    Sound prompt;       ///< once, while transferring
    AudioId music;      ///< looped until an agent answers; 0 = the server's own
    Sound announcement; ///< to the caller before the agent joins
    base::Seconds longestWait{0};

    bool operator==(const CallTransfer&) const = default;
};

/// Chat, all-media. The settings apply while an agent serves, when the end follows a transfer's "served".
struct End {
    base::Seconds silence{0};   ///< customer silent this long after an agent message; 0 = for ever
    std::string silenceText;    ///< said when that ends the session
    std::string agentEndedText; ///< said when the agent ends it

    bool operator==(const End&) const = default;
};

/// Phone.
struct CallEnd {
    bool operator==(const CallEnd&) const = default;
};

using NodeData = std::variant<Start, Message, Play, Branch, KeyBranch, Transfer, CallTransfer, End, CallEnd>;

/// The rows of the spec's table: each but Start has one NodeData for chat and all-media and one for the phone.
enum class Kind { Start, Message, Branch, Transfer, End };

/// Scene coordinates of the node's top left corner; finite.
struct Point {
    double x = 0;
    double y = 0;

    bool operator==(const Point&) const = default;
};

struct Node {
    NodeId id;
    std::string label; ///< shown on the canvas and in the path the agent sees
    Point position;
    NodeData data;

    bool operator==(const Node&) const = default;
};

struct Edge {
    NodeId from;
    std::string port; ///< an output of `from`, see outputs()
    NodeId to;

    bool operator==(const Edge&) const = default;
};

struct Graph {
    Mode mode = Mode::Chat;
    std::vector<Node> nodes; ///< order is kept and carries no meaning
    std::vector<Edge> edges;

    bool operator==(const Graph&) const = default;
};

/// Names of the outputs that are not branch names.
inline constexpr std::string_view kNext = "next";     ///< start, message, play
inline constexpr std::string_view kServed = "served"; ///< transfer: the agent's part ended
inline constexpr std::string_view kFailed = "failed"; ///< transfer: nobody came; unconnected = end

/// An output of a node, in the order it is drawn.
struct Output {
    std::string name;
    bool required = true; ///< unconnected is a problem

    bool operator==(const Output&) const = default;
};

std::vector<Output> outputs(const NodeData& data);

Kind kindOf(const NodeData& data);

/// True when a flow of this mode may hold this node.
bool fits(Mode mode, const NodeData& data);

/// A new node of that kind for that mode, with default settings.
NodeData makeNode(Kind kind, Mode mode);

/// Stable names, as in the JSON: "start", "message", "play", "branch", "key_branch", "transfer", "call_transfer",
/// "end", "call_end".
std::string_view typeName(const NodeData& data);

/// "chat", "all_media", "phone".
std::string_view name(Mode mode);
std::optional<Mode> parseMode(std::string_view name);

/// The node with this id, or nullptr. Linear.
const Node* find(const Graph& graph, NodeId id);
Node* find(Graph& graph, NodeId id);

/// An id no node of the graph has: the highest plus one.
NodeId freeId(const Graph& graph);

/// What the graph names, each once, ascending: a group or audio file in use by a published flow cannot be deleted
/// (spec 2.2, 2.3).
std::vector<GroupId> groupsUsed(const Graph& graph);
std::vector<AudioId> audioUsed(const Graph& graph);

} // namespace cb::flow
