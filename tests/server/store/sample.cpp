#include "tests/server/store/sample.h"

namespace cb::test {

namespace {

std::unique_ptr<PostgresServer> thePostgres;

/// "a" 7 → "a7".
std::string numbered(std::string_view prefix, std::int64_t number) {
    std::string text(prefix);
    text += std::to_string(number);
    return text;
}

} // namespace

PostgresServer& postgres() {
    if (!thePostgres)
        thePostgres = std::make_unique<PostgresServer>();
    return *thePostgres;
}

void forgetPostgres() {
    thePostgres.reset();
}

Place::Place(store::Engine engine) {
    if (engine == store::Engine::Sqlite) {
        m_folder = std::make_unique<QTemporaryDir>();
        options.where = m_folder->filePath("data.db").toStdString();
        return;
    }
    if (!PostgresServer::isInstalled()) {
        missing = "PostgreSQL 15 is not installed";
        return;
    }
    trouble = postgres().start();
    if (trouble.isEmpty())
        options.where = postgres().newDatabase();
    if (trouble.isEmpty() && options.where.empty())
        trouble = "PostgreSQL: no new database";
}

std::unique_ptr<store::Database> Place::open() const {
    auto opened = store::Database::open(options);
    if (opened)
        return std::move(*opened);
    qWarning("%s: %s", opened.error().code.c_str(), opened.error().detail.c_str());
    return nullptr;
}

void engineRows() {
    QTest::addColumn<int>("engine");
    QTest::newRow("sqlite") << static_cast<int>(store::Engine::Sqlite);
    QTest::newRow("postgres") << static_cast<int>(store::Engine::Postgres);
}

store::Writer::Done Told::done() {
    return [this](base::Result<void> result) { m_all.push_back(std::move(result)); };
}

base::TimePoint moment(std::int64_t ms) {
    return base::fromUnixMillis(1'700'000'000'000 + ms);
}

base::Uuid uuid(std::int64_t number) {
    base::Random random(static_cast<std::uint64_t>(number));
    const std::uint64_t high = random.next();
    return base::uuidFrom(high, random.next());
}

store::Batch people() {
    store::Batch batch;
    batch.instances.push_back({kInstance, "Acme", "Asia/Shanghai", {}, moment(0), moment(1)});
    batch.groups.push_back({model::GroupId(1), kInstance, model::Mode::Chat, "售前", 5});
    batch.groups.push_back({model::GroupId(2), kInstance, model::Mode::Phone, "热线", 1});
    for (std::int64_t id = 1; id <= 2; ++id) {
        model::Agent agent;
        agent.id = model::AgentId(id);
        agent.instance = kInstance;
        agent.name = numbered("agent ", id);
        agent.email = numbered("Agent", id) + "@Example.com";
        agent.staffNo = numbered("00000", id);
        agent.role = id == 1 ? model::Role::Admin : model::Role::Agent;
        agent.groups = {model::GroupId(2), model::GroupId(1)};
        agent.createdAt = moment(id);
        batch.agents.push_back(agent);
    }
    batch.flows.push_back({model::FlowId(1), kInstance, model::Mode::Chat, "问候", 1, true, "{\"v\":1}", moment(5),
                           false, 1, "[]", model::AgentId(1)});
    batch.channels.push_back({model::ChannelId(1), kInstance, model::ChannelKind::Website, "shop", "key-1",
                              "shop.example", "#0B6E6E", model::FlowId(1), false});
    model::Customer customer;
    customer.id = model::CustomerId(1);
    customer.instance = kInstance;
    customer.channel = model::ChannelId(1);
    customer.externalId = "visitor-1";
    batch.customers.push_back(customer);
    return batch;
}

model::Session session(std::int64_t id, std::int64_t customer) {
    model::Session row;
    row.id = model::SessionId(id);
    row.instance = kInstance;
    row.channel = model::ChannelId(1);
    row.customer = model::CustomerId(customer);
    row.flow = model::FlowId(1);
    row.flowVersion = 1;
    row.startedAt = moment(id);
    return row;
}

model::Event message(std::int64_t seq, std::int64_t session, const std::string& text, model::Side side) {
    model::Event event;
    event.instance = kInstance;
    event.seq = seq;
    event.at = moment(seq * 1000);
    event.session = model::SessionId(session);
    event.message.instance = kInstance;
    event.message.session = event.session;
    event.message.seq = seq;
    event.message.at = event.at;
    event.message.uuid = uuid(seq);
    event.message.side = side;
    event.message.text = text;
    return event;
}

bool commit(store::Database& database, store::Batch batch) {
    Told told;
    {
        store::Writer writer(database, 16);
        if (!writer.submit(1, std::move(batch), told.done()))
            return false;
    }
    if (!told.ok(0))
        qWarning("%s: %s", told.code(0).c_str(), told.all()[0].error().detail.c_str());
    return told.ok(0);
}

std::string Rows::text(std::size_t longest) {
    static const std::vector<std::string> parts = {"a", "Z",  "0",  " ", "'",  "\"", ":x",
                                                   "%", "云", "铃", "é", "\n", "😀"};
    std::string text;
    const std::size_t size = m_random.below(longest + 1);
    while (text.size() < size)
        text += parts[m_random.below(parts.size())];
    return text;
}

std::int64_t Rows::number() {
    const std::int64_t any = static_cast<std::int64_t>(m_random.next() >> 1);
    return m_random.oneIn(4) ? 0 : any >> m_random.below(62);
}

model::Instance Rows::instance(model::InstanceId id) {
    model::Instance row;
    row.id = id;
    row.name = text(40);
    row.settings.chatAnswerTimeout = coin();
    row.settings.allMediaAnswerTimeout = coin();
    row.settings.allMediaAnswerSeconds = static_cast<int>(m_random.below(90)) + 1;
    row.settings.chatAnswerSeconds = static_cast<int>(m_random.below(90)) + 1;
    row.settings.phoneFewestCalls = coin();
    row.settings.blending = coin();
    row.settings.pictureBytes = number();
    row.settings.retentionDays = static_cast<int>(m_random.below(4000));
    row.createdAt = base::fromUnixMillis(number());
    return row;
}

model::Group Rows::group(std::int64_t id) {
    return {model::GroupId(id),
            kInstance,
            any<model::Mode>(3),
            numbered("g", id) + text(20),
            static_cast<int>(m_random.below(9)) + 1,
            coin()};
}

model::Agent Rows::agent(std::int64_t id, int groups) {
    model::Agent row;
    row.id = model::AgentId(id);
    row.instance = kInstance;
    row.name = text(30);
    row.nickname = text(30);
    row.email = numbered("a", id) + "@x.y";
    row.staffNo = numbered("000", id);
    row.mobile = text(12);
    row.role = any<model::Role>(2);
    for (int g = groups; g >= 1; --g)
        if (coin())
            row.groups.emplace_back(g);
    row.deleted = m_random.oneIn(5);
    row.createdAt = base::fromUnixMillis(number());
    return row;
}

model::Channel Rows::channel(std::int64_t id) {
    return {model::ChannelId(id),
            kInstance,
            any<model::ChannelKind>(5),
            text(20),
            numbered("key", id),
            text(20),
            "#123456",
            {},
            m_random.oneIn(5)};
}

model::Customer Rows::customer(std::int64_t id, std::int64_t channel) {
    model::Customer row;
    row.id = model::CustomerId(id);
    row.instance = kInstance;
    row.channel = model::ChannelId(channel);
    row.externalId = numbered("x", id);
    row.name = text(40);
    row.notes = text(200);
    row.locale = "zh_CN";
    row.blocked = m_random.oneIn(8);
    row.createdAt = base::fromUnixMillis(number());
    return row;
}

model::Session Rows::session(std::int64_t id, std::int64_t customer) {
    model::Session row = test::session(id, customer);
    row.mode = any<model::Mode>(3);
    row.state = any<model::SessionState>(6);
    row.group = model::GroupId(number());
    row.agent = model::AgentId(number());
    row.lastAgent = model::AgentId(number());
    row.transferTo = model::AgentId(number());
    row.endReason = any<model::EndReason>(12);
    row.queuedAt = base::fromUnixMillis(number());
    row.waitingFrom = base::fromUnixMillis(number());
    row.answeredAt = base::fromUnixMillis(number());
    row.completedAt = base::fromUnixMillis(number());
    row.lastSeq = number();
    row.customerRead = number();
    row.agentDelivered = number();
    row.wrapUp = {text(20), text(300)};
    row.flowState = text(2000);
    row.flowPath = text(60);
    return row;
}

model::Presence Rows::presence(std::int64_t agent) {
    model::Presence row;
    row.agent = model::AgentId(agent);
    row.instance = kInstance;
    row.status = any<model::AgentStatus>(5);
    row.pending = any<model::AgentStatus>(5);
    row.hasPending = coin();
    row.reason = any<model::StatusReason>(8);
    row.since = base::fromUnixMillis(number());
    row.idleSince = base::fromUnixMillis(number());
    row.callsToday = static_cast<int>(m_random.below(100));
    return row;
}

model::Offer Rows::offer(std::int64_t id, std::int64_t session) {
    model::Offer row;
    row.id = model::OfferId(id);
    row.instance = kInstance;
    row.session = model::SessionId(session);
    row.group = model::GroupId(number());
    row.agent = model::AgentId(number());
    row.at = base::fromUnixMillis(number());
    row.expiresAt = base::fromUnixMillis(number());
    row.outcome = any<model::OfferOutcome>(7);
    row.decidedAt = base::fromUnixMillis(number());
    row.rule = any<model::OfferRule>(5);
    row.candidatesTotal = static_cast<int>(m_random.below(1000));
    for (std::uint64_t n = m_random.below(5); n > 0; --n)
        row.candidates.push_back({model::AgentId(number()), static_cast<int>(m_random.below(9)), number(),
                                  static_cast<int>(m_random.below(9)), any<model::SkipReason>(13), coin()});
    return row;
}

model::EventDetail Rows::detail() {
    const model::GroupId group(number());
    const model::OfferId offer(number());
    switch (m_random.below(10)) {
    case 1:
        return model::QueuedDetail{group, static_cast<int>(m_random.below(50))};
    case 2:
        return model::OfferedDetail{offer, group};
    case 3:
        return model::OfferClosedDetail{offer, any<model::OfferOutcome>(7)};
    case 4:
        return model::AssignedDetail{group};
    case 5:
        return model::ReturnedDetail{group, any<model::ReturnReason>(10)};
    case 6:
        return model::EndedDetail{any<model::EndReason>(12)};
    case 7:
        return model::StatusDetail{any<model::AgentStatus>(5), any<model::AgentStatus>(5), coin(),
                                   any<model::StatusReason>(8)};
    case 8:
        return model::AuditDetail{text(20), text(20), text(200), text(200)};
    case 9:
        return model::TransferFailedDetail{model::AgentId(number()), group, any<model::ReturnReason>(10)};
    default:
        return std::monostate{};
    }
}

model::Event Rows::event(std::int64_t seq, std::int64_t session) {
    if (coin()) {
        model::Event row = message(seq, session, text(300), any<model::Side>(4));
        row.agent = model::AgentId(number());
        row.message.agent = model::AgentId(number());
        row.message.kind = any<model::MessageKind>(4);
        row.message.attachment = model::AttachmentId(number());
        return row;
    }
    model::Event row;
    row.instance = kInstance;
    row.seq = seq;
    row.at = moment(seq);
    row.kind = static_cast<model::EventKind>(1 + m_random.below(11));
    row.session = model::SessionId(coin() ? session : 0);
    row.agent = model::AgentId(number());
    row.detail = detail();
    return row;
}

} // namespace cb::test
