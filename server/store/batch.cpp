#include "server/store/batch.h"

#include <iterator>
#include <unordered_map>

namespace cb::store {

namespace {

template <class Row>
void addAll(std::vector<Row>& to, std::vector<Row>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

bool Batch::empty() const {
    return events.empty() && sessions.empty() && marks.empty() && presences.empty() && offers.empty() &&
           customers.empty() && instances.empty() && groups.empty() && removedGroups.empty() && agents.empty() &&
           channels.empty() && flows.empty() && quickReplies.empty() && removedQuickReplies.empty() &&
           screenPops.empty() && credentials.empty() && revokedTokens.empty() && mails.empty() &&
           erasedCustomers.empty() && removedCustomers.empty() && phoneNumbers.empty() && audio.empty() &&
           calls.empty();
}

void Batch::append(Batch&& other) {
    std::unordered_map<model::SessionId, std::size_t> placeOfSession;
    std::unordered_map<model::SessionId, std::size_t> placeOfMarks;
    for (std::size_t i = 0; i < sessions.size(); ++i)
        placeOfSession[sessions[i].id] = i;
    for (std::size_t i = 0; i < marks.size(); ++i)
        placeOfMarks[marks[i].session] = i;
    const auto bringUp = [](SessionMarks& older, const model::Session& row) {
        older = {row.id, row.lastSeq, row.customerDelivered, row.customerRead, row.agentDelivered, row.agentRead};
    };
    for (model::Session& row : other.sessions) {
        // A whole row carries marks too: older ones must not come after it.
        if (const auto found = placeOfMarks.find(row.id); found != placeOfMarks.end())
            bringUp(marks[found->second], row);
        const auto [place, isNew] = placeOfSession.try_emplace(row.id, sessions.size());
        if (isNew)
            sessions.push_back(std::move(row));
        else
            sessions[place->second] = std::move(row);
    }
    for (const SessionMarks& row : other.marks) {
        const auto [place, isNew] = placeOfMarks.try_emplace(row.session, marks.size());
        if (isNew)
            marks.push_back(row);
        else
            marks[place->second] = row;
    }
    addAll(events, other.events);
    addAll(presences, other.presences);
    addAll(offers, other.offers);
    addAll(customers, other.customers);
    addAll(instances, other.instances);
    addAll(groups, other.groups);
    addAll(removedGroups, other.removedGroups);
    addAll(agents, other.agents);
    addAll(channels, other.channels);
    addAll(flows, other.flows);
    addAll(quickReplies, other.quickReplies);
    addAll(removedQuickReplies, other.removedQuickReplies);
    addAll(screenPops, other.screenPops);
    addAll(credentials, other.credentials);
    addAll(revokedTokens, other.revokedTokens);
    addAll(mails, other.mails);
    addAll(erasedCustomers, other.erasedCustomers);
    addAll(removedCustomers, other.removedCustomers);
    addAll(phoneNumbers, other.phoneNumbers);
    addAll(audio, other.audio);
    addAll(calls, other.calls);
}

} // namespace cb::store
