#pragma once

#include "server/desk/centre.h"
#include "server/desk/desk.h"

#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace cb::desk {

/// The live state of all instances: who is connected where, which centre a command is for, what is due. Pure: no
/// thread, store or clock; `turn.now` is the time. One thread at a time.
///
///     Turn turn{now};
///     floor.advance(turn);               // deadlines first
///     floor.handle(command, turn); …     // any number
///     floor.finish(turn);                // rows that changed
class Floor {
public:
    Floor(FlowPort& flows, IdSource& ids, FloorOptions options);
    ~Floor();

    /// Takes an instance into service.
    void open(Recovered recovered, Turn& turn);
    /// Lets go of an instance's live state; commands for it get `storage_unavailable` until it is opened again. Returns
    /// the connections that were attached.
    std::vector<ConnectionId> close(model::InstanceId instance);
    /// Not open yet: commands for it get `storage_unavailable`, not `bad_token`, until open() or giveUp().
    void await(model::InstanceId instance) { m_unavailable.insert(instance); }
    void giveUp(model::InstanceId instance) { m_unavailable.erase(instance); }
    bool isOpen(model::InstanceId instance) const { return m_centres.count(instance) != 0; }

    /// Tick, Committed and LoadInstance are the thread's business and do nothing here.
    void handle(Command command, Turn& turn);
    void advance(Turn& turn);
    /// The desk could do nothing for `by` (a disk that stalls, a starved or suspended machine): what people did
    /// meanwhile waits to be handled, so their silence must not count. Before advance().
    void postpone(base::Millis by, Turn& turn);
    void finish(Turn& turn);
    /// When advance() should be called at the latest; may be early, never late.
    std::optional<base::TimePoint> nextDeadline() const { return m_services.deadlines.next(); }

    void setStorageLow(bool low) { m_services.storageLow = low; }

    struct Figures {
        std::size_t openSessions = 0;
        std::size_t waiting = 0;
        std::size_t agentsOnline = 0;
        std::size_t unavailable = 0;
        std::size_t connections = 0;
        Desk::GroupFigures groups;
    };
    Figures figures() const;
    std::size_t closed() const { return m_unavailable.size(); } ///< instances that wait for the storage
    /// nullptr when not open. For tests and benchmarks.
    const Centre* centre(model::InstanceId instance) const;

private:
    struct Connection {
        Centre* centre = nullptr;
        LiveCustomer* visitor = nullptr; ///< either this
        model::AgentId agent;            ///< or this
    };

    template <class C>
    void take(C& command, Turn& turn);
    void attachVisitor(const VisitorAttach& command, Turn& turn);
    void attachAgent(const AgentAttach& command, Turn& turn);
    void detach(ConnectionId connection, Turn& turn);
    void changeConfig(ChangeConfig& command, Turn& turn);
    void erase(EraseCustomer& command, Turn& turn);
    void tellLists(model::InstanceId instance, Turn& turn) const;
    void arrive(const CallArrived& command, Turn& turn);
    void plan(const CallPlanned& command, Turn& turn);
    void recorded(const CallRecorded& command, Turn& turn);
    template <class C>
    void takeOfCall(const C& command, Turn& turn);
    template <class C, class Work>
    void inCentre(C& command, const Work& work);
    Centre* centreFor(model::InstanceId instance, Origin origin, Turn& turn);
    const Connection* visitor(ConnectionId connection) const;
    const Connection* agent(ConnectionId connection) const;
    void drop(const std::vector<ConnectionId>& connections);
    Centre& use(Centre& centre);

    struct CallPlace {
        model::InstanceId instance;
        model::SessionId session; ///< 0: refused
    };

    Services m_services;
    std::unordered_map<model::InstanceId, std::unique_ptr<Centre>> m_centres;
    std::unordered_set<model::InstanceId> m_unavailable; ///< closed and to be opened again
    std::unordered_map<ConnectionId, Connection> m_connections;
    std::unordered_map<CallId, CallPlace> m_calls; ///< until they are gone, also while their instance is closed
    std::vector<Centre*> m_used;                   ///< in this turn; some more than once
};

} // namespace cb::desk
