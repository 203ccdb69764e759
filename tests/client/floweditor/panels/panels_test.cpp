#include "tests/support/suite.h"

#include "client/floweditor/document/words.h"
#include "client/floweditor/panels/fields.h"
#include "client/floweditor/panels/listen_row.h"
#include "client/floweditor/panels/options_editor.h"
#include "client/floweditor/panels/palette.h"
#include "client/floweditor/panels/problem_strip.h"
#include "client/floweditor/panels/properties.h"
#include "tests/client/floweditor/ear.h"
#include "tests/support/sample_flows.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>

#include <algorithm>
#include <set>

namespace cb::floweditor {

using flow::NodeId;

namespace {

Choices choices() {
    Choices made;
    made.groups = {{flow::GroupId{1}, QStringLiteral("Sales"), flow::Mode::Chat},
                   {flow::GroupId{4}, QStringLiteral("Service"), flow::Mode::Chat},
                   {flow::GroupId{3}, QStringLiteral("Hotline"), flow::Mode::Phone}};
    made.audio = {{flow::AudioId{1}, QStringLiteral("welcome.wav"), true},
                  {flow::AudioId{2}, QStringLiteral("menu.wav"), true},
                  {flow::AudioId{3}, QStringLiteral("music.mp3"), false}};
    return made;
}

struct Stage {
    explicit Stage(flow::Graph graph)
        : document(std::move(graph))
        , panel(document) {
        document.setChoices(choices());
        panel.resize(340, 900);
        panel.setVisible(true);
    }

    void show(std::int64_t node) { panel.show({{NodeId{node}}, {}}); }
    template <class Widget>
    Widget* named(const QString& accessible) {
        for (auto* widget : panel.findChildren<Widget*>())
            if (widget->accessibleName() == accessible && widget->isVisibleTo(&panel))
                return widget;
        return nullptr;
    }
    template <class Data>
    const Data& data(std::int64_t node) {
        return std::get<Data>(flow::find(document.graph(), NodeId{node})->data);
    }

    Document document;
    Properties panel;
};

/// What may be pressed to hear a sound, the one that is seen.
widgets::Button* listenButton(const QWidget& form) {
    for (auto* row : form.findChildren<ListenRow*>())
        if (row->isVisible())
            return row->findChild<widgets::Button*>();
    return nullptr;
}

/// By the keyboard, or by an input method where there is no such key.
void type(QWidget* widget, const QString& text) {
    widget->setFocus();
    for (const QChar letter : text) {
        if (letter.unicode() < 0x80) {
            QTest::keyClick(widget, letter.toLatin1());
            continue;
        }
        QInputMethodEvent event;
        event.setCommitString(letter);
        QApplication::sendEvent(widget, &event);
    }
}

} // namespace

class PanelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Every kind of node: what stands in the form is what the node has, and looking at it changes nothing.
    void formsShowEveryNode() {
        for (const auto& graph : {test::sampleChat(), test::samplePhone()}) {
            Stage stage(graph);
            for (const auto& node : graph.nodes) {
                stage.show(node.id.value);
                QCOMPARE(stage.panel.node(), node.id);
            }
            QVERIFY(stage.document.graph() == graph);
            QCOMPARE(stage.document.history().count(), 0);
        }
    }

    void typingIsOneStep() {
        Stage stage(test::sampleChat());
        stage.show(2);
        auto* text = stage.panel.findChildren<QTextEdit*>().value(0);
        QVERIFY(text);
        text->selectAll();
        type(text, QStringLiteral("Hello there"));
        QCOMPARE(stage.data<flow::Message>(2).text, std::string("Hello there"));
        QCOMPARE(stage.document.history().count(), 1);
        auto* label = stage.panel.findChildren<QLineEdit*>().value(0);
        label->selectAll();
        type(label, QStringLiteral("Greeting"));
        QCOMPARE(flow::find(stage.document.graph(), NodeId{2})->label, std::string("Greeting"));
        QCOMPARE(stage.document.history().count(), 2);
        stage.document.history().undo();
        stage.document.history().undo();
        QVERIFY(stage.document.graph() == test::sampleChat());
        QCOMPARE(text->toPlainText(), QStringLiteral("您好，欢迎光临。"));
    }

