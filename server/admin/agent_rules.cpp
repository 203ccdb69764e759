#include "server/admin/agent_rules.h"

#include "server/admin/fields.h"
#include "server/admin/letters.h"
#include "shared/base/text.h"
#include "shared/model/names.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

namespace cb::admin {

namespace {

std::string target(const model::Agent& agent) {
    return targetOf("agent", agent.id.value, agent.name + " (" + agent.staffNo + ")");
}

/// As the store compares addresses: ASCII letters of either case are the same.
std::string emailKey(std::string_view email) {
    std::string key(email);
    for (char& c : key)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return key;
}

std::string groupsText(const model::Agent& agent) {
    std::string out;
    for (const model::GroupId group : agent.groups)
        out += (out.empty() ? "" : " ") + std::to_string(group.value);
    return out;
}

/// What can change.
std::string described(const model::Agent& agent) {
    return agent.name + ", nickname \"" + agent.nickname + "\", mobile \"" + agent.mobile + "\", groups " +
           groupsText(agent);
}

wire::AgentDraft trimmed(const wire::AgentDraft& row) {
    wire::AgentDraft out = row;
    for (std::string* text : {&out.name, &out.nickname, &out.email, &out.staffNo, &out.mobile})
        *text = base::trimmed(*text);
    return out;
}

/// Visible characters without blanks: it is typed, said and put into texts.
bool isStaffNo(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
}

/// Looks rows over, remembering what those before have taken.
class Inspector {
public:
    explicit Inspector(const Staff& staff) {
        for (const model::Agent& agent : staff.agents) {
            m_emails.insert(emailKey(agent.email));
            m_staffNos.insert(agent.staffNo);
        }
        for (const model::Group& group : staff.groups)
            m_groups.insert(group.id.value);
    }

    /// Fields that can be changed.
    void lookAtPerson(const wire::AgentDraft& row) {
        check("name", lineTrouble(row.name, kMaxAgentName));
        check("nickname", lineTrouble(row.nickname, kMaxAgentName, Need::Optional));
        check("mobile", row.mobile.empty() || isMobile(row.mobile) ? "" : "bad_mobile");
        for (const model::GroupId group : row.groups)
            if (m_groups.count(group.value) == 0) {
                check("groups", "group_unknown");
                break;
            }
    }

    void lookAtWhole(const wire::AgentDraft& row) {
        lookAtPerson(row);
        lookAtEmail(row.email);
        const bool given = row.role == model::Role::Admin; // when there is none
        lookAtStaffNo(row.staffNo, given ? Need::Optional : Need::Required);
    }

    std::vector<wire::BadRow> bad;
    int at = 0;

private:
    void check(std::string_view field, std::string_view code) {
        if (!code.empty())
            bad.push_back({at, std::string(field), std::string(code)});
    }

    void lookAtEmail(const std::string& email) {
        if (email.empty())
            return check("email", "required");
        if (!isEmail(email))
            return check("email", "bad_email");
        const auto key = emailKey(email);
        if (m_emails.count(key) != 0)
            return check("email", "email_taken");
        if (!m_newEmails.insert(key).second)
            check("email", "email_repeated");
    }

    void lookAtStaffNo(const std::string& staffNo, Need need) {
        if (const auto why = lineTrouble(staffNo, kMaxStaffNo, need); !why.empty() || staffNo.empty())
            return check("staff_no", why);
        if (!isStaffNo(staffNo))
            return check("staff_no", "bad_staff_no");
        if (m_staffNos.count(staffNo) != 0)
            return check("staff_no", "staff_no_taken");
        if (!m_newStaffNos.insert(staffNo).second)
            check("staff_no", "staff_no_repeated");
    }

