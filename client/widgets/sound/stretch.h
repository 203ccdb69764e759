#pragma once

#include "client/widgets/sound/pcm.h"

namespace cb::widgets {

/// Reads a sound faster or slower than it is, at its own pitch: pieces of it are laid over each other where they fit
/// best (WSOLA). One thread.
class Stretch {
public:
    /// `pcm` outlives it.
    explicit Stretch(const Pcm& pcm);

    void seek(qint64 frame);
    double position() const; ///< the frame that is read next
    double speed() const { return m_speed; }
    void setSpeed(double speed); ///< 0.5 to 3
    bool atEnd() const { return m_next >= double(m_pcm.frames()) && m_readyAt >= m_ready.size(); }

    /// At most so many frames to `to`, samples as in a Pcm. Returns how many; fewer at the end.
    qint64 read(qint16* to, qint64 frames);

private:
    void make();
    qint64 fitting(qint64 ideal) const;
    int sample(qint64 frame, int channel) const;

    const Pcm& m_pcm;
    const qint64 m_half; ///< frames of a piece's half: pieces overlap by that
    double m_speed = 1;
    double m_next = 0;
    std::vector<qint16> m_tail;  ///< second half of the piece before
    std::vector<qint16> m_ready; ///< not read yet, from m_readyAt on
    std::size_t m_readyAt = 0;
};

} // namespace cb::widgets
