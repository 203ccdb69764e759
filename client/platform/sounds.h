#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <array>
#include <memory>
#include <vector>

class QMediaDevices;
class QSoundEffect;

namespace cb::platform {

enum class Sound { Ring, Message, Warning };

struct SoundDevice {
    QByteArray id; ///< for Sounds::setDevice
    QString name;
};
/// The outputs there are now.
std::vector<SoundDevice> soundDevices();

/// Ring, message and warning. Opened on first use, so that starting the program does not wait for the audio system.
/// Without an output device nothing happens and nothing is logged; a device that appears later is used. GUI thread.
class Sounds : public QObject {
    Q_OBJECT
public:
    explicit Sounds(QObject* parent = nullptr);
    ~Sounds() override;

    /// Ring repeats until stop(); the others sound once, messages at most once in two seconds.
    void play(Sound sound);
    void stop(Sound sound);
    bool isPlaying(Sound sound) const;
    /// From play() to stop(), unless it is muted: heard where there is a device.
    bool isRinging() const { return m_ringing && !isMuted(Sound::Ring); }

    void setMuted(Sound sound, bool muted);
    bool isMuted(Sound sound) const { return m_muted[std::size_t(sound)]; }
    /// 0…1, for all.
    void setVolume(double volume);
    /// QAudioDevice::id() of the wanted output; the system's default when empty or no longer there.
    void setDevice(const QByteArray& id);
    bool hasDevice();

Q_SIGNALS:
    /// It is played and not muted: heard where there is a device.
    void began(cb::platform::Sound sound);

private:
    void open();
    void close();

    std::array<std::unique_ptr<QSoundEffect>, 3> m_effects;
    std::array<bool, 3> m_muted{};
    std::unique_ptr<QMediaDevices> m_devices;
    QByteArray m_wanted;
    QByteArray m_opened;
    QElapsedTimer m_lastMessage;
    double m_volume = 0.8;
    bool m_ringing = false;
};

} // namespace cb::platform
