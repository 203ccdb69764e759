#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace cb::phone {

/// SRTP and SRTCP of one leg (RFC 3711, RFC 7714) by libsrtp2, which authenticates a packet before it changes anything;
/// libre's own does not, so that a few forged packets would end a call. One thread at a time.
class SrtpBox {
public:
    enum class Suite { AesCm128Sha80, AeadAes128Gcm };
    static constexpr std::size_t kTail = 32; ///< room that a packet needs behind it

    ~SrtpBox();
    SrtpBox();
    SrtpBox(const SrtpBox&) = delete;
    SrtpBox& operator=(const SrtpBox&) = delete;

    /// Key and salt, one after the other. False: of a wrong length, or refused.
    bool open(Suite suite, std::span<const std::uint8_t> sending, std::span<const std::uint8_t> receiving);
    bool isOpen() const { return m_impl != nullptr; }

    /// In place; the new size, 0: not sent, or not theirs. `packet` has kTail behind it when it is protected.
    std::size_t protect(std::uint8_t* packet, std::size_t size, bool rtcp);
    std::size_t unprotect(std::uint8_t* packet, std::size_t size, bool rtcp);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::phone
