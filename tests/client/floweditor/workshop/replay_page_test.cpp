#include "tests/client/floweditor/workshop/workshop.h"

#include "client/floweditor/workshop/flow_dialogs.h"
#include "client/floweditor/workshop/replay_rows.h"
#include "shared/flowtest/rehearsal.h"

#include <map>

namespace cb::floweditor {

using flow::NodeId;
using test::press;
using test::Workshop;

namespace {

const char* const kKeep = "PUT /api/v1/flows/1/tests";

/// A customer asked for the product and is at the menu again.
wire::Replay productAsked(const flow::Graph& graph) {
    wire::Replay replay;
    replay.session = model::SessionId(47);
    replay.flow = model::FlowId{1};
    replay.flowName = "Sales";
    replay.version = 3;
    replay.graph.text = flow::toJson(graph);
    replay.steps = {{1, "", 0}, {2, "next", 0}, {3, "next", 2}, {4, "产品", 21'000}, {3, "next", 21'000}};
    replay.events = {{"flow", "您好，欢迎光临。", 1}, {"customer", "产品", 20'900}};
    return replay;
}

struct Cinema : Workshop {
    bool show(const wire::Replay& replay) {
        server.admin.fixed["GET sessions/47/replay"] = wire::encodeBody(replay);
        if (!signIn())
            return false;
        player = std::make_unique<ReplayPage>(program.account.account()->admin().client(), replay.session);
        player->resize(1200, 800);
        player->show();
        return QTest::qWaitFor([this] { return player->canvas() != nullptr; });
    }
    std::unique_ptr<ReplayPage> player;
};

/// A session that was played, as the server keeps it: the nodes and the rest in lists of their own, everything that one
/// input brought about at one moment.
struct Played {
    Played(flow::Graph drawn, flowtest::Agents agents, const std::vector<flowtest::Input>& inputs)
        : graph(std::move(drawn)) {
        flowtest::Rehearsal rehearsal(*flowrun::compile(graph), agents);
        take(rehearsal);
        for (const auto& input : inputs) {
            millis += 1000;
            accepted = rehearsal.apply(input) && accepted;
            take(rehearsal);
        }
    }
    void take(const flowtest::Rehearsal& rehearsal) {
        using Who = flowtest::Line::Who;
        static const std::map<Who, const char*> kWhat{{Who::Flow, "flow"},       {Who::Customer, "customer"},
                                                      {Who::Agent, "agent"},     {Who::Queued, "queued"},
                                                      {Who::Served, "answered"}, {Who::Ended, "ended"}};
        for (; taken < rehearsal.lines().size(); ++taken) {
            const auto& line = rehearsal.lines()[taken];
            if (line.who == Who::Entered)
                replay.steps.push_back({line.node.value, line.port, millis});
            else if (kWhat.contains(line.who))
                replay.events.push_back({kWhat.at(line.who), line.text, millis});
            else
                continue;
            order << (line.who == Who::Entered ? QString::number(line.node.value)
                                               : QStringLiteral("%1 %2").arg(QLatin1String(kWhat.at(line.who)),
                                                                             QString::fromStdString(line.text)));
        }
    }
    QStringList told() const {
        QStringList told;
        for (const auto& row : replayRows(replay, graph))
            told << (row.step != nullptr ? QString::number(row.step->node)
                                         : QStringLiteral("%1 %2").arg(QString::fromStdString(row.event->what),
                                                                       QString::fromStdString(row.event->text)));
        return told;
    }

    flow::Graph graph;
    wire::Replay replay;
    QStringList order; ///< in which it came about
    std::size_t taken = 0;
    std::int64_t millis = 0;
    bool accepted = true; ///< every input meant something
};

/// As the sample, but who finds nobody is passed on to a second group that says the same.
flow::Graph twoGroups() {
    auto graph = test::sampleChat();
    auto second = *flow::find(graph, NodeId{5});
    second.id = NodeId{10};
    graph.nodes.push_back(second);
    for (auto& edge : graph.edges)
        if (edge.from == NodeId{5} && edge.port == flow::kFailed)
            edge.to = NodeId{10};
    graph.edges.push_back({NodeId{10}, "served", NodeId{6}});
    graph.edges.push_back({NodeId{10}, "failed", NodeId{8}});
    return graph;
}

} // namespace

class ReplayPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theKeysGoAlongIt() {
        Cinema cinema;
        QVERIFY(cinema.show(productAsked(cinema.graph)));
        auto& player = *cinema.player;
        QCOMPARE(player.steps(), 7);
        QCOMPARE(player.step(), 0);
        auto& list = player.list();
        QApplication::setActiveWindow(&player);
        list.setFocus();
        QTest::keyClick(&list, Qt::Key_Right);
        QTest::keyClick(&list, Qt::Key_Right);
        QCOMPARE(player.step(), 2);
        QTest::keyClick(&list, Qt::Key_Left);
        QCOMPARE(player.step(), 1);
        QTest::keyClick(&list, Qt::Key_End);
        QCOMPARE(player.step(), 6);
        QTest::keyClick(&list, Qt::Key_Right); // no further
        QCOMPARE(player.step(), 6);
        QTest::keyClick(&list, Qt::Key_Home);
        QCOMPARE(player.step(), 0);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.item(4)).center());
        QCOMPARE(player.step(), 4);
    }

