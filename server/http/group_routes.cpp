#include "server/admin/group_rules.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"

#include <algorithm>
#include <unordered_map>

namespace cb::http {

namespace {

/// All there is to know of the groups.
struct Groups {
    std::vector<model::Group> rows;
    std::vector<model::Agent> agents;
    admin::GroupUse use;

    using Members = std::unordered_map<model::GroupId, std::vector<model::AgentId>>;
    Members members() const {
        Members out;
        for (const auto& agent : agents)
            if (!agent.deleted)
                for (const auto group : agent.groups)
                    out[group].push_back(agent.id);
        return out;
    }

    wire::GroupRow view(const model::Group& group, const Members& members) const {
        wire::GroupRow row{group.id, group.mode, group.name, group.limit, {}, {}, group.record};
        if (const auto found = members.find(group.id); found != members.end())
            row.members = found->second;
        if (const auto found = use.find(group.id); found != use.end())
            row.flows = found->second;
        return row;
    }

    std::vector<std::string> memberNames(model::GroupId group) const {
        std::vector<std::string> names;
        for (const auto& agent : agents)
            if (!agent.deleted && std::find(agent.groups.begin(), agent.groups.end(), group) != agent.groups.end())
                names.push_back(agent.name);
        return names;
    }

    const model::Group* find(model::GroupId id) const {
        const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
        return found == rows.end() ? nullptr : &*found;
    }
};

base::Result<Groups> read(Services& services, store::Reader& reader, model::InstanceId instance) {
    auto rows = reader.directory().groups(instance);
    if (!rows)
        return rows.error();
    auto agents = reader.directory().agents(instance);
    if (!agents)
        return agents.error();
    auto use = services.flowUses.read(reader, instance);
    if (!use)
        return use.error();
    return Groups{std::move(*rows), std::move(*agents), std::move(*use)};
}

/// A change of one group; answers with what it is then. `decide` is given the group as it is.
template <class Decide>
Answer changeGroup(Services& services, const Call& call, const Decide& decide) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto groups = read(services, turn->reader(), turn->instance());
    if (!groups)
        return groups.error();
    const auto* stored = groups->find(model::GroupId{call.id(0)});
    if (stored == nullptr)
        return base::rejected("not_found");
    base::Result<admin::Change> change = decide(*stored, *groups);
    if (!change)
        return change.error();
    const auto then = change->rows.groups.empty() ? *stored : change->rows.groups.front();
    std::unordered_map<model::AgentId, const model::Agent*> changed;
    for (const auto& row : change->rows.agents)
        changed.emplace(row.id, &row);
    for (auto& agent : groups->agents)
        if (const auto row = changed.find(agent.id); row != changed.end())
            agent = *row->second;
    const bool gone = !change->rows.removedGroups.empty();
    if (!change->rows.empty())
        if (auto done = turn->commit(std::move(*change)); !done)
            return done.error();
    return gone ? std::string() : wire::encodeBody(groups->view(then, groups->members()));
}

} // namespace

Answer groupList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto groups = read(services, *reader, call.who.instance);
    if (!groups)
        return groups.error();
    wire::GroupList list;
    const auto members = groups->members();
    for (const auto& row : groups->rows)
        list.groups.push_back(groups->view(row, members));
    return wire::encodeBody(list);
}

Answer groupAdd(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::GroupDraft>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto groups = turn->directory().groups(call.who.instance);
    if (!groups)
        return groups.error();
    auto id = services.database.reserveIds(store::IdKind::Group, 1);
    if (!id)
        return id.error();
    auto change = admin::newGroup(*wanted, model::GroupId{*id}, *groups, makerOf(services, call));
    if (!change)
        return change.error();
    const auto answer = wire::encodeBody(Groups{}.view(change->rows.groups.front(), {}));
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

Answer groupPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::GroupDraft>(call.body);
    if (!wanted)
        return wanted.error();
    return changeGroup(services, call, [&](const model::Group& stored, const Groups& groups) {
        return admin::saveGroup(stored, *wanted, groups.rows);
    });
}

Answer groupDelete(Services& services, const Call& call) {
    return changeGroup(services, call, [&](const model::Group& stored, const Groups& groups) {
        return admin::deleteGroup(stored, groups.view(stored, {}).flows, groups.memberNames(stored.id));
    });
}

Answer groupMembers(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::MembersChange>(call.body, {kMaxBulkBody, wire::kMaxDepth});
    if (!wanted)
        return wanted.error();
    return changeGroup(services, call, [&](const model::Group& stored, const Groups& groups) {
        return admin::changeMembers(stored, *wanted, groups.agents);
    });
}

} // namespace cb::http
