#include "tests/support/net/seed.h"

#include "server/store/database.h"
#include "server/store/tables.h"
#include "server/store/writer.h"
#include "shared/base/uuid.h"
#include "shared/flow/json.h"

#include <fmt/format.h>
#include <sodium.h>

namespace cb::test {

namespace {

constexpr std::string_view kTokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string sha256Hex(const std::string& text) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::string hex(2 * sizeof hash + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash, sizeof hash);
    hex.pop_back();
    return hex;
}

std::string makeToken() {
    std::string token(43, 'A');
    for (std::size_t i = 0; i + 1 < token.size(); ++i)
        token[i] = kTokenLetters[randombytes_uniform(static_cast<std::uint32_t>(kTokenLetters.size()))];
    return token;
}

flow::Graph makeGraph(model::GroupId group) {
    using namespace flow;
    Graph graph;
    graph.nodes = {
        {NodeId{1}, "Start", {0, 0}, Start{}},
        {NodeId{2}, "Greeting", {260, 0}, Message{"Hello"}},
        {NodeId{3},
         "To a person",
         {520, 0},
         Transfer{flow::GroupId{group.value}, "${WaitNo} ahead of you", "Nobody is here", "Agent ${StaffNo}",
                  base::Seconds{0}}},
        {NodeId{4}, "End", {780, 0}, End{base::Seconds{0}, "", "Goodbye"}},
    };
    graph.edges = {{NodeId{1}, "next", NodeId{2}},
                   {NodeId{2}, "next", NodeId{3}},
                   {NodeId{3}, "served", NodeId{4}},
                   {NodeId{3}, "failed", NodeId{4}}};
    return graph;
}

/// Ids from the database's own blocks; errors end the seeding.
struct Ids {
    store::Database& database;
    base::Error error;
    std::int64_t take(store::IdKind kind, std::int64_t count) {
        auto first = database.reserveIds(kind, count);
        if (first)
            return *first;
        error = first.error();
        return 0;
    }
};

store::Batch makePeople(Ids& ids, const Seed& what, model::InstanceId instance) {
    const auto now = base::SystemClock().now();
    store::Batch batch;
    batch.instances.push_back({instance, "Load", "Asia/Shanghai", {}, now, now});
    const auto group = ids.take(store::IdKind::Group, what.groups);
    for (int i = 0; i < what.groups; ++i)
        batch.groups.push_back(
            {model::GroupId{group + i}, instance, model::Mode::Chat, fmt::format("Group {}", i + 1), what.limit});
    const auto agent = ids.take(store::IdKind::Agent, what.agents + 1);
    for (int i = 0; i <= what.agents; ++i) {
        model::Agent row;
        row.id = model::AgentId{agent + i};
        row.instance = instance;
        row.name = i == 0 ? "Admin" : fmt::format("Agent {}", i);
        row.email = fmt::format("agent{}@load.test", i);
        row.staffNo = fmt::format("{:06}", i);
        row.role = i == 0 ? model::Role::Admin : model::Role::Agent;
        row.createdAt = now;
        if (i > 0)
            for (const auto& each : batch.groups)
                row.groups.push_back(each.id);
        batch.agents.push_back(std::move(row));
    }
    const model::FlowId flow{ids.take(store::IdKind::Flow, 1)};
    const auto graph = makeGraph(batch.groups.front().id);
    for (int version : {0, 1})
        batch.flows.push_back({flow, instance, model::Mode::Chat, "Load", version, true, flow::toJson(graph), now});
    model::Channel channel;
    channel.id = model::ChannelId{ids.take(store::IdKind::Channel, 1)};
    channel.instance = instance;
    channel.name = "Shop";
    channel.key = "load-shop-channel-key";
    channel.domain = "shop.test";
    channel.colour = "#0B6E6E";
    channel.flow = flow;
    batch.channels.push_back(channel);
    return batch;
}

/// Completed sessions of 100 messages each.
store::Batch makeHistory(std::int64_t session, model::CustomerId customer, const store::Batch& people,
                         model::Seq& seq) {
    store::Batch batch;
    model::Session row;
    row.id = model::SessionId{session};
    row.instance = people.instances.front().id;
    row.channel = people.channels.front().id;
    row.customer = customer;
    row.flow = people.flows.front().flow;
    row.flowVersion = 1;
    row.state = model::SessionState::Completed;
    row.endReason = model::EndReason::AgentEnded;
    row.startedAt = row.endedAt = row.completedAt = base::SystemClock().now();
    for (int i = 0; i < 100; ++i) {
        model::Event event;
        event.instance = row.instance;
        event.seq = ++seq;
        event.at = row.startedAt;
        event.session = row.id;
        event.message.instance = row.instance;
        event.message.session = row.id;
        event.message.seq = seq;
        event.message.uuid = base::uuidFrom(static_cast<std::uint64_t>(seq), 0x5EED);
        event.message.side = i % 2 == 0 ? model::Side::Customer : model::Side::Agent;
        event.message.text =
            fmt::format("Message {} of an older conversation, about as long as people write, more or less so", i);
        event.message.at = event.at;
        batch.events.push_back(std::move(event));
    }
    row.lastSeq = seq;
    batch.sessions.push_back(std::move(row));
    return batch;
}

base::Result<void> seedHistory(store::Writer& writer, Ids& ids, const Seed& what, const store::Batch& people) {
    model::Customer customer;
    customer.id = model::CustomerId{ids.take(store::IdKind::Customer, 1)};
    customer.instance = people.instances.front().id;
    customer.channel = people.channels.front().id;
    customer.externalId = sha256Hex("history");
    customer.name = "Earlier customer";
    const int sessions = what.messages / 100;
    const auto first = ids.take(store::IdKind::Session, sessions);
    store::Batch batch;
    batch.customers.push_back(customer);
    model::Seq seq = 0;
    base::Result<void> outcome;
    for (int i = 0; i < sessions; ++i) {
        batch.append(makeHistory(first + i, customer.id, people, seq));
        if (batch.events.size() < 10'000 && i + 1 < sessions)
            continue;
        writer.submit(1, std::move(batch), [&outcome](base::Result<void> done) {
            if (!done)
                outcome = done;
        });
        writer.flush();
        batch = {};
    }
    return outcome;
}

} // namespace

base::Result<Seeded> seed(const std::string& dataDirectory, const Seed& what) {
    if (sodium_init() < 0)
        return base::fatal("sodium");
    store::DatabaseOptions options;
    options.where = dataDirectory + "/cloudbell.db";
    auto opened = store::Database::open(options);
    if (!opened)
        return opened.error();
    store::Database& database = **opened;
    store::Writer writer(database, 1024);
    Ids ids{database, {}};
    Seeded seeded;
    seeded.instance = model::InstanceId{ids.take(store::IdKind::Instance, 1)};
    const store::Batch people = makePeople(ids, what, seeded.instance);
    seeded.channelKey = people.channels.front().key;
    base::Result<void> outcome;
    writer.submit(
        [&](store::Tables& tables) -> base::Result<void> {
            if (auto applied = tables.apply(people); !applied)
                return applied;
            for (const auto& agent : people.agents) {
                const std::string token = makeToken();
                store::Token row;
                row.hash = sha256Hex(token);
                row.instance = seeded.instance;
                row.agent = agent.id;
                row.device = "test";
                row.createdAt = agent.createdAt;
                row.expiresAt = agent.createdAt + std::chrono::hours(48);
                if (auto inserted = tables.insert(row); !inserted)
                    return inserted;
                if (agent.role == model::Role::Admin)
                    seeded.adminToken = token;
                else
                    seeded.agentTokens.push_back(token);
            }
            return {};
        },
        [&](base::Result<void> done) { outcome = done; });
    writer.flush();
    if (!outcome)
        return outcome.error();
    if (what.messages > 0)
        outcome = seedHistory(writer, ids, what, people);
    if (!outcome)
        return outcome.error();
    if (!ids.error.code.empty())
        return ids.error;
    return seeded;
}

} // namespace cb::test