    void branches() {
        Stage stage(test::sampleChat());
        stage.show(3);
        auto* editor = stage.panel.findChild<OptionsEditor*>();
        QVERIFY(editor);
        QCOMPARE(editor->rows().size(), std::size_t(2));
        auto names = stage.panel.findChildren<QLineEdit*>();
        names.removeIf(
            [](const QLineEdit* edit) { return edit->accessibleName() != OptionsEditor::tr("Name of the branch"); });
        QCOMPARE(names.size(), 2);
        names[0]->selectAll();
        type(names[0], QStringLiteral("Products"));
        QCOMPARE(stage.data<flow::Branch>(3).options[0].name, std::string("Products"));
        QVERIFY(std::count(stage.document.graph().edges.begin(), stage.document.graph().edges.end(),
                           flow::Edge{NodeId{3}, "Products", NodeId{4}}) == 1); // the line follows the name
        // A name that is taken stays in the form, with its reason, and does not reach the flow.
        names[0]->selectAll();
        type(names[0], QString::fromUtf8("人工"));
        QVERIFY(!editor->isClear());
        QVERIFY(stage.data<flow::Branch>(3).options[0].name != "人工");
        type(names[0], QStringLiteral("2"));
        QVERIFY(editor->isClear());
        QCOMPARE(stage.data<flow::Branch>(3).options[0].name, std::string("人工2"));

        auto* add = editor->findChild<widgets::Button*>();
        QVERIFY(add);
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(stage.data<flow::Branch>(3).options.size(), std::size_t(3));
        auto keys = stage.panel.findChildren<QLineEdit*>();
        keys.removeIf([](const QLineEdit* edit) { return edit->accessibleName() != OptionsEditor::tr("Keywords"); });
        type(keys[2], QString::fromUtf8("售后，after、 sales , "));
        QCOMPARE(stage.data<flow::Branch>(3).options[2].keywords, (std::vector<std::string>{"售后", "after", "sales"}));
        QCOMPARE(keys[2]->text(), QString::fromUtf8("售后，after、 sales , ")); // not rewritten under the fingers
        while (stage.document.history().canUndo())
            stage.document.history().undo();
        QVERIFY(stage.document.graph() == test::sampleChat());
        QCOMPARE(editor->rows().size(), std::size_t(2));
    }

