#include "client/floweditor/compare/compare_view.h"
#include "client/floweditor/workshop/flow_dialogs.h"
#include "client/floweditor/workshop/flow_page.h"
#include "client/floweditor/workshop/replay_page.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/table/table_page.h"
#include "shared/flow/json.h"
#include "shared/flowtest/flow_test.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/scenes.h"
#include "tests/e2e/tour/stage.h"
#include "tests/support/sample_flows.h"

namespace cb::tour {

namespace {

using admin::Place;
using floweditor::FlowPage;
using std::chrono::hours;

constexpr model::FlowId kFlow{1};

wire::FlowHead headOf(const test::FakeServer& server, model::FlowState state) {
    wire::FlowHead head;
    head.id = kFlow;
    head.name = "官网欢迎流程";
    head.state = state;
    head.version = 3;
    head.revision = 12;
    head.updatedAt = server.now() - hours(3);
    head.updatedBy = "阿狸";
    if (state == model::FlowState::InUse)
        head.channels = {model::ChannelId(1)};
    return head;
}

flow::Graph sample() {
    auto graph = test::sampleChat();
    double x = 0;
    for (auto& node : graph.nodes) { // in columns, as an admin would have them
        node.position = {x, node.id.value % 2 ? 0.0 : 160.0};
        x += 260;
    }
    return graph;
}

/// The same after somebody else's afternoon.
flow::Graph changed() {
    auto graph = sample();
    std::get<flow::Message>(flow::find(graph, flow::NodeId{2})->data).text = "下午好，欢迎光临。";
    graph.nodes.push_back({flow::NodeId{20}, "营业时间", {780, 420}, flow::Message{"我们的营业时间是 9:00–18:00。"}});
    std::erase_if(graph.edges, [](const flow::Edge& edge) { return edge.from == flow::NodeId{4}; });
    graph.edges.push_back({flow::NodeId{4}, "next", flow::NodeId{20}});
    graph.edges.push_back({flow::NodeId{20}, "next", flow::NodeId{3}});
    return graph;
}

std::vector<flowtest::FlowTest> sampleTests() {
    flowtest::Rehearsal play(*flowrun::compile(sample()), flowtest::Agents::Busy);
    std::vector<flowtest::Input> inputs{flowtest::Write{"1"}, flowtest::Write{"agent"}, flowtest::Answer{}};
    for (const auto& input : inputs)
        play.apply(input);
    auto good = flowtest::recorded(play, "产品，然后人工", flowtest::Agents::Busy, inputs);
    auto bad = good;
    bad.name = "Nobody is there at night";
    bad.path.back() = flow::NodeId{8};
    return {good, bad};
}

void serve(Stage& stage, model::FlowState state) {
    auto& server = stage.desk.server;
    addAdmin(server);
    const auto tests = flowtest::toJson(sampleTests());
    const auto head = headOf(server, state);
    auto& fixed = server.admin.fixed;
    fixed["GET flows/1"] = wire::encodeBody(wire::FlowDocument{head, 0, {flow::toJson(sample())}, {tests}});
    fixed["GET flows/1?version=2"] = wire::encodeBody(wire::FlowDocument{head, 2, {flow::toJson(changed())}, {tests}});
    fixed["GET flows/1?version=3"] = fixed["GET flows/1?version=2"];
    fixed["GET flows/1/versions"] = wire::encodeBody(wire::FlowVersions{{{3, server.now() - hours(3), "阿狸"},
                                                                         {2, server.now() - hours(30), "Bo Andersson"},
                                                                         {1, server.now() - hours(700), "阿狸"},
                                                                         {0, server.now() - hours(2), "阿狸"}}});
}

/// The page of the flow, about to load it. Somebody is signed in.
FlowPage* pageOfFlow(Stage& stage) {
    auto* frame = stage.desk.window->frame();
    frame->openFlow(kFlow);
    return qobject_cast<FlowPage*>(frame->flow().page());
}

/// With the flow and the groups in it; nullptr: the scene has failed.
FlowPage* drawn(Stage& stage) {
    if (stage.failed())
        return nullptr;
    auto* page = pageOfFlow(stage);
    stage.await("the flow", [&] { return page != nullptr && page->editor() != nullptr; });
    auto& groups = stage.desk.program.account.account()->admin().groups();
    stage.await("the groups", [&] { return groups.isThere(); });
    return stage.failed() ? nullptr : page;
}

/// The flow that is served; nullptr: the scene has failed.
FlowPage* openServed(Stage& stage) {
    stage.open();
    return drawn(stage);
}

FlowPage* open(Stage& stage, model::FlowState state) {
    serve(stage, state);
    return openServed(stage);
}

void edited(Stage& stage) {
    if (auto* page = open(stage, model::FlowState::Unpublished)) {
        page->editor()->canvas().reveal(flow::NodeId{3});
        auto graph = page->editor()->document().graph();
        page->editor()->document().change(flow::NodeId{3}, QStringLiteral("主菜单"), graph.nodes[2].data);
        stage.await("the edit", [&] { return page->work().change() == state::FlowWork::Change::Edited; });
    }
}

/// In the smallest window: the panels are folded, and one that is asked for unfolds.
void narrow(Stage& stage, bool asked) {
    stage.desk.window->resize(1024, 640);
    auto* page = open(stage, model::FlowState::Unpublished);
    if (page == nullptr)
        return;
    auto& canvas = page->editor()->canvas();
    canvas.reveal(flow::NodeId{3});
    if (asked)
        Q_EMIT canvas.editWanted(flow::NodeId{3}); // as a double click does
}

void simulated(Stage& stage) {
    if (auto* page = open(stage, model::FlowState::Unpublished))
        page->editor()->showTab(floweditor::FlowEditor::SimulatorTab);
}

void tested(Stage& stage) {
    if (auto* page = open(stage, model::FlowState::Unpublished))
        page->editor()->showTab(floweditor::FlowEditor::TestsTab);
}

/// An IVR, the menu chosen or played.
void phone(Stage& stage, bool played) {
    serve(stage, model::FlowState::Unpublished);
    auto& server = stage.desk.server;
    auto head = headOf(server, model::FlowState::Unpublished);
    head.mode = model::Mode::Phone;
    head.name = "客服热线";
    auto graph = test::samplePhone();
    double x = 0;
    for (auto& node : graph.nodes) {
        node.position = {x, node.id.value % 2 ? 0.0 : 200.0};
        x += 240;
    }
    server.admin.fixed["GET flows/1"] = wire::encodeBody(wire::FlowDocument{head, 0, {flow::toJson(graph)}, {"[]"}});
    auto* page = openServed(stage);
    if (page == nullptr)
        return;
    auto& audio = stage.desk.program.account.account()->admin().audio();
    stage.await("the audio", [&] { return audio.isThere(); });
    if (played)
        page->editor()->showTab(floweditor::FlowEditor::SimulatorTab);
    else
        page->editor()->canvas().reveal(flow::NodeId{3});
}

/// A flow that cannot be opened.
void unreadFlow(Stage& stage) {
    serve(stage, model::FlowState::Unpublished);
    stage.desk.server.admin.fixed.erase("GET flows/1");
    stage.desk.server.admin.refuse("GET /api/v1/flows/1", base::retry("storage_unavailable"), true);
    stage.open();
    if (stage.failed())
        return;
    auto* page = pageOfFlow(stage);
    stage.await("the refusal",
                [&] { return page != nullptr && page->work().stage() == state::FlowWork::Stage::Failed; });
}

/// What was drawn last time is there, not saved; `asked`: and is to be thrown away.
void leftOver(Stage& stage, bool asked) {
    serve(stage, model::FlowState::Unpublished);
    stage.open();
    if (stage.failed())
        return;
    auto head = headOf(stage.desk.server, model::FlowState::Unpublished);
    head.updatedAt = stage.desk.server.now() - hours(18);
    const wire::FlowDocument left{head, 0, {flow::toJson(changed())}, {flowtest::toJson(sampleTests())}};
    auto& store = stage.desk.program.account.account()->store();
    if (!store.keep(QStringLiteral("flow-edited/1"), wire::encodeBody(left))) // where FlowWork looks for it
        return stage.fail(QStringLiteral("not kept"));
    auto* page = drawn(stage);
    if (page == nullptr)
        return;
    auto* strip = page->findChild<widgets::Strip*>(QString(), Qt::FindDirectChildrenOnly);
    stage.await("the remark", [&] { return strip->isVisible(); });
    if (!asked)
        return;
    Q_EMIT strip->actionTriggered();
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

/// No test is kept yet.
void untested(Stage& stage) {
    serve(stage, model::FlowState::Unpublished);
    auto& server = stage.desk.server;
    server.admin.fixed["GET flows/1"] = wire::encodeBody(
        wire::FlowDocument{headOf(server, model::FlowState::Unpublished), 0, {flow::toJson(sample())}, {"[]"}});
    if (auto* page = openServed(stage))
        page->editor()->showTab(floweditor::FlowEditor::TestsTab);
}

void locked(Stage& stage) {
    if (auto* page = open(stage, model::FlowState::InUse))
        page->editor()->canvas().reveal(flow::NodeId{5});
}

void conflict(Stage& stage) {
    auto* page = open(stage, model::FlowState::Unpublished);
    if (page == nullptr)
        return;
    auto& server = stage.desk.server;
    server.admin.refuse("PUT /api/v1/flows/1", base::with(base::conflict("flow_changed"), "by", "Bo Andersson"));
    auto head = headOf(server, model::FlowState::Unpublished);
    head.revision = 13;
    head.updatedBy = "Bo Andersson";
    server.admin.fixed["GET flows/1"] =
        wire::encodeBody(wire::FlowDocument{head, 0, {flow::toJson(changed())}, {"[]"}});
    page->editor()->document().remove({{flow::NodeId{8}}, {}});
    stage.await("the edit", [&] { return page->work().change() == state::FlowWork::Change::Edited; });
    page->work().save();
    stage.await("the conflict", [&] { return stage.desk.the<floweditor::CompareView>() != nullptr; });
    if (!stage.failed())
        stage.desk.the<floweditor::CompareView>()->list().setCurrentRow(0);
}

void versions(Stage& stage) {
    if (open(stage, model::FlowState::Unpublished) == nullptr)
        return;
    for (auto* action : stage.desk.window->frame()->flow().page()->findChildren<QAction*>(Qt::FindDirectChildrenOnly))
        if (action->icon().isNull() == false) {
            action->trigger(); // the first of its menu: versions
            break;
        }
    stage.await("the versions", [&] { return stage.desk.the<floweditor::CompareView>() != nullptr; });
}

/// The newest version is to be the draft again.
void restoring(Stage& stage) {
    versions(stage);
    if (stage.failed())
        return;
    stage.press(floweditor::VersionsDialog::tr("Make version %1 the draft").arg(3));
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

void failedTests(Stage& stage) {
    auto* page = open(stage, model::FlowState::Unpublished);
    if (page == nullptr)
        return;
    stage.desk.server.admin.refuse(
        "POST /api/v1/flows/1/publish",
        base::with(base::rejected("flow_tests_failed"), "tests",
                   R"([{"name":"Nobody is there at night","code":"other_way","expected":8,"came":5,"end":""},)"
                   R"({"name":"产品，然后人工","code":"other_end","expected":0,"came":0,"end":"abandoned"}])"));
    page->work().publish();
    stage.await("the tests", [&] {
        for (auto* dialog : stage.desk.window->findChildren<QDialog*>())
            if (dialog->isVisible())
                return true;
        return false;
    });
}

/// A session that went through the flow as it was drawn first; what happened is still to be said.
wire::Replay replayOf(const test::FakeServer& server) {
    wire::Replay replay;
    replay.session = model::SessionId(4711);
    replay.flow = kFlow;
    replay.flowName = "官网欢迎流程";
    replay.version = 3;
    replay.startedAt = server.now() - hours(20);
    replay.graph.text = flow::toJson(sample());
    return replay;
}

/// nullptr: the scene has failed.
floweditor::ReplayPage* openReplay(Stage& stage, const wire::Replay& replay) {
    stage.desk.server.admin.fixed["GET sessions/4711/replay"] = wire::encodeBody(replay);
    stage.open();
    if (stage.failed())
        return nullptr;
    auto* frame = stage.desk.window->frame();
    frame->openReplay(replay.session);
    auto* page = qobject_cast<floweditor::ReplayPage*>(frame->flow().page());
    stage.await("the replay", [&] { return page != nullptr && page->canvas() != nullptr; });
    return stage.failed() ? nullptr : page;
}

void replayed(Stage& stage) {
    serve(stage, model::FlowState::InUse);
    auto replay = replayOf(stage.desk.server);
    replay.end = "agent_ended";
    replay.steps = {{1, "", 0},          {2, "next", 0},         {3, "next", 2},
                    {5, "人工", 21'000}, {6, "served", 190'000}, {7, "next", 190'000}};
    replay.events = {{"flow", "您好，欢迎光临。", 1},
                     {"flow", "回复 1 了解产品，回复 2 转人工。", 3},
                     {"customer", "人工", 20'900},
                     {"queued", "", 21'001},
                     {"offered", "阿狸", 21'002},
                     {"answered", "阿狸", 26'000},
                     {"agent", "您好，请问有什么可以帮您？", 40'000},
                     {"customer", "我的订单什么时候发货？", 61'000},
                     {"ended", "agent_ended", 190'001}};
    if (auto* page = openReplay(stage, replay))
        page->go(6);
}

/// A session as a test of a flow that was drawn anew since.
void keptAnyway(Stage& stage) {
    serve(stage, model::FlowState::Unpublished);
    auto& fixed = stage.desk.server.admin.fixed;
    fixed["GET flows/1"] = fixed["GET flows/1?version=2"];
    auto replay = replayOf(stage.desk.server);
    replay.steps = {{1, "", 0}, {2, "next", 0}, {3, "next", 2}, {4, "产品", 21'000}, {3, "next", 21'000}};
    replay.events = {{"flow", "您好，欢迎光临。", 1}, {"customer", "产品", 20'900}};
    auto* page = openReplay(stage, replay);
    if (page == nullptr)
        return;
    page->keepButton().click();
    stage.press(floweditor::ReplayPage::tr("Keep"));
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

void list(Stage& stage, bool many, Place place = Place::ChatFlows) {
    addAdmin(stage.desk.server, many);
    if (many) {
        auto& flows = stage.desk.server.admin.flows.flows;
        auto draft = headOf(stage.desk.server, model::FlowState::Unpublished);
        draft.id = model::FlowId(14);
        draft.name = "Night, weekend and public holidays (draft)";
        draft.version = 0;
        draft.mode = place == Place::AllMediaFlows ? model::Mode::AllMedia : model::Mode::Chat;
        flows.push_back(draft);
    }
    stage.open();
    if (stage.failed())
        return;
    stage.desk.window->frame()->showManage(place);
    auto& admin = stage.desk.program.account.account()->admin();
    stage.await("the flows", [&] { return admin.flows().isThere() && !admin.channels().isLoading(); });
}

/// A dialog of the list, by its button or by a key on the draft.
void askedOfFlows(Stage& stage, bool fresh) {
    list(stage, true);
    if (stage.failed())
        return;
    auto* manage = stage.desk.window->frame()->manage();
    auto* page = qobject_cast<widgets::TablePage*>(manage->page(manage->place()));
    if (fresh) {
        page->head()->button()->click();
    } else {
        auto& view = page->table()->view();
        for (int row = 0; row < view.rows().rowCount(); ++row)
            if (view.rows().index(row, 0).data().toString().contains(QStringLiteral("draft")))
                view.setCurrentIndex(view.rows().index(row, 0));
        QTest::keyClick(&view, Qt::Key_Delete);
    }
    stage.await("the dialog", [&] {
        for (auto* dialog : stage.desk.window->findChildren<QDialog*>())
            if (dialog->isVisible())
                return true;
        return false;
    });
}

} // namespace

std::vector<Scene> flowScenes() {
    return {{"manage-flows", [](Stage& stage) { list(stage, true); }},
            {"manage-flows-empty", [](Stage& stage) { list(stage, false); }},
            {"manage-flows-all-media", [](Stage& stage) { list(stage, true, Place::AllMediaFlows); }},
            {"manage-flows-phone", [](Stage& stage) { list(stage, true, Place::PhoneFlows); }},
            {"manage-flows-new", [](Stage& stage) { askedOfFlows(stage, true); }},
            {"manage-flows-delete", [](Stage& stage) { askedOfFlows(stage, false); }},
            {"flow-phone", [](Stage& stage) { phone(stage, false); }},
            {"flow-phone-simulator", [](Stage& stage) { phone(stage, true); }},
            {"flow-failing", unreadFlow},
            {"flow-left-over", [](Stage& stage) { leftOver(stage, false); }},
            {"flow-left-over-discard", [](Stage& stage) { leftOver(stage, true); }},
            {"flow-tests-empty", untested},
            {"flow-edit", edited},
            {"flow-edit-1024x640", [](Stage& stage) { narrow(stage, false); }},
            {"flow-properties-1024x640", [](Stage& stage) { narrow(stage, true); }},
            {"flow-simulator", simulated},
            {"flow-tests", tested},
            {"flow-locked", locked},
            {"flow-conflict", conflict},
            {"flow-versions", versions},
            {"flow-versions-restore", restoring},
            {"flow-tests-failed", failedTests},
            {"flow-replay", replayed},
            {"flow-replay-other-way", keptAnyway}};
}

} // namespace cb::tour
