#include "server/store/writer.h"

#include "server/store/database_p.h"
#include "server/store/tables_p.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace cb::store {

namespace {

/// So that the first of a long group is not told too late.
constexpr std::size_t kMaxGroup = 4'096;

/// Without work for this long, the memory of SQLite's cache goes back.
constexpr std::chrono::seconds kQuiet{10};

struct Item {
    std::uint64_t epoch = 0;
    Batch batch;
    Writer::Job job; ///< empty: the batch counts
    Writer::Done done;
    base::Result<void> outcome;
    bool skipped = false; ///< builds on a batch that failed

    bool removes() const {
        return !batch.removedGroups.empty() || !batch.removedQuickReplies.empty() || !batch.removedCustomers.empty();
    }
};

using Group = std::vector<Item>;

base::Error unavailable(std::string_view detail) {
    return base::retry("storage_unavailable", detail);
}

/// Undoes what a job did, when it failed. Throws when the storage does not take it.
void runJob(Tables::Impl& impl, Item& item) {
    impl.connection.run("SAVEPOINT job");
    Tables tables(impl);
    try {
        item.outcome = item.job(tables);
    } catch (const std::exception& error) {
        item.outcome = base::fatal("internal", error.what());
    }
    if (impl.storageError)
        throw Failure(*impl.storageError);
    if (!item.outcome)
        impl.connection.run("ROLLBACK TO SAVEPOINT job");
    impl.connection.run("RELEASE SAVEPOINT job");
}

/// Everything of a group, in order, within an open transaction.
void applyGroup(Tables::Impl& impl, Group& group) {
    std::vector<const Batch*> run;
    const auto flush = [&] {
        impl.apply(run);
        run.clear();
    };
    for (Item& item : group) {
        if (item.skipped)
            continue;
        if (item.job) {
            flush();
            runJob(impl, item);
            continue;
        }
        if (item.removes())
            flush();
        run.push_back(&item.batch);
        if (item.removes())
            flush();
    }
    flush();
}

bool writes(const Group& group) {
    return std::any_of(group.begin(), group.end(),
                       [](const Item& item) { return !item.skipped && (item.job || !item.batch.empty()); });
}

} // namespace

struct Writer::Impl {
    Impl(Database::Impl& database, std::size_t capacity, Observer observer)
        : m_options(database.options)
        , m_capacity(capacity)
        , m_observer(std::move(observer))
        , m_thread([this] { loop(); }) {}
    ~Impl();

    bool submit(Item item);
    void flush();
    Stats stats() const;

    std::function<void()> onMails;

private:
    void loop();
    Group nextGroup();
    void process(Group& group);
    void skipDoomed(Group& group);
    void commit(Group& group);
    void fail(Group& group, const base::Error& error);
    void checkpoint();
    void releaseCache();

    const DatabaseOptions m_options;
    const std::size_t m_capacity;
    const Observer m_observer;

    mutable std::mutex m_mutex;
    std::condition_variable m_work;
    std::condition_variable m_finished;
    std::deque<Item> m_queue;
    std::uint64_t m_submitted = 0;
    std::uint64_t m_completed = 0;
    bool m_stop = false;

    std::atomic<std::uint64_t> m_commits = 0;
    std::atomic<std::uint64_t> m_failedCommits = 0;
    std::atomic<std::uint64_t> m_rows = 0;

    // Of the thread alone.
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Tables::Impl> m_tables; ///< dies before the connection
    std::optional<std::uint64_t> m_failedEpoch;
    std::atomic<int> m_logPages = 0;
    bool m_cacheInUse = false; ///< something was written since the cache was last given back

    std::thread m_thread; ///< last: everything else is there when it starts
};

Writer::Impl::~Impl() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_work.notify_all();
    m_thread.join();
    m_tables.reset();
}

bool Writer::Impl::submit(Item item) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_stop || m_queue.size() >= m_capacity)
            return false;
        m_queue.push_back(std::move(item));
        ++m_submitted;
    }
    m_work.notify_one();
    return true;
}

void Writer::Impl::flush() {
    std::unique_lock lock(m_mutex);
    const std::uint64_t goal = m_submitted;
    m_finished.wait(lock, [&] { return m_completed >= goal; });
}

Writer::Stats Writer::Impl::stats() const {
    return {m_commits.load(), m_failedCommits.load(), m_rows.load()};
}

