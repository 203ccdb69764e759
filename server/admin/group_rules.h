#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/wire/admin.h"

#include <map>
#include <span>

/// Skill groups（技能组）, spec 2.2. The mode of a group is fixed; whether it has sessions is the desk's to say.
namespace cb::admin {

inline constexpr std::size_t kMaxGroupName = 20; ///< characters
inline constexpr int kMaxGroupLimit = 100;       ///< sessions of an agent at once; chat only
inline constexpr std::size_t kMaxGroups = 500;   ///< of an instance

/// Names of the published flows that name each group.
using GroupUse = std::map<model::GroupId, std::vector<std::string>>;
/// The groups a flow transfers to; none when it cannot be read: then it runs nowhere, either.
std::vector<model::GroupId> groupsNamed(const std::string& json);

/// `groups` are those of the instance. Errors: bad_field (name, limit), group_name_taken (conflict), too_many_groups
/// (rejected; params.limit).
base::Result<Change> newGroup(const wire::GroupDraft& wanted, model::GroupId id, std::span<const model::Group> groups,
                              const Maker& maker);
/// The draft's mode counts for nothing. Only calls are recorded, whatever the draft says.
base::Result<Change> saveGroup(const model::Group& stored, const wire::GroupDraft& wanted,
                               std::span<const model::Group> groups);
/// Refused while a published flow names it: group_in_use (conflict; params.flows, names).
base::Result<Change> deleteGroup(const model::Group& stored, const std::vector<std::string>& flows,
                                 const std::vector<std::string>& members);
/// Nothing is wrong with adding who is in it, or removing who is not: then the change has no rows. `agents` are those
/// of the instance. Errors: agent_unknown (params.agent), bad_field (remove: somebody who is also to be added).
base::Result<Change> changeMembers(const model::Group& stored, const wire::MembersChange& wanted,
                                   std::span<const model::Agent> agents);

} // namespace cb::admin
