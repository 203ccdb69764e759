#pragma once

#include "server/net/core_p.h"
#include "server/net/corked.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace cb::net {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

/// A WebSocket connection on `Stream`. Kept alive by its read operation; ends when that ends.
template <class Stream>
class WebSocket final : public std::enable_shared_from_this<WebSocket<Stream>>,
                        public Socket,
                        public Live,
                        public Flushable,
                        public Wheel::Entry {
public:
    WebSocket(Core& core, Stream stream, Admission admission, std::shared_ptr<SocketEvents> events)
        : m_core(core)
        , m_ws(std::move(stream))
        , m_admission(std::move(admission))
        , m_events(std::move(events)) {
        m_core.live.insert(this);
        m_core.counters.sockets.fetch_add(1, std::memory_order_relaxed);
    }
    ~WebSocket() override {
        m_core.live.erase(this);
        m_core.counters.sockets.fetch_sub(1, std::memory_order_relaxed);
    }

    template <class Request>
    void accept(const Request& request) {
        m_ws.set_option(
            websocket::stream_base::timeout{websocket::stream_base::none(), websocket::stream_base::none(), false});
        m_ws.read_message_max(m_core.options.frameBytes);
        m_ws.auto_fragment(false);
        m_ws.text(true);
        m_ws.control_callback([this](websocket::frame_type, beast::string_view) { m_heard = m_core.wheel.now(); });
        m_heard = m_pinged = m_core.wheel.now();
        m_core.wheel.set(*this, m_core.options.headTicks);
        m_ws.async_accept(request,
                          [self = this->shared_from_this()](beast::error_code error) { self->onAccept(error); });
    }

    void send(std::shared_ptr<const std::string> frame) override {
        if (m_closeCode != 0 || m_ended)
            return;
        m_queuedBytes += frame->size();
        m_queue.push_back(std::move(frame));
        if (m_queue.size() > m_core.options.queueFrames || m_queuedBytes > m_core.options.queueBytes) {
            m_core.counters.slowReaders.fetch_add(1, std::memory_order_relaxed);
            m_queue.clear();
            close(4008, "too slow a reader");
            return;
        }
        if (!m_writing && !m_willFlush) {
            m_willFlush = true;
            m_core.flushSoon(this->shared_from_this());
        }
    }

    void flush() override {
        m_willFlush = false;
        if (m_ended || m_writing)
            return;
        if (!m_queue.empty())
            writeBatch();
        else if (m_closeCode != 0)
            startClose();
    }

    void close(std::uint16_t code, std::string_view reason) override {
        if (m_closeCode != 0 || m_ended)
            return;
        m_closeCode = code;
        m_closeReason = reason.substr(0, 120);
        m_closeAt = m_core.wheel.now() + m_core.options.closeTicks;
        schedule();
        if (!m_writing && !m_willFlush && m_open)
            startClose();
    }

    void setDeadline(int seconds) override {
        m_deadline = seconds == 0 ? kNever : m_core.wheel.now() + seconds;
        schedule();
    }

    void shutDown() override {
        if (m_open)
            close(1001, "server stops");
        // else it is told as soon as it is open
    }
    void abort() override {
        beast::error_code ignored;
        beast::get_lowest_layer(m_ws).close(ignored);
    }

private:
    static constexpr Wheel::Ticks kNever = std::numeric_limits<Wheel::Ticks>::max() / 2;

    void onAccept(beast::error_code error) {
        m_core.wheel.cancel(*this);
        if (error)
            return end();
        m_open = true;
        m_heard = m_core.wheel.now();
        schedule();
        if (m_core.stopping) {
            shutDown();
        } else {
            m_announced = true;
            m_events->onOpen(*this);
        }
        read();
    }

    void read() {
        m_ws.async_read(
            m_buffer, [self = this->shared_from_this()](beast::error_code error, std::size_t) { self->onRead(error); });
    }

    void onRead(beast::error_code error) {
        if (error)
            return end();
        m_heard = m_core.wheel.now();
        m_core.counters.framesIn.fetch_add(1, std::memory_order_relaxed);
        if (m_closeCode == 0) {
            const auto data = m_buffer.cdata();
            if (m_ws.got_text())
                m_events->onText({static_cast<const char*>(data.data()), data.size()});
            else
                m_events->onBinary();
        }
        m_buffer.consume(m_buffer.size());
        if (m_buffer.capacity() > kKeepBytes)
            m_buffer.shrink_to_fit();
        read();
    }

    void writeBatch() {
        beast::error_code error;
        std::size_t frames = 0;
        std::size_t bytes = 0;
        while (frames < m_queue.size() && bytes < kBatchBytes) {
            const auto& frame = *m_queue[frames++];
            m_ws.write(asio::buffer(frame), error); // into the layer below, which sends it with `flush`
            if (error)
                return abort();
            bytes += frame.size();
        }
        m_queue.erase(m_queue.begin(), m_queue.begin() + static_cast<std::ptrdiff_t>(frames));
        m_core.counters.framesOut.fetch_add(frames, std::memory_order_relaxed);
        m_writing = true;
        m_ws.next_layer().flush([self = this->shared_from_this(), bytes](beast::error_code failed, std::size_t) {
            self->onWritten(failed, bytes);
        });
    }

    void onWritten(beast::error_code error, std::size_t bytes) {
        m_writing = false;
        m_core.counters.writes.fetch_add(1, std::memory_order_relaxed);
        if (error)
            return abort();
        m_queuedBytes -= std::min(m_queuedBytes, bytes);
        if (!m_queue.empty())
            return writeBatch();
        if (m_queue.capacity() > 64)
            m_queue.shrink_to_fit();
        m_queuedBytes = 0;
        if (m_closeCode != 0)
            startClose();
    }

    void startClose() {
        websocket::close_reason why;
        why.code = m_closeCode;
        why.reason = beast::string_view(m_closeReason.data(), m_closeReason.size());
        m_ws.async_close(why, [self = this->shared_from_this()](beast::error_code) { self->abort(); });
    }

    void schedule() {
        const auto now = m_core.wheel.now();
        const auto quiet = std::min(m_heard + m_core.options.silenceTicks, m_pinged + m_core.options.pingTicks);
        const auto due = std::min({quiet, m_deadline, m_closeAt});
        m_core.wheel.set(*this, due - now);
    }

    void onDue() override {
        const auto self = this->weak_from_this().lock(); // what follows may end the last operation
        if (!self || m_ended)
            return;
        const auto now = m_core.wheel.now();
        if (!m_open || now >= m_closeAt || now >= m_heard + m_core.options.silenceTicks)
            return abort();
        if (now >= m_deadline) {
            m_deadline = kNever;
            m_events->onDeadline();
        }
        if (now >= m_pinged + m_core.options.pingTicks) {
            m_pinged = now;
            if (!m_pinging && m_closeCode == 0)
                ping();
        }
        schedule();
    }

    void ping() {
        m_pinging = true;
        m_ws.async_ping({}, [self = this->shared_from_this()](beast::error_code) { self->m_pinging = false; });
    }

    void end() {
        if (m_ended)
            return;
        m_ended = true;
        m_core.wheel.cancel(*this);
        abort();
        if (m_announced)
            m_events->onClosed();
        m_events.reset();
    }

    static constexpr std::size_t kKeepBytes = 4096;
    static constexpr std::size_t kBatchBytes = 64 * 1024;

    Core& m_core;
    websocket::stream<Corked<Stream>, false> m_ws; // no compression: it would cost 300 KB a connection
    Admission m_admission;
    std::shared_ptr<SocketEvents> m_events;
    beast::flat_buffer m_buffer;
    std::vector<std::shared_ptr<const std::string>> m_queue;
    std::size_t m_queuedBytes = 0; ///< what waits and what is under way
    Wheel::Ticks m_heard = 0;
    Wheel::Ticks m_pinged = 0;
    Wheel::Ticks m_deadline = kNever;
    Wheel::Ticks m_closeAt = kNever;
    std::uint16_t m_closeCode = 0;
    bool m_open = false;
    bool m_announced = false; ///< m_events has been told
    bool m_writing = false;
    bool m_willFlush = false;
    bool m_pinging = false;
    bool m_ended = false;
    std::string m_closeReason;
};

} // namespace cb::net
