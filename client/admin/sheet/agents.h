#pragma once

#include "client/admin/sheet/read.h"
#include "shared/wire/admin.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cb::admin::sheet {

/// The columns of a file of agents, in the template's order.
enum class Column { Name, StaffNo, Email, Nickname, Mobile, Role, Groups };
inline constexpr int kColumns = 7;
inline constexpr std::size_t kMaxAgents = 5'000; ///< what the server takes at once

/// What is wrong with a field of a row, in the server's codes for the same (required, too_long, bad_email, bad_mobile,
/// email_repeated and staff_no_repeated of a row before, group_unknown), and bad_role, group_ambiguous.
struct Problem {
    Column column = Column::Name;
    std::string code;
    std::string value; ///< which one, where a field holds several
    bool operator==(const Problem&) const = default;
};

struct AgentLine {
    int line = 0; ///< of the file, from 1
    wire::AgentDraft draft;
    std::string roleText;  ///< as it stands in the file
    std::string groupText; ///< likewise
    std::vector<Problem> problems;
    bool there = false; ///< the server has just this agent already: nothing to add, and nothing wrong

    bool isGood() const { return problems.empty() && !there; }
    bool operator==(const AgentLine&) const = default;
};

/// What words of a file mean, in every language the program speaks: compared without case and width.
struct Vocabulary {
    std::map<Column, std::vector<std::string>> titles;
    std::vector<std::string> adminWords;
    std::vector<std::string> agentWords; ///< an empty cell is an agent, too
    /// Every name a group can be called by: its own, and with its mode where another mode has the same.
    std::multimap<std::string, model::GroupId> groups;
};

/// Drafts of the rows below the titles. Empty rows are left out. Error: sheet_no_titles (rejected; params.title, one
/// that is missing) when the first row that is not empty lacks a column that must be there; sheet_empty when nothing
/// follows; sheet_too_many_rows.
base::Result<std::vector<AgentLine>> agentsOf(const Rows& rows, const Vocabulary& words);

/// Names the column on the wire, in the server's field names ("staff_no").
std::string_view fieldOf(Column column);
Column columnOfField(std::string_view field);

bool isEmail(std::string_view text);

} // namespace cb::admin::sheet
