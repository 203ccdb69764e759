#pragma once

#include "client/call/call_media.h"
#include "client/widgets/theme/theme.h"

#include <QtCore/QObject>
#include <QtCore/QSettings>
#include <QtCore/QString>

namespace cb::app {

/// What the user chose for this machine; kept in QSettings, told when it changes. GUI thread.
class Preferences : public QObject {
    Q_OBJECT
public:
    explicit Preferences(QObject* parent = nullptr);

    widgets::Theme::Mode theme() const;
    void setTheme(widgets::Theme::Mode mode);

    QString language() const; ///< "zh_CN", "en", or empty: the system's
    void setLanguage(const QString& code);

    bool ringMuted() const;
    void setRingMuted(bool muted);
    bool messageMuted() const;
    void setMessageMuted(bool muted);
    bool notifications() const;
    void setNotifications(bool on);

    QByteArray ringDevice() const; ///< where the program's own sounds are played; empty: the system's
    void setRingDevice(const QByteArray& id);
    call::DeviceChoice devices() const; ///< of calls
    void setDevices(const call::DeviceChoice& choice);

    /// What another machine is told of this one: its name, and a number for those of one name.
    QString machine();

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);

Q_SIGNALS:
    void changed();

private:
    void set(const QString& key, const QVariant& value);
    QSettings m_settings;
};

} // namespace cb::app
