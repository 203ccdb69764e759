#include "tests/support/suite.h"

#include "client/floweditor/editor/flow_editor.h"
#include "client/floweditor/scene/picture.h"
#include "tests/support/sample_flows.h"

#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>

namespace cb::floweditor {

using flow::NodeId;

namespace {

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
    void drop(flow::Kind kind, const QPoint& at) {
        auto* view = editor.canvas().viewport();
        QMimeData mime;
        mime.setData(Canvas::kindMime(), QByteArray::number(int(kind)));
        QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &enter);
        QDragMoveEvent move(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &move);
        QDropEvent let(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &let);
    }

    Document document;
    FlowEditor editor;
};

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
        stage.drop(flow::Kind::Transfer, stage.editor.canvas().viewport()->rect().center() + QPoint(0, 200));
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
        QVERIFY(found && found->count() == 1); // the menu's prompt
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(stage.editor.scene().selected().nodes, std::vector<NodeId>{NodeId{3}});
        QVERIFY(stage.editor.canvas().hasFocus());
    }

    void theSimulatorLightsTheCanvas() {
        Stage stage(test::sampleChat());
        QTest::keyClick(&stage.editor, Qt::Key_F5);
        QVERIFY(stage.panel<Simulator>()->isVisible());
        QVERIFY(stage.panel<Simulator>()->isRunning());
        stage.editor.showTab(FlowEditor::PropertiesTab);
        QVERIFY(!stage.panel<Simulator>()->isRunning());
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
