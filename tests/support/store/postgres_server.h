#pragma once

#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <memory>
#include <string>

namespace cb::test {

/// A PostgreSQL 15 of the test's own: fresh data directory, a private socket, no port. Not synced to disk: it is about
/// what the store says to it. Runs as the user "postgres" when the test runs as root, which PostgreSQL refuses.
class PostgresServer {
public:
    PostgresServer() = default;
    ~PostgresServer();

    static bool isInstalled();

    /// Empty when it runs; else why not. Tried once: calling it again says the same.
    QString start();
    /// A DatabaseOptions::where of a new, empty database.
    std::string newDatabase();
    /// Ends every connection of the server, as a restart would.
    bool dropConnections();

private:
    QString tryToStart();
    bool run(const QString& program, const QStringList& arguments, bool asOwner = true);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_output;
    QString m_trouble;
    int m_databases = 0;
    bool m_running = false;
};

} // namespace cb::test
