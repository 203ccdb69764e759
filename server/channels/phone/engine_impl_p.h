#pragma once

#include "server/channels/phone/agent_leg.h"
#include "server/channels/phone/call_recording.h"
#include "server/channels/phone/callee_leg.h"
#include "server/channels/phone/caller_leg.h"
#include "server/channels/phone/engine.h"
#include "server/channels/phone/loop.h"
#include "server/channels/phone/rules/admission.h"
#include "server/channels/phone/sip_front.h"
#include "server/channels/phone/trunk_link.h"
#include "server/media/sound/library.h"
#include "server/media/sound/recorder.h"
#include "shared/base/worker_pool.h"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <unordered_map>

namespace cb::phone {

/// The engine's state, all but the last part of it on the loop's thread. One source per idea: engine.cpp has its life,
/// time and what comes from SIP, engine_talk.cpp what the desk wants done, engine_dial.cpp calls out.
struct Engine::Impl final : private SipFront::Owner, private SipLeg::Owner, private AgentLeg::Owner {
    /// A call out that is planned, or tried by one trunk after the other.
    struct Dial {
        std::string caller, callee; ///< E.164
        std::vector<model::TrunkId> order;
        std::size_t next = 0;  ///< of `order`
        bool admitted = false; ///< by the next one, which counts it
        std::int64_t plannedAt = 0;
    };
    /// One call: the far end, and the agent or another far end while there is one.
    struct Call {
        std::unique_ptr<CallRecording> recording; ///< outlives the ends, which it taps
        std::unique_ptr<SipLeg> far;
        std::unique_ptr<AgentLeg> agent;
        std::optional<Dial> dial; ///< of a call out
        MediaPorts ports;
        desk::CallId peer = 0; ///< it goes on with that one
        bool joined = false;   ///< they are to hear each other
        bool held = false;
        bool record = false;
    };

    Impl(EngineOptions o, sound::Library& l, base::WorkerPool& lookupPool, base::WorkerPool& speakingPool,
         FindCaller find, std::function<bool(desk::Command)> desk, sound::Recorder* r);

    // ---- engine.cpp ----
    base::Result<void> begin();
    void finish();
    static void onTimer(int, void* self) { static_cast<Impl*>(self)->tick(); }
    void tick();
    void everySecond();
    void letGo(desk::CallId id);
    void forget(SipLeg& leg);
    void use(std::shared_ptr<const Directory> now);
    void publish();
    std::optional<model::TrunkId> trunkOf(const sa& source) override;
    int admit(model::TrunkId trunk) override;
    MediaPorts portsTowards(const sa& far, const sa* known) const;
    void onInvite(const sip_msg* message, model::TrunkId trunk) override;
    std::string callerOf(const sip_msg* message) const;
    void lookUp(desk::CallArrived call);
    void refuseLater(desk::CallId id, const std::string& code);
    void refuse(desk::CallId id, const std::string& code);
    bool onUpdate(const sip_msg* message) override;
    void onKey(SipLeg& leg, char key) override;
    void onPlayed(SipLeg& leg, std::uint16_t play) override;
    void onEarly(SipLeg& leg) override;
    void onConnected(SipLeg& leg) override;
    void onGone(SipLeg& leg, const std::string& cause) override;
    void tell(desk::Command command);

    // ---- engine_talk.cpp ----
    void perform(desk::CallEffect& effect);
    void missed(const desk::CallEffect& effect);
    void take(Call& call, const desk::CallTaken&);
    void take(Call& call, const desk::CallRefused& step);
    void take(Call& call, const desk::CallHangUp& step);
    void take(Call& call, const desk::FlowPlay& step);
    void take(Call& call, const desk::FlowStopPlay&);
    void take(Call& call, const desk::FlowMusic& step);
    void take(Call& call, const desk::FlowStopMusic&);
    void take(Call& call, const desk::FlowJoin&);
    void take(Call& call, const desk::CallOffer& step);
    void take(Call& call, const desk::CallPart&) { part(call); }
    void take(Call& call, const desk::CallHold& step);
    void take(Call& call, const desk::CallRecord& step);
    void take(Call& call, const desk::CallForward& step);
    void take(Call&, const desk::CallLookUp&) {} // of no call: perform()
    void take(Call&, const desk::CallDial&) {}   // of a planned one: perform()
    void seat(Call& call, std::unique_ptr<AgentLeg> leg);
    bool unseat(Call& call);
    void connect(Call& call);
    void part(Call& call);
    void stopRecording(Call& call);
    Call* callOf(const AgentLeg& leg);
    void onUp(AgentLeg& leg) override;
    void onKey(AgentLeg&, char) override {} // it has gone to the far end already
    void onLost(AgentLeg& leg) override;
    void prepare(const sound::SoundKey& key, std::function<void(const sound::ClipPtr&)> then);

    // ---- engine_dial.cpp ----
    void lookUp(const desk::CallLookUp& wanted);
    void plan(desk::CallPlanned planned, Dial dial);
    bool reserve(Dial& dial);
    void unplan(desk::CallId id);
    void dial(desk::CallId id);
    bool attempt(desk::CallId id, Call& call);
    bool attemptBy(model::TrunkId trunk, desk::CallId id, Call& call);
    void redial(desk::CallId id);
    void forward(Call& call, desk::CallId onward);
    void connectPeers(Call& call);
    std::vector<model::TrunkId> upFirst(std::vector<model::TrunkId> order) const;

    const EngineOptions options;
    sound::Library& library;
    base::WorkerPool& lookups;
    base::WorkerPool& speaking;
    const FindCaller findCaller;
    const std::function<bool(desk::Command)> toDesk;
    sound::Recorder* const recorder;

    std::shared_ptr<const Directory> directory;
    Admission admission;
    SipFront front;
    DtlsIdentity identity;
    std::unordered_map<desk::CallId, Call> legs;
    std::unordered_map<desk::CallId, Dial> plans; ///< until the desk says what comes of them
    std::map<model::TrunkId, std::unique_ptr<TrunkLink>> links;
    std::unordered_map<const AgentLeg*, desk::CallId> byAgent;
    std::vector<std::unique_ptr<AgentLeg>> partedAgents; ///< to be let go of after the tick: libre may be in them
    std::unordered_map<std::string, SipLeg*> byCallId;
    std::vector<desk::CallId> over;    ///< to be let go of after the tick
    std::vector<desk::CallId> redials; ///< to be tried by the next trunk after the tick
    desk::CallId lastId = 0;
    int timer = -1;
    int ticks = 0;
    std::deque<desk::Command> untold; ///< the desk was full; told in order as soon as it is not
    std::vector<std::string> addresses;

    // ---- of any thread ----
    std::atomic<std::size_t> calls{0};
    std::atomic<std::uint64_t> arrived{0}, dialled{0}, strangers{0}, unknownNumbers{0}, noCapacity{0}, late{0};
    std::atomic<bool> effectsLost{false};
    mutable std::mutex figuresMutex;
    std::vector<TrunkFigure> figures; ///< under it
    Loop loop;                        ///< last: its thread uses the others
};

} // namespace cb::phone
