#include "client/widgets/sound/sound_recorder.h"

#include <algorithm>
#include <cstdlib>

namespace cb::widgets {

namespace {

constexpr int kRecordedRate = 16'000; ///< Hz; the telephone has half of that
constexpr qint64 kFileHead = 44;      ///< bytes

} // namespace

SoundRecorder::SoundRecorder(QObject* parent, const MakeSoundInput& make)
    : QObject(parent)
    , m_make(make) {}

SoundRecorder::~SoundRecorder() {
    if (m_input)
        m_input->close();
}

void SoundRecorder::start() {
    if (m_recording)
        return;
    m_sound = {};
    if (!m_input) {
        m_input = m_make();
        connect(m_input.get(), &SoundInput::heard, this, &SoundRecorder::take);
        connect(m_input.get(), &SoundInput::lost, this, &SoundRecorder::stop, Qt::QueuedConnection);
    }
    m_sound.rate = m_input->open(kRecordedRate);
    if (m_sound.rate <= 0) {
        m_sound = {};
        return void(Q_EMIT silent());
    }
    m_recording = true;
    Q_EMIT started();
}

void SoundRecorder::stop() {
    if (!m_recording)
        return;
    m_recording = false;
    m_input->close();
    Q_EMIT stopped();
}

void SoundRecorder::clear() {
    stop();
    m_sound = {};
}

void SoundRecorder::take(const std::vector<qint16>& samples) {
    if (!m_recording)
        return;
    const auto room = std::size_t(std::max<qint64>(0, (m_mostBytes - kFileHead) / qint64(sizeof(qint16))));
    const auto some = std::min(samples.size(), room - std::min(room, m_sound.samples.size()));
    m_sound.samples.insert(m_sound.samples.end(), samples.begin(), samples.begin() + std::ptrdiff_t(some));
    int loud = 0;
    for (const qint16 sample : samples)
        loud = std::max(loud, std::abs(int(sample)));
    Q_EMIT level(loud / 32'768.0);
    if (m_sound.samples.size() >= room)
        stop();
}

} // namespace cb::widgets
