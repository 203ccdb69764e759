#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace cb::test {

/// A session bus of our own, with an empty home folder: nothing of the user's desktop is touched. Start it before the
/// first use of QDBusConnection::sessionBus().
class PrivateBus {
public:
    PrivateBus();
    ~PrivateBus();

    bool isRunning() const { return m_bus.state() == QProcess::Running; }
    /// Starts gnome-keyring-daemon with an unlocked key ring; false with the reason in \p why.
    bool startKeyring(QString& why);

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace cb::test
