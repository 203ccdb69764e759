#pragma once

#include "client/floweditor/compare/compare_view.h"
#include "client/floweditor/workshop/flow_dialogs.h"
#include "client/floweditor/workshop/flow_page.h"
#include "client/floweditor/workshop/replay_page.h"
#include "client/state/admin_state.h"
#include "client/widgets/overlay/dialog.h"
#include "shared/flow/json.h"
#include "tests/client/state/rig.h"
#include "tests/support/sample_flows.h"

#include <QtWidgets/QApplication>

namespace cb::test {

inline flowtest::FlowTest testNamed(const std::string& name, std::int64_t last = 3) {
    flowtest::FlowTest test;
    test.name = name;
    test.path = {flow::NodeId{1}, flow::NodeId{2}, flow::NodeId{last}};
    return test;
}

inline std::vector<std::string> namesIn(const std::string& json) {
    std::vector<std::string> names;
    if (const auto tests = flowtest::parseTests(json))
        for (const auto& test : *tests)
            names.push_back(test.name);
    return names;
}

/// An admin's program over the server in this process, which has one flow with its tests.
struct Workshop {
    explicit Workshop(model::FlowState state = model::FlowState::Unpublished) {
        server.me.role = model::Role::Admin;
        server.admin.on = true;
        head.id = model::FlowId{1};
        head.name = "Sales";
        head.state = state;
        head.revision = 5;
        head.updatedBy = "Bo";
        serve();
    }

    /// The server has this now.
    void serve() {
        server.admin.fixed["GET flows/1"] =
            wire::encodeBody(wire::FlowDocument{head, 0, {flow::toJson(graph)}, {flowtest::toJson(tests)}});
    }
    /// Such a change is answered with the next revision.
    void accept(const std::string& request) {
        auto next = head;
        ++next.revision;
        server.admin.fixed[request] = wire::encodeBody(next);
    }
    bool signIn() { return program.signIn(server.address()); }
    bool open() {
        auto* account = program.account.account();
        work = std::make_unique<state::FlowWork>(account->admin().client(), account->store(), head.id);
        page = std::make_unique<floweditor::FlowPage>(*work);
        floweditor::Choices choices;
        choices.groups = {{flow::GroupId{1}, QStringLiteral("Sales"), flow::Mode::Chat}};
        page->setChoices(choices);
        page->resize(1280, 800);
        page->show();
        work->load();
        return QTest::qWaitFor([this] { return page->editor() != nullptr; });
    }
    void close() {
        page.reset();
        work.reset();
    }

    floweditor::Document& document() const { return page->editor()->document(); }
    void relabel(std::int64_t node, const QString& label) const {
        document().change(flow::NodeId{node}, label, flow::find(document().graph(), flow::NodeId{node})->data);
    }
    std::string label(std::int64_t node) const { return flow::find(document().graph(), flow::NodeId{node})->label; }
    std::string kept(const QString& name) { return program.account.account()->store().kept(name); }

    Machine machine;
    FakeServer server;
    Program program{machine};
    wire::FlowHead head;
    flow::Graph graph = sampleChat();
    std::vector<flowtest::FlowTest> tests;
    std::unique_ptr<state::FlowWork> work;
    std::unique_ptr<floweditor::FlowPage> page;
};

/// Of a window and what stands on it.
inline widgets::Button* buttonOn(const QWidget* window, const QString& text) {
    for (auto* button : window->findChildren<widgets::Button*>())
        if (button->text() == text && button->isVisible())
            return button;
    return nullptr;
}

inline void press(const QWidget* window, const QString& text) {
    QTRY_VERIFY2(buttonOn(window, text) != nullptr, qPrintable(text));
    auto* button = buttonOn(window, text);
    QVERIFY2(button->isEnabled(), qPrintable(text));
    QTest::mouseClick(button, Qt::LeftButton);
}

inline bool saysOn(const QWidget* window, const QString& text) {
    const auto labels = window->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
}

inline QStringList rowsOf(const QListWidget& list) {
    QStringList rows;
    for (int row = 0; row < list.count(); ++row)
        rows << list.item(row)->text();
    return rows;
}

} // namespace cb::test
