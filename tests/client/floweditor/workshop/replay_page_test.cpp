#include "tests/client/floweditor/workshop/workshop.h"

#include "client/floweditor/workshop/flow_dialogs.h"

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
