#include "client/app/alerts.h"

#include "client/app/preferences.h"
#include "client/bridge/convert.h"
#include "client/platform/attention.h"

#include <QtGui/QGuiApplication>
#include <QtWidgets/QWidget>

namespace cb::app {

using platform::Notifier;
using platform::Sound;
using state::WorkbenchState;

namespace {

QString offerKey(model::OfferId offer) {
    return QStringLiteral("offer/%1").arg(offer.value);
}
QString sessionKey(model::SessionId session) {
    return QStringLiteral("session/%1").arg(session.value);
}

} // namespace

Alerts::Alerts(Preferences& preferences, QWidget& window, QObject* parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_window(window)
    , m_sounds(this)
    , m_notifier(QStringLiteral("Cloudbell"), QGuiApplication::windowIcon()) {
    connect(&m_preferences, &Preferences::changed, this, &Alerts::applyPreferences);
    connect(&m_notifier, &Notifier::clicked, this, &Alerts::onClicked);
    applyPreferences();
}

void Alerts::applyPreferences() {
    m_sounds.setMuted(Sound::Ring, m_preferences.ringMuted());
    m_sounds.setMuted(Sound::Message, m_preferences.messageMuted());
    m_sounds.setDevice(m_preferences.ringDevice());
}

void Alerts::setAccount(state::AgentAccount* account) {
    m_account = account;
    m_sounds.stop(Sound::Ring);
    if (!account)
        withdrawPast();
    if (!account)
        return;
    auto& workbench = account->workbench();
    connect(&workbench, &WorkbenchState::offerArrived, this, &Alerts::onOffer);
    connect(&workbench, &WorkbenchState::offerClosed, this, &Alerts::onOfferClosed);
    connect(&workbench, &WorkbenchState::messageArrived, this, &Alerts::onMessage);
    connect(&workbench, &WorkbenchState::statusForced, this, [this] { m_sounds.play(Sound::Warning); });
    connect(workbench.sessions(), &state::SessionListModel::countsChanged, this, &Alerts::ringAsNeeded);
    connect(workbench.sessions(), &state::SessionListModel::countsChanged, this, &Alerts::withdrawPast);
    ringAsNeeded(); // what rang before this window was there
}

bool Alerts::lookedAt() const {
    return m_window.isActiveWindow();
}

/// The sound follows the list, so that it can neither hang nor be forgotten.
void Alerts::ringAsNeeded() {
    const bool ringing = m_account && m_account->workbench().sessions()->count(state::Section::Ringing) > 0;
    if (ringing && !m_sounds.isPlaying(Sound::Ring))
        m_sounds.play(Sound::Ring);
    else if (!ringing)
        m_sounds.stop(Sound::Ring);
}

void Alerts::onOffer(model::OfferId offer) {
    if (!m_account)
        return;
    ringAsNeeded();
    platform::demandAttention(&m_window);
    const auto* item = m_account->workbench().sessions()->find(offer);
    if (!item || lookedAt() || !m_preferences.notifications())
        return;
    m_offered.insert(offer);
    m_notifier.notify(offerKey(offer), tr("%1 is waiting").arg(bridge::toQt(item->view.customerName)),
                      bridge::toQt(item->view.groupName), Notifier::Urgency::Critical);
}

void Alerts::onOfferClosed(model::OfferId offer) {
    m_offered.erase(offer);
    m_notifier.withdraw(offerKey(offer));
    ringAsNeeded();
}

void Alerts::onMessage(model::SessionId session, const wire::MessageView& message) {
    if (!m_account)
        return;
    m_sounds.play(Sound::Message);
    if (lookedAt() || !m_preferences.notifications())
        return;
    platform::demandAttention(&m_window);
    const auto* item = m_account->workbench().sessions()->find(session);
    if (!item)
        return;
    m_noticed.insert(session);
    m_notifier.notify(sessionKey(session), bridge::toQt(item->view.customerName), bridge::toQt(message.message.text));
}

/// A notice of what was read since, or of what is gone, is only in the way. An offer that ended with the connection has
/// no event of its own.
void Alerts::withdrawPast() {
    std::erase_if(m_noticed, [this](model::SessionId session) {
        const auto* item = m_account ? m_account->workbench().sessions()->find(session) : nullptr;
        if (item && item->view.unread > 0)
            return false;
        m_notifier.withdraw(sessionKey(session));
        return true;
    });
    std::erase_if(m_offered, [this](model::OfferId offer) {
        if (m_account && m_account->workbench().sessions()->find(offer) != nullptr)
            return false;
        m_notifier.withdraw(offerKey(offer));
        return true;
    });
}

void Alerts::onClicked(const QString& key) {
    platform::bringToFront(&m_window);
    const qint64 id = key.section(u'/', 1).toLongLong();
    if (key.startsWith(QLatin1String("offer/")))
        Q_EMIT offerWanted(model::OfferId{id});
    else if (key.startsWith(QLatin1String("session/")))
        Q_EMIT sessionWanted(model::SessionId{id});
}

} // namespace cb::app
