#include "server/channels/phone/srtp_box.h"

#include <srtp2/srtp.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace cb::phone {

namespace {

constexpr std::size_t kWindow = 256; ///< packets that may be late

struct Context {
    srtp_t srtp = nullptr;
    ~Context() {
        if (srtp != nullptr)
            srtp_dealloc(srtp);
    }

    bool open(SrtpBox::Suite suite, std::span<const std::uint8_t> key, srtp_ssrc_type_t direction) {
        std::array<std::uint8_t, SRTP_MAX_KEY_LEN> copy{};
        srtp_policy_t policy{};
        if (suite == SrtpBox::Suite::AeadAes128Gcm) {
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
        } else {
            srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
            srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
        }
        if (static_cast<int>(key.size()) != policy.rtp.cipher_key_len)
            return false;
        std::copy(key.begin(), key.end(), copy.begin());
        policy.ssrc.type = direction;
        policy.key = copy.data();
        policy.window_size = kWindow;
        return srtp_create(&srtp, &policy) == srtp_err_status_ok;
    }
};

} // namespace

struct SrtpBox::Impl {
    Context out, in;
};

SrtpBox::SrtpBox() = default;
SrtpBox::~SrtpBox() = default;

bool SrtpBox::open(Suite suite, std::span<const std::uint8_t> sending, std::span<const std::uint8_t> receiving) {
    static std::once_flag once;
    std::call_once(once, [] { (void)srtp_init(); });
    auto impl = std::make_unique<Impl>();
    if (!impl->out.open(suite, sending, ssrc_any_outbound) || !impl->in.open(suite, receiving, ssrc_any_inbound))
        return false;
    m_impl = std::move(impl);
    return true;
}

std::size_t SrtpBox::protect(std::uint8_t* packet, std::size_t size, bool rtcp) {
    int length = static_cast<int>(size);
    const auto done =
        rtcp ? srtp_protect_rtcp(m_impl->out.srtp, packet, &length) : srtp_protect(m_impl->out.srtp, packet, &length);
    return done == srtp_err_status_ok ? static_cast<std::size_t>(length) : 0;
}

std::size_t SrtpBox::unprotect(std::uint8_t* packet, std::size_t size, bool rtcp) {
    int length = static_cast<int>(size);
    const auto done =
        rtcp ? srtp_unprotect_rtcp(m_impl->in.srtp, packet, &length) : srtp_unprotect(m_impl->in.srtp, packet, &length);
    return done == srtp_err_status_ok ? static_cast<std::size_t>(length) : 0;
}

} // namespace cb::phone
