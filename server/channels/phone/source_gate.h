#pragma once

#include "shared/base/clock.h"

#include <cstdint>
#include <string_view>

namespace cb::phone {

/// Which RTP packets of one port are the caller's. Others, be they from a stranger, forged or left over, change
/// nothing. A pure value; time is monotonic.
///
/// - Addresses: only those the signalling named (the SDP's, and where the request came from, for callers behind NAT)
///   may send at all, see allowed() of whoever owns the gate. The first of them that sends is locked; another one is
///   heard only when the locked one has been silent for kSilence.
/// - Streams: an SSRC is taken at once when it is the first, or after kProbation packets in sequence (RFC 3550, A.1)
///   when it is another one: a single forged packet takes nothing over.
/// - Sequence: jumps of more than kDropout wait for a second packet in sequence (RFC 3550, A.1).
class SourceGate {
public:
    static constexpr base::Millis kSilence{3'000};
    static constexpr int kProbation = 3;
    static constexpr int kDropout = 3'000;
    static constexpr int kMisorder = 100;

    enum class Verdict { Take, Late, Drop };

    /// `source`: a value that tells addresses with ports apart, never 0.
    Verdict look(std::uint64_t source, std::uint32_t ssrc, std::uint16_t sequence, std::int64_t nowMillis);

    /// The signalling named addresses anew (a re-INVITE): whoever sends next is locked.
    void unlock() { m_source = 0; }
    std::uint64_t source() const { return m_source; } ///< 0 = nobody yet

private:
    bool follows(std::uint16_t sequence);

    std::uint64_t m_source = 0;
    std::int64_t m_heardAt = 0;
    std::uint32_t m_ssrc = 0;
    bool m_hasStream = false;
    std::uint16_t m_last = 0;
    std::uint16_t m_bad = 0; ///< the sequence number that would confirm a jump
    bool m_badSet = false;
    std::uint32_t m_candidate = 0; ///< another stream on probation
    std::uint16_t m_candidateNext = 0;
    int m_candidateCount = 0;
};

} // namespace cb::phone
