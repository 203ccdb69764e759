#include "tests/server/admin/rules.h"

#include "server/admin/flow_rules.h"
#include "shared/flow/json.h"
#include "shared/flowtest/flow_test.h"
#include "tests/support/sample_flows.h"

using namespace cb;
using admin::StoredFlow;
using test::codeOf;
using test::kInstance;
using test::kMaker;
using test::paramOf;

namespace {

const model::Group kSales{model::GroupId{1}, kInstance, model::Mode::Chat, "Sales", 3};

enum State { Unpublished, Published, InUse };

StoredFlow stored(State state) {
    StoredFlow flow;
    flow.draft.flow = model::FlowId{7};
    flow.draft.instance = kInstance;
    flow.draft.name = "Greeting";
    flow.draft.json = flow::toJson(test::sampleChat());
    flow.draft.revision = 5;
    flow.draft.published = state != Unpublished;
    flow.newest = 2;
    if (state == InUse) {
        model::Channel channel;
        channel.name = "Shop";
        flow.channels.push_back(channel);
    }
    return flow;
}

wire::FlowDraft draft(std::int64_t revision = 5) {
    return {revision, "", {flow::toJson(test::sampleChat())}, {}};
}

store::FlowRow version(int number) {
    store::FlowRow row = stored(Unpublished).draft;
    row.version = number;
    row.json = flow::toJson(test::sampleChat());
    return row;
}

/// One of the actions of spec 5 on a flow in this state, made from this revision.
std::string refusal(const std::string& action, const StoredFlow& flow, std::int64_t revision = 5) {
    if (action == "edit")
        return codeOf(admin::saveFlow(flow, draft(revision), kMaker));
    if (action == "publish")
        return codeOf(admin::publishFlow(flow, {revision, false}, {&kSales, 1}, kMaker));
    if (action == "delete")
        return codeOf(admin::deleteFlow(flow, {revision, 0}, kMaker));
    if (action == "restore")
        return codeOf(admin::restoreFlow(flow, version(1), {revision, 1}, kMaker));
    if (action == "unpublish")
        return codeOf(admin::unpublishFlow(flow, {revision, 0}, kMaker));
    if (action == "link")
        return codeOf(admin::mayLink(model::ChannelKind::Website, flow.draft));
    return "no such action";
}

/// A test that passes, or one that cannot.
std::string testsOf(bool passes) {
    flowtest::FlowTest test;
    test.name = "Goes to the menu";
    test.inputs = {};
    test.path = {flow::NodeId{1}, flow::NodeId{2}, flow::NodeId{passes ? 3 : 9}};
    return flowtest::toJson({test});
}

} // namespace

class FlowRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stateTable_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QStringList>("codes"); // unpublished, published, in use
        const QString published = "flow_published";
        QTest::newRow("edit") << "edit" << QStringList{"", published, published};
        QTest::newRow("publish") << "publish" << QStringList{"", published, published};
        QTest::newRow("delete") << "delete" << QStringList{"", published, published};
        QTest::newRow("restore") << "restore" << QStringList{"", published, published};
        QTest::newRow("unpublish") << "unpublish" << QStringList{"flow_not_published", "", "flow_in_use"};
        QTest::newRow("link") << "link" << QStringList{"flow_not_published", "", ""};
    }
    void stateTable() {
        QFETCH(QString, action);
        QFETCH(QStringList, codes);
        for (const State state : {Unpublished, Published, InUse})
            QCOMPARE(QString::fromStdString(refusal(action.toStdString(), stored(state))), codes[state]);
    }
    void statesFollowFromWhatIsStored() {
        QCOMPARE(stored(Unpublished).state(), model::FlowState::Unpublished);
        QCOMPARE(stored(Published).state(), model::FlowState::Published);
        QCOMPARE(stored(InUse).state(), model::FlowState::InUse);
    }
    void whoComesSecondIsTold() {
        for (const char* action : {"edit", "publish", "delete", "restore"})
            for (const std::int64_t revision : {0, 4, 6})
                QCOMPARE(refusal(action, stored(Unpublished), revision), std::string("flow_changed"));
        QCOMPARE(refusal("unpublish", stored(Published), 4), std::string("flow_changed"));
        const auto second = admin::saveFlow(stored(Unpublished), draft(4), kMaker);
        QCOMPARE(second.error().grade, base::Grade::Conflict);
        QCOMPARE(paramOf(second, "revision"), std::string("5"));
    }
    void everyChangeRaisesTheRevision() {
        const auto saved = admin::saveFlow(stored(Unpublished), draft(), kMaker);
        QVERIFY(saved.ok());
        const auto& row = saved->rows.flows.front();
        QCOMPARE(row.revision, std::int64_t(6));
        QCOMPARE(row.version, 0);
        QVERIFY(row.at == kMaker.now && row.by == kMaker.agent);
        QCOMPARE(saved->action, std::string("flow.save"));
        QCOMPARE(saved->target, "flow 7 " + stored(Unpublished).draft.name);
        QCOMPARE(admin::unpublishFlow(stored(Published), {5, 0}, kMaker)->rows.flows.front().revision, std::int64_t(6));
    }
    void theAuditSaysWhatChanged() {
        auto flow = stored(Unpublished);
        auto graph = test::sampleChat();
        flow.draft.json = flow::toJson(graph);
        flow.draft.name = "Old";
        auto moved = graph;
        moved.nodes.front().position.x += 100;
        auto wanted = draft();
        wanted.name = "New";
        wanted.graph.text = flow::toJson(moved);
        const auto renamed = admin::saveFlow(flow, wanted, kMaker);
        QVERIFY(renamed.ok());
        QCOMPARE(renamed->before, std::string("Old"));
        QCOMPARE(renamed->after, std::string("New"));
        auto changed = graph;
        for (auto& node : changed.nodes)
            if (auto* message = std::get_if<flow::Message>(&node.data))
                message->text = "said otherwise";
        wanted.graph.text = flow::toJson(changed);
        const auto saved = admin::saveFlow(flow, wanted, kMaker);
        QVERIFY(saved.ok());
        QVERIFY(saved->after.find("said otherwise") != std::string::npos);
        QVERIFY(saved->before.find("said otherwise") == std::string::npos);
        QVERIFY(saved->before.find("\"message\"") != std::string::npos);  // how the node was
        QVERIFY(saved->before.find("\"transfer\"") == std::string::npos); // which did not change
    }
    void publishingMakesTheNextVersion() {
        const auto published = admin::publishFlow(stored(Unpublished), {5, false}, {&kSales, 1}, kMaker);
        QVERIFY(published.ok());
        const auto& row = published->rows.flows.front();
        QCOMPARE(row.version, 3);
        QVERIFY(row.published);
        const auto back = admin::unpublishFlow(stored(Published), {5, 0}, kMaker);
        QVERIFY(!back->rows.flows.front().published);
        QCOMPARE(back->rows.flows.front().version, 0);
    }
    void publishingValidates() {
        auto flow = stored(Unpublished);
        const auto noGroup = admin::publishFlow(flow, {5, true}, {}, kMaker); // force is for tests, not for this
        QCOMPARE(codeOf(noGroup), std::string("flow_invalid"));
        QVERIFY(paramOf(noGroup, "problems").find("unknown_group") != std::string::npos);
        auto graph = test::sampleChat();
        graph.edges.pop_back();
        flow.draft.json = flow::toJson(graph);
        QCOMPARE(codeOf(admin::publishFlow(flow, {5, false}, {&kSales, 1}, kMaker)), std::string("flow_invalid"));
    }
    void onlyApprovedAudioIsPublished() {
        auto flow = stored(Unpublished);
        flow.draft.mode = model::Mode::Phone;
        flow.draft.json = R"({"schema":1,"mode":"phone","nodes":[{"id":1,"type":"start"},
            {"id":2,"type":"play","label":"Hello","sound":{"source":"audio","audio":4}},{"id":3,"type":"call_end"}],
            "edges":[{"from":1,"port":"next","to":2},{"from":2,"port":"next","to":3}]})";
        model::Audio audio;
        audio.id = model::AudioId{4};
        const auto publish = [&] { return admin::publishFlow(flow, {5, false}, {}, kMaker, {&audio, 1}); };
        QVERIFY(paramOf(publish(), "problems").find("audio_not_approved") != std::string::npos);
        audio.state = model::AudioState::Approved;
        QCOMPARE(codeOf(publish()), std::string());
        audio.deleted = true;
        QCOMPARE(codeOf(publish()), std::string("flow_invalid"));
    }
    void testsMustPassUnlessForced() {
        auto flow = stored(Unpublished);
        flow.draft.tests = testsOf(true);
        QCOMPARE(codeOf(admin::publishFlow(flow, {5, false}, {&kSales, 1}, kMaker)), std::string());
        flow.draft.tests = testsOf(false);
        const auto refused = admin::publishFlow(flow, {5, false}, {&kSales, 1}, kMaker);
        QCOMPARE(codeOf(refused), std::string("flow_tests_failed"));
        QVERIFY(paramOf(refused, "tests").find("Goes to the menu") != std::string::npos);
        const auto forced = admin::publishFlow(flow, {5, true}, {&kSales, 1}, kMaker);
        QVERIFY(forced.ok());
        QCOMPARE(forced->action, std::string("flow.publish_forced"));
        QVERIFY(forced->after.find("Goes to the menu") != std::string::npos);
    }
    void draftsMayBeIncomplete() {
        wire::FlowDraft half = draft();
        half.graph.text = R"({"schema":1,"mode":"chat","nodes":[],"edges":[]})";
        QCOMPARE(codeOf(admin::saveFlow(stored(Unpublished), half, kMaker)), std::string());
        half.graph.text = R"({"schema":1,"mode":"phone","nodes":[],"edges":[]})";
        QCOMPARE(paramOf(admin::saveFlow(stored(Unpublished), half, kMaker), "field"), std::string("graph.mode"));
        half.graph.text = "[]";
        QCOMPARE(codeOf(admin::saveFlow(stored(Unpublished), half, kMaker)), std::string("flow_bad_json"));
    }
    void names() {
        QCOMPARE(*admin::checkedName("  Out of hours "), std::string("Out of hours"));
        for (const std::string& bad :
             {std::string(), std::string("   "), std::string("a\nb"), std::string("a\x01"), std::string(41, 'x')})
            QCOMPARE(codeOf(admin::checkedName(bad)), std::string("bad_field"));
        std::string wide;
        for (int i = 0; i < 40; ++i)
            wide += "云";
        QVERIFY(admin::checkedName(wide).ok());
    }
    void newFlows() {
        const auto made = admin::newFlow({"Fresh", model::Mode::AllMedia, {}, {}}, model::FlowId{8}, 0, kMaker);
        QVERIFY(made.ok());
        const auto& row = made->rows.flows.front();
        QVERIFY(row.mode == model::Mode::AllMedia && !row.published && row.version == 0 && row.revision == 1);
        QVERIFY(flow::parseJson(row.json)->nodes.size() == 2);
        const auto full =
            admin::newFlow({"Fresh", model::Mode::Chat, {}, {}}, model::FlowId{8}, admin::kMaxFlows, kMaker);
        QCOMPARE(codeOf(full), std::string("too_many_flows"));
    }
    void deletedFlowsAreGoneForGood() {
        const auto gone = admin::deleteFlow(stored(Unpublished), {5, 0}, kMaker);
        QVERIFY(gone->rows.flows.front().deleted);
        auto row = stored(Published).draft;
        row.deleted = true;
        QCOMPARE(codeOf(admin::mayLink(model::ChannelKind::Website, row)), std::string("flow_not_published"));
    }
    /// The matrix of spec 2.1.
    void channelsCarryModes() {
        using model::ChannelKind;
        using model::Mode;
        const std::vector<std::pair<ChannelKind, std::vector<bool>>> table{
            // chat, all-media, phone
            {ChannelKind::Website, {true, true, false}},
            {ChannelKind::Kiosk, {true, true, false}},
            {ChannelKind::MiniProgram, {true, true, false}},
            {ChannelKind::WeChatAccount, {true, false, false}},
            {ChannelKind::Phone, {false, false, true}}};
        for (const auto& [kind, may] : table)
            for (const Mode mode : {Mode::Chat, Mode::AllMedia, Mode::Phone}) {
                QCOMPARE(admin::carries(kind, mode), static_cast<bool>(may[static_cast<std::size_t>(mode)]));
                auto row = stored(Published).draft;
                row.mode = mode;
                QCOMPARE(codeOf(admin::mayLink(kind, row)),
                         std::string(admin::carries(kind, mode) ? "" : "mode_not_carried"));
            }
    }
    void restoringTakesTheOldGraph() {
        auto old = version(1);
        auto graph = test::sampleChat();
        graph.nodes[1].label = "As it was";
        old.json = flow::toJson(graph);
        const auto restored = admin::restoreFlow(stored(Unpublished), old, {5, 1}, kMaker);
        QVERIFY(restored.ok());
        QCOMPARE(restored->rows.flows.front().json, old.json);
        QCOMPARE(restored->rows.flows.front().version, 0);
        QVERIFY(restored->after.rfind("version 1\n{", 0) == 0); // and what is other
    }
};

static const cb::test::Add<FlowRulesTest> addedFlowRulesTest;
CB_TEST_MAIN()
#include "flow_rules_test.moc"
