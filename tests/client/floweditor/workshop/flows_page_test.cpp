#include "tests/client/floweditor/workshop/workshop.h"

#include "client/floweditor/workshop/flows_page.h"

#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>

namespace cb::floweditor {

using model::FlowId;
using model::FlowState;
using test::press;
using test::Workshop;

namespace {

/// The list of flows: "Live", published, and "Draft".
struct Shelf : Workshop {
    Shelf() {
        for (const auto& [id, name, state] : {std::tuple(2, "Live", FlowState::Published), //
                                              std::tuple(3, "Draft", FlowState::Unpublished)}) {
            wire::FlowHead flow;
            flow.id = FlowId{id};
            flow.name = name;
            flow.state = state;
            flow.revision = 10 + id;
            server.admin.flows.flows.push_back(flow);
        }
    }
    bool openList() {
        if (!signIn())
            return false;
        list =
            std::make_unique<FlowsPage>(program.account.account()->admin(), model::Mode::Chat, widgets::StateStore{});
        list->resize(1200, 600);
        list->show();
        return QTest::qWaitFor([this] { return list->table()->shown() == 2 && view().isVisible(); });
    }
    widgets::TableView& view() const { return list->table()->view(); }
    void choose(const QString& name) const {
        for (int row = 0; row < view().rows().rowCount(); ++row)
            if (const auto at = view().rows().index(row, 0); at.data().toString() == name)
                QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(at).center());
    }
    /// From the row's menu; false: it is not offered there.
    bool act(const QString& name, const QString& action) const {
        choose(name);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(view().viewport(), &event);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr)
            return false;
        bool found = false;
        for (auto* entry : menu->actions())
            if (entry->text().section(QLatin1Char('\t'), 0, 0) == action) {
                found = true;
                entry->trigger();
                break;
            }
        menu->close();
        return found;
    }
    std::unique_ptr<FlowsPage> list;
};

} // namespace

class FlowsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFlowIsOpened() {
        Shelf shelf;
        QVERIFY(shelf.openList());
        QSignalSpy opened(shelf.list.get(), &FlowsPage::openWanted);
        QVERIFY(shelf.act(QStringLiteral("Live"), FlowsPage::tr("View")));
        QVERIFY(shelf.act(QStringLiteral("Draft"), FlowsPage::tr("Edit")));
        QVERIFY(!shelf.act(QStringLiteral("Live"), FlowsPage::tr("Edit"))); // what is published is not edited
        QCOMPARE(opened.count(), 2);
        QCOMPARE(opened[0][0].value<FlowId>(), FlowId{2});
        QCOMPARE(opened[1][0].value<FlowId>(), FlowId{3});
    }

    void aDraftIsDeletedAfterAQuestion() {
        Shelf shelf;
        shelf.server.admin.fixed["DELETE flows/3?revision=13"] = "{}";
        QVERIFY(shelf.openList());
        const auto ask = [&] { return shelf.list->findChild<widgets::ConfirmDialog*>(); };
        for (const bool yes : {false, true}) {
            shelf.choose(QStringLiteral("Draft"));
            QTest::keyClick(&shelf.view(), Qt::Key_Delete);
            QTRY_VERIFY(ask() != nullptr);
            QCOMPARE(shelf.server.admin.count("DELETE /api/v1/flows/3"), 0);
            if (yes)
                QTest::mouseClick(ask()->actionButton(), Qt::LeftButton);
            else
                QTest::keyClick(ask(), Qt::Key_Escape);
            QTRY_VERIFY(ask() == nullptr);
        }
        QTRY_COMPARE(shelf.server.admin.count("DELETE /api/v1/flows/3"), 1);
        shelf.choose(QStringLiteral("Live"));
        QTest::keyClick(&shelf.view(), Qt::Key_Delete);
        QVERIFY(ask() == nullptr); // not while it is published
    }

    void aFlowIsTakenBack() {
        Shelf shelf;
        shelf.server.admin.fixed["POST flows/2/unpublish"] = wire::encodeBody(shelf.head);
        QVERIFY(shelf.openList());
        QVERIFY(!shelf.act(QStringLiteral("Draft"), FlowsPage::tr("Unpublish")));
        QVERIFY(shelf.act(QStringLiteral("Live"), FlowsPage::tr("Unpublish")));
        QTRY_COMPARE(shelf.server.admin.count("POST /api/v1/flows/2/unpublish"), 1);
        QCOMPARE(shelf.server.admin.last<wire::FlowChange>("POST /api/v1/flows/2/unpublish").revision,
                 std::int64_t(12));
    }

    void aFlowIsCopiedWithItsTests() {
        Shelf shelf;
        shelf.tests = {test::testNamed("one")};
        shelf.serve();
        auto& fixed = shelf.server.admin.fixed;
        fixed["GET flows/2"] = fixed["GET flows/1"];
        auto made = shelf.head;
        made.id = FlowId{9};
        fixed["POST flows"] = wire::encodeBody(made);
        QVERIFY(shelf.openList());
        QSignalSpy opened(shelf.list.get(), &FlowsPage::openWanted);
        QVERIFY(shelf.act(QStringLiteral("Live"), FlowsPage::tr("Copy as a new flow…")));
        press(shelf.list.get(), FlowsPage::tr("Make it"));
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].value<FlowId>(), FlowId{9});
        const auto copy = shelf.server.admin.last<wire::NewFlow>("POST /api/v1/flows");
        QCOMPARE(copy.name, std::string("Live (copy)"));
        QVERIFY(*flow::parseJson(copy.graph.text) == shelf.graph);
        QCOMPARE(test::namesIn(copy.tests.text), std::vector<std::string>{"one"});
    }

    /// Group 77 of the file's call centre is "Sales", which is group 4 here.
    void aFileKnowsItsGroupsByName() {
        Shelf shelf;
        shelf.server.admin.groups.groups.push_back({model::GroupId{4}, model::Mode::Chat, "Sales", 3, {}, {}});
        auto elsewhere = shelf.graph;
        const auto transfer = [](flow::Graph& graph) -> flow::Transfer& {
            for (auto& node : graph.nodes)
                if (auto* found = std::get_if<flow::Transfer>(&node.data))
                    return *found;
            std::abort();
        };
        transfer(elsewhere).group = flow::GroupId{77};
        const QString path = shelf.machine.folder.filePath(QStringLiteral("Night.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(flow::toFile(elsewhere, {{{flow::GroupId{77}, "Sales"}}, {}})));
        file.close();
        auto made = shelf.head;
        made.id = FlowId{9};
        shelf.server.admin.fixed["POST flows"] = wire::encodeBody(made);
        QVERIFY(shelf.openList());
        auto& groups = shelf.program.account.account()->admin().groups();
        QTRY_COMPARE(groups.value().groups.size(), std::size_t(1));
        QSignalSpy opened(shelf.list.get(), &FlowsPage::openWanted);
        QSignalSpy told(shelf.list.get(), &FlowsPage::told);
        press(shelf.list.get(), FlowsPage::tr("From a file…"));
        QTRY_VERIFY(shelf.list->findChild<QFileDialog*>() != nullptr);
        auto* dialog = shelf.list->findChild<QFileDialog*>();
        dialog->selectFile(path);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(opened.count(), 1);
        auto sent = *flow::parseJson(shelf.server.admin.last<wire::NewFlow>("POST /api/v1/flows").graph.text);
        QCOMPARE(transfer(sent).group, flow::GroupId{4});
        QCOMPARE(told.count(), 0); // nothing is left to be looked at
    }
};

static const cb::test::Add<FlowsPageTest> addedFlowsPageTest;

} // namespace cb::floweditor

#include "flows_page_test.moc"
