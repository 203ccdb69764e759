#include "client/app/sign_in_pages.h"

#include "client/app/forgot_dialog.h"
#include "client/app/preferences.h"
#include "client/bridge/error_text.h"
#include "client/sync/local_store.h"
#include "client/widgets/overlay/dialog.h"

#include <QtCore/QLocale>
#include <QtGui/QDesktopServices>
#include <QtGui/QGuiApplication>
#include <QtGui/QIcon>
#include <QtGui/QShowEvent>
#include <QtNetwork/QHostAddress>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCompleter>

namespace cb::app {

using widgets::Button;
using widgets::Label;
using widgets::TextSize;
using widgets::Tone;

namespace {

constexpr int kCardWidth = 380;
constexpr int kUsualHeight = 584; ///< of the sign-in page's mark, card and foot: what is above and below it is free

/// "http://host/online/1400000001" reads well; an empty form suggests the shape of it.
const QString kAddressShape = QStringLiteral("https://cc.example.com/online/1400000001");

} // namespace

// ---- CentredPage

CentredPage::CentredPage(QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_logo(new Label)
    , m_card(new widgets::Card)
    , m_content(new QVBoxLayout)
    , m_above(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Maximum))
    , m_title(new Label({}, TextSize::Head))
    , m_sentence(new Label({}, TextSize::Body))
    , m_error(new Label)
    , m_code(new Label({}, TextSize::Secondary))
    , m_remedy(new Button({}, Button::Kind::Secondary))
    , m_below(new QVBoxLayout) {
    m_title->setWordWrap(true);
    m_sentence->setWordWrap(true);
    m_sentence->setTone(Tone::Muted);
    m_error->setWordWrap(true);
    m_error->setTone(Tone::Danger);
    m_code->setTone(Tone::Muted);
    m_card->setFixedWidth(look().px(kCardWidth));
    auto* body = m_card->body();
    body->setContentsMargins(look().grid(6), look().grid(6), look().grid(6), look().grid(6));
    body->setSpacing(look().grid(2));
    body->addWidget(m_title);
    body->addWidget(m_sentence);
    body->addSpacing(look().grid(1));
    body->addLayout(m_content);
    body->addWidget(m_error);
    body->addWidget(m_code);
    body->addWidget(m_remedy, 0, Qt::AlignLeft);
    m_content->setSpacing(look().grid(2));
    m_error->hide();
    m_code->hide();
    m_remedy->hide();

    // Not centred by alignment: the column would ask the card for its height at the window's width.
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_card);
    row->addStretch();
    auto* column = new QVBoxLayout;
    column->setSpacing(look().grid(4));
    column->addItem(m_above);
    column->addLayout(brand());
    column->addLayout(row);
    column->addLayout(m_below);
    column->addStretch();
    setLayout(column);
    CentredPage::restyle();
}

/// The program's own mark above the card.
QLayout* CentredPage::brand() {
    auto* row = new QHBoxLayout;
    row->setSpacing(look().grid(2));
    row->addStretch();
    row->addWidget(m_logo);
    row->addWidget(new Label(QStringLiteral("云铃 Cloudbell"), TextSize::Title));
    row->addStretch();
    return row;
}

void CentredPage::restyle() {
    Ground::restyle();
    const int side = look().px(28);
    m_logo->setPixmap(QGuiApplication::windowIcon().pixmap({side, side}, devicePixelRatioF()));
}

/// Not centred: then every message would move the card.
void CentredPage::resizeEvent(QResizeEvent* event) {
    const int free = height() - look().px(kUsualHeight);
    m_above->changeSize(0, qMax(look().grid(2), free * 2 / 5), QSizePolicy::Minimum, QSizePolicy::Maximum);
    layout()->invalidate();
    Ground::resizeEvent(event);
}

