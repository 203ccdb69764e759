#pragma once

#include "client/admin/manage_page.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/table/table_page.h"
#include "tests/client/app/desk.h"

#include <QtCore/QFile>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>

namespace cb::test {

/// An admin, some groups, agents, flows and a website.
inline void furnishAdmin(FakeServer& server) {
    auto& admin = server.admin;
    admin.on = true;
    server.me.role = model::Role::Admin;
    const auto agent = [&](std::int64_t id, const char* name, const char* staffNo, model::Role role) {
        wire::AgentRow row;
        row.agent.id = model::AgentId(id);
        row.agent.name = name;
        row.agent.staffNo = staffNo;
        row.agent.email = std::string(name) + "@shop.cn";
        row.agent.role = role;
        row.createdAt = server.now() - std::chrono::hours(24 * 40);
        admin.agents.agents.push_back(row);
    };
    agent(3, "Ali", "000010", model::Role::Admin);
    agent(4, "Bo", "9", model::Role::Agent);
    agent(5, "Chen", "10", model::Role::Agent);
    admin.groups.groups = {
        {model::GroupId(1), model::Mode::Chat, "Sales", 3, {model::AgentId(3), model::AgentId(4)}, {"Main"}},
        {model::GroupId(2), model::Mode::Chat, "After-sales", 5, {}, {}},
        {model::GroupId(7), model::Mode::Phone, "Hotline", 1, {}, {}}};
    admin.agents.agents[0].agent.groups = {model::GroupId(1)};
    admin.agents.agents[1].agent.groups = {model::GroupId(1)};
    wire::FlowHead flow;
    flow.id = model::FlowId(1);
    flow.name = "Main";
    flow.state = model::FlowState::Published;
    flow.version = 1;
    admin.flows.flows.push_back(flow);
    flow.id = model::FlowId(2);
    flow.name = "Draft";
    flow.state = model::FlowState::Unpublished;
    admin.flows.flows.push_back(flow);
    flow.id = model::FlowId(3);
    flow.name = "Calls";
    flow.mode = model::Mode::Phone;
    flow.state = model::FlowState::Published;
    admin.flows.flows.push_back(flow);
    model::Channel site;
    site.id = model::ChannelId(1);
    site.name = "Shop";
    site.key = "k3y";
    site.domain = "shop.cn";
    admin.channels.channels.push_back(site);
    admin.settings.name = "Shop";
    admin.settings.timeZone = "Asia/Shanghai";
}

/// The admin's window, for real mouse and keys.
struct Office : Desk {
    Office() { furnishAdmin(server); }

    /// Signed in and at a place.
    bool openAt(admin::Place place) {
        if (!open())
            return false;
        window->frame()->showManage(place);
        return manage() != nullptr && manage()->place() == place;
    }
    admin::ManagePage* manage() const { return window->frame()->manage(); }
    widgets::TablePage* list() const { return qobject_cast<widgets::TablePage*>(manage()->page(manage()->place())); }
    widgets::TableView& view() const { return list()->table()->view(); }
    /// Rows are there.
    bool awaitRows(int count) const {
        return QTest::qWaitFor([&] { return list()->table()->shown() == count && view().isVisible(); });
    }
    QString cell(int row, int column) const {
        return view().rows().index(row, column).data(Qt::DisplayRole).toString();
    }
    int rowOf(const QString& name) const {
        for (int row = 0; row < view().rows().rowCount(); ++row)
            for (int column = 0; column < view().rows().columnCount(); ++column)
                if (cell(row, column) == name)
                    return row;
        return -1;
    }
    void choose(const QString& name) const {
        const auto at = view().rows().index(rowOf(name), 0);
        view().scrollTo(at);
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(at).center());
    }
    void press(const QString& text) const {
        QTRY_VERIFY2(button(text) != nullptr, qPrintable(text));
        QTest::mouseClick(button(text), Qt::LeftButton);
    }
    QLineEdit* field(const QString& name) const {
        for (auto* edit : window->findChildren<QLineEdit*>())
            if (edit->isVisible() && edit->accessibleName() == name)
                return edit;
        return nullptr;
    }
    void write(const QString& name, const QString& text) const {
        auto* edit = field(name);
        QVERIFY2(edit != nullptr, qPrintable(name));
        QTest::mouseClick(edit, Qt::LeftButton);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    widgets::ConfirmDialog* question() const {
        for (auto* ask : window->findChildren<widgets::ConfirmDialog*>())
            if (ask->isVisible())
                return ask;
        return nullptr;
    }
    /// Answers the question that stands.
    void answer(bool yes) const {
        QTRY_VERIFY(question() != nullptr);
        QPointer<widgets::ConfirmDialog> ask = question();
        if (yes)
            QTest::mouseClick(ask->actionButton(), Qt::LeftButton);
        else
            QTest::keyClick(ask, Qt::Key_Escape);
        QTRY_VERIFY(!ask);
    }
    QAbstractButton* exportButton() const {
        for (auto* one : list()->findChildren<widgets::IconButton*>())
            if (one->isVisible() && one->accessibleName() == QLatin1String("Export as CSV"))
                return one;
        return nullptr;
    }
    /// The button that makes a file of the list, and where the file is to be.
    void exportTo(const QString& path) const {
        QVERIFY(exportButton() != nullptr);
        QTest::mouseClick(exportButton(), Qt::LeftButton);
        QTRY_VERIFY(list()->findChild<QFileDialog*>() != nullptr);
        auto* dialog = list()->findChild<QFileDialog*>();
        dialog->selectFile(path);
        QTest::keyClick(dialog, Qt::Key_Return);
    }
    /// The lines of such a file when it is there; the byte order mark is taken off.
    static QStringList linesOf(const QString& path) {
        QFile file(path);
        if (!QTest::qWaitFor([&path] { return QFile::exists(path); }) || !file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll())
            .remove(QChar(0xFEFF))
            .split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
    }
    bool drawerOpen() const { return list()->drawer()->isOpen(); }
};

} // namespace cb::test
