#pragma once

#include "server/net/core_p.h"
#include "server/net/socket_p.h"
#include "shared/base/worker_pool.h"

#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <array>
#include <limits>
#include <optional>

namespace cb::net {

namespace http = boost::beast::http;

/// One HTTP connection: reads a head, asks the application for a plan, carries it out, writes the answer, and again.
/// Kept alive by the one operation under way.
template <class Stream>
class Connection final : public std::enable_shared_from_this<Connection<Stream>>, public Live, public Wheel::Entry {
public:
    Connection(Core& core, Stream stream, std::string address, Admission admission)
        : m_core(core)
        , m_stream(std::move(stream))
        , m_admission(std::move(admission))
        , m_address(std::move(address)) {
        m_core.live.insert(this);
    }
    ~Connection() override { m_core.live.erase(this); }

    Stream& stream() { return m_stream; }

    /// Calls `handshake(stream, then)` within the time for a head, then reads requests.
    template <class Handshake>
    void start(Handshake handshake) {
        arm(m_core.options.headTicks);
        handshake(m_stream, [self = this->shared_from_this()](beast::error_code error) {
            if (error)
                return self->end();
            self->readHead();
        });
    }

    void shutDown() override {
        m_lastRequest = true;
        if (m_idle)
            abort();
    }
    void abort() override {
        beast::error_code ignored;
        beast::get_lowest_layer(m_stream).close(ignored);
    }

private:
    using Parser = http::request_parser<http::buffer_body>;
    static constexpr std::size_t kPiece = 32 * 1024;

    /// Itself for an answer that another thread gives. The first call of the answer takes it along to the net thread,
    /// so that copies of the answer that live on elsewhere never hold the last reference: what the destructor touches
    /// is the net thread's.
    std::shared_ptr<std::shared_ptr<Connection>> lend() {
        return std::make_shared<std::shared_ptr<Connection>>(this->shared_from_this());
    }
    template <class Work>
    static void giveBack(std::shared_ptr<Connection>& lent, Work work) {
        auto& io = lent->m_core.io;
        asio::post(io, [self = std::move(lent), work = std::move(work)]() mutable { work(*self); });
    }

    void arm(int ticks) { m_core.wheel.set(*this, ticks); }
    void onDue() override { abort(); }
    void end() {
        m_core.wheel.cancel(*this);
        abort();
    }

    void readHead() {
        m_idle = m_buffer.size() == 0;
        if (m_idle && m_lastRequest)
            return end();
        m_head = Head{}; // a refusal before there is a new one is no answer to the old
        m_parser.emplace();
        m_parser->header_limit(static_cast<std::uint32_t>(m_core.options.headBytes));
        // Our own limits follow from the plan. Not boost::none: in 1.74 every length is greater than that.
        m_parser->body_limit(std::numeric_limits<std::uint64_t>::max());
        m_file.reset();
        arm(m_core.options.headTicks);
        http::async_read_header(
            m_stream, m_buffer, *m_parser,
            [self = this->shared_from_this()](beast::error_code error, std::size_t) { self->onHead(error); });
    }

    void onHead(beast::error_code error) {
        m_idle = false;
        m_core.wheel.cancel(*this);
        if (error == http::error::header_limit)
            return refuse(Fault::HeadTooLarge);
        if (error && error.category() == http::make_error_code(http::error::bad_method).category() &&
            error != http::error::end_of_stream && error != http::error::partial_message)
            return refuse(Fault::NotHttp);
        if (error)
            return end();
        m_core.counters.requests.fetch_add(1, std::memory_order_relaxed);
        takeHead();
        if (const auto wait = overRate(); wait.count() > 0) {
            m_core.counters.rateLimited.fetch_add(1, std::memory_order_relaxed);
            return write(m_core.application.fault(Fault::RateLimited, wait));
        }
        if (websocket::is_upgrade(m_parser->get()))
            return upgrade();
        m_core.application.begin(m_head, m_peer, [lent = lend()](Plan plan) {
            giveBack(*lent, [plan = std::move(plan)](Connection& self) mutable { self.carryOut(std::move(plan)); });
        });
    }

    bool counts() const { return m_core.options.limitLoopback || !m_peer.loopback; }

    /// 0, or how long this address must wait.
    base::Millis overRate() {
        return counts() ? m_core.addresses.request(limitKey(m_peer.address), m_core.clock.now()) : base::Millis{0};
    }

