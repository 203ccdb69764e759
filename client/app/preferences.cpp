#include "client/app/preferences.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QSysInfo>
#include <QtCore/QVariant>

namespace cb::app {

using widgets::Theme;

Preferences::Preferences(QObject* parent)
    : QObject(parent) {}

void Preferences::set(const QString& key, const QVariant& value) {
    if (m_settings.value(key) == value)
        return;
    m_settings.setValue(key, value);
    Q_EMIT changed();
}

Theme::Mode Preferences::theme() const {
    const QString name = m_settings.value(QStringLiteral("look/theme")).toString();
    if (name == QLatin1String("light"))
        return Theme::Mode::Light;
    return name == QLatin1String("dark") ? Theme::Mode::Dark : Theme::Mode::System;
}

void Preferences::setTheme(Theme::Mode mode) {
    const char* name = mode == Theme::Mode::Light ? "light" : mode == Theme::Mode::Dark ? "dark" : "system";
    set(QStringLiteral("look/theme"), QString::fromLatin1(name));
}

QString Preferences::language() const {
    return m_settings.value(QStringLiteral("look/language")).toString();
}
void Preferences::setLanguage(const QString& code) {
    set(QStringLiteral("look/language"), code);
}

bool Preferences::ringMuted() const {
    return m_settings.value(QStringLiteral("sound/ringMuted"), false).toBool();
}
void Preferences::setRingMuted(bool muted) {
    set(QStringLiteral("sound/ringMuted"), muted);
}
bool Preferences::messageMuted() const {
    return m_settings.value(QStringLiteral("sound/messageMuted"), false).toBool();
}
void Preferences::setMessageMuted(bool muted) {
    set(QStringLiteral("sound/messageMuted"), muted);
}
bool Preferences::notifications() const {
    return m_settings.value(QStringLiteral("notify/desktop"), true).toBool();
}
void Preferences::setNotifications(bool on) {
    set(QStringLiteral("notify/desktop"), on);
}

QByteArray Preferences::ringDevice() const {
    return m_settings.value(QStringLiteral("sound/ringDevice")).toByteArray();
}
void Preferences::setRingDevice(const QByteArray& id) {
    set(QStringLiteral("sound/ringDevice"), id);
}
call::DeviceChoice Preferences::devices() const {
    return {m_settings.value(QStringLiteral("call/microphone")).toString(),
            m_settings.value(QStringLiteral("call/speaker")).toString()};
}
void Preferences::setDevices(const call::DeviceChoice& choice) {
    set(QStringLiteral("call/microphone"), choice.microphone);
    set(QStringLiteral("call/speaker"), choice.speaker);
}

QString Preferences::machine() {
    const QString key = QStringLiteral("machine/id");
    if (m_settings.value(key).toString().isEmpty())
        m_settings.setValue(key,
                            QString::number(QRandomGenerator::system()->bounded(0x10000), 16).rightJustified(4, u'0'));
    return QStringLiteral("%1 (%2)").arg(QSysInfo::machineHostName(), m_settings.value(key).toString());
}

QByteArray Preferences::geometry() const {
    return m_settings.value(QStringLiteral("window/geometry")).toByteArray();
}
void Preferences::setGeometry(const QByteArray& geometry) {
    m_settings.setValue(QStringLiteral("window/geometry"), geometry);
}

} // namespace cb::app
