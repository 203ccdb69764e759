#pragma once

#include "server/media/sound/pcm.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace cb::test {

inline constexpr double kTurn = 2 * 3.14159265358979323846;

inline sound::Pcm toneOf(double hertz, double seconds, double loud = 0.5) {
    sound::Pcm pcm;
    for (int i = 0; i < static_cast<int>(seconds * sound::kRate); ++i)
        pcm.samples.push_back(
            static_cast<std::int16_t>(std::lrint(loud * 32'767 * std::sin(kTurn * hertz * i / sound::kRate))));
    return pcm;
}

/// How strong a tone is, 1 = full scale (Goertzel).
inline double strengthIn(const sound::Pcm& pcm, double hertz) {
    const double w = kTurn * hertz / sound::kRate;
    double a = 0, b = 0;
    for (const auto sample : pcm.samples) {
        const double c = sample / 32'768.0 + 2 * std::cos(w) * a - b;
        b = a;
        a = c;
    }
    const double power = a * a + b * b - 2 * std::cos(w) * a * b;
    return 2 * std::sqrt(std::max(0.0, power)) / static_cast<double>(pcm.samples.size());
}

template <class Result>
std::string codeIn(const Result& result) {
    return result ? std::string() : result.error().code;
}

} // namespace cb::test
