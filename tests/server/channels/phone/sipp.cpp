#include "tests/server/channels/phone/sipp.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace cb::test {

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
        m_steps += QStringLiteral("<action><ereg regexp=\"%1\" search_in=\"msg\" check_it=\"true\" assign_to=\"1\"/>"
                                  "</action>")
                       .arg(header);
    m_steps += "</recv>\n";
    return *this;
}

Scenario& Scenario::ringingThenOk() {
    return answer(100, {}, true).answer(180, {}, true).answer(200).ack();
}

Scenario& Scenario::expect(const QString& method) {
    m_steps +=
        QStringLiteral("<recv request=\"%1\"/>\n<send><![CDATA[\nSIP/2.0 200 OK\r\n[last_Via:]\r\n[last_From:]\r\n"
                       "[last_To:]\r\n[last_Call-ID:]\r\n[last_CSeq:]\r\nContent-Length: 0\r\n\r\n]]></send>\n")
            .arg(method);
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

QByteArray Scenario::xml() const {
    QString text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<scenario name=\"caller\">\n" + m_steps;
    if (m_steps.contains("assign_to"))
        text += "<Reference variables=\"1\"/>\n";
    return (text + "</scenario>\n").toLatin1();
}

Sipp::Sipp(quint16 port, const QString& number, const Scenario& scenario, QStringList more)
    : m_folder(std::make_unique<QTemporaryDir>())
    , m_process(std::make_unique<QProcess>()) {
    QFile file(m_folder->filePath("scenario.xml"));
    if (file.open(QIODevice::WriteOnly))
        file.write(scenario.xml());
    file.close();
    m_process->setWorkingDirectory(m_folder->path());
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    if (!more.contains("-m"))
        more << "-m"
             << "1";
    m_process->start("sipp", QStringList{QStringLiteral("127.0.0.1:%1").arg(port), "-sf", "scenario.xml", "-i",
                                         "127.0.0.1", "-s", number, "-nostdin", "-trace_err", "-error_file",
                                         "errors.log", "-timeout", "30", "-timeout_error"} +
                                 more);
}

Sipp::~Sipp() {
    if (m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

QString Sipp::finish(int seconds) {
    if (!m_process->waitForStarted())
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
