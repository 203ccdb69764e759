#include "tests/server/app/house.h"
#include "tests/support/net/bed.h"
#include "tests/support/suite.h"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <QtCore/QDebug>
#include <QtCore/QElapsedTimer>

#include <sys/resource.h>

using namespace cb::test;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// How much the server may grow by. A sanitizer's own bookkeeping is many times that.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::int64_t kMayGrow = std::int64_t(1024) * 1024 * 1024;
#else
constexpr std::int64_t kMayGrow = std::int64_t(64) * 1024 * 1024;
#endif

/// A visitor's tab that says hello and never reads.
class DeafTab {
public:
    DeafTab(std::uint16_t port, const std::string& token)
        : m_socket(m_io) {
        m_socket.open(asio::ip::tcp::v4());
        m_socket.set_option(asio::socket_base::receive_buffer_size(4'096));
        m_socket.connect({asio::ip::address_v4::loopback(), port});
        asio::write(m_socket,
                    asio::buffer(std::string_view("GET /ws/visitor HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                                                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")));
        std::string answer;
        asio::read_until(m_socket, asio::dynamic_buffer(answer), "\r\n\r\n");
        m_listens = answer.compare(0, 12, "HTTP/1.1 101") == 0;
        const auto hello = Json{{"t", "hello"},
                                {"id", 1},
                                {"d",
                                 {{"protocol", 1},
                                  {"channel", "demo"},
                                  {"token", token},
                                  {"page", {{"title", std::string(100, 'x')}}}}}}
                               .dump();
        // RFC 6455 5.2: text, whole, masked with zeros; between 126 and 65535 bytes.
        std::string bytes = "\x81";
        bytes += static_cast<char>(0x80 | 126);
        bytes += static_cast<char>(hello.size() >> 8);
        bytes += static_cast<char>(hello.size() & 0xFF);
        bytes.append(4, '\0').append(hello);
        asio::write(m_socket, asio::buffer(bytes));
    }

    bool listens() const { return m_listens; }

private:
    asio::io_context m_io;
    asio::ip::tcp::socket m_socket;
    bool m_listens = false;
};

double figure(const House& house, const std::string& name) {
    const auto text = ask(house.port(), "GET", "/metrics").body;
    const auto at = text.find('\n' + name + ' ');
    return at == std::string::npos ? -1 : std::strtod(text.c_str() + at + name.size() + 2, nullptr);
}

std::string uuid(int number) {
    auto digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

} // namespace

/// Clients who take too much: the others are served as always and the memory stays.
class PressureTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

    /// The visitor in service says something and the agent hears it.
    bool serviceGoesOn(int number) {
        const auto text = "still there? " + std::to_string(number);
        m_house->visitor->send("message.send", {{"uuid", uuid(900 + number)}, {"kind", "text"}, {"text", text}});
        return !m_house->agent
                    ->until([&](const Json& frame) {
                        return frame.value("t", "") == "event" && frame["d"].contains("message") &&
                               frame["d"]["message"].value("text", "") == text;
                    })
                    .is_null();
    }

private Q_SLOTS:
    void initTestCase() {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void aFloodingVisitorIsSlowedDownAlone() {
        auto flood = m_house->demo.visitor(visitorToken(50));
        QVERIFY(flood != nullptr);
        for (int i = 0; i < 500; ++i)
            flood->send("message.send", {{"uuid", uuid(10'000 + i)}, {"kind", "text"}, {"text", "flood"}}, i + 1);
        const auto error = flood->untilType("error");
        QVERIFY2(!error.is_null() && error["d"].value("code", "") == "rate_limited", error.dump().c_str());
        QVERIFY(std::atoi(error["d"]["params"].value("retry_ms", "0").c_str()) > 0);
        QVERIFY(serviceGoesOn(1));
        QCOMPARE(flood->closed().value_or(1), std::uint16_t(1008)); // it does not listen
        QVERIFY(serviceGoesOn(2));
    }

    void aSlowReaderIsCutOffAlone() {
        const auto before = m_house->demo.process().residentBytes();
        const auto cutOff = figure(*m_house, "cloudbell_slow_readers_total");
        QVERIFY(cutOff >= 0);
        const DeafTab deaf(m_house->port(), m_house->visitorToken);
        QVERIFY(deaf.listens());
        std::string text;
        for (int i = 0; i < 4'000; ++i)
            text += "\xF0\x9F\x94\x94"; // the longest there are
        int taken = 0;
        int heard = 0;
        for (int i = 0; i < 2'000 && figure(*m_house, "cloudbell_slow_readers_total") == cutOff; ++i) {
            const auto answer = m_house->agent->request(
                "message.send",
                {{"session", m_house->session}, {"uuid", uuid(20'000 + i)}, {"kind", "text"}, {"text", text}});
            if (answer.value("t", "") == "ok") {
                ++taken;
                heard += m_house->visitor->listen(0ms, "message");
                continue;
            }
            QVERIFY2(answer["d"].value("code", "") == "rate_limited", answer.dump().substr(0, 300).c_str());
            const auto wait = std::atoi(answer["d"]["params"].value("retry_ms", "1").c_str());
            heard += m_house->visitor->listen(std::chrono::milliseconds(wait), "message");
        }
        QCOMPARE(figure(*m_house, "cloudbell_slow_readers_total"), cutOff + 1);
        // The visitor's other tab heard everything, how ever long a busy machine takes to bring it.
        for (int i = 0; i < 1'500 && heard < taken; ++i)
            heard += m_house->visitor->listen(20ms, "message");
        QVERIFY2(heard >= taken, (std::to_string(heard) + " of " + std::to_string(taken)).c_str());
        const auto grown = m_house->demo.process().residentBytes() - before;
        qInfo() << "cut off after" << taken << "messages; resident memory grew by" << grown / 1024 << "KiB";
        QVERIFY2(grown < kMayGrow, std::to_string(grown).c_str());
        QVERIFY(serviceGoesOn(3));
    }

    /// After the messages of the slow reader's test: more than a connection's queue would take at once.
    void whoMissedTooMuchForTheQueueGetsASnapshot() {
        Talker tab(m_house->port(), "/ws/visitor");
        tab.send("hello", {{"protocol", 1}, {"channel", "demo"}, {"token", m_house->visitorToken}, {"cursor", 1}}, 1);
        const auto welcome = tab.answer(1);
        QCOMPARE(welcome.value("t", ""), std::string("welcome"));
        QCOMPARE(welcome["d"].value("resumed", false), false);
        QCOMPARE(tab.request("ping", Json::object()).value("t", ""), std::string("ok"));
    }

    void aThousandSilentConnections() {
        const auto before = m_house->demo.process().residentBytes();
        asio::io_context io;
        std::vector<asio::ip::tcp::socket> sockets;
        for (int i = 0; i < 1'000; ++i) {
            sockets.emplace_back(io).connect({asio::ip::address_v4::loopback(), m_house->port()});
            if (i % 2 == 1) // half a head
                asio::write(sockets.back(), asio::buffer(std::string_view("GET /healthz HTTP/1.1\r\nHost: ")));
        }
        std::vector<std::unique_ptr<Talker>> mute;
        for (int i = 0; i < 100; ++i) {
            mute.push_back(std::make_unique<Talker>(m_house->port(), i % 2 == 0 ? "/ws/agent" : "/ws/visitor"));
            QVERIFY(mute.back()->opened());
        }
        QVERIFY(figure(*m_house, "cloudbell_connections") >= 1'000);
        QVERIFY(serviceGoesOn(4));
        QVERIFY(!m_house->demo.signIn("agent3@demo.test").empty());
        const auto grown = m_house->demo.process().residentBytes() - before;
        qInfo() << "1,100 silent connections take" << grown / 1024 << "KiB";
        QVERIFY2(grown < kMayGrow, std::to_string(grown).c_str());
    }

    void foreignPagesAreRefused() {
        Bed bed({.agents = 1, .groups = 1, .limit = 1}); // its channel is of shop.test alone
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        const auto port = bed.server().port();
        const auto key = bed.seeded().channelKey;
        const Json hello{{"protocol", 1}, {"channel", key}, {"token", visitorToken(60)}};
        for (const std::string origin : {"http://evil.test", "http://shop.test.evil.test", "http://evilshop.test",
                                         "null", "http://shop.test@evil.test", "http://evil.test/.shop.test", ""}) {
            Talker talker(port, "/ws/visitor", origin);
            talker.send("hello", hello, 1);
            const auto answer = talker.answer(1);
            QVERIFY2(answer["d"].value("code", "") == "origin_not_allowed", (origin + answer.dump()).c_str());
            QCOMPARE(talker.closed().value_or(1), std::uint16_t(1008));
            if (origin.empty())
                continue;
            const auto face = ask(port, "GET", "/api/v1/widget/" + key, {}, {{"Origin", origin}});
            QCOMPARE(face.status, 403);
            QCOMPARE(face.code(), std::string("origin_not_allowed"));
            QVERIFY(face.header("access-control-allow-origin").empty());
        }
        for (const std::string origin : {"http://shop.test", "https://www.shop.test", "http://shop.test:8080"}) {
            Talker talker(port, "/ws/visitor", origin);
            talker.send("hello", hello, 1);
            QCOMPARE(talker.answer(1).value("t", ""), std::string("welcome"));
            const auto face = ask(port, "GET", "/api/v1/widget/" + key, {}, {{"Origin", origin}});
            QCOMPARE(face.status, 200);
            QCOMPARE(face.header("access-control-allow-origin"), origin);
        }
    }
};

static const Add<PressureTest> addedPressureTest;
#include "pressure_test.moc"
