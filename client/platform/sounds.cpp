#include "client/platform/sounds.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QSoundEffect>
#include <QUrl>

// Resources of a static library are registered by hand, outside any namespace.
static void registerSounds() {
    Q_INIT_RESOURCE(sounds);
}

namespace cb::platform {

namespace {

constexpr int kMessagePauseMs = 2000;

QUrl fileOf(std::size_t index) {
    static const std::array<QUrl, 3> files{QUrl(QStringLiteral("qrc:/sounds/ring.wav")),
                                           QUrl(QStringLiteral("qrc:/sounds/message.wav")),
                                           QUrl(QStringLiteral("qrc:/sounds/warning.wav"))};
    return files[index];
}

QAudioDevice find(const QByteArray& id) {
    for (const QAudioDevice& device : QMediaDevices::audioOutputs())
        if (!id.isEmpty() && device.id() == id)
            return device;
    return QMediaDevices::defaultAudioOutput();
}

} // namespace

std::vector<SoundDevice> soundDevices() {
    std::vector<SoundDevice> devices;
    for (const QAudioDevice& device : QMediaDevices::audioOutputs())
        devices.push_back({device.id(), device.description()});
    return devices;
}

Sounds::Sounds(QObject* parent)
    : QObject(parent) {
    registerSounds();
}

Sounds::~Sounds() = default;

void Sounds::open() {
    if (!m_devices) {
        m_devices = std::make_unique<QMediaDevices>();
        connect(m_devices.get(), &QMediaDevices::audioOutputsChanged, this, [this] {
            if (find(m_wanted).id() == m_opened)
                return;
            close();
            if (m_ringing)
                play(Sound::Ring); // the headset was pulled out: ring on what is left
        });
    }
    const QAudioDevice device = find(m_wanted);
    if (device.isNull() || m_effects[0])
        return;
    m_opened = device.id();
    for (std::size_t i = 0; i < m_effects.size(); ++i) {
        m_effects[i] = std::make_unique<QSoundEffect>(device);
        m_effects[i]->setSource(fileOf(i));
        m_effects[i]->setVolume(float(m_volume));
        m_effects[i]->setLoopCount(i == std::size_t(Sound::Ring) ? QSoundEffect::Infinite : 1);
    }
}

void Sounds::close() {
    for (auto& effect : m_effects)
        effect.reset();
    m_opened.clear();
}

void Sounds::play(Sound sound) {
    if (sound == Sound::Ring)
        m_ringing = true;
    if (isMuted(sound))
        return;
    if (sound == Sound::Message) {
        if (m_lastMessage.isValid() && m_lastMessage.elapsed() < kMessagePauseMs)
            return;
        m_lastMessage.start();
    }
    Q_EMIT began(sound);
    open();
    if (auto& effect = m_effects[std::size_t(sound)]; effect && !effect->isPlaying())
        effect->play();
}

void Sounds::stop(Sound sound) {
    if (sound == Sound::Ring)
        m_ringing = false;
    if (auto& effect = m_effects[std::size_t(sound)])
        effect->stop();
}

bool Sounds::isPlaying(Sound sound) const {
    const auto& effect = m_effects[std::size_t(sound)];
    return effect && effect->isPlaying();
}

void Sounds::setMuted(Sound sound, bool muted) {
    m_muted[std::size_t(sound)] = muted;
    if (muted) {
        if (auto& effect = m_effects[std::size_t(sound)])
            effect->stop();
    } else if (sound == Sound::Ring && m_ringing) {
        play(sound);
    }
}

void Sounds::setVolume(double volume) {
    m_volume = qBound(0.0, volume, 1.0);
    for (auto& effect : m_effects)
        if (effect)
            effect->setVolume(float(m_volume));
}

void Sounds::setDevice(const QByteArray& id) {
    m_wanted = id;
    if (!m_effects[0] || find(id).id() == m_opened)
        return;
    close();
    if (m_ringing)
        play(Sound::Ring);
}

bool Sounds::hasDevice() {
    open();
    return m_effects[0] != nullptr;
}

} // namespace cb::platform
