#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cb::phone {

/// Keys are '0'–'9', '*', '#', 'A'–'D' everywhere here. Nothing is synchronised: each is one call's, on one thread.

/// Keys as events in RTP (RFC 4733, 2.3 and 2.5; RFC 2833 alike): a key once for each event, with its first packet that
/// arrives, be others lost, doubled or late. Also from senders that move the timestamp within an event.
class EventKeys {
public:
    /// One packet, in the order of arrival.
    std::optional<char> take(std::span<const std::uint8_t> payload, std::uint32_t timestamp);
    /// The source changed (another SSRC): its timestamps are others.
    void reset() { m_last.reset(); }

private:
    struct Event {
        std::uint32_t timestamp = 0;
        std::uint8_t code = 0;
        std::uint16_t duration = 0; ///< the longest told so far, in samples
        bool ended = false;
    };
    bool goesOn(std::uint8_t code, std::uint32_t timestamp) const;

    std::optional<Event> m_last;
};

/// A key in a SIP INFO: application/dtmf-relay ("Signal=5" and "Duration=160" on lines of their own) and
/// application/dtmf ("5"). Both also with the numbers 10 and 11 for '*' and '#', 12–15 for 'A'–'D'.
std::optional<char> keyOfInfo(std::string_view contentType, std::string_view body);

/// Keys as tones in the sound (DTMF: ITU-T Q.23; heard as Q.24 wants: 1.5 % off, the high tone up to 6 dB the louder,
/// or the low one 8 dB, from -40 dBm0, from 40 ms with pauses from 40 ms; neither tones shorter than 20 ms or 3.5 %
/// off, nor speech; a gap of 10 ms does not make two of one). Takes some 3 µs for 20 ms.
class ToneKeys {
public:
    /// The next samples at 8 kHz, as many as there are. Should there be a second key in them, it comes with the next.
    std::optional<char> take(std::span<const std::int16_t> samples);
    void reset();

private:
    static constexpr std::size_t kBlock = 102; ///< samples looked at at once, each half of them twice
    static constexpr std::size_t kStep = kBlock / 2;

    std::optional<char> step(char heard);

    std::array<std::int16_t, kBlock> m_block{};
    std::size_t m_filled = 0;
    char m_key = 0;       ///< sounds, and was told; 0 = none
    char m_candidate = 0; ///< was in the last m_hits blocks
    int m_hits = 0;
    int m_misses = 0;   ///< blocks since m_key was heard
    std::string m_told; ///< found, not taken yet
};

/// One press told in several ways is one key: the same key in another way within kSame is the same press.
class KeyPress {
public:
    enum class Way { Event, Info, Tone };
    static constexpr std::int64_t kSame = 250; ///< ms

    /// True when this is news. `now`: milliseconds of a clock that never goes back.
    bool isNew(char key, Way way, std::int64_t now);

private:
    struct Press {
        char key = 0;
        std::int64_t at = 0;
        unsigned ways = 0; ///< bits
    };
    std::vector<Press> m_presses; ///< of the last kSame, oldest first
};

} // namespace cb::phone
