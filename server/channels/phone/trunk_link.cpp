#include "server/channels/phone/trunk_link.h"

#include "server/channels/phone/rtp_port.h"
#include "server/channels/phone/rules/trunk_uri.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace cb::phone {

namespace {

constexpr std::int64_t kAskEvery = 30'000;      ///< ms
constexpr std::int64_t kAskDown = 10'000;       ///< of a trunk that is away
constexpr std::int64_t kLongestAnswer = 40'000; ///< libre gives up after 32 s, by a clock that follows the wall's
constexpr std::uint32_t kSignFor = 300;         ///< seconds
constexpr std::uint32_t kLeastSign = 30;
constexpr std::uint32_t kMostSign = 3'600;
constexpr std::int64_t kSignAgain = 30'000; ///< after a failure; twice as long each time
constexpr std::int64_t kMostAgain = 300'000;
constexpr int kMostRetries = 2;

std::uint32_t numberIn(const pl& text) {
    return pl_isset(&text) ? pl_u32(&text) : 0;
}

} // namespace

TrunkLink::TrunkLink(sip* stack, model::Trunk trunk, std::string address)
    : m_stack(stack)
    , m_trunk(std::move(trunk))
    , m_address(std::move(address))
    , m_uri(uriOf(m_trunk, {}))
    , m_name(nameOf(m_trunk, m_trunk.user.empty() ? "cloudbell" : m_trunk.user))
    , m_route(routeOf(m_trunk, m_address))
    , m_expires(kSignFor) {
    std::array<char, 25> id{};
    rand_str(id.data(), id.size());
    m_callId = id.data();
}

/// A request under way is not waited for; what was signed on runs out.
TrunkLink::~TrunkLink() {
    mem_deref(m_request);
}

/// What REGISTER needs, once.
bool TrunkLink::prepare() {
    if (m_dialog && m_auth)
        return true;
    sip_dialog* dialog = nullptr;
    sip_auth* auth = nullptr;
    const char* routes[] = {m_route.c_str()};
    if (sip_dialog_alloc(&dialog, m_uri.c_str(), m_name.c_str(), nullptr, m_name.c_str(), routes,
                         m_route.empty() ? 0 : 1) != 0)
        return false;
    m_dialog.reset(dialog);
    if (sip_auth_alloc(&auth, &TrunkLink::onChallenge, this, false) != 0)
        return false;
    m_auth.reset(auth);
    return true;
}

void TrunkLink::look(std::int64_t now) {
    if (m_request != nullptr && now - m_sentAt < kLongestAnswer)
        return;
    if (m_request != nullptr) {
        mem_deref(m_request); // clears it
        settle(false, 0);
    }
    if (now < m_dueAt)
        return;
    m_sentAt = now;
    m_retries = 0;
    if ((m_trunk.registers ? sign() : ask()) != 0)
        settle(false, 0);
}

int TrunkLink::ask() {
    const std::string target = m_route.empty() ? m_uri : m_route;
    const pl text{target.data(), target.size()};
    struct uri next {};
    if (const int error = uri_decode(&next, &text); error != 0)
        return error;
    return sip_requestf(&m_request, m_stack, true, "OPTIONS", m_uri.c_str(), &next, nullptr, &TrunkLink::onSend,
                        &TrunkLink::onAnswer, this,
                        "To: <%s>\r\nFrom: <%s>;tag=%s\r\nCall-ID: %s\r\nCSeq: %u OPTIONS\r\n"
                        "Accept: application/sdp\r\nContent-Length: 0\r\n\r\n",
                        m_uri.c_str(), m_name.c_str(), m_callId.c_str(), m_callId.c_str(), ++m_sequence);
}

int TrunkLink::sign() {
    if (!prepare())
        return ENOMEM;
    return sip_drequestf(&m_request, m_stack, true, "REGISTER", m_dialog.get(), 0, m_auth.get(), &TrunkLink::onSend,
                         &TrunkLink::onAnswer, this, "Expires: %u\r\nContent-Length: 0\r\n\r\n", m_expires);
}