void CentredPage::setHeading(const QString& title, const QString& sentence) {
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void CentredPage::showError(const base::Error& error) {
    m_error->setVisible(!error.code.empty());
    m_code->setVisible(!error.code.empty());
    m_remedy->hide();
    if (error.code.empty())
        return;
    m_error->setText(bridge::errorText(error));
    m_code->setText(tr("Code: %1").arg(bridge::errorCode(error)));
}

// ---- SignInPage

SignInPage::SignInPage(state::AccountState& account, Preferences& preferences, QWidget* parent)
    : CentredPage(parent)
    , m_account(account)
    , m_preferences(preferences)
    , m_address(new widgets::TextField({}))
    , m_email(new widgets::TextField({}))
    , m_password(new widgets::PasswordField({}))
    , m_remember(new QCheckBox)
    , m_submit(new Button({}, Button::Kind::Primary))
    , m_forgotten(new Button({}, Button::Kind::Ghost))
    , m_language(new QComboBox)
    , m_forget(new Button({}, Button::Kind::Ghost)) {
    m_address->setPlaceholder(kAddressShape);
    m_email->edit()->setInputMethodHints(Qt::ImhEmailCharactersOnly | Qt::ImhNoAutoUppercase);
    auto* body = content();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_address, m_email, m_password, m_remember})
        body->addWidget(widget);
    body->addSpacing(look().grid(2));
    body->addWidget(m_submit);
    body->addWidget(m_forgotten, 0, Qt::AlignHCenter);

    m_language->addItem(QStringLiteral("中文（简体）"), QStringLiteral("zh_CN"));
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_language);
    foot->addStretch();
    below()->setSpacing(look().grid(2));
    below()->addLayout(foot);
    below()->addWidget(m_forget, 0, Qt::AlignHCenter); // last: when it comes and goes, nothing moves

    connect(m_submit, &Button::clicked, this, &SignInPage::submit);
    for (QLineEdit* edit : {m_address->edit(), m_email->edit(), m_password->edit()}) {
        connect(edit, &QLineEdit::returnPressed, this, &SignInPage::submit);
        connect(edit, &QLineEdit::textEdited, this, [this] { showError({}); }); // what was wrong is being mended
    }
    connect(m_language, &QComboBox::activated, this,
            [this] { m_preferences.setLanguage(m_language->currentData().toString()); });
    connect(m_address->edit(), &QLineEdit::textChanged, this, &SignInPage::tellSafety);
    for (QLineEdit* edit : {m_address->edit(), m_email->edit()})
        connect(edit, &QLineEdit::textChanged, this, &SignInPage::tellKnown);
    connect(m_forgotten, &Button::clicked, this, &SignInPage::askReset);
    connect(remedy(), &Button::clicked, this, [this] {
        if (const auto endpoint = api::parseAddress(m_address->text()))
            QDesktopServices::openUrl(endpoint->rest(QStringLiteral("/download")));
    });
    connect(m_forget, &Button::clicked, this, &SignInPage::askForget);
    connect(&m_account, &state::AccountState::errorChanged, this, &SignInPage::tell);
    connect(&m_account, &state::AccountState::busyChanged, this, [this](bool busy) { m_submit->setBusy(busy); });
    retranslate();
}

void SignInPage::retranslate() {
    setHeading(tr("Sign in"), {});
    m_address->setLabel(tr("Address of the call centre"));
    m_email->setLabel(tr("E-mail"));
    m_password->setLabel(tr("Password"));
    m_remember->setText(tr("Stay signed in on this computer"));
    m_submit->setText(tr("Sign in"));
    m_forgotten->setText(tr("Forgotten password?"));
    m_language->setAccessibleName(tr("Language"));
    m_forget->setText(tr("Forget this account…"));
    const QString code = QLocale().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    m_language->setCurrentIndex(m_language->findData(code));
    if (m_checked)
        check();
    tellSafety();
    tellKnown();
    tell();
}

/// Without TLS whoever is on the way reads the password.
void SignInPage::tellSafety() {
    const auto endpoint = api::parseAddress(m_address->text());
    const QString host = endpoint ? endpoint->base.host() : QString();
    const bool plain = endpoint && endpoint->base.scheme() == QLatin1String("http") &&
                       host != QLatin1String("localhost") && !QHostAddress(host).isLoopback();
    m_address->setHint(plain ? tr("Not encrypted: others on the network can read your password. Use https if you can.")
                             : QString());
}

void SignInPage::prepare() {
    offerKnown();
    const auto known = m_account.knownAddresses();
    if (!known.empty() && m_address->text().isEmpty()) {
        m_address->setText(known.front().address);
        m_email->setText(known.front().email);
        m_remember->setChecked(known.front().remember);
    }
    m_checked = false;
    tellKnown();
}

