#include "client/admin/bulk_dialog.h"
#include "client/admin/manage_page.h"
#include "client/admin/overview_page.h"
#include "client/widgets/overlay/progress_dialog.h"
#include "client/widgets/sound/player_bar.h"
#include "client/widgets/table/table_page.h"
#include "tests/client/support/sounds.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/scenes.h"
#include "tests/e2e/tour/stage.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

namespace cb::tour {

namespace {

using admin::Place;

admin::ManagePage* manage(Stage& stage) {
    return stage.desk.window->frame()->manage();
}

widgets::TablePage* list(Stage& stage) {
    return qobject_cast<widgets::TablePage*>(manage(stage)->page(manage(stage)->place()));
}

void at(Stage& stage, Place place, bool many = true) {
    addAdmin(stage.desk.server, many);
    stage.open();
    if (stage.failed())
        return;
    stage.desk.window->frame()->showManage(place);
    auto& state = stage.desk.program.account.account()->admin();
    stage.await("the lists", [&] {
        return !state.groups().isLoading() && !state.agents().isLoading() && !state.channels().isLoading() &&
               !state.settings().isLoading() && !state.pops().isLoading() && !state.replies().isLoading() &&
               !state.blocked().isLoading() && !state.audit().isLoading() && !state.audio().isLoading() &&
               !state.numbers().isLoading() && !state.flows().isLoading();
    });
}

/// A row open in the drawer; -1: the form for a new one.
void opened(Stage& stage, Place place, int row) {
    at(stage, place);
    auto* page = list(stage);
    if (row < 0)
        page->head()->button()->click();
    else {
        page->table()->view().setCurrentIndex(page->table()->view().rows().index(row, 0));
        QTest::keyClick(&page->table()->view(), Qt::Key_Return);
    }
    stage.await("the drawer", [&] { return page->drawer()->isVisible(); });
}

void refused(Stage& stage) {
    stage.desk.server.admin.refuse("DELETE /api/v1/groups/1", base::with(base::conflict("group_in_use"), "flows",
                                                                         "官网欢迎流程, Night and weekend"));
    at(stage, Place::ChatGroups);
    auto& view = list(stage)->table()->view();
    view.setCurrentIndex(view.rows().index(0, 0));
    QTest::keyClick(&view, Qt::Key_Delete);
    stage.await("the question", [&] { return stage.desk.the<widgets::ConfirmDialog>() != nullptr; });
    stage.desk.the<widgets::ConfirmDialog>()->actionButton()->click();
    stage.await("the refusal", [&] { return list(stage)->strip()->isVisible(); });
}

void wrongFields(Stage& stage) {
    opened(stage, Place::Agents, -1);
    const auto edits = list(stage)->drawer()->findChildren<QLineEdit*>();
    edits.first()->setText(QStringLiteral("李娜"));
    widgets::Button* last = nullptr;
    for (auto* button : list(stage)->drawer()->findChildren<widgets::Button*>())
        if (button->isVisible() && !button->text().isEmpty())
            last = button; // in the order they were made: saving is the last
    if (last)
        last->click();
}

void failing(Stage& stage) {
    stage.desk.server.admin.refuse("GET /api/v1/agents", base::retry("storage_unavailable"), true);
    at(stage, Place::Agents);
}

void hovered(Stage& stage) {
    at(stage, Place::Agents);
    auto& view = list(stage)->table()->view();
    // From elsewhere: a pointer that rests where it is wanted says nothing.
    for (const int row : {1, 3})
        QTest::mouseMove(view.viewport(), view.visualRect(view.rows().index(row, 0)).center());
    stage.await("the row", [&] { return view.hoveredRow() == 3; });
}

admin::BulkDialog* bulk(Stage& stage) {
    at(stage, Place::Agents);
    auto* dialog = new admin::BulkDialog({*stage.desk.program.account.account(), {}, [](auto, const auto&) {}},
                                         stage.desk.window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void bulkPreview(Stage& stage) {
    stage.desk.server.admin.badRows["wang@shop.example.com"] = "email_taken";
    auto* dialog = bulk(stage);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("agents.csv")));
    if (file.open(QIODevice::WriteOnly))
        file.write("姓名,工号,邮箱,昵称,手机,角色,技能组\n"
                   "李娜,000021,li@shop.example.com,小李,13800138000,,产品咨询客服1组\n"
                   "王五,000022,wang@shop.example.com,,,,\n"
                   "赵六,,zhao@shop,,call me,boss,Nobody\n"
                   "Anna Maria Rossi,000024,rossi@shop.example.com,Anna,,管理员,After-sales\n");
    file.close();
    dialog->readFile(file.fileName());
    stage.await("the rows", [&] { return dialog->preview()->shown() == 4; });
}

void bulkUnreadable(Stage& stage) {
    auto* dialog = bulk(stage);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("agents.xlsx")));
    if (file.open(QIODevice::WriteOnly))
        file.write("PK\x03\x04 and nothing more");
    file.close();
    dialog->readFile(file.fileName());
    stage.await("the refusal", [&] { return stage.desk.shows(QStringLiteral("sheet_unreadable")); });
}

