#include "server/mail/sender.h"

#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include <pthread.h>

namespace cb::mail {

namespace {

/// The clock of the letters may be set, or run on while the machine sleeps; the one we sleep by does not see that.
constexpr base::Millis kLongestNap = std::chrono::minutes(15);
constexpr base::Millis kUntilWoken{-1};

} // namespace

Sender::Sender(store::Database& database, store::Writer& writer, const base::Clock& clock,
               std::unique_ptr<Transport> transport, SenderOptions options)
    : m_database(database)
    , m_writer(writer)
    , m_clock(clock)
    , m_transport(std::move(transport))
    , m_options(std::move(options)) {}

Sender::~Sender() {
    stop();
}

void Sender::start() {
    m_thread = std::thread([this] { loop(); });
    ::pthread_setname_np(m_thread.native_handle(), "mail");
}

void Sender::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_all();
}

void Sender::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_transport->stop();
    if (m_thread.joinable())
        m_thread.join();
}

Sender::Stats Sender::stats() const {
    return {m_sent.load(), m_failed.load(), m_givenUp.load(), m_waiting.load()};
}

bool Sender::stopping() const {
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

bool Sender::sleep(base::Millis longest, bool deaf) {
    std::unique_lock lock(m_mutex);
    const auto over = [this, deaf] { return m_stop || (m_woken && !deaf); };
    if (longest < base::Millis{0})
        m_changed.wait(lock, over);
    else
        m_changed.wait_for(lock, longest, over);
    if (!deaf)
        m_woken = false; // from here on a letter counts for the next time
    return !m_stop;
}

void Sender::loop() {
    bool go = sleep(base::Millis{0}, false);
    while (go) {
        switch (round()) {
        case Round::More:
            go = !stopping();
            break;
        case Round::Unreachable:
            m_transport->rest();
            go = sleep(m_options.unreachablePause, true);
            break;
        case Round::StorageFailed:
            go = sleep(m_options.storagePause, true);
            break;
        case Round::Done:
            m_transport->rest();
            go = sleep(untilDue(), false);
            break;
        }
    }
    m_transport->rest();
}

base::Millis Sender::untilDue() {
    auto reader = m_database.reader();
    if (!reader)
        return m_options.storagePause;
    auto next = reader->mails().nextDue();
    auto counts = reader->mails().counts();
    if (!next || !counts)
        return m_options.storagePause;
    m_waiting = counts->waiting;
    return *next ? std::clamp(**next - m_clock.now(), base::Millis{0}, kLongestNap) : kUntilWoken;
}

Sender::Round Sender::round() {
    std::vector<store::Mail> page;
    {
        auto reader = m_database.reader(); // given back before anything is sent
        if (!reader)
            return Round::StorageFailed;
        auto due = reader->mails().due(m_clock.now(), kPage);
        auto counts = reader->mails().counts();
        if (!due || !counts) {
            spdlog::warn("event=mail_unread code={}", due ? counts.error().code : due.error().code);
            return Round::StorageFailed;
        }
        page = std::move(*due);
        m_waiting = counts->waiting;
    }
    for (const store::Mail& row : page) {
        if (stopping())
            return Round::More;
        const auto outcome = attempt(row);
        if (!outcome && outcome.error().code == "cancelled")
            return Round::More; // as if it had not been tried
        if (!settle(afterAttempt(row, outcome, m_clock.now(), m_options.backOff)))
            return Round::More; // only when it is time to stop
        if (!outcome && outcome.error().code == "mail_unreachable")
            return Round::Unreachable;
    }
    return page.size() < kPage ? Round::Done : Round::More;
}

base::Result<void> Sender::attempt(const store::Mail& row) {
    if (!isAddress(row.to))
        return base::rejected("mail_refused", "not an address that mail can be sent to");
    Letter letter{row.id, m_options.from, row.to, row.subject, row.body, row.createdAt};
    return m_transport->deliver({row.id, m_options.from.address, row.to, compose(letter)});
}

/// Nobody reads what went wrong in the log alone; the row keeps the words.
bool Sender::settle(store::Mail row) {
    const bool sent = row.sentAt != base::TimePoint{};
    const bool givenUp = !sent && row.dueAt == store::kMailGivenUp;
    m_sent += sent ? 1 : 0;
    m_failed += sent ? 0 : 1;
    m_givenUp += givenUp ? 1 : 0;
    if (sent)
        spdlog::info("event=mail_sent id={} attempts={}", row.id, row.attempts);
    else
        spdlog::warn("event=mail_failed id={} attempts={} given_up={} code={}", row.id, row.attempts, givenUp,
                     row.error.substr(0, row.error.find(':')));
    for (;;) {
        const auto done = store::runJob(m_writer, [row](store::Tables& tables) -> base::Result<void> {
            auto settled = tables.settle(row);
            return settled ? base::Result<void>{} : base::Result<void>{settled.error()};
        });
        if (done)
            return true;
        spdlog::error("event=mail_unsettled id={} sent={} code={}", row.id, sent, done.error().code);
        if (!sleep(m_options.storagePause, true))
            return false;
    }
}

} // namespace cb::mail