    std::unordered_set<std::string> m_emails, m_newEmails, m_staffNos, m_newStaffNos;
    std::unordered_set<std::int64_t> m_groups;
};

base::Error errorOf(const wire::BadRow& bad, const wire::AgentDraft& row) {
    if (bad.code == "email_taken")
        return base::with(base::conflict("email_taken"), "email", row.email);
    if (bad.code == "staff_no_taken")
        return base::with(base::conflict("staff_no_taken"), "staff_no", row.staffNo);
    if (bad.code == "group_unknown")
        return base::rejected("group_unknown");
    return badField(bad.field, bad.code);
}

/// The value of a number written in at most nine digits; 0 for anything else.
std::int64_t numberOf(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size() && text.size() <= 9;
    return whole ? std::max(value, std::int64_t{0}) : 0;
}

std::string sixDigits(std::int64_t number) {
    auto text = std::to_string(number);
    if (text.size() < 6)
        text.insert(0, 6 - text.size(), '0');
    return text;
}

std::int64_t highest(std::span<const model::Agent> agents) {
    std::int64_t most = 0;
    for (const model::Agent& agent : agents)
        most = std::max(most, numberOf(agent.staffNo));
    return most;
}

std::unordered_set<std::string> staffNosOf(std::span<const model::Agent> agents) {
    std::unordered_set<std::string> taken;
    for (const model::Agent& agent : agents)
        taken.insert(agent.staffNo);
    return taken;
}

/// The next one that nobody has; `last` is its value.
std::string freeStaffNo(std::int64_t& last, const std::unordered_set<std::string>& taken) {
    auto text = sixDigits(++last);
    while (taken.count(text) != 0)
        text = sixDigits(++last);
    return text;
}

/// Each group once, in the order given.
std::vector<model::GroupId> once(const std::vector<model::GroupId>& groups) {
    std::vector<model::GroupId> out;
    for (const model::GroupId group : groups)
        if (std::find(out.begin(), out.end(), group) == out.end())
            out.push_back(group);
    return out;
}

/// Adding the row would have made just this agent; an admin's staff number may have been given.
bool isAs(const model::Agent& agent, const wire::AgentDraft& row) {
    const bool given = row.staffNo.empty() && row.role == model::Role::Admin;
    const auto sorted = [](std::vector<model::GroupId> groups) {
        std::sort(groups.begin(), groups.end());
        return groups;
    };
    return emailKey(agent.email) == emailKey(row.email) && (given || agent.staffNo == row.staffNo) &&
           agent.name == row.name && agent.nickname == row.nickname && agent.mobile == row.mobile &&
           agent.role == row.role && sorted(agent.groups) == sorted(once(row.groups));
}

model::Agent agentOf(const wire::AgentDraft& row, model::AgentId id, const Maker& maker) {
    model::Agent agent;
    agent.id = id;
    agent.instance = maker.instance;
    agent.name = row.name;
    agent.nickname = row.nickname;
    agent.email = row.email;
    agent.staffNo = row.staffNo;
    agent.mobile = row.mobile;
    agent.role = row.role;
    agent.groups = once(row.groups);
    agent.createdAt = maker.now;
    return agent;
}

store::Mail mailTo(const model::Agent& agent, std::int64_t id, Letter letter, const Maker& maker) {
    store::Mail mail;
    mail.id = id;
    mail.instance = maker.instance;
    mail.to = agent.email;
    mail.subject = std::move(letter.subject);
    mail.body = std::move(letter.body);
    mail.createdAt = maker.now;
    mail.dueAt = maker.now;
    return mail;
}

Recipient recipient(const model::Agent& agent, const Door& door) {
    return {agent.name, agent.email, door.instance, std::to_string(agent.instance.value), door.address};
}

std::size_t present(std::span<const model::Agent> agents) {
    return static_cast<std::size_t>(
        std::count_if(agents.begin(), agents.end(), [](const auto& agent) { return !agent.deleted; }));
}

} // namespace

std::string nextStaffNo(std::span<const model::Agent> agents) {
    std::int64_t last = highest(agents);
    return freeStaffNo(last, staffNosOf(agents));
}

std::vector<wire::BadRow> badRows(std::span<const wire::AgentDraft> rows, const Staff& staff) {
    Inspector inspector(staff);
    for (const wire::AgentDraft& row : rows) {
        inspector.lookAtWhole(trimmed(row));
        ++inspector.at;
    }
    return std::move(inspector.bad);
}

Inspection inspect(std::span<const wire::AgentDraft> rows, const Staff& staff) {
    std::unordered_map<std::string, const model::Agent*> byEmail;
    for (const model::Agent& agent : staff.agents)
        if (!agent.deleted)
            byEmail.emplace(emailKey(agent.email), &agent);
    Inspection found{badRows(rows, staff), {}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = trimmed(rows[i]);
        const auto known = byEmail.find(emailKey(row.email));
        if (known != byEmail.end() && isAs(*known->second, row))
            found.there.push_back(static_cast<int>(i));
    }
    std::erase_if(found.bad, [&](const wire::BadRow& bad) {
        return std::binary_search(found.there.begin(), found.there.end(), bad.row);
    });
    return found;
}

base::Result<Change> addAgents(std::span<const wire::AgentDraft> good, const Staff& staff, const Supplies& supplies,
                               const Door& door, const Maker& maker) {
    if (present(staff.agents) + good.size() > kMaxAgents)
        return base::with(base::rejected("too_many_agents"), "limit", std::to_string(kMaxAgents));
    std::int64_t last = highest(staff.agents);
    auto taken = staffNosOf(staff.agents);
    for (const wire::AgentDraft& row : good) {
        const auto staffNo = base::trimmed(row.staffNo);
        last = std::max(last, numberOf(staffNo));
        taken.insert(staffNo);
    }
    Change change;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < good.size(); ++i) {
        const auto step = static_cast<std::int64_t>(i);
        const Secret& secret = supplies.secrets[i];
        model::Agent agent = agentOf(trimmed(good[i]), model::AgentId{supplies.firstAgent.value + step}, maker);
        if (agent.staffNo.empty())
            agent.staffNo = freeStaffNo(last, taken);
        change.rows.credentials.push_back({agent.id, maker.instance, secret.hash, true, maker.now});
        change.rows.mails.push_back(
            mailTo(agent, supplies.firstMail + step, invitation(recipient(agent, door), secret.password), maker));
        names.push_back(agent.name + " (" + agent.staffNo + ", " + agent.email + ", " +
                        std::string(model::name(agent.role)) + ")");
        change.rows.agents.push_back(std::move(agent));
    }
    const bool one = good.size() == 1;
    change.action = one ? "agent.add" : "agent.add_many";
    change.target = one ? target(change.rows.agents.front()) : std::to_string(good.size()) + " agents";
    change.after = listed(names, 50);
    return change;
}

