#include "client/floweditor/document/listener.h"

#include <algorithm>

namespace cb::floweditor {

using flow::Sound;

namespace {

constexpr std::size_t kMostKnown = 8; ///< music of some minutes is megabytes

} // namespace

Listener::Listener(Fetch fetch, QObject* parent, const widgets::MakeSoundOutput& make)
    : QObject(parent)
    , m_fetch(std::move(fetch))
    , m_player(nullptr, make) {
    connect(&m_player, &widgets::SoundPlayer::finished, this, [this] {
        m_queue.pop_front();
        next();
    });
    connect(&m_player, &widgets::SoundPlayer::silent, this,
            [this] { fail(tr("This computer has nothing to hear it by. Plug in headphones or loudspeakers.")); });
}

Listener::~Listener() {
    m_player.disconnect(this);
}

bool Listener::isAudible(const Sound& sound) {
    switch (sound.source) {
    case Sound::Source::None:
        return false;
    case Sound::Source::Audio:
        return static_cast<bool>(sound.audio);
    case Sound::Source::Speech:
        return sound.text.find_first_not_of(" \t\r\n") != std::string::npos;
    }
    return false;
}

void Listener::listen(const Sound& sound) {
    m_queue.clear();
    if (isAudible(sound))
        m_queue.push_back(sound);
    m_trouble.clear();
    next();
}

void Listener::follow(const Sound& sound) {
    if (!isAudible(sound))
        return;
    m_queue.push_back(sound);
    if (m_queue.size() > 1)
        return;
    m_trouble.clear();
    next();
}

void Listener::stop() {
    m_queue.clear();
    next();
}

Listener::State Listener::state(const Sound& sound) const {
    if (m_queue.empty() || m_queue.front() != sound)
        return State::Silent;
    return m_coming ? State::Coming : State::Heard;
}

QString Listener::trouble(const Sound& sound) const {
    return m_failed == sound ? m_trouble : QString();
}

void Listener::next() {
    m_coming.reset();
    m_player.stop();
    if (m_queue.empty())
        return void(Q_EMIT changed());
    const auto known =
        std::find_if(m_known.begin(), m_known.end(), [this](const auto& one) { return one.first == m_queue.front(); });
    if (known != m_known.end())
        return play(known->second);
    m_coming = std::make_unique<QObject>();
    Q_EMIT changed();
    if (m_coming) // nobody has changed their mind at once
        m_fetch(m_queue.front(), m_coming.get(),
                [this](widgets::Pcm sound, const QString& trouble) { take(std::move(sound), trouble); });
}

void Listener::take(widgets::Pcm sound, const QString& trouble) {
    m_coming.release()->deleteLater(); // it is who tells us
    if (sound.isEmpty())
        return fail(trouble);
    m_known.emplace_back(m_queue.front(), std::move(sound));
    if (m_known.size() > kMostKnown)
        m_known.pop_front();
    play(m_known.back().second);
}

void Listener::play(const widgets::Pcm& sound) {
    m_player.setSound(sound);
    Q_EMIT changed();
    m_player.play();
}

/// What would have followed it is not heard either.
void Listener::fail(const QString& trouble) {
    m_failed = m_queue.empty() ? Sound{} : m_queue.front();
    m_trouble = trouble;
    stop();
}

} // namespace cb::floweditor
