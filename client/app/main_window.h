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
    /// The program was started once more, with these words (empty: none): comes to the front, and they wait on the
    /// sign-in page.
    void wanted(const QString& address, const QString& email);
    /// A tel: link: what is to be called waits in the dial pad, as soon as somebody is signed in.
    void call(const QString& link);
    static bool isTelephoneLink(const QString& address);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void showStep();
    void openFrame();
    void closeFrame();
    void askSignOut();
    void openPreferences();
    void tellNotRemembered();
    void rememberDevices(state::Calls& calls);
    bool holdsWork();

    state::AccountState& m_account;
    Preferences& m_preferences;
    SignInPage* m_signIn;
    PasswordPage* m_password;
    TakeoverPage* m_takeover;
    ConnectingPage* m_connecting;
    QPointer<Frame> m_frame;
    Alerts m_alerts;
    QString m_toCall; ///< once there is a frame
    bool m_closeConfirmed = false;
    bool m_notRemembered = false; ///< not yet told: there was no frame to tell it in
};

} // namespace cb::app
