#include "server/desk/desk_impl_p.h"

#include <algorithm>
#include <utility>

/// Turns on their way to the disk, and what happens when one does not get there.
namespace cb::desk {

namespace {

constexpr base::Seconds kFirstRetry{1};
constexpr base::Seconds kLastRetry{15};
constexpr base::Millis kReopenEvery{250}; ///< a disk that fails now and then must not be read again and again

/// What leaves after a commit; shared between the turn's callback and nobody else (std::function wants copies).
struct Outgoing {
    Effects effects;
    std::vector<std::function<void(base::Result<void>)>> answers;
};

/// Of a turn that was not stored only this leaves: every request is told.
Effects refusals(const Effects& effects) {
    Effects out;
    for (const Effect& effect : effects)
        if (const auto* reply = std::get_if<Reply>(&effect))
            out.emplace_back(std::in_place_type<Reply>, reply->origin, base::retry("storage_unavailable"));
    return out;
}

void release(Outgoing& outgoing, const base::Result<void>& result, EffectSink& sink) {
    Effects effects = result ? std::move(outgoing.effects) : refusals(outgoing.effects);
    if (!effects.empty())
        sink.deliver(std::move(effects));
    for (auto& answer : outgoing.answers)
        answer(result ? result : base::Result<void>(base::retry("storage_unavailable")));
}

} // namespace

void Desk::Impl::finishTurn(Turn& turn) {
    m_floor.finish(turn);
    if (!turn.transient.empty())
        m_sink.deliver(std::move(turn.transient));
    if (turn.empty())
        return;
    const bool nothingToStore = turn.batch.empty() && turn.answers.empty() && !turn.outOfIds;
    if (nothingToStore && m_pending.empty())
        m_sink.deliver(std::move(turn.durable)); // everything before it has left already
    else
        submit(turn);
}

void Desk::Impl::submit(Turn& turn) {
    auto outgoing = std::make_shared<Outgoing>();
    outgoing->effects = std::move(turn.durable);
    outgoing->answers = std::move(turn.answers);
    const std::uint64_t number = ++m_turn;
    auto done = [this, number, outgoing](const base::Result<void>& result) {
        release(*outgoing, result, m_sink);
        postCommitted(number, result.ok());
    };
    m_pending[number] = Pending{std::move(turn.touched), {}};
    if (turn.outOfIds || !m_storage.submit(m_epoch, std::move(turn.batch), done)) {
        // Earlier turns may still be told of: none comes after this one until all are.
        release(*outgoing, base::retry("storage_unavailable"), m_sink);
        committed(Committed{number, false});
    }
}

void Desk::Impl::committed(const Committed& commit) {
    const auto found = m_pending.find(commit.turn);
    if (found == m_pending.end())
        return;
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (!commit.ok) {
        m_failing = true;
        m_toReload.insert(pending.touched.begin(), pending.touched.end());
    }
    if (!pending.probe)
        return;
    const auto waiting = m_waiting.find(pending.probe);
    if (waiting == m_waiting.end())
        return;
    if (commit.ok && !m_failing)
        opened(pending.probe);
    else
        putOff(waiting->second);
}

/// A new instance, made by another process; or rows it changed. Those are read once every earlier turn is on disk.
void Desk::Impl::load(const LoadInstance& command) {
    const model::InstanceId instance = command.instance;
    if (command.anew && m_floor.isOpen(instance)) {
        m_toReload.insert(instance);
        m_failing = true;
        return;
    }
    if (m_floor.isOpen(instance) || m_waiting.count(instance) != 0)
        return;
    m_floor.await(instance);
    m_waiting[instance].retryAt = m_now;
}

/// The writer has told of every turn of the epoch. The live state of what they touched is ahead of the disk: it goes,
/// and so do its connections, who come back with their cursors.
void Desk::Impl::reload() {
    ++m_epoch;
    m_failing = false;
    for (const model::InstanceId instance : std::exchange(m_toReload, {})) {
        if (!m_floor.isOpen(instance))
            continue;
        Effects byes;
        for (const ConnectionId connection : m_floor.close(instance))
            byes.emplace_back(Bye{connection, ByeCode::Reload});
        if (!byes.empty())
            m_sink.deliver(std::move(byes));
        ++m_reloads;
        const auto before = m_reopened.find(instance);
        m_waiting[instance].retryAt =
            before == m_reopened.end() ? now() : std::max(now(), before->second + kReopenEvery);
    }
}

void Desk::Impl::putOff(Waiting& waiting) {
    waiting.loaded.reset();
    waiting.delay = std::clamp(waiting.delay * 2, kFirstRetry, kLastRetry);
    waiting.retryAt = now() + waiting.delay;
}

void Desk::Impl::settle() {
    if (m_failing && m_pending.empty())
        reload();
}

void Desk::Impl::retryDue() {
    std::vector<model::InstanceId> due;
    for (const auto& [instance, waiting] : m_waiting)
        if (waiting.resting() && waiting.retryAt <= m_now)
            due.push_back(instance);
    for (const model::InstanceId instance : due)
        retry(instance);
}

/// Has the instance read beside this thread, its flows too: there may be megabytes of both.
void Desk::Impl::retry(model::InstanceId instance) {
    Waiting& waiting = m_waiting.at(instance);
    waiting.loading = m_loader.post([this, instance] {
        Load load{instance, m_storage.load(instance)};
        if (load.result)
            for (const store::FlowRow& row : load.result->versions)
                (void)m_flows.prepare(row); // one that cannot be read shows when a session wants it
        const std::lock_guard lock(m_mutex);
        m_loads.push_back(std::move(load));
        m_wake.notify_one();
    });
    if (!waiting.loading)
        putOff(waiting);
}

/// It was read. Now a line of the audit log is tried: only when that works too is it taken into service again.
/// Otherwise every reconnecting client would be thrown out again by the next failing commit.
void Desk::Impl::loaded(Load load) {
    const model::InstanceId instance = load.instance;
    Waiting& waiting = m_waiting.at(instance);
    waiting.loading = false;
    if (!load.result && load.result.error().code == "instance_unknown") {
        m_floor.giveUp(instance);
        m_waiting.erase(instance);
        return;
    }
    if (!load.result) {
        putOff(waiting);
        return;
    }
    waiting.loaded = std::make_unique<Recovered>(std::move(*load.result));
    // Something new: SQLite writes nothing where a row stays as it is, and that would succeed on a full disk.
    model::Event event;
    event.instance = instance;
    event.seq = ++waiting.loaded->newestSeq;
    event.at = now();
    event.kind = model::EventKind::Audit;
    event.detail = model::AuditDetail{"storage.recovered", "instance " + std::to_string(instance.value), {}, {}};
    store::Batch probe;
    probe.events.push_back(std::move(event));
    const std::uint64_t number = ++m_turn;
    m_pending[number] = Pending{{}, instance};
    if (!m_storage.submit(m_epoch, std::move(probe),
                          [this, number](const base::Result<void>& result) { postCommitted(number, result.ok()); })) {
        m_pending.erase(number);
        putOff(waiting);
    }
}

void Desk::Impl::opened(model::InstanceId instance) {
    const auto waiting = m_waiting.find(instance);
    const std::unique_ptr<Recovered> recovered = std::move(waiting->second.loaded);
    m_waiting.erase(waiting);
    Turn turn;
    turn.now = now();
    m_reopened[instance] = turn.now;
    m_floor.open(std::move(*recovered), turn);
    finishTurn(turn);
}

} // namespace cb::desk
