#pragma once

#include "client/state/account_state.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>

#include <optional>

class QSpacerItem;

namespace cb::app {

class Preferences;

/// A card in the middle of an empty window: what the pages before the workbench have in common.
class CentredPage : public widgets::Ground {
    Q_OBJECT
public:
    explicit CentredPage(QWidget* parent = nullptr);

protected:
    /// Between the heading and what went wrong.
    QVBoxLayout* content() const { return m_content; }
    void setHeading(const QString& title, const QString& sentence);
    /// What went wrong, with its code in small print; an empty code hides it. The card grows at its lower edge for it:
    /// nothing that is there moves.
    void showError(const base::Error& error);
    /// What can be done about it, below it; hidden until somebody shows it, and again by the next showError().
    widgets::Button* remedy() const { return m_remedy; }
    QVBoxLayout* below() const { return m_below; }
    void resizeEvent(QResizeEvent* event) override;
    void restyle() override;

private:
    QLayout* brand();

    widgets::Label* m_logo;
    widgets::Card* m_card;
    QVBoxLayout* m_content;
    QSpacerItem* m_above; ///< depends on the window's height alone
    widgets::Label* m_title;
    widgets::Label* m_sentence;
    widgets::Label* m_error;
    widgets::Label* m_code;
    widgets::Button* m_remedy;
    QVBoxLayout* m_below;
};

/// Address, e-mail, password, stay signed in, the way to a new password; at the foot the language, and the way to take
/// an account off this machine.
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
    void tellKnown();
    void askForget();
    void askReset();
    std::optional<sync::KnownAddress> typedOne() const;

    state::AccountState& m_account;
    Preferences& m_preferences;
    widgets::TextField* m_address;
    widgets::TextField* m_email;
    widgets::PasswordField* m_password;
    QCheckBox* m_remember;
    widgets::Button* m_submit;
    widgets::Button* m_forgotten;
    QComboBox* m_language;
    widgets::Button* m_forget;
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
