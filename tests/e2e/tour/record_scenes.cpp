#include "client/records/records_page.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/sound/player_bar.h"
#include "tests/client/support/sounds.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/scenes.h"
#include "tests/e2e/tour/stage.h"

#include <QtWidgets/QComboBox>

#include <array>

namespace cb::tour {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array kNames{"李女士", "Anna Maria Rossi", "", "王先生",
                            "Dorothea Schmidt-Rottluff von und zu Hohenstaufen"};

wire::Record recordOf(const test::FakeServer& server, std::int64_t id, int place) {
    wire::Record record;
    record.id = model::SessionId(id);
    record.state = place == 0 ? model::SessionState::Open : model::SessionState::Completed;
    record.channel = model::ChannelId(1);
    record.channelName = place % 4 ? "官网" : "Wholesale customers";
    record.channelKind = place % 4 == 1 ? model::ChannelKind::WeChatAccount : model::ChannelKind::Website;
    if (place % 4 == 1)
        record.externalId = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    record.customer = model::CustomerId(400 + place);
    record.customerName = kNames.at(std::size_t(place) % kNames.size());
    record.group = model::GroupId(1 + place % 2);
    record.groupName = place % 2 ? "After-sales" : "产品咨询客服1组";
    record.flow = model::FlowId(1);
    record.flowName = "官网欢迎流程";
    record.flowVersion = 4;
    record.flowPath = "欢迎 › 产品咨询 › 转人工";
    record.startedAt = server.now() - minutes(8 + place * 97);
    record.queuedAt = record.startedAt + seconds(20);
    const bool answered = place % 6 != 2;
    if (answered) {
        record.agent = model::AgentId(place % 3 ? 3 : 4);
        record.agentName = place % 3 ? "阿狸" : "Bo Andersson";
        record.agentStaffNo = place % 3 ? "000030" : "000040";
        record.answeredAt = record.queuedAt + seconds(17 + place);
    }
    record.endReason = answered ? model::EndReason::AgentEnded : model::EndReason::Abandoned;
    if (place > 0) {
        record.endedAt = record.startedAt + seconds(180 + place * 41);
        record.completedAt = record.endedAt + seconds(35);
        record.wrapUp = {answered ? "产品咨询" : "", answered ? "想要蓝色的杯子，下周再联系。" : ""};
    }
    return record;
}

/// Calls that came and calls that were dialled, some without an answer.
wire::Record callOf(const test::FakeServer& server, int place) {
    auto record = recordOf(server, 700 - place, place + 1);
    const bool out = place % 3 == 1;
    const char* const other = place % 5 == 2 ? "" : place % 2 ? "+8613800138000" : "+4930123456789";
    record.mode = model::Mode::Phone;
    record.channelKind = model::ChannelKind::Phone;
    record.channelName = "+8675512345678";
    record.externalId = other;
    record.group = model::GroupId(5);
    record.groupName = "热线一组";
    record.endReason = record.agent ? model::EndReason::HungUp : model::EndReason::Abandoned;
    wire::RecordedCall call;
    call.direction = out ? model::CallDirection::Out : model::CallDirection::In;
    call.caller = out ? record.channelName : other;
    call.callee = out ? other : record.channelName;
    call.talkMillis = record.agent ? 61'000 + place * 17'000 : 0;
    call.cause = out && !record.agent ? "no_answer" : "";
    call.recorded = record.agent && place % 4 != 3;
    record.call = call;
    return record;
}

void addRecords(test::FakeServer& server, model::Role role, int count) {
    if (role == model::Role::Admin)
        addAdmin(server);
    else
        furnish(server);
    server.me.role = role;
    addSessions(server);
    for (int place = 0; place < count; ++place) {
        auto record = recordOf(server, place == 1 ? kLi : 900 - place, place);
        if (role == model::Role::Agent)
            record.agent = server.me.id;
        server.records.records.push_back(record);
    }
    for (int place = 0; place < count; ++place) {
        auto call = callOf(server, place);
        if (role == model::Role::Agent)
            call.agent = server.me.id;
        server.records.records.push_back(call);
    }
    model::GroupView phone;
    phone.group.id = model::GroupId(5);
    phone.group.mode = model::Mode::Phone;
    phone.group.name = "热线一组";
    phone.member = true;
    server.groups.push_back(phone);
}

records::RecordsPage* page(Stage& stage) {
    return stage.desk.window->frame()->records();
}

void at(Stage& stage, model::Role role, int count = 64) {
    addRecords(stage.desk.server, role, count);
    stage.open();
    if (stage.failed())
        return;
    stage.desk.window->frame()->showRecords();
    stage.await("the records", [&] { return !page(stage)->table()->list().isLoading(); });
    auto& admin = stage.desk.program.account.account()->admin();
    stage.await("the lists", [&] { return !admin.groups().isLoading() && !admin.agents().isLoading(); });
}

void opened(Stage& stage, model::Role role, int tab) {
    at(stage, role);
    if (stage.failed())
        return;
    auto& view = page(stage)->table()->view();
    view.setCurrentIndex(view.rows().index(1, 0));
    stage.await("the record", [&] { return page(stage)->detail()->isVisible(); });
    const auto& transcript = stage.desk.program.transcript(kLi);
    stage.await("what was said", [&] { return transcript.rowCount() > 0 && !transcript.isLoading(); });
    page(stage)->detail()->findChild<widgets::Segmented*>()->setCurrent(tab);
    stage.await("how often it rang", [&] { return page(stage)->detail()->record().offers == 2; });
}

/// The tab of the telephone.
void calls(Stage& stage, model::Role role) {
    at(stage, role);
    if (stage.failed())
        return;
    page(stage)->findChild<widgets::Segmented*>()->setCurrent(2);
    stage.await("the calls", [&] {
        return page(stage)->table()->mode() == model::Mode::Phone && page(stage)->table()->shown() > 0;
    });
}

/// One of them, with its recording.
void recorded(Stage& stage, int tab) {
    calls(stage, model::Role::Agent);
    if (stage.failed())
        return;
    auto& view = page(stage)->table()->view();
    view.setCurrentIndex(view.rows().index(0, 0));
    stage.await("the record", [&] { return page(stage)->detail()->record().offers == 2; });
    page(stage)->detail()->findChild<widgets::Segmented*>()->setCurrent(tab);
    page(stage)->detail()->findChild<widgets::PlayerBar*>()->setSound(test::talkOf(61));
}

void nothingFound(Stage& stage) {
    at(stage, model::Role::Admin);
    page(stage)->filterBar()->search()->setText(QStringLiteral("蓝色的杯子 blue cup"));
    stage.await("nothing", [&] { return page(stage)->table()->shown() == 0; });
}

void failing(Stage& stage) {
    stage.desk.server.records.refuse("GET /api/v1/records", base::retry("storage_unavailable"), true);
    at(stage, model::Role::Agent);
}

void exporting(Stage& stage, bool stands) {
    stage.desk.server.records.stands = stands;
    stage.desk.server.records.progress = stands ? std::vector{34} : std::vector<int>{};
    at(stage, model::Role::Admin);
    page(stage)->exportRun().start({"records", {}, {}});
    stage.await("the export", [&] {
        const auto& run = page(stage)->exportRun();
        return stands ? run.job().percent == 34 : run.stage() == state::ExportRun::Stage::Ready;
    });
}

void exportRefused(Stage& stage) {
    stage.desk.server.records.refuse("POST /api/v1/exports", base::with(base::conflict("export_running"), "id", "7"));
    at(stage, model::Role::Agent);
    page(stage)->exportRun().start({"records", {}, {}});
    stage.await("the refusal", [&] { return page(stage)->exportRun().stage() == state::ExportRun::Stage::Failed; });
}

void erasing(Stage& stage) {
    opened(stage, model::Role::Admin, 0);
    Q_EMIT page(stage)->detail()->eraseWanted(page(stage)->detail()->record());
    stage.await("the question", [&] { return stage.desk.the<widgets::ConfirmDialog>() != nullptr; });
}

void ownRange(Stage& stage) {
    at(stage, model::Role::Admin);
    for (auto* box : page(stage)->filterBar()->findChildren<QComboBox*>())
        if (box->count() == 5 && box->isVisible())
            box->setCurrentIndex(4);
    stage.await("the records", [&] { return !page(stage)->table()->list().isLoading(); });
}

} // namespace

