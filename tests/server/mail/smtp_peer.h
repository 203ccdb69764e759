#pragma once

#include "tests/support/suite.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>

#include <optional>

namespace cb::test {

/// npm's smtp-server as a child process; see smtp_peer.mjs. Ends with this object.
class SmtpPeer {
public:
    explicit SmtpPeer(const QJsonObject& options = {});
    ~SmtpPeer();

    int port() const { return m_port; }
    std::string url(const std::string& scheme = "smtp") const {
        return scheme + "://localhost:" + std::to_string(m_port);
    }
    /// What it says next that has this key; empty after so long without it.
    std::optional<QJsonObject> next(const QString& key, int millis = 20'000);
    /// All letters that came, after waiting so long for more.
    int lettersWithin(int millis);
    void answer();

private:
    QProcess m_process;
    int m_port = 0;
};

/// A header of a raw letter, unfolded, encoded words decoded.
QString headerOf(const QJsonObject& letter, const QString& name);
/// Its text, decoded.
QString bodyOf(const QJsonObject& letter);

} // namespace cb::test
