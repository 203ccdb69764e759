#pragma once

#include "client/widgets/sound/pcm.h"
#include "client/widgets/sound/sound_output.h"

#include <QTimer>

namespace cb::widgets {

class PcmSource;

/// Plays one sound. GUI thread.
class SoundPlayer : public QObject {
    Q_OBJECT
public:
    enum class State {
        Empty,
        Ready, ///< at the place it is to begin from
        Playing,
        Paused
    };
    Q_ENUM(State)

    explicit SoundPlayer(QObject* parent = nullptr, const MakeSoundOutput& make = deviceOutput);
    ~SoundPlayer() override;

    /// Takes the place of the one before, which stops. Speed and volume stay.
    void setSound(Pcm sound);
    const Pcm& sound() const { return m_sound; }
    State state() const { return m_state; }
    bool isPlaying() const { return m_state == State::Playing; }

    void play(); ///< goes on, or from the beginning after the end
    void pause();
    void stop(); ///< to the beginning
    void seek(qint64 millis);
    qint64 position() const; ///< ms
    qint64 duration() const { return m_sound.millis(); }
    double speed() const { return m_speed; }
    void setSpeed(double speed);
    double volume() const { return m_volume; }
    void setVolume(double volume); ///< 0 to 1

Q_SIGNALS:
    void soundChanged();
    void stateChanged();
    void positionChanged(qint64 millis);
    void finished(); ///< it was heard to its end
    void silent();   ///< it was to be played, and there is nothing to hear it by

private:
    void set(State state);
    void close();
    bool open();
    void end();

    MakeSoundOutput m_make;
    std::unique_ptr<SoundOutput> m_output; ///< made when first needed
    Pcm m_sound;
    std::unique_ptr<PcmSource> m_source; ///< while the output is open
    State m_state = State::Empty;
    qint64 m_from = 0; ///< ms, where it begins while nothing is open
    double m_speed = 1;
    double m_volume = 1;
    QTimer m_tick;
};

} // namespace cb::widgets
