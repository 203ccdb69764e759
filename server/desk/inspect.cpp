#include "server/desk/centre.h"

#include <algorithm>

/// Looking at the live state from outside: what the disk must hold, and whether it is sound.
namespace cb::desk {

using model::SessionState;

Recovered Centre::image() const {
    Recovered out;
    out.instance = m_instance;
    out.newestSeq = m_lastSeq;
    for (const auto& [id, group] : m_groups)
        out.groups.push_back(group.row);
    for (const auto& [id, agent] : m_agents) {
        out.agents.push_back(agent.row);
        out.presences.push_back(agent.stored);
    }
    for (const auto& [id, channel] : m_channels)
        out.channels.push_back(channel);
    for (const auto& [id, number] : m_numbers)
        out.numbers.push_back(number);
    for (const auto& [id, session] : m_sessions) {
        out.sessions.push_back(session.row);
        if (session.hasFlow)
            out.sessions.back().flowState = m_services.flows.save(id);
        if (session.offer != nullptr)
            out.ringing.push_back(*session.offer);
        for (const UuidTable::Entry& entry : session.uuids.newest(session.uuids.size()))
            out.uuids.push_back(store::KnownUuid{id, entry.uuid, entry.seq, entry.at, entry.byCustomer});
        store::Digest digest;
        digest.session = id;
        digest.lastSeq = session.row.lastSeq;
        digest.text = session.preview;
        digest.side = session.previewSide;
        digest.kind = session.previewKind;
        digest.at = session.previewAt;
        digest.unread = session.uuids.byCustomerAfter(session.row.agentRead);
        digest.customerWaitsSince = session.customerWaitsSince;
        out.digests.push_back(std::move(digest));
    }
    for (const auto& [id, customer] : m_customers)
        if (customer.sessions > 0)
            out.customers.push_back(customer.row);
    const auto byId = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(out.groups.begin(), out.groups.end(), byId);
    std::sort(out.agents.begin(), out.agents.end(), byId);
    std::sort(out.channels.begin(), out.channels.end(), byId);
    std::sort(out.sessions.begin(), out.sessions.end(), byId);
    std::sort(out.ringing.begin(), out.ringing.end(), byId);
    std::sort(out.customers.begin(), out.customers.end(), byId);
    std::sort(out.presences.begin(), out.presences.end(),
              [](const auto& a, const auto& b) { return a.agent < b.agent; });
    std::sort(out.digests.begin(), out.digests.end(),
              [](const auto& a, const auto& b) { return a.session < b.session; });
    std::sort(out.uuids.begin(), out.uuids.end(),
              [](const auto& a, const auto& b) { return std::pair(a.session, a.seq) < std::pair(b.session, b.seq); });
    return out;
}

namespace {

/// What the router and the row must agree on.
std::string compare(const model::Session& row, const std::optional<routing::SessionView>& place) {
    const std::string name = "session " + std::to_string(row.id.value) + ": ";
    if (row.state == SessionState::Flow)
        return place ? name + "in the flow and in routing" : std::string{};
    if (!place)
        return name + "not in routing";
    if (place->state != row.state)
        return name + "another state in routing";
    if (place->group != row.group)
        return name + "another group in routing";
    if (row.state != SessionState::Queued && place->agent != row.agent)
        return name + "another agent in routing";
    if (row.state == SessionState::Queued && row.agent)
        return name + "queued with an agent";
    if (row.state == SessionState::Queued && place->waitingFrom != row.waitingFrom)
        return name + "another place in the queue";
    if (row.transferTo != place->transferTo)
        return name + "another target of its transfer";
    return {};
}

} // namespace

std::vector<std::string> Centre::inconsistencies() const {
    std::vector<std::string> found;
    const auto check = [&](bool good, const std::string& what) {
        if (!good)
            found.push_back(what);
    };
    std::size_t queued = 0;
    std::size_t held = 0;
    std::unordered_map<model::CustomerId, int> perCustomer;
    for (const auto& [id, session] : m_sessions) {
        const std::string name = "session " + std::to_string(id.value) + ": ";
        const bool dialled = session.call != nullptr && session.call->dialled;
        if (auto problem = dialled ? std::string{} : compare(session.row, m_router->session(id)); !problem.empty())
            found.push_back(std::move(problem));
        check(!dialled || !m_router->session(id), name + "dialled and in routing");
        const SessionState state = session.row.state;
        queued += state == SessionState::Queued;
        held += state == SessionState::Offered || state == SessionState::Open || state == SessionState::WrapUp;
        ++perCustomer[session.row.customer];
        check(state != SessionState::Completed, name + "completed but live");
        check((session.offer != nullptr) == (state == SessionState::Offered), name + "offer without ringing");
        const bool phone = session.row.mode == model::Mode::Phone;
        check((session.customer->open == id) == (!isEnded(state) && !phone), name + "not the open one of its customer");
        check(!phone || isEnded(state) || session.call != nullptr, name + "a call that is not there");
        check(session.customer->stored && session.customer->row.id == session.row.customer, name + "another customer");
        check(state != SessionState::Flow || session.hasFlow, name + "in a flow that is not there");
        const bool mayBeGone = phone || state == SessionState::Open || isEnded(state) || session.customer->online();
        check(mayBeGone || session.customer->gone.due != Time{}, name + "nobody will notice that its customer is gone");
    }
    std::size_t listedQueued = 0;
    for (const auto& [id, group] : m_groups) {
        listedQueued += group.queued.size();
        for (std::size_t i = 0; i < group.queued.size(); ++i)
            check(group.queued[i]->queueIndex == i && group.queued[i]->row.group == id, "a queue's list is wrong");
        check(static_cast<int>(group.queued.size()) == m_router->waiting(id), "a queue is longer in routing");
    }
    check(listedQueued == queued, "queued sessions are not in the lists");
    std::size_t listedHeld = 0;
    for (const auto& [id, agent] : m_agents) {
        listedHeld += agent.sessions.size();
        const auto dialled = std::count_if(agent.sessions.begin(), agent.sessions.end(), [](const LiveSession* one) {
            return one->call != nullptr && one->call->dialled;
        });
        if (!agent.row.deleted)
            check(m_router->load(id) == static_cast<int>(agent.sessions.size()) - dialled,
                  "an agent's load is another");
    }
    check(listedHeld == held, "sessions of agents are not in their lists");
    for (const auto& [id, customer] : m_customers) {
        check(customer.sessions == (perCustomer.count(id) != 0 ? perCustomer.at(id) : 0),
              "a customer's count is wrong");
        check(customer.row.id == id, "a customer under another id");
        check(visitorKnown(customer), "a customer who is not found by token");
    }
    check(m_flowWork.empty(), "flow events are left over");
    return found;
}

bool Centre::visitorKnown(const LiveCustomer& customer) const {
    const auto found = m_visitors.find(TokenKey{customer.row.channel, customer.row.externalId});
    return found != m_visitors.end() && found->second == &customer;
}

std::size_t Centre::memory() const {
    constexpr std::size_t kNode = 3 * sizeof(void*);
    std::size_t bytes = 0;
    for (const auto& [id, session] : m_sessions) {
        bytes += sizeof(session) + kNode + session.uuids.bytes() + session.preview.capacity();
        bytes += session.row.flowState.capacity() + session.row.flowPath.capacity() + session.row.flowTrace.capacity();
        if (session.offer != nullptr)
            bytes += sizeof(model::Offer) + session.offer->candidates.capacity() * sizeof(model::OfferCandidate);
    }
    for (const auto& [id, customer] : m_customers)
        bytes += sizeof(customer) + 2 * kNode + customer.row.externalId.capacity() + customer.pageUrl.capacity() +
                 customer.past.capacity() * sizeof(PastMessage);
    for (const EndedSession& ended : m_ended)
        bytes += sizeof(ended) + kNode + ended.uuids.bytes();
    return bytes;
}

} // namespace cb::desk