    void takeHead() {
        const auto& message = m_parser->get();
        m_head = Head{};
        m_head.method = std::string(message.method_string());
        m_head.target = std::string(message.target());
        for (const auto& field : message)
            m_head.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
        const auto length = m_parser->content_length();
        m_head.contentLength = length ? static_cast<std::int64_t>(*length) : -1;
        m_head.hasBody = m_parser->chunked() || (length && *length > 0);
        m_peer.address = clientAddress(m_address, m_head.joined("X-Forwarded-For"), m_core.options.trustedProxies);
        m_peer.loopback = isLoopback(m_peer.address);
    }

    void upgrade() {
        if (m_head.method != "GET" || m_head.header("Sec-WebSocket-Version") != "13" ||
            m_head.header("Sec-WebSocket-Key").empty() || m_buffer.size() != 0) // frames before the server agreed
            return refuse(Fault::BadUpgrade);
        auto answer = m_core.application.upgrade(m_head, m_peer);
        if (auto* response = std::get_if<Response>(&answer))
            return write(std::move(*response));
        // A proxy's connections are its own business, but each of these is one client's, and for long.
        if (counts() && !m_admission.chargeTo(limitKey(m_peer.address))) {
            m_core.counters.refused.fetch_add(1, std::memory_order_relaxed);
            return refuse(Fault::TooManyConnections);
        }
        auto socket = std::make_shared<WebSocket<Stream>>(m_core, std::move(m_stream), std::move(m_admission),
                                                          std::get<std::shared_ptr<SocketEvents>>(std::move(answer)));
        socket->accept(m_parser->get());
    }

    // ---- bodies

    void carryOut(Plan plan) {
        if (auto* response = std::get_if<Response>(&plan))
            return write(std::move(*response));
        m_all.reset();
        m_to.reset();
        m_taken = 0;
        m_body.clear();
        if (auto* all = std::get_if<ReadAll>(&plan)) {
            m_limit = static_cast<std::int64_t>(all->limit);
            m_all = std::move(*all);
        } else {
            m_to = std::get<StreamTo>(std::move(plan));
            m_limit = m_to->limit;
        }
        if (m_head.contentLength > m_limit)
            return tooLarge();
        m_bodyEnds = m_core.wheel.now() + m_core.options.wholeBodyTicks * (m_to ? 10 : 1);
        if (m_head.hasBody && sameText(m_head.header("Expect"), "100-continue"))
            return sendContinue();
        readPiece();
    }

    static bool sameText(std::string_view a, std::string_view b) {
        return beast::iequals(beast::string_view(a.data(), a.size()), beast::string_view(b.data(), b.size()));
    }

    void sendContinue() {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        arm(m_core.options.writeTicks);
        asio::async_write(m_stream, asio::buffer(kContinue),
                          [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                              if (error)
                                  return self->lost();
                              self->readPiece();
                          });
    }

    void readPiece() {
        if (m_parser->is_done())
            return bodyComplete();
        if (m_core.wheel.now() > m_bodyEnds)
            return lost();
        m_piece.resize(kPiece);
        auto& body = m_parser->get().body();
        body.data = m_piece.data();
        body.size = m_piece.size();
        arm(m_core.options.bodyTicks);
        http::async_read(
            m_stream, m_buffer, *m_parser,
            [self = this->shared_from_this()](beast::error_code error, std::size_t) { self->onPiece(error); });
    }

    void onPiece(beast::error_code error) {
        m_core.wheel.cancel(*this);
        if (error && error != http::error::need_buffer)
            return lost();
        m_piece.resize(kPiece - m_parser->get().body().size);
        m_taken += static_cast<std::int64_t>(m_piece.size());
        if (m_taken > m_limit)
            return tooLarge();
        if (m_all) {
            m_body += m_piece;
            return readPiece();
        }
        m_to->sink->write(std::move(m_piece), [lent = lend()](bool goOn) {
            giveBack(*lent, [goOn](Connection& self) { goOn ? self.readPiece() : self.bodyComplete(); });
        });
        m_piece.clear();
    }

    void bodyComplete() {
        m_core.wheel.cancel(*this);
        auto respond = [lent = lend()](Response response) {
            giveBack(*lent,
                     [response = std::move(response)](Connection& self) mutable { self.write(std::move(response)); });
        };
        m_piece = std::string();
        if (m_all) {
            auto handle = std::move(m_all->handle);
            m_all.reset();
            return handle(std::move(m_body), std::move(respond));
        }
        auto sink = std::move(m_to->sink);
        m_to.reset();
        sink->finish(std::move(respond));
    }

