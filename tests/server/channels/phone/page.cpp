#include "tests/server/channels/phone/page.h"

#include "server/channels/phone/dtls_identity.h"
#include "server/channels/phone/loop.h"
#include "server/channels/phone/srtp_box.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <vector>

namespace cb::test {

namespace {

constexpr std::uint64_t kTick = 20; ///< ms
constexpr int kAskEvery = 25;       ///< ticks
constexpr std::size_t kSamples = 160;

std::string valueOf(const std::string& sdp, const std::string& name) {
    const auto at = sdp.find(name);
    if (at == std::string::npos)
        return {};
    const auto from = at + name.size();
    return sdp.substr(from, sdp.find_first_of("\r\n", from) - from);
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find(' ', from), text.size());
        words.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

std::string randomWord(std::size_t size) {
    std::string text(size + 1, '\0');
    rand_str(text.data(), text.size());
    text.resize(size);
    return text;
}

} // namespace

struct Page::Impl {
    explicit Impl(std::uint8_t voice)
        : says(voice) {}

    const std::uint8_t says;
    phone::DtlsIdentity identity;
    std::string fragment, password; ///< ours
    std::string theirFragment, theirPassword;
    sa far{};
    phone::Ref<udp_sock> socket;
    phone::Ref<udp_helper> stun;
    phone::Ref<dtls_sock> dtls;
    phone::Ref<tls_conn> connection;
    phone::SrtpBox box;
    tmr timer{};
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 1;
    std::uint32_t timestamp = 0;
    int ticks = 0;
    std::atomic<bool> up{false};
    std::atomic<int> heard{0};
    phone::Loop loop; ///< last: its thread uses the others

    base::Result<void> begin() {
        if (auto made = identity.make(); !made)
            return made;
        sa local{};
        (void)sa_set_str(&local, "127.0.0.1", 0);
        udp_sock* opened = nullptr;
        udp_helper* helper = nullptr;
        dtls_sock* handshakes = nullptr;
        int error = udp_listen(&opened, &local, &Impl::onPacket, this);
        socket.reset(opened);
        if (error == 0)
            error = udp_register_helper(&helper, opened, 0, nullptr, &Impl::onStun, this);
        stun.reset(helper);
        if (error == 0)
            error = dtls_listen(&handshakes, nullptr, opened, 2, 1, nullptr, nullptr);
        dtls.reset(handshakes);
        fragment = randomWord(8);
        password = randomWord(24);
        ssrc = rand_u32();
        tmr_init(&timer);
        return error == 0 ? base::Result<void>() : base::Result<void>(base::fatal("page"));
    }

    void finish() {
        tmr_cancel(&timer);
        connection.reset();
        stun.reset();
        dtls.reset();
        socket.reset();
    }

    static void onTimer(void* self) {
        auto& page = *static_cast<Impl*>(self);
        tmr_start(&page.timer, kTick, &Impl::onTimer, self);
        if (++page.ticks % kAskEvery == 0)
            page.ask();
        page.say();
    }

    /// A check of ICE that nominates (RFC 8445, 7.2).
    void ask() {
        const phone::Ref<mbuf> request(mbuf_alloc(256));
        std::array<std::uint8_t, STUN_TID_SIZE> id{};
        rand_bytes(id.data(), id.size());
        const std::string user = theirFragment + ":" + fragment;
        const std::uint32_t priority = 1'845'501'695;
        const std::uint64_t controlling = rand_u64();
        const auto* key = reinterpret_cast<const std::uint8_t*>(theirPassword.data());
        if (stun_msg_encode(request.get(), STUN_METHOD_BINDING, STUN_CLASS_REQUEST, id.data(), nullptr, key,
                            theirPassword.size(), true, 0, 4, STUN_ATTR_USERNAME, user.c_str(), STUN_ATTR_PRIORITY,
                            &priority, STUN_ATTR_CONTROLLING, &controlling, STUN_ATTR_USE_CAND, &controlling) != 0)
            return;
        request->pos = 0;
        (void)udp_send(socket.get(), &far, request.get());
    }

