#pragma once

#include <cstdint>

namespace cb::base {

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, the same numbers on every platform, so that a failing run can
/// be replayed. Not for secrets: those come from libsodium in server/auth.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }

    /// Uniform in [0, bound); 0 when bound is 0.
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }

    /// True once in `n` on average.
    bool oneIn(std::uint64_t n) { return below(n) == 0; }

private:
    std::uint64_t m_state;
};

} // namespace cb::base
