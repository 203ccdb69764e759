#include "server/channels/phone/source_gate.h"

#include <cstdint>
#include <cstdlib>

/// RTP packets of four senders with four streams each, in any order, four bytes a packet: who is heard keeps the others
/// out until silence, or until the signalling names addresses anew.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Verdict = phone::SourceGate::Verdict;
    phone::SourceGate gate;
    std::int64_t now = 0;
    std::int64_t heardAt = 0;
    for (std::size_t at = 0; at + 4 <= size; at += 4) {
        const unsigned who = data[at];
        if (who == 0xFF) {
            gate.unlock();
            continue;
        }
        const std::uint64_t source = 1 + (who & 3U);
        const std::uint32_t stream = (who >> 2) & 3U;
        const auto sequence = static_cast<std::uint16_t>((data[at + 1] << 8) | data[at + 2]);
        now += data[at + 3] * 16;
        const auto before = gate.source();
        const auto verdict = gate.look(source, stream, sequence, now);
        if (before != 0 && before != source && now - heardAt < phone::SourceGate::kSilence.count())
            require(verdict == Verdict::Drop && gate.source() == before);
        else
            require(gate.source() == source);
        if (verdict != Verdict::Drop)
            heardAt = now;
    }
    return 0;
}
