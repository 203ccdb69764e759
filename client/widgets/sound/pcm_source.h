#pragma once

#include "client/widgets/sound/stretch.h"

#include <QIODevice>

namespace cb::widgets {

/// A sound as an output reads it: at the speed wanted, and at the rate the output takes. GUI thread.
class PcmSource final : public QIODevice {
    Q_OBJECT
public:
    /// `pcm` outlives it. `rate`: of the output.
    PcmSource(const Pcm& pcm, int rate, QObject* parent = nullptr);

    void begin(qint64 millis, double speed);
    void setSpeed(double speed) { m_stretch.setSpeed(speed); }
    qint64 position() const; ///< ms, of what is read next
    bool isOver() const;

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char* data, qint64 size) override;
    qint64 writeData(const char* /*data*/, qint64 /*size*/) override { return -1; }

private:
    bool fetch();

    const Pcm& m_pcm;
    const double m_step; ///< frames of the sound for one of the output
    Stretch m_stretch;
    std::vector<qint16> m_frames; ///< read from the sound, those before m_at heard already
    double m_at = 0;
};

} // namespace cb::widgets
