#include "tests/support/suite.h"

#include "client/floweditor/document/words.h"
#include "client/floweditor/editor/flow_editor.h"
#include "client/floweditor/scene/picture.h"
#include "tests/client/support/flow_hand.h"
#include "tests/support/sample_flows.h"

#include <QtCore/QFile>
#include <QtCore/QScopeGuard>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTranslator>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>

namespace cb::floweditor {

using flow::NodeId;

namespace {

constexpr QSize kNarrow(975, 560); ///< what a window of 1024 × 640 leaves to the editor

struct Stage {
    explicit Stage(flow::Graph graph)
        : document(std::move(graph))
        , editor(document, QStringLiteral("Sales")) {
        Choices choices;
        choices.groups = {{flow::GroupId{1}, QStringLiteral("Sales"), flow::Mode::Chat}};
        document.setChoices(choices);
        editor.resize(1400, 900);
        editor.show();
        QApplication::setActiveWindow(&editor);
        QApplication::processEvents();
    }

    template <class Panel>
    Panel* panel() {
        return editor.template findChild<Panel*>();
    }

    /// One that is seen, by its tool tip; nullptr: there is none.
    widgets::IconButton* button(const QString& label) {
        for (auto* one : editor.findChildren<widgets::IconButton*>())
            if (one->isVisible() && one->accessibleName() == label)
                return one;
        return nullptr;
    }
    bool says(const QString& words) {
        for (const auto* label : editor.findChildren<QLabel*>())
            if (label->isVisible() && label->text() == words)
                return true;
        return false;
    }
    /// An entry of the menu behind “More”.
    void choose(const QString& words) {
        for (auto* button : editor.findChildren<widgets::IconButton*>())
            if (button->accessibleName() == FlowEditor::tr("More")) {
                button->menu()->popup({});
                for (auto* action : button->menu()->actions())
                    if (action->text() == words)
                        action->trigger();
                button->menu()->close();
            }
    }
    /// The dialog that stands is answered with this file.
    void pick(const QString& path) {
        QTRY_VERIFY(editor.findChild<QFileDialog*>() != nullptr);
        QPointer<QFileDialog> dialog = editor.findChild<QFileDialog*>();
        dialog->selectFile(path);
        dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(QFileInfo(path).fileName());
        static_cast<QDialog*>(dialog)->accept();
        QTRY_VERIFY(!dialog);
    }