    void aFlowIsDrawnWithTheKeyboardAlone() {
        Stage stage(test::sampleChat());
        stage.show(2);
        auto boxes = stage.panel.findChildren<QComboBox*>();
        QCOMPARE(boxes.size(), 1);
        auto* box = boxes.front();
        QCOMPARE(box->currentText(), QString::fromUtf8("菜单"));
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        QVERIFY(!std::count(stage.document.graph().edges.begin(), stage.document.graph().edges.end(),
                            flow::Edge{NodeId{2}, "next", NodeId{3}}));
        const int end = box->findText(QString::fromUtf8("结束"));
        for (int i = 0; i < end; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QVERIFY(std::count(stage.document.graph().edges.begin(), stage.document.graph().edges.end(),
                           flow::Edge{NodeId{2}, "next", NodeId{9}}) == 1);
    }

    void groupsOfTheModeOnly() {
        Stage stage(test::sampleChat());
        stage.show(5);
        auto* group = stage.panel.findChild<GroupField*>();
        QVERIFY(group);
        QCOMPARE(group->box()->count(), 3); // none, Sales, Service
        QCOMPARE(group->chosen(), flow::GroupId{1});
        group->box()->setCurrentIndex(2);
        QCOMPARE(stage.data<flow::Transfer>(5).group, flow::GroupId{4});
        auto fewer = choices();
        fewer.groups.erase(fewer.groups.begin() + 1);
        stage.document.setChoices(fewer);
        QCOMPARE(stage.data<flow::Transfer>(5).group, flow::GroupId{4}); // gone, but not silently another
        QCOMPARE(group->chosen(), flow::GroupId{4});
        QVERIFY(!stage.document.problems().empty());
    }

    void aNewTransferOffersItsGroupsAtOnce() {
        Stage stage(test::sampleChat());
        stage.show(2); // a form of another kind before it
        const auto made = stage.document.addNode(flow::makeNode(flow::Kind::Transfer, flow::Mode::Chat), {}, {}).value;
        stage.show(made);
        auto* group = stage.panel.findChild<GroupField*>();
        QVERIFY(group);
        QCOMPARE(group->box()->count(), 3);
        group->box()->setCurrentIndex(1);
        QCOMPARE(stage.data<flow::Transfer>(made).group, flow::GroupId{1});
    }

    void tabGoesDownTheFields() {
        Stage stage(test::sampleChat());
        stage.show(2);
        stage.show(3); // a branch, whose fields came later than what stands below them
        QVERIFY(stage.panel.findChild<OptionsEditor*>()->findChild<widgets::Button*>());
        const auto goesDown = [&stage] { // once everything has its place
            QWidget* leads = nullptr;
            for (auto* box : stage.panel.findChildren<QComboBox*>())
                if (leads == nullptr && box->isVisibleTo(&stage.panel))
                    leads = box;
            const auto* label = stage.named<QLineEdit>(Properties::tr("Label"));
            if (leads == nullptr || label == nullptr)
                return false;
            std::vector<int> tops;
            for (auto* at = label->nextInFocusChain(); at != leads; at = at->nextInFocusChain())
                if (stage.panel.isAncestorOf(at) && (at->focusPolicy() & Qt::TabFocus) &&
                    at->isVisibleTo(&stage.panel) && at->focusProxy() == nullptr)
                    tops.push_back(at->mapTo(&stage.panel, at->rect().center()).y() / 4);
            return tops.size() > 4 && std::is_sorted(tops.begin(), tops.end());
        };
        QTRY_VERIFY(goesDown());
    }

    void sounds() {
        Stage stage(test::samplePhone());
        stage.show(2);
        auto* sound = stage.panel.findChild<SoundField*>();
        QVERIFY(sound);
        QVERIFY(sound->sound() == test::audio(1));
        auto* source = sound->findChild<widgets::Segmented*>();
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Right);
        auto* text = sound->findChild<QTextEdit*>();
        type(text, QStringLiteral("Welcome"));
        QVERIFY(stage.data<flow::Play>(2).sound == test::speech("Welcome"));
        QTest::keyClick(source, Qt::Key_Home);
        QCOMPARE(stage.data<flow::Play>(2).sound.source, flow::Sound::Source::None);
    }

    void onlyApprovedAudioIsOffered() {
        Stage stage(test::samplePhone());
        stage.show(2);
        auto* audio = stage.panel.findChild<SoundField*>()->findChild<AudioField*>();
        QVERIFY(audio);
        QCOMPARE(audio->box()->count(), 3); // none, welcome, menu
        QCOMPARE(audio->box()->currentText(), QStringLiteral("welcome.wav"));
        auto rejected = choices();
        rejected.audio[0].approved = false; // it was chosen when it still was
        stage.document.setChoices(rejected);
        QCOMPARE(audio->box()->count(), 3);
        QCOMPARE(audio->box()->currentText(), AudioField::tr("%1 (not approved)").arg(QStringLiteral("welcome.wav")));
        QCOMPARE(stage.data<flow::Play>(2).sound, test::audio(1));
        audio->box()->setCurrentIndex(2);
        QCOMPARE(stage.data<flow::Play>(2).sound, test::audio(2));
    }

