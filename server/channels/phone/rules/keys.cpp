#include "server/channels/phone/rules/keys.h"

#include <algorithm>
#include <charconv>

namespace cb::phone {

namespace {

constexpr std::string_view kEventKeys = "0123456789*#ABCD"; ///< by event code (RFC 4733, 3.2)
constexpr std::int32_t kLate = 5 * 8'000;                   ///< samples; what is older comes from a clock set anew
/// Within this many samples of a packet without an end the same key is the same event, whatever the timestamp says: a
/// key and a pause take longer.
constexpr std::int32_t kMoved = 480;
constexpr std::uint16_t kLongest = 0xFFFF;

std::string_view withoutBlanks(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto from = text.find_first_not_of(kBlanks);
    return from == std::string_view::npos ? std::string_view{}
                                          : text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool sameWord(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// "5", "#", "d", "11".
std::optional<char> keyOfSignal(std::string_view signal) {
    if (signal.size() == 1) {
        const char key = signal[0] >= 'a' && signal[0] <= 'd' ? static_cast<char>(signal[0] - 'a' + 'A') : signal[0];
        return kEventKeys.find(key) == std::string_view::npos ? std::nullopt : std::optional(key);
    }
    std::size_t code = 0;
    const auto [end, error] = std::from_chars(signal.data(), signal.data() + signal.size(), code);
    if (signal.size() != 2 || error != std::errc{} || end != signal.data() + signal.size() || code < 10 ||
        code >= kEventKeys.size())
        return std::nullopt;
    return kEventKeys[code];
}

} // namespace

bool EventKeys::goesOn(std::uint8_t code, std::uint32_t timestamp) const {
    if (!m_last || m_last->code != code)
        return false;
    const auto apart = static_cast<std::int32_t>(timestamp - m_last->timestamp);
    if (apart == 0)
        return true;
    if (m_last->ended || apart < 0)
        return false;
    // RFC 4733, 2.5.1.3: an event longer than a packet can tell goes on as another one, right behind.
    return apart <= kMoved || (apart == kLongest && m_last->duration == kLongest);
}

std::optional<char> EventKeys::take(std::span<const std::uint8_t> payload, std::uint32_t timestamp) {
    if (payload.size() < 4 || payload[0] >= kEventKeys.size())
        return std::nullopt;
    const std::uint8_t code = payload[0];
    const bool end = (payload[1] & 0x80) != 0;
    const auto duration = static_cast<std::uint16_t>((payload[2] << 8) | payload[3]);
    if (m_last && goesOn(code, timestamp)) {
        m_last->duration = timestamp == m_last->timestamp ? std::max(m_last->duration, duration) : duration;
        m_last->timestamp = timestamp;
        m_last->ended = m_last->ended || end;
        return std::nullopt;
    }
    if (m_last) {
        const auto apart = static_cast<std::int32_t>(timestamp - m_last->timestamp);
        if (apart < 0 && apart > -kLate)
            return std::nullopt; // a packet of an earlier event, overtaken
    }
    m_last = Event{timestamp, code, duration, end};
    return kEventKeys[code];
}

std::optional<char> keyOfInfo(std::string_view contentType, std::string_view body) {
    const auto type = withoutBlanks(contentType.substr(0, contentType.find(';')));
    if (sameWord(type, "application/dtmf"))
        return keyOfSignal(withoutBlanks(body));
    if (!sameWord(type, "application/dtmf-relay"))
        return std::nullopt;
    while (!body.empty()) {
        const auto end = std::min(body.find('\n'), body.size());
        const auto line = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        const auto equals = line.find('=');
        if (equals != std::string_view::npos && sameWord(withoutBlanks(line.substr(0, equals)), "signal"))
            return keyOfSignal(withoutBlanks(line.substr(equals + 1)));
    }
    return std::nullopt;
}

bool KeyPress::isNew(char key, Way way, std::int64_t now) {
    std::erase_if(m_presses, [now](const Press& press) { return now - press.at > kSame; });
    const unsigned bit = 1U << static_cast<unsigned>(way);
    const auto same = std::find_if(m_presses.begin(), m_presses.end(),
                                   [&](const Press& press) { return press.key == key && (press.ways & bit) == 0; });
    if (same != m_presses.end()) {
        same->ways |= bit;
        return false;
    }
    constexpr std::size_t kMost = 32; // a flood of events: nobody presses so many in so short a time
    if (m_presses.size() >= kMost)
        m_presses.erase(m_presses.begin());
    m_presses.push_back({key, now, bit});
    return true;
}

} // namespace cb::phone