/// The account that is typed in, when this machine knows it.
std::optional<sync::KnownAddress> SignInPage::typedOne() const {
    const auto endpoint = api::parseAddress(m_address->text());
    const QString email = m_email->text().trimmed();
    if (endpoint)
        for (auto& known : m_account.knownAddresses())
            if (known.address == endpoint->address() && known.email == email)
                return known;
    return {};
}

void SignInPage::tellKnown() {
    m_forget->setVisible(typedOne().has_value());
}

void SignInPage::askForget() {
    const auto known = typedOne();
    if (!known)
        return;
    const int unsent = m_account.unsent(*known);
    const QString lost =
        tr("Messages, drafts and wrap-up notes that were never sent and will be lost: %1.").arg(unsent);
    const QString what =
        tr("Conversations, drafts and files kept on this computer are removed. The account itself and what the server "
           "has stay.");
    auto* ask = new widgets::ConfirmDialog(tr("Forget %1 on this computer?").arg(known->email),
                                           unsent > 0 ? lost + u' ' + what : what, tr("Forget"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, known = *known] {
        m_account.forget(known);
        if (!m_account.error().code.empty())
            return; // what is typed names it for another try
        m_address->setText({});
        m_email->setText({});
        m_remember->setChecked(false);
        prepare();
    });
    ask->open();
}

void SignInPage::askReset() {
    if (const auto endpoint = api::parseAddress(m_address->text()); !endpoint) {
        m_address->setError(bridge::errorText(endpoint.error()));
        return m_address->edit()->setFocus();
    }
    auto* ask = new ForgotDialog(m_account, m_address->text(), m_email->text(), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->open();
}

void SignInPage::offerKnown() {
    QStringList addresses;
    for (const auto& known : m_account.knownAddresses())
        if (!addresses.contains(known.address))
            addresses.append(known.address);
    auto* completer = new QCompleter(addresses, m_address->edit()); // which deletes the one before
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_address->edit()->setCompleter(completer);
}

void SignInPage::showEvent(QShowEvent* event) {
    CentredPage::showEvent(event);
    QLineEdit* first = m_address->text().isEmpty() ? m_address->edit()
                       : m_email->text().isEmpty() ? m_email->edit()
                                                   : m_password->edit();
    first->setFocus();
}

void SignInPage::hideEvent(QHideEvent* event) {
    if (!event->spontaneous()) {     // not when the window is minimised
        m_password->edit()->clear(); // it has done its work
        m_password->hideText();
    }
    CentredPage::hideEvent(event);
}

void SignInPage::setAddress(const QString& address) {
    m_address->setText(address);
}
void SignInPage::setEmail(const QString& email) {
    m_email->setText(email);
}

void SignInPage::signIn(const QString& password) {
    m_account.signIn(m_address->text(), m_email->text(), password, m_remember->isChecked());
}

bool SignInPage::check() {
    m_checked = true;
    m_address->setError(m_address->text().trimmed().isEmpty() ? tr("Your admin or the invitation mail has it.")
                                                              : QString());
    m_email->setError(m_email->text().trimmed().isEmpty() ? tr("Enter your e-mail address.") : QString());
    m_password->setError(m_password->text().isEmpty() ? tr("Enter your password.") : QString());
    for (widgets::Field* field : std::initializer_list<widgets::Field*>{m_address, m_email, m_password})
        if (!field->error().isEmpty())
            return false;
    return true;
}

void SignInPage::submit() {
    if (check())
        signIn(m_password->text());
}

void SignInPage::tell() {
    base::Error error = m_account.error();
    const bool address = error.code == "bad_address";
    if (address)
        m_address->setError(bridge::errorText(error));
    showError(address ? base::Error{} : error);
    remedy()->setText(tr("Get the current program"));
    remedy()->setVisible(error.code == "protocol_unsupported" && api::parseAddress(m_address->text()));
    if (error.code == "bad_credentials") {
        m_password->edit()->selectAll();
        m_password->edit()->setFocus();
    }
}

// ---- PasswordPage

PasswordPage::PasswordPage(state::AccountState& account, QWidget* parent)
    : CentredPage(parent)
    , m_account(account)
    , m_fresh(new widgets::PasswordField({}))
    , m_again(new widgets::PasswordField({}))
    , m_submit(new Button({}, Button::Kind::Primary))
    , m_cancel(new Button({}, Button::Kind::Ghost)) {
    auto* body = content();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_fresh, m_again, m_submit, m_cancel})
        body->addWidget(widget);
    connect(m_submit, &Button::clicked, this, &PasswordPage::submit);
    connect(m_fresh->edit(), &QLineEdit::returnPressed, m_again->edit(), qOverload<>(&QWidget::setFocus));
    connect(m_again->edit(), &QLineEdit::returnPressed, this, &PasswordPage::submit);
    connect(m_cancel, &Button::clicked, &m_account, &state::AccountState::signOut);
    connect(&m_account, &state::AccountState::errorChanged, this, [this] { showError(m_account.error()); });
    connect(&m_account, &state::AccountState::busyChanged, this, [this](bool busy) { m_submit->setBusy(busy); });
    retranslate();
}

