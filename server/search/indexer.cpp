#include "server/search/indexer.h"

#include "server/search/terms.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <unordered_map>

namespace cb::search {

namespace {

constexpr std::size_t kRenamed = 50;          ///< customers in one step
constexpr std::size_t kNamedSessions = 1'000; ///< of one customer, newest first, get a new name

/// What is known of a session beside its messages.
void addFacts(const Terms& make, const store::SearchFacts& facts, std::vector<store::SearchTerm>& terms) {
    make.addText(Terms::Field::Text, facts.customerName, terms);
    make.addText(Terms::Field::Name, facts.customerName, terms);
    if (facts.agent)
        terms.push_back(make.agent(facts.agent));
    if (facts.lastAgent)
        terms.push_back(make.agent(facts.lastAgent));
    if (facts.group)
        terms.push_back(make.group(facts.group));
}

/// One document per session that something happened in.
base::Result<void> addLines(store::Reader& reader, const Terms& make, const std::vector<store::SearchLine>& lines,
                            store::SearchBatch& batch) {
    std::unordered_map<model::SessionId, std::vector<store::SearchTerm>> found;
    for (const auto& line : lines)
        make.addText(Terms::Field::Text, line.text, found[line.session]);
    std::vector<model::SessionId> ids;
    ids.reserve(found.size());
    for (const auto& [id, terms] : found)
        ids.push_back(id);
    auto facts = reader.events().facts(ids);
    if (!facts)
        return facts.error();
    for (const auto& row : *facts)
        addFacts(make, row, found[row.session]);
    for (auto& [id, terms] : found) {
        makeUnique(terms);
        batch.documents.push_back({id, std::move(terms)});
    }
    return {};
}

} // namespace

Indexer::Indexer(store::Database& database, store::Writer& writer, store::SearchIndex& index, Options options)
    : m_database(database)
    , m_writer(writer)
    , m_index(index)
    , m_options(options) {}

Indexer::Indexer(store::Database& database, store::Writer& writer, store::SearchIndex& index)
    : Indexer(database, writer, index, Options{}) {}

Indexer::~Indexer() {
    stop();
}

void Indexer::start() {
    m_thread = std::thread([this] { run(); });
}

void Indexer::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void Indexer::run() {
    std::string told; // the same trouble is told once
    for (;;) {
        auto more = step();
        if (!more && more.error().code != told)
            spdlog::warn("event=indexing_failed code={} detail=\"{}\"", more.error().code, more.error().detail);
        told = more ? std::string() : more.error().code;
        std::unique_lock lock(m_mutex);
        const auto pause = more && *more ? base::Millis(0) : m_options.pause;
        if (m_wake.wait_for(lock, pause, [this] { return m_stop; }))
            return;
    }
}

base::Result<bool> Indexer::step() {
    auto events = addEvents();
    if (!events)
        return events;
    auto names = addNames();
    if (!names)
        return names;
    return *events || *names;
}

base::Result<bool> Indexer::addEvents() {
    auto positions = m_index.positions();
    if (!positions)
        return positions.error();
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto heads = reader->events().heads();
    if (!heads)
        return heads.error();
    store::SearchBatch batch;
    std::int64_t behind = 0;
    for (const auto& head : *heads) {
        const model::Seq position = (*positions)[head.instance];
        if (position > head.newest) { // an older state of the database was put back: it will go another way
            spdlog::info("event=search_rebuilt instance={} position={} newest={}", head.instance.value, position,
                         head.newest);
            auto cleared = m_index.clear();
            return cleared ? base::Result<bool>(true) : base::Result<bool>(cleared.error());
        }
        if (position == head.newest)
            continue;
        behind += head.newest - position;
        if (batch.documents.size() >= m_options.events)
            continue;
        auto lines = reader->events().lines(head.instance, position, m_options.events);
        if (!lines)
            return lines.error();
        if (lines->end == 0)
            continue;
        const Terms make(m_index.key(), head.instance);
        if (auto added = addLines(*reader, make, lines->lines, batch); !added)
            return added.error();
        batch.positions[head.instance] = lines->end;
    }
    m_behind = behind;
    if (batch.positions.empty())
        return false;
    auto added = m_index.add(batch);
    return added ? base::Result<bool>(true) : base::Result<bool>(added.error());
}

base::Result<bool> Indexer::addNames() {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto customers = reader->customers().renamed(kRenamed);
    if (!customers)
        return customers.error();
    for (const auto& customer : *customers) {
        auto sessions = reader->sessions().ofCustomer(customer.id, {}, kNamedSessions);
        if (!sessions)
            return sessions.error();
        const Terms make(m_index.key(), customer.instance);
        std::vector<store::SearchTerm> terms;
        make.addText(Terms::Field::Text, customer.name, terms);
        make.addText(Terms::Field::Name, customer.name, terms);
        makeUnique(terms);
        store::SearchBatch batch;
        for (const auto& session : *sessions)
            batch.documents.push_back({session.id, terms});
        if (auto added = m_index.add(batch); !added)
            return added.error();
        auto noted = store::runJob(
            m_writer, [&](store::Tables& tables) { return tables.nameIndexed(customer.id, customer.name); });
        if (!noted)
            return noted.error();
    }
    return customers->size() == kRenamed;
}

base::Result<std::vector<store::SearchDocument>> Indexer::documentsOf(model::CustomerId customer) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto row = reader->customers().byId(customer);
    if (!row)
        return row.error();
    std::vector<store::SearchDocument> documents;
    if (!*row)
        return documents;
    auto sessions = reader->sessions().ofCustomer(customer, {}, kForgotten);
    if (!sessions)
        return sessions.error();
    const Terms make(m_index.key(), (*row)->instance);
    for (const auto& session : *sessions) {
        auto texts = reader->events().texts(session.id, kIndexedMessages);
        if (!texts)
            return texts.error();
        store::SearchDocument document{session.id, {}};
        for (const auto& text : *texts)
            make.addText(Terms::Field::Text, text, document.terms);
        make.addText(Terms::Field::Text, (*row)->name, document.terms);
        make.addText(Terms::Field::Name, (*row)->name, document.terms);
        makeUnique(document.terms);
        documents.push_back(std::move(document));
    }
    return documents;
}

} // namespace cb::search
