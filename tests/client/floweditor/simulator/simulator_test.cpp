#include "tests/support/suite.h"

#include "client/floweditor/simulator/simulator.h"
#include "client/floweditor/simulator/tests_panel.h"
#include "tests/client/floweditor/ear.h"
#include "tests/support/sample_flows.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

namespace cb::floweditor {

using flow::NodeId;
using widgets::Button;

namespace {

struct Stage {
    explicit Stage(flow::Graph graph)
        : document(std::move(graph))
        , panel(document)
        , tests(document) {
        QObject::connect(&panel, &Simulator::stands, &panel,
                         [this](NodeId node, const std::optional<flow::Edge>& edge) {
                             at = node;
                             by = edge;
                         });
        QObject::connect(&tests, &TestsPanel::playWanted, &panel, &Simulator::play);
        panel.resize(340, 800);
        panel.show();
        tests.resize(340, 400);
        tests.show();
        panel.restart();
    }

    void write(const QString& text) {
        auto* edit = panel.findChild<QLineEdit*>();
        edit->setFocus();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void press(const QString& text) {
        for (auto* button : panel.findChildren<Button*>())
            if (button->text() == text && button->isVisibleTo(&panel))
                return QTest::mouseClick(button, Qt::LeftButton);
        QFAIL(qPrintable(QStringLiteral("no button “%1”").arg(text)));
    }
    int lines() const { return panel.findChild<widgets::TranscriptView*>()->model()->rowCount(); }

    Document document;
    Simulator panel;
    TestsPanel tests;
    NodeId at;
    std::optional<flow::Edge> by;
};

} // namespace

class SimulatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aChatIsPlayed() {
        Stage stage(test::sampleChat());
        QCOMPARE(stage.at, NodeId{3});
        QCOMPARE(stage.by, (flow::Edge{NodeId{2}, "next", NodeId{3}}));
        stage.write(QStringLiteral("2"));
        QCOMPARE(stage.at, NodeId{5});
        stage.press(Simulator::tr("Agent writes"));
        stage.press(Simulator::tr("Let %1 pass").arg(QStringLiteral("1:00")));
        QCOMPARE(stage.at, NodeId{7});
        QVERIFY(!stage.panel.findChild<QLineEdit*>()->isEnabled());
        QVERIFY(stage.lines() > 5);
    }

    /// What is drawn while it is played is what is played.
    void anEditPlaysAnew() {
        Stage stage(test::sampleChat());
        stage.write(QStringLiteral("1"));
        QCOMPARE(stage.panel.inputs().size(), std::size_t(1));
        QCOMPARE(stage.by, (flow::Edge{NodeId{4}, "next", NodeId{3}}));
        QVERIFY(stage.document.connectNodes({NodeId{4}, "next", NodeId{9}}));
        QCOMPARE(stage.at, NodeId{9});
        stage.document.history().undo();
        QCOMPARE(stage.at, NodeId{3});
        stage.document.remove({{NodeId{1}}, {}});
        QVERIFY(!stage.panel.isRunning());
        stage.panel.stop();
        QCOMPARE(stage.at, NodeId{});
    }

    void aCallIsPlayed() {
        Stage stage(test::samplePhone());
        stage.press(QStringLiteral("1"));
        QCOMPARE(stage.at, NodeId{3});
        auto* agents = stage.panel.findChildren<widgets::Segmented*>().value(0);
        agents->setFocus();
        QTest::keyClick(agents, Qt::Key_End); // nobody online
        stage.press(QStringLiteral("*"));
        QCOMPARE(stage.at, NodeId{7});
    }

