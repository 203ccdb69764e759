#include "tests/server/desk/floor_harness.h"

#include <algorithm>

namespace cb::test {

namespace {

flow::Transfer transferTo(model::GroupId group, const std::string& successText) {
    flow::Transfer transfer;
    transfer.group = flow::GroupId{group.value};
    transfer.queueText = "${WaitNo} before you";
    transfer.failureText = "Nobody is there";
    transfer.successText = successText;
    transfer.longestWait = base::Seconds{300};
    return transfer;
}

flow::End ending() {
    flow::End end;
    end.silence = base::Seconds{60};
    end.silenceText = "Still there?";
    end.agentEndedText = "Goodbye";
    return end;
}

model::Agent agentRow(model::AgentId id, const std::string& name, std::vector<model::GroupId> groups) {
    model::Agent agent;
    agent.id = id;
    agent.instance = kInstance;
    agent.name = name;
    agent.email = name + "@example.com";
    agent.staffNo = "000" + std::to_string(id.value);
    agent.groups = std::move(groups);
    return agent;
}

model::Channel channelRow(model::ChannelId id, model::FlowId flow) {
    model::Channel channel;
    channel.id = id;
    channel.instance = kInstance;
    channel.name = "Channel " + std::to_string(id.value);
    channel.key = "key" + std::to_string(id.value);
    channel.domain = "*";
    channel.flow = flow;
    return channel;
}

model::Group groupRow(model::GroupId id, const std::string& name, int limit) {
    return {id, kInstance, model::Mode::Chat, name, limit};
}

} // namespace

flow::Graph salesGraph(const std::string& successText) {
    using flow::NodeId;
    flow::Graph graph;
    graph.nodes = {{NodeId{1}, "", {}, flow::Start{}},
                   {NodeId{2}, "Sales", {}, transferTo(kSales, successText)},
                   {NodeId{3}, "End", {}, ending()}};
    graph.edges = {{NodeId{1}, "next", NodeId{2}}, {NodeId{2}, "served", NodeId{3}}};
    return graph;
}

flow::Graph menuGraph() {
    using flow::NodeId;
    flow::Graph graph;
    flow::Branch branch;
    branch.prompt = "1 sales, 2 support";
    branch.wrongText = "Please choose";
    branch.options = {{"sales", {"1", "sales"}}, {"support", {"2"}}};
    graph.nodes = {{NodeId{1}, "", {}, flow::Start{}},
                   {NodeId{2}, "Welcome", {}, flow::Message{"Welcome"}},
                   {NodeId{3}, "Menu", {}, branch},
                   {NodeId{4}, "Sales", {}, transferTo(kSales, "${StaffNo} is here")},
                   {NodeId{5}, "Support", {}, transferTo(kSupport, "${StaffNo} is here")},
                   {NodeId{6}, "Thanks", {}, flow::Message{"Thank you"}},
                   {NodeId{7}, "End", {}, ending()}};
    graph.edges = {{NodeId{1}, "next", NodeId{2}},   {NodeId{2}, "next", NodeId{3}},
                   {NodeId{3}, "sales", NodeId{4}},  {NodeId{3}, "support", NodeId{5}},
                   {NodeId{4}, "served", NodeId{6}}, {NodeId{5}, "served", NodeId{6}},
                   {NodeId{6}, "next", NodeId{7}},   {NodeId{5}, "failed", NodeId{3}}};
    return graph;
}

store::FlowRow flowRow(model::FlowId id, int version, const flow::Graph& graph) {
    store::FlowRow row;
    row.flow = id;
    row.instance = kInstance;
    row.name = "Flow " + std::to_string(id.value);
    row.version = version;
    row.published = true;
    row.json = flow::toJson(graph);
    return row;
}

desk::Recovered sampleInstance() {
    desk::Recovered sample;
    sample.instance.id = kInstance;
    sample.instance.name = "Shop";
    sample.groups = {groupRow(kSales, "Sales", 2), groupRow(kSupport, "Support", 1)};
    sample.agents = {agentRow(kAnn, "Ann", {kSales}), agentRow(kBen, "Ben", {kSales, kSupport}),
                     agentRow(kCid, "Cid", {kSupport})};
    sample.agents[2].role = model::Role::Admin;
    sample.channels = {channelRow(kShop, kToSales), channelRow(kHelp, kMenu), channelRow(kNoFlow, {})};
    sample.versions = {flowRow(kToSales, 1, salesGraph()), flowRow(kMenu, 1, menuGraph())};
    sample.flows = sample.versions;
    for (store::FlowRow& row : sample.flows)
        row.json.clear();
    return sample;
}

base::Uuid uuidOf(std::uint64_t number) {
    return base::uuidFrom(number, ~number);
}

std::vector<std::string> Outcome::textsTo(model::CustomerId customer) const {
    std::vector<std::string> texts;
    for (const auto& told : all<desk::VisitorEvent>())
        if (told.customer == customer && told.event->kind == model::EventKind::Message)
            texts.push_back(told.event->message.text);
    return texts;
}

std::vector<model::EventKind> Outcome::eventsTo(model::AgentId agent) const {
    std::vector<model::EventKind> kinds;
    for (const auto& told : all<desk::AgentEvent>())
        if (told.agent == agent)
            kinds.push_back(told.event->kind);
    return kinds;
}

std::vector<model::EventKind> Outcome::eventsTo(model::CustomerId customer) const {
    std::vector<model::EventKind> kinds;
    for (const auto& told : all<desk::VisitorEvent>())
        if (told.customer == customer)
            kinds.push_back(told.event->kind);
    return kinds;
}

FloorHarness::FloorHarness(desk::Recovered recovered, Disk disk)
    : m_disk(std::move(disk)) {
    restart(std::move(recovered));
}

void FloorHarness::restart(desk::Recovered recovered) {
    m_floor.reset();
    desk::FloorOptions options;
    options.seed = ++m_seed; // a second life must not name its messages like the first
    m_floor = std::make_unique<desk::Floor>(flows, ids, options);
    desk::Turn turn;
    turn.now = now;
    m_floor->open(std::move(recovered), turn);
    Outcome outcome;
    take(turn, outcome);
}

void FloorHarness::take(desk::Turn& turn, Outcome& outcome) {
    m_floor->finish(turn);
    if (m_disk && !turn.batch.empty())
        m_disk(turn.batch);
    events.insert(events.end(), turn.batch.events.begin(), turn.batch.events.end());
    for (const model::Session& row : turn.batch.sessions) {
        const auto same = [&](const model::Session& other) { return other.id == row.id; };
        const auto found = std::find_if(m_written.begin(), m_written.end(), same);
        if (found == m_written.end())
            m_written.push_back(row);
        else
            *found = row;
    }
    std::move(turn.durable.begin(), turn.durable.end(), std::back_inserter(outcome.durable));
    std::move(turn.transient.begin(), turn.transient.end(), std::back_inserter(outcome.transient));
    for (auto& answer : turn.answers)
        answer({});
    outcome.batch.append(std::move(turn.batch));
}

Outcome FloorHarness::run(desk::Command command) {
    Outcome outcome;
    desk::Turn turn;
    turn.now = now;
    m_floor->advance(turn);
    m_floor->handle(std::move(command), turn);
    take(turn, outcome);
    return outcome;
}

Outcome FloorHarness::pass(base::Millis time) {
    Outcome outcome;
    const base::TimePoint until = now + time;
    for (;;) {
        const auto next = m_floor->nextDeadline();
        if (!next || *next > until)
            break;
        now = std::max(now, *next);
        desk::Turn turn;
        turn.now = now;
        m_floor->advance(turn);
        take(turn, outcome);
    }
    now = until;
    return outcome;
}

Outcome FloorHarness::visit(int visitor, model::ChannelId channel, bool withStart) {
    desk::VisitorAttach attach;
    attach.origin = visitorAt(visitor);
    attach.instance = kInstance;
    attach.channel = channel;
    attach.tokenHash = "token of visitor " + std::to_string(visitor);
    Outcome outcome = run(attach);
    return withStart ? start(visitor) : outcome;
}

Outcome FloorHarness::start(int visitor) {
    return run(desk::VisitorStart{visitorAt(visitor)});
}

Outcome FloorHarness::say(int visitor, const std::string& text, std::uint64_t uuid) {
    desk::VisitorSend send;
    send.origin = visitorAt(visitor);
    send.uuid = uuidOf(uuid != 0 ? uuid : m_nextUuid++);
    send.text = text;
    return run(send);
}

Outcome FloorHarness::leave(int visitor) {
    return run(desk::VisitorLeave{visitorAt(visitor)});
}

Outcome FloorHarness::close(int visitor) {
    return run(desk::VisitorDetach{visitorAt(visitor).connection});
}

Outcome FloorHarness::attach(model::AgentId agent, bool takeover, desk::ConnectionId connection) {
    desk::AgentAttach attach;
    attach.origin = agentAt(agent);
    if (connection != 0)
        attach.origin.connection = connection;
    attach.instance = kInstance;
    attach.agent = agent;
    attach.takeover = takeover;
    attach.device = "desk";
    return run(attach);
}

Outcome FloorHarness::online(model::AgentId agent) {
    attach(agent);
    return status(agent, model::AgentStatus::Idle);
}

Outcome FloorHarness::status(model::AgentId agent, model::AgentStatus status) {
    return run(desk::SetStatus{agentAt(agent), status});
}

Outcome FloorHarness::answer(model::AgentId agent) {
    return run(desk::AnswerOffer{agentAt(agent), ringing(agent)});
}

Outcome FloorHarness::decline(model::AgentId agent) {
    return run(desk::DeclineOffer{agentAt(agent), ringing(agent)});
}

Outcome FloorHarness::write(model::AgentId agent, model::SessionId session, const std::string& text,
                            std::uint64_t uuid) {
    desk::AgentSend send;
    send.origin = agentAt(agent);
    send.session = session;
    send.uuid = uuidOf(uuid != 0 ? uuid : m_nextUuid++);
    send.text = text;
    return run(send);
}

Outcome FloorHarness::end(model::AgentId agent, model::SessionId session) {
    return run(desk::EndSession{agentAt(agent), session});
}

Outcome FloorHarness::complete(model::AgentId agent, model::SessionId session) {
    return run(desk::CompleteSession{agentAt(agent), session, {"sale", "bought one"}});
}

Outcome FloorHarness::disconnect(model::AgentId agent) {
    return run(desk::AgentDetach{agentAt(agent).connection});
}

Outcome FloorHarness::change(store::Batch rows, base::Result<void>* result) {
    for (const store::FlowRow& row : rows.flows)
        if (row.version > 0)
            (void)flows.prepare(row);
    desk::ChangeConfig change;
    change.instance = kInstance;
    change.by = kCid;
    change.rows = std::move(rows);
    change.action = "test.change";
    change.target = "something";
    change.done = [result](base::Result<void> outcome) {
        if (result != nullptr)
            *result = std::move(outcome);
    };
    return run(std::move(change));
}

model::OfferId FloorHarness::ringing(model::AgentId agent) const {
    for (const model::Offer& offer : centre().image().ringing)
        if (offer.agent == agent)
            return offer.id;
    return {};
}

std::optional<model::Session> FloorHarness::session(model::SessionId id) const {
    for (const model::Session& row : centre().image().sessions)
        if (row.id == id)
            return row;
    return std::nullopt;
}

std::optional<model::SessionId> FloorHarness::openOf(int visitor) const {
    const desk::Recovered image = centre().image();
    for (const model::Session& row : image.sessions)
        for (const model::Customer& customer : image.customers)
            if (!isEnded(row.state) && customer.id == row.customer &&
                customer.externalId == "token of visitor " + std::to_string(visitor))
                return row.id;
    return std::nullopt;
}

std::optional<model::Session> FloorHarness::stored(model::SessionId id) const {
    for (const model::Session& row : m_written)
        if (row.id == id)
            return row;
    return std::nullopt;
}

std::string FloorHarness::problems() const {
    std::string text;
    for (const std::string& problem : centre().inconsistencies())
        text += problem + "; ";
    return text;
}

} // namespace cb::test
