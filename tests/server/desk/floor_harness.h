#pragma once

#include "server/desk/floor.h"
#include "server/flowhost/flow_host.h"
#include "shared/flow/graph.h"
#include "shared/flow/json.h"

#include <functional>
#include <string>
#include <vector>

/// A floor with one instance, real flows and routing, and a clock that moves only when told.
namespace cb::test {

inline constexpr model::InstanceId kInstance{1'400'000'001};
inline constexpr model::GroupId kSales{1};
inline constexpr model::GroupId kSupport{2};
inline constexpr model::AgentId kAnn{1}; ///< sales, staff number 0001
inline constexpr model::AgentId kBen{2}; ///< sales and support, 0002
inline constexpr model::AgentId kCid{3}; ///< support and admin, 0003
inline constexpr model::FlowId kToSales{1};
inline constexpr model::FlowId kMenu{2};
inline constexpr model::ChannelId kShop{1};   ///< runs kToSales
inline constexpr model::ChannelId kHelp{2};   ///< runs kMenu
inline constexpr model::ChannelId kNoFlow{3}; ///< runs nothing

class CountingIds final : public desk::IdSource {
public:
    model::SessionId nextSession() override { return model::SessionId{m_dry ? 0 : m_session++}; }
    model::CustomerId nextCustomer() override { return model::CustomerId{m_dry ? 0 : m_customer++}; }
    model::OfferId nextOffer() override { return model::OfferId{m_dry ? 0 : m_offer++}; }
    void setDry(bool dry) { m_dry = dry; }

private:
    std::int64_t m_session = 1;
    std::int64_t m_customer = 1;
    std::int64_t m_offer = 1'000; // not the router's own numbers
    bool m_dry = false;
};

/// start → transfer to sales (longest wait 300 s) → end (60 s of silence).
flow::Graph salesGraph(const std::string& successText = "${StaffNo} is here");
/// start → "Welcome" → branch 1 / 2 → sales / support → "Thank you" → end.
flow::Graph menuGraph();
store::FlowRow flowRow(model::FlowId id, int version, const flow::Graph& graph);
/// The configuration above, nothing open.
desk::Recovered sampleInstance();
base::Uuid uuidOf(std::uint64_t number);

/// What one or more turns came to.
struct Outcome {
    store::Batch batch;
    desk::Effects durable;
    desk::Effects transient;

    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const auto* list : {&durable, &transient})
            for (const desk::Effect& effect : *list)
                if (const T* one = std::get_if<T>(&effect))
                    found.push_back(*one);
        return found;
    }
    /// The answers to this request, as T; empty when it was another.
    template <class T>
    std::optional<T> answer() const {
        for (const desk::Effect& effect : durable)
            if (const auto* reply = std::get_if<desk::Reply>(&effect))
                if (const T* value = std::get_if<T>(&reply->answer))
                    return *value;
        return std::nullopt;
    }
    std::string errorCode() const {
        const auto error = answer<base::Error>();
        return error ? error->code : std::string{};
    }
    std::vector<std::string> textsTo(model::CustomerId customer) const;
    std::vector<model::EventKind> eventsTo(model::AgentId agent) const;
    std::vector<model::EventKind> eventsTo(model::CustomerId customer) const;
};

class FloorHarness {
public:
    using Disk = std::function<void(const store::Batch&)>; ///< is handed every turn's batch
    explicit FloorHarness(desk::Recovered recovered = sampleInstance(), Disk disk = {});

    Outcome run(desk::Command command);
    /// Lets time pass, stopping at every deadline.
    Outcome pass(base::Millis time);
    void restart(desk::Recovered recovered);

    // ---- short hands; connections: visitors 1000 + n, agents 2000 + n ----
    Outcome visit(int visitor, model::ChannelId channel = kShop, bool start = true);
    Outcome start(int visitor);
    Outcome say(int visitor, const std::string& text, std::uint64_t uuid = 0);
    Outcome leave(int visitor);
    Outcome close(int visitor);
    Outcome attach(model::AgentId agent, bool takeover = false, desk::ConnectionId connection = 0);
    Outcome online(model::AgentId agent);
    Outcome status(model::AgentId agent, model::AgentStatus status);
    Outcome answer(model::AgentId agent);  ///< what rings there
    Outcome decline(model::AgentId agent); ///< what rings there
    Outcome write(model::AgentId agent, model::SessionId session, const std::string& text, std::uint64_t uuid = 0);
    Outcome end(model::AgentId agent, model::SessionId session);
    Outcome complete(model::AgentId agent, model::SessionId session);
    Outcome disconnect(model::AgentId agent);
    /// Compiles published versions first, as Desk::post does. `result` is what the requester was told.
    Outcome change(store::Batch rows, base::Result<void>* result = nullptr);

    model::OfferId ringing(model::AgentId agent) const;
    /// nullopt: not live any more.
    std::optional<model::Session> session(model::SessionId id) const;
    std::optional<model::SessionId> openOf(int visitor) const;
    const desk::Centre& centre() const { return *m_floor->centre(kInstance); }
    desk::Floor& floor() { return *m_floor; }
    /// As written last, completed ones too.
    std::optional<model::Session> stored(model::SessionId id) const;
    std::string problems() const;

    base::TimePoint now = base::fromUnixMillis(1'700'000'000'000);
    CountingIds ids;
    flowhost::FlowHost flows;
    std::vector<model::Event> events; ///< everything written so far

    static desk::Origin visitorAt(int visitor) { return {1'000 + static_cast<desk::ConnectionId>(visitor), 7}; }
    static desk::Origin agentAt(model::AgentId agent) {
        return {2'000 + static_cast<desk::ConnectionId>(agent.value), 9};
    }

private:
    void take(desk::Turn& turn, Outcome& outcome);

    std::unique_ptr<desk::Floor> m_floor;
    Disk m_disk;
    std::vector<model::Session> m_written;
    std::uint64_t m_nextUuid = 1'000'000;
    std::uint64_t m_seed = 0;
};

} // namespace cb::test
