#include "client/app/forgot_dialog.h"
#include "client/widgets/overlay/dialog.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/scenes.h"
#include "tests/e2e/tour/stage.h"

/// Before the workbench.
namespace cb::tour {

namespace {

using Step = state::AccountState::Step;

const QString kAddress = QStringLiteral("https://cc.shop.example.com/online/1400000001");
const QString kEmail = QStringLiteral("ali@shop.example.com");

void signIn(Stage& stage, const QString& password) {
    auto& page = stage.desk.window->signInPage();
    page.setAddress(kAddress);
    page.setEmail(kEmail);
    stage.desk.program.account.signIn(stage.desk.server.address(), kEmail, password, false);
}

void awaitStep(Stage& stage, Step step) {
    stage.await("the step", [&] { return stage.desk.program.account.step() == step; });
}

void signInEmpty(Stage&) {}

void signInFields(Stage& stage) {
    auto* submit = stage.desk.window->signInPage().findChildren<widgets::Button*>().constFirst();
    submit->click(); // nothing is filled in: every field says what it wants
}

void signInError(Stage& stage) {
    signIn(stage, QStringLiteral("wrong"));
    stage.await("the refusal", [&] { return !stage.desk.program.account.error().code.empty(); });
}

void signInOutdated(Stage& stage) {
    stage.desk.server.wantsNewer = true;
    stage.desk.window->signInPage().setAddress(stage.desk.server.address());
    stage.desk.program.account.signIn(stage.desk.server.address(), kEmail, QStringLiteral("secret-1"), false);
    stage.await("the refusal", [&] { return stage.desk.shows(QStringLiteral("protocol_unsupported")); });
}

void signInNobody(Stage& stage) {
    stage.open(); // so that the account is known
    stage.desk.program.account.signOut();
    stage.desk.server.goAway();
    stage.desk.program.account.signIn(stage.desk.server.address(), QStringLiteral("a@b.c"), QStringLiteral("x"), false);
    stage.desk.window->signInPage().setAddress(stage.desk.server.address());
    stage.await("the refusal", [&] { return !stage.desk.program.account.error().code.empty(); });
}

void forget(Stage& stage) {
    stage.open();
    stage.desk.program.account.signOut();
    stage.desk.window->signInPage().setAddress(stage.desk.server.address());
    stage.desk.window->signInPage().setEmail(QStringLiteral("a@b.c"));
    const auto buttons = stage.desk.window->signInPage().findChildren<widgets::Button*>();
    for (auto* button : buttons)
        if (button->isVisible() && button->text().endsWith(QStringLiteral("…")))
            button->click();
    awaitWidget<widgets::ConfirmDialog>(stage, "the question");
}

/// The way to a new password, over an address that is the same in every picture.
app::ForgotDialog* forgotten(Stage& stage) {
    auto& page = stage.desk.window->signInPage();
    page.setAddress(stage.desk.server.address());
    page.setEmail(kEmail);
    stage.press(app::SignInPage::tr("Forgotten password?"));
    page.setAddress(kAddress);
    return awaitWidget<app::ForgotDialog>(stage, "the dialog");
}

void forgottenSent(Stage& stage) {
    if (forgotten(stage) == nullptr)
        return;
    stage.press(app::ForgotDialog::tr("Send the link"));
    stage.await("the answer", [&] { return stage.desk.button(app::ForgotDialog::tr("Close")) != nullptr; });
}

void forgottenRefused(Stage& stage) {
    stage.desk.server.forgetThrottled = true;
    const auto* dialog = forgotten(stage);
    if (dialog == nullptr)
        return;
    stage.press(app::ForgotDialog::tr("Send the link"));
    stage.await("the refusal", [&] { return !dialog->findChild<widgets::TextField*>()->error().isEmpty(); });
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

} // namespace

std::vector<Scene> signInScenes() {
    return {{"sign-in", signInEmpty},
            {"sign-in-fields", signInFields},
            {"sign-in-error", signInError},
            {"sign-in-nobody", signInNobody},
            {"sign-in-forget", forget},
            {"sign-in-forgotten", forgotten},
            {"sign-in-forgotten-sent", forgottenSent},
            {"sign-in-forgotten-refused", forgottenRefused},
            {"sign-in-outdated", signInOutdated},
            {"sign-in-busy", signInBusy},
            {"first-password", firstPassword},
            {"takeover", takeover},
            {"connecting", connecting}};
}

} // namespace cb::tour
