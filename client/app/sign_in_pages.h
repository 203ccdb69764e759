#pragma once

#include "client/state/account_state.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>

namespace cb::app {

class Preferences;

/// A card in the middle of an empty window: what the pages before the workbench have in common.
class CentredPage : public widgets::Ground {
    Q_OBJECT
public:
    explicit CentredPage(QWidget* parent = nullptr);

protected:
    widgets::Card* card() const { return m_card; }
    void setHeading(const QString& title, const QString& sentence);
    /// What went wrong, with its code in small print; an empty code hides it.
    void showError(const base::Error& error);
    QVBoxLayout* below() const { return m_below; }

private:
    widgets::Card* m_card;
    widgets::Label* m_title;
    widgets::Label* m_sentence;
    widgets::Label* m_error;
    widgets::Label* m_code;
    QVBoxLayout* m_below;
};

/// Address, e-mail, password, stay signed in; language and theme at the foot.
class SignInPage : public CentredPage {
    Q_OBJECT
public:
    SignInPage(state::AccountState& account, Preferences& preferences, QWidget* parent = nullptr);

    /// Fills the form from what was used last, unless something is typed there.
    void prepare();
    void setAddress(const QString& address);
    void setEmail(const QString& email);
    void signIn(const QString& password);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    bool check();
    void submit();
    void tell();
    void offerKnown();
    void tellSafety();

    state::AccountState& m_account;
    Preferences& m_preferences;
    widgets::TextField* m_address;
    widgets::TextField* m_email;
    widgets::PasswordField* m_password;
    QCheckBox* m_remember;
    widgets::Button* m_submit;
    QComboBox* m_language;
    bool m_checked = false; ///< the fields have said what they lack
};

/// The first sign-in with a password somebody else made.
class PasswordPage : public CentredPage {
    Q_OBJECT
public:
    explicit PasswordPage(state::AccountState& account, QWidget* parent = nullptr);
    void prepare();

protected:
    void retranslate() override;

private:
    void submit();
    bool check();

    state::AccountState& m_account;
    widgets::PasswordField* m_fresh;
    widgets::PasswordField* m_again;
    widgets::Button* m_submit;
    widgets::Button* m_cancel;
};

/// The workbench is open on another machine.
class TakeoverPage : public CentredPage {
    Q_OBJECT
public:
    explicit TakeoverPage(state::AccountState& account, QWidget* parent = nullptr);
    void prepare();

protected:
    void retranslate() override;

private:
    state::AccountState& m_account;
    widgets::Button* m_take;
    widgets::Button* m_cancel;
};

/// While the connection is being made.
class ConnectingPage : public CentredPage {
    Q_OBJECT
public:
    explicit ConnectingPage(state::AccountState& account, QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    widgets::Button* m_cancel;
};

} // namespace cb::app