base::Result<Change> addAgent(const wire::AgentDraft& wanted, const Staff& staff, const Supplies& supplies,
                              const Door& door, const Maker& maker) {
    if (const auto bad = badRows({&wanted, 1}, staff); !bad.empty())
        return errorOf(bad.front(), trimmed(wanted));
    return addAgents({&wanted, 1}, staff, supplies, door, maker);
}

base::Result<Change> saveAgent(const model::Agent& stored, const wire::AgentDraft& wanted, const Staff& staff) {
    const auto draft = trimmed(wanted);
    if (!draft.email.empty() && draft.email != stored.email)
        return badField("email", "fixed");
    if (!draft.staffNo.empty() && draft.staffNo != stored.staffNo)
        return badField("staff_no", "fixed");
    Inspector inspector(staff);
    inspector.lookAtPerson(draft);
    if (!inspector.bad.empty())
        return errorOf(inspector.bad.front(), draft);
    model::Agent row = stored;
    row.name = draft.name;
    row.nickname = draft.nickname;
    row.mobile = draft.mobile;
    row.groups = once(draft.groups);
    Change change;
    change.action = "agent.save";
    change.target = target(stored);
    change.before = described(stored);
    change.after = described(row);
    change.rows.agents.push_back(std::move(row));
    return change;
}

base::Result<Change> deleteAgent(const model::Agent& stored, const Staff& staff, const Maker& maker) {
    if (stored.id == maker.agent)
        return base::conflict("agent_is_self");
    const auto admins = std::count_if(staff.agents.begin(), staff.agents.end(), [](const model::Agent& agent) {
        return agent.role == model::Role::Admin && !agent.deleted;
    });
    if (stored.role == model::Role::Admin && admins < 2)
        return base::conflict("last_admin");
    model::Agent row = stored;
    row.deleted = true;
    row.groups.clear();
    Change change;
    change.action = "agent.delete";
    change.target = target(stored);
    change.before = described(stored) + ", " + std::string(model::name(stored.role)) + ", staff number " +
                    stored.staffNo + ", " + stored.email;
    change.rows.agents.push_back(std::move(row));
    change.rows.revokedTokens.push_back(stored.id);
    return change;
}

base::Result<Change> resetPassword(const model::Agent& stored, const Secret& secret, std::int64_t mail,
                                   const Door& door, const Maker& maker) {
    if (stored.id == maker.agent)
        return base::conflict("agent_is_self");
    Change change;
    change.action = "agent.reset_password";
    change.target = target(stored);
    change.rows.credentials.push_back({stored.id, maker.instance, secret.hash, true, maker.now});
    change.rows.revokedTokens.push_back(stored.id);
    auto letter = mailTo(stored, mail, passwordReset(recipient(stored, door), secret.password), maker);
    letter.dueAt = {}; // before any invitations that wait
    change.rows.mails.push_back(std::move(letter));
    return change;
}

} // namespace cb::admin
