#include "server/desk/floor.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace cb::desk {

namespace {

base::Error unavailable() {
    return base::retry("storage_unavailable");
}

/// The connection that asks, and the request when there is one.
template <class C>
Origin originOf(const C& command) {
    if constexpr (requires { command.origin; })
        return command.origin;
    else if constexpr (requires { command.connection; })
        return Origin{command.connection, 0};
    else
        return {};
}

template <class C>
constexpr bool kHasOrigin = requires(const C& command) {
    command.origin;
};

template <class C, class... Cs>
constexpr bool kIsOneOf = (std::is_same_v<C, Cs> || ...);

} // namespace

Floor::Floor(FlowPort& flows, IdSource& ids, FloorOptions options)
    : m_services{flows, ids, options, {}, base::Random(options.seed), false, 0} {}

Floor::~Floor() = default;

void Floor::open(Recovered recovered, Turn& turn) {
    const model::InstanceId id = recovered.instance.id;
    if (isOpen(id))
        return;
    m_unavailable.erase(id);
    for (const auto& [call, place] : m_calls)
        if (place.instance == id && place.session)
            recovered.liveCalls.emplace(place.session, call);
    use(*m_centres.emplace(id, std::make_unique<Centre>(m_services, std::move(recovered), turn)).first->second);
}

/// Its changed rows are written at the end of the turn.
Centre& Floor::use(Centre& centre) {
    if (m_used.empty() || m_used.back() != &centre)
        m_used.push_back(&centre);
    return centre;
}

std::vector<ConnectionId> Floor::close(model::InstanceId instance) {
    const auto found = m_centres.find(instance);
    if (found == m_centres.end())
        return {};
    std::vector<ConnectionId> connections = found->second->connections();
    drop(connections);
    m_used.erase(std::remove(m_used.begin(), m_used.end(), found->second.get()), m_used.end());
    m_centres.erase(found);
    m_unavailable.insert(instance);
    return connections;
}

void Floor::drop(const std::vector<ConnectionId>& connections) {
    for (const ConnectionId connection : connections)
        m_connections.erase(connection);
}

const Floor::Connection* Floor::visitor(ConnectionId connection) const {
    const auto found = m_connections.find(connection);
    return found != m_connections.end() && found->second.visitor != nullptr ? &found->second : nullptr;
}

const Floor::Connection* Floor::agent(ConnectionId connection) const {
    const auto found = m_connections.find(connection);
    return found != m_connections.end() && found->second.agent ? &found->second : nullptr;
}

const Centre* Floor::centre(model::InstanceId instance) const {
    const auto found = m_centres.find(instance);
    return found == m_centres.end() ? nullptr : found->second.get();
}

Centre* Floor::centreFor(model::InstanceId instance, Origin origin, Turn& turn) {
    const auto found = m_centres.find(instance);
    if (found != m_centres.end())
        return &use(*found->second);
    turn.reply(origin, m_unavailable.count(instance) != 0 ? unavailable() : base::rejected("bad_token"));
    return nullptr;
}

void Floor::attachVisitor(const VisitorAttach& command, Turn& turn) {
    Centre* centre = centreFor(command.instance, command.origin, turn);
    if (centre == nullptr)
        return;
    detach(command.origin.connection, turn);
    if (LiveCustomer* customer = centre->attach(command, turn); customer != nullptr)
        m_connections[command.origin.connection] = Connection{centre, customer, {}};
}

void Floor::attachAgent(const AgentAttach& command, Turn& turn) {
    Centre* centre = centreFor(command.instance, command.origin, turn);
    if (centre == nullptr)
        return;
    const Connection* before = agent(command.origin.connection);
    if (before != nullptr && (before->centre != centre || before->agent != command.agent))
        detach(command.origin.connection, turn);
    bool accepted = false;
    const ConnectionId takenOver = centre->attach(command, turn, accepted);
    if (takenOver != 0)
        m_connections.erase(takenOver);
    if (accepted)
        m_connections[command.origin.connection] = Connection{centre, nullptr, command.agent};
}

void Floor::detach(ConnectionId id, Turn& turn) {
    const auto found = m_connections.find(id);
    if (found == m_connections.end())
        return;
    const Connection connection = found->second;
    m_connections.erase(found);
    use(*connection.centre);
    if (connection.visitor != nullptr)
        connection.centre->detach(*connection.visitor, id, turn);
    else
        connection.centre->detach(connection.agent, id, turn);
}

