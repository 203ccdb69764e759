#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cb::net {

namespace asio = boost::asio;
namespace beast = boost::beast;

/// A stream layer that gathers what is written and hands it to `Next` in one piece: many small frames cost one system
/// call (and one TLS record) instead of one each.
///
/// `write_some` only collects, never blocks and never fails for want of room: its caller bounds what it writes before
/// `flush`. `async_write_some` collects, flushes, and completes when its bytes have been taken by `Next`. One thread.
/// A waiter must keep the object alive; there is one for as long as a write is under way.
template <class Next>
class Corked {
public:
    using next_layer_type = Next;
    using executor_type = typename Next::executor_type;

    /// From what `Next` is made of.
    template <class... Args>
    explicit Corked(Args&&... args)
        : m_next(std::forward<Args>(args)...) {}

    executor_type get_executor() noexcept { return m_next.get_executor(); }
    Next& next_layer() noexcept { return m_next; }
    const Next& next_layer() const noexcept { return m_next; }

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        return m_next.async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        return m_next.read_some(buffers);
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, beast::error_code& error) {
        return m_next.read_some(buffers, error);
    }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers) {
        beast::error_code error;
        const auto size = write_some(buffers, error);
        if (error)
            throw beast::system_error(error);
        return size;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, beast::error_code& error) {
        error = m_error;
        return error ? 0 : append(buffers);
    }

    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(beast::error_code, std::size_t)>(
            [this](auto&& then, const Buffers& data) {
                const auto size = m_error ? 0 : append(data);
                wait(std::forward<decltype(then)>(then), size);
            },
            handler, buffers);
    }

    /// Sends what was collected; `handler(error_code, 0)` when `Next` has taken all of it.
    template <class Handler>
    void flush(Handler&& handler) {
        wait(std::forward<Handler>(handler), 0);
    }

private:
    struct Waiter {
        virtual ~Waiter() = default;
        virtual void complete(beast::error_code error) = 0;
    };
    template <class Handler>
    struct WaiterOf final : Waiter {
        WaiterOf(Handler then, std::size_t bytes)
            : handler(std::move(then))
            , size(bytes) {}
        void complete(beast::error_code error) override {
            auto then = std::move(handler);
            then(error, error ? 0 : size);
        }
        Handler handler;
        std::size_t size;
    };
    using Waiters = std::vector<std::unique_ptr<Waiter>>;

    static constexpr std::size_t kKeepBytes = 4096;

    template <class Buffers>
    std::size_t append(const Buffers& buffers) {
        const auto before = m_collected.size();
        for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at) {
            const asio::const_buffer piece(*at);
            m_collected.append(static_cast<const char*>(piece.data()), piece.size());
        }
        return m_collected.size() - before;
    }

    template <class Handler>
    void wait(Handler&& handler, std::size_t size) {
        m_waiting.push_back(std::make_unique<WaiterOf<std::decay_t<Handler>>>(std::forward<Handler>(handler), size));
        if (!m_writing)
            start();
    }

    /// The handler owns those it serves, and they keep this object alive: when the loop ends first, all go with it.
    void start() {
        m_writing = true;
        m_underWay.swap(m_collected);
        auto served = std::exchange(m_waiting, {});
        if (m_error) // never from within the call that starts an operation
            asio::post(get_executor(), [this, served = std::move(served)] { finish({}, served); });
        else
            asio::async_write(
                m_next, asio::buffer(m_underWay),
                [this, served = std::move(served)](beast::error_code error, std::size_t) { finish(error, served); });
    }

    void finish(beast::error_code error, const Waiters& served) {
        if (error)
            m_error = error;
        m_writing = false;
        m_underWay.clear();
        if (m_underWay.capacity() > kKeepBytes)
            m_underWay.shrink_to_fit();
        if (!m_waiting.empty())
            start();
        for (const auto& waiter : served)
            waiter->complete(m_error);
    }

    Next m_next;
    std::string m_collected;
    std::string m_underWay;
    Waiters m_waiting; ///< for what is in m_collected
    beast::error_code m_error;
    bool m_writing = false;
};

template <class Next>
void teardown(beast::role_type role, Corked<Next>& stream, beast::error_code& error) {
    using beast::websocket::teardown;
    teardown(role, stream.next_layer(), error);
}

template <class Next, class Handler>
void async_teardown(beast::role_type role, Corked<Next>& stream, Handler&& handler) {
    using beast::websocket::async_teardown;
    async_teardown(role, stream.next_layer(), std::forward<Handler>(handler));
}

} // namespace cb::net
