#include "server/channels/phone/sip_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace cb::phone {

namespace {

constexpr int kLongestTimer = 86'400;

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool collect(const sip_hdr* header, const sip_msg*, void* into) {
    auto& all = *static_cast<std::vector<std::string_view>*>(into);
    std::string_view rest = view(header->val);
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        if (const auto token = trimmed(rest.substr(0, comma)); !token.empty())
            all.push_back(token);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return false; // go on
}

} // namespace

std::vector<std::string_view> tokens(const sip_msg* message, sip_hdrid header) {
    std::vector<std::string_view> all;
    (void)sip_msg_hdr_apply(message, true, header, &collect, &all);
    return all;
}

bool hasToken(const sip_msg* message, sip_hdrid header, std::string_view token) {
    const auto all = tokens(message, header);
    return std::any_of(all.begin(), all.end(), [token](std::string_view one) { return same(one, token); });
}

std::optional<SessionTimer> sessionTimer(const sip_msg* message) {
    const sip_hdr* header = sip_msg_hdr(message, SIP_HDR_SESSION_EXPIRES);
    if (header == nullptr)
        return std::nullopt;
    const std::string_view value = trimmed(view(header->val));
    SessionTimer timer;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), timer.seconds);
    if (error != std::errc{} || timer.seconds <= 0 || timer.seconds > kLongestTimer)
        return std::nullopt;
    std::string_view rest(end, static_cast<std::size_t>(value.data() + value.size() - end));
    while (!rest.empty()) {
        rest.remove_prefix(1); // ';'
        const auto next = std::min(rest.find(';'), rest.size());
        timer.byServer = timer.byServer || same(trimmed(rest.substr(0, next)), "refresher=uas");
        rest.remove_prefix(next);
    }
    return timer;
}

} // namespace cb::phone
