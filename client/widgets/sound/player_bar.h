#pragma once

#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/sound/sound_player.h"

class QSlider;

namespace cb::widgets {

class Waveform;

/// Plays a sound: play and pause, where it is, how fast, how loud. What it plays may come when it is wanted first:
/// until then wanted() is told instead. Space plays and pauses; out of sight it is silent.
class PlayerBar : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit PlayerBar(QWidget* parent = nullptr, const MakeSoundOutput& make = deviceOutput);

    SoundPlayer& player() { return *m_player; }

    /// There is a sound of about this length, which nobody has fetched yet.
    void setAwaited(qint64 millis);
    /// As if play had been pressed, when nothing plays.
    void want();
    /// It is on its way; -1: nobody knows how far.
    void setLoading(int percent = -1);
    /// It plays at once when it was wanted.
    void setSound(Pcm sound);
    /// Why it cannot be heard.
    void setTrouble(const QString& sentence);
    void clear();
    /// A button that saves what is played as a file.
    void setSavable(bool savable);
    void setVolumeShown(bool shown);

Q_SIGNALS:
    void wanted(); ///< play was pressed, and there is nothing yet
    void saveWanted();

protected:
    void retranslate() override;
    void restyle() override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void press();
    void tell();
    void tellTime(qint64 millis);
    void nextSpeed();

    SoundPlayer* m_player;
    IconButton* m_play;
    Label* m_time;
    Waveform* m_wave;
    Button* m_speed;
    IconButton* m_mute;
    QSlider* m_volume;
    IconButton* m_save;
    Label* m_trouble;
    qint64 m_awaited = 0; ///< ms
    int m_percent = -1;
    bool m_loading = false;
    bool m_wanted = false; ///< play it when it is here
};

} // namespace cb::widgets
