#pragma once

#include "server/media/sound/pcm.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cb::phone {

/// Where one side's sound stands in a recording, in samples since its beginning: by the sender's clock, so that packets
/// that came late or in another order are in their place, and anew by ours when the two are too far apart (another
/// stream, a gap, clocks that differ). Not synchronised: one thread's.
class RecordingTrack {
public:
    static constexpr std::int64_t kSlack = sound::kRate * 3 / 10;

    /// `now`: by our clock, when the packet came.
    std::int64_t place(std::uint32_t source, std::uint32_t timestamp, std::int64_t now);
    /// What comes next is placed by our clock.
    void reset() { m_anchored = false; }

private:
    bool m_anchored = false;
    std::uint32_t m_source = 0;
    std::uint32_t m_timestamp = 0; ///< of the packet that was placed by our clock
    std::int64_t m_position = 0;   ///< where
};

/// The two sides of a call as blocks of stereo, one second each; what nobody said is silence. Not synchronised: one
/// thread's.
class StereoBlocks {
public:
    enum class Side { Left, Right };
    static constexpr std::size_t kBlock = sound::kRate;          ///< samples of a side
    static constexpr std::int64_t kLate = sound::kRate * 4 / 10; ///< sound may come so much later than it is due

    /// What is too old or too far ahead is left out.
    void put(Side side, std::int64_t position, std::span<const std::int16_t> samples);

    struct Block {
        std::int64_t position = 0;         ///< of its first sample
        std::vector<std::int16_t> samples; ///< left, right, left, …
    };
    /// The next one, once nothing more can come for it.
    std::optional<Block> take(std::int64_t now);
    /// All that is left, up to `now`; empty: nothing.
    Block rest(std::int64_t now);

private:
    static constexpr std::size_t kWindow = 2 * kBlock;

    std::int64_t m_base = 0; ///< position of the window's first sample
    std::vector<std::int16_t> m_window = std::vector<std::int16_t>(2 * kWindow);
};

} // namespace cb::phone
