#include "client/bridge/convert.h"
#include "client/state/flow_work.h"
#include "shared/flow/json.h"
#include "shared/flowtest/history.h"
#include "tests/client/state/rig.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/server_process.h"

using namespace cb;
using state::FlowWork;
using Change = FlowWork::Change;

namespace {

/// One admin's program.
struct Admin {
    bool signIn(std::uint16_t port) {
        program = std::make_unique<test::Program>(machine, device);
        program->account.signIn(QStringLiteral("http://127.0.0.1:%1/online/%2").arg(port).arg(model::kFirstInstance),
                                QStringLiteral("admin@demo.test"), QStringLiteral("cloudbell"), false);
        using Step = state::AccountState::Step;
        const bool there = QTest::qWaitFor(
            [this] { return program->account.step() == Step::SignedIn || program->account.step() == Step::Takeover; },
            20'000);
        if (there && program->account.step() == Step::Takeover)
            program->account.confirmTakeover();
        if (!QTest::qWaitFor([this] { return program->account.step() == Step::SignedIn; }, 20'000))
            return false;
        client = std::make_unique<api::AdminClient>(program->account.account()->rest());
        return true;
    }
    std::unique_ptr<FlowWork> open(model::FlowId flow) {
        auto work = std::make_unique<FlowWork>(*client, program->account.account()->store(), flow);
        work->load();
        return QTest::qWaitFor([&] { return work->stage() == FlowWork::Stage::Ready; }) ? std::move(work) : nullptr;
    }
    model::FlowId add(const std::string& name, const std::string& graph = {}) {
        model::FlowId made;
        client->addFlow({name, model::Mode::Chat, {graph}, {}}, nullptr,
                        [&](const base::Result<wire::FlowHead>& head) { made = head ? head->id : model::FlowId{-1}; });
        return QTest::qWaitFor([&] { return made.value != 0; }) ? made : model::FlowId{};
    }

    QString device = QStringLiteral("here");
    test::Machine machine;
    std::unique_ptr<test::Program> program;
    std::unique_ptr<api::AdminClient> client;
};

flow::Graph graphOf(const FlowWork& work) {
    return *flow::parseJson(work.content().graph);
}

/// The flow with another greeting.
FlowWork::Content worded(const FlowWork& work, const std::string& label) {
    auto graph = graphOf(work);
    graph.nodes.front().label = label;
    return {flow::toJson(graph), work.content().tests};
}

std::string labelOf(const FlowWork& work) {
    return graphOf(work).nodes.front().label;
}

} // namespace

class FlowWorkTest : public QObject {
    Q_OBJECT
    test::TempDir m_data;
    std::unique_ptr<test::ServerProcess> m_server;
    Admin m_admin;

private Q_SLOTS:
    void initTestCase() {
        const auto program = qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM");
        if (program.isEmpty())
            QSKIP("no server to run");
        m_server = std::make_unique<test::ServerProcess>(
            test::ServerProcess::Options{program.toStdString(), m_data.path() + "/data", 0, {"--demo"}, {}, {}});
        const auto started = m_server->start();
        QVERIFY2(started.ok(), started ? "" : started.error().detail.c_str());
        QVERIFY(m_admin.signIn(m_server->port()));
    }

    void savedPublishedLockedAndBack() {
        const auto id = m_admin.add("first");
        auto work = m_admin.open(id);
        QVERIFY(work != nullptr);
        QVERIFY(work->isEditable());
        QCOMPARE(graphOf(*work).nodes.size(), std::size_t(2)); // a start and an end
        work->edited(worded(*work, "begin"));
        QCOMPARE(work->change(), Change::Edited);
        QSignalSpy published(work.get(), &FlowWork::published);
        work->publish();
        QTRY_COMPARE(published.size(), 1);
        QCOMPARE(work->head().state, model::FlowState::Published);
        QCOMPARE(work->head().version, 1);
        QVERIFY(!work->isEditable());
        auto again = m_admin.open(id);
        QCOMPARE(labelOf(*again), std::string("begin"));
        QSignalSpy loaded(work.get(), &FlowWork::loaded);
        work->unpublish();
        QTRY_COMPARE(loaded.size(), 1);
        QVERIFY(work->isEditable());
    }

    void whatCannotBePublishedSaysWhy() {
        auto work = m_admin.open(m_admin.add("not yet"));
        auto graph = graphOf(*work);
        graph.edges.clear();
        work->edited({flow::toJson(graph), "[]"});
        QSignalSpy refused(work.get(), &FlowWork::refused);
        work->publish();
        QTRY_COMPARE(refused.size(), 1);
        const auto error = refused.first().first().value<base::Error>();
        QCOMPARE(error.code, std::string("flow_invalid"));
        QVERIFY(error.params.at("problems").find("output_unconnected") != std::string::npos);
        QCOMPARE(work->head().state, model::FlowState::Unpublished);
        QCOMPARE(work->change(), Change::Saved); // publishing saved it first
    }

    void whatHappensWhileItIsSavedIsNotLost() {
        const auto id = m_admin.add("quick");
        auto work = m_admin.open(id);
        work->edited(worded(*work, "one"));
        work->save();
        work->rename(QStringLiteral("renamed meanwhile"));
        work->edited(worded(*work, "two"));
        work->flush(); // kept with the revision of before the save
        QTRY_COMPARE(work->head().name, std::string("renamed meanwhile"));
        work->edited(worded(*work, "three"));
        work.reset(); // the program ends
        auto again = m_admin.open(id);
        QCOMPARE(labelOf(*again), std::string("three"));
        QSignalSpy conflict(again.get(), &FlowWork::conflict);
        again->save();
        QTRY_COMPARE(again->change(), Change::Saved);
        QCOMPARE(conflict.size(), 0);
    }

    void theSecondToSaveSeesBoth() {
        const auto id = m_admin.add("shared");
        auto mine = m_admin.open(id);
        auto theirs = m_admin.open(id);
        theirs->edited(worded(*theirs, "theirs"));
        theirs->save();
        QTRY_COMPARE(theirs->change(), Change::Saved);
        QSignalSpy conflict(mine.get(), &FlowWork::conflict);
        mine->edited(worded(*mine, "mine"));
        mine->save();
        QTRY_COMPARE(conflict.size(), 1);
        QCOMPARE(mine->change(), Change::Conflict);
        QCOMPARE(labelOf(*mine), std::string("mine"));
        QCOMPARE(flow::parseJson(mine->theirs()->graph.text)->nodes.front().label, std::string("theirs"));
        QCOMPARE(mine->theirs()->head.updatedBy.empty(), false);
        mine->keepMine();
        QTRY_COMPARE(mine->change(), Change::Saved);
        QCOMPARE(labelOf(*m_admin.open(id)), std::string("mine"));

        theirs->edited(worded(*theirs, "once more"));
        QSignalSpy back(theirs.get(), &FlowWork::conflict);
        theirs->save();
        QTRY_COMPARE(back.size(), 1);
        QSignalSpy loaded(theirs.get(), &FlowWork::loaded);
        theirs->takeTheirs();
        QCOMPARE(loaded.size(), 1);
        QCOMPARE(labelOf(*theirs), std::string("mine"));
        QCOMPARE(theirs->change(), Change::Saved);
    }

    /// A test that is kept elsewhere raises the revision. That is no conflict, whether the flow is open or lies
    /// unsaved.
    void testsKeptElsewhereComeAlong() {
        const auto id = m_admin.add("with tests");
        const auto keep = [&](const char* name) {
            flowtest::FlowTest test;
            test.name = name;
            test.path = {flow::NodeId{1}, flow::NodeId{2}};
            bool kept = false;
            m_admin.client->flow(id, 0, this, [&](const base::Result<wire::FlowDocument>& document) {
                auto tests = *flowtest::parseTests(document->tests.text.empty() ? "[]" : document->tests.text);
                tests.push_back(test);
                m_admin.client->saveTests(id, {document->head.revision, {flowtest::toJson(tests)}}, this,
                                          [&](const base::Result<wire::FlowHead>& head) { kept = head.ok(); });
            });
            return QTest::qWaitFor([&] { return kept; });
        };
        {
            auto work = m_admin.open(id);
            work->edited(worded(*work, "unsaved"));
        }
        QVERIFY(keep("while it lay unsaved"));
        auto work = m_admin.open(id);
        QCOMPARE(labelOf(*work), std::string("unsaved"));
        QSignalSpy conflict(work.get(), &FlowWork::conflict);
        QSignalSpy merged(work.get(), &FlowWork::testsMerged);
        QVERIFY(keep("while it was open"));
        work->save();
        QTRY_COMPARE(work->change(), Change::Saved);
        QCOMPARE(conflict.size(), 0);
        QCOMPARE(merged.size(), 1);
        auto again = m_admin.open(id);
        QVERIFY(!again->leftOver().isValid());
        QCOMPARE(labelOf(*again), std::string("unsaved"));
        QCOMPARE(flowtest::parseTests(again->content().tests)->size(), std::size_t(2));
    }

    /// The program dies after an edit: what was drawn is there again.
    void whatWasNotSavedIsThereAgain() {
        const auto id = m_admin.add("draft");
        {
            auto work = m_admin.open(id);
            work->edited(worded(*work, "unsaved"));
            auto& store = m_admin.program->account.account()->store();
            QTRY_VERIFY(!store.kept(QStringLiteral("flow-edited/%1").arg(id.value)).empty()); // by itself
        }
        auto work = m_admin.open(id);
        QCOMPARE(labelOf(*work), std::string("unsaved"));
        QVERIFY(work->leftOver().isValid());
        QCOMPARE(work->change(), Change::Edited);
        QSignalSpy loaded(work.get(), &FlowWork::loaded);
        work->discardLeftOver();
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(labelOf(*work), std::string());
        QVERIFY(!m_admin.open(id)->leftOver().isValid());
    }

    void aVersionComesBackAsTheDraft() {
        const auto id = m_admin.add("versions");
        auto work = m_admin.open(id);
        QSignalSpy published(work.get(), &FlowWork::published);
        QSignalSpy loaded(work.get(), &FlowWork::loaded);
        for (const char* label : {"one", "two"}) {
            const auto before = published.size();
            work->edited(worded(*work, label));
            work->publish();
            QTRY_COMPARE(published.size(), before + 1);
            const auto loads = loaded.size();
            work->unpublish();
            QTRY_COMPARE(loaded.size(), loads + 1);
        }
        QCOMPARE(labelOf(*work), std::string("two"));
        std::optional<wire::FlowVersions> versions;
        work->versions(this, [&](const base::Result<wire::FlowVersions>& answer) { versions = *answer; });
        QTRY_VERIFY(versions.has_value());
        QCOMPARE(versions->versions.front().version, 2);
        work->restore(1);
        QTRY_COMPARE(labelOf(*work), std::string("one"));
        QCOMPARE(work->head().version, 2); // nothing was published by it
    }

    /// Without the server the flow is shown as it was known last, and cannot be edited.
    void withoutTheServerItIsReadOnly() {
        const auto id = m_admin.add("away");
        QVERIFY(m_admin.open(id) != nullptr);
        const auto port = m_server->port();
        m_server->kill();
        auto work = m_admin.open(id);
        QVERIFY(work != nullptr);
        QVERIFY(work->isOffline());
        QVERIFY(!work->isEditable());
        QVERIFY(m_server->start().ok());
        QCOMPARE(m_server->port(), port);
        work->load();
        QTRY_VERIFY_WITH_TIMEOUT(work->stage() == FlowWork::Stage::Ready && !work->isOffline(), 20'000);
        QVERIFY(work->isEditable());
    }

    /// A visitor goes through the demonstration's flow; the record tells the way, and plays again as a test.
    void aSessionIsToldAgain() {
        test::Visitor visitor(m_server->port(), QString(43, QLatin1Char('r')));
        QTRY_VERIFY_WITH_TIMEOUT(visitor.welcomed, 10'000);
        visitor.write("hello", 1);
        QTRY_VERIFY_WITH_TIMEOUT(visitor.heard.size() >= 2, 10'000); // the greeting and the menu
        visitor.write("nonsense", 2);
        visitor.write("1", 3); // nobody is online: the flow says so and ends
        QTRY_VERIFY_WITH_TIMEOUT(visitor.heard.size() >= 4, 10'000);
        std::optional<wire::Replay> replay;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                m_admin.client->replay(model::SessionId{1}, this, [&](const base::Result<wire::Replay>& answer) {
                    if (answer && !answer->end.empty())
                        replay = *answer;
                });
                return QTest::qWaitFor([&] { return replay.has_value(); }, 500);
            }(),
            10'000);
        std::vector<std::int64_t> path;
        flowtest::History history;
        for (const auto& step : replay->steps) {
            path.push_back(step.node);
            history.path.push_back({flow::NodeId{step.node}, base::Millis(step.atMillis)});
        }
        QCOMPARE(path, (std::vector<std::int64_t>{1, 2, 3, 4, 6}));
        QCOMPARE(replay->steps[3].port, std::string("产品咨询"));
        for (const auto& event : replay->events)
            if (event.what == "customer")
                history.happenings.push_back(
                    {flowtest::Happening::What::CustomerWrote, event.text, base::Millis(event.atMillis)});
        history.end = replay->end;
        const auto graph = flow::parseJson(replay->graph.text);
        const auto test = flowtest::testOf(*graph, history, "as it was");
        QVERIFY2(test.ok(), test ? "" : test.error().code.c_str());
        // Also a flow in use takes a test.
        auto work = m_admin.open(replay->flow);
        QVERIFY(!work->isEditable());
        const auto revision = work->head().revision;
        work->saveTests(flowtest::toJson({*test}));
        QTRY_COMPARE(work->head().revision, revision + 1);
        QCOMPARE(work->head().state, model::FlowState::InUse);
        QCOMPARE(flowtest::parseTests(m_admin.open(replay->flow)->content().tests)->size(), std::size_t(1));
    }

    void aFailingTestKeepsItFromBeingPublished() {
        const auto id = m_admin.add("tested");
        auto work = m_admin.open(id);
        flowtest::FlowTest test;
        test.name = "must end elsewhere";
        test.path = {flow::NodeId{1}, flow::NodeId{99}};
        work->edited({work->content().graph, flowtest::toJson({test})});
        QSignalSpy refused(work.get(), &FlowWork::refused);
        QSignalSpy published(work.get(), &FlowWork::published);
        work->publish();
        QTRY_COMPARE(refused.size(), 1);
        const auto error = refused.first().first().value<base::Error>();
        QCOMPARE(error.code, std::string("flow_tests_failed"));
        QVERIFY(error.params.at("tests").find("must end elsewhere") != std::string::npos);
        work->publish(true);
        QTRY_COMPARE(published.size(), 1);
        std::optional<wire::AuditPage> audit;
        m_admin.client->audit({}, this, [&](const base::Result<wire::AuditPage>& page) { audit = *page; });
        QTRY_VERIFY(audit.has_value());
        QCOMPARE(audit->entries.front().action, std::string("flow.publish_forced"));
        QVERIFY(audit->entries.front().after.find("must end elsewhere") != std::string::npos);
    }

    void cleanupTestCase() {
        m_admin.client.reset();
        m_admin.program.reset();
        if (m_server)
            QCOMPARE(m_server->terminate(), 0);
    }
};

static const test::Add<FlowWorkTest> addedFlowWorkTest;

#include "flow_work_test.moc"
