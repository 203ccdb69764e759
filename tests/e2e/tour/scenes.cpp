#include "tests/e2e/tour/scenes.h"

#include "client/app/past_sessions.h"
#include "client/app/status_control.h"
#include "client/bridge/error_text.h"
#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/segmented.h"
#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/emoji_picker.h"
#include "client/widgets/overlay/image_viewer.h"
#include "client/widgets/overlay/popup_list.h"
#include "client/widgets/overlay/shortcut_overlay.h"
#include "client/widgets/overlay/toast.h"
#include "client/widgets/transcript/transcript_view.h"
#include "client/workbench/context_panel.h"
#include "client/workbench/end_prompt.h"
#include "client/workbench/reasons_dialog.h"
#include "client/workbench/transfer_dialog.h"
#include "client/workbench/wrap_up_form.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/stage.h"

#include <QtCore/QFile>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

namespace cb::tour {

void busy(Stage& stage) {
    furnish(stage.desk.server);
    addSessions(stage.desk.server);
    stage.openAt(kLi);
    auto& transcript = stage.desk.program.transcript(kLi);
    stage.await("the picture", [&] {
        for (int row = 0; row < transcript.rowCount(); ++row)
            if (transcript.index(row).data(widgets::KindRole).toInt() == int(widgets::TranscriptKind::Picture) &&
                transcript.index(row).data(widgets::PictureRole).value<QImage>().isNull())
                return false;
        return true;
    });
}

namespace {

void empty(Stage& stage) {
    furnish(stage.desk.server);
    stage.open();
}

void offline(Stage& stage) {
    furnish(stage.desk.server);
    stage.desk.server.presence.status = model::AgentStatus::Offline;
    stage.open();
}

void ringing(Stage& stage) {
    addOffers(stage.desk.server);
    busy(stage);
    stage.desk.page().showOffer(model::OfferId(20));
}

void typing(Stage& stage) {
    busy(stage);
    stage.desk.server.say(wire::encodeTyping(wire::Typing{model::SessionId(kLi), true}));
    stage.desk.server.say(wire::encodeTyping(wire::Typing{model::SessionId(kWu), true}));
    const auto* sessions = stage.desk.program.workbench().sessions();
    stage.await("the typing line", [&] { return sessions->find(model::SessionId(kWu))->customerTyping; });
    stage.desk.the<widgets::Composer>()->setText(
        QStringLiteral("第一行\nA second line\n第三行，写得长一些，看看它怎样换行："
                       "今天下单，明天发货，周末也照常发货。"));
}

void longTranscript(Stage& stage) {
    addPast(stage.desk.server, kLi, 58);
    busy(stage);
    auto& transcript = stage.desk.program.transcript(kLi);
    while (transcript.olderAvailable() && !stage.failed()) {
        const int before = transcript.rowCount();
        transcript.loadOlder();
        stage.await("older ones", [&] { return transcript.rowCount() > before || !transcript.olderAvailable(); });
    }
    for (auto* view : stage.desk.window->findChildren<widgets::TranscriptView*>())
        if (view->isVisible())
            view->scrollToRow(20);
}

void wrapUp(Stage& stage) {
    busy(stage);
    stage.desk.key(Qt::Key_E, Qt::ControlModifier);
    stage.desk.key(Qt::Key_Return);
    awaitWidget<workbench::WrapUpForm>(stage, "the form");
}

void endAsked(Stage& stage) {
    busy(stage);
    stage.desk.key(Qt::Key_E, Qt::ControlModifier);
    awaitWidget<workbench::EndPrompt>(stage, "the question");
}

/// The customer's column beside it, in a small window.
void small(Stage& stage, const std::function<void(Stage&)>& then) {
    stage.desk.window->resize(1024, 640);
    then(stage);
    stage.desk.key(Qt::Key_B, Qt::ControlModifier);
    stage.await("the column", [&] { return stage.desk.the<workbench::ContextPanel>()->isVisible(); });
}

void longNames(Stage& stage) {
    addOffers(stage.desk.server);
    furnish(stage.desk.server);
    addSessions(stage.desk.server);
    addLongNames(stage.desk.server);
    stage.openAt(kLi);
}

/// All notices at once, and a ringing session that was declined before.
void notices(Stage& stage) {
    busy(stage);
    auto& server = stage.desk.server;
    test::ring(server, 30, 77, "Visitor 4711");
    auto* sessions = stage.desk.program.workbench().sessions();
    stage.await("the offer", [&] { return sessions->find(model::OfferId(30)) != nullptr; });
    stage.desk.program.commands().decline(model::OfferId(30));
    stage.await("its end", [&] { return sessions->find(model::OfferId(30)) == nullptr; });
    test::ring(server, 31, 77, "Visitor 4711");
    stage.await("it again", [&] { return sessions->find(model::OfferId(31)) != nullptr; });
    server.presence.status = model::AgentStatus::Break;
    server.presence.reason = model::StatusReason::RingTimeout;
    server.event(server.presence);
    wire::TransferFailed failed;
    failed.to = model::AgentId(6);
    failed.toName = "Dorothea Schmidt-Rottluff";
    failed.customerName = "上海市浦东新区张江高科技园区企业服务中心采购部的李女士";
    failed.group = model::GroupId(1);
    failed.groupName = "产品咨询客服1组";
    server.event(failed, 70);
    stage.await("the notices", [&] { return stage.desk.program.account.account()->notices().all().size() == 2; });
}

void failedFile(Stage& stage) {
    busy(stage);
    const QString path = stage.desk.machine.folder.filePath(QStringLiteral("报价单.txt"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return stage.fail(QStringLiteral("no file"));
    file.close();
    (void)stage.desk.program.commands().sendFile(model::SessionId(kLi), path);
}

void reconnecting(Stage& stage) {
    busy(stage);
    stage.desk.server.mute = true;
    stage.desk.server.drop();
    awaitWidget<widgets::Strip>(stage, "the strip");
    using Connection = state::WorkbenchState::Connection;
    stage.await("the pause", [&] { return stage.desk.program.workbench().connection() == Connection::Waiting; });
}

void pendingBreak(Stage& stage) {
    stage.desk.server.presence.hasPending = true;
    stage.desk.server.presence.pending = model::AgentStatus::Break;
    busy(stage);
    auto* menu = stage.desk.the<app::StatusControl>()->findChild<QMenu*>();
    auto* status = stage.desk.the<app::StatusControl>();
    menu->popup(status->mapToGlobal(QPoint(0, status->height())));
    stage.await("the menu", [&] { return menu->isVisible(); });
}

void history(Stage& stage) {
    busy(stage);
    auto* panel = stage.desk.the<workbench::ContextPanel>();
    panel->findChild<widgets::Segmented*>()->setCurrent(1);
    stage.await("the past", [&] { return stage.desk.program.account.account()->history().rowCount() == 2; });
}

void sized(Stage& stage, const QSize& size) {
    stage.desk.window->resize(size);
    busy(stage);
    stage.await("the size", [&] { return stage.desk.window->size() == size; });
}

// ---- over it

void transfer(Stage& stage, int tab) {
    busy(stage);
    stage.desk.key(Qt::Key_T, Qt::ControlModifier);
    auto* dialog = awaitWidget<workbench::TransferDialog>(stage, "the dialog");
    if (!dialog)
        return;
    dialog->findChild<widgets::Segmented*>()->setCurrent(tab);
    auto* list = dialog->findChild<QListView*>();
    list->setCurrentIndex(list->model()->index(0, 0));
}

void reasons(Stage& stage) {
    busy(stage);
    model::Offer offer;
    offer.id = model::OfferId(19);
    offer.session = model::SessionId(kLi);
    offer.group = model::GroupId(1);
    offer.agent = model::AgentId(3);
    offer.at = stage.desk.server.now();
    offer.outcome = model::OfferOutcome::Answered;
    using model::SkipReason;
    for (const auto& [agent, load, skipped] :
         {std::tuple(3, 1, SkipReason::None), std::tuple(4, 2, SkipReason::None), std::tuple(5, 0, SkipReason::OnBreak),
          std::tuple(6, 0, SkipReason::Offline)}) {
        model::OfferCandidate candidate;
        candidate.agent = model::AgentId(agent);
        candidate.load = load;
        candidate.idleMillis = agent * 61'000;
        candidate.skipped = skipped;
        offer.candidates.push_back(candidate);
    }
    offer.candidatesTotal = 9;
    auto first = offer;
    first.id = model::OfferId(18);
    first.agent = model::AgentId(4);
    first.outcome = model::OfferOutcome::TimedOut;
    stage.desk.server.reasons = {first, offer};
    stage.desk.key(Qt::Key_I, Qt::ControlModifier);
    auto* dialog = awaitWidget<workbench::ReasonsDialog>(stage, "the dialog");
    stage.await("the candidates", [&] { return dialog->findChild<QTreeWidget*>()->topLevelItemCount() == 2; });
}

void confirmBlock(Stage& stage) {
    busy(stage);
    for (auto* button : stage.desk.the<workbench::ContextPanel>()->findChildren<widgets::Button*>())
        if (button->isVisible() && button->isEnabled() && button->text().endsWith(QStringLiteral("…")))
            button->click();
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

void confirmLink(Stage& stage) {
    busy(stage);
    for (auto* view : stage.desk.window->findChildren<widgets::TranscriptView*>())
        if (view->isVisible())
            Q_EMIT view->linkNeedsConfirmation(QUrl(QStringLiteral("mailto:orders@wholesale.shop.example.com")));
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

void confirmSignOut(Stage& stage) {
    busy(stage);
    Q_EMIT stage.desk.the<app::StatusControl>()->signOutWanted();
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

void confirmClose(Stage& stage) {
    busy(stage);
    stage.desk.window->close();
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

void preferences(Stage& stage) {
    busy(stage);
    Q_EMIT stage.desk.window->frame()->preferencesWanted();
    awaitWidget<widgets::Dialog>(stage, "the dialog");
}

void palette(Stage& stage) {
    busy(stage);
    stage.desk.window->frame()->openPalette();
    awaitWidget<widgets::CommandPalette>(stage, "the palette");
}

/// A session that is gone, found by its customer's name.
void pastConversation(Stage& stage) {
    busy(stage);
    auto& server = stage.desk.server;
    const auto* sessions = stage.desk.program.workbench().sessions();
    server.sessions.erase(model::SessionId(kLi));
    server.event(wire::SessionCompleted{}, kLi);
    stage.await("its end", [&] { return sessions->find(model::SessionId(kLi)) == nullptr; });
    stage.desk.window->frame()->openPalette();
    stage.desk.the<widgets::CommandPalette>()->findChild<QLineEdit*>()->setText(QStringLiteral("李"));
    stage.desk.key(Qt::Key_Return);
    awaitWidget<app::PastDialog>(stage, "the conversation");
    stage.await("the server", [&] { return !stage.desk.program.transcript(kLi).isLoading(); });
}

void pastFound(Stage& stage) {
    busy(stage);
    auto& server = stage.desk.server;
    server.sessions.erase(model::SessionId(kLi));
    server.event(wire::SessionCompleted{}, kLi);
    stage.await("its end",
                [&] { return stage.desk.program.workbench().sessions()->find(model::SessionId(kLi)) == nullptr; });
    stage.desk.window->frame()->openPalette();
    stage.desk.the<widgets::CommandPalette>()->findChild<QLineEdit*>()->setText(QStringLiteral("李"));
}

/// The longest sentence the strip may have to say, in the smallest window.
void longStrip(Stage& stage) {
    sized(stage, {1024, 640});
    const auto error = base::with(base::rejected("tls_untrusted"), "host", "callcenter.shop.example.com");
    stage.desk.the<widgets::Strip>()->tell(widgets::Strip::Grade::Warning, bridge::errorText(error),
                                           QStringLiteral("…"));
}

void shortcuts(Stage& stage) {
    busy(stage);
    stage.desk.window->frame()->openShortcuts();
    awaitWidget<widgets::ShortcutOverlay>(stage, "the list");
}

void emoji(Stage& stage) {
    busy(stage);
    stage.desk.the<widgets::Composer>()->findChildren<widgets::IconButton*>().constFirst()->click();
    awaitWidget<widgets::EmojiPicker>(stage, "the picker");
}

void quickReplies(Stage& stage) {
    busy(stage);
    stage.await("the replies", [&] { return stage.desk.program.account.account()->quickReplies().rowCount() == 3; });
    stage.desk.type(QStringLiteral("/"));
    awaitWidget<widgets::PopupList>(stage, "the list");
}

void viewer(Stage& stage) {
    busy(stage);
    auto& transcript = stage.desk.program.transcript(kLi);
    for (auto* view : stage.desk.window->findChildren<widgets::TranscriptView*>())
        for (int row = 0; row < transcript.rowCount() && view->isVisible(); ++row)
            if (!transcript.index(row).data(widgets::PictureRole).value<QImage>().isNull())
                Q_EMIT view->pictureActivated(transcript.index(row));
    awaitWidget<widgets::ImageViewer>(stage, "the viewer");
}

void toast(Stage& stage) {
    busy(stage);
    Q_EMIT stage.desk.program.commands().failed(base::retry("storage_unavailable"));
    Q_EMIT stage.desk.page().told(widgets::Strip::Grade::Info, QStringLiteral("cup.png"));
    awaitWidget<widgets::Toast>(stage, "the toast");
}

std::vector<Scene> workbenchScenes() {
    return {{"workbench-empty", empty},
            {"workbench-offline", offline},
            {"workbench-ringing", ringing},
            {"workbench-open", busy},
            {"workbench-typing", typing},
            {"workbench-long", longTranscript},
            {"workbench-wrap-up", wrapUp},
            {"workbench-end-asked", endAsked},
            {"workbench-notices", notices},
            {"workbench-failed-file", failedFile},
            {"workbench-long-names", longNames},
            {"workbench-small-long-names", [](Stage& stage) { small(stage, longNames); }},
            {"workbench-small-notices", [](Stage& stage) { small(stage, notices); }},
            {"workbench-small-wrap-up", [](Stage& stage) { small(stage, wrapUp); }},
            {"workbench-reconnecting", reconnecting},
            {"workbench-pending-break", pendingBreak},
            {"workbench-history", history},
            {"workbench-1024x640",
             [](Stage& stage) {
                 sized(stage, {1024, 640});
             }},
            {"workbench-2560x1440",
             [](Stage& stage) {
                 sized(stage, {2560, 1440});
             }},
            {"transfer-groups", [](Stage& stage) { transfer(stage, 0); }},
            {"transfer-colleagues", [](Stage& stage) { transfer(stage, 1); }},
            {"reasons", reasons},
            {"confirm-block", confirmBlock},
            {"confirm-link", confirmLink},
            {"confirm-sign-out", confirmSignOut},
            {"confirm-close", confirmClose},
            {"preferences", preferences},
            {"palette", palette},
            {"palette-past", pastFound},
            {"past-conversation", pastConversation},
            {"workbench-long-strip", longStrip},
            {"shortcuts", shortcuts},
            {"emoji", emoji},
            {"quick-replies", quickReplies},
            {"picture-viewer", viewer},
            {"toast", toast}};
}

} // namespace

std::vector<Scene> scenes() {
    std::vector<Scene> all;
    for (auto more : {signInScenes(), workbenchScenes(), pageScenes(), flowScenes(), adminScenes(), recordScenes()})
        std::move(more.begin(), more.end(), std::back_inserter(all));
    return all;
}

} // namespace cb::tour
