#pragma once

#include "client/app/main_window.h"
#include "client/app/preferences.h"
#include "client/platform/language.h"
#include "client/widgets/controls/button.h"
#include "tests/client/state/rig.h"

#include <QtWidgets/QApplication>

inline void initCloudbellTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace cb::test {

/// The program's window over a real account and the server in this process.
struct Desk {
    explicit Desk(const api::SessionOptions& session = quickSession(), const call::MakeMedia& makeMedia = {})
        : program(machine, QStringLiteral("here"), session, std::chrono::minutes(1), makeMedia) {
        initCloudbellTranslations();
        preferences.setLanguage(QStringLiteral("en"));
        language.set(QStringLiteral("en"));
        QObject::connect(&preferences, &app::Preferences::changed, &language,
                         [this] { language.set(preferences.language()); });
        window = std::make_unique<app::MainWindow>(program.account, preferences);
        window->resize(1280, 800);
        window->show();
    }
    ~Desk() {
        window.reset();
        language.set(QStringLiteral("en"));
    }

    /// Signed in, the workbench in front, with the focus.
    bool open() {
        const bool in = program.signIn(server.address());
        window->activateWindow();
        return in && QTest::qWaitForWindowActive(window.get()) && window->frame() != nullptr;
    }
    workbench::WorkbenchPage& page() { return window->frame()->workbench(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
        QWidget* target = QApplication::focusWidget();
        QTest::keyClick(target ? target : window.get(), key, modifiers);
    }
    void type(const QString& text) const { QTest::keyClicks(QApplication::focusWidget(), text); }

    template <class Widget>
    Widget* the() const {
        return window->findChild<Widget*>();
    }
    widgets::Button* button(const QString& text) const {
        const auto all = window->findChildren<widgets::Button*>();
        for (auto* button : all)
            if (button->text() == text && button->isVisible())
                return button;
        return nullptr;
    }
    /// Any label that is on the screen and says this, or has it as a part.
    bool shows(const QString& text) const {
        const auto all = window->findChildren<QLabel*>();
        return std::any_of(all.begin(), all.end(),
                           [&text](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }

    FakeServer server;
    Machine machine;
    Program program;
    app::Preferences preferences;
    platform::Language language;
    std::unique_ptr<app::MainWindow> window;
};

inline model::OfferView offerOf(const FakeServer& server, std::int64_t id, std::int64_t session,
                                const std::string& name) {
    model::OfferView offer;
    offer.offer = model::OfferId(id);
    offer.at = server.now();
    offer.expiresAt = offer.at + std::chrono::seconds(30);
    offer.session.session.id = model::SessionId(session);
    offer.session.session.customer = model::CustomerId(session);
    offer.session.session.state = model::SessionState::Offered;
    offer.session.waitingSince = offer.session.session.queuedAt = server.now();
    offer.session.session.flowPath = "Welcome › Sales";
    offer.session.customerName = name;
    offer.session.groupName = "Sales";
    offer.session.channelName = "Website";
    return offer;
}

inline void ring(FakeServer& server, std::int64_t id, std::int64_t session, const std::string& name) {
    const auto offer = offerOf(server, id, session, name);
    server.offers[offer.offer] = offer;
    server.event(offer);
}

} // namespace cb::test
