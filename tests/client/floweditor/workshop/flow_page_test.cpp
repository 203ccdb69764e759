#include "tests/client/floweditor/workshop/workshop.h"

#include "client/bridge/convert.h"
#include "client/floweditor/panels/listen_row.h"
#include "client/floweditor/workshop/flow_sounds.h"
#include "tests/client/support/sounds.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QAction>

namespace cb::floweditor {

using flow::NodeId;
using model::FlowState;
using test::press;
using test::testNamed;
using test::Workshop;
using WorkChange = state::FlowWork::Change;
using Names = std::vector<std::string>;

namespace {

const char* const kPut = "PUT /api/v1/flows/1";
const char* const kPutTests = "PUT /api/v1/flows/1/tests";

std::string merged(const std::vector<flowtest::FlowTest>& base, const std::vector<flowtest::FlowTest>& theirs,
                   const std::vector<flowtest::FlowTest>& mine) {
    return state::mergedTests(flowtest::toJson(base), flowtest::toJson(theirs), flowtest::toJson(mine));
}

/// Both drew something else and did something else with the tests; the conflict is shown.
void quarrel(Workshop& shop) {
    shop.tests = {testNamed("A"), testNamed("kept")};
    shop.serve();
    QVERIFY(shop.signIn());
    QVERIFY(shop.open());
    shop.relabel(2, QStringLiteral("mine"));
    shop.document().setTests({testNamed("kept"), testNamed("of mine")});
    QTRY_COMPARE(shop.work->change(), WorkChange::Edited);
    shop.head.revision = 6;
    flow::find(shop.graph, NodeId{4})->label = "theirs";
    shop.tests.push_back(testNamed("of theirs"));
    shop.serve();
    shop.server.admin.refuse(kPut, base::conflict("flow_changed"));
    shop.accept("PUT flows/1");
    press(shop.page.get(), FlowEditor::tr("Save"));
    QTRY_VERIFY(shop.page->findChild<ConflictDialog*>() != nullptr);
}

} // namespace

class FlowPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void testsOfTwoComeTogetherByTheirNames() {
        const auto a = testNamed("a");
        const auto changed = testNamed("a", 5);
        const auto alsoChanged = testNamed("a", 7);
        const auto b = testNamed("b");
        const auto c = testNamed("c");
        QCOMPARE(test::namesIn(merged({a}, {a, b}, {a, c})), (Names{"a", "c", "b"}));
        QCOMPARE(test::namesIn(merged({a, b}, {a, b}, {a})), Names{"a"}); // deleted here
        QCOMPARE(test::namesIn(merged({a, b}, {a}, {a, b})), Names{"a"}); // deleted there
        QCOMPARE(merged({a}, {changed}, {a}), flowtest::toJson({changed}));
        QCOMPARE(merged({a}, {a}, {changed}), flowtest::toJson({changed}));
        QCOMPARE(merged({a}, {changed}, {}), flowtest::toJson({changed})); // what they changed is not deleted unseen
        QCOMPARE(merged({a}, {}, {changed}), flowtest::toJson({changed}));
        QCOMPARE(test::namesIn(merged({a}, {changed}, {alsoChanged})), (Names{"a", "a (2)"}));
        QCOMPARE(test::namesIn(merged({a}, {changed}, {changed})), Names{"a"});
        QCOMPARE(test::namesIn(merged({}, {a, b}, {a, c})), (Names{"a", "c", "b"})); // nothing known: nothing deleted
        QCOMPARE(test::namesIn(merged({a, a}, {a, a}, {a})), Names{"a"});            // of two with one name
    }

    /// Only tests are new on the server: nobody is asked, and both sides' are kept.
    void testsThatSomebodyKeptMeanwhileComeAlong() {
        Workshop shop;
        shop.tests = {testNamed("A")};
        shop.serve();
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        shop.relabel(2, QStringLiteral("hello"));
        QTRY_COMPARE(shop.work->change(), WorkChange::Edited);
        shop.head.revision = 6;
        shop.tests.push_back(testNamed("B"));
        shop.serve();
        shop.server.admin.refuse(kPut, base::conflict("flow_changed"));
        shop.accept("PUT flows/1");
        QSignalSpy conflict(shop.work.get(), &state::FlowWork::conflict);
        press(shop.page.get(), FlowEditor::tr("Save"));
        QTRY_COMPARE(shop.server.admin.count(kPut), 2);
        QTRY_COMPARE(shop.work->change(), WorkChange::Saved);
        QCOMPARE(conflict.count(), 0);
        const auto saved = shop.server.admin.last<wire::FlowDraft>(kPut);
        QCOMPARE(saved.revision, std::int64_t(6));
        QCOMPARE(test::namesIn(saved.tests.text), (Names{"A", "B"}));
        QCOMPARE(shop.document().tests().size(), std::size_t(2)); // the editor has it, too
        QCOMPARE(shop.label(2), std::string("hello"));
    }

