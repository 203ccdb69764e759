#include "client/widgets/sound/sound_player.h"

#include "client/widgets/sound/pcm_source.h"

#include <algorithm>
#include <utility>

namespace cb::widgets {

namespace {

constexpr int kTickMillis = 50;

} // namespace

SoundPlayer::SoundPlayer(QObject* parent, const MakeSoundOutput& make)
    : QObject(parent)
    , m_make(make) {
    m_tick.setInterval(kTickMillis);
    connect(&m_tick, &QTimer::timeout, this, [this] { Q_EMIT positionChanged(position()); });
}

SoundPlayer::~SoundPlayer() {
    close();
}

void SoundPlayer::setSound(Pcm sound) {
    close();
    m_sound = std::move(sound);
    m_from = 0;
    Q_EMIT soundChanged();
    set(m_sound.isEmpty() ? State::Empty : State::Ready);
    Q_EMIT positionChanged(0);
}

void SoundPlayer::set(State state) {
    const bool ticks = state == State::Playing;
    if (ticks != m_tick.isActive())
        ticks ? m_tick.start() : m_tick.stop();
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

bool SoundPlayer::open() {
    if (!m_output) {
        m_output = m_make();
        // Later: the device may not be done with the source when it tells of it.
        connect(m_output.get(), &SoundOutput::drained, this, &SoundPlayer::end, Qt::QueuedConnection);
        connect(
            m_output.get(), &SoundOutput::lost, this,
            [this] {
                if (!m_source)
                    return;
                m_from = position();
                close();
                set(State::Ready);
                Q_EMIT silent();
            },
            Qt::QueuedConnection);
        m_output->setVolume(m_volume);
    }
    const int rate = m_output->rateFor(m_sound.rate, m_sound.channels);
    if (rate <= 0)
        return false;
    m_source = std::make_unique<PcmSource>(m_sound, rate);
    m_source->open(QIODevice::ReadOnly | QIODevice::Unbuffered); // else it would be a second ahead
    m_source->begin(m_from, m_speed);
    if (m_output->open(rate, m_sound.channels, m_source.get()))
        return true;
    close();
    return false;
}

void SoundPlayer::close() {
    if (!m_source)
        return;
    m_output->close();
    m_source.reset();
}

void SoundPlayer::play() {
    if (m_state == State::Paused) {
        m_output->setPaused(false);
        return set(State::Playing);
    }
    if (m_state != State::Ready)
        return;
    if (!open())
        return void(Q_EMIT silent());
    set(State::Playing);
}

void SoundPlayer::pause() {
    if (m_state != State::Playing)
        return;
    m_output->setPaused(true);
    set(State::Paused);
    Q_EMIT positionChanged(position());
}

void SoundPlayer::stop() {
    if (m_state == State::Empty)
        return;
    close();
    m_from = 0;
    set(State::Ready);
    Q_EMIT positionChanged(0);
}

void SoundPlayer::end() {
    if (m_state != State::Playing || !m_source->isOver()) // of another place than where it plays now
        return;
    stop();
    Q_EMIT finished();
}

/// What the device holds already would be heard before the new place: it is opened anew.
void SoundPlayer::seek(qint64 millis) {
    if (m_state == State::Empty)
        return;
    const bool plays = m_state == State::Playing;
    close();
    m_from = std::clamp<qint64>(millis, 0, duration());
    set(State::Ready);
    if (plays)
        play();
    Q_EMIT positionChanged(position());
}

qint64 SoundPlayer::position() const {
    return m_source ? std::min(m_source->position(), duration()) : m_from;
}

void SoundPlayer::setSpeed(double speed) {
    m_speed = speed;
    if (m_source)
        m_source->setSpeed(speed);
}

void SoundPlayer::setVolume(double volume) {
    m_volume = std::clamp(volume, 0.0, 1.0);
    if (m_output)
        m_output->setVolume(m_volume);
}

} // namespace cb::widgets
