#pragma once

#include "server/mail/back_off.h"
#include "server/mail/message.h"
#include "server/mail/transport.h"
#include "shared/base/clock.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

namespace cb::store {
class Database;
class Writer;
} // namespace cb::store

namespace cb::mail {

struct SenderOptions {
    Mailbox from;
    BackOff backOff;
    base::Millis unreachablePause{60'000}; ///< before the next letter, when nobody takes any
    base::Millis storagePause{5'000};      ///< when the database failed
};

/// Sends what is due, one letter after the other, on a thread of its own. Between letters it sleeps until wake() or
/// until the next one falls due; nothing is asked in a circle. It holds one letter at a time and reads at most kPage
/// rows at once, however many wait.
///
/// At least once: a letter counts as sent when the commit that says so is done. Until the storage takes that commit no
/// other letter is sent, so that at most one can go out a second time, if the server ends in between.
class Sender {
public:
    Sender(store::Database& database, store::Writer& writer, const base::Clock& clock,
           std::unique_ptr<Transport> transport, SenderOptions options);
    ~Sender(); ///< as stop()
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    void start();
    /// Letters were committed. Any thread; never blocks for long.
    void wake();
    /// Ends after the letter in hand, whose outcome is committed, and joins. The writer must still be there.
    /// Idempotent.
    void stop();

    struct Stats {
        std::uint64_t sent = 0;
        std::uint64_t failed = 0;  ///< attempts
        std::uint64_t givenUp = 0; ///< letters
        std::int64_t waiting = 0;  ///< as last looked at
    };
    Stats stats() const;

    static constexpr std::size_t kPage = 16;

private:
    enum class Round { Done, More, Unreachable, StorageFailed };

    void loop();
    Round round();
    base::Result<void> attempt(const store::Mail& row);
    bool settle(store::Mail row);
    base::Millis untilDue();
    bool stopping() const;
    /// False when it is time to stop. `longest` < 0: until woken. `deaf`: only stop() ends it early.
    bool sleep(base::Millis longest, bool deaf);

    store::Database& m_database;
    store::Writer& m_writer;
    const base::Clock& m_clock;
    std::unique_ptr<Transport> m_transport;
    SenderOptions m_options;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = true; ///< what was left by the server before
    bool m_stop = false;

    std::atomic<std::uint64_t> m_sent{0};
    std::atomic<std::uint64_t> m_failed{0};
    std::atomic<std::uint64_t> m_givenUp{0};
    std::atomic<std::int64_t> m_waiting{0};

    std::thread m_thread;
};

} // namespace cb::mail
