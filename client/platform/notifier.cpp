#include "client/platform/notifier.h"

#include <QGuiApplication>
#include <QMenu>
#include <QSystemTrayIcon>

#ifdef Q_OS_LINUX
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

namespace cb::platform {

namespace {
#ifdef Q_OS_LINUX
const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
#endif
constexpr int kTrayMs = 8000;
} // namespace

Notifier::Notifier(const QString& name, const QIcon& icon, QObject* parent)
    : QObject(parent)
    , m_name(name)
    , m_icon(icon)
    , m_tray(std::make_unique<QSystemTrayIcon>(icon)) {
    m_tray->setToolTip(name);
    connect(m_tray.get(), &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT clicked(m_lastTrayKey); });
    connect(m_tray.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT trayActivated();
    });
}

Notifier::~Notifier() = default;

void Notifier::showTray(QMenu* menu) {
    m_tray->setContextMenu(menu);
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_tray->show();
}

void Notifier::setTrayIcon(const QIcon& icon) {
    m_tray->setIcon(icon);
}
void Notifier::setTrayText(const QString& text) {
    m_tray->setToolTip(text);
}
bool Notifier::hasTray() const {
    return m_tray->isVisible();
}

void Notifier::notify(const QString& key, const QString& title, const QString& text, Urgency urgency) {
    if (connectBus())
        sendToBus(key, title, text, urgency);
    else
        sendToTray(key, title, text, urgency);
}

void Notifier::sendToTray(const QString& key, const QString& title, const QString& text, Urgency urgency) {
    if (!m_tray->isVisible() || !QSystemTrayIcon::supportsMessages()) {
        Q_EMIT unavailable(key);
        return;
    }
    m_lastTrayKey = key;
    const auto icon = urgency == Urgency::Critical ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information;
    m_tray->showMessage(title, text, icon, kTrayMs);
}

#ifdef Q_OS_LINUX

bool Notifier::connectBus() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return false;
    if (!m_connected) {
        m_connected = true;
        bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
        bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this, SLOT(onClosed(uint, uint)));
    }
    return true;
}

void Notifier::sendToBus(const QString& key, const QString& title, const QString& text, Urgency urgency) {
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(uchar(urgency == Urgency::Critical ? 2 : 1))},
                      {QStringLiteral("suppress-sound"), true}}; // we have sounds of our own, which can be silenced
    if (const QString entry = QGuiApplication::desktopFileName(); !entry.isEmpty())
        hints.insert(QStringLiteral("desktop-entry"), entry);
    // The service may read the body as markup: what a customer wrote must stay text.
    call << m_name << m_shown.value(key, 0U) << QString() << title << text.toHtmlEscaped()
         << QStringList{QStringLiteral("default"), m_name} << hints << -1;
    m_shown.insert(key, m_shown.value(key, 0U));
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, key, title, text, urgency](QDBusPendingCallWatcher* done) {
                done->deleteLater();
                const QDBusPendingReply<uint> reply = *done;
                if (reply.isError()) {
                    m_shown.remove(key);
                    m_early.remove(key);
                    sendToTray(key, title, text, urgency);
                } else if (m_early.remove(key)) {
                    closeOnBus(reply.value());
                } else if (m_shown.contains(key)) {
                    // Two notices of one key on their way at once: only the newer stays.
                    if (const uint old = m_shown.value(key); old != 0 && old != reply.value())
                        closeOnBus(old);
                    m_shown.insert(key, reply.value());
                }
            });
}

void Notifier::withdraw(const QString& key) {
    if (!m_shown.contains(key))
        return;
    if (const uint id = m_shown.take(key); id != 0)
        closeOnBus(id);
    else
        m_early.insert(key); // the service has not told its id yet
}

void Notifier::closeOnBus(uint id) {
    if (!connectBus())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("CloseNotification"));
    call << id;
    QDBusConnection::sessionBus().asyncCall(call);
}

#else

bool Notifier::connectBus() {
    return false;
}
void Notifier::sendToBus(const QString&, const QString&, const QString&, Urgency) {}
void Notifier::withdraw(const QString& key) {
    m_shown.remove(key);
}
void Notifier::closeOnBus(uint) {}

#endif

void Notifier::onAction(uint id, const QString&) {
    const QString key = m_shown.key(id);
    if (id != 0 && !key.isEmpty())
        Q_EMIT clicked(key);
}

void Notifier::onClosed(uint id, uint) {
    const QString key = m_shown.key(id);
    if (id != 0 && !key.isEmpty())
        m_shown.remove(key);
}

} // namespace cb::platform
