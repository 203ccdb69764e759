#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "server/desk/desk.h"
#include "server/desk/storage.h"
#include "shared/base/running_clock.h"
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

using namespace cb;
using namespace cb::test;
using namespace std::chrono_literals;

namespace {

/// A clock that any thread may read while the test moves it.
class SharedClock final : public base::Clock {
public:
    base::TimePoint now() const override { return base::fromUnixMillis(m_now); }
    void advance(base::Millis by) { m_now += by.count(); }

private:
    std::atomic<std::int64_t> m_now{1'700'000'000'000};
};

/// Commits when told, or at once; fails when told, like the writer: with everything behind it of the same epoch.
class FakeStorage final : public desk::Storage {
public:
    bool submit(std::uint64_t epoch, store::Batch batch, store::Writer::Done done) override {
        {
            const std::lock_guard lock(m_mutex);
            ++submitted;
            madeAndRemoved = madeAndRemoved || (!batch.quickReplies.empty() && !batch.removedQuickReplies.empty());
            if (!automatic) {
                m_waiting.push_back({epoch, std::move(batch), std::move(done)});
                m_changed.notify_all();
                return true;
            }
        }
        done({});
        return true;
    }
    base::Result<std::vector<model::InstanceId>> instances() override { return std::vector{kInstance}; }
    base::Result<desk::Recovered> load(model::InstanceId instance) override {
        ++loads;
        {
            std::unique_lock lock(m_mutex);
            m_reading = true;
            m_changed.notify_all();
            m_changed.wait(lock, [this] { return !m_blocked; });
            m_reading = false;
        }
        if (!readable)
            return base::retry("storage_unavailable");
        desk::Recovered sample = sampleInstance();
        if (instance != kInstance && instance != other)
            return base::rejected("instance_unknown");
        sample.instance.id = instance;
        return sample;
    }
    base::Result<std::int64_t> reserveIds(store::IdKind, std::int64_t count) override { return m_ids.fetch_add(count); }

    void blockReading(bool block) {
        const std::lock_guard lock(m_mutex);
        m_blocked = block;
        m_changed.notify_all();
    }
    /// Waits until somebody reads an instance.
    bool reading() {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [this] { return m_reading; });
    }
    /// Waits until `count` submissions are held back; false after a long time.
    bool held(std::size_t count, base::Millis patience = 20s) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, patience, [&] { return m_waiting.size() >= count; });
    }
    std::size_t holding() {
        const std::lock_guard lock(m_mutex);
        return m_waiting.size();
    }
    std::uint64_t epochHeld() {
        const std::lock_guard lock(m_mutex);
        return m_waiting.front().epoch;
    }
    /// Ends the oldest held submission.
    void release(bool ok) {
        Held one;
        {
            const std::lock_guard lock(m_mutex);
            one = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        one.done(ok ? base::Result<void>{} : base::retry("storage_unavailable"));
    }

    std::atomic<bool> automatic{true};
    std::atomic<bool> readable{true};
    std::atomic<int> loads{0};
    std::atomic<int> submitted{0};
    std::atomic<bool> madeAndRemoved{false}; ///< in one batch
    model::InstanceId other{1'400'000'002};

private:
    struct Held {
        std::uint64_t epoch = 0;
        store::Batch batch;
        store::Writer::Done done;
    };
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Held> m_waiting;
    bool m_blocked = false;
    bool m_reading = false;
    std::atomic<std::int64_t> m_ids{1};
};

class CollectingSink final : public desk::EffectSink {
public:
    void deliver(desk::Effects effects) override {
        const std::lock_guard lock(m_mutex);
        std::move(effects.begin(), effects.end(), std::back_inserter(m_effects));
        m_changed.notify_all();
    }
    template <class Wanted>
    bool wait(Wanted wanted) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [&] { return wanted(m_effects); });
    }
    /// Waits for the answer to a request; its error code, or "" when it is good.
    std::string answer(std::uint64_t request) {
        std::string code = "no answer";
        wait([&](const desk::Effects& effects) {
            for (const desk::Effect& effect : effects) {
                const auto* reply = std::get_if<desk::Reply>(&effect);
                if (reply == nullptr || reply->origin.request != request)
                    continue;
                const auto* error = std::get_if<base::Error>(&reply->answer);
                code = error != nullptr ? error->code : "";
                return true;
            }
            return false;
        });
        return code;
    }
    bool answered(std::uint64_t request) {
        const std::lock_guard lock(m_mutex);
        for (const desk::Effect& effect : m_effects)
            if (const auto* reply = std::get_if<desk::Reply>(&effect))
                if (reply->origin.request == request)
                    return true;
        return false;
    }
    template <class T>
    std::size_t count() {
        const std::lock_guard lock(m_mutex);
        std::size_t found = 0;
        for (const desk::Effect& effect : m_effects)
            found += std::holds_alternative<T>(effect);
        return found;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    desk::Effects m_effects;
};

