#include "server/channels/phone/call_recording.h"

#include "server/media/sound/clip.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cb::phone {

namespace {

constexpr std::size_t kMostHeard = 1'600; ///< samples of a packet: 200 ms

} // namespace

CallRecording::CallRecording(sound::Recorder& recorder, model::SessionId session, sound::Recorder::Told told)
    : m_recorder(recorder)
    , m_number(session.value)
    , m_startedAt(steadyMillis()) {
    m_recorder.begin(m_number, std::move(told));
}

CallRecording::~CallRecording() {
    look();
    if (auto rest = m_blocks.rest(now()); !rest.samples.empty())
        write(std::move(rest));
    m_recorder.end(m_number);
}

std::int64_t CallRecording::now() const {
    return (steadyMillis() - m_startedAt) * (sound::kRate / 1'000);
}

void CallRecording::listen(bool on) {
    if (std::exchange(m_on, on) == on)
        return;
    m_far.reset();
    m_agent.reset();
}

void CallRecording::look() {
    while (auto block = m_blocks.take(now()))
        write(std::move(*block));
}

/// A second of which nothing was said need not be written.
void CallRecording::write(StereoBlocks::Block block) {
    const bool silent =
        std::all_of(block.samples.begin(), block.samples.end(), [](std::int16_t sample) { return sample == 0; });
    if (!silent)
        (void)m_recorder.write(m_number, block.position, std::move(block.samples));
}

void CallRecording::Side::heard(std::uint32_t source, std::uint32_t timestamp, std::span<const std::uint8_t> g711,
                                bool alaw) {
    if (!m_recording.m_on)
        return;
    std::array<std::int16_t, kMostHeard> samples;
    const std::size_t size = std::min(g711.size(), samples.size());
    for (std::size_t i = 0; i < size; ++i)
        samples[i] = alaw ? sound::fromAlaw(g711[i]) : sound::fromUlaw(g711[i]);
    m_recording.m_blocks.put(m_side, m_track.place(source, timestamp, m_recording.now()), {samples.data(), size});
}

} // namespace cb::phone
