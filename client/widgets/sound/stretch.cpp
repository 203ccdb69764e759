#include "client/widgets/sound/stretch.h"

#include <algorithm>
#include <cmath>

namespace cb::widgets {

namespace {

constexpr int kHalfMillis = 20;
constexpr int kSearchMillis = 10;  ///< how far from its place a piece may be taken
constexpr int kHeardRate = 16'000; ///< Hz; what is finer tells nothing of where pieces fit

} // namespace

Stretch::Stretch(const Pcm& pcm)
    : m_pcm(pcm)
    , m_half(std::max<qint64>(1, qint64(pcm.rate) * kHalfMillis / 1'000)) {
    seek(0);
}

int Stretch::sample(qint64 frame, int channel) const {
    if (frame < 0 || frame >= m_pcm.frames())
        return 0;
    return m_pcm.samples[std::size_t(frame * m_pcm.channels + channel)];
}

void Stretch::seek(qint64 frame) {
    m_next = double(std::clamp<qint64>(frame, 0, m_pcm.frames()));
    m_ready.clear();
    m_readyAt = 0;
    m_tail.clear();
    for (qint64 i = 0; i < m_half; ++i)
        for (int channel = 0; channel < m_pcm.channels; ++channel)
            m_tail.push_back(qint16(sample(qint64(m_next) + i, channel)));
}

double Stretch::position() const {
    return m_next - double(m_ready.size() - m_readyAt) / m_pcm.channels * m_speed;
}

void Stretch::setSpeed(double speed) {
    m_speed = std::clamp(speed, 0.5, 3.0);
}

/// Where near `ideal` the sound goes on as the tail does.
qint64 Stretch::fitting(qint64 ideal) const {
    if (m_speed == 1.0)
        return ideal;
    const qint64 reach = qint64(m_pcm.rate) * kSearchMillis / 1'000;
    const qint64 step = std::max(1, m_pcm.rate / kHeardRate);
    qint64 best = ideal;
    double most = -1;
    for (qint64 offset = -reach; offset <= reach; offset += step) {
        const qint64 from = ideal + offset;
        if (from < 0)
            continue;
        double product = 0;
        double energy = 1;
        for (qint64 i = 0; i < m_half; i += step) {
            const double there = sample(from + i, 0);
            product += there * m_tail[std::size_t(i * m_pcm.channels)];
            energy += there * there;
        }
        const double fit = product / std::sqrt(energy);
        if (fit > most) {
            most = fit;
            best = from;
        }
    }
    return best;
}

void Stretch::make() {
    m_ready.clear();
    m_readyAt = 0;
    const double left = double(m_pcm.frames()) - m_next;
    if (left <= 0)
        return;
    const qint64 from = fitting(qint64(m_next));
    const auto made = std::min(m_half, qint64(std::ceil(left / m_speed)));
    for (qint64 i = 0; i < made; ++i)
        for (int channel = 0; channel < m_pcm.channels; ++channel) {
            const double in = double(i) / double(m_half);
            const double before = m_tail[std::size_t(i * m_pcm.channels + channel)];
            m_ready.push_back(qint16(std::lrint(before * (1 - in) + sample(from + i, channel) * in)));
        }
    for (qint64 i = 0; i < m_half; ++i)
        for (int channel = 0; channel < m_pcm.channels; ++channel)
            m_tail[std::size_t(i * m_pcm.channels + channel)] = qint16(sample(from + m_half + i, channel));
    m_next += double(made) * m_speed;
}

qint64 Stretch::read(qint16* to, qint64 frames) {
    qint64 done = 0;
    const auto channels = std::size_t(m_pcm.channels);
    while (done < frames) {
        if (m_readyAt >= m_ready.size()) {
            make();
            if (m_ready.empty())
                break;
        }
        const auto some = std::min<std::size_t>(std::size_t(frames - done) * channels, m_ready.size() - m_readyAt);
        std::copy_n(m_ready.begin() + std::ptrdiff_t(m_readyAt), some, to + done * m_pcm.channels);
        m_readyAt += some;
        done += qint64(some / channels);
    }
    return done;
}

} // namespace cb::widgets
