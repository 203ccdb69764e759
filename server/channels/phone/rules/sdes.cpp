#include "server/channels/phone/rules/sdes.h"

#include <algorithm>
#include <charconv>

namespace cb::phone {

namespace {

constexpr std::string_view kSuite = "AES_CM_128_HMAC_SHA1_80";
constexpr std::string_view kInline = "inline:";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kText = 40; ///< of 30 octets: no padding
constexpr int kMostTag = 999'999'999;

std::string_view nextWord(std::string_view& text) {
    const auto from = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(from);
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    return word;
}

std::optional<SdesKey> keyOf(std::string_view text) {
    if (text.size() != kText)
        return std::nullopt;
    SdesKey key{};
    for (std::size_t i = 0; i < kText / 4; ++i) {
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const auto digit = kBase64.find(text[i * 4 + j]);
            if (digit == std::string_view::npos)
                return std::nullopt;
            bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        }
        for (std::size_t j = 0; j < 3; ++j)
            key[i * 3 + j] = static_cast<std::uint8_t>(bits >> (16 - 8 * j));
    }
    return key;
}

/// Session parameters that change nothing for us: a hint, and what may be ignored by its mark (RFC 4568, 6.3).
bool isHarmless(std::string_view parameter) {
    return parameter.rfind("WSH=", 0) == 0 || parameter.front() == '-';
}

} // namespace

std::optional<SdesOffer> readSdes(std::string_view attribute) {
    SdesOffer offer;
    const auto tag = nextWord(attribute);
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), offer.tag);
    if (error != std::errc{} || end != tag.data() + tag.size() || offer.tag < 0 || offer.tag > kMostTag)
        return std::nullopt;
    if (nextWord(attribute) != kSuite)
        return std::nullopt;
    auto parameter = nextWord(attribute);
    if (parameter.rfind(kInline, 0) != 0 || parameter.find(';') != std::string_view::npos ||
        parameter.find(':', kInline.size()) != std::string_view::npos)
        return std::nullopt;
    parameter.remove_prefix(kInline.size());
    const auto key = keyOf(parameter.substr(0, parameter.find('|'))); // a lifetime may follow: no call lasts so long
    if (!key)
        return std::nullopt;
    offer.key = *key;
    for (auto more = nextWord(attribute); !more.empty(); more = nextWord(attribute))
        if (!isHarmless(more))
            return std::nullopt;
    return offer;
}

std::string writeSdes(const SdesOffer& offer) {
    std::string text = std::to_string(offer.tag) + ' ' + std::string(kSuite) + ' ' + std::string(kInline);
    for (std::size_t i = 0; i < offer.key.size(); i += 3) {
        const std::uint32_t bits = static_cast<std::uint32_t>(offer.key[i]) << 16 |
                                   static_cast<std::uint32_t>(offer.key[i + 1]) << 8 | offer.key[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            text += kBase64[(bits >> shift) & 63];
    }
    return text;
}

} // namespace cb::phone
