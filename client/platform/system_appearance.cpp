#include "client/platform/system_appearance.h"

#include <QGuiApplication>
#include <QPalette>
#include <QSettings>

#ifdef Q_OS_LINUX
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace cb::platform {

#ifdef Q_OS_LINUX

namespace {

const QString kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kSettings = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kInterface = QStringLiteral("org.gnome.desktop.interface");

} // namespace

SystemAppearance::SystemAppearance(QObject* parent)
    : QObject(parent)
    , m_dark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kPortal, kPath, kSettings, QStringLiteral("SettingChanged"), this,
                SLOT(onSetting(QString, QString, QDBusVariant)));
    ask(kAppearance, QStringLiteral("color-scheme"));
    ask(kInterface, QStringLiteral("enable-animations"));
}

void SystemAppearance::ask(const QString& group, const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(kPortal, kPath, kSettings, QStringLiteral("Read"));
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, group, key](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError())
            apply(group, key, reply.value().variant());
    });
}

void SystemAppearance::onSetting(const QString& group, const QString& key, const QDBusVariant& value) {
    apply(group, key, value.variant());
}

void SystemAppearance::apply(const QString& group, const QString& key, const QVariant& value) {
    // Read wraps the value in one variant more than the signal does.
    const QVariant plain = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    const bool dark = group == kAppearance && key == QLatin1String("color-scheme") ? plain.toUInt() == 1 : m_dark;
    const bool still =
        group == kInterface && key == QLatin1String("enable-animations") ? !plain.toBool() : m_reducedMotion;
    if (dark == m_dark && still == m_reducedMotion)
        return;
    m_dark = dark;
    m_reducedMotion = still;
    Q_EMIT changed();
}

#else

SystemAppearance::SystemAppearance(QObject* parent)
    : QObject(parent)
    , m_dark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {
#ifdef Q_OS_WIN
    const QSettings personal(
        QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"),
        QSettings::NativeFormat);
    m_dark = personal.value(QStringLiteral("AppsUseLightTheme"), 1).toInt() == 0;
#endif
}

void SystemAppearance::onSetting(const QString&, const QString&, const QDBusVariant&) {}

#endif

} // namespace cb::platform
