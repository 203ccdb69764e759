#pragma once

#include "server/channels/phone/rtp_port.h"
#include "server/channels/phone/rules/recording.h"
#include "server/media/sound/recorder.h"
#include "shared/model/ids.h"

#include <functional>

namespace cb::phone {

/// The recording of one call, as the loop's thread sees it: what the two ends say is put in its place and handed to the
/// recorder, a second at a time. The far end is on the left, the agent on the right. It outlives the ends it taps.
class CallRecording {
public:
    /// `told` as of the recorder, on its thread. `recorder` outlives it.
    CallRecording(sound::Recorder& recorder, model::SessionId session, sound::Recorder::Told told);
    ~CallRecording(); ///< what is left is written, and the file closed
    CallRecording(const CallRecording&) = delete;
    CallRecording& operator=(const CallRecording&) = delete;

    /// False: what is said now is silence (held, or nobody talks).
    void listen(bool on);
    SoundTap& far() { return m_far; }
    SoundTap& agent() { return m_agent; }

    /// Every second.
    void look();

private:
    class Side final : public SoundTap {
    public:
        Side(CallRecording& recording, StereoBlocks::Side side)
            : m_recording(recording)
            , m_side(side) {}
        void heard(std::uint32_t source, std::uint32_t timestamp, std::span<const std::uint8_t> g711,
                   bool alaw) override;
        void reset() { m_track.reset(); }

    private:
        CallRecording& m_recording;
        const StereoBlocks::Side m_side;
        RecordingTrack m_track;
    };
    std::int64_t now() const; ///< samples since the beginning
    void write(StereoBlocks::Block block);

    sound::Recorder& m_recorder;
    const std::int64_t m_number;
    const std::int64_t m_startedAt;
    StereoBlocks m_blocks;
    Side m_far{*this, StereoBlocks::Side::Left};
    Side m_agent{*this, StereoBlocks::Side::Right};
    bool m_on = false;
};

} // namespace cb::phone
