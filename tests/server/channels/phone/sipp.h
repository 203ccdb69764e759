#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

class QProcess;
class QTemporaryDir;

namespace cb::test {

/// What a SIPp caller does, as its own language has it (XML).
class Scenario {
public:
    /// A request of a call; `more`: further headers, each with its line end; `body`: SDP, or anything with its type in
    /// `more`. Within the dialog (a tag in To) unless it begins it. A CANCEL stands two steps behind its INVITE.
    Scenario& request(const QString& method, int sequence, const QString& more = {}, const QString& body = {},
                      bool begins = false);
    Scenario& invite(const QString& more = {}) { return request("INVITE", 1, kSdpType + more, sdp(), true); }
    Scenario& ack(int sequence = 1, const QString& more = {}, const QString& body = {});
    /// `header`: a regular expression that must be in the answer.
    Scenario& answer(int code, const QString& header = {}, bool optional = false);
    Scenario& ringingThenOk();
    Scenario& expect(const QString& method); ///< a request of theirs, answered with 200
    Scenario& pause(int millis);
    Scenario& key(const QString& name);                ///< by RTP, RFC 2833: "5", "star", "pound"
    Scenario& stream(const QString& file, int millis); ///< G.711 µ-law from a file

    static QString sdp(const QString& direction = "sendrecv", bool events = true);
    static inline const QString kSdpType = QStringLiteral("Content-Type: application/sdp\r\n");

    QByteArray xml() const;

private:
    QString m_steps;
};

/// One SIPp process that plays a scenario against a port of this host, once or several times.
class Sipp {
public:
    Sipp(quint16 port, const QString& number, const Scenario& scenario, QStringList more = {});
    ~Sipp();
    /// Empty when every call went as the scenario says; else what SIPp complains of.
    QString finish(int seconds = 20);

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
};

} // namespace cb::test
