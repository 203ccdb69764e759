#include "tests/server/channels/phone/sipp.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cb::test {

namespace {

/// Whether somebody of this host has the UDP port.
bool listens(quint16 port) {
    QFile table("/proc/net/udp");
    if (!table.open(QIODevice::ReadOnly))
        return false;
    return table.readAll().contains(':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0') + ' ');
}

/// `wanted` may have what XML has a meaning for.
QString regexp(const QString& wanted, const QString& where, int variable) {
    return QStringLiteral("<ereg regexp=\"%1\" %2 check_it=\"true\" assign_to=\"%3\"/>")
        .arg(wanted.toHtmlEscaped(), where, QString::number(variable));
}

} // namespace

QString Scenario::sdp(const QString& direction, bool events) {
    return QStringLiteral(
               "v=0\r\no=u 1 1 IN IP[local_ip_type] [local_ip]\r\ns=-\r\nc=IN IP[media_ip_type] [media_ip]\r\n"
               "t=0 0\r\nm=audio [auto_media_port] RTP/AVP 0%1\r\na=rtpmap:0 PCMU/8000\r\n%2a=%3\r\n")
        .arg(events ? " 101" : "", events ? "a=rtpmap:101 telephone-event/8000\r\n" : "", direction);
}

Scenario& Scenario::request(const QString& method, int sequence, const QString& more, const QString& body,
                            bool begins) {
    const QString to = begins ? "To: <sip:[service]@[remote_ip]:[remote_port]>" : "[last_To:]";
    m_steps += QStringLiteral("<send%1><![CDATA[\n%2 sip:[service]@[remote_ip]:[remote_port] SIP/2.0\r\n"
                              "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch%7]\r\n"
                              "From: <sip:+8613800138000@[local_ip]:[local_port]>;tag=[pid]t[call_number]\r\n%3\r\n"
                              "Call-ID: [call_id]\r\nCSeq: %4 %2\r\n"
                              "Contact: <sip:c@[local_ip]:[local_port]>\r\nMax-Forwards: 70\r\n%5"
                              "Content-Length: [len]\r\n\r\n%6]]></send>\n")
                   .arg(method == "ACK" ? "" : " retrans=\"500\"", method, to, QString::number(sequence), more, body,
                        method == "CANCEL" ? "-2" : "");
    return *this;
}

Scenario& Scenario::ack(int sequence, const QString& more, const QString& body) {
    return request("ACK", sequence, more, body);
}

Scenario& Scenario::answer(int code, const QString& header, bool optional) {
    m_steps += QStringLiteral("<recv response=\"%1\"%2%3>")
                   .arg(code)
                   .arg(optional ? " optional=\"true\"" : "", code >= 200 ? " rtd=\"true\"" : "");
    if (!header.isEmpty())
        m_steps += "<action>" + regexp(header, "search_in=\"msg\"", 1) + "</action>";
    m_steps += "</recv>\n";
    return *this;
}

Scenario& Scenario::ringingThenOk() {
    return answer(100, {}, true).answer(180, {}, true).answer(200).ack();
}

Scenario& Scenario::expect(const QString& method, int code, const QString& more, const QString& header) {
    const QString check =
        header.isEmpty() ? QString() : "<action>" + regexp(header, "search_in=\"msg\"", 1) + "</action>";
    m_steps += QStringLiteral("<recv request=\"%1\">%2</recv>\n<send><![CDATA[\nSIP/2.0 %3 OK\r\n[last_Via:]\r\n"
                              "[last_From:]\r\n[last_To:]\r\n[last_Call-ID:]\r\n[last_CSeq:]\r\n"
                              "%4Content-Length: 0\r\n\r\n]]></send>\n")
                   .arg(method, check, QString::number(code), more);
    return *this;
}

Scenario& Scenario::pause(int millis) {
    m_steps += QStringLiteral("<pause milliseconds=\"%1\"/>\n").arg(millis);
    return *this;
}

Scenario& Scenario::key(const QString& name) {
    m_steps +=
        QStringLiteral("<nop><action><exec play_pcap_audio=\"/usr/share/sip-tester/dtmf_2833_%1.pcap\"/></action>"
                       "</nop>\n")
            .arg(name);
    return *this;
}

Scenario& Scenario::stream(const QString& file, int millis) {
    m_steps += QStringLiteral("<nop><action><exec rtp_stream=\"%1,-1,0,PCMU/8000\"/></action></nop>\n").arg(file);
    return pause(millis);
}

