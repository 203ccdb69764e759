#pragma once

#include "server/store/database.h"
#include "server/store/search_index.h"
#include "server/store/writer.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace cb::search {

inline constexpr std::size_t kIndexedMessages = 4'000; ///< of one session, oldest first; later ones are not found

/// Fills the index from the event table, in order, some seconds behind at most. Where it is stands in the index itself
/// (SearchIndex::positions), so it goes on there after a crash.
class Indexer {
public:
    struct Options {
        base::Millis pause{1'000};  ///< between two looks when there was nothing to do
        std::size_t events = 4'000; ///< of one instance in one step
    };
    Indexer(store::Database& database, store::Writer& writer, store::SearchIndex& index, Options options);
    Indexer(store::Database& database, store::Writer& writer, store::SearchIndex& index);
    ~Indexer(); ///< as stop()

    /// Fills on a thread of its own until stop(). Failures are logged, and tried again after the pause.
    void start();
    void stop();

    /// One step. False: everything is indexed. On the thread, or instead of it.
    base::Result<bool> step();
    /// What the index may hold of a customer's newest kForgotten sessions, for SearchIndex::remove. Any thread.
    base::Result<std::vector<store::SearchDocument>> documentsOf(model::CustomerId customer);
    static constexpr std::size_t kForgotten = 2'000;

    /// Events that are not indexed yet, as of the last look.
    std::int64_t behind() const { return m_behind; }

private:
    void run();
    base::Result<bool> addEvents();
    base::Result<bool> addNames();

    store::Database& m_database;
    store::Writer& m_writer;
    store::SearchIndex& m_index;
    const Options m_options;
    std::atomic<std::int64_t> m_behind{0};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace cb::search
