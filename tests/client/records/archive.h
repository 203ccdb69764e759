#pragma once

#include "client/records/records_page.h"
#include "client/widgets/controls/rail.h"
#include "tests/client/admin/furniture.h"

#include <QtWidgets/QComboBox>

namespace cb::test {

/// A record of a chat that was answered by `agent` and is over; `ago` before now.
inline wire::Record recordOf(const FakeServer& server, std::int64_t id, std::int64_t agent, base::Millis ago) {
    wire::Record record;
    record.id = model::SessionId(id);
    record.state = model::SessionState::Completed;
    record.endReason = model::EndReason::AgentEnded;
    record.channel = model::ChannelId(1);
    record.channelName = "Shop";
    record.customer = model::CustomerId(id + 1000);
    record.customerName = "Customer no. " + std::to_string(id);
    record.group = model::GroupId(1);
    record.groupName = "Sales";
    record.agent = model::AgentId(agent);
    record.agentName = agent == 3 ? "Ali" : "Bo";
    record.agentStaffNo = "0000" + std::to_string(agent);
    record.flow = model::FlowId(1);
    record.flowName = "Main";
    record.flowVersion = 4;
    record.flowPath = "Welcome › Sales";
    record.startedAt = server.now() - ago;
    record.queuedAt = record.startedAt + std::chrono::seconds(10);
    record.answeredAt = record.startedAt + std::chrono::seconds(30);
    record.endedAt = record.startedAt + std::chrono::seconds(95);
    record.completedAt = record.startedAt + std::chrono::seconds(100);
    record.wrapUp = {"Order", "wants it blue"};
    return record;
}

/// A call that came, was answered and is over.
inline wire::Record callOf(const FakeServer& server, std::int64_t id, std::int64_t agent, base::Millis ago) {
    auto record = recordOf(server, id, agent, ago);
    record.mode = model::Mode::Phone;
    record.group = model::GroupId(7);
    record.groupName = "Hotline";
    record.channelKind = model::ChannelKind::Phone;
    record.channelName = "+864001234567";
    record.externalId = "+8613800000000";
    record.endReason = model::EndReason::HungUp;
    record.call = wire::RecordedCall{};
    record.call->caller = "+8613800000000";
    record.call->callee = "+864001234567";
    record.call->connectedAt = record.startedAt;
    record.call->talkMillis = 61'000;
    return record;
}

inline void addGroup(FakeServer& server, std::int64_t id, model::Mode mode, const char* name, bool member = true) {
    model::GroupView view;
    view.group.id = model::GroupId(id);
    view.group.mode = mode;
    view.group.name = name;
    view.member = member;
    server.groups.push_back(view);
}

/// The window of an agent, or of an admin, with records.
struct Archive : Office {
    /// `count` records, a minute apart, those of odd ids by this agent, the others by a colleague.
    explicit Archive(model::Role role, int count = 6) {
        server.me.role = role;
        server.admin.on = role == model::Role::Admin;
        addGroup(server, 1, model::Mode::Chat, "Sales");
        for (int i = count; i > 0; --i)
            server.records.records.push_back(
                recordOf(server, i, i % 2 ? 3 : 4, std::chrono::seconds(std::int64_t(count - i) * 60 + 200)));
    }
    QAbstractButton* railButton(const QString& name) const {
        for (auto* one : the<widgets::NavigationRail>()->findChildren<QAbstractButton*>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }
    void go(const char* page) const { QTest::mouseClick(railButton(QLatin1String(page)), Qt::LeftButton); }
    /// Signed in, the page in front by a click on the rail.
    bool openRecords() {
        if (!open())
            return false;
        go("Records");
        return records() != nullptr && records()->isVisible();
    }
    records::RecordsPage* records() const { return window->frame()->records(); }
    records::RecordTable& rows() const { return *records()->table(); }
    widgets::TableView& grid() const { return rows().view(); }
    bool settled() const {
        return QTest::qWaitFor([this] { return rows().list().isThere() && !rows().list().isLoading(); });
    }
    bool awaitRecords(int count) const {
        return QTest::qWaitFor(
            [&] { return !rows().list().isLoading() && rows().shown() == count && grid().isVisible(); });
    }
    QString text(int row, int column) const {
        return grid().rows().index(row, column).data(Qt::DisplayRole).toString();
    }
    void clickRow(int row) const {
        const auto at = grid().rows().index(row, 0);
        grid().scrollTo(at);
        QTest::mouseClick(grid().viewport(), Qt::LeftButton, {}, grid().visualRect(at).center());
    }
    QComboBox* box(const QString& name) const {
        for (auto* one : window->findChildren<QComboBox*>())
            if (one->isVisible() && one->accessibleName() == name)
                return one;
        return nullptr;
    }
    /// Chosen with the keyboard.
    void choose(const QString& name, const QString& entry) const {
        auto* one = box(name);
        QVERIFY2(one != nullptr, qPrintable(name));
        one->setFocus();
        QTest::keyClick(one, Qt::Key_Home);
        for (int i = 0; i < one->count() && one->currentText() != entry; ++i)
            QTest::keyClick(one, Qt::Key_Down);
        QCOMPARE(one->currentText(), entry);
    }
    /// Whether that was among the parameters of a question. Questions take several connections: the last one asked is
    /// not always the last one to arrive.
    bool asked(const std::string& name, const std::string& value) const {
        const auto& all = server.records.asked;
        return std::any_of(all.begin(), all.end(), [&](const auto& query) {
            const auto found = query.find(name);
            return found != query.end() && found->second == value;
        });
    }
};

} // namespace cb::test
