#pragma once

#include "client/state/account_state.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/dialog.h"

namespace cb::app {

/// “Forgotten password”: asks for the e-mail address, has the server write to it, and says what may come. Whether there
/// is such an account nobody learns here.
class ForgotDialog : public widgets::Dialog {
    Q_OBJECT
public:
    /// `address` is the call centre's, as on the sign-in page.
    ForgotDialog(state::AccountState& account, QString address, const QString& email, QWidget* parent = nullptr);

private:
    void submit();
    void tell(const base::Error& error);

    state::AccountState& m_account;
    QString m_address;
    widgets::Label* m_sentence;
    widgets::TextField* m_email;
    widgets::Button* m_cancel;
    widgets::Button* m_send;
    bool m_sent = false;
};

} // namespace cb::app
