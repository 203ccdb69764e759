#include "client/app/program.h"

#include "client/api/trust.h"
#include "client/call/engine_loader.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtCore/QSysInfo>

namespace cb::app {

namespace {

/// The engine comes with the first call, or a moment before it.
call::CallMediaPtr makeCallMedia(call::CallMedia::Host& host) {
    auto* engine = call::callEngine();
    return engine == nullptr ? call::CallMediaPtr() : engine->makeMedia(host);
}

} // namespace

base::Result<QString> Program::folderOf(const StartOptions& options) {
    const QString folder = options.folder.isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                               : options.folder;
    const bool isNew = !QDir(folder).exists();
    if (!QDir().mkpath(folder))
        return base::with(base::retry("cache_unavailable"), "reason", "the folder cannot be made");
    if (isNew)
        QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return folder;
}

base::Result<std::unique_ptr<Program>> Program::make(const StartOptions& options) {
    if (!options.caFile.isEmpty())
        if (auto trusted = api::trustAlso(options.caFile); !trusted)
            return trusted.error();
    const auto folder = folderOf(options);
    if (!folder)
        return folder.error();
    auto local = sync::LocalStore::openOrReplace(*folder + QStringLiteral("/cloudbell.db"));
    if (!local)
        return local.error();
    return std::unique_ptr<Program>(new Program(options, std::move(*local), *folder));
}

Program::Program(const StartOptions& options, std::unique_ptr<sync::LocalStore> local, const QString& folder)
    : m_secrets(QStringLiteral("Cloudbell"))
    , m_keychain(m_secrets)
    , m_local(std::move(local)) {
    applyPreferences();
    QObject::connect(&m_preferences, &Preferences::changed, &m_theme, [this] { applyPreferences(); });
    QObject::connect(&m_appearance, &platform::SystemAppearance::changed, &m_theme, [this] { applyPreferences(); });
    state::AgentAccount::Parts parts{m_network, *m_local, folder, m_preferences.machine(), {}};
    parts.makeMedia = makeCallMedia;
    m_account = std::make_unique<state::AccountState>(parts, m_keychain);
    m_window = std::make_unique<MainWindow>(*m_account, m_preferences);
    const bool calls = MainWindow::isTelephoneLink(options.address);
    if (calls)
        m_window->call(options.address);
    else if (!options.address.isEmpty())
        m_window->signInPage().setAddress(options.address);
    if (!options.email.isEmpty())
        m_window->signInPage().setEmail(options.email);
    if (!options.password.isEmpty())
        m_window->signInPage().signIn(options.password);
    else if (options.address.isEmpty() || calls)
        m_account->signInRemembered();
}

Program::~Program() = default;

void Program::applyPreferences() {
    m_theme.setSystemDark(m_appearance.isDark());
    m_theme.setReducedMotion(m_appearance.wantsReducedMotion());
    m_theme.setMode(m_preferences.theme());
    m_language.set(m_preferences.language());
}

} // namespace cb::app
