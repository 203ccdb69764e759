#include "server/hub/store_backend.h"

#include "server/desk/desk.h"
#include "server/store/database.h"
#include "shared/base/worker_pool.h"

#include <algorithm>

namespace cb::hub {

namespace {

/// Of text in one replay: with escapes and fields it stays well inside a connection's queue, which would close it.
constexpr std::size_t kReplayBytes = 1024 * 1024;

} // namespace

StoreBackend::StoreBackend(net::Loop& loop, base::WorkerPool& workers, store::Database& database,
                           auth::Accounts& accounts, const base::Clock& clock, OriginRule allowed,
                           std::size_t replayLimit)
    : m_loop(loop)
    , m_workers(workers)
    , m_database(database)
    , m_accounts(accounts)
    , m_clock(clock)
    , m_allowed(std::move(allowed))
    , m_replayLimit(replayLimit) {}

template <class T>
void StoreBackend::run(std::function<base::Result<T>()> work, Then<T> then) {
    // `then` may be needed after the pool refused the work, so both share it.
    auto shared = std::make_shared<Then<T>>(std::move(then));
    const bool taken = m_workers.post([this, work = std::move(work), shared] {
        auto result = std::make_shared<base::Result<T>>(work()); // std::function copies what it holds
        m_loop.post([shared, result] { (*shared)(std::move(*result)); });
    });
    if (!taken)
        m_loop.post([shared] { (*shared)(base::retry("overloaded", "look-ups")); });
}

bool StoreBackend::command(desk::Command command) {
    return m_desk->post(std::move(command));
}

void StoreBackend::checkToken(std::string token, Then<auth::Principal> then) {
    run<auth::Principal>(
        [this, token = std::move(token)]() -> base::Result<auth::Principal> {
            auto principal = m_accounts.check(token);
            // An instance made by another process is unknown to the desk until somebody of it comes.
            if (principal)
                (void)m_desk->post(desk::LoadInstance{principal->instance});
            return principal;
        },
        std::move(then));
}

void StoreBackend::checkHash(std::string tokenHash, Then<auth::Principal> then) {
    run<auth::Principal>([this, hash = std::move(tokenHash)] { return m_accounts.checkHash(hash); }, std::move(then));
}

base::Result<VisitorAdmission> StoreBackend::admission(const VisitorQuestion& question) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto channel = reader->directory().channelByKey(question.channelKey);
    if (!channel)
        return channel.error();
    if (!*channel)
        return base::rejected("channel_unknown");
    if (!m_allowed(question.origin, (*channel)->domain))
        return base::rejected("origin_not_allowed");
    VisitorAdmission out{**channel, std::nullopt, {}};
    auto customer = reader->customers().byExternalId(out.channel.id, question.tokenHash);
    if (!customer)
        return customer.error();
    out.customer = *customer;
    if (!out.customer)
        return out;
    auto page = reader->events().messagesOfCustomer(out.customer->id, {0, 0, 100, false});
    if (!page)
        return page.error();
    for (const auto& message : page->messages)
        if (message.side == model::Side::Customer)
            out.recent.push_back({message.session, message.uuid, message.seq, message.at});
    return out;
}

void StoreBackend::admit(VisitorQuestion question, Then<VisitorAdmission> then) {
    run<VisitorAdmission>(
        [this, question = std::move(question)] {
            auto result = admission(question);
            if (result)
                (void)m_desk->post(desk::LoadInstance{result->channel.instance});
            return result;
        },
        std::move(then));
}

namespace {

base::Result<std::vector<model::Message>> missedBy(store::Events& events, const ReplayQuestion& question,
                                                   std::size_t limit) {
    auto page = events.messagesOfCustomer(question.customer, {0, question.after, limit, question.notes});
    if (!page)
        return page.error();
    // A page is shorter than the limit asks for: what it lacks counts as too much.
    if (page->more)
        page->messages.resize(limit);
    else
        std::erase_if(page->messages, [&](const auto& message) { return message.seq > question.upTo; });
    return std::move(page->messages);
}

} // namespace

base::Result<Replay> StoreBackend::missed(const ReplayQuestion& question) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto events = reader->events();
    auto removed = events.removedUpTo(question.instance);
    if (!removed)
        return removed.error();
    if (question.after < *removed)
        return Replay{};
    auto messages = question.customer ? missedBy(events, question, m_replayLimit + 1)
                                      : events.messagesSince(question.sessions, question.after, question.upTo,
                                                             m_replayLimit + 1, question.notes);
    if (!messages)
        return messages.error();
    std::size_t bytes = 0;
    for (const auto& message : *messages)
        bytes += message.text.size();
    if (messages->size() > m_replayLimit || bytes > kReplayBytes)
        return Replay{};
    std::vector<model::AttachmentId> ids;
    for (const auto& message : *messages)
        if (message.attachment)
            ids.push_back(message.attachment);
    auto attachments = reader->attachments().byIds(ids);
    if (!attachments)
        return attachments.error();
    base::Result<std::vector<model::Agent>> authors = std::vector<model::Agent>{};
    if (question.notes) // an agent asks
        authors = reader->directory().authorsOf(*messages);
    if (!authors)
        return authors.error();
    Replay replay{true, {}};
    for (auto& message : *messages) {
        const auto it = std::find_if(attachments->begin(), attachments->end(),
                                     [&](const auto& row) { return row.id == message.attachment; });
        const auto author =
            std::find_if(authors->begin(), authors->end(), [&](const auto& row) { return row.id == message.agent; });
        wire::MessageView view{std::move(message), std::nullopt};
        if (author != authors->end()) {
            view.agentName = author->name;
            view.agentStaffNo = author->staffNo;
        }
        if (it != attachments->end())
            view.attachment = *it;
        replay.messages.push_back(std::move(view));
    }
    return replay;
}

void StoreBackend::replay(ReplayQuestion question, Then<Replay> then) {
    run<Replay>([this, question = std::move(question)] { return missed(question); }, std::move(then));
}

void StoreBackend::sent(model::CustomerId customer, base::Uuid uuid, Then<std::optional<model::Message>> then) {
    run<std::optional<model::Message>>(
        [this, customer, uuid]() -> base::Result<std::optional<model::Message>> {
            auto reader = m_database.reader();
            return reader ? reader->events().messageOfCustomer(customer, uuid) : reader.error();
        },
        std::move(then));
}

void StoreBackend::attachment(model::AttachmentId id, Then<std::optional<model::Attachment>> then) {
    run<std::optional<model::Attachment>>(
        [this, id]() -> base::Result<std::optional<model::Attachment>> {
            auto reader = m_database.reader();
            return reader ? reader->attachments().byId(id) : reader.error();
        },
        std::move(then));
}

void StoreBackend::customer(model::CustomerId id, Then<std::optional<model::Customer>> then) {
    run<std::optional<model::Customer>>(
        [this, id]() -> base::Result<std::optional<model::Customer>> {
            auto reader = m_database.reader();
            return reader ? reader->customers().byId(id) : reader.error();
        },
        std::move(then));
}

base::Result<Configuration> StoreBackend::configurationOf(model::InstanceId instance) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto groups = reader->directory().groups(instance);
    auto agents = reader->directory().agents(instance);
    if (!groups || !agents)
        return groups ? agents.error() : groups.error();
    std::erase_if(*agents, [](const auto& agent) { return agent.deleted; });
    return Configuration{std::move(*groups), std::move(*agents)};
}

void StoreBackend::configuration(model::InstanceId instance, Then<Configuration> then) {
    run<Configuration>([this, instance] { return configurationOf(instance); }, std::move(then));
}

} // namespace cb::hub
