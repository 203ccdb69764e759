#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cb::sound {

inline constexpr int kRate = 8'000; ///< samples a second on the telephone

/// Sound as the telephone has it: one channel, kRate, 16 bits signed.
struct Pcm {
    std::vector<std::int16_t> samples;

    base::Millis length() const { return base::Millis(static_cast<std::int64_t>(samples.size()) * 1'000 / kRate); }
    bool operator==(const Pcm&) const = default;
};

/// What a file is by its content, whatever its name says.
enum class Format { Unknown, Wav, Mp3 };
Format formatOf(std::string_view bytes);

/// A wav or mp3 file of any sample rate with any number of channels, mixed down and resampled. Pure; takes about 1 % of
/// the sound's length. Errors (rejected): audio_format (neither wav nor mp3), audio_unreadable (broken, or nothing in
/// it), audio_too_long (params.seconds).
base::Result<Pcm> decoded(std::string_view bytes, base::Seconds longest);

/// Samples of one channel at another rate (Hz, 1,000–192,000) as the telephone has them.
base::Result<Pcm> resampled(const std::vector<std::int16_t>& samples, int rate);

/// A wav file of it, and back without loss.
std::string wavOf(const Pcm& pcm);

} // namespace cb::sound