Group Writer::Impl::nextGroup() {
    std::unique_lock lock(m_mutex);
    const auto due = [this] { return m_stop || !m_queue.empty(); };
    if (m_cacheInUse && !m_work.wait_for(lock, kQuiet, due)) {
        lock.unlock();
        releaseCache();
        lock.lock();
    }
    m_work.wait(lock, due);
    Group group;
    group.reserve(std::min(m_queue.size(), kMaxGroup));
    while (!m_queue.empty() && group.size() < kMaxGroup) {
        group.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    return group;
}

void Writer::Impl::releaseCache() {
    if (m_connection && m_connection->engine() == Engine::Sqlite)
        sqlite_api::sqlite3_db_release_memory(m_connection->raw());
    m_cacheInUse = false;
}

void Writer::Impl::loop() {
    for (;;) {
        Group group = nextGroup();
        if (group.empty())
            return;
        process(group);
        const std::size_t count = group.size();
        group.clear(); // what the callbacks hold is gone before flush() returns
        {
            const std::lock_guard lock(m_mutex);
            m_completed += count;
        }
        m_finished.notify_all();
        checkpoint();
    }
}

void Writer::Impl::process(Group& group) {
    skipDoomed(group);
    if (writes(group))
        commit(group);
    for (Item& item : group)
        if (item.done)
            item.done(item.outcome);
}

void Writer::Impl::skipDoomed(Group& group) {
    for (Item& item : group) {
        item.skipped = !item.job && m_failedEpoch && item.epoch <= *m_failedEpoch;
        if (item.skipped)
            item.outcome = unavailable("builds on a state that was never stored");
    }
}

void Writer::Impl::commit(Group& group) {
    if (!m_connection) {
        auto opened = connect(m_options, Connection::Use::Write);
        if (!opened)
            return fail(group, opened.error());
        m_connection = std::move(*opened);
        m_tables = std::make_unique<Tables::Impl>(*m_connection);
        if (m_connection->engine() == Engine::Sqlite)
            sqlite_api::sqlite3_wal_hook(
                m_connection->raw(),
                [](void* pages, sqlite_api::sqlite3*, const char*, int count) {
                    *static_cast<std::atomic<int>*>(pages) = count;
                    return SQLITE_OK;
                },
                &m_logPages);
    }
    const auto begin = std::chrono::steady_clock::now();
    const std::uint64_t before = m_tables->rows;
    auto done = guarded(*m_connection, [&] {
        m_connection->beginWrite();
        applyGroup(*m_tables, group);
        m_connection->commit();
    });
    if (!done)
        return fail(group, done.error());
    if (m_observer)
        m_observer(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin));
    m_rows += m_tables->rows - before;
    ++m_commits;
    m_cacheInUse = true;
    if (std::exchange(m_tables->mailsDue, false) && onMails)
        onMails();
}

/// Nothing of the group was kept. The connection goes too: the next group gets a new one, so that whatever was wrong
/// with this one (a broken socket, a statement in an odd state) ends here.
void Writer::Impl::fail(Group& group, const base::Error& error) {
    ++m_failedCommits;
    if (m_connection)
        m_connection->rollback();
    m_tables.reset();
    m_connection.reset();
    for (Item& item : group) {
        item.outcome = unavailable(error.code + ": " + error.detail);
        if (!item.job && !item.skipped)
            m_failedEpoch = std::max(m_failedEpoch.value_or(0), item.epoch);
    }
}

/// Nobody waits for this: callbacks are done. Its failure loses nothing; the log is kept and it is tried again.
void Writer::Impl::checkpoint() {
    if (!m_connection || m_logPages < m_options.checkpointPages)
        return;
    int left = 0;
    int copied = 0;
    sqlite_api::sqlite3_wal_checkpoint_v2(m_connection->raw(), "main", SQLITE_CHECKPOINT_PASSIVE, &left, &copied);
    m_logPages = 0;
}

Writer::Writer(Database& database, std::size_t capacity, Observer observer)
    : m_impl(std::make_unique<Impl>(database.impl(), capacity, std::move(observer))) {}

Writer::~Writer() = default;

bool Writer::submit(std::uint64_t epoch, Batch batch, Done done) {
    Item item;
    item.epoch = epoch;
    item.batch = std::move(batch);
    item.done = std::move(done);
    return m_impl->submit(std::move(item));
}

bool Writer::submit(Job job, Done done) {
    Item item;
    item.job = std::move(job);
    item.done = std::move(done);
    return m_impl->submit(std::move(item));
}

void Writer::flush() {
    m_impl->flush();
}

void Writer::onMails(std::function<void()> told) {
    m_impl->onMails = std::move(told);
}

Writer::Stats Writer::stats() const {
    return m_impl->stats();
}

} // namespace cb::store
