#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/model/group.h"
#include "shared/wire/admin.h"

#include <span>

/// Agents（客服管理）, spec 2.5. E-mail, staff number and role are fixed; those of deleted agents stay reserved.
namespace cb::admin {

inline constexpr std::size_t kMaxAgentName = 50;  ///< characters; of the nickname, too
inline constexpr std::size_t kMaxStaffNo = 32;    ///< characters
inline constexpr std::size_t kMaxAgents = 10'000; ///< of an instance, deleted ones not counted
inline constexpr std::size_t kMaxBulk = 5'000;    ///< rows of one upload

/// Who and what there is in the instance.
struct Staff {
    std::span<const model::Agent> agents; ///< deleted ones too
    std::span<const model::Group> groups;
};

/// What a letter needs: a one-time password, and the form it is stored in.
struct Secret {
    std::string password;
    std::string hash;
};

/// What is new with each agent that is added. As many ids from the first ones on as there are secrets.
struct Supplies {
    model::AgentId firstAgent;
    std::int64_t firstMail = 0;
    std::span<const Secret> secrets;
};

/// Where people sign in, for their letters.
struct Door {
    std::string instance; ///< its name
    std::string address;  ///< empty: not known
};

/// Six digits or more: one above the highest number there ever was.
std::string nextStaffNo(std::span<const model::Agent> agents);

/// Everything that is wrong, by row. Codes: required, too_long, bad_text, bad_email, bad_mobile, bad_staff_no,
/// email_taken, staff_no_taken (of a deleted agent, too), email_repeated, staff_no_repeated (of a row before),
/// group_unknown.
std::vector<wire::BadRow> badRows(std::span<const wire::AgentDraft> rows, const Staff& staff);

/// What a list of agents comes to before anything is added. A row that says what an agent already is (e-mail, staff
/// number, name, role, nickname, mobile, groups) is `there` and not bad: a file that was added in part can come again.
/// One that shares only some of it is bad.
struct Inspection {
    std::vector<wire::BadRow> bad; ///< as badRows
    std::vector<int> there;        ///< from 0, ascending
};
Inspection inspect(std::span<const wire::AgentDraft> rows, const Staff& staff);

/// Adds rows in which nothing is wrong, with credentials and letters; an admin without a staff number gets the next
/// free one. Errors: too_many_agents (rejected; params.limit).
base::Result<Change> addAgents(std::span<const wire::AgentDraft> good, const Staff& staff, const Supplies& supplies,
                               const Door& door, const Maker& maker);
/// The same for one. Errors: those of badRows, email_taken and staff_no_taken as conflicts, group_unknown (rejected),
/// the others as bad_field with the code as `why`; too_many_agents.
base::Result<Change> addAgent(const wire::AgentDraft& wanted, const Staff& staff, const Supplies& supplies,
                              const Door& door, const Maker& maker);

/// Name, nickname, mobile and groups. Errors: as above; bad_field, why fixed, for another e-mail or staff number. The
/// draft's role counts for nothing.
base::Result<Change> saveAgent(const model::Agent& stored, const wire::AgentDraft& wanted, const Staff& staff);

/// Errors: agent_is_self, last_admin (conflict).
base::Result<Change> deleteAgent(const model::Agent& stored, const Staff& staff, const Maker& maker);

/// The old password is void, everything this agent is signed in with is revoked. Errors: agent_is_self (conflict: they
/// would lock themselves out until their letter comes; they can change it).
base::Result<Change> resetPassword(const model::Agent& stored, const Secret& secret, std::int64_t mail,
                                   const Door& door, const Maker& maker);

} // namespace cb::admin