/// Where calls are to come to.
int TrunkLink::onSend(sip_transp transport, const sa* source, const sa*, mbuf* message, void* self) {
    const auto& link = *static_cast<const TrunkLink*>(self);
    const char* user = link.m_trunk.user.empty() ? "cloudbell" : link.m_trunk.user.c_str();
    return mbuf_printf(message, "Contact: <sip:%s@%J%s>\r\n", user, source, sip_transp_param(transport));
}

int TrunkLink::onChallenge(char** user, char** password, const char*, void* self) {
    const auto& link = *static_cast<const TrunkLink*>(self);
    if (link.m_trunk.user.empty())
        return EAUTH;
    const int error = str_dup(user, link.m_trunk.user.c_str());
    return error != 0 ? error : str_dup(password, link.m_trunk.password.c_str());
}

void TrunkLink::onAnswer(int error, const sip_msg* message, void* self) {
    auto& link = *static_cast<TrunkLink*>(self);
    if (error != 0 || message == nullptr)
        link.settle(false, 0);
    else if (message->scode >= 200)
        link.take(*message);
}

void TrunkLink::take(const sip_msg& message) {
    if (m_trunk.registers && message.scode >= 300 && goOn(message))
        return;
    const bool up = m_trunk.registers ? message.scode < 300 : message.scode != 408 && message.scode != 503;
    if (up && m_trunk.registers) {
        std::uint32_t granted = 0; // the soonest of what is bound there: ours is among them
        (void)sip_msg_hdr_apply(&message, true, SIP_HDR_CONTACT, &TrunkLink::onContact, &granted);
        if (granted == 0)
            granted = numberIn(message.expires);
        m_expires = std::clamp(granted == 0 ? m_expires : granted, kLeastSign, kMostSign);
    }
    settle(up, message.scode);
}

bool TrunkLink::onContact(const sip_hdr* header, const sip_msg*, void* into) {
    auto& soonest = *static_cast<std::uint32_t*>(into);
    pl value{};
    if (msg_param_decode(&header->val, "expires", &value) == 0)
        if (const std::uint32_t seconds = numberIn(value); seconds > 0)
            soonest = soonest == 0 ? seconds : std::min(soonest, seconds);
    return false; // all of them
}

bool TrunkLink::goOn(const sip_msg& message) {
    if (m_retries++ >= kMostRetries)
        return false;
    if (message.scode == 401 || message.scode == 407) {
        sip_auth_reset(m_auth.get());
        return m_retries == 1 && sip_auth_authenticate(m_auth.get(), &message) == 0 && sign() == 0;
    }
    const sip_hdr* least = message.scode == 423 ? sip_msg_hdr(&message, SIP_HDR_MIN_EXPIRES) : nullptr;
    const std::uint32_t seconds = least != nullptr ? numberIn(least->val) : 0;
    if (seconds <= m_expires || seconds > kMostSign)
        return false;
    m_expires = seconds;
    return sign() == 0;
}

void TrunkLink::settle(bool up, int code) {
    const std::int64_t now = steadyMillis();
    m_failures = up ? 0 : std::min(m_failures + 1, 8);
    if (!m_trunk.registers)
        m_dueAt = now + (up ? kAskEvery : kAskDown);
    else if (up)
        m_dueAt = now + static_cast<std::int64_t>(m_expires) * 800; // well before it runs out
    else
        m_dueAt = now + std::min(kMostAgain, kSignAgain << (m_failures - 1));
    const State state = up ? State::Up : State::Down;
    if (std::exchange(m_state, state) == state)
        return;
    m_since = base::SystemClock().now();
    if (up)
        spdlog::info("event=trunk_up trunk={}", m_trunk.id.value);
    else
        spdlog::warn("event=trunk_down trunk={} code={}", m_trunk.id.value, code);
}

} // namespace cb::phone
