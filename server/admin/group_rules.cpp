#include "server/admin/group_rules.h"

#include "server/admin/fields.h"
#include "shared/flow/json.h"
#include "shared/model/names.h"

#include <algorithm>
#include <set>

namespace cb::admin {

namespace {

std::string target(const model::Group& group) {
    return targetOf("group", group.id.value, group.name);
}

std::string described(const model::Group& group) {
    return group.name + ", " + std::string(model::name(group.mode)) + ", limit " + std::to_string(group.limit) +
           (group.record ? ", recorded" : "");
}

/// Name and limit of the draft put into `row`.
base::Result<void> apply(const wire::GroupDraft& wanted, std::span<const model::Group> groups, model::Group& row) {
    auto name = checkedLine("name", wanted.name, kMaxGroupName);
    if (!name)
        return name.error();
    const int most = row.mode == model::Mode::Chat ? kMaxGroupLimit : 1; // an exclusive session is alone, spec 6
    if (wanted.limit < 1 || wanted.limit > most)
        return outOfRange("limit", 1, most);
    const bool taken = std::any_of(groups.begin(), groups.end(), [&](const model::Group& other) {
        return other.id != row.id && other.mode == row.mode && other.name == *name;
    });
    if (taken)
        return base::with(base::conflict("group_name_taken"), "name", *name);
    row.name = *name;
    row.limit = wanted.limit;
    row.record = wanted.record && row.mode == model::Mode::Phone;
    return {};
}

} // namespace

std::vector<model::GroupId> groupsNamed(const std::string& json) {
    const auto graph = flow::parseJson(json);
    if (!graph)
        return {};
    std::vector<model::GroupId> groups;
    for (const auto group : flow::groupsUsed(*graph))
        groups.emplace_back(group.value);
    return groups;
}

base::Result<Change> newGroup(const wire::GroupDraft& wanted, model::GroupId id, std::span<const model::Group> groups,
                              const Maker& maker) {
    if (groups.size() >= kMaxGroups)
        return base::with(base::rejected("too_many_groups"), "limit", std::to_string(kMaxGroups));
    model::Group row;
    row.id = id;
    row.instance = maker.instance;
    row.mode = wanted.mode;
    if (auto good = apply(wanted, groups, row); !good)
        return good.error();
    Change change;
    change.action = "group.add";
    change.target = target(row);
    change.after = described(row);
    change.rows.groups.push_back(std::move(row));
    return change;
}

base::Result<Change> saveGroup(const model::Group& stored, const wire::GroupDraft& wanted,
                               std::span<const model::Group> groups) {
    model::Group row = stored;
    if (auto good = apply(wanted, groups, row); !good)
        return good.error();
    Change change;
    change.action = "group.save";
    change.target = target(stored);
    change.before = described(stored);
    change.after = described(row);
    change.rows.groups.push_back(std::move(row));
    return change;
}

base::Result<Change> deleteGroup(const model::Group& stored, const std::vector<std::string>& flows,
                                 const std::vector<std::string>& members) {
    if (!flows.empty())
        return naming(base::conflict("group_in_use"), "flows", flows);
    Change change;
    change.action = "group.delete";
    change.target = target(stored);
    change.before = described(stored) + ", members " + listed(members);
    change.rows.removedGroups.push_back(stored.id);
    return change;
}

base::Result<Change> changeMembers(const model::Group& stored, const wire::MembersChange& wanted,
                                   std::span<const model::Agent> agents) {
    const std::set<model::AgentId> add(wanted.add.begin(), wanted.add.end());
    const std::set<model::AgentId> remove(wanted.remove.begin(), wanted.remove.end());
    std::set<model::AgentId> known;
    std::vector<std::string> came;
    std::vector<std::string> went;
    Change change;
    for (const model::Agent& agent : agents) {
        const bool in = add.count(agent.id) != 0;
        const bool out = remove.count(agent.id) != 0;
        if (agent.deleted || (!in && !out))
            continue;
        if (in && out)
            return badField("remove", "added_too");
        known.insert(agent.id);
        const bool member = std::find(agent.groups.begin(), agent.groups.end(), stored.id) != agent.groups.end();
        if (member == in)
            continue;
        model::Agent row = agent;
        if (in)
            row.groups.push_back(stored.id);
        else
            std::erase(row.groups, stored.id);
        (in ? came : went).push_back(row.name + " (" + row.staffNo + ")");
        change.rows.agents.push_back(std::move(row));
    }
    for (const auto* wish : {&add, &remove})
        for (const model::AgentId id : *wish)
            if (known.count(id) == 0)
                return base::with(base::rejected("agent_unknown"), "agent", std::to_string(id.value));
    change.action = "group.members";
    change.target = target(stored);
    change.before = went.empty() ? std::string() : "removed: " + listed(went);
    change.after = came.empty() ? std::string() : "added: " + listed(came);
    return change;
}

} // namespace cb::admin