void progress(Stage& stage) {
    at(stage, Place::Agents);
    auto* dialog = new widgets::ProgressDialog(QStringLiteral("坐席 / agents"), stage.desk.window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setProgress(150, 412);
    dialog->open();
}

void ringingThere(Stage& stage) {
    addOffers(stage.desk.server);
    at(stage, Place::ChatGroups);
}

/// A list that cannot be had.
void unread(Stage& stage, Place place, const std::string& request) {
    stage.desk.server.admin.refuse(request, base::retry("storage_unavailable"), true);
    at(stage, place);
}

/// A search that no row fits.
void unfound(Stage& stage) {
    at(stage, Place::Agents);
    if (stage.failed())
        return;
    list(stage)->search()->setText(QStringLiteral("蓝色的杯子 blue cup"));
    stage.await("nothing", [&] { return list(stage)->table()->shown() == 0; });
}

/// The question before a row goes, or before something else is done to it.
void asked(Stage& stage, Place place, int row = 0, const QString& action = {}) {
    at(stage, place);
    if (stage.failed())
        return;
    auto& view = list(stage)->table()->view();
    view.setCurrentIndex(view.rows().index(row, 0));
    if (action.isEmpty())
        QTest::keyClick(&view, Qt::Key_Delete);
    else
        Q_EMIT view.actionTriggered(action, row); // as its button and its menu do
    stage.await("the question", [&] { return stage.desk.the<widgets::ConfirmDialog>() != nullptr; });
}

/// A file in the drawer, with its curve.
void heard(Stage& stage) {
    opened(stage, Place::PhoneAudio, 1);
    if (stage.failed())
        return;
    auto* player = list(stage)->drawer()->findChild<widgets::PlayerBar*>();
    stage.await("the player", [&] { return player != nullptr; });
    if (player != nullptr)
        player->setSound(test::talkOf(92));
}

void stillUsed(Stage& stage) {
    stage.desk.server.admin.refuse("DELETE /api/v1/audio/5",
                                   base::with(base::conflict("audio_in_use"), "flows", "Main IVR"));
    at(stage, Place::PhoneAudio);
    auto& view = list(stage)->table()->view();
    view.setCurrentIndex(view.rows().index(0, 0));
    QTest::keyClick(&view, Qt::Key_Delete);
    stage.await("the question", [&] { return stage.desk.the<widgets::ConfirmDialog>() != nullptr; });
    stage.desk.the<widgets::ConfirmDialog>()->actionButton()->click();
    stage.await("the refusal", [&] { return list(stage)->strip()->isVisible(); });
}

/// Somewhere else is wanted while a form is edited.
void leaving(Stage& stage) {
    opened(stage, Place::ChatGroups, 0);
    if (stage.failed())
        return;
    list(stage)->drawer()->findChildren<QLineEdit*>().first()->setText(QStringLiteral("售前咨询组"));
    stage.desk.window->frame()->showManage(Place::Agents);
    stage.await("the question", [&] { return stage.desk.the<widgets::ConfirmDialog>() != nullptr; });
}

/// The same with settings, which stand in no drawer.
void leavingSettings(Stage& stage) {
    at(stage, Place::ChatSettings);
    if (stage.failed())
        return;
    manage(stage)->page(Place::ChatSettings)->findChild<QSpinBox*>()->setValue(45);
    stage.desk.window->frame()->showManage(Place::Agents);
    stage.await("the question", [&] { return stage.desk.the<widgets::ConfirmDialog>() != nullptr; });
}

/// With the figures told, at this size.
void overview(Stage& stage, bool many, QSize size = {}) {
    if (size.isValid())
        stage.desk.window->resize(size);
    at(stage, Place::Overview, many);
    auto* page = qobject_cast<admin::OverviewPage*>(manage(stage)->page(Place::Overview));
    stage.await("the figures", [&] { return page->curve() != nullptr; });
}

void overviewCut(Stage& stage) {
    overview(stage, true);
    stage.desk.server.goAway();
    auto* page = manage(stage)->page(Place::Overview);
    stage.await("the remark", [&] { return page->findChild<widgets::Strip*>()->isVisible(); });
}

/// The server tells no figures: its refusal is on its way before it is asked, whatever number the question gets.
void overviewRefused(Stage& stage) {
    addAdmin(stage.desk.server);
    stage.desk.server.overview.reset();
    stage.open();
    if (stage.failed())
        return;
    for (std::uint64_t re = 2; re < 10; ++re)
        stage.desk.server.say(wire::encodeError(re, base::retry("storage_unavailable")));
    stage.desk.window->frame()->showManage(Place::Overview);
    const auto& figures = stage.desk.program.account.account()->overview();
    stage.await("the refusal", [&] { return figures.refusal().has_value(); });
}

void settings(Stage& stage, Place place) {
    at(stage, place);
}

} // namespace

