#include "tests/server/app/demo_server.h"
#include "tests/support/net/certificate.h"
#include "tests/support/suite.h"

#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <csignal>
#include <fstream>

#include <openssl/x509.h>

using namespace cb::test;
namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

using TlsStream = beast::ssl_stream<asio::ip::tcp::socket>;

/// A client that takes any certificate and says whose it was.
struct TlsClient {
    asio::io_context io;
    asio::ssl::context context{asio::ssl::context::tls_client};
    std::unique_ptr<TlsStream> stream;
    boost::system::error_code error;

    explicit TlsClient(std::uint16_t port, int highest = TLS1_3_VERSION) {
        context.set_verify_mode(asio::ssl::verify_none);
        SSL_CTX_set_security_level(context.native_handle(), 0); // old versions are the server's to refuse
        SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.native_handle(), highest);
        stream = std::make_unique<TlsStream>(io, context);
        stream->next_layer().connect({asio::ip::address_v4::loopback(), port});
        stream->handshake(asio::ssl::stream_base::client, error);
    }
    std::string name() {
        X509* one = SSL_get1_peer_certificate(stream->native_handle());
        char text[100] = {};
        if (one != nullptr)
            X509_NAME_get_text_by_NID(X509_get_subject_name(one), NID_commonName, text, sizeof text);
        X509_free(one);
        return text;
    }
    std::string get(const std::string& target) {
        asio::write(*stream, asio::buffer("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"), error);
        std::string out;
        asio::read_until(*stream, asio::dynamic_buffer(out), "}", error);
        return out;
    }
};

} // namespace

class TlsTest : public QObject {
    Q_OBJECT

    TempDir m_dir;
    std::unique_ptr<DemoServer> m_demo;

    std::string certificate() const { return m_dir.path() + "/cert.pem"; }
    std::string key() const { return m_dir.path() + "/key.pem"; }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(makeCertificate("first.test", certificate(), key()));
        m_demo =
            std::make_unique<DemoServer>(std::vector<std::string>{"--tls-cert", certificate(), "--tls-key", key()});
        QVERIFY2(m_demo->trouble().empty(), m_demo->trouble().c_str());
    }

    void requestsAndSocketsOverTls() {
        TlsClient client(m_demo->port());
        QVERIFY2(!client.error, client.error.message().c_str());
        QCOMPARE(client.name(), std::string("first.test"));
        QVERIFY(client.get("/healthz").find(R"({"status":"ok"})") != std::string::npos);

        TlsClient second(m_demo->port());
        beast::websocket::stream<TlsStream> socket(std::move(*second.stream));
        socket.handshake("127.0.0.1", "/ws/agent");
        socket.write(asio::buffer(std::string_view(R"({"t":"hello","id":1,"d":{"protocol":1,"token":"x"}})")));
        beast::flat_buffer in;
        socket.read(in);
        QVERIFY(beast::buffers_to_string(in.data()).find("bad_token") != std::string::npos);
    }

    void onlyTls12AndNewer() {
        QVERIFY(TlsClient(m_demo->port(), TLS1_VERSION).error);
        QVERIFY(TlsClient(m_demo->port(), TLS1_1_VERSION).error);
        QVERIFY(!TlsClient(m_demo->port(), TLS1_2_VERSION).error);
    }

    void plainRequestsAreNotAnswered() {
        const auto answer = exchange(m_demo->port(), "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY2(answer.find("200") == std::string::npos, answer.c_str());
    }

    void anewCertificateOnSighup() {
        TlsClient before(m_demo->port());
        QVERIFY(!before.error);
        QVERIFY(makeCertificate("second.test", certificate(), key()));
        QCOMPARE(TlsClient(m_demo->port()).name(), std::string("first.test")); // nobody has told it
        QCOMPARE(::kill(m_demo->process().pid(), SIGHUP), 0);
        std::string name;
        for (int i = 0; i < 2'000 && name != "second.test"; ++i)
            name = TlsClient(m_demo->port()).name();
        QCOMPARE(name, std::string("second.test"));
        QVERIFY(before.get("/healthz").find("200 OK") != std::string::npos); // what is open stays open
    }

    void aBrokenCertificateIsNotTaken() {
        const auto name = TlsClient(m_demo->port()).name();
        std::ofstream(certificate()) << "nonsense";
        QCOMPARE(::kill(m_demo->process().pid(), SIGHUP), 0);
        for (int i = 0; i < 100; ++i) {
            TlsClient client(m_demo->port());
            QVERIFY(!client.error);
            QCOMPARE(client.name(), name);
        }
        QCOMPARE(m_demo->process().terminate(), 0);
    }
};

static const Add<TlsTest> addedTlsTest;
#include "tls_test.moc"
