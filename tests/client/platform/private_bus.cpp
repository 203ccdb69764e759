#include "tests/client/platform/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace cb::test {

namespace {
constexpr int kStartMs = 10000;
} // namespace

PrivateBus::PrivateBus() {
    const QByteArray home = m_home.path().toUtf8();
    QDir(m_home.path()).mkdir(QStringLiteral("run"));
    QFile::setPermissions(m_home.filePath(QStringLiteral("run")),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("HOME", home);
    qputenv("XDG_RUNTIME_DIR", home + "/run");
    qputenv("XDG_DATA_HOME", home + "/data");
    qputenv("XDG_CONFIG_HOME", home + "/config");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("DISPLAY"); // no bus is to be started through X11
    // No service folders: nothing is started behind the test's back.
    QFile config(m_home.filePath(QStringLiteral("bus.conf")));
    if (!config.open(QIODevice::WriteOnly))
        return;
    config.write("<busconfig><type>session</type><listen>unix:dir=" + home +
                 "/run</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
                 "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>\n");
    config.close();
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--nofork"),
                 QStringLiteral("--nopidfile"), QStringLiteral("--print-address=1")});
    if (!m_bus.waitForStarted(kStartMs) || !m_bus.waitForReadyRead(kStartMs))
        return;
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
}

PrivateBus::~PrivateBus() {
    for (QProcess* process : {&m_keyring, &m_bus}) {
        process->kill();
        process->waitForFinished();
    }
}

bool PrivateBus::startKeyring(QString& why) {
    if (QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon")).isEmpty()) {
        why = QStringLiteral("gnome-keyring-daemon is not installed");
        return false;
    }
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"), {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                                                             QStringLiteral("--components=secrets")});
    if (!m_keyring.waitForStarted(kStartMs)) {
        why = m_keyring.errorString();
        return false;
    }
    m_keyring.write("test");
    m_keyring.closeWriteChannel();
    // The bus says when the service is there.
    const QString service = QStringLiteral("org.freedesktop.secrets");
    QDeadlineTimer deadline(kStartMs);
    while (!QDBusConnection::sessionBus().interface()->isServiceRegistered(service)) {
        m_keyring.waitForReadyRead(50);
        if (deadline.hasExpired() || m_keyring.state() != QProcess::Running) {
            why = QStringLiteral("gnome-keyring-daemon did not take its name: ") +
                  QString::fromUtf8(m_keyring.readAllStandardError());
            return false;
        }
    }
    return true;
}

} // namespace cb::test
