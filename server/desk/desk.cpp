#include "server/desk/desk_impl_p.h"
#include "server/desk/flow_port.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

namespace cb::desk {

namespace {

constexpr std::size_t kCommandsPerTurn = 1'024; ///< so that a turn, and its answer, stays small
constexpr std::int64_t kIdBlock = 20'000;       ///< half of it must do for a rush while the next one is fetched
constexpr std::size_t kLoads = 1'024;           ///< instances that wait to be read; further ones are put off
constexpr base::Millis kPublishEvery{250};
constexpr base::Millis kLate{2'000}; ///< a deadline overdue by more: the desk could not work

std::uint64_t seedFrom(std::uint64_t wanted) {
    if (wanted != 0)
        return wanted;
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) ^ device();
}

/// Within a batch removals come first: what others make in the same turn must not be removed too early, nor what is to
/// go be written again. Such a change has a turn of its own.
bool removesRows(const Command& command) {
    if (std::holds_alternative<RemoveCustomers>(command))
        return true;
    const auto* change = std::get_if<ChangeConfig>(&command);
    return change != nullptr && !(change->rows.removedGroups.empty() && change->rows.removedQuickReplies.empty());
}

FloorOptions floorOptions(const DeskOptions& options) {
    return {options.visitorGone, options.maxOpenSessions, seedFrom(options.seed)};
}

} // namespace

Desk::Impl::Impl(std::unique_ptr<Storage> owned, Storage* storage, EffectSink& sink, FlowPort& flows,
                 const base::Clock& clock, DeskOptions options)
    : m_owned(std::move(owned))
    , m_storage(m_owned ? *m_owned : *storage)
    , m_sink(sink)
    , m_flows(flows)
    , m_clock(clock)
    , m_options(options)
    , m_ids(m_storage, kIdBlock)
    , m_floor(flows, m_ids, floorOptions(options))
    , m_loader("desk-loader", 1, kLoads) {}

Desk::Impl::~Impl() {
    stop();
}

base::TimePoint Desk::Impl::now() {
    m_now = std::max(m_now, m_clock.now());
    return m_now;
}

base::Result<void> Desk::Impl::start() {
    if (auto ids = m_ids.start(); !ids)
        return ids;
    auto instances = m_storage.instances();
    if (!instances)
        return instances.error();
    for (const model::InstanceId instance : *instances) {
        auto recovered = m_storage.load(instance);
        if (!recovered)
            return recovered.error();
        Turn turn;
        turn.now = now();
        m_floor.open(std::move(*recovered), turn);
        finishTurn(turn);
        settle();
    }
    publish();
    m_thread = std::thread([this] { run(); });
    return {};
}

void Desk::Impl::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    m_loader.cancel();
    m_ids.stop();
}

bool Desk::Impl::post(Command command) {
    if (auto* change = std::get_if<ChangeConfig>(&command)) {
        for (const store::FlowRow& row : change->rows.flows)
            if (row.version > 0 && !row.json.empty())
                (void)m_flows.prepare(row); // one that cannot be read shows when a session wants it
        for (const model::Instance& row : change->rows.instances)
            if (auto zone = base::TimeZone::load(row.timeZone))
                change->zone = std::move(*zone);
    }
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_queue.size() + m_takenLeft >= m_options.queueCapacity) {
            ++m_refused;
            return false;
        }
        first = m_queue.empty();
        m_queue.push_back(std::move(command));
    }
    if (first)
        m_wake.notify_one();
    return true;
}

void Desk::Impl::postCommitted(std::uint64_t turn, bool ok) {
    // Notified under the lock: the desk may be gone as soon as it has seen the last commit.
    const std::lock_guard lock(m_mutex);
    m_commits.push_back(Committed{turn, ok});
    m_wake.notify_one();
}

Desk::Stats Desk::Impl::stats() const {
    const std::lock_guard lock(m_mutex);
    Stats stats = m_published;
    stats.refused = m_refused;
    stats.queued = m_queue.size() + m_takenLeft;
    return stats;
}

Desk::GroupFigures Desk::Impl::groups() const {
    const std::lock_guard lock(m_mutex);
    return m_publishedGroups;
}

void Desk::Impl::publish() {
    // Counting is not free: so often, and once more when it has become quiet.
    std::optional<Floor::Figures> figures;
    m_figuresStale = m_publishedAt != base::TimePoint{} && m_now < m_publishedAt + kPublishEvery;
    if (!m_figuresStale) {
        figures = m_floor.figures();
        m_publishedAt = m_now;
    }
    const std::lock_guard lock(m_mutex);
    m_published.commands = m_handled;
    m_published.reloads = m_reloads;
    m_published.turnsPending = m_pending.size();
    m_published.unavailable = m_floor.closed(); // at once: whether the server is healthy hangs on it
    if (!figures)
        return;
    m_published.openSessions = figures->openSessions;
    m_published.waiting = figures->waiting;
    m_published.agentsOnline = figures->agentsOnline;
    m_publishedGroups = std::move(figures->groups);
}