void PasswordPage::retranslate() {
    setHeading(tr("Choose a password"), tr("The password you were given is for the first sign-in only."));
    m_fresh->setLabel(tr("New password"));
    m_fresh->setHint(tr("At least %n characters", nullptr, state::AccountState::kPasswordMin));
    m_again->setLabel(tr("Once more"));
    m_submit->setText(tr("Save and go on"));
    m_cancel->setText(tr("Sign out"));
}

void PasswordPage::prepare() {
    m_fresh->edit()->clear();
    m_again->edit()->clear();
    m_fresh->edit()->setFocus();
}

bool PasswordPage::check() {
    const bool shortOne = m_fresh->text().size() < state::AccountState::kPasswordMin;
    m_fresh->setError(shortOne ? tr("At least %n characters", nullptr, state::AccountState::kPasswordMin) : QString());
    m_again->setError(m_again->text() != m_fresh->text() ? tr("The two are not the same.") : QString());
    return m_fresh->error().isEmpty() && m_again->error().isEmpty();
}

void PasswordPage::submit() {
    if (check())
        m_account.changePassword({}, m_fresh->text());
}

// ---- TakeoverPage

TakeoverPage::TakeoverPage(state::AccountState& account, QWidget* parent)
    : CentredPage(parent)
    , m_account(account)
    , m_take(new Button({}, Button::Kind::Primary))
    , m_cancel(new Button({}, Button::Kind::Secondary)) {
    content()->addWidget(m_take);
    content()->addWidget(m_cancel);
    connect(m_take, &Button::clicked, &m_account, &state::AccountState::confirmTakeover);
    connect(m_cancel, &Button::clicked, &m_account, &state::AccountState::leave);
    retranslate();
}

void TakeoverPage::retranslate() {
    m_take->setText(tr("Take over here"));
    m_cancel->setText(tr("Cancel"));
    prepare();
}

void TakeoverPage::prepare() {
    const QString device = m_account.takeoverDevice().isEmpty() ? tr("another computer") : m_account.takeoverDevice();
    const QString since = QLocale().toString(m_account.takeoverSince().toLocalTime(), QLocale::ShortFormat);
    setHeading(
        tr("Your workbench is open elsewhere"),
        tr("It is in use on %1 since %2. Taking over brings your open sessions here; the other window is closed.")
            .arg(device, since));
    m_take->setFocus();
}

// ---- ConnectingPage

ConnectingPage::ConnectingPage(state::AccountState& account, QWidget* parent)
    : CentredPage(parent)
    , m_cancel(new Button({}, Button::Kind::Secondary)) {
    content()->addWidget(m_cancel);
    connect(m_cancel, &Button::clicked, &account, &state::AccountState::leave);
    connect(&account, &state::AccountState::errorChanged, this, [this, &account] { showError(account.error()); });
    retranslate();
}

void ConnectingPage::retranslate() {
    setHeading(tr("Opening your workbench"),
               tr("Connecting to the server. This goes on by itself when the network is back."));
    m_cancel->setText(tr("Cancel"));
}

} // namespace cb::app