    /// The answer to a check: the way is open, and the handshake may begin.
    static bool onStun(sa*, mbuf* packet, void* self) {
        auto& page = *static_cast<Impl*>(self);
        if (mbuf_get_left(packet) == 0 || *mbuf_buf(packet) > 3)
            return false;
        if (page.connection)
            return true;
        tls_conn* made = nullptr;
        if (dtls_connect(&made, page.identity.context(), page.dtls.get(), &page.far, &Impl::onKeys, nullptr, nullptr,
                         self) == 0)
            page.connection.reset(made);
        return true;
    }

    static void onKeys(void* self) {
        auto& page = *static_cast<Impl*>(self);
        srtp_suite suite{};
        std::array<std::uint8_t, 64> client{}, server{};
        if (tls_srtp_keyinfo(page.connection.get(), &suite, client.data(), client.size(), server.data(),
                             server.size()) != 0)
            return;
        const bool gcm = suite == SRTP_AES_128_GCM;
        const std::size_t size = gcm ? 28 : 30;
        page.up = page.box.open(gcm ? phone::SrtpBox::Suite::AeadAes128Gcm : phone::SrtpBox::Suite::AesCm128Sha80,
                                {client.data(), size}, {server.data(), size});
    }

    void say() {
        if (!up)
            return;
        const phone::Ref<mbuf> packet(mbuf_alloc(RTP_HEADER_SIZE + kSamples + phone::SrtpBox::kTail));
        rtp_header header{};
        header.ver = RTP_VERSION;
        header.pt = 8;
        header.seq = sequence++;
        timestamp += static_cast<std::uint32_t>(kSamples);
        header.ts = timestamp;
        header.ssrc = ssrc;
        if (rtp_hdr_encode(packet.get(), &header) != 0 || mbuf_fill(packet.get(), says, kSamples) != 0)
            return;
        packet->pos = 0;
        packet->end = box.protect(mbuf_buf(packet.get()), mbuf_get_left(packet.get()), false);
        if (packet->end > 0)
            (void)udp_send(socket.get(), &far, packet.get());
    }

    static void onPacket(const sa*, mbuf* packet, void* self) {
        auto& page = *static_cast<Impl*>(self);
        const std::size_t size = mbuf_get_left(packet);
        if (!page.up || size < RTP_HEADER_SIZE || (mbuf_buf(packet)[1] & 0x7F) > 63) // RTCP is not looked at
            return;
        if (page.box.unprotect(mbuf_buf(packet), size, false) > RTP_HEADER_SIZE)
            ++page.heard;
    }
};

Page::Page(std::uint8_t says)
    : m_impl(std::make_unique<Impl>(says)) {
    (void)m_impl->loop.start([impl = m_impl.get()] { return impl->begin(); },
                             [impl = m_impl.get()] { impl->finish(); });
}

Page::~Page() {
    m_impl->loop.stop();
}

std::string Page::offer() const {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
           "m=audio 9 UDP/TLS/RTP/SAVPF 8 101\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\n"
           "a=ice-ufrag:" +
           m_impl->fragment + "\r\na=ice-pwd:" + m_impl->password + "\r\na=fingerprint:sha-256 " +
           m_impl->identity.fingerprint() +
           "\r\na=setup:actpass\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n";
}

/// "a=candidate:1 1 udp PRIORITY ADDRESS PORT typ host"
void Page::take(const std::string& answer) {
    const auto words = wordsOf(valueOf(answer, "a=candidate:"));
    if (words.size() < 6)
        return;
    (void)m_impl->loop.post([impl = m_impl.get(), words, fragment = valueOf(answer, "a=ice-ufrag:"),
                             password = valueOf(answer, "a=ice-pwd:")] {
        impl->theirFragment = fragment;
        impl->theirPassword = password;
        (void)sa_set_str(&impl->far, words[4].c_str(), static_cast<std::uint16_t>(std::stoi(words[5])));
        impl->ask();
        tmr_start(&impl->timer, kTick, &Impl::onTimer, impl);
    });
}

bool Page::isUp() const {
    return m_impl->up;
}

int Page::heard() const {
    return m_impl->heard;
}

} // namespace cb::test
