#pragma once

#include "shared/flowrun/interpreter.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// A flow played without customers, agents or time: what somebody does goes in as an Input, what the flow does comes
/// out as lines. The interpreter is the one that serves customers. Pure; a rehearsal given the same inputs always goes
/// the same way.
namespace cb::flowtest {

/// Whom a transfer finds.
enum class Agents {
    Free,   ///< one answers at once
    Busy,   ///< online, none free: the session waits
    Nobody, ///< none online: the transfer fails
};

// ---- inputs -----------------------------------------------------------------------------------------------------

struct SetAgents {
    Agents agents = Agents::Free;
    bool operator==(const SetAgents&) const = default;
};
/// The customer writes, to the flow or to the agent.
struct Write {
    std::string text;
    bool operator==(const Write&) const = default;
};
/// The caller presses a key of 0123456789*#.
struct Press {
    char key = '0';
    bool operator==(const Press&) const = default;
};
/// Nothing happens until the deadline that runs is over: no reply, no key, silence, the longest wait.
struct Wait {
    bool operator==(const Wait&) const = default;
};
/// To a session that waits: an agent becomes free and answers.
struct Answer {
    bool operator==(const Answer&) const = default;
};
struct AgentWrites {
    std::string text;
    bool operator==(const AgentWrites&) const = default;
};
/// The agent ends the session, or hangs up.
struct AgentEnds {
    bool operator==(const AgentEnds&) const = default;
};
/// The customer closes the page, or hangs up.
struct Leave {
    bool operator==(const Leave&) const = default;
};

using Input = std::variant<SetAgents, Write, Press, Wait, Answer, AgentWrites, AgentEnds, Leave>;

// ---- what comes of them -----------------------------------------------------------------------------------------

struct Line {
    enum class Who {
        Flow,     ///< text, or what a sound says
        Customer, ///< text or keys
        Agent,
        Entered, ///< a node: `node`, `from`, `port`
        Waited,  ///< a deadline passed; text: "reply", "key", "silence", "longest_wait"
        Queued,  ///< text: customers ahead
        Served,  ///< text: the agent's staff number
        Failed,  ///< nobody came
        Music,
        Ended ///< text: flowrun::name(EndReason)
    };

    Who who = Who::Flow;
    base::Millis at{0}; ///< since the start
    std::string text;
    flow::Sound sound; ///< Flow on the phone
    flow::NodeId node;
    flow::NodeId from;
    std::string port;

    bool operator==(const Line&) const = default;
};

/// What the session waits for.
enum class Stage {
    Reply,  ///< a text
    Key,    ///< a key
    Queued, ///< an agent
    Served, ///< talks with an agent
    Ended
};

inline constexpr int kAhead = 2;                        ///< customers ahead in the pretended queue
inline constexpr const char* kStaffNo = "1001";         ///< of the pretended agent
inline constexpr std::size_t kMostLines = 10'000;       ///< what comes after is not kept
inline constexpr base::Millis kNobodyOnline{60 * 1000}; ///< in the queue, until the transfer fails (spec 5)

/// Sounds end by themselves, at the speed of speech; a key pressed later finds them over, which is the same to the flow
/// as cutting them short.
class Rehearsal {
public:
    /// Starts the flow.
    explicit Rehearsal(flowrun::FlowPtr flow, Agents agents = Agents::Free);

    /// False: such an input means nothing at this stage, and nothing has happened.
    bool apply(const Input& input);

    const std::vector<Line>& lines() const { return m_lines; }
    Stage stage() const;
    Agents agents() const { return m_agents; }
    base::Millis now() const { return m_now; }
    /// When Wait would be over; nullopt: nothing would ever happen.
    std::optional<base::Millis> deadline() const;
    flow::NodeId node() const; ///< where it stands
    flowrun::EndReason ended() const { return m_ended; }

private:
    void feed(const flowrun::Event& event);
    void take(const flowrun::Effect& effect, std::vector<flowrun::Event>& next);
    void enterQueue(const flowrun::Transfer& transfer, std::vector<flowrun::Event>& next);
    bool wait();
    void add(Line line);

    flowrun::FlowPtr m_flow;
    flowrun::State m_state;
    flowrun::Env m_env;
    Agents m_agents;
    std::vector<Line> m_lines;
    base::Millis m_now{0};
    flowrun::Timer m_timer = flowrun::Timer::None;
    base::Millis m_timerDue{0};
    std::optional<base::Millis> m_queueDue; ///< of the longest wait, or of nobody online
    bool m_queued = false;
    flowrun::EndReason m_ended = flowrun::EndReason::None;
};

} // namespace cb::flowtest
