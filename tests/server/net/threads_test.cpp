#include "server/net/server.h"
#include "shared/base/worker_pool.h"
#include "tests/support/suite.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <future>
#include <thread>

using namespace cb;
namespace asio = boost::asio;

namespace {

/// Answers from a thread of its own, and keeps its copy of the callback until it is told to let go.
class LateApp final : public net::Application {
public:
    ~LateApp() override {
        if (m_thread.joinable())
            m_thread.join();
    }
    void begin(const net::Head&, const net::Peer&, std::function<void(net::Plan)> then) override {
        m_thread = std::thread([this, then = std::move(then)] {
            net::Response response;
            response.close = true;
            then(std::move(response));
            letGo.get_future().wait();
        });
    }
    net::Upgrade upgrade(const net::Head&, const net::Peer&) override { return net::Response{}; }
    net::Response fault(net::Fault, base::Millis) override { return {}; }

    std::promise<void> letGo;

private:
    std::thread m_thread;
};

} // namespace

class ThreadsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The connection belongs to the net thread: an answerer that is slow to forget it must not be who destroys it.
    void connectionsEndOnTheirOwnThread() {
        LateApp app;
        base::WorkerPool files("files", 1, 10);
        net::Server server(app, files, {});
        QVERIFY(server.start().ok());
        asio::io_context io;
        asio::ip::tcp::socket client(io);
        client.connect({asio::ip::make_address("127.0.0.1"), server.port()});
        asio::write(client, asio::buffer(std::string_view("GET / HTTP/1.1\r\nHost: a\r\n\r\n")));
        std::string text;
        boost::system::error_code error;
        asio::read(client, asio::dynamic_buffer(text), error); // until the server closes
        QVERIFY(text.rfind("HTTP/1.1 200", 0) == 0);
        std::promise<void> turn; // what the net thread had to do before is done
        server.post([&turn] { turn.set_value(); });
        turn.get_future().wait();
        const auto connections = server.stats().connections;
        app.letGo.set_value();
        QCOMPARE(connections, std::size_t(0));
    }
};

static const cb::test::Add<ThreadsTest> addedThreadsTest;
#include "threads_test.moc"
