#include "server/admin/agent_rules.h"
#include "server/auth/password.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <unordered_set>

namespace cb::http {

namespace {

/// Everybody and everything of the instance, on the change's own snapshot.
struct House {
    std::vector<model::Agent> agents; ///< deleted ones too
    std::vector<model::Group> groups;

    admin::Staff staff() const { return {agents, groups}; }
    const model::Agent* find(model::AgentId id) const {
        const auto found =
            std::find_if(agents.begin(), agents.end(), [&](const auto& row) { return row.id == id && !row.deleted; });
        return found == agents.end() ? nullptr : &*found;
    }
};

base::Result<House> read(store::Reader& reader, model::InstanceId instance) {
    auto agents = reader.directory().agents(instance);
    if (!agents)
        return agents.error();
    auto groups = reader.directory().groups(instance);
    if (!groups)
        return groups.error();
    return House{std::move(*agents), std::move(*groups)};
}

base::Result<admin::Door> doorOf(Services& services, store::Reader& reader, model::InstanceId id) {
    auto instance = reader.directory().instance(id);
    if (!instance)
        return instance.error();
    if (!*instance)
        return base::rejected("not_found");
    const auto& url = services.publicUrl;
    return admin::Door{(*instance)->name, url.empty() ? url : url + "/online/" + std::to_string(id.value)};
}

base::Result<std::vector<admin::Secret>> secrets(std::size_t count) {
    std::vector<admin::Secret> out;
    for (std::size_t i = 0; i < count; ++i) {
        auto password = auth::randomPassword();
        auto hash = auth::hashRandomPassword(password);
        if (!hash)
            return hash.error();
        out.push_back({std::move(password), std::move(*hash)});
    }
    return out;
}

/// Ids for so many new agents and their letters; `secrets` must outlive it.
base::Result<admin::Supplies> supplies(Services& services, const std::vector<admin::Secret>& secrets) {
    const auto count = static_cast<std::int64_t>(secrets.size());
    auto agent = services.database.reserveIds(store::IdKind::Agent, count);
    if (!agent)
        return agent.error();
    auto mail = services.database.reserveIds(store::IdKind::Mail, count);
    if (!mail)
        return mail.error();
    return admin::Supplies{model::AgentId{*agent}, *mail, secrets};
}

/// The body of a change of one agent: as they are then.
std::string shown(const model::Agent& agent, bool invited) {
    return wire::encodeBody(wire::AgentRow{agent, agent.createdAt, invited});
}

bool isInvited(store::Reader& reader, model::AgentId id) {
    auto credential = reader.credentials().byAgent(id);
    return credential && *credential && (*credential)->mustChange;
}

/// A change of one agent who is there. `decide` is given them, everybody, and the turn.
template <class Decide>
base::Result<void> changeAgent(ConfigTurn& turn, const Call& call, const Decide& decide) {
    auto house = read(turn.reader(), turn.instance());
    if (!house)
        return house.error();
    const auto* stored = house->find(model::AgentId{call.id(0)});
    if (stored == nullptr)
        return base::rejected("not_found");
    base::Result<admin::Change> change = decide(*stored, house->staff());
    if (!change)
        return change.error();
    return turn.commit(std::move(*change));
}

/// The rows in which nothing is wrong and that are new.
std::vector<wire::AgentDraft> goodOnes(std::vector<wire::AgentDraft> rows, const wire::BulkResult& found) {
    std::unordered_set<int> wrong(found.there.begin(), found.there.end());
    for (const auto& row : found.bad)
        wrong.insert(row.row);
    std::vector<wire::AgentDraft> good;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (wrong.count(static_cast<int>(i)) == 0)
            good.push_back(std::move(rows[i]));
    return good;
}

} // namespace

Answer agentList(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto agents = reader->directory().agents(call.who.instance);
    if (!agents)
        return agents.error();
    auto invited = reader->credentials().invited(call.who.instance);
    if (!invited)
        return invited.error();
    wire::AgentList list;
    list.mailed = services.lettersLeave;
    for (auto& agent : *agents) {
        if (agent.deleted)
            continue;
        const auto since = agent.createdAt;
        const bool fresh = std::binary_search(invited->begin(), invited->end(), agent.id);
        list.agents.push_back({std::move(agent), since, fresh});
    }
    return wire::encodeBody(list);
}

Answer agentAdd(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::AgentDraft>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto house = read(turn->reader(), turn->instance());
    if (!house)
        return house.error();
    auto door = doorOf(services, turn->reader(), turn->instance());
    if (!door)
        return door.error();
    auto secret = secrets(1);
    if (!secret)
        return secret.error();
    auto fresh = supplies(services, *secret);
    if (!fresh)
        return fresh.error();
    auto change = admin::addAgent(*wanted, house->staff(), *fresh, *door, makerOf(services, call));
    if (!change)
        return change.error();
    const auto answer = shown(change->rows.agents.front(), true);
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return answer;
}

Answer agentPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::AgentDraft>(call.body);
    if (!wanted)
        return wanted.error();
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    std::string answer;
    auto done = changeAgent(*turn, call, [&](const model::Agent& stored, const admin::Staff& staff) {
        auto change = admin::saveAgent(stored, *wanted, staff);
        if (change)
            answer = shown(change->rows.agents.front(), isInvited(turn->reader(), stored.id));
        return change;
    });
    if (!done)
        return done.error();
    return answer;
}

