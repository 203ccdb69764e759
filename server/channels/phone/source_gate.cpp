#include "server/channels/phone/source_gate.h"

namespace cb::phone {

SourceGate::Verdict SourceGate::look(std::uint64_t source, std::uint32_t ssrc, std::uint16_t sequence,
                                     std::int64_t nowMillis) {
    if (m_source == 0)
        m_source = source;
    if (source != m_source) {
        if (nowMillis - m_heardAt < kSilence.count())
            return Verdict::Drop;
        m_source = source;
        m_hasStream = false;
    }
    if (!m_hasStream) {
        m_hasStream = true;
        m_ssrc = ssrc;
        m_last = static_cast<std::uint16_t>(sequence - 1);
        m_badSet = false;
    }
    if (ssrc != m_ssrc) {
        const bool next = m_candidateCount > 0 && ssrc == m_candidate && sequence == m_candidateNext;
        m_candidateCount = next ? m_candidateCount + 1 : 1;
        m_candidate = ssrc;
        m_candidateNext = static_cast<std::uint16_t>(sequence + 1);
        if (m_candidateCount < kProbation)
            return Verdict::Drop;
        m_ssrc = ssrc;
        m_candidateCount = 0;
        m_badSet = false;
        m_last = static_cast<std::uint16_t>(sequence - 1);
    }
    const auto before = m_last;
    if (!follows(sequence))
        return Verdict::Drop;
    m_heardAt = nowMillis;
    return m_last == before ? Verdict::Late : Verdict::Take;
}

bool SourceGate::follows(std::uint16_t sequence) {
    const auto ahead = static_cast<std::uint16_t>(sequence - m_last);
    if (ahead != 0 && ahead < kDropout) {
        m_last = sequence;
        m_badSet = false;
        return true;
    }
    if (ahead == 0 || ahead > 65'536 - kMisorder)
        return true;                     // doubled, or late
    if (m_badSet && sequence == m_bad) { // two in sequence: the sender has started anew
        m_badSet = false;
        m_last = sequence;
        return true;
    }
    m_bad = static_cast<std::uint16_t>(sequence + 1);
    m_badSet = true;
    return false;
}

} // namespace cb::phone
