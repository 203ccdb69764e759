#pragma once

#include "shared/base/random.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <memory>

namespace cb::test {

/// A TCP proxy on loopback that harms what goes through it: delay, silence, resets at any byte. One io_context, one
/// thread.
class FaultProxy {
public:
    struct Faults {
        std::chrono::milliseconds delay{0};  ///< added to every read, both ways
        std::uint64_t resetOncePerBytes = 0; ///< a connection is reset after about this many bytes; 0 = never
    };

    FaultProxy(boost::asio::io_context& io, std::uint16_t target, std::uint64_t seed);
    ~FaultProxy();

    std::uint16_t port() const;
    void setTarget(std::uint16_t port);
    void setFaults(Faults faults);
    void resetAll();             ///< RST to both sides of every connection
    void setSilent(bool silent); ///< nothing passes, nothing is closed: a pulled cable. New connections hang, too.
    std::size_t connections() const;
    std::uint64_t resets() const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace cb::test