Answer agentDelete(Services& services, const Call& call) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto done = changeAgent(*turn, call, [&](const model::Agent& stored, const admin::Staff& staff) {
        return admin::deleteAgent(stored, staff, makerOf(services, call));
    });
    if (!done)
        return done.error();
    return std::string();
}

Answer agentResetPassword(Services& services, const Call& call) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto done =
        changeAgent(*turn, call, [&](const model::Agent& stored, const admin::Staff&) -> base::Result<admin::Change> {
            auto door = doorOf(services, turn->reader(), turn->instance());
            if (!door)
                return door.error();
            auto secret = secrets(1);
            if (!secret)
                return secret.error();
            auto mail = services.database.reserveIds(store::IdKind::Mail, 1);
            if (!mail)
                return mail.error();
            return admin::resetPassword(stored, secret->front(), *mail, *door, makerOf(services, call));
        });
    if (!done)
        return done.error();
    return std::string();
}

Answer agentBulk(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::BulkAgents>(call.body, {kMaxBulkBody, wire::kMaxDepth});
    if (!wanted)
        return wanted.error();
    if (wanted->rows.empty() || wanted->rows.size() > admin::kMaxBulk)
        return base::with(base::with(base::rejected("bad_field"), "field", "rows"), "max",
                          std::to_string(admin::kMaxBulk));
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto house = read(turn->reader(), turn->instance());
    if (!house)
        return house.error();
    wire::BulkResult result;
    auto found = admin::inspect(wanted->rows, house->staff());
    result.bad = std::move(found.bad);
    result.there = std::move(found.there);
    const auto good = goodOnes(std::move(wanted->rows), result);
    if (wanted->check || good.empty() || (!result.bad.empty() && !wanted->addGood))
        return wire::encodeBody(result);
    auto door = doorOf(services, turn->reader(), turn->instance());
    if (!door)
        return door.error();
    auto secret = secrets(good.size());
    if (!secret)
        return secret.error();
    auto fresh = supplies(services, *secret);
    if (!fresh)
        return fresh.error();
    auto change = admin::addAgents(good, house->staff(), *fresh, *door, makerOf(services, call));
    if (!change)
        return change.error();
    result.added = static_cast<int>(good.size());
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    spdlog::info("event=agents_added instance={} by={} count={}", call.who.instance.value, call.who.agent.value,
                 result.added);
    return wire::encodeBody(result);
}

} // namespace cb::http
