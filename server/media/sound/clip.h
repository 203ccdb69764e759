#pragma once

#include "server/media/sound/pcm.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cb::sound {

inline constexpr std::size_t kFrame = 160; ///< samples of 20 ms; in G.711 as many octets

/// ITU-T G.711. Any sample has a code; a code's sample is the middle of those that have it (14 bits in µ-law, 13 in
/// A-law, at the top of 16).
std::uint8_t toUlaw(std::int16_t sample);
std::uint8_t toAlaw(std::int16_t sample);
std::int16_t fromUlaw(std::uint8_t code);
std::int16_t fromAlaw(std::uint8_t code);

inline constexpr std::uint8_t kUlawSilence = 0xFF;
inline constexpr std::uint8_t kAlawSilence = 0xD5;

/// A sound ready for the wire: G.711 in both laws, 8 kHz, one channel, padded with silence to whole frames of 20 ms.
struct Clip {
    std::vector<std::uint8_t> ulaw, alaw; ///< of one length, a multiple of kFrame

    std::size_t frames() const { return ulaw.size() / kFrame; }
    base::Millis length() const { return base::Millis(static_cast<std::int64_t>(frames()) * 20); }
    std::size_t bytes() const { return ulaw.size() + alaw.size(); }
    bool operator==(const Clip&) const = default;
};

/// Shared: a call goes on sounding a clip that the library has meanwhile let go.
using ClipPtr = std::shared_ptr<const Clip>;

/// Pure. Nothing becomes a clip of no frames.
ClipPtr clipOf(const Pcm& pcm);
Pcm pcmOf(const Clip& clip);

/// A clip's file, in a form of our own: written beside its place, synced and renamed into it, so that it is there whole
/// or not at all. The folder must be there. Blocks. Errors: storage_unavailable (retry).
base::Result<void> saveClip(const std::string& path, const Clip& clip);
/// Errors: not_found; audio_unreadable (rejected) for what saveClip did not write; storage_unavailable (retry).
base::Result<ClipPtr> loadClip(const std::string& path);

} // namespace cb::sound