std::vector<Scene> recordScenes() {
    using model::Role;
    return {{"records", [](Stage& stage) { at(stage, Role::Agent); }},
            {"records-admin", [](Stage& stage) { at(stage, Role::Admin); }},
            {"records-open", [](Stage& stage) { opened(stage, Role::Agent, 0); }},
            {"records-open-admin", [](Stage& stage) { opened(stage, Role::Admin, 0); }},
            {"records-details", [](Stage& stage) { opened(stage, Role::Admin, 1); }},
            {"records-1024x640",
             [](Stage& stage) {
                 stage.desk.window->resize(1024, 640);
                 opened(stage, Role::Admin, 0);
             }},
            {"records-calls", [](Stage& stage) { calls(stage, Role::Agent); }},
            {"records-calls-admin",
             [](Stage& stage) {
                 stage.desk.window->resize(1440, 900);
                 calls(stage, Role::Admin);
             }},
            {"records-call-open", [](Stage& stage) { recorded(stage, 0); }},
            {"records-call-details-1024x640",
             [](Stage& stage) {
                 stage.desk.window->resize(1024, 640);
                 recorded(stage, 1);
             }},
            {"records-own-range",
             [](Stage& stage) {
                 stage.desk.window->resize(1024, 640);
                 ownRange(stage);
             }},
            {"records-empty", [](Stage& stage) { at(stage, Role::Agent, 0); }},
            {"records-nothing-found", nothingFound},
            {"records-failing", failing},
            {"records-exporting", [](Stage& stage) { exporting(stage, true); }},
            {"records-exported", [](Stage& stage) { exporting(stage, false); }},
            {"records-export-refused", exportRefused},
            {"records-erase", erasing}};
}

} // namespace cb::tour
