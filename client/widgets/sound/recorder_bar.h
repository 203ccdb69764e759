#pragma once

#include "client/widgets/sound/player_bar.h"
#include "client/widgets/sound/sound_recorder.h"

class QStackedWidget;

namespace cb::widgets {

class LevelMeter;

/// Records a sound: begin, see that the microphone hears, stop, listen, take or discard. GUI thread.
class RecorderBar : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit RecorderBar(QWidget* parent = nullptr, const MakeSoundInput& in = deviceInput,
                         const MakeSoundOutput& out = deviceOutput);

    SoundRecorder& recorder() { return *m_recorder; }
    bool hasRecording() const { return !m_recorder->isRecording() && !m_recorder->sound().isEmpty(); }
    QByteArray file() const; ///< WAVE; empty without a recording
    void discard();

Q_SIGNALS:
    void changed(); ///< there is a recording, or there is none any more

protected:
    void retranslate() override;
    void restyle() override;

private:
    enum Page { Idle, Recording, Done };
    void turnTo(Page page);
    void tellTime();

    SoundRecorder* m_recorder;
    QStackedWidget* m_pages;
    Button* m_start;
    Label* m_trouble;
    LevelMeter* m_level;
    Label* m_time;
    Button* m_stop;
    PlayerBar* m_player;
    Button* m_discard;
};

} // namespace cb::widgets
