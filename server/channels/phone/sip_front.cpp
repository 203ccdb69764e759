#include "server/channels/phone/sip_front.h"

#include "server/channels/phone/sip_text.h"

#include <array>

namespace cb::phone {

namespace {

constexpr std::uint32_t kTransactions = 4'096; ///< buckets of the stack's tables, not limits
constexpr std::uint32_t kConnections = 64;
constexpr int kLeastTimer = 90; ///< Min-SE (RFC 4028, 5)
constexpr const char* kAllowed = "INVITE,ACK,BYE,CANCEL,OPTIONS,INFO,UPDATE,PRACK";
constexpr const char* kSupported = "timer,100rel";

base::Error cannot(const std::string& what) {
    return base::with(base::fatal("phone_failed"), "what", what);
}

/// "udp:0.0.0.0:5060" into its parts; the address in brackets when it is IPv6.
struct Where {
    sip_transp transport = SIP_TRANSP_UDP;
    sa address{};
    std::string name;
};
std::optional<Where> whereOf(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos)
        return std::nullopt;
    Where where;
    where.name = text.substr(0, colon);
    if (where.name == "tcp")
        where.transport = SIP_TRANSP_TCP;
    else if (where.name == "tls")
        where.transport = SIP_TRANSP_TLS;
    else if (where.name != "udp")
        return std::nullopt;
    if (sa_decode(&where.address, text.c_str() + colon + 1, text.size() - colon - 1) != 0)
        return std::nullopt;
    return where;
}

bool isMethod(const sip_msg* message, std::string_view method) {
    return view(message->met) == method;
}

/// What we can do of what they insist on.
std::string lacking(const sip_msg* message) {
    std::string list;
    for (const std::string_view token : tokens(message, SIP_HDR_REQUIRE))
        if (pl wanted{token.data(), token.size()};
            pl_strcasecmp(&wanted, "timer") != 0 && pl_strcasecmp(&wanted, "100rel") != 0)
            list += (list.empty() ? "" : ",") + std::string(token);
    return list;
}

} // namespace

base::Result<void> SipFront::open(const std::vector<std::string>& listen, const std::string& certificateFile) {
    sip* stack = nullptr;
    if (sip_alloc(&stack, nullptr, kTransactions, kTransactions, kConnections, "Cloudbell", nullptr, nullptr) != 0)
        return cannot("sip");
    m_sip.reset(stack);
    for (const std::string& where : listen)
        if (auto opened = listenOn(where, certificateFile); !opened)
            return opened;
    sip_lsnr* screen = nullptr;
    sipsess_sock* sessions = nullptr;
    // Listeners are asked in the order they came: ours stands before the sessions'.
    if (sip_listen(&screen, stack, true, &SipFront::onRequest, this) != 0)
        return cannot("sip");
    m_screen.reset(screen);
    if (sipsess_listen(&sessions, stack, kTransactions, &SipFront::onInvite, this) != 0)
        return cannot("sip");
    m_sessions.reset(sessions);
    return {};
}

base::Result<void> SipFront::listenOn(const std::string& text, const std::string& certificateFile) {
    auto where = whereOf(text);
    if (!where)
        return cannot(text);
    int error = 0;
    if (where->transport == SIP_TRANSP_TLS) {
        struct tls* context = nullptr;
        if (tls_alloc(&context, TLS_METHOD_SSLV23, certificateFile.c_str(), nullptr) != 0)
            return cannot(certificateFile);
        error = sip_transp_add(m_sip.get(), where->transport, &where->address, context);
        mem_deref(context);
    } else {
        error = sip_transp_add(m_sip.get(), where->transport, &where->address);
    }
    sa bound{};
    if (error == 0)
        error = sip_transp_laddr(m_sip.get(), &bound, where->transport, &where->address);
    if (error != 0)
        return cannot(text);
    std::array<char, 64> shown{};
    (void)re_snprintf(shown.data(), shown.size(), "%J", &bound);
    m_addresses.push_back(where->name + ":" + shown.data());
    return {};
}

void SipFront::close() {
    if (m_sessions)
        sipsess_close_all(m_sessions.get());
    if (m_sip)
        sip_close(m_sip.get(), true);
    m_sessions.reset();
    m_screen.reset();
    m_sip.reset();
}

bool SipFront::onRequest(const sip_msg* message, void* self) {
    return static_cast<SipFront*>(self)->screen(message);
}

/// True = dealt with.
bool SipFront::screen(const sip_msg* message) {
    const auto trunk = m_owner.trunkOf(message->src);
    if (!trunk) {
        ++m_counts.strangers;
        if (!isMethod(message, "ACK"))
            (void)sip_reply(m_sip.get(), message, 403, "Forbidden");
        return true;
    }
    if (isMethod(message, "INVITE"))
        return message->to.tag.l == 0 && refuseInvite(message, *trunk);
    if (isMethod(message, "OPTIONS")) {
        (void)sip_replyf(m_sip.get(), message, 200, "OK",
                         "Allow: %s\r\nSupported: %s\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n", kAllowed,
                         kSupported);
        return true;
    }
    if (isMethod(message, "PRACK")) { // of a 180 that is not repeated: nothing waits for it
        (void)sip_reply(m_sip.get(), message, 200, "OK");
        return true;
    }
    if (isMethod(message, "UPDATE")) {
        if (!m_owner.onUpdate(message))
            (void)sip_reply(m_sip.get(), message, 481, "Call Does Not Exist");
        return true;
    }
    return false;
}

/// Of an INVITE that begins a call; true: it was refused.
bool SipFront::refuseInvite(const sip_msg* message, model::TrunkId trunk) {
    if (const std::string missing = lacking(message); !missing.empty()) {
        (void)sip_replyf(m_sip.get(), message, 420, "Bad Extension", "Unsupported: %s\r\nContent-Length: 0\r\n\r\n",
                         missing.c_str());
        return true;
    }
    if (const auto timer = sessionTimer(message); timer && timer->seconds < kLeastTimer) {
        (void)sip_replyf(m_sip.get(), message, 422, "Session Interval Too Small",
                         "Min-SE: %d\r\nContent-Length: 0\r\n\r\n", kLeastTimer);
        return true;
    }
    if (const int later = m_owner.admit(trunk); later > 0) {
        ++m_counts.refused;
        (void)sip_replyf(m_sip.get(), message, 503, "Service Unavailable",
                         "Retry-After: %d\r\nContent-Length: 0\r\n\r\n", later);
        return true;
    }
    return false;
}

void SipFront::onInvite(const sip_msg* message, void* self) {
    auto& front = *static_cast<SipFront*>(self);
    if (const auto trunk = front.m_owner.trunkOf(message->src))
        front.m_owner.onInvite(message, *trunk);
}

} // namespace cb::phone
