#pragma once

#include "client/platform/notifier.h"
#include "client/platform/sounds.h"
#include "client/state/agent_account.h"

#include <set>

class QWidget;

namespace cb::app {

class Preferences;

/// What reaches an agent who looks elsewhere: ring and message sounds, desktop notifications, the window's call for
/// attention. GUI thread.
class Alerts : public QObject {
    Q_OBJECT
public:
    Alerts(Preferences& preferences, QWidget& window, QObject* parent = nullptr);

    void setAccount(state::AgentAccount* account); ///< nullptr: quiet

Q_SIGNALS:
    void offerWanted(cb::model::OfferId offer);       ///< its notification was clicked
    void sessionWanted(cb::model::SessionId session); ///< likewise

private:
    void onOffer(model::OfferId offer);
    void onOfferClosed(model::OfferId offer);
    void onMessage(model::SessionId session, const wire::MessageView& message);
    void onClicked(const QString& key);
    void applyPreferences();
    void ringAsNeeded();
    void withdrawPast();
    bool lookedAt() const;

    Preferences& m_preferences;
    QWidget& m_window;
    platform::Sounds m_sounds;
    platform::Notifier m_notifier;
    QPointer<state::AgentAccount> m_account;
    std::set<model::SessionId> m_noticed; ///< sessions with a notice on the desktop
    std::set<model::OfferId> m_offered;   ///< offers with one
};

} // namespace cb::app
