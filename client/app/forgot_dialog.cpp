#include "client/app/forgot_dialog.h"

#include "client/bridge/error_text.h"

#include <QtWidgets/QBoxLayout>

namespace cb::app {

using widgets::Button;
using widgets::Label;

ForgotDialog::ForgotDialog(state::AccountState& account, QString address, const QString& email, QWidget* parent)
    : Dialog(tr("Forgotten password"), parent)
    , m_account(account)
    , m_address(std::move(address))
    , m_sentence(new Label(tr("You get a letter with a link to set a new password."), widgets::TextSize::Body, this))
    , m_email(new widgets::TextField(tr("E-mail"), this))
    , m_cancel(addCancel())
    , m_send(addButton(tr("Send the link"), Button::Kind::Primary)) {
    m_sentence->setWordWrap(true);
    m_sentence->setTone(widgets::Tone::Muted);
    body()->addWidget(m_sentence);
    body()->addWidget(m_email);
    m_email->setText(email.trimmed());
    m_email->edit()->setInputMethodHints(Qt::ImhEmailCharactersOnly | Qt::ImhNoAutoUppercase);
    m_email->edit()->selectAll();
    m_email->edit()->setFocus();
    connect(m_send, &Button::clicked, this, &ForgotDialog::submit);
    connect(m_email->edit(), &QLineEdit::textEdited, this, [this] { m_email->setError({}); });
}

void ForgotDialog::submit() {
    if (m_sent)
        return accept();
    const QString email = m_email->text().trimmed();
    m_email->setError(email.contains(u'@') ? QString() : tr("Enter your e-mail address."));
    if (!m_email->error().isEmpty())
        return m_email->edit()->setFocus();
    m_send->setBusy(true);
    m_account.forgotPassword(m_address, email, this, [this](const base::Error& error) { tell(error); });
}

void ForgotDialog::tell(const base::Error& error) {
    m_send->setBusy(false);
    if (!error.code.empty())
        return m_email->setError(bridge::errorText(error));
    m_sent = true;
    // One sentence for all: whether there is an account, and where its letter lies, is nobody's business yet.
    m_sentence->setText(tr("If this address belongs to an account, a letter is on its way. The link in it works once, "
                           "for 30 minutes. Where no mail server is set up, the letter stays on the server: ask the "
                           "operator for it."));
    m_email->hide();
    m_cancel->hide();
    m_send->setText(tr("Close"));
    m_send->setFocus();
}

} // namespace cb::app