    /// Its prompts are heard one after the other; a key cuts them short, and an edit says nothing again.
    void promptsOfACallAreHeard() {
        test::Ear ear;
        Stage stage(test::samplePhone());
        const auto speaker = [&stage]() -> widgets::IconButton* {
            for (const auto& name :
                 {Simulator::tr("Hear the prompts"), Simulator::tr("Prompts are heard; click for silence")})
                for (auto* button : stage.panel.findChildren<widgets::IconButton*>())
                    if (button->isVisible() && button->accessibleName() == name)
                        return button;
            return nullptr;
        };
        QVERIFY(speaker() == nullptr); // nobody listens
        Choices choices;
        choices.listener = &ear.listener;
        stage.document.setChoices(choices);
        QVERIFY(speaker() != nullptr);
        stage.panel.restart();
        QVERIFY(ear.asked.empty());
        QTest::mouseClick(speaker(), Qt::LeftButton);
        QVERIFY(stage.panel.isSpeaking());
        QCOMPARE(ear.asked, std::vector{test::audio(1)}); // what was said until now
        ear.give(test::toneOf(440, 100));
        ear.output->hear(150);
        QTRY_COMPARE(ear.asked.back(), test::audio(2));
        ear.give(test::toneOf(440, 5'000));
        QVERIFY(ear.hears(test::audio(2)));
        stage.press(QStringLiteral("1"));
        QCOMPARE(ear.asked.back().text, std::string("Nine to five."));
        const auto asked = ear.asked.size();
        stage.document.change(NodeId{2}, QStringLiteral("Hello"), flow::Play{test::audio(1)});
        QCOMPARE(ear.listener.state(ear.asked.back()), Listener::State::Silent);
        QCOMPARE(ear.asked.size(), asked);
        QTest::mouseClick(speaker(), Qt::LeftButton);
        stage.panel.restart();
        QCOMPARE(ear.asked.size(), asked);
    }

    void aRunIsKeptAsATest() {
        Stage stage(test::sampleChat());
        stage.write(QStringLiteral("1"));
        stage.write(QStringLiteral("2"));
        stage.press(Simulator::tr("Agent ends it"));
        stage.press(Simulator::tr("Keep this run as a test"));
        QCOMPARE(stage.document.tests().size(), std::size_t(1));
        QCOMPARE(stage.tests.failing(), 0);
        QSignalSpy told(&stage.tests, &TestsPanel::failingChanged);
        QVERIFY(stage.document.connectNodes({NodeId{4}, "next", NodeId{9}}));
        QVERIFY(told.wait());
        QCOMPARE(stage.tests.failing(), 1);
        auto* list = stage.tests.findChild<QListWidget*>();
        QVERIFY(list->item(0)->toolTip().contains(QString::fromUtf8("结束")));
        stage.document.history().undo();
        QVERIFY(told.wait());
        QCOMPARE(stage.tests.failing(), 0);
        // Renamed in the list, played again, deleted.
        list->item(0)->setText(QStringLiteral("To an agent"));
        QCOMPARE(stage.document.tests()[0].name, std::string("To an agent"));
        list->item(0)->setText(QString());
        QCOMPARE(list->item(0)->text(), QStringLiteral("To an agent"));
        stage.panel.restart();
        list->setCurrentRow(0);
        for (auto* button : stage.tests.findChildren<Button*>())
            if (button->text() == TestsPanel::tr("Play"))
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(stage.panel.inputs().size(), std::size_t(3));
        for (auto* button : stage.tests.findChildren<Button*>())
            if (button->text() == TestsPanel::tr("Delete"))
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(stage.document.tests().empty());
    }

    /// A flow that cannot be edited takes tests all the same, unless they cannot be saved either.
    void aFlowInUseTakesTests() {
        Stage stage(test::sampleChat());
        stage.document.setReadOnly(true);
        stage.press(Simulator::tr("Keep this run as a test"));
        QCOMPARE(stage.document.tests().size(), std::size_t(1));
        auto* list = stage.tests.findChild<QListWidget*>();
        QVERIFY(list->item(0)->flags().testFlag(Qt::ItemIsEditable));
        list->setCurrentRow(0);
        const auto enabled = [](const QWidget& panel, const QString& text) {
            for (const auto* button : panel.findChildren<Button*>())
                if (button->text() == text)
                    return button->isEnabled();
            return false;
        };
        QVERIFY(enabled(stage.tests, TestsPanel::tr("Delete")));
        stage.document.setTestsReadOnly(true);
        QVERIFY(!enabled(stage.tests, TestsPanel::tr("Delete")));
        QVERIFY(!enabled(stage.panel, Simulator::tr("Keep this run as a test")));
        QVERIFY(!list->item(0)->flags().testFlag(Qt::ItemIsEditable));
    }
};

static const cb::test::Add<SimulatorTest> addedSimulatorTest;

} // namespace cb::floweditor

#include "simulator_test.moc"
