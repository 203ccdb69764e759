#include "server/channels/phone/rules/keys.h"

#include <algorithm>
#include <cmath>

namespace cb::phone {

namespace {

constexpr double kToneRate = 8'000;
constexpr std::size_t kRows = 4, kTones = 8;
constexpr std::array<double, kTones> kFrequencies{697, 770, 852, 941, 1'209, 1'336, 1'477, 1'633}; ///< Hz, Q.23
constexpr std::string_view kPad = "123A456B789C*0#D";

// As powers. Found by trial against tones at the edges of Q.24 and an hour of speech: 0.55 of the power in both tones
// already finds keys in speech, 0.7 still hears every key.
constexpr double kLeastLevel = 32'768 * 0.0079; ///< of each tone: -42 dBFS
constexpr double kInTones = 0.66;               ///< of all power, at least
constexpr double kHighLouder = 6.3;             ///< 8 dB
constexpr double kLowLouder = 10;               ///< 10 dB
constexpr double kOverOthers = 4.5;             ///< 6.5 dB, over the other rows or columns

constexpr int kHitsOfKey = 4;     ///< blocks, of 6.4 ms each and 12.8 ms the last: 32 ms
constexpr int kMissesOfPause = 4; ///< a gap of 10 ms is in three

const std::array<double, kTones>& coefficients() {
    static const auto all = [] {
        std::array<double, kTones> values{};
        for (std::size_t i = 0; i < kTones; ++i)
            values[i] = 2 * std::cos(2 * 3.14159265358979323846 * kFrequencies[i] / kToneRate);
        return values;
    }();
    return all;
}

/// Goertzel: a tone of amplitude a in n samples has (a n / 2)².
std::array<double, kTones> powers(std::span<const std::int16_t> block) {
    std::array<double, kTones> last{}, before{}, power{};
    const auto& c = coefficients();
    for (const double sample : block)
        for (std::size_t i = 0; i < kTones; ++i) {
            const double now = sample + c[i] * last[i] - before[i];
            before[i] = last[i];
            last[i] = now;
        }
    for (std::size_t i = 0; i < kTones; ++i)
        power[i] = last[i] * last[i] + before[i] * before[i] - c[i] * last[i] * before[i];
    return power;
}

/// True when `best` stands out among those from `from` to `to`.
bool standsOut(const std::array<double, kTones>& power, std::size_t best, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
        if (i != best && power[i] * kOverOthers > power[best])
            return false;
    return true;
}

/// The key whose tones a block consists of; 0 = none.
char keyIn(std::span<const std::int16_t> block) {
    const auto power = powers(block);
    const auto row = static_cast<std::size_t>(std::max_element(power.begin(), power.begin() + kRows) - power.begin());
    const auto column = static_cast<std::size_t>(std::max_element(power.begin() + kRows, power.end()) - power.begin());
    const auto size = static_cast<double>(block.size());
    const double least = std::pow(kLeastLevel * size / 2, 2);
    if (power[row] < least || power[column] < least || power[column] > power[row] * kHighLouder ||
        power[row] > power[column] * kLowLouder || !standsOut(power, row, 0, kRows) ||
        !standsOut(power, column, kRows, kTones))
        return 0;
    double all = 0;
    for (const double sample : block)
        all += sample * sample;
    // A tone of amplitude a has a² n / 2 of that.
    return (power[row] + power[column]) * 2 / size < kInTones * all ? '\0' : kPad[row * 4 + column - kRows];
}

} // namespace

std::optional<char> ToneKeys::take(std::span<const std::int16_t> samples) {
    while (!samples.empty()) {
        const auto count = std::min(samples.size(), kBlock - m_filled);
        std::copy_n(samples.begin(), count, m_block.begin() + static_cast<std::ptrdiff_t>(m_filled));
        samples = samples.subspan(count);
        m_filled += count;
        if (m_filled < kBlock)
            break;
        if (const auto key = step(keyIn(m_block)))
            m_told += *key;
        std::copy(m_block.begin() + kStep, m_block.end(), m_block.begin());
        m_filled = kBlock - kStep;
    }
    if (m_told.empty())
        return std::nullopt;
    const char key = m_told.front();
    m_told.erase(0, 1);
    return key;
}

void ToneKeys::reset() {
    *this = {};
}

std::optional<char> ToneKeys::step(char heard) {
    if (m_key != 0 && heard == m_key) {
        m_misses = 0;
        m_candidate = 0;
        m_hits = 0;
        return std::nullopt;
    }
    if (m_key != 0 && ++m_misses >= kMissesOfPause)
        m_key = 0;
    m_hits = heard != 0 && heard == m_candidate ? m_hits + 1 : heard != 0 ? 1 : 0;
    m_candidate = heard;
    if (m_hits < kHitsOfKey)
        return std::nullopt;
    m_key = heard;
    m_misses = 0;
    m_candidate = 0;
    m_hits = 0;
    return heard;
}

} // namespace cb::phone
