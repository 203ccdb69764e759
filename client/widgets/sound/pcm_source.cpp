#include "client/widgets/sound/pcm_source.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cb::widgets {

namespace {

constexpr qint64 kFetched = 512; ///< frames at once

} // namespace

PcmSource::PcmSource(const Pcm& pcm, int rate, QObject* parent)
    : QIODevice(parent)
    , m_pcm(pcm)
    , m_step(double(pcm.rate) / double(std::max(1, rate)))
    , m_stretch(pcm) {}

void PcmSource::begin(qint64 millis, double speed) {
    m_stretch.setSpeed(speed);
    m_stretch.seek(millis * m_pcm.rate / 1'000);
    m_frames.clear();
    m_at = 0;
}

qint64 PcmSource::position() const {
    const double waiting = std::max(0.0, double(m_frames.size()) / m_pcm.channels - m_at);
    return qint64(std::max(0.0, m_stretch.position() - waiting * m_stretch.speed()) * 1'000 / m_pcm.rate);
}

qint64 PcmSource::bytesAvailable() const {
    if (isOver())
        return QIODevice::bytesAvailable();
    const qint64 left = std::max<qint64>(1, m_pcm.frames() - qint64(m_stretch.position()));
    return left * m_pcm.channels * qint64(sizeof(qint16)) + QIODevice::bytesAvailable();
}

bool PcmSource::isOver() const {
    return m_stretch.atEnd() && (qint64(m_at) + 1) * m_pcm.channels > qint64(m_frames.size());
}

/// Frames behind the ones there are; what was heard goes.
bool PcmSource::fetch() {
    const auto heard = std::min(std::size_t(m_at) * std::size_t(m_pcm.channels), m_frames.size());
    m_frames.erase(m_frames.begin(), m_frames.begin() + std::ptrdiff_t(heard));
    m_at -= double(heard) / m_pcm.channels;
    const std::size_t had = m_frames.size();
    m_frames.resize(had + std::size_t(kFetched * m_pcm.channels));
    const qint64 got = m_stretch.read(m_frames.data() + had, kFetched);
    m_frames.resize(had + std::size_t(got * m_pcm.channels));
    return got > 0;
}

qint64 PcmSource::readData(char* data, qint64 size) {
    const int channels = m_pcm.channels;
    const qint64 wanted = size / (channels * qint64(sizeof(qint16)));
    qint64 done = 0;
    for (; done < wanted; ++done) {
        auto first = qint64(m_at);
        while ((first + 2) * channels > qint64(m_frames.size())) {
            const bool more = fetch();
            first = qint64(m_at); // what was heard has gone, whether more came or not
            if (!more)
                break;
        }
        if ((first + 1) * channels > qint64(m_frames.size()))
            break; // that was all
        const double in = m_at - double(first);
        const bool last = (first + 2) * channels > qint64(m_frames.size());
        for (int channel = 0; channel < channels; ++channel) {
            const double here = m_frames[std::size_t(first * channels + channel)];
            const double next = last ? here : m_frames[std::size_t((first + 1) * channels + channel)];
            const auto value = qint16(std::lrint(here + (next - here) * in));
            std::memcpy(data + (done * channels + channel) * qint64(sizeof(qint16)), &value, sizeof value);
        }
        m_at += m_step;
    }
    return done * channels * qint64(sizeof(qint16));
}

} // namespace cb::widgets