Scenario& Scenario::called(const QString& header) {
    m_steps += "<recv request=\"INVITE\"><action>";
    if (!header.isEmpty())
        m_steps += regexp(header, "search_in=\"msg\"", 1);
    m_steps += regexp(".*", "search_in=\"hdr\" header=\"From:\"", 2);
    m_steps += regexp(".*", "search_in=\"hdr\" header=\"To:\"", 3);
    m_steps += "</action></recv>\n";
    return *this;
}

Scenario& Scenario::reply(int code, const QString& reason, const QString& more, const QString& sdp) {
    m_steps += QStringLiteral("<send%1><![CDATA[\nSIP/2.0 %2 %3\r\n[last_Via:]\r\n[last_From:]\r\n"
                              "[last_To:];tag=[pid]u[call_number]\r\n[last_Call-ID:]\r\n[last_CSeq:]\r\n"
                              "Contact: <sip:c@[local_ip]:[local_port]>\r\n%4%5"
                              "Content-Length: [len]\r\n\r\n%6]]></send>\n")
                   .arg(code >= 200 ? " retrans=\"500\"" : "", QString::number(code), reason, more,
                        sdp.isEmpty() ? QString() : kSdpType, sdp);
    return *this;
}

Scenario& Scenario::awaitAck() {
    m_steps += "<recv request=\"ACK\"/>\n";
    return *this;
}

Scenario& Scenario::ask(const QString& method) {
    m_steps += QStringLiteral("<send retrans=\"500\"><![CDATA[\n%1 sip:cloudbell@[remote_ip]:[remote_port] SIP/2.0\r\n"
                              "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\r\n"
                              "From:[$3];tag=[pid]u[call_number]\r\nTo:[$2]\r\n[last_Call-ID:]\r\n"
                              "CSeq: 1 %1\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n]]></send>\n"
                              "<recv response=\"200\"/>\n")
                   .arg(method);
    return *this;
}

QByteArray Scenario::xml() const {
    QString text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<scenario name=\"caller\">\n" + m_steps;
    for (const char* variable : {"1", "2", "3"})
        if (m_steps.contains(QStringLiteral("assign_to=\"%1\"").arg(variable)))
            text += QStringLiteral("<Reference variables=\"%1\"/>\n").arg(variable);
    return (text + "</scenario>\n").toLatin1();
}

Sipp::Sipp(quint16 port, const QString& number, const Scenario& scenario, QStringList more)
    : m_folder(std::make_unique<QTemporaryDir>())
    , m_process(std::make_unique<QProcess>()) {
    if (!more.contains("-m"))
        more << "-m"
             << "1";
    start(scenario, QStringList{QStringLiteral("127.0.0.1:%1").arg(port), "-s", number} + more);
}

Sipp::Sipp(const Scenario& scenario, quint16 atPort, QStringList more)
    : m_folder(std::make_unique<QTemporaryDir>())
    , m_process(std::make_unique<QProcess>()) {
    if (!more.contains("-m"))
        more << "-m"
             << "1";
    start(scenario, QStringList{"-p", QString::number(atPort)} + more);
    m_process->waitForStarted();
    for (int i = 0; i < 500 && !listens(atPort); ++i)
        QThread::msleep(10);
}

void Sipp::start(const Scenario& scenario, const QStringList& options) {
    QFile file(m_folder->filePath("scenario.xml"));
    if (file.open(QIODevice::WriteOnly))
        file.write(scenario.xml());
    file.close();
    m_process->setWorkingDirectory(m_folder->path());
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->start("sipp", options + QStringList{"-sf", "scenario.xml", "-i", "127.0.0.1", "-nostdin", "-trace_err",
                                                   "-error_file", "errors.log", "-timeout", "30", "-timeout_error"});
}

quint16 freePort() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int file = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool bound = ::bind(file, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::getsockname(file, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(file);
    return bound ? ntohs(address.sin_port) : quint16(0);
}

Sipp::~Sipp() {
    if (m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

QString Sipp::finish(int seconds) {
    // One that ended meanwhile was there: waitForStarted() is false then, too.
    if (m_process->state() == QProcess::Starting)
        m_process->waitForStarted();
    if (m_process->error() == QProcess::FailedToStart)
        return "sipp is not there";
    if (m_process->state() != QProcess::NotRunning && !m_process->waitForFinished(seconds * 1'000))
        return "sipp did not end";
    if (m_process->exitStatus() == QProcess::NormalExit && m_process->exitCode() == 0)
        return {};
    QFile errors(m_folder->filePath("errors.log"));
    (void)errors.open(QIODevice::ReadOnly);
    return QStringLiteral("sipp: exit %1: ").arg(m_process->exitCode()) + errors.readAll().left(3'000);
}

} // namespace cb::test