    void whatCallersHearCanBeHeard() {
        test::Ear ear;
        Stage stage(test::samplePhone());
        stage.show(2);
        QTRY_VERIFY(stage.panel.findChild<SoundField*>()->isVisible()); // a layout shows what is new to it later
        QVERIFY(listenButton(stage.panel) == nullptr);                  // nobody listens
        auto hearing = choices();
        hearing.listener = &ear.listener;
        stage.document.setChoices(hearing);
        auto* listen = listenButton(stage.panel);
        QVERIFY(listen && listen->isEnabled());
        QTest::mouseClick(listen, Qt::LeftButton);
        QCOMPARE(ear.asked, std::vector{test::audio(1)});
        ear.give(test::toneOf(440, 5'000));
        QCOMPARE(listen->text(), ListenRow::tr("Stop"));
        QTest::mouseClick(listen, Qt::LeftButton);
        QCOMPARE(listen->text(), ListenRow::tr("Listen"));
        QVERIFY(ear.output->source == nullptr);
        // A text that is being written is spoken as it stands, and nothing of it while it is empty.
        auto* sound = stage.panel.findChild<SoundField*>();
        auto* source = sound->findChild<widgets::Segmented*>();
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Right);
        QVERIFY(!listen->isEnabled());
        type(sound->findChild<QTextEdit*>(), QStringLiteral("Hi"));
        QVERIFY(listen->isEnabled());
        QTest::mouseClick(listen, Qt::LeftButton);
        QCOMPARE(ear.asked.back(), test::speech("Hi"));
        ear.give({}, QStringLiteral("no voice"));
        const auto labels = stage.panel.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("no voice");
        }));
        QTest::keyClick(source, Qt::Key_Home);
        QVERIFY(listenButton(stage.panel) == nullptr); // nothing to hear
        // Whoever goes on does not hear it to its end.
        QTest::keyClick(source, Qt::Key_Right);
        sound->findChild<AudioField*>()->box()->setCurrentIndex(1);
        QTest::mouseClick(listen, Qt::LeftButton);
        QVERIFY(ear.hears(test::audio(1)));
        stage.show(3);
        QVERIFY(ear.output->source == nullptr);
    }

    void readOnlyShowsAndChangesNothing() {
        Stage stage(test::sampleChat());
        stage.document.setReadOnly(true);
        for (const auto& node : test::sampleChat().nodes) {
            stage.show(node.id.value);
            for (auto* edit : stage.panel.findChildren<QLineEdit*>())
                QVERIFY(!edit->isVisibleTo(&stage.panel) || !edit->isEnabled());
            for (auto* box : stage.panel.findChildren<QComboBox*>())
                QVERIFY(!box->isVisibleTo(&stage.panel) || !box->isEnabled());
        }
    }

    void problemsAreListedAndFound() {
        auto graph = test::sampleChat();
        graph.edges.pop_back();
        Document document(graph);
        document.setChoices(choices());
        ProblemStrip strip(document);
        strip.resize(800, 300);
        strip.show();
        QSignalSpy wanted(&strip, &ProblemStrip::nodeWanted);
        strip.next();
        QCOMPARE(wanted.count(), 1);
        const auto first = wanted[0][0].value<NodeId>();
        QVERIFY(first);
        strip.next();
        QVERIFY(!document.problems().empty());
        strip.setUnfolded(true);
        QVERIFY(strip.isUnfolded());
        QSignalSpy told(&document, &Document::problemsChanged);
        QVERIFY(document.connectNodes({NodeId{8}, "next", NodeId{9}}));
        QVERIFY(told.wait());
        QVERIFY(document.problems().empty());
        QVERIFY(!strip.isUnfolded());
    }

    /// No problem is told with its code.
    void everyProblemHasAWord() {
        std::set<std::string> seen;
        for (std::uint64_t seed = 0; seed < 3000; ++seed) {
            const auto graph = test::WildFlow(seed).make(12);
            for (const auto& problem : flow::validate(graph, choices().context())) {
                seen.insert(problem.code);
                QVERIFY2(!sentenceOf(problem, graph).contains(QString::fromStdString(problem.code)),
                         problem.code.c_str());
            }
        }
        QVERIFY(seen.size() > 10);
    }

    void thePaletteOffersWhatTheFlowMayHave() {
        flow::Graph graph;
        graph.mode = flow::Mode::Phone;
        Document document(graph);
        Palette palette(document, QStringLiteral("x"));
        palette.resize(200, 400);
        palette.show();
        auto* list = palette.findChild<QListWidget*>();
        QCOMPARE(list->count(), 5);
        QSignalSpy chosen(&palette, &Palette::chosen);
        list->setFocus();
        list->setCurrentRow(2);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].value<flow::Kind>(), flow::Kind::Branch);
        document.setReadOnly(true);
        QVERIFY(!palette.isEnabled());
    }
};

static const cb::test::Add<PanelsTest> addedPanelsTest;

} // namespace cb::floweditor

#include "panels_test.moc"