struct Rig {
    FakeStorage storage;
    CollectingSink sink;
    flowhost::FlowHost flows;
    SharedClock clock;
    desk::Desk desk;

    explicit Rig(desk::DeskOptions options = {})
        : desk(storage, sink, flows, clock, options) {
        if (auto started = desk.start(); !started)
            qFatal("%s", started.error().code.c_str());
    }
    ~Rig() {
        storage.automatic = true;
        storage.blockReading(false);
        while (storage.holding() > 0)
            storage.release(true);
        desk.stop();
    }
    bool attachVisitor(std::uint64_t request, int visitor = 1, model::InstanceId instance = kInstance) {
        desk::VisitorAttach attach;
        attach.origin = {FloorHarness::visitorAt(visitor).connection, request};
        attach.instance = instance;
        attach.channel = kHelp;
        attach.tokenHash = "token of visitor " + std::to_string(visitor);
        return desk.post(attach);
    }
    bool send(std::uint64_t request, int visitor = 1) {
        desk::VisitorSend send;
        send.origin = {FloorHarness::visitorAt(visitor).connection, request};
        send.uuid = uuidOf(request);
        send.text = "hello";
        return desk.post(send);
    }
};

} // namespace

/// The thread around the floor: commits, failures, bounds.
class DeskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersComeAfterTheCommitOnly() {
        Rig rig;
        rig.attachVisitor(1);
        QCOMPARE(rig.sink.answer(1), std::string{});
        rig.storage.automatic = false;
        rig.send(2);
        QVERIFY(rig.storage.held(1));
        rig.desk.post(desk::AgentAttach{{2'001, 3}, kInstance, kAnn, 0, false, "pc"});
        QVERIFY(rig.storage.held(2)); // in order behind the first, though it stores nothing
        QVERIFY(!rig.sink.answered(2));
        QVERIFY(!rig.sink.answered(3));
        rig.storage.release(true);
        QCOMPARE(rig.sink.answer(2), std::string{});
        QVERIFY(!rig.sink.answered(3));
        rig.storage.release(true);
        QCOMPARE(rig.sink.answer(3), std::string{});
    }

    void transientEffectsDoNotWait() {
        Rig rig;
        rig.attachVisitor(1);
        rig.send(2);
        rig.desk.post(desk::AgentAttach{{2'002, 3}, kInstance, kBen, 0, false, "pc"});
        rig.desk.post(desk::SetStatus{{2'002, 4}, model::AgentStatus::Idle});
        QCOMPARE(rig.sink.answer(4), std::string{});
        rig.storage.automatic = false;
        rig.send(5); // "hello": the menu asks again; held back
        QVERIFY(rig.storage.held(1));
        const std::size_t figures = rig.sink.count<desk::QueueFigures>();
        rig.clock.advance(3s);
        rig.desk.post(desk::SetStatus{{2'002, 6}, model::AgentStatus::Break});
        QVERIFY(rig.storage.held(2));
        rig.clock.advance(3s);
        rig.desk.post(desk::Tick{});
        QVERIFY(rig.sink.wait([&](const desk::Effects& effects) {
            std::size_t now = 0;
            for (const desk::Effect& effect : effects)
                now += std::holds_alternative<desk::QueueFigures>(effect);
            return now > figures;
        }));
        QVERIFY(!rig.sink.answered(5));
    }

    void failedCommitTellsNobodyAndReloads() {
        Rig rig;
        rig.attachVisitor(1);
        QCOMPARE(rig.sink.answer(1), std::string{});
        rig.storage.automatic = false;
        rig.send(2);
        QVERIFY(rig.storage.held(1));
        rig.send(3); // builds on it
        QVERIFY(rig.storage.held(2));
        const int loads = rig.storage.loads;
        const std::size_t events = rig.sink.count<desk::VisitorEvent>();
        rig.storage.release(false);
        QCOMPARE(rig.sink.answer(2), std::string("storage_unavailable"));
        rig.storage.release(false);
        QCOMPARE(rig.sink.answer(3), std::string("storage_unavailable"));
        QVERIFY(rig.storage.held(1)); // the trial write
        QVERIFY(rig.storage.epochHeld() > 1);
        QCOMPARE(rig.storage.loads, loads + 1);
        QCOMPARE(rig.sink.count<desk::VisitorEvent>(), events); // nothing of it was told
        QCOMPARE(rig.sink.count<desk::Bye>(), std::size_t{1});
        rig.storage.automatic = true;
        rig.storage.release(true);
        rig.attachVisitor(4);
        rig.send(5);
        QCOMPARE(rig.sink.answer(5), std::string{});
        QCOMPARE(rig.desk.stats().reloads, std::uint64_t{1});
    }

    void whileTheStorageIsAwayEverythingIsRefused() {
        Rig rig;
        rig.attachVisitor(1);
        QCOMPARE(rig.sink.answer(1), std::string{});
        rig.storage.automatic = false;
        rig.send(2);
        QVERIFY(rig.storage.held(1));
        rig.storage.readable = false;
        rig.storage.release(false);
        QCOMPARE(rig.sink.answer(2), std::string("storage_unavailable"));
        rig.attachVisitor(3);
        QCOMPARE(rig.sink.answer(3), std::string("storage_unavailable"));
        rig.clock.advance(2s);
        rig.desk.post(desk::Tick{}); // tries again, in vain
        rig.attachVisitor(4);
        QCOMPARE(rig.sink.answer(4), std::string("storage_unavailable"));
        rig.storage.readable = true;
        while (!rig.storage.held(1, 20ms)) { // readable again: the trial write, as soon as the reader has tried
            rig.clock.advance(20s);
            rig.desk.post(desk::Tick{});
        }
        rig.storage.release(false); // not writable yet
        rig.attachVisitor(5);
        QCOMPARE(rig.sink.answer(5), std::string("storage_unavailable"));
        rig.storage.automatic = true;
        std::uint64_t request = 1'000;
        std::string answer = "storage_unavailable";
        while (answer == "storage_unavailable") { // the trial write is still on its way
            rig.clock.advance(20s);
            rig.attachVisitor(++request);
            answer = rig.sink.answer(request);
        }
        QCOMPARE(answer, std::string{});
    }

    void readingHoldsUpNobody() {
        Rig rig;
        rig.desk.post(desk::LoadInstance{rig.storage.other});
        rig.attachVisitor(1, 1, rig.storage.other);
        std::uint64_t request = 1'000;
        std::string answer = rig.sink.answer(1);
        while (answer == "storage_unavailable") { // it is being read
            rig.attachVisitor(++request, 1, rig.storage.other);
            answer = rig.sink.answer(request);
        }
        QCOMPARE(answer, std::string{});
        // The second instance fails; while it is read again, and that takes long, the first one goes on.
        rig.attachVisitor(2, 2);
        QCOMPARE(rig.sink.answer(2), std::string{});
        rig.storage.blockReading(true);
        rig.storage.automatic = false;
        desk::VisitorSend send;
        send.origin = {FloorHarness::visitorAt(1).connection, 3};
        send.uuid = uuidOf(3);
        send.text = "hello";
        rig.desk.post(send);
        QVERIFY(rig.storage.held(1));
        rig.storage.automatic = true;
        while (rig.storage.holding() > 0)
            rig.storage.release(false);
        QCOMPARE(rig.sink.answer(3), std::string("storage_unavailable"));
        rig.clock.advance(1s); // it is not read again at once
        rig.desk.post(desk::Tick{});
        QVERIFY(rig.storage.reading()); // and stays there
        rig.send(6, 2);
        QCOMPARE(rig.sink.answer(6), std::string{});
        rig.storage.blockReading(false);
    }

    void aClockThatIsSetBackStopsNoTimer() {
        SharedClock wall;
        std::atomic<std::int64_t> steady{0};
        const base::RunningClock running(wall, [&steady] { return base::Millis(steady.load()); });
        FakeStorage storage;
        CollectingSink sink;
        flowhost::FlowHost flows;
        desk::Desk desk(storage, sink, flows, running, {});
        QVERIFY(desk.start().ok());
        desk.post(desk::AgentAttach{{2'001, 1}, kInstance, kAnn, 0, false, "pc"});
        desk.post(desk::SetStatus{{2'001, 2}, model::AgentStatus::Idle});
        desk::VisitorAttach attach;
        attach.origin = {FloorHarness::visitorAt(1).connection, 3};
        attach.instance = kInstance;
        attach.channel = kShop;
        attach.tokenHash = "token";
        desk.post(attach);
        desk.post(desk::VisitorStart{{attach.origin.connection, 4}});
        QCOMPARE(sink.answer(4), std::string{});
        wall.advance(-1h);
        for (std::uint64_t request = 10; request < 80; ++request) { // 70 s
            steady += 1'000;
            wall.advance(1s);
            desk.post(desk::AgentAttach{{2'001, request}, kInstance, kAnn, 0, false, "pc"});
            QCOMPARE(sink.answer(request), std::string{});
        }
        QVERIFY(sink.wait([](const desk::Effects& effects) { // its 30 s are over
            for (const desk::Effect& effect : effects)
                if (const auto* told = std::get_if<desk::AgentEvent>(&effect);
                    told != nullptr && told->event->kind == model::EventKind::OfferClosed)
                    return true;
            return false;
        }));
        desk.stop();
    }

    void anAnswerThatWaitedForTheDiskIsInTime() {
        desk::DeskOptions options;
        options.turnCapacity = 1;
        Rig rig(options);
        rig.desk.post(desk::AgentAttach{{2'001, 1}, kInstance, kAnn, 0, false, "pc"});
        rig.desk.post(desk::SetStatus{{2'001, 2}, model::AgentStatus::Idle});
        QCOMPARE(rig.sink.answer(2), std::string{});
        desk::VisitorAttach attach;
        attach.origin = {FloorHarness::visitorAt(1).connection, 3};
        attach.instance = kInstance;
        attach.channel = kShop;
        attach.tokenHash = "token";
        rig.desk.post(attach);
        rig.desk.post(desk::VisitorStart{{attach.origin.connection, 4}});
        model::OfferId offer;
        QVERIFY(rig.sink.wait([&](const desk::Effects& effects) {
            for (const desk::Effect& effect : effects)
                if (const auto* told = std::get_if<desk::AgentEvent>(&effect); told != nullptr && told->offer)
                    offer = told->offer->offer;
            return static_cast<bool>(offer);
        }));
        rig.storage.automatic = false;
        rig.desk.post(desk::UpdateCustomer{{2'001, 5}, model::CustomerId{1}, "x", "", std::nullopt}); // only a reply
        rig.desk.post(desk::SetStatus{{2'001, 6}, model::AgentStatus::Idle});
        rig.desk.post(
            desk::VisitorSend{{attach.origin.connection, 7}, uuidOf(7), model::MessageKind::Text, "hello", {}});
        QVERIFY(rig.storage.held(1)); // the disk stalls, and the desk with it
        rig.desk.post(desk::AnswerOffer{{2'001, 8}, offer});
        rig.clock.advance(40s); // the offer rang for 30 s
        rig.storage.automatic = true;
        rig.storage.release(true);
        QCOMPARE(rig.sink.answer(8), std::string{});
    }

    void whatRemovesHasATurnOfItsOwn() {
        FakeStorage storage;
        CollectingSink sink;
        flowhost::FlowHost flows;
        SharedClock clock;
        desk::Desk desk(storage, sink, flows, clock, {});
        std::atomic<int> done{0};
        const auto change = [&](store::Batch rows) {
            desk::ChangeConfig command;
            command.instance = kInstance;
            command.rows = std::move(rows);
            command.done = [&](base::Result<void> result) { done += result.ok() ? 1 : 1'000; };
            QVERIFY(desk.post(std::move(command)));
        };
        store::Batch make, remove;
        make.quickReplies.resize(1);
        make.quickReplies[0].id = model::QuickReplyId{5};
        make.quickReplies[0].instance = kInstance;
        remove.removedQuickReplies = {model::QuickReplyId{5}};
        for (const store::Batch& rows : {make, remove, make, make, remove, remove}) // before it starts: one turn
            change(rows);
        QVERIFY(desk.start().ok());
        desk.stop();
        QCOMPARE(done.load(), 6);
        QVERIFY(!storage.madeAndRemoved);
    }

    void otherInstancesStayUp() {
        Rig rig;
        rig.desk.post(desk::LoadInstance{rig.storage.other});
        rig.desk.post(desk::Tick{});
        std::uint64_t request = 1'000;
        std::string answer = "storage_unavailable";
        while (answer == "storage_unavailable") { // its trial write is still on its way
            rig.attachVisitor(++request, 1, rig.storage.other);
            answer = rig.sink.answer(request);
        }
        QCOMPARE(answer, std::string{});
        rig.attachVisitor(2, 2);
        QCOMPARE(rig.sink.answer(2), std::string{});
        rig.storage.automatic = false;
        rig.send(3, 2);
        QVERIFY(rig.storage.held(1));
        rig.storage.automatic = true;
        rig.storage.release(false);
        QCOMPARE(rig.sink.answer(3), std::string("storage_unavailable"));
        rig.send(4, 1);
        QCOMPARE(rig.sink.answer(4), std::string{}); // on its old connection
    }

    void backpressure() {
        Rig rig({.queueCapacity = 4, .turnCapacity = 2});
        rig.attachVisitor(1);
        QCOMPARE(rig.sink.answer(1), std::string{});
        rig.storage.automatic = false;
        rig.send(2);
        QVERIFY(rig.storage.held(1));
        rig.send(3);
        QVERIFY(rig.storage.held(2));
        for (std::uint64_t request = 4; request < 8; ++request)
            QVERIFY(rig.send(request));
        QVERIFY(!rig.send(8)); // full
        QCOMPARE(rig.storage.holding(), std::size_t{2});
        QCOMPARE(rig.desk.stats().refused, std::uint64_t{1});
        rig.storage.release(true);
        QVERIFY(rig.storage.held(2)); // the four in one turn
        rig.storage.automatic = true;
        rig.storage.release(true);
        rig.storage.release(true);
        QCOMPARE(rig.sink.answer(7), std::string{});
    }

    void stopFinishesWhatWaits() {
        FakeStorage storage;
        CollectingSink sink;
        flowhost::FlowHost flows;
        SharedClock clock;
        desk::Desk desk(storage, sink, flows, clock, {});
        QVERIFY(desk.start().ok());
        for (std::uint64_t request = 1; request <= 5'000; ++request) {
            desk::VisitorAttach attach;
            attach.origin = {request, request};
            attach.instance = kInstance;
            attach.channel = kShop;
            attach.tokenHash = std::to_string(request);
            QVERIFY(desk.post(attach));
        }
        desk.stop();
        QVERIFY(sink.answered(1));
        QVERIFY(sink.answered(5'000));
        QVERIFY(!desk.post(desk::Tick{}));
    }

    void changeIsAnsweredAfterItsCommit() {
        Rig rig;
        rig.storage.automatic = false;
        std::atomic<int> answered{0};
        desk::ChangeConfig change;
        change.instance = kInstance;
        change.rows.flows = {flowRow(kToSales, 2, salesGraph())};
        change.action = "flow.publish";
        change.done = [&](base::Result<void> result) { answered = result.ok() ? 1 : 2; };
        rig.desk.post(std::move(change));
        QVERIFY(rig.storage.held(1));
        QCOMPARE(rig.flows.compiled(), std::size_t{3}); // on the thread that posted it
        QCOMPARE(answered.load(), 0);
        rig.storage.release(false);
        QCOMPARE(answered.load(), 2);
    }

    void unreadableAtStartIsAnError() {
        FakeStorage storage;
        storage.readable = false;
        CollectingSink sink;
        flowhost::FlowHost flows;
        SharedClock clock;
        desk::Desk desk(storage, sink, flows, clock, {});
        QCOMPARE(desk.start().error().code, std::string("storage_unavailable"));
    }
};

static const cb::test::Add<DeskTest> addedDeskTest;
#include "desk_test.moc"
