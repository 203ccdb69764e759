#pragma once

#include "server/desk/flow_port.h"
#include "shared/flowrun/interpreter.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace cb::flowhost {

struct FlowHostOptions {
    base::Millis visitorGone = std::chrono::minutes(2); ///< how long a chat branch waits for its reply (spec 5)
};

/// Runs the flows of the desk's live sessions with the interpreter of shared/flowrun. Each session keeps 12 bytes of
/// state and a pointer to the compiled version it started with; every session of one version shares it.
///
/// Threads: prepare() from any; everything else on the desk's, as FlowPort says.
class FlowHost final : public desk::FlowPort {
public:
    explicit FlowHost(FlowHostOptions options = {});

    base::Result<void> prepare(const store::FlowRow& row) override;
    bool start(model::SessionId session, model::FlowId flow, int version, desk::FlowActions& out) override;
    std::optional<desk::FlowResumed> resume(model::SessionId session, model::FlowId flow, int version,
                                            std::string_view flowState) override;
    bool apply(model::SessionId session, const desk::FlowEvent& event, desk::FlowActions& out) override;
    std::string save(model::SessionId session) const override;
    void forget(model::SessionId session) override;

    std::size_t running() const { return m_runs.size(); }
    /// Compiled versions at hand: those published, and older ones that sessions still run on.
    std::size_t compiled() const;

private:
    struct Run {
        flowrun::FlowPtr flow; ///< shared by the sessions of one version
        flowrun::State state;
    };
    /// A version is written once, but one whose commit failed never was: its number is given again, to another text.
    struct Compiled {
        flowrun::FlowPtr flow; ///< shared with the sessions that run on it
        std::size_t textHash = 0;
    };
    using Version = std::pair<model::FlowId, int>;

    flowrun::FlowPtr version(model::FlowId flow, int version) const;
    void dropOlder(model::FlowId flow, int number);
    void step(Run& run, const flowrun::Event& event, desk::FlowActions& out) const;

    const flowrun::Env m_env;
    mutable std::mutex m_mutex; ///< guards the cache; never held while compiling
    std::map<Version, Compiled> m_versions;
    std::unordered_map<model::SessionId, Run> m_runs;
};

} // namespace cb::flowhost
