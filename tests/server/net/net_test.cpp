#include "server/net/server.h"
#include "shared/base/worker_pool.h"
#include "tests/support/net/certificate.h"
#include "tests/support/net/peer.h"
#include "tests/support/net/server_process.h"
#include "tests/support/suite.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <QtCore/QTemporaryFile>

#include <unistd.h>

using namespace cb;
namespace asio = boost::asio;

namespace {

using Answer = std::function<net::Plan(const net::Head&, const net::Peer&)>;

/// Echoes text; counts what it sees.
class Echo final : public net::SocketEvents {
public:
    void onOpen(net::Socket& socket) override { m_socket = &socket; }
    void onText(std::string_view text) override {
        if (text == "flood") {
            const auto frame = std::make_shared<const std::string>(std::string(60'000, 'x'));
            for (int i = 0; i < 2'000; ++i)
                m_socket->send(frame);
            return;
        }
        if (text == "bye")
            return m_socket->close(4002, "bye");
        m_socket->send(std::make_shared<const std::string>(text));
    }
    void onBinary() override { m_socket->close(1003, "text only"); }
    void onDeadline() override {}
    void onClosed() override { m_socket = nullptr; }

private:
    net::Socket* m_socket = nullptr;
};

/// An application that answers by a function.
class App final : public net::Application {
public:
    Answer answer = [](const net::Head& head, const net::Peer& peer) {
        net::Response response;
        response.body = head.method + ' ' + head.target + ' ' + peer.address;
        return response;
    };
    void begin(const net::Head& head, const net::Peer& peer, std::function<void(net::Plan)> then) override {
        then(answer(head, peer));
    }
    net::Upgrade upgrade(const net::Head&, const net::Peer&) override { return std::make_shared<Echo>(); }
    net::Response fault(net::Fault fault, base::Millis wait) override {
        net::Response response;
        response.status = fault == net::Fault::HeadTooLarge                                 ? 431
                          : fault == net::Fault::NotHttp || fault == net::Fault::BadUpgrade ? 400
                                                                                            : 429;
        if (fault == net::Fault::TooManyConnections)
            response.phrase = "too many\r\nX-Split: of them";
        if (wait.count() > 0)
            response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
        return response;
    }
};

struct Fixture {
    App app;
    base::WorkerPool files{"files", 1, 100};
    std::unique_ptr<net::Server> server;

    explicit Fixture(net::ServerOptions options = {}) {
        options.tick = std::chrono::milliseconds(20);
        server = std::make_unique<net::Server>(app, files, std::move(options));
        const auto started = server->start();
        if (!started)
            qFatal("%s", started.error().detail.c_str());
    }
};

/// A blocking client that sends what it is told.
struct Raw {
    asio::io_context io;
    asio::ip::tcp::socket socket{io};

    explicit Raw(const Fixture& fixture) {
        socket.connect({asio::ip::make_address("127.0.0.1"), fixture.server->port()});
    }
    void send(std::string_view text) {
        boost::system::error_code ignored;
        asio::write(socket, asio::buffer(text), ignored);
    }
    /// Everything until the server closes.
    std::string rest() {
        std::string out;
        boost::system::error_code error;
        asio::read(socket, asio::dynamic_buffer(out), error);
        return out;
    }
    std::string until(std::string_view end) {
        std::string out;
        char c = 0;
        boost::system::error_code error;
        while (out.size() < end.size() || out.compare(out.size() - end.size(), end.size(), end) != 0) {
            if (asio::read(socket, asio::buffer(&c, 1), error) == 0)
                break;
            out += c;
        }
        return out;
    }
};

int count(const std::string& text, std::string_view what) {
    int n = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++n;
    return n;
}

/// A sink that keeps what came.
class Sink final : public net::BodySink {
public:
    explicit Sink(std::atomic<std::int64_t>& bytes, std::atomic<int>& aborted)
        : m_bytes(bytes)
        , m_aborted(aborted) {}
    void write(std::string piece, std::function<void(bool)> done) override {
        m_bytes += static_cast<std::int64_t>(piece.size());
        done(true);
    }
    void finish(net::Respond respond) override {
        net::Response response;
        response.body = std::to_string(m_bytes.load());
        respond(std::move(response));
    }
    void abort() override { ++m_aborted; }

private:
    std::atomic<std::int64_t>& m_bytes;
    std::atomic<int>& m_aborted;
};

} // namespace

class NetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pipelinedRequestsAreAnsweredInOrder() {
        Fixture f;
        Raw raw(f);
        raw.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
                 "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        const auto text = raw.rest();
        QCOMPARE(count(text, "HTTP/1.1 200 OK"), 3);
        QVERIFY(text.find("GET /1") < text.find("GET /2") && text.find("GET /2") < text.find("GET /3"));
    }
    void silentAndSlowHeadsAreDropped() {
        Fixture f;
        Raw silent(f);
        Raw slow(f);
        slow.send("GET / HTTP/1.1\r\nHo");
        QCOMPARE(silent.rest(), std::string());
        QCOMPARE(slow.rest(), std::string());
    }
    void aThousandSilentConnectionsDisturbNobody() {
        net::ServerOptions options;
        options.connectionsPerAddress = 2'000;
        options.headTicks = 500;
        Fixture f(options);
        std::vector<std::unique_ptr<Raw>> silent;
        for (int i = 0; i < (cb::test::isFull() ? 1'000 : 300); ++i)
            silent.push_back(std::make_unique<Raw>(f));
        Raw raw(f);
        raw.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QVERIFY(raw.rest().find("200 OK") != std::string::npos);
    }
    void tooManyConnectionsOfOneAddressAreRefused() {
        net::ServerOptions options;
        options.limitLoopback = true;
        options.connectionsPerAddress = 3;
        options.headTicks = 500;
        Fixture f(options);
        std::vector<std::unique_ptr<Raw>> kept;
        for (int i = 0; i < 3; ++i) {
            kept.push_back(std::make_unique<Raw>(f));
            kept.back()->send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            QVERIFY(kept.back()->until("\r\n\r\n").find("200 OK") != std::string::npos);
        }
        Raw fourth(f);
        QCOMPARE(fourth.rest(), std::string());
        QCOMPARE(f.server->stats().refused, std::uint64_t(1));
    }
    void socketsBehindAProxyCountForTheirOwnAddress() {
        net::ServerOptions options;
        options.trustedProxies = {*net::parseNetwork("127.0.0.1")};
        options.connectionsPerAddress = 2;
        options.headTicks = 500;
        Fixture f(options);
        std::vector<std::unique_ptr<Raw>> kept;
        std::string phrase;
        const auto open = [&](const std::string& address) {
            kept.push_back(std::make_unique<Raw>(f));
            kept.back()->send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                              "X-Forwarded-For: " +
                              address + "\r\n\r\n");
            const auto head = kept.back()->until("\r\n\r\n");
            phrase = head.substr(13, head.find("\r\n") - 13);
            return head.substr(0, 12);
        };
        QCOMPARE(open("203.0.113.9"), std::string("HTTP/1.1 101"));
        QCOMPARE(open("203.0.113.9"), std::string("HTTP/1.1 101"));
        QCOMPARE(open("203.0.113.9"), std::string("HTTP/1.1 429"));
        QCOMPARE(phrase, std::string("too manyX-Split: of them"));
        QCOMPARE(open("203.0.113.8"), std::string("HTTP/1.1 101"));
        kept.erase(kept.begin());
        std::string again;
        for (int i = 0; i < 1'000 && again != "HTTP/1.1 101"; ++i)
            again = open("203.0.113.9"); // its place is free once the server has seen the end
        QCOMPARE(again, std::string("HTTP/1.1 101"));
    }
    void handshakesOfAnotherKindAreRefused() {
        Fixture f;
        const auto status = [&](const std::string& fields) {
            Raw raw(f);
            raw.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + fields + "\r\n");
            return raw.until("\r\n\r\n").substr(0, 12);
        };
        const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        QCOMPARE(status("Sec-WebSocket-Version: 13\r\n" + key), std::string("HTTP/1.1 101"));
        QCOMPARE(status("Sec-WebSocket-Version: 8\r\n" + key), std::string("HTTP/1.1 400"));
        QCOMPARE(status("Sec-WebSocket-Version: 13\r\n"), std::string("HTTP/1.1 400"));
    }
    void largeHeadsAreRefused() {
        Fixture f;
        Raw raw(f);
        raw.send("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n");
        QVERIFY(raw.rest().find(" 431 ") != std::string::npos);
    }
    void nonsenseIsRefused() {
        Fixture f;
        Raw raw(f);
        raw.send("\x16\x03\x01\x02\x00 hello there\r\n\r\n");
        const auto text = raw.rest();
        QVERIFY(text.empty() || text.find(" 400 ") != std::string::npos);
    }
    void requestsOverTheRateGet429() {
        net::ServerOptions options;
        options.limitLoopback = true;
        options.requests = {0.001, 2};
        Fixture f(options);
        Raw raw(f);
        for (int i = 0; i < 3; ++i)
            raw.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        raw.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        const auto text = raw.rest();
        QCOMPARE(count(text, " 200 OK"), 2);
        QCOMPARE(count(text, " 429 "), 2);
        QVERIFY(text.find("Retry-After: ") != std::string::npos);
    }
    void handshakesCountAsRequests() {
        const test::TempDir folder;
        net::ServerOptions options;
        options.certificateFile = folder.path() + "/cert.pem";
        options.keyFile = folder.path() + "/key.pem";
        QVERIFY(test::makeCertificate("a", options.certificateFile, options.keyFile));
        options.limitLoopback = true;
        options.requests = {0.001, 2};
        Fixture f(options);
        Raw first(f);
        Raw second(f);
        Raw third(f);
        QCOMPARE(third.rest(), std::string()); // closed at once; the others' handshakes are waited for
        QCOMPARE(f.server->stats().refused, std::uint64_t(1));
    }
    void bodiesHaveALimit_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("told") << QByteArray("Content-Length: 200000\r\n\r\n");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n\r\n30d40\r\n");
    }
    void bodiesHaveALimit() {
        QFETCH(QByteArray, head);
        Fixture f;
        f.app.answer = [](const net::Head&, const net::Peer&) {
            net::ReadAll all;
            all.limit = 1'000;
            all.tooLarge.status = 413;
            all.handle = [](std::string body, net::Respond respond) {
                net::Response response;
                response.body = body;
                respond(std::move(response));
            };
            return all;
        };
        Raw raw(f);
        raw.send("POST / HTTP/1.1\r\nHost: a\r\n" + head.toStdString() + std::string(200'000, 'x'));
        QVERIFY(raw.rest().find(" 413 ") != std::string::npos);
    }
    void uploadsAreStreamedAndCutOffAnywhere() {
        Fixture f;
        std::atomic<std::int64_t> bytes{0};
        std::atomic<int> aborted{0};
        f.app.answer = [&](const net::Head&, const net::Peer&) {
            return net::StreamTo{1'000'000, {}, std::make_shared<Sink>(bytes, aborted)};
        };
        {
            Raw raw(f);
            raw.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n" +
                     std::string(100'000, 'x'));
            QVERIFY(raw.rest().find("100000") != std::string::npos);
        }
        const std::string whole =
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n" + std::string(40'000, 'x');
        const auto head = whole.find("\r\n\r\n") + 4;
        int cut = 0;
        for (std::size_t at = head; at < whole.size(); at += 7'919, ++cut) {
            Raw raw(f);
            raw.send(std::string_view(whole).substr(0, at));
            raw.socket.shutdown(asio::ip::tcp::socket::shutdown_send);
            QVERIFY(raw.rest().find("200 OK") == std::string::npos);
        }
        QCOMPARE(aborted.load(), cut);
    }
    void filesAreSentWhole() {
        Fixture f;
        QTemporaryFile file;
        QVERIFY(file.open());
        const QByteArray content(300'000, 'q');
        file.write(content);
        file.flush();
        f.app.answer = [&](const net::Head&, const net::Peer&) {
            net::Response response;
            response.body = std::make_shared<const net::FileBody>(::dup(file.handle()), 10, 250'000);
            return response;
        };
        Raw raw(f);
        raw.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        const auto text = raw.rest();
        QCOMPARE(text.size() - text.find("\r\n\r\n") - 4, std::size_t(250'000));
    }
    void headHasNoBody() {
        Fixture f;
        Raw raw(f);
        raw.send("HEAD /abc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        const auto text = raw.rest();
        QVERIFY(text.find("Content-Length: ") != std::string::npos);
        QCOMPARE(text.substr(text.size() - 4), std::string("\r\n\r\n"));
    }
    void socketsEchoAndClose() {
        Fixture f;
        asio::io_context io;
        std::vector<std::string> frames;
        std::uint16_t code = 0;
        std::shared_ptr<test::Peer> peer;
        peer = test::Peer::open(io, f.server->port(), "/ws", "",
                                {[&] {
                                     for (int i = 0; i < 500; ++i)
                                         peer->send(std::to_string(i));
                                     peer->send("bye");
                                 },
                                 [&](std::string_view text) { frames.emplace_back(text); },
                                 [&](std::uint16_t c) { code = c; }});
        io.run_for(std::chrono::seconds(10));
        QCOMPARE(frames.size(), std::size_t(500));
        for (int i = 0; i < 500; ++i)
            QCOMPARE(frames[static_cast<std::size_t>(i)], std::to_string(i));
        QCOMPARE(code, std::uint16_t(4002));
    }
    void oversizeFramesCloseWith1009() {
        Fixture f;
        asio::io_context io;
        std::uint16_t code = 0;
        std::shared_ptr<test::Peer> peer;
        peer = test::Peer::open(io, f.server->port(), "/ws", "",
                                {[&] { peer->send(std::string(70'000, 'x')); }, [](std::string_view) {},
                                 [&](std::uint16_t c) { code = c; }});
        io.run_for(std::chrono::seconds(10));
        QCOMPARE(code, std::uint16_t(1009));
    }
    void slowReadersAreCutOffAndOthersGoOn() {
        net::ServerOptions options;
        options.closeTicks = 200;
        Fixture f(options);
        // A client that never reads: raw, so that nothing reads for it.
        Raw slow(f);
        slow.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        QVERIFY(slow.until("\r\n\r\n").find(" 101 ") != std::string::npos);
        slow.send(std::string("\x81\x85\x00\x00\x00\x00"
                              "flood",
                              11));
        asio::io_context io;
        bool echoed = false;
        std::shared_ptr<test::Peer> peer;
        peer = test::Peer::open(io, f.server->port(), "/ws", "",
                                {[&] { peer->send("hello"); },
                                 [&](std::string_view text) {
                                     echoed = text == "hello";
                                     peer->close();
                                 },
                                 [](std::uint16_t) {}});
        io.run_for(std::chrono::seconds(10));
        QVERIFY(echoed);
        QCOMPARE(f.server->stats().slowReaders, std::uint64_t(1));
        const auto text = slow.rest(); // now it reads: what was on its way, then the close
        QVERIFY(text.size() < 8'000'000);
        QVERIFY(text.find(std::string("\x0F\xA8", 2) + "too slow a reader") != std::string::npos);
    }
    void silentSocketsArePingedAndDropped() {
        net::ServerOptions options;
        options.pingTicks = 3;
        options.silenceTicks = 8;
        Fixture f(options);
        Raw dead(f); // answers no ping
        dead.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        const auto text = dead.rest();
        QVERIFY(text.find(std::string("\x89\x00", 2)) != std::string::npos); // a ping came first
        asio::io_context io;
        bool closed = false;
        const auto peer = test::Peer::open(io, f.server->port(), "/ws", "",
                                           {[] {}, [](std::string_view) {}, [&](std::uint16_t) { closed = true; }});
        io.run_for(std::chrono::milliseconds(600)); // far longer than the silence allowed; this one answers pings
        QVERIFY(!closed);
    }
    void stoppingClosesWith1001() {
        Fixture f;
        asio::io_context io;
        std::uint16_t code = 0;
        std::jthread stopper; // joined before the fixture goes
        const auto peer = test::Peer::open(io, f.server->port(), "/ws", "",
                                           {[&] { stopper = std::jthread([&] { f.server->stop(); }); },
                                            [](std::string_view) {}, [&](std::uint16_t c) { code = c; }});
        io.run_for(std::chrono::seconds(10));
        QCOMPARE(code, std::uint16_t(1001));
    }
};

static const cb::test::Add<NetTest> addedNetTest;
CB_TEST_MAIN()
#include "net_test.moc"