    Document document;
    FlowEditor editor;
    test::FlowHand hand{editor.canvas()};
};

/// Says every text in capitals.
class LoudWords : public QTranslator {
public:
    QString translate(const char*, const char* text, const char*, int) const override {
        return QString::fromUtf8(text).toUpper();
    }
    bool isEmpty() const override { return false; }
};

QStringList firstEntries(const QWidget* panel) {
    QStringList entries;
    for (const auto* box : panel->findChildren<QComboBox*>())
        entries << box->itemText(0);
    return entries;
}

} // namespace

class EditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// From nothing to a flow that can be published, by the palette, the canvas and the form.
    void aFlowIsDrawn() {
        Stage stage{flow::Graph{}};
        auto* list = stage.panel<Palette>()->findChild<QListWidget*>();
        list->setFocus();
        for (const int row : {0, 1, 4}) { // start, message, end: each is led to from the one before
            list->setCurrentRow(row);
            QTest::keyClick(list, Qt::Key_Return);
        }
        const auto& graph = stage.document.graph();
        QCOMPARE(graph.nodes.size(), std::size_t(3));
        QCOMPARE(graph.edges.size(), std::size_t(2));
        stage.hand.drop(flow::Kind::Transfer, stage.editor.canvas().viewport()->rect().center() + QPoint(0, 200));
        QCOMPARE(graph.nodes.size(), std::size_t(4));
        for (const auto& node : graph.nodes) {
            stage.editor.canvas().reveal(node.id);
            QCOMPARE(stage.panel<Properties>()->node(), node.id);
            auto* label = stage.panel<Properties>()->findChild<QLineEdit*>();
            label->setFocus();
            label->selectAll();
            QTest::keyClicks(label, QStringLiteral("node %1").arg(node.id.value));
        }
        QCOMPARE(graph.nodes[1].label, std::string("node 2"));
        stage.editor.canvas().reveal(NodeId{4});
        stage.document.remove({{NodeId{4}}, {}});
        stage.editor.canvas().reveal(NodeId{2});
        auto* text = stage.panel<Properties>()->findChild<QTextEdit*>();
        text->setFocus();
        QTest::keyClicks(text, QStringLiteral("Welcome"));
        QTRY_VERIFY(stage.document.problems().empty());
        // Undone to nothing and done again, by the keys.
        const auto drawn = graph;
        stage.editor.canvas().setFocus();
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(&stage.editor.canvas(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(graph.nodes.empty());
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(&stage.editor.canvas(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(graph == drawn);
    }

    void searchJumps() {
        Stage stage(test::sampleChat());
        QTest::keyClick(&stage.editor, Qt::Key_F, Qt::ControlModifier);
        auto* field = stage.editor.findChild<widgets::SearchField*>();
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("1"));
        auto* found = stage.editor.window()->findChild<widgets::PopupList*>();
        QVERIFY(found && found->count() == 2); // node number 1, and the menu's prompt
        const auto at = [&] { return stage.editor.scene().selected().nodes; };
        const auto told = [&](int hit) { return stage.says(FlowEditor::tr("%1 of %2").arg(hit).arg(2)); };
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(at(), std::vector<NodeId>{NodeId{1}});
        QVERIFY(told(1));
        QVERIFY(!found->isVisible());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(at(), std::vector<NodeId>{NodeId{3}});
        QVERIFY(told(2));
        QTest::keyClick(field, Qt::Key_Return); // round
        QCOMPARE(at(), std::vector<NodeId>{NodeId{1}});
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(at(), std::vector<NodeId>{NodeId{3}});
        QVERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Escape); // the words go
        QVERIFY(field->text().isEmpty());
        QVERIFY(!told(2));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(stage.editor.canvas().hasFocus());
    }

    void everythingWrittenIsFound() {
        Stage stage(test::sampleChat());
        auto* field = stage.editor.findChild<widgets::SearchField*>();
        field->setFocus();
        const std::pair<const char*, std::int64_t> written[] = {
            {"Product", 3}, // a keyword
            {"没有听懂", 3},   {"${WaitNo}", 5},  {"暂时没有客服", 5}, {"工号", 5}, {"Sales", 5},
            {"长时间没有", 7}, {"客服结束了", 7}, {"请稍后", 8},       {"#8", 8}};
        for (const auto& [words, node] : written) {
            field->setText(QString::fromUtf8(words));
            QTest::keyClick(field, Qt::Key_Return);
            QCOMPARE(stage.editor.scene().selected().nodes, std::vector<NodeId>{NodeId{node}});
            QVERIFY2(stage.says(FlowEditor::tr("%1 of %2").arg(1).arg(1)), words);
        }
        field->setText(QStringLiteral("zzz"));
        QVERIFY(stage.says(FlowEditor::tr("Nothing found")));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.editor.scene().selected().nodes, std::vector<NodeId>{NodeId{8}}); // as it was
    }

    /// Undo while a card is dragged: the drag is over, and nothing of it stays.
    void undoWhileACardIsDragged() {
        Stage stage(test::sampleChat());
        auto& canvas = stage.editor.canvas();
        canvas.add(flow::Kind::Message);
        const auto added = stage.document.graph().nodes.back().id;
        canvas.reveal(added);
        canvas.setFocus();
        const auto& hand = stage.hand;
        const QPoint from = hand.head(added.value);
        hand.press(from);
        hand.drag(from + QPoint(40, 40));
        QTest::keyClick(&canvas, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(stage.document.graph() == test::sampleChat());
        hand.drag(from + QPoint(80, 80));
        canvas.viewport()->repaint();
        hand.release(from + QPoint(80, 80));
        QVERIFY(stage.document.graph() == test::sampleChat());
        QTest::keyClick(&canvas, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(stage.editor.scene().node(added) != nullptr);
    }

    /// In the smallest window that the program promises: the canvas has the room, and nothing is out of reach.
    void aNarrowEditorFoldsItsPanels() {
        const auto forget = qScopeGuard([] { QSettings().remove(QStringLiteral("folds")); });
        Stage stage(test::sampleChat());
        auto* palette = stage.panel<Palette>();
        auto* properties = stage.panel<Properties>();
        auto& canvas = stage.editor.canvas();
        QVERIFY(palette->isVisible() && properties->isVisible());
        stage.editor.resize(kNarrow);
        QVERIFY(!palette->isVisible() && !properties->isVisible());
        QTRY_VERIFY(canvas.width() > kNarrow.width() - 100);
        QCOMPARE(stage.editor.size(), kNarrow); // nothing needs more
        // A node is added all the same, and what it is a double click away.
        QTest::mouseClick(stage.button(Palette::tr("Add: %1").arg(kindName(flow::Kind::Message, flow::Mode::Chat))),
                          Qt::LeftButton);
        QCOMPARE(stage.document.graph().nodes.size(), std::size_t(10));
        QCOMPARE(stage.editor.scene().selected().nodes, std::vector<NodeId>{NodeId{10}});
        QVERIFY(canvas.hasFocus());
        stage.hand.doubleClick(stage.hand.head(10));
        QVERIFY(properties->isVisible() && !palette->isVisible());
        QVERIFY(properties->isAncestorOf(QApplication::focusWidget()));
        const auto inSight = [&] {
            const auto* item = stage.editor.scene().node(NodeId{10});
            const auto seen = canvas.mapToScene(canvas.viewport()->rect()).boundingRect();
            return canvas.width() < kNarrow.width() - 300 && seen.contains(item->card().translated(item->pos()));
        };
        QTRY_VERIFY(inSight());
        QCOMPARE(stage.editor.size(), kNarrow);
        // Folded by the key, and out again for what is asked for.
        QTest::keyClick(&stage.editor, Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!properties->isVisible());
        QVERIFY(stage.button(FlowEditor::tr("Unfold the panel (Ctrl+B)"))->hasFocus());
        QTest::keyClick(&stage.editor, Qt::Key_F5);
        QVERIFY(stage.panel<Simulator>()->isVisible() && stage.panel<Simulator>()->isRunning());
        QTest::mouseClick(stage.button(FlowEditor::tr("Fold the panel (Ctrl+B)")), Qt::LeftButton);
        QVERIFY(!stage.panel<Simulator>()->isVisible());
        QTest::mouseClick(stage.button(FlowEditor::tr("Tests")), Qt::LeftButton);
        QVERIFY(stage.panel<TestsPanel>()->isVisible());
    }

    void foldsAreRemembered() {
        const auto forget = qScopeGuard([] { QSettings().remove(QStringLiteral("folds")); });
        const auto folded = [](Stage& stage) {
            return std::pair(!stage.panel<Palette>()->isVisible(), !stage.panel<Properties>()->isVisible());
        };
        {
            Stage stage(test::sampleChat());
            QTest::keyClick(&stage.editor, Qt::Key_B, Qt::ControlModifier);
            QCOMPARE(folded(stage), std::pair(false, true));
            stage.editor.resize(kNarrow); // where nobody chose yet
            QCOMPARE(folded(stage), std::pair(true, true));
            QTest::keyClick(&stage.editor, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
            QCOMPARE(folded(stage), std::pair(false, true));
            stage.editor.showTab(FlowEditor::TestsTab); // for now only
        }
        Stage stage(test::sampleChat());
        QCOMPARE(folded(stage), std::pair(false, true));
        stage.editor.resize(kNarrow);
        QCOMPARE(folded(stage), std::pair(false, true));
        QVERIFY(!stage.panel<TestsPanel>()->isVisible());
        stage.document.setReadOnly(true); // nothing is added to it: no palette, folded or not
        QVERIFY(!stage.panel<Palette>()->isVisible());
        QVERIFY(stage.button(FlowEditor::tr("Unfold the palette (Ctrl+Shift+B)")) == nullptr);
        QTest::keyClick(&stage.editor, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        stage.document.setReadOnly(false);
        QVERIFY(stage.panel<Palette>()->isVisible());
    }

    void theLanguageChangesWhileItIsOpen() {
        Stage chat(test::sampleChat());
        Stage phone(test::samplePhone());
        chat.editor.canvas().reveal(NodeId{5});
        phone.editor.canvas().reveal(NodeId{2});
        Stage nothing(test::sampleChat());
        auto* group = chat.panel<Properties>();
        auto* sound = phone.panel<Properties>();
        QVERIFY(firstEntries(group).contains(QStringLiteral("Choose a skill group")));
        QVERIFY(nothing.says(QStringLiteral("Choose a node to see its settings.")));
        LoudWords loud;
        QCoreApplication::installTranslator(&loud);
        QTRY_VERIFY(nothing.says(QStringLiteral("CHOOSE A NODE TO SEE ITS SETTINGS.")));
        QTRY_VERIFY(firstEntries(group).contains(QStringLiteral("CHOOSE A SKILL GROUP")));
        QTRY_VERIFY(firstEntries(sound).contains(QStringLiteral("CHOOSE AN AUDIO FILE")));
        QTRY_VERIFY(firstEntries(sound).contains(QStringLiteral("THE SERVER'S OWN")));
        QVERIFY(!firstEntries(group).contains(QStringLiteral("Choose a skill group")));
        QCoreApplication::removeTranslator(&loud);
        QTRY_VERIFY(nothing.says(QStringLiteral("Choose a node to see its settings.")));
        QTRY_VERIFY(firstEntries(group).contains(QStringLiteral("Choose a skill group")));
        for (auto* stage : {&chat, &phone}) // to look at a flow in another language is no edit
            QCOMPARE(stage->document.history().count(), 0);
    }

    void theSimulatorLightsTheCanvas() {
        Stage stage(test::sampleChat());
        QTest::keyClick(&stage.editor, Qt::Key_F5);
        QVERIFY(stage.panel<Simulator>()->isVisible());
        QVERIFY(stage.panel<Simulator>()->isRunning());
        const auto& scene = stage.editor.scene();
        const flow::Edge first{NodeId{2}, "next", NodeId{3}};
        QVERIFY(scene.node(NodeId{3})->isLit());
        QVERIFY(scene.edge(first)->isLit());
        auto* text = stage.panel<Simulator>()->findChild<QLineEdit*>();
        text->setFocus();
        QTest::keyClicks(text, QStringLiteral("2"));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(scene.node(NodeId{5})->isLit());
        QVERIFY(!scene.node(NodeId{3})->isLit());
        QVERIFY(!scene.edge(first)->isLit());
        stage.editor.showTab(FlowEditor::PropertiesTab);
        QVERIFY(!stage.panel<Simulator>()->isRunning());
        QVERIFY(!scene.node(NodeId{5})->isLit());
    }

    void savingIsAskedFor() {
        Stage stage(test::sampleChat());
        QSignalSpy save(&stage.editor, &FlowEditor::saveWanted);
        QTest::keyClick(&stage.editor, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(save.count(), 0); // nothing to save
        stage.editor.setState(FlowEditor::State::Edited);
        QTest::keyClick(&stage.editor, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(save.count(), 1);
        stage.document.setReadOnly(true);
        for (auto* button : stage.editor.findChildren<widgets::Button*>())
            QVERIFY(button->text() != FlowEditor::tr("Save") || !button->isVisible());
    }

    void aFileGoesOutAndComesIn() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("flow.json"));
        {
            Stage stage(test::sampleChat());
            QSignalSpy told(&stage.editor, &FlowEditor::told);
            stage.choose(FlowEditor::tr("Save as a file…"));
            stage.pick(path);
            QCOMPARE(told.count(), 1);
            QVERIFY(QFile::exists(path));
        }
        Stage stage(flow::Graph{});
        stage.choose(FlowEditor::tr("Take over from a file…"));
        stage.pick(path);
        QVERIFY(stage.document.graph() == test::sampleChat());
        stage.document.history().undo();
        QVERIFY(stage.document.graph().nodes.empty());
        // Of another kind: told, and nothing happens.
        Stage phone(test::samplePhone());
        QSignalSpy told(&phone.editor, &FlowEditor::told);
        phone.choose(FlowEditor::tr("Take over from a file…"));
        phone.pick(path);
        QCOMPARE(told.count(), 1);
        QCOMPARE(told[0][0].value<widgets::Strip::Grade>(), widgets::Strip::Grade::Error);
        QVERIFY(phone.document.graph() == test::samplePhone());
    }

    void picturesAreSavedFromTheMenu() {
        Stage stage(test::sampleChat());
        const QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("flow.png"));
        stage.choose(FlowEditor::tr("Picture (PNG)…"));
        stage.pick(png);
        QVERIFY(!QImage(png).isNull());
        const QString svg = folder.filePath(QStringLiteral("flow.svg"));
        stage.choose(FlowEditor::tr("Picture (SVG)…"));
        stage.pick(svg);
        QVERIFY(QFile::exists(svg));
    }

    void pictures() {
        Stage stage(test::sampleChat());
        const QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("flow.png"));
        QVERIFY(writePng(stage.editor.scene(), png));
        const QImage image(png);
        QVERIFY(image.width() > 1000 && image.height() > 300);
        const QString svg = folder.filePath(QStringLiteral("flow.svg"));
        QVERIFY(writeSvg(stage.editor.scene(), svg, QStringLiteral("Sales")));
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("<svg"));
        QVERIFY(!writePng(stage.editor.scene(), folder.filePath(QStringLiteral("none/flow.png"))));
    }
};

static const cb::test::Add<EditorTest> addedEditorTest;

} // namespace cb::floweditor

#include "editor_test.moc"