    /// One admin alone: the flow is left unsaved, a replay is kept as a test, and the flow is taken up again.
    void aTestKeptWhileTheFlowLayUnsavedIsNotLost() {
        Workshop shop;
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        shop.relabel(2, QStringLiteral("hello"));
        shop.close();
        shop.head.revision = 6;
        shop.tests = {testNamed("of the replay")};
        shop.serve();
        for (int time = 0; time < 2; ++time) { // and left once more
            shop.close();
            QVERIFY(shop.open());
            QCOMPARE(shop.label(2), std::string("hello"));
            QCOMPARE(shop.document().tests().size(), std::size_t(1));
        }
        shop.accept("PUT flows/1");
        QSignalSpy conflict(shop.work.get(), &state::FlowWork::conflict);
        press(shop.page.get(), FlowEditor::tr("Save"));
        QTRY_COMPARE(shop.work->change(), WorkChange::Saved);
        QCOMPARE(conflict.count(), 0);
        const auto saved = shop.server.admin.last<wire::FlowDraft>(kPut);
        QCOMPARE(saved.revision, std::int64_t(6));
        QCOMPARE(test::namesIn(saved.tests.text), Names{"of the replay"});
    }

    void theConflictShowsTestsAndMineLosesNoneOfTheirs() {
        Workshop shop;
        quarrel(shop);
        auto* dialog = shop.page->findChild<ConflictDialog*>();
        QVERIFY(dialog);
        const auto rows = test::rowsOf(dialog->findChild<CompareView*>()->list());
        QVERIFY(rows.contains(CompareView::tr("Test removed: %1").arg(QStringLiteral("A"))));
        QVERIFY(rows.contains(CompareView::tr("Test added: %1").arg(QStringLiteral("of mine"))));
        QVERIFY(test::saysOn(dialog, QStringLiteral("of theirs")));
        press(dialog, ConflictDialog::tr("Replace it with mine"));
        QTRY_COMPARE(shop.work->change(), WorkChange::Saved);
        const auto saved = shop.server.admin.last<wire::FlowDraft>(kPut);
        QCOMPARE(saved.revision, std::int64_t(6));
        QCOMPARE(test::namesIn(saved.tests.text), (Names{"kept", "of mine", "of theirs"}));
        const auto graph = flow::parseJson(saved.graph.text);
        QCOMPARE(flow::find(*graph, NodeId{2})->label, std::string("mine"));
        QCOMPARE(shop.document().tests().size(), std::size_t(3));
    }

    void theConflictEndsWithTheirs() {
        Workshop shop;
        quarrel(shop);
        press(shop.page->findChild<ConflictDialog*>(), ConflictDialog::tr("Take the server version"));
        QTRY_COMPARE(shop.work->change(), WorkChange::Saved);
        QCOMPARE(shop.label(4), std::string("theirs"));
        QVERIFY(shop.document().tests() == shop.tests);
        QCOMPARE(shop.kept(QStringLiteral("flow-edited/1")), std::string());
        QCOMPARE(shop.server.admin.count(kPut), 1);
    }

    void theConflictEndsWithACopy() {
        Workshop shop;
        quarrel(shop);
        auto made = shop.head;
        made.id = model::FlowId{9};
        shop.server.admin.fixed["POST flows"] = wire::encodeBody(made);
        QSignalSpy copied(shop.page.get(), &FlowPage::copied);
        press(shop.page->findChild<ConflictDialog*>(), ConflictDialog::tr("Make a flow of mine"));
        press(shop.page.get(), FlowPage::tr("Make it"));
        QTRY_COMPARE(copied.count(), 1);
        const auto copy = shop.server.admin.last<wire::NewFlow>("POST /api/v1/flows");
        QCOMPARE(flow::find(*flow::parseJson(copy.graph.text), NodeId{2})->label, std::string("mine"));
        QCOMPARE(test::namesIn(copy.tests.text), (Names{"kept", "of mine"}));
        QCOMPARE(shop.work->change(), WorkChange::Conflict); // and this one is still to be decided
    }

