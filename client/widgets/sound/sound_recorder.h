#pragma once

#include "client/widgets/sound/pcm.h"
#include "client/widgets/sound/sound_input.h"

namespace cb::widgets {

/// Records from a microphone, up to a length. GUI thread.
class SoundRecorder : public QObject {
    Q_OBJECT
public:
    explicit SoundRecorder(QObject* parent = nullptr, const MakeSoundInput& make = deviceInput);
    ~SoundRecorder() override;

    void setLongest(qint64 bytes) { m_mostBytes = bytes; } ///< of the file; it stops there by itself
    bool isRecording() const { return m_recording; }
    const Pcm& sound() const { return m_sound; }

    void start(); ///< what was recorded before is lost
    void stop();
    void clear();

Q_SIGNALS:
    void started();
    void stopped();              ///< also by itself, when it is as long as it may be or the microphone goes
    void level(double loudness); ///< 0 to 1, of the piece that came last
    void silent();               ///< there is no microphone, or it does not open

private:
    void take(const std::vector<qint16>& samples);

    MakeSoundInput m_make;
    std::unique_ptr<SoundInput> m_input; ///< made when first needed
    Pcm m_sound;
    qint64 m_mostBytes = qint64(5) * 1024 * 1024;
    bool m_recording = false;
};

} // namespace cb::widgets
