#pragma once

#include "tests/shared/routing/mirror.h"

#include "shared/base/random.h"

namespace cb::test::routing {

/// One event of a run. Answer and Decline name the agent only: the offer is the one that rings there when the step is
/// taken, so that a list stays meaningful when events are left out.
struct Step {
    Millis after{0}; ///< since the step before
    Event event;
};

/// A router with its mirror. Takes time in steps, one deadline after the other, and looks at everything after each.
class Run {
public:
    /// False when a promise is broken; `problem()` says which.
    bool take(const Step& step);
    const std::string& problem() const { return m_mirror.problem; }
    const Mirror& mirror() const { return m_mirror; }
    const std::string& log() const { return m_log; }
    void keepLog() { m_keepLog = true; }
    std::uint64_t decided() const { return m_decided; }

private:
    void apply(const Event& event);

    Router m_router;
    Mirror m_mirror;
    Decisions m_out;
    TimePoint m_now = base::fromUnixMillis(1'700'000'000'000);
    std::string m_log;
    std::uint64_t m_decided = 0;
    bool m_keepLog = false;
};

/// Random steps that fit what goes on, with some that do not.
class Generator {
public:
    explicit Generator(std::uint64_t seed)
        : m_random(seed) {}
    std::vector<Step> world();
    Step next(const Mirror& mirror);

private:
    Event agentEvent(const Mirror& mirror);
    Event sessionEvent(const Mirror& mirror);
    Event adminEvent(const Mirror& mirror);
    Event repair(const Mirror& mirror);
    Event enqueue(const Mirror& mirror);
    Event transfer(const Mirror& mirror);
    model::InstanceSettings settings();
    model::Group group(std::int64_t id);
    std::vector<model::GroupId> someGroups();
    model::AgentId agent();
    model::AgentId busyAgent(const Mirror& mirror, bool ringing);
    std::int64_t sessionIn(const Mirror& mirror, SessionState place);
    Millis pause();

    base::Random m_random;
    std::int64_t m_groups = 3;
    std::int64_t m_agents = 4;
    std::int64_t m_sessions = 0;
};

/// The shortest list found that still breaks a promise: delta debugging (Zeller, Hildebrandt 2002).
std::vector<Step> shrink(std::vector<Step> steps);
std::string firstProblem(const std::vector<Step>& steps);

/// C++ text of the steps, to paste into a test.
std::string describe(const std::vector<Step>& steps);
std::string describe(const Event& event);
std::string describe(const Decision& decision);

} // namespace cb::test::routing