    void tooLarge() {
        if (m_to)
            m_to->sink->abort();
        Response response = m_all ? std::move(m_all->tooLarge) : std::move(m_to->tooLarge);
        m_all.reset();
        m_to.reset();
        write(std::move(response));
    }

    /// The sender went away, or was too slow.
    void lost() {
        if (m_to)
            m_to->sink->abort();
        m_to.reset();
        m_all.reset();
        end();
    }

    // ---- answers

    void refuse(Fault fault) {
        auto response = m_core.application.fault(fault, base::Millis{0});
        response.close = true;
        write(std::move(response));
    }

    void write(Response response) {
        const bool unread = !m_parser->is_done();
        m_close = response.close || unread || m_lastRequest || !m_parser->get().keep_alive();
        m_linger = unread;
        m_response = std::move(response);
        m_out = serializeHead(m_response, !m_close, m_core.date);
        m_withoutBody = m_head.method == "HEAD" || m_response.status == 204 || m_response.status == 304;
        std::array<asio::const_buffer, 2> buffers{asio::buffer(m_out), asio::const_buffer{}};
        if (const auto* text = std::get_if<std::string>(&m_response.body); text && !m_withoutBody)
            buffers[1] = asio::buffer(*text);
        else if (const auto* bytes = std::get_if<StaticBody>(&m_response.body); bytes && !m_withoutBody)
            buffers[1] = asio::buffer(bytes->data(), bytes->size());
        else if (auto* file = std::get_if<std::shared_ptr<const FileBody>>(&m_response.body); file && !m_withoutBody)
            m_file = *file;
        m_fileAt = 0;
        arm(m_core.options.writeTicks);
        asio::async_write(m_stream, buffers, [self = this->shared_from_this()](beast::error_code error, std::size_t) {
            self->onWritten(error);
        });
    }

    void onWritten(beast::error_code error) {
        m_core.wheel.cancel(*this);
        if (error)
            return end();
        if (m_file && m_fileAt < m_file->length())
            return readFile();
        m_file.reset();
        m_response = Response{};
        m_out = std::string();
        if (!m_close)
            return readHead();
        if (m_linger)
            return discard(0);
        end();
    }

    void readFile() {
        auto work = [lent = lend(), file = m_file, at = m_fileAt] {
            giveBack(*lent, [piece = file->read(at, kPiece * 2)](Connection& self) mutable {
                self.writeFile(std::move(piece));
            });
        };
        if (!m_core.files.post(work))
            end(); // overloaded in the middle of a body: only the connection's end can say so
    }

    void writeFile(std::string piece) {
        if (piece.empty())
            return end();
        m_fileAt += static_cast<std::int64_t>(piece.size());
        m_out = std::move(piece);
        arm(m_core.options.writeTicks);
        asio::async_write(
            m_stream, asio::buffer(m_out),
            [self = this->shared_from_this()](beast::error_code error, std::size_t) { self->onWritten(error); });
    }

    /// Reads what the client still sends for a while, so that the answer is not lost to a reset.
    void discard(std::size_t seen) {
        beast::error_code ignored;
        if (seen == 0) {
            beast::get_lowest_layer(m_stream).shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
            arm(m_core.options.closeTicks);
            m_piece.resize(kPiece);
        }
        if (seen > kDiscardBytes)
            return end();
        beast::get_lowest_layer(m_stream).async_read_some(
            asio::buffer(m_piece), [self = this->shared_from_this(), seen](beast::error_code error, std::size_t bytes) {
                if (error)
                    return self->end();
                self->discard(seen + bytes);
            });
    }

    static constexpr std::size_t kDiscardBytes = 32 * 1024 * 1024;

    Core& m_core;
    Stream m_stream;
    Admission m_admission;
    std::string m_address;
    bool m_idle = false;
    bool m_lastRequest = false;
    beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    Head m_head;
    Peer m_peer;

    std::optional<ReadAll> m_all;
    std::optional<StreamTo> m_to;
    std::int64_t m_limit = 0;
    std::int64_t m_taken = 0;
    Wheel::Ticks m_bodyEnds = 0;
    std::string m_piece;
    std::string m_body;

    Response m_response;
    std::string m_out;
    std::shared_ptr<const FileBody> m_file; ///< shared with the piece being read
    std::int64_t m_fileAt = 0;
    bool m_close = false;
    bool m_linger = false;
    bool m_withoutBody = false;
};

} // namespace cb::net