/// A command about the centre as a whole, which answers by `done`.
template <class C, class Work>
void Floor::inCentre(C& command, const Work& work) {
    const auto found = m_centres.find(command.instance);
    if (found != m_centres.end())
        work(use(*found->second));
    else if (command.done)
        command.done(m_unavailable.count(command.instance) != 0 ? unavailable() : base::rejected("not_found"));
}

void Floor::changeConfig(ChangeConfig& command, Turn& turn) {
    inCentre(command, [&](Centre& centre) {
        std::vector<ConnectionId> closed;
        centre.change(std::move(command), turn, closed);
        drop(closed);
    });
}

void Floor::erase(EraseCustomer& command, Turn& turn) {
    inCentre(command, [&](Centre& centre) {
        std::vector<ConnectionId> closed;
        centre.erase(std::move(command), turn, closed);
        drop(closed);
    });
}

void Floor::tellLists(model::InstanceId instance, Turn& turn) const {
    if (const auto found = m_centres.find(instance); found != m_centres.end())
        found->second->tellLists(turn);
}

void Floor::arrive(const CallArrived& command, Turn& turn) {
    CallPlace& place = m_calls[command.call];
    place.instance = command.instance;
    const auto found = m_centres.find(command.instance);
    if (found != m_centres.end())
        place.session = use(*found->second).arrived(command, turn);
    else
        turn.transient.emplace_back(
            CallEffect{command.call,
                       CallRefused{m_unavailable.count(command.instance) != 0 ? "storage_unavailable" : "not_set_up"}});
}

void Floor::plan(const CallPlanned& command, Turn& turn) {
    const auto found = m_centres.find(command.instance);
    if (found == m_centres.end()) {
        turn.reply(command.origin, unavailable());
        if (command.call != 0)
            turn.transient.emplace_back(CallEffect{command.call, CallHangUp{}});
    } else if (command.session) {
        if (const CallId parted = use(*found->second).forwarded(command, turn); parted != 0)
            m_calls.erase(parted);
    } else if (const auto session = use(*found->second).dialled(command, turn)) {
        m_calls[command.call] = CallPlace{command.instance, session};
    }
}

void Floor::recorded(const CallRecorded& command, Turn& turn) {
    if (const auto found = m_centres.find(command.instance); found != m_centres.end())
        use(*found->second).recorded(command, turn);
}

/// Calls whose session is over, or whose instance is closed just now, are not heard.
template <class C>
void Floor::takeOfCall(const C& command, Turn& turn) {
    const auto found = m_calls.find(command.call);
    if (found == m_calls.end())
        return;
    const CallPlace place = found->second;
    if constexpr (std::is_same_v<C, CallGone>)
        m_calls.erase(found);
    const auto at = m_centres.find(place.instance);
    if (at == m_centres.end() || !at->second->hasCall(place.session, command.call))
        return;
    Centre& centre = use(*at->second);
    if constexpr (std::is_same_v<C, CallKey>)
        centre.key(place.session, command, turn);
    else if constexpr (std::is_same_v<C, CallPlayed>)
        centre.played(place.session, command, turn);
    else if constexpr (std::is_same_v<C, CallMedia>)
        centre.media(place.session, command, turn);
    else if constexpr (std::is_same_v<C, CallEarly>)
        centre.early(place.session, turn);
    else if constexpr (std::is_same_v<C, CallConnected>)
        centre.connected(place.session, command, turn);
    else if constexpr (std::is_same_v<C, CallRecording>)
        centre.recording(place.session, command, turn);
    else
        centre.gone(place.session, command, turn);
}

