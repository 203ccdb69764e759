#include "server/channels/phone/rules/player.h"

#include <algorithm>
#include <array>

namespace cb::phone {

namespace {

std::array<std::uint8_t, sound::kFrame> filled(std::uint8_t code) {
    std::array<std::uint8_t, sound::kFrame> frame{};
    frame.fill(code);
    return frame;
}

const std::uint8_t* silentFrame(bool alaw) {
    static const auto ulawFrame = filled(sound::kUlawSilence);
    static const auto alawFrame = filled(sound::kAlawSilence);
    return alaw ? alawFrame.data() : ulawFrame.data();
}

const std::uint8_t* frameOf(const sound::Clip& clip, std::size_t frame, bool alaw) {
    return (alaw ? clip.alaw : clip.ulaw).data() + frame * sound::kFrame;
}

} // namespace

bool Player::play(std::uint16_t id, sound::ClipPtr clip) {
    if (m_plays.size() >= kMostQueued)
        return false;
    const bool awaited = clip == nullptr;
    m_plays.push_back({id, std::move(clip), awaited, 0});
    return true;
}

void Player::supply(std::uint16_t id, sound::ClipPtr clip) {
    const auto it =
        std::find_if(m_plays.begin(), m_plays.end(), [id](const Play& play) { return play.id == id && play.awaited; });
    if (it == m_plays.end())
        return;
    it->clip = std::move(clip);
    it->awaited = false;
}

void Player::stop() {
    m_plays.clear();
}

void Player::music(sound::ClipPtr clip) {
    if (clip == nullptr || clip->frames() == 0)
        return stopMusic();
    if (clip == m_music)
        return;
    m_music = std::move(clip);
    m_musicFrame = 0;
}

void Player::stopMusic() {
    m_music = nullptr;
}

const std::uint8_t* Player::next(bool alaw, std::optional<std::uint16_t>& done) {
    done.reset();
    const auto ended = [](const Play& play) {
        return !play.awaited && (play.clip == nullptr || play.frame >= play.clip->frames());
    };
    if (!m_plays.empty() && ended(m_plays.front())) {
        done = m_plays.front().id;
        m_plays.pop_front();
    }
    if (!m_plays.empty()) {
        auto& play = m_plays.front();
        if (play.awaited || ended(play))
            return silentFrame(alaw);
        m_held = play.clip;
        return frameOf(*m_held, play.frame++, alaw);
    }
    if (!m_music)
        return nullptr;
    m_held = m_music;
    const auto* frame = frameOf(*m_held, m_musicFrame, alaw);
    m_musicFrame = (m_musicFrame + 1) % m_held->frames();
    return frame;
}

} // namespace cb::phone
