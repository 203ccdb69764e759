#include "server/channels/phone/sip_text.h"

#include <cstdlib>
#include <string>

/// Any bytes as a SIP message, and as headers of a good one: what is read of it lies in it and is as told.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

void readMessage(const std::string& text) {
    const phone::Ref<mbuf> buffer(mbuf_alloc(text.size() + 1));
    require(buffer != nullptr &&
            mbuf_write_mem(buffer.get(), reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) == 0);
    mbuf_set_pos(buffer.get(), 0);
    sip_msg* decoded = nullptr;
    if (sip_msg_decode(&decoded, buffer.get()) != 0)
        return;
    const phone::Ref<sip_msg> message(decoded);
    for (const auto header : {SIP_HDR_SUPPORTED, SIP_HDR_REQUIRE, SIP_HDR_ALLOW})
        for (const auto token : phone::tokens(message.get(), header)) {
            require(!token.empty() && token.find(',') == std::string_view::npos);
            require(token.find_first_not_of(" \t") == 0 && token.find_last_not_of(" \t") == token.size() - 1);
            require(phone::hasToken(message.get(), header, token));
        }
    if (const auto timer = phone::sessionTimer(message.get()))
        require(timer->seconds > 0 && timer->seconds <= 86'400);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    readMessage(bytes);
    readMessage("INVITE sip:95588@192.0.2.1 SIP/2.0\r\n" + bytes + "\r\n\r\n");
    return 0;
}