// ---- the thread
// ----------------------------------------------------------------------------------------------------------------------

std::optional<base::TimePoint> Desk::Impl::wakeAt() const {
    std::optional<base::TimePoint> at = m_floor.nextDeadline();
    for (const auto& [instance, waiting] : m_waiting)
        if (waiting.resting() && (!at || waiting.retryAt < *at))
            at = waiting.retryAt;
    if (const auto count = m_publishedAt + kPublishEvery; m_figuresStale && (!at || count < *at))
        at = count;
    return at;
}

bool Desk::Impl::wait(std::vector<Committed>& commits, std::vector<Load>& loads) {
    const bool mayTurnNow = mayTurn();
    const bool more = m_next < m_taken.size();
    const auto wake = mayTurnNow ? wakeAt() : std::nullopt;
    std::unique_lock lock(m_mutex);
    m_takenLeft = m_taken.size() - m_next;
    const auto ready = [&] {
        return !m_commits.empty() || (mayTurnNow && (more || !m_queue.empty() || !m_loads.empty())) ||
               (m_stopping && m_pending.empty());
    };
    if (!wake)
        m_wake.wait(lock, ready);
    else if (const base::Millis left = *wake - m_clock.now(); left.count() > 0)
        m_wake.wait_for(lock, left, ready);
    commits.swap(m_commits);
    if (mayTurnNow)
        loads.swap(m_loads);
    if (mayTurnNow && !more) {
        m_taken.clear();
        m_next = 0;
        m_taken.swap(m_queue);
        m_takenLeft = m_taken.size();
    }
    return !(m_stopping && m_queue.empty() && m_next == m_taken.size() && commits.empty() && m_pending.empty());
}

void Desk::Impl::run() {
    std::vector<Committed> commits;
    std::vector<Load> loads;
    while (wait(commits, loads)) {
        for (const Committed& commit : commits)
            committed(commit);
        commits.clear();
        settle();
        for (Load& load : loads)
            loaded(std::move(load));
        loads.clear();
        if (mayTurn())
            turn();
        settle();
        publish();
    }
}

void Desk::Impl::turn() {
    Turn turn;
    turn.now = now();
    retryDue();
    m_floor.setStorageLow(m_storageLow);
    if (const auto next = m_floor.nextDeadline(); next && turn.now - *next > kLate)
        m_floor.postpone(turn.now - *next + kLate, turn);
    m_floor.advance(turn);
    const std::size_t first = m_next;
    const std::size_t end = std::min(m_taken.size(), first + kCommandsPerTurn);
    for (bool last = false; m_next < end && !last; ++m_next) {
        last = removesRows(m_taken[m_next]);
        if (last && m_next > first)
            break; // it begins the next turn
        if (const auto* add = std::get_if<LoadInstance>(&m_taken[m_next]))
            load(*add);
        else
            m_floor.handle(std::move(m_taken[m_next]), turn);
    }
    m_handled += m_next - first;
    {
        const std::lock_guard lock(m_mutex);
        m_takenLeft = m_taken.size() - m_next; // before anybody hears of the turn
    }
    finishTurn(turn);
}

Desk::Desk(store::Database& database, store::Writer& writer, EffectSink& sink, FlowPort& flows,
           const base::Clock& clock, DeskOptions options)
    : m_impl(std::make_unique<Impl>(std::make_unique<StoreStorage>(database, writer), nullptr, sink, flows, clock,
                                    options)) {}
Desk::Desk(Storage& storage, EffectSink& sink, FlowPort& flows, const base::Clock& clock, DeskOptions options)
    : m_impl(std::make_unique<Impl>(nullptr, &storage, sink, flows, clock, options)) {}
Desk::~Desk() = default;

base::Result<void> Desk::start() {
    return m_impl->start();
}
void Desk::stop() {
    m_impl->stop();
}
bool Desk::post(Command command) {
    return m_impl->post(std::move(command));
}
void Desk::setStorageLow(bool low) {
    m_impl->setStorageLow(low);
}
Desk::Stats Desk::stats() const {
    return m_impl->stats();
}
Desk::GroupFigures Desk::groups() const {
    return m_impl->groups();
}

} // namespace cb::desk