std::vector<Scene> adminScenes() {
    const auto page = [](Place place) { return [place](Stage& stage) { at(stage, place); }; };
    const auto empty = [](Place place) { return [place](Stage& stage) { at(stage, place, false); }; };
    const auto open = [](Place place, int row) { return [place, row](Stage& stage) { opened(stage, place, row); }; };
    return {
        {"manage-overview",
         [](Stage& stage) {
             overview(stage, true, {1280, 1060});
         }},
        {"manage-overview-1024x640",
         [](Stage& stage) {
             overview(stage, true, {1024, 640});
         }},
        {"manage-overview-empty", [](Stage& stage) { overview(stage, false); }},
        {"manage-overview-cut", overviewCut},
        {"manage-overview-refused", overviewRefused},
        {"manage-groups", page(Place::ChatGroups)},
        {"manage-groups-empty", empty(Place::ChatGroups)},
        {"manage-groups-edit", open(Place::ChatGroups, 0)},
        {"manage-groups-delete", [](Stage& stage) { asked(stage, Place::ChatGroups); }},
        {"manage-groups-refused", refused},
        {"manage-groups-all-media", page(Place::AllMediaGroups)},
        {"manage-groups-leave", leaving},
        {"manage-groups-failing", [](Stage& stage) { unread(stage, Place::ChatGroups, "GET /api/v1/groups"); }},
        {"manage-groups-phone", open(Place::PhoneGroups, 0)},
        {"manage-audio", page(Place::PhoneAudio)},
        {"manage-audio-empty", empty(Place::PhoneAudio)},
        {"manage-audio-new", open(Place::PhoneAudio, -1)},
        {"manage-audio-heard", heard},
        {"manage-audio-refused", stillUsed},
        {"manage-audio-1024x640",
         [](Stage& stage) {
             stage.desk.window->resize(1024, 640);
             heard(stage);
         }},
        {"manage-audio-failing", [](Stage& stage) { unread(stage, Place::PhoneAudio, "GET /api/v1/audio"); }},
        {"manage-numbers", page(Place::PhoneNumbers)},
        {"manage-numbers-empty", empty(Place::PhoneNumbers)},
        {"manage-numbers-edit", open(Place::PhoneNumbers, 0)},
        {"manage-agents", page(Place::Agents)},
        {"manage-agents-row", hovered},
        {"manage-agents-edit", open(Place::Agents, 0)},
        {"manage-agents-new", wrongFields},
        {"manage-agents-delete", [](Stage& stage) { asked(stage, Place::Agents, 1); }},
        {"manage-agents-reset", [](Stage& stage) { asked(stage, Place::Agents, 1, QStringLiteral("reset")); }},
        {"manage-agents-nothing-found", unfound},
        {"manage-agents-failing", failing},
        {"manage-agents-1024x640",
         [](Stage& stage) {
             stage.desk.window->resize(1024, 640);
             opened(stage, Place::Agents, 0);
         }},
        {"manage-bulk", [](Stage& stage) { bulk(stage); }},
        {"manage-bulk-preview", bulkPreview},
        {"manage-bulk-unreadable", bulkUnreadable},
        {"manage-progress", progress},
        {"manage-websites", page(Place::Websites)},
        {"manage-websites-edit", open(Place::Websites, 0)},
        {"manage-websites-empty", empty(Place::Websites)},
        {"manage-websites-delete", [](Stage& stage) { asked(stage, Place::Websites); }},
        {"manage-websites-unlink", [](Stage& stage) { asked(stage, Place::Websites, 0, QStringLiteral("unlink")); }},
        {"manage-websites-failing", [](Stage& stage) { unread(stage, Place::Websites, "GET /api/v1/channels"); }},
        {"manage-blocked", page(Place::Blocked)},
        {"manage-blocked-empty", empty(Place::Blocked)},
        {"manage-blocked-lift", [](Stage& stage) { asked(stage, Place::Blocked, 0, QStringLiteral("unblock")); }},
        {"manage-blocked-failing",
         [](Stage& stage) { unread(stage, Place::Blocked, "GET /api/v1/blocked-customers"); }},
        {"manage-flows-failing", [](Stage& stage) { unread(stage, Place::ChatFlows, "GET /api/v1/flows"); }},
        {"manage-settings-chat", [](Stage& stage) { settings(stage, Place::ChatSettings); }},
        {"manage-settings-all-media", [](Stage& stage) { settings(stage, Place::AllMediaSettings); }},
        {"manage-settings-leave", leavingSettings},
        {"manage-settings-failing", [](Stage& stage) { unread(stage, Place::Routing, "GET /api/v1/settings"); }},
        {"manage-settings-phone", [](Stage& stage) { settings(stage, Place::PhoneSettings); }},
        {"manage-routing", [](Stage& stage) { settings(stage, Place::Routing); }},
        {"manage-replies", page(Place::QuickReplies)},
        {"manage-replies-edit", open(Place::QuickReplies, 0)},
        {"manage-replies-empty", empty(Place::QuickReplies)},
        {"manage-replies-delete", [](Stage& stage) { asked(stage, Place::QuickReplies); }},
        {"manage-replies-failing",
         [](Stage& stage) { unread(stage, Place::QuickReplies, "GET /api/v1/quick-replies"); }},
        {"manage-pops-empty", empty(Place::ScreenPops)},
        {"manage-pops", page(Place::ScreenPops)},
        {"manage-pops-edit", open(Place::ScreenPops, 0)},
        {"manage-pops-delete", [](Stage& stage) { asked(stage, Place::ScreenPops); }},
        {"manage-pops-failing", [](Stage& stage) { unread(stage, Place::ScreenPops, "GET /api/v1/screen-pops"); }},
        {"manage-audit", page(Place::Audit)},
        {"manage-audit-empty", empty(Place::Audit)},
        {"manage-audit-failing", [](Stage& stage) { unread(stage, Place::Audit, "GET /api/v1/audit"); }},
        {"manage-audit-entry", open(Place::Audit, 3)},
        {"manage-ringing", ringingThere}};
}

} // namespace cb::tour