/// What an attached connection asks for. One that is not attached (any more) is told to try again: it is about to be
/// closed, and must keep what it has not sent.
template <class C>
void Floor::take(C& command, Turn& turn) {
    const Origin origin = originOf(command);
    const Connection* from = nullptr;
    constexpr bool ofVisitor =
        kIsOneOf<C, VisitorStart, VisitorSend, VisitorMark, VisitorTyping, VisitorPage, VisitorLeave>;
    from = ofVisitor ? visitor(origin.connection) : agent(origin.connection);
    if (from == nullptr) {
        if constexpr (kHasOrigin<C>)
            turn.reply(origin, unavailable());
        return;
    }
    Centre& centre = use(*from->centre);
    if constexpr (std::is_same_v<C, VisitorStart>)
        centre.start(*from->visitor, command.origin, turn);
    else if constexpr (std::is_same_v<C, VisitorLeave>)
        centre.leave(*from->visitor, command.origin, turn);
    else if constexpr (std::is_same_v<C, VisitorSend>)
        centre.send(*from->visitor, command, turn);
    else if constexpr (std::is_same_v<C, VisitorMark>)
        centre.mark(*from->visitor, command, turn);
    else if constexpr (std::is_same_v<C, VisitorTyping>)
        centre.typing(*from->visitor, command.on, turn);
    else if constexpr (std::is_same_v<C, VisitorPage>)
        centre.page(*from->visitor, command.url, turn);
    else if constexpr (std::is_same_v<C, SetStatus>)
        centre.setStatus(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, CancelPending>)
        centre.cancelPending(from->agent, command.origin, turn);
    else if constexpr (std::is_same_v<C, AnswerOffer>)
        centre.answer(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, DeclineOffer>)
        centre.decline(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, AgentSend>)
        centre.send(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, AgentMark>)
        centre.mark(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, AgentTyping>)
        centre.typing(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, EndSession>)
        centre.end(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, CompleteSession>)
        centre.complete(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, TransferSession>)
        centre.transfer(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, AgentOffer>)
        centre.offer(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, HoldCall>)
        centre.hold(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, AfterCall>)
        centre.afterCall(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, DialCall>)
        centre.dial(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, ForwardCall>)
        centre.forward(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, UpdateCustomer>)
        centre.update(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, WatchOverview>)
        centre.watchOverview(from->agent, command, turn);
    else if constexpr (std::is_same_v<C, BlockCustomer>) {
        std::vector<ConnectionId> closed;
        centre.block(from->agent, command, turn, closed);
        drop(closed);
    }
}

void Floor::handle(Command any, Turn& turn) {
    std::visit(
        [&](auto& command) {
            using C = std::decay_t<decltype(command)>;
            if constexpr (std::is_same_v<C, VisitorAttach>)
                attachVisitor(command, turn);
            else if constexpr (std::is_same_v<C, AgentAttach>)
                attachAgent(command, turn);
            else if constexpr (kIsOneOf<C, VisitorDetach, AgentDetach>)
                detach(command.connection, turn);
            else if constexpr (std::is_same_v<C, ChangeConfig>)
                changeConfig(command, turn);
            else if constexpr (std::is_same_v<C, EraseCustomer>)
                erase(command, turn);
            else if constexpr (std::is_same_v<C, RemoveCustomers>)
                inCentre(command, [&](Centre& centre) { centre.remove(std::move(command), turn); });
            else if constexpr (std::is_same_v<C, ListsChanged>)
                tellLists(command.instance, turn);
            else if constexpr (std::is_same_v<C, CallArrived>)
                arrive(command, turn);
            else if constexpr (std::is_same_v<C, CallPlanned>)
                plan(command, turn);
            else if constexpr (std::is_same_v<C, CallRecorded>)
                recorded(command, turn);
            else if constexpr (kIsOneOf<C, CallKey, CallPlayed, CallMedia, CallEarly, CallConnected, CallRecording,
                                        CallGone>)
                takeOfCall(command, turn);
            else if constexpr (std::is_same_v<C, CallAnswered>)
                turn.transient.emplace_back(
                    Reply{command.origin, command.sdp ? Answer(OkCallSdp{*command.sdp}) : Answer(command.sdp.error())});
            else if constexpr (!kIsOneOf<C, Tick, Committed, LoadInstance>)
                take(command, turn);
        },
        any);
}

void Floor::advance(Turn& turn) {
    while (const auto entry = m_services.deadlines.take(turn.now))
        if (const auto found = m_centres.find(entry->instance); found != m_centres.end())
            use(*found->second).due(*entry, turn);
}

void Floor::postpone(base::Millis by, Turn& turn) {
    for (const auto& [id, centre] : m_centres)
        use(*centre).postpone(by, turn);
}

void Floor::finish(Turn& turn) {
    for (Centre* centre : m_used)
        centre->flush(turn);
    m_used.clear();
}

Floor::Figures Floor::figures() const {
    Figures figures;
    figures.openSessions = m_services.openSessions;
    for (const auto& [id, centre] : m_centres) {
        figures.waiting += centre->waiting();
        figures.agentsOnline += centre->agentsOnline();
        figures.groups.total += centre->addFigures(figures.groups.rows, Desk::kMaxGroupFigures);
    }
    auto& groups = figures.groups;
    std::sort(groups.rows.begin(), groups.rows.end(), [](const auto& a, const auto& b) {
        return std::pair(a.instance, a.group) < std::pair(b.instance, b.group);
    });
    figures.unavailable = m_unavailable.size();
    figures.connections = m_connections.size();
    return figures;
}

} // namespace cb::desk
