#pragma once

#include "client/app/keychain.h"
#include "client/app/main_window.h"
#include "client/app/preferences.h"
#include "client/platform/language.h"
#include "client/platform/system_appearance.h"
#include "client/sync/local_store.h"
#include "client/widgets/theme/theme.h"

#include <QtNetwork/QNetworkAccessManager>

namespace cb::app {

/// What the command line may say.
struct StartOptions {
    QString address;
    QString email;
    QString password; ///< from the environment variable CLOUDBELL_PASSWORD only: a command line can be read by others
    QString folder;   ///< for this program's files; empty: the user's data folder
    QString caFile;   ///< issuers to trust beside the system's; empty: none
};

/// Everything of the desktop program, built in order and taken down in reverse. Made after QApplication.
class Program {
public:
    /// Where this program's files are; made when it is not there. Error: cache_unavailable.
    static base::Result<QString> folderOf(const StartOptions& options);
    static base::Result<std::unique_ptr<Program>> make(const StartOptions& options);
    ~Program();

    MainWindow& window() { return *m_window; }
    state::AccountState& account() { return *m_account; }
    Preferences& preferences() { return m_preferences; }

private:
    Program(const StartOptions& options, std::unique_ptr<sync::LocalStore> local, const QString& folder);
    void applyPreferences();

    Preferences m_preferences;
    widgets::Theme m_theme;
    platform::Language m_language;
    platform::SystemAppearance m_appearance;
    platform::SecretStore m_secrets;
    Keychain m_keychain;
    std::unique_ptr<sync::LocalStore> m_local;
    QNetworkAccessManager m_network;
    std::unique_ptr<state::AccountState> m_account;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace cb::app
