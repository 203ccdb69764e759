#include "shared/model/screen_pop.h"

#include <algorithm>

namespace cb::model {

namespace {

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kUnreserved.find(c) != std::string_view::npos)
            out += c;
        else
            out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
    return out;
}

} // namespace

std::string filledUrl(std::string_view url, const PopValues& values) {
    const std::array<std::string, kPopPlaceholders.size()> words{values.session ? std::to_string(values.session.value)
                                                                                : std::string(),
                                                                 values.channel,
                                                                 values.callerNumber,
                                                                 values.calleeNumber,
                                                                 values.openId,
                                                                 values.nickname,
                                                                 values.staffNo,
                                                                 values.skillGroup};
    std::string out;
    for (;;) {
        const auto begin = url.find("${");
        const auto end = begin == std::string_view::npos ? begin : url.find('}', begin);
        if (end == std::string_view::npos)
            break;
        const auto name = url.substr(begin + 2, end - begin - 2);
        const auto* found = std::find(kPopPlaceholders.begin(), kPopPlaceholders.end(), name);
        out += url.substr(0, begin);
        if (found == kPopPlaceholders.end())
            out += url.substr(begin, end + 1 - begin);
        else
            out += percentEncoded(words[static_cast<std::size_t>(found - kPopPlaceholders.begin())]);
        url.remove_prefix(end + 1);
    }
    out += url;
    return out;
}

} // namespace cb::model
