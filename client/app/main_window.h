#pragma once

#include "client/app/alerts.h"
#include "client/app/frame.h"
#include "client/app/sign_in_pages.h"

#include <QtCore/QPointer>
#include <QtWidgets/QStackedWidget>

namespace cb::app {

/// The one window: shows the page of the account's step, and the frame once somebody is signed in. GUI thread.
class MainWindow : public QStackedWidget {
    Q_OBJECT
public:
    MainWindow(state::AccountState& account, Preferences& preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    SignInPage& signInPage() { return *m_signIn; }
    Frame* frame() { return m_frame; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void showStep();
    void openFrame();
    void closeFrame();
    void askSignOut();
    void openPreferences();
    bool holdsWork();

    state::AccountState& m_account;
    Preferences& m_preferences;
    SignInPage* m_signIn;
    PasswordPage* m_password;
    TakeoverPage* m_takeover;
    ConnectingPage* m_connecting;
    QPointer<Frame> m_frame;
    Alerts m_alerts;
    bool m_closeConfirmed = false;
};

} // namespace cb::app
