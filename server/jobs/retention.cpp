#include "server/jobs/retention.h"

#include "server/desk/ask.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

namespace cb::jobs {

namespace {

constexpr std::size_t kLookedAt = 200; ///< sessions or customers looked at in one snapshot

base::Error cancelled() {
    return base::rejected("cancelled");
}

} // namespace

Retention::Retention(store::Database& database, store::Writer& writer, store::SearchIndex& index,
                     media::AttachmentStore& attachments, Erasure& erasure, const base::Clock& clock, ToDesk toDesk,
                     Options options)
    : m_database(database)
    , m_writer(writer)
    , m_index(index)
    , m_attachments(attachments)
    , m_erasure(erasure)
    , m_clock(clock)
    , m_toDesk(std::move(toDesk))
    , m_options(options) {}

Retention::~Retention() {
    stop();
}

void Retention::start() {
    m_thread = std::thread([this] { run(); });
}

void Retention::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool Retention::sleep(base::Millis time) {
    std::unique_lock lock(m_mutex);
    return !m_wake.wait_for(lock, time, [this] { return m_stop; });
}

void Retention::run() {
    // Somebody was promised it: not a matter of minutes.
    if (auto finished = m_erasure.finishAll(); !finished)
        spdlog::warn("event=erasure_failed code={}", finished.error().code);
    for (base::Millis wait = m_options.first; sleep(wait); wait = m_options.every) {
        if (auto finished = m_erasure.finishAll(); !finished)
            spdlog::warn("event=erasure_failed code={}", finished.error().code);
        const auto removed = round();
        if (!removed && removed.error().code != "cancelled")
            spdlog::warn("event=retention_failed code={} detail=\"{}\"", removed.error().code, removed.error().detail);
        else if (removed && removed->sessions + removed->events + removed->customers > 0)
            spdlog::info("event=retention sessions={} events={} customers={} files={}", removed->sessions,
                         removed->events, removed->customers, removed->files);
    }
}

base::TimePoint Retention::cutOff(const model::Instance& instance) const {
    return m_clock.now() - std::chrono::hours(24) * std::max(1, instance.settings.retentionDays);
}

base::Result<void> Retention::step(const store::Writer::Job& job) {
    const auto begin = std::chrono::steady_clock::now();
    auto done = store::runJob(m_writer, job);
    if (!done)
        return done;
    const auto took = std::chrono::duration_cast<base::Millis>(std::chrono::steady_clock::now() - begin);
    return sleep(std::max(m_options.pause, took * 4)) ? base::Result<void>() : base::Result<void>(cancelled());
}

base::Result<Retention::Removed> Retention::round() {
    std::vector<model::Instance> instances;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto rows = reader->directory().instances();
        if (!rows)
            return rows.error();
        instances = std::move(*rows);
    }
    Removed removed;
    for (const auto& instance : instances) {
        auto done = removeSessions(instance, removed);
        if (done)
            done = removeEvents(instance, removed);
        if (done)
            continue;
        if (done.error().code == "cancelled")
            return done.error();
        spdlog::warn("event=retention_failed instance={} code={} detail=\"{}\"", instance.id.value, done.error().code,
                     done.error().detail);
    }
    if (auto done = removeCustomers(instances, removed); !done)
        return done.error();
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto oldest = reader->records().oldest();
    if (!oldest)
        return oldest.error();
    if (*oldest)
        if (auto dropped = m_index.dropBefore(*oldest); !dropped)
            return dropped.error();
    return removed;
}

base::Result<void> Retention::removeSessions(const model::Instance& instance, Removed& removed) {
    for (model::SessionId after;;) {
        store::Records::Expired expired;
        {
            auto reader = m_database.reader();
            if (!reader)
                return reader.error();
            auto found = reader->records().expired(instance.id, cutOff(instance), after, kLookedAt);
            if (!found)
                return found.error();
            expired = std::move(*found);
        }
        for (const auto session : expired.sessions)
            if (auto gone = removeSession(session, removed); !gone)
                return gone;
        if (!expired.end)
            return {};
        after = expired.end;
    }
}

base::Result<void> Retention::removeSession(model::SessionId session, Removed& removed) {
    for (bool gone = false; !gone;) {
        store::LostFiles files;
        auto done = step([&](store::Tables& tables) -> base::Result<void> {
            auto some = tables.removeSome(session, m_options.rows, files);
            if (!some)
                return some.error();
            gone = *some;
            return {};
        });
        if (done || done.error().code == "cancelled") { // the rows are gone either way
            m_attachments.removeFiles(files.attachments);
            m_erasure.deleteRecordings(files.recordings);
            removed.files += static_cast<std::int64_t>(files.attachments.size() + files.recordings.size());
        }
        if (!done)
            return done;
    }
    ++removed.sessions;
    return {};
}

base::Result<void> Retention::removeEvents(const model::Instance& instance, Removed& removed) {
    model::Seq before = 0;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto seq = reader->events().seqAt(instance.id, cutOff(instance));
        if (!seq)
            return seq.error();
        before = *seq;
    }
    for (std::int64_t gone = 1; gone > 0 && before > 0;) {
        auto done = step([&](store::Tables& tables) -> base::Result<void> {
            auto some = tables.removeOldEvents(instance.id, before, m_options.rows);
            if (!some)
                return some.error();
            gone = *some;
            return {};
        });
        if (!done)
            return done;
        removed.events += gone;
    }
    return {};
}

base::Result<void> Retention::removeCustomers(const std::vector<model::Instance>& instances, Removed& removed) {
    for (model::CustomerId after;;) {
        store::Customers::Lonely lonely;
        {
            auto reader = m_database.reader();
            if (!reader)
                return reader.error();
            auto found = reader->customers().lonely(after, kLookedAt);
            if (!found)
                return found.error();
            lonely = std::move(*found);
        }
        std::map<model::InstanceId, std::vector<model::CustomerId>> old;
        for (const auto& customer : lonely.customers) {
            const auto instance = std::find_if(instances.begin(), instances.end(),
                                               [&](const auto& row) { return row.id == customer.instance; });
            if (instance != instances.end() && customer.createdAt < cutOff(*instance))
                old[customer.instance].push_back(customer.id);
        }
        for (auto& [instance, customers] : old) {
            const auto count = static_cast<std::int64_t>(customers.size());
            if (auto done = desk::ask(m_toDesk, desk::RemoveCustomers{instance, std::move(customers), {}}); !done)
                return done;
            removed.customers += count;
        }
        if (!sleep(old.empty() ? base::Millis(0) : m_options.pause))
            return cancelled();
        if (!lonely.end)
            return {};
        after = lonely.end;
    }
}

} // namespace cb::jobs