    /// Somebody who types without a pause is kept within about a second all the same.
    void whatIsTypedWithoutAPauseIsKept() {
        Workshop shop;
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        shop.page->editor()->canvas().reveal(NodeId{2});
        auto* label = shop.page->editor()->findChild<Properties*>()->findChild<QLineEdit*>();
        label->setFocus();
        label->clear();
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 5000 && shop.kept(QStringLiteral("flow-edited/1")).empty()) {
            QTest::keyClick(label, Qt::Key_A);
            QTest::qWait(30); // shorter than either pause
        }
        QVERIFY(clock.elapsed() < 5000);
        QVERIFY(shop.label(2).starts_with("a"));
    }

    void aFlowInUseTakesTests() {
        Workshop shop(FlowState::InUse);
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        auto* editor = shop.page->editor();
        QVERIFY(shop.document().isReadOnly());
        editor->showTab(FlowEditor::SimulatorTab);
        shop.accept("PUT flows/1/tests");
        press(editor, Simulator::tr("Keep this run as a test"));
        QTRY_COMPARE(shop.server.admin.count(kPutTests), 1);
        auto sent = shop.server.admin.last<wire::FlowTestsDraft>(kPutTests);
        QCOMPARE(sent.revision, std::int64_t(5));
        QCOMPARE(test::namesIn(sent.tests.text).size(), std::size_t(1));
        QTRY_COMPARE(shop.work->change(), WorkChange::Saved);
        // Renamed while somebody else keeps one, too.
        shop.head.revision = 7;
        shop.tests = *flowtest::parseTests(sent.tests.text);
        shop.tests.push_back(testNamed("of theirs"));
        shop.serve();
        shop.accept("PUT flows/1/tests");
        shop.server.admin.refuse(kPutTests, base::conflict("flow_changed"));
        editor->showTab(FlowEditor::TestsTab);
        auto* list = editor->findChild<TestsPanel*>()->findChild<QListWidget*>();
        QVERIFY(list->item(0)->flags().testFlag(Qt::ItemIsEditable));
        list->item(0)->setText(QStringLiteral("To the menu"));
        QTRY_COMPARE(shop.server.admin.count(kPutTests), 3);
        sent = shop.server.admin.last<wire::FlowTestsDraft>(kPutTests);
        QCOMPARE(sent.revision, std::int64_t(7));
        QCOMPARE(test::namesIn(sent.tests.text), (Names{"To the menu", "of theirs"}));
        QTRY_COMPARE(list->count(), 2);
        QTRY_COMPARE(shop.work->change(), WorkChange::Saved);
        // Deleted.
        shop.head.revision = 8;
        shop.accept("PUT flows/1/tests");
        list->setCurrentRow(1);
        press(editor, TestsPanel::tr("Delete"));
        QTRY_COMPARE(shop.server.admin.count(kPutTests), 4);
        QCOMPARE(test::namesIn(shop.server.admin.last<wire::FlowTestsDraft>(kPutTests).tests.text),
                 Names{"To the menu"});
        QCOMPARE(shop.server.admin.count(kPut), 0);
    }

    void testsThatFailAreToldAndItIsPublishedAnyway() {
        Workshop shop;
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        QTRY_VERIFY(shop.document().problems().empty());
        const std::string publish = "POST /api/v1/flows/1/publish";
        const auto refused = base::with(base::rejected("flow_tests_failed"), "tests",
                                        R"([{"name":"At night","code":"other_way","expected":8,"came":5,"end":""}])");
        shop.server.admin.refuse(publish, refused);
        press(shop.page.get(), FlowEditor::tr("Save and publish"));
        QTRY_VERIFY(shop.page->findChild<FailedTestsDialog*>() != nullptr);
        auto* dialog = shop.page->findChild<FailedTestsDialog*>();
        QVERIFY(test::rowsOf(*dialog->findChild<QListWidget*>()).value(0).startsWith(QStringLiteral("At night: ")));
        press(dialog, FailedTestsDialog::tr("Show the tests"));
        QVERIFY(shop.page->editor()->findChild<TestsPanel*>()->isVisible());
        QCOMPARE(shop.server.admin.count(publish), 1);
        QTRY_VERIFY(shop.page->findChild<FailedTestsDialog*>() == nullptr);

        shop.server.admin.refuse(publish, refused);
        press(shop.page.get(), FlowEditor::tr("Save and publish"));
        QTRY_VERIFY(shop.page->findChild<FailedTestsDialog*>() != nullptr);
        shop.head.state = FlowState::Published;
        shop.head.version = 1;
        shop.accept("POST flows/1/publish");
        QSignalSpy published(shop.work.get(), &state::FlowWork::published);
        press(shop.page->findChild<FailedTestsDialog*>(), FailedTestsDialog::tr("Publish anyway"));
        QTRY_COMPARE(published.count(), 1);
        QVERIFY(shop.server.admin.last<wire::FlowPublish>(publish).force);
        QVERIFY(shop.document().isReadOnly());
    }

    void anyTwoVersionsAreComparedAndOneComesBack() {
        Workshop shop;
        auto& fixed = shop.server.admin.fixed;
        const auto version = [&](int number, const char* label) {
            auto graph = shop.graph;
            flow::find(graph, NodeId{2})->label = label;
            fixed["GET flows/1?version=" + std::to_string(number)] =
                wire::encodeBody(wire::FlowDocument{shop.head, number, {flow::toJson(graph)}, {"[]"}});
        };
        version(1, "one");
        version(2, "two");
        const auto now = shop.server.now();
        fixed["GET flows/1/versions"] =
            wire::encodeBody(wire::FlowVersions{{{2, now, "Ali"}, {1, now, "Bo"}, {0, now, "Bo"}}});
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        for (auto* action : shop.page->findChildren<QAction*>(Qt::FindDirectChildrenOnly))
            if (action->text() == FlowPage::tr("Versions…"))
                action->trigger();
        auto* dialog = shop.page->findChild<VersionsDialog*>();
        QVERIFY(dialog);
        const auto labels = [&] {
            const auto* view = dialog->findChild<CompareView*>();
            return view == nullptr ? Names{}
                                   : Names{flow::find(view->before(), NodeId{2})->label,
                                           flow::find(view->after(), NodeId{2})->label};
        };
        const std::string draft = flow::find(shop.graph, NodeId{2})->label;
        QTRY_COMPARE(labels(), (Names{"two", draft}));  // the newest beside the draft
        auto* list = dialog->findChild<QListWidget*>(); // the comparison's list is made later
        for (auto* one : dialog->findChildren<QListWidget*>())
            if (one->accessibleName() == VersionsDialog::tr("Versions"))
                list = one;
        QCOMPARE(list->count(), 2);
        auto* beside = dialog->findChild<QComboBox*>();
        beside->setFocus();
        QTest::keyClick(beside, Qt::Key_End); // version 1
        QTRY_COMPARE(labels(), (Names{"one", "two"}));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
        QTRY_COMPARE(labels(), (Names{"one", "one"}));
        QVERIFY(dialog->findChild<CompareView*>()->difference().isEmpty());
        QTest::keyClick(beside, Qt::Key_Home); // the draft
        QTRY_COMPARE(labels(), (Names{"one", draft}));
        shop.accept("POST flows/1/restore");
        press(dialog, VersionsDialog::tr("Make version %1 the draft").arg(1));
        auto* ask = dialog->findChild<widgets::ConfirmDialog*>();
        QVERIFY(ask);
        QSignalSpy restored(shop.work.get(), &state::FlowWork::restored);
        QTest::mouseClick(ask->actionButton(), Qt::LeftButton);
        QTRY_COMPARE(restored.count(), 1);
        const auto wanted = shop.server.admin.last<wire::FlowChange>("POST /api/v1/flows/1/restore");
        QCOMPARE(wanted, (wire::FlowChange{5, 1}));
    }

    /// As callers hear them: the server makes them.
    void soundsAreHeardInTheEditor() {
        Workshop shop;
        shop.graph = test::samplePhone();
        shop.serve();
        shop.server.admin.speech = widgets::writeWav(test::toneOf(440, 100)).toStdString();
        QVERIFY(shop.signIn());
        QVERIFY(shop.open());
        shop.page->editor()->canvas().reveal(NodeId{4});
        press(shop.page.get(), ListenRow::tr("Listen"));
        QTRY_COMPARE(shop.server.admin.spoken, std::vector<std::string>{"Nine to five."});
        shop.page->editor()->canvas().reveal(NodeId{2}); // a file that is gone
        press(shop.page.get(), ListenRow::tr("Listen"));
        QTRY_VERIFY(test::saysOn(shop.page.get(), QStringLiteral("The server does not have this any more.")));
    }

    void flowsMayReferToWhatIsThere() {
        wire::GroupList groups;
        groups.groups.resize(1);
        groups.groups[0].id = model::GroupId{7};
        groups.groups[0].name = "Hotline";
        groups.groups[0].mode = model::Mode::Phone;
        wire::AudioList audio;
        audio.audio.resize(2);
        audio.audio[0].id = model::AudioId{3};
        audio.audio[0].name = "Welcome";
        audio.audio[0].state = model::AudioState::Approved;
        audio.audio[1].id = model::AudioId{4};
        audio.audio[1].state = model::AudioState::Rejected;
        audio.voices = {"en", "zh"};
        const auto choices = choicesOf(groups, audio);
        QCOMPARE(choices.groupName(flow::GroupId{7}), QStringLiteral("Hotline"));
        QVERIFY(choices.groups[0].mode == flow::Mode::Phone);
        QCOMPARE(choices.audioName(flow::AudioId{3}), QStringLiteral("Welcome"));
        QVERIFY(choices.audio[0].approved);
        QVERIFY(!choices.audio[1].approved);
        QCOMPARE(choices.voices.size(), std::size_t(2));
        QCOMPARE(choices.context().approvedAudio.size(), std::size_t(1));
    }
};

static const cb::test::Add<FlowPageTest> addedFlowPageTest;

} // namespace cb::floweditor

#include "flow_page_test.moc"
