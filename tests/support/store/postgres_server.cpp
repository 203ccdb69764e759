#include "tests/support/store/postgres_server.h"

#include <QtCore/QDir>
#include <QtCore/QProcess>

#include <pwd.h>
#include <unistd.h>

namespace cb::test {

namespace {

constexpr int kPatience = 60'000; // ms

QString programOf(const QString& name) {
    return "/usr/lib/postgresql/15/bin/" + name;
}

} // namespace

PostgresServer::~PostgresServer() {
    if (m_running)
        run("pg_ctl", {"-D", m_folder->filePath("data"), "-m", "immediate", "stop"});
}

bool PostgresServer::run(const QString& program, const QStringList& arguments, bool asOwner) {
    QString command = programOf(program);
    QStringList all = arguments;
    if (asOwner && geteuid() == 0) {
        all = QStringList{"-u", "postgres", "--", command} + arguments;
        command = "runuser";
    }
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    // The server inherits these and would keep a pipe open for ever.
    process.setStandardOutputFile(m_folder->filePath("output"), QIODevice::Append);
    process.setStandardErrorFile(m_folder->filePath("output"), QIODevice::Append);
    process.start(command, all);
    if (process.waitForFinished(kPatience) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    QFile output(m_folder->filePath("output"));
    m_output = output.open(QIODevice::ReadOnly) ? QString::fromUtf8(output.readAll()).right(2000) : QString();
    return false;
}

bool PostgresServer::isInstalled() {
    return QFile::exists(programOf("initdb"));
}

QString PostgresServer::start() {
    if (!m_running && m_trouble.isEmpty())
        m_trouble = tryToStart();
    return m_trouble;
}

QString PostgresServer::tryToStart() {
    m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + "/cb-pg-XXXXXX"); // a socket's path must be short
    if (!m_folder->isValid())
        return "no temporary folder";
    if (geteuid() == 0) {
        const passwd* owner = getpwnam("postgres");
        if (owner == nullptr || chown(m_folder->path().toLocal8Bit().constData(), owner->pw_uid, owner->pw_gid) != 0)
            return "no user postgres to run it as";
    }
    const QString data = m_folder->filePath("data");
    if (!run("initdb", {"-D", data, "-A", "trust", "-U", "cloudbell", "-E", "UTF8", "--locale=C", "--no-sync"}))
        return "initdb failed: " + m_output;
    const QString options = "-k " + m_folder->path() + " -c listen_addresses= -c fsync=off -c max_connections=40";
    if (!run("pg_ctl", {"-D", data, "-w", "-t", "60", "-l", m_folder->filePath("log"), "-o", options, "start"}))
        return "pg_ctl failed: " + m_output;
    m_running = true;
    return {};
}

std::string PostgresServer::newDatabase() {
    const QString name = QString("t%1").arg(++m_databases);
    if (!run("createdb", {"-h", m_folder->path(), "-U", "cloudbell", "-T", "template0", name}, false))
        return {};
    return ("postgresql:host=" + m_folder->path() + " user=cloudbell dbname=" + name).toStdString();
}

bool PostgresServer::dropConnections() {
    return run("psql",
               {"-h", m_folder->path(), "-U", "cloudbell", "-d", "postgres", "-c",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 't%'"},
               false);
}

} // namespace cb::test
