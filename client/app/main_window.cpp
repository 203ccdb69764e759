#include "client/app/main_window.h"

#include "client/app/preferences.h"
#include "client/app/preferences_dialog.h"
#include "client/platform/attention.h"

#include <QtGui/QCloseEvent>
#include <QtGui/QScreen>

#include <utility>

namespace cb::app {

using Step = state::AccountState::Step;

MainWindow::MainWindow(state::AccountState& account, Preferences& preferences, QWidget* parent)
    : QStackedWidget(parent)
    , m_account(account)
    , m_preferences(preferences)
    , m_signIn(new SignInPage(account, preferences))
    , m_password(new PasswordPage(account))
    , m_takeover(new TakeoverPage(account))
    , m_connecting(new ConnectingPage(account))
    , m_alerts(preferences, *this, this) {
    for (QWidget* page : std::initializer_list<QWidget*>{m_signIn, m_password, m_takeover, m_connecting})
        addWidget(page);
    const QSize room = screen()->availableSize(); // a small screen, or a large scale, has less than we would like
    setMinimumSize(QSize(1024, 640).boundedTo(room));
    if (!restoreGeometry(preferences.geometry()))
        resize(QSize(1280, 800).boundedTo(room));
    connect(&m_account, &state::AccountState::stepChanged, this, &MainWindow::showStep);
    connect(&m_account, &state::AccountState::accountAboutToClose, this, &MainWindow::closeFrame);
    connect(&m_alerts, &Alerts::offerWanted, this, [this](model::OfferId offer) {
        if (m_frame)
            m_frame->showOffer(offer);
    });
    connect(&m_alerts, &Alerts::sessionWanted, this, [this](model::SessionId session) {
        if (m_frame)
            m_frame->showSession(session);
    });
    connect(&m_account, &state::AccountState::notRemembered, this, [this] {
        m_notRemembered = true;
        tellNotRemembered();
    });
    setWindowTitle(QStringLiteral("Cloudbell"));
    m_signIn->prepare();
    showStep();
}

MainWindow::~MainWindow() = default;

void MainWindow::showStep() {
    switch (m_account.step()) {
    case Step::SignedOut:
        m_signIn->prepare();
        [[fallthrough]];
    case Step::SigningIn:
        setCurrentWidget(m_signIn);
        break;
    case Step::ChangePassword:
        setCurrentWidget(m_password);
        m_password->prepare();
        break;
    case Step::Connecting:
        setCurrentWidget(m_connecting);
        break;
    case Step::Takeover:
        setCurrentWidget(m_takeover);
        m_takeover->prepare();
        break;
    case Step::SignedIn:
        openFrame();
        break;
    }
}

void MainWindow::openFrame() {
    if (!m_frame) {
        m_frame = new Frame(*m_account.account());
        addWidget(m_frame);
        // Later: it comes from a menu of the frame, and signing out takes the frame away.
        connect(m_frame, &Frame::signOutWanted, this, &MainWindow::askSignOut, Qt::QueuedConnection);
        connect(m_frame, &Frame::preferencesWanted, this, &MainWindow::openPreferences);
        m_alerts.setAccount(m_account.account());
        rememberDevices(m_account.account()->calls());
    }
    setCurrentWidget(m_frame);
    tellNotRemembered();
    if (!m_toCall.isEmpty())
        call(std::exchange(m_toCall, {}));
}

void MainWindow::rememberDevices(state::Calls& calls) {
    calls.choose(m_preferences.devices());
    connect(&calls, &state::Calls::choiceChanged, this, [this, &calls] { m_preferences.setDevices(calls.choice()); });
}

void MainWindow::tellNotRemembered() {
    if (!m_frame || !m_notRemembered)
        return;
    m_notRemembered = false;
    m_frame->tell(widgets::Strip::Grade::Warning,
                  tr("The key store of this computer did not keep your sign-in, so you will be asked for the password "
                     "next time."));
}

bool MainWindow::isTelephoneLink(const QString& address) {
    return address.startsWith(QLatin1String("tel:"), Qt::CaseInsensitive);
}

void MainWindow::call(const QString& link) {
    if (m_frame)
        m_frame->dialLink(QUrl(link));
    else
        m_toCall = link;
}

void MainWindow::wanted(const QString& address, const QString& email) {
    platform::bringToFront(this);
    if (address.isEmpty())
        return;
    if (isTelephoneLink(address))
        return call(address);
    m_signIn->setAddress(address);
    if (!email.isEmpty())
        m_signIn->setEmail(email);
    const auto endpoint = api::parseAddress(address);
    if (m_frame && endpoint && endpoint->address() != m_account.address())
        m_frame->tell(widgets::Strip::Grade::Info,
                      tr("You are signed in already. To sign in at %1, sign out first.").arg(endpoint->address()));
}

void MainWindow::closeFrame() {
    m_alerts.setAccount(nullptr);
    delete m_frame.data(); // now: its views hold models of the account that goes next
}

bool MainWindow::holdsWork() {
    if (!m_account.account() || !m_account.account()->workbench().isLive())
        return false; // from the cache only: the server knows nothing of us being here
    return m_account.account()->workbench().sessions()->rowCount() > 0;
}

void MainWindow::askSignOut() {
    if (m_frame && m_frame->isEdited())
        return m_frame->leave([this] { askSignOut(); });
    if (!holdsWork())
        return m_account.signOut();
    auto* ask = new widgets::ConfirmDialog(
        tr("Sign out with sessions open?"),
        tr("Your sessions stay yours for 30 seconds; then their customers go back to the head of the queue."),
        tr("Sign out"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, &m_account, &state::AccountState::signOut);
    ask->open();
}

void MainWindow::openPreferences() {
    auto* dialog = new PreferencesDialog(m_preferences, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::deviceCheckWanted, this, [this] {
        if (m_frame)
            m_frame->workbench().openDeviceCheck();
    });
    dialog->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_account.account())
        m_account.account()->workbench().flush();
    m_preferences.setGeometry(saveGeometry());
    if (m_frame && m_frame->isEdited()) {
        event->ignore();
        return m_frame->leave([this] { close(); });
    }
    if (m_closeConfirmed || !holdsWork()) {
        event->accept();
        return;
    }
    event->ignore();
    auto* ask = new widgets::ConfirmDialog(
        tr("Close with sessions open?"),
        tr("Your sessions stay yours for 30 seconds; then their customers go back to the head of the queue."),
        tr("Close"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this] {
        m_closeConfirmed = true;
        close();
    });
    ask->open();
}

} // namespace cb::app
