#include "server/media/sound/hold_music.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cb::sound {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr std::size_t kLoop = std::size_t{16} * kRate;
constexpr double kLoudest = 0.3; ///< of full scale: below speech

/// Four chords of four seconds; MIDI's numbers of notes, within what a telephone lets through. The first is the bass.
constexpr std::array<std::array<int, 5>, 4> kChords{{
    {48, 64, 67, 71, 76}, // C major seventh
    {57, 60, 64, 67, 72}, // A minor seventh
    {53, 65, 69, 72, 76}, // F major seventh
    {55, 62, 65, 69, 74}, // G ninth
}};
constexpr std::array<std::size_t, 8> kPattern{1, 2, 3, 4, 3, 2, 4, 3}; ///< a note every half second

double frequencyOf(int note) {
    return 440.0 * std::pow(2.0, (note - 69) / 12.0);
}

/// One struck note that dies away, round the end of the loop if need be.
void strike(std::vector<double>& loop, std::size_t at, int note, double loud, double fades) {
    const double step = 2 * kPi * frequencyOf(note) / kRate;
    const auto length = static_cast<std::size_t>(6 * fades * kRate);
    for (std::size_t i = 0; i < length; ++i) {
        const double time = static_cast<double>(i) / kRate;
        const double rise = std::min(1.0, time / 0.012); // no click
        const double phase = step * static_cast<double>(i);
        const double wave = std::sin(phase) + 0.25 * std::sin(2 * phase) * std::exp(-time / (fades * 0.4)) +
                            0.08 * std::sin(3 * phase) * std::exp(-time / (fades * 0.2));
        loop[(at + i) % loop.size()] += loud * rise * std::exp(-time / fades) * wave;
    }
}

ClipPtr makeMusic() {
    std::vector<double> loop(kLoop, 0.0);
    constexpr std::size_t kBeat = kRate / 2;
    for (std::size_t chord = 0; chord < kChords.size(); ++chord) {
        const std::size_t bar = chord * kPattern.size() * kBeat;
        strike(loop, bar, kChords[chord][0] + 12, 0.6, 1.1);
        strike(loop, bar + 4 * kBeat, kChords[chord][2], 0.35, 1.1);
        for (std::size_t beat = 0; beat < kPattern.size(); ++beat)
            strike(loop, bar + beat * kBeat, kChords[chord][kPattern[beat]], beat % 4 == 0 ? 0.8 : 0.55, 0.7);
    }
    double peak = 0;
    for (const double sample : loop)
        peak = std::max(peak, std::abs(sample));
    Pcm pcm;
    pcm.samples.reserve(loop.size());
    for (const double sample : loop)
        pcm.samples.push_back(static_cast<std::int16_t>(std::lrint(sample / peak * kLoudest * 32'767)));
    return clipOf(pcm);
}

} // namespace

ClipPtr holdMusic() {
    static const ClipPtr music = makeMusic();
    return music;
}

} // namespace cb::sound
