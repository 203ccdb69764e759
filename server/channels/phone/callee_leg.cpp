#include "server/channels/phone/callee_leg.h"

#include "server/channels/phone/rules/outcomes.h"
#include "server/channels/phone/rules/trunk_uri.h"

#include <array>
#include <cerrno>

namespace cb::phone {

CalleeLeg::CalleeLeg(desk::CallId id, const model::Trunk& trunk, Owner& owner)
    : SipLeg(id, trunk.id, owner)
    , m_way(trunk) {}

base::Result<void> CalleeLeg::dial(sipsess_sock* socket, const std::string& caller, const std::string& callee,
                                   const std::string& address, const MediaPorts& ports) {
    if (auto opened = open(ports, m_way.srtp); !opened)
        return opened;
    const auto failed = [](const char* what) { return base::with(base::fatal("phone_failed"), "what", what); };
    Description offer;
    if (describe(offer, true) != 0)
        return failed("sdp");
    const std::string to = uriOf(m_way, callee);
    const std::string from = nameOf(m_way, caller);
    const std::string route = routeOf(m_way, address);
    std::array<const char*, 1> routes{route.c_str()};
    sipsess* made = nullptr;
    SipLeg* const self = this; // what the handlers are given
    m_since = steadyMillis();
    const int error = sipsess_connect(&made, socket, to.c_str(), nullptr, from.c_str(), kSipUser, routes.data(),
                                      route.empty() ? 0 : 1, kSdpType, offer.data, &CalleeLeg::onChallenge, self, false,
                                      &CalleeLeg::onOffer, &CalleeLeg::onAnswer, &CalleeLeg::onProgress,
                                      &CalleeLeg::onEstablished, &CalleeLeg::onInfo, nullptr, &CalleeLeg::onClose, self,
                                      "P-Asserted-Identity: <%s>\r\n", from.c_str());
    if (error != 0)
        return failed("connect");
    begun(made);
    sa signalling{};
    (void)sa_set_str(&signalling, address.c_str(), static_cast<std::uint16_t>(m_way.port));
    setDialog(signalling, sip_dialog_callid(sipsess_dialog(made)));
    return {};
}

int CalleeLeg::onChallenge(char** user, char** password, const char*, void* self) {
    const auto& leg = static_cast<const CalleeLeg&>(*static_cast<SipLeg*>(self));
    if (leg.m_way.user.empty())
        return EAUTH;
    const int error = str_dup(user, leg.m_way.user.c_str());
    return error != 0 ? error : str_dup(password, leg.m_way.password.c_str());
}

/// Something on the way to an answer; with a description, sound may come already.
void CalleeLeg::onProgress(const sip_msg* message, void* self) {
    auto& leg = static_cast<CalleeLeg&>(*static_cast<SipLeg*>(self));
    leg.m_heard = true;
    if (mbuf_get_left(message->mb) == 0 || leg.readSdp(message, false) != 0 || leg.m_early)
        return;
    leg.m_early = true;
    leg.owner().onEarly(leg);
}

void CalleeLeg::onEstablished(const sip_msg*, void* self) {
    auto& leg = static_cast<CalleeLeg&>(*static_cast<SipLeg*>(self));
    leg.setAnswered();
    leg.owner().onConnected(leg);
}

std::string CalleeLeg::causeOf(int error, const sip_msg* message) {
    if (answered())
        return error == ECONNRESET ? "hung_up" : "unreachable";
    const DialOutcome outcome = outcomeOf(message != nullptr && message->scode >= 300 ? message->scode : 0);
    m_tryNext = outcome.tryNext;
    return std::string(outcome.cause);
}

void CalleeLeg::look(std::int64_t now, std::int64_t mediaTimeout) {
    SipLeg::look(now, mediaTimeout);
    if (gone() || answered())
        return;
    if (!m_heard && now - m_since > kPatience) {
        m_tryNext = true;
        end("unreachable");
    } else if (now - m_since > kRings) {
        end("no_answer");
    }
}

} // namespace cb::phone
