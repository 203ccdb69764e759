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
    /// A request of theirs, answered with `code` and further headers; `header` as of answer().
    Scenario& expect(const QString& method, int code = 200, const QString& more = {}, const QString& header = {});
    Scenario& pause(int millis);
    Scenario& key(const QString& name);                ///< by RTP, RFC 2833: "5", "star", "pound"
    Scenario& stream(const QString& file, int millis); ///< G.711 µ-law from a file

    // ---- one who is called
    Scenario& called(const QString& header = {}); ///< an INVITE comes; `header` as of answer()
    /// What it answers; `sdp`: with this description. A final one below 300 is what ACK is awaited for.
    Scenario& reply(int code, const QString& reason, const QString& more = {}, const QString& sdp = {});
    Scenario& awaitAck();
    /// A request within the dialog, of the one who was called.
    Scenario& ask(const QString& method);

    static QString sdp(const QString& direction = "sendrecv", bool events = true);
    static inline const QString kSdpType = QStringLiteral("Content-Type: application/sdp\r\n");

    QByteArray xml() const;

private:
    QString m_steps;
};

/// One SIPp process that plays a scenario against a port of this host, once or several times; or, `atPort` and nothing
/// else of theirs, waits there to be called.
class Sipp {
public:
    Sipp(quint16 port, const QString& number, const Scenario& scenario, QStringList more = {});
    /// Listens when it returns.
    Sipp(const Scenario& scenario, quint16 atPort, QStringList more = {});
    ~Sipp();
    /// Empty when every call went as the scenario says; else what SIPp complains of.
    QString finish(int seconds = 20);

private:
    void start(const Scenario& scenario, const QStringList& options);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
};

/// A UDP port of this host that is free just now.
quint16 freePort();

} // namespace cb::test
