#pragma once

#include "server/media/sound/clip.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace cb::phone {

/// What one caller hears: plays one after the other, and music when there is none. Not synchronised: one thread's.
class Player {
public:
    static constexpr std::size_t kMostQueued = 64;

    /// Queues a play. nullptr: its clip will be supplied; silence until then. False, and nothing queued, when
    /// kMostQueued wait.
    bool play(std::uint16_t id, sound::ClipPtr clip);
    /// The clip of the first play of that id that has none. nullptr: there will be none; it is done at once. Not queued
    /// any more: ignored.
    void supply(std::uint16_t id, sound::ClipPtr clip);
    /// Cuts what sounds and forgets what is queued: nothing of it will be `done`. Music stays as it is.
    void stop();

    /// Loops whenever no play is queued; goes on where it was after one. The same clip again changes nothing; nullptr
    /// or an empty clip is stopMusic().
    void music(sound::ClipPtr clip);
    void stopMusic();

    /// next() has, or will soon have, something to send.
    bool sounding() const { return !m_plays.empty() || m_music != nullptr; }

    /// The next 20 ms (sound::kFrame octets), valid until the next call of anything here; nullptr = nothing to send.
    /// `done` = the play that ended with the frame before; at most one a call, so that of several empty ones each has
    /// its own.
    const std::uint8_t* next(bool alaw, std::optional<std::uint16_t>& done);

private:
    struct Play {
        std::uint16_t id = 0;
        sound::ClipPtr clip;
        bool awaited = false; ///< the clip is still to come
        std::size_t frame = 0;
    };

    std::deque<Play> m_plays;
    sound::ClipPtr m_music;
    std::size_t m_musicFrame = 0;
    sound::ClipPtr m_held; ///< whose frame was given last
};

} // namespace cb::phone
