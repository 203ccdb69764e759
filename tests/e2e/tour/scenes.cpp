#include "tests/e2e/tour/scenes.h"

#include "client/app/status_control.h"
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
#include "client/workbench/reasons_dialog.h"
#include "client/workbench/transfer_dialog.h"
#include "client/workbench/wrap_up_form.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/stage.h"

#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

namespace cb::tour {

namespace {

using Step = state::AccountState::Step;

const QString kEmail = QStringLiteral("ali@shop.example.com");

void signIn(Stage& stage, const QString& password) {
    auto& page = stage.desk.window->signInPage();
    page.setAddress(QStringLiteral("https://cc.shop.example.com/online/1400000001"));
    page.setEmail(kEmail);
    stage.desk.program.account.signIn(stage.desk.server.address(), kEmail, password, false);
}

void awaitStep(Stage& stage, Step step) {
    stage.await("the step", [&] { return stage.desk.program.account.step() == step; });
}

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

template <class Widget>
Widget* awaitWidget(Stage& stage, const char* what) {
    stage.await(what, [&] {
        auto* widget = stage.desk.the<Widget>();
        return widget && widget->isVisible();
    });
    return stage.desk.the<Widget>();
}

// ---- before the workbench

void signInEmpty(Stage&) {}

void signInFields(Stage& stage) {
    auto* submit = stage.desk.window->signInPage().findChildren<widgets::Button*>().constFirst();
    submit->click(); // nothing is filled in: every field says what it wants
}

void signInError(Stage& stage) {
    signIn(stage, QStringLiteral("wrong"));
    stage.await("the refusal", [&] { return !stage.desk.program.account.error().code.empty(); });
}

void signInBusy(Stage& stage) {
    stage.desk.server.mute = true;
    signIn(stage, QStringLiteral("secret-1"));
    awaitStep(stage, Step::SigningIn);
}

void firstPassword(Stage& stage) {
    stage.desk.server.mustChangePassword = true;
    signIn(stage, QStringLiteral("secret-1"));
    awaitStep(stage, Step::ChangePassword);
}

void takeover(Stage& stage) {
    furnish(stage.desk.server);
    stage.desk.server.otherDevice = "office-pc-17.shop.example.com";
    signIn(stage, QStringLiteral("secret-1"));
    awaitStep(stage, Step::Takeover);
}

void connecting(Stage& stage) {
    QObject::connect(&stage.desk.program.account, &state::AccountState::stepChanged, stage.desk.window.get(),
                     [&stage](Step step) { stage.desk.server.mute = step == Step::Connecting; });
    signIn(stage, QStringLiteral("secret-1"));
    awaitStep(stage, Step::Connecting);
    stage.await("the hello", [&] { return stage.desk.server.hellos > 0; });
}

// ---- the workbench

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
    awaitWidget<workbench::WrapUpForm>(stage, "the form");
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

} // namespace

std::vector<Scene> scenes() {
    return {{"sign-in", signInEmpty},
            {"sign-in-fields", signInFields},
            {"sign-in-error", signInError},
            {"sign-in-busy", signInBusy},
            {"first-password", firstPassword},
            {"takeover", takeover},
            {"connecting", connecting},
            {"workbench-empty", empty},
            {"workbench-offline", offline},
            {"workbench-ringing", ringing},
            {"workbench-open", busy},
            {"workbench-typing", typing},
            {"workbench-long", longTranscript},
            {"workbench-wrap-up", wrapUp},
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
            {"confirm-sign-out", confirmSignOut},
            {"confirm-close", confirmClose},
            {"preferences", preferences},
            {"palette", palette},
            {"shortcuts", shortcuts},
            {"emoji", emoji},
            {"quick-replies", quickReplies},
            {"picture-viewer", viewer},
            {"toast", toast}};
}

} // namespace cb::tour
