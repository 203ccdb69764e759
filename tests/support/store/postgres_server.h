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

    /// Empty when it runs; else why not. Calling it again does nothing.
    QString start();
    /// A DatabaseOptions::where of a new, empty database.
    std::string newDatabase();
    /// Ends every connection of the server, as a restart would.
    bool dropConnections();

private:
    bool run(const QString& program, const QStringList& arguments, bool asOwner = true);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_programs;
    QString m_output;
    int m_databases = 0;
    bool m_running = false;
};

} // namespace cb::test