    /// The server's clock does not part what one message brings about; its order is told all the same.
    void causesComeBeforeWhatTheyLeadTo() {
        using flowtest::Agents;
        const flowtest::Write asks{"产品"}, human{"2"}, nonsense{"?"};
        const auto one = test::sampleChat();
        const auto two = twoGroups();
        const std::vector<Played> sessions{
            {one,
             Agents::Busy,
             {asks, nonsense, asks, human, flowtest::Answer{}, flowtest::AgentWrites{"Hello"}, flowtest::Write{"Hi"},
              flowtest::AgentEnds{}}},
            {one, Agents::Busy, {human, flowtest::Wait{}}}, // until nobody came
            {one, Agents::Nobody, {asks, human}},
            {one, Agents::Free, {human, flowtest::AgentWrites{"Hello"}, flowtest::Wait{}}}, // silence
            {two, Agents::Nobody, {human}},
            {two, Agents::Busy, {human, flowtest::SetAgents{Agents::Nobody}, flowtest::Wait{}}}};
        for (const auto& session : sessions) {
            QVERIFY(session.accepted);
            QCOMPARE(session.told(), session.order);
        }
    }

    /// The message that somebody began with stands before the flow that it began.
    void whoWritesFirstComesFirst() {
        Cinema cinema;
        auto replay = productAsked(cinema.graph);
        for (auto& step : replay.steps)
            step.atMillis = step.atMillis < 1000 ? 0 : 21'000;
        replay.events = {{"customer", "在吗", 0},
                         {"flow", "您好，欢迎光临。", 0},
                         {"customer", "产品", 21'000},
                         {"flow", "云铃是一套呼叫中心。", 21'000}};
        QVERIFY(cinema.show(replay));
        const QStringList wanted{QStringLiteral("在吗"),     QStringLiteral("开始"),
                                 QStringLiteral("问候"),     QStringLiteral("您好，欢迎光临。"),
                                 QStringLiteral("菜单"),     QStringLiteral("产品"),
                                 QStringLiteral("产品介绍"), QStringLiteral("云铃是一套呼叫中心。"),
                                 QStringLiteral("菜单")};
        QCOMPARE(test::rowsOf(cinema.player->list()), wanted);
        const auto& scene = cinema.player->canvas()->flowScene();
        cinema.player->go(5); // what was written stands where it was asked for
        QVERIFY(scene.node(NodeId{3})->isLit());
        cinema.player->go(6);
        QVERIFY(scene.node(NodeId{4})->isLit());
        cinema.player->go(0);
        QVERIFY(!scene.node(NodeId{1})->isLit() && !scene.node(NodeId{4})->isLit());
    }

    void itIsKeptAsATest() {
        Cinema cinema;
        QVERIFY(cinema.show(productAsked(cinema.graph)));
        QVERIFY(cinema.player->keepButton().isEnabled());
        cinema.accept("PUT flows/1/tests");
        QTest::mouseClick(&cinema.player->keepButton(), Qt::LeftButton);
        press(cinema.player.get(), ReplayPage::tr("Keep"));
        QTRY_COMPARE(cinema.server.admin.count(kKeep), 1);
        const auto sent = cinema.server.admin.last<wire::FlowTestsDraft>(kKeep);
        QCOMPARE(sent.revision, std::int64_t(5));
        const auto tests = flowtest::parseTests(sent.tests.text);
        QCOMPARE(tests->size(), std::size_t(1));
        QVERIFY(flowtest::run(cinema.graph, tests->front()).passed);
    }

    /// The flow was drawn anew since: the test would fail at once, which is told before it is kept.
    void whatFailsOnTheFlowOfTodayIsToldFirst() {
        Cinema cinema;
        const auto then = cinema.graph;
        for (auto& edge : cinema.graph.edges)
            if (edge.from == NodeId{4})
                edge.to = NodeId{9};
        cinema.serve();
        QVERIFY(cinema.show(productAsked(then)));
        cinema.accept("PUT flows/1/tests");
        const auto ask = [&] { return cinema.player->findChild<widgets::ConfirmDialog*>(); };
        for (const bool anyway : {false, true}) {
            QTest::mouseClick(&cinema.player->keepButton(), Qt::LeftButton);
            press(cinema.player.get(), ReplayPage::tr("Keep"));
            QTRY_VERIFY(ask() != nullptr);
            QVERIFY(test::saysOn(ask(), QString::fromStdString(flow::find(then, NodeId{9})->label)));
            QCOMPARE(cinema.server.admin.count(kKeep), 0);
            if (anyway)
                QTest::mouseClick(ask()->actionButton(), Qt::LeftButton);
            else
                QTest::keyClick(ask(), Qt::Key_Escape);
            QTRY_VERIFY(ask() == nullptr);
        }
        QTRY_COMPARE(cinema.server.admin.count(kKeep), 1);
    }

    void whatCannotBeKeptSaysWhy() {
        for (const bool gone : {false, true}) {
            Cinema cinema;
            auto replay = productAsked(cinema.graph);
            replay.flowGone = gone;
            replay.cut = !gone;
            QVERIFY(cinema.show(replay));
            QVERIFY(!cinema.player->keepButton().isEnabled());
            QVERIFY(cinema.player->keepButton().toolTip().contains(gone ? QStringLiteral("deleted")
                                                                        : QStringLiteral("Too long")));
        }
    }
};

static const cb::test::Add<ReplayPageTest> addedReplayPageTest;

} // namespace cb::floweditor

#include "replay_page_test.moc"
