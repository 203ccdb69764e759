#include "client/admin/sheet/agents.h"

#include "shared/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace cb::admin::sheet {

namespace {

constexpr std::array<std::string_view, kColumns> kFields{"name",   "staff_no", "email", "nickname",
                                                         "mobile", "role",     "groups"};
constexpr std::size_t kMaxName = 50;
constexpr std::size_t kMaxStaffNo = 32;
constexpr std::size_t kMaxMobile = 30;

using Places = std::array<std::optional<std::size_t>, kColumns>;

bool isOneOf(const std::string& text, const std::vector<std::string>& words) {
    const auto form = base::keywordForm(text);
    return std::any_of(words.begin(), words.end(),
                       [&form](const std::string& word) { return base::keywordForm(word) == form; });
}

/// "Name *" is "Name".
std::string withoutStar(std::string title) {
    while (!title.empty() && (title.back() == '*' || title.back() == ' '))
        title.pop_back();
    return title;
}

base::Result<Places> placesOf(const std::vector<std::string>& titles, const Vocabulary& words) {
    Places places;
    for (std::size_t i = 0; i < titles.size(); ++i)
        for (const auto& [column, names] : words.titles)
            if (auto& place = places[static_cast<std::size_t>(column)];
                !place && isOneOf(withoutStar(titles[i]), names))
                place = i;
    for (const Column needed : {Column::Name, Column::StaffNo, Column::Email})
        if (!places[static_cast<std::size_t>(needed)]) {
            const auto names = words.titles.find(needed);
            const bool named = names != words.titles.end() && !names->second.empty();
            return base::with(base::rejected("sheet_no_titles"), "title",
                              named ? names->second.front() : std::string(fieldOf(needed)));
        }
    return places;
}

/// Parts between ; , / and their full-width and Chinese forms.
std::vector<std::string> partsOf(const std::string& text) {
    static constexpr std::array<std::string_view, 8> kMarks{";", ",", "/", "|", "；", "，", "、", "／"};
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size();) {
        const auto rest = std::string_view(text).substr(i);
        const auto mark =
            std::find_if(kMarks.begin(), kMarks.end(), [rest](std::string_view one) { return rest.starts_with(one); });
        if (mark != kMarks.end()) {
            parts.emplace_back();
            i += mark->size();
        } else {
            parts.back() += text[i++];
        }
    }
    for (auto& part : parts)
        part = base::trimmed(part);
    std::erase(parts, "");
    return parts;
}

/// By the form in which names are compared.
using Groups = std::multimap<std::string, model::GroupId>;

void readGroups(AgentLine& line, const Groups& groups) {
    for (const auto& part : partsOf(line.groupText)) {
        std::set<model::GroupId> found;
        const auto [first, last] = groups.equal_range(base::keywordForm(part));
        for (auto named = first; named != last; ++named)
            found.insert(named->second);
        if (found.size() != 1)
            line.problems.push_back({Column::Groups, found.empty() ? "group_unknown" : "group_ambiguous", part});
        else if (std::find(line.draft.groups.begin(), line.draft.groups.end(), *found.begin()) ==
                 line.draft.groups.end())
            line.draft.groups.push_back(*found.begin());
    }
}

void check(AgentLine& line, Column column, const std::string& text, std::size_t most, bool needed) {
    if (text.empty() && needed)
        line.problems.push_back({column, "required", {}});
    else if (base::length(text) > most)
        line.problems.push_back({column, "too_long", {}});
}

void checkAll(AgentLine& line) {
    const auto& draft = line.draft;
    check(line, Column::Name, draft.name, kMaxName, true);
    // The server gives an admin the next free one.
    check(line, Column::StaffNo, draft.staffNo, kMaxStaffNo, draft.role != model::Role::Admin);
    check(line, Column::Email, draft.email, 254, true);
    check(line, Column::Nickname, draft.nickname, kMaxName, false);
    check(line, Column::Mobile, draft.mobile, kMaxMobile, false);
    if (!draft.email.empty() && !isEmail(draft.email))
        line.problems.push_back({Column::Email, "bad_email", {}});
    const auto mobile = std::string_view(draft.mobile);
    if (mobile.find_first_not_of("+0123456789 -()") != std::string_view::npos)
        line.problems.push_back({Column::Mobile, "bad_mobile", {}});
}

/// The second and later ones of what must be there once.
void checkRepeated(std::vector<AgentLine>& lines) {
    std::set<std::string> emails;
    std::set<std::string> numbers;
    for (auto& line : lines) {
        if (!line.draft.email.empty() && !emails.insert(base::keywordForm(line.draft.email)).second)
            line.problems.push_back({Column::Email, "email_repeated", {}});
        if (!line.draft.staffNo.empty() && !numbers.insert(line.draft.staffNo).second)
            line.problems.push_back({Column::StaffNo, "staff_no_repeated", {}});
    }
}

} // namespace

std::string_view fieldOf(Column column) {
    return kFields[static_cast<std::size_t>(column)];
}

Column columnOfField(std::string_view field) {
    const auto found = std::find(kFields.begin(), kFields.end(), field);
    return found == kFields.end() ? Column::Name : static_cast<Column>(found - kFields.begin());
}

bool isEmail(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254 || text.rfind('@') != at)
        return false;
    const auto host = text.substr(at + 1);
    const auto good = [](char c) {
        return c > ' ' && c != 0x7F && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
    };
    return host.find('.') != std::string_view::npos && host.front() != '.' && host.back() != '.' &&
           host.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), good);
}

base::Result<std::vector<AgentLine>> agentsOf(const Rows& rows, const Vocabulary& words) {
    const auto titles = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return !row.empty(); });
    if (titles == rows.end())
        return base::rejected("sheet_empty");
    const auto places = placesOf(*titles, words);
    if (!places)
        return places.error();
    Groups groups;
    for (const auto& [name, id] : words.groups)
        groups.emplace(base::keywordForm(name), id);
    std::vector<AgentLine> lines;
    for (auto row = titles + 1; row != rows.end(); ++row) {
        if (row->empty())
            continue;
        const auto cell = [&](Column column) {
            const auto place = (*places)[static_cast<std::size_t>(column)];
            return place && *place < row->size() ? (*row)[*place] : std::string();
        };
        AgentLine line;
        line.line = static_cast<int>(row - rows.begin()) + 1;
        line.draft.name = cell(Column::Name);
        line.draft.staffNo = cell(Column::StaffNo);
        line.draft.email = cell(Column::Email);
        line.draft.nickname = cell(Column::Nickname);
        line.draft.mobile = cell(Column::Mobile);
        line.roleText = cell(Column::Role);
        line.groupText = cell(Column::Groups);
        const bool isAdmin = isOneOf(line.roleText, words.adminWords);
        line.draft.role = isAdmin ? model::Role::Admin : model::Role::Agent;
        checkAll(line);
        if (!isAdmin && !line.roleText.empty() && !isOneOf(line.roleText, words.agentWords))
            line.problems.push_back({Column::Role, "bad_role", line.roleText});
        readGroups(line, groups);
        if (lines.size() >= kMaxAgents)
            return base::with(base::rejected("sheet_too_many_rows"), "limit", std::to_string(kMaxAgents));
        lines.push_back(std::move(line));
    }
    if (lines.empty())
        return base::rejected("sheet_empty");
    checkRepeated(lines);
    return lines;
}

} // namespace cb::admin::sheet
