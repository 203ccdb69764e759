#include "server/channels/phone/rules/keys.h"

#include <algorithm>
#include <cstdlib>

/// Any bytes as events in RTP, as the content type and, on the lines below, the body of a SIP INFO, and as sound: keys
/// come out or nothing, and what is told twice is one key.
using namespace cb;

namespace {

constexpr std::string_view kKeys = "0123456789*#ABCD";

void require(bool good) {
    if (!good)
        std::abort();
}

void check(std::optional<char> key) {
    require(!key || kKeys.find(*key) != std::string_view::npos);
}

/// Six bytes a packet: how far the timestamp moves on, and the payload.
void events(std::span<const std::uint8_t> bytes) {
    phone::EventKeys keys;
    std::uint32_t timestamp = 0;
    for (; bytes.size() >= 6; bytes = bytes.subspan(6)) {
        timestamp += static_cast<std::uint32_t>((bytes[0] << 8) | bytes[1]);
        check(keys.take(bytes.subspan(2, 4), timestamp));
        require(!keys.take(bytes.subspan(2, 4), timestamp));
        require(!keys.take(bytes.subspan(2, 3), timestamp)); // cut short
    }
}

void tones(std::span<const std::uint8_t> bytes) {
    std::vector<std::int16_t> samples;
    for (; bytes.size() >= 2; bytes = bytes.subspan(2))
        samples.push_back(static_cast<std::int16_t>((bytes[0] << 8) | bytes[1]));
    phone::ToneKeys keys;
    for (std::span<const std::int16_t> rest(samples); !rest.empty();) {
        const auto piece = rest.first(std::min<std::size_t>(rest.size(), 160));
        check(keys.take(piece));
        rest = rest.subspan(piece.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> bytes(data, size);
    events(bytes);
    tones(bytes);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(text.find('\n'), size);
    check(phone::keyOfInfo(text.substr(0, line), text.substr(std::min(line + 1, size))));
    return 0;
}
