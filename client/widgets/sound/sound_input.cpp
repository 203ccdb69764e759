#include "client/widgets/sound/sound_input.h"

#include <QAudioDevice>
#include <QAudioSource>
#include <QIODevice>
#include <QMediaDevices>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cb::widgets {

namespace {

/// What came, as one channel of 16 bits; of several channels their mean.
std::vector<qint16> oneChannel(const QByteArray& bytes, const QAudioFormat& format) {
    std::vector<qint16> samples;
    const int channels = format.channelCount();
    const int size = format.bytesPerSample();
    const int frame = channels * size;
    for (qsizetype at = 0; frame > 0 && at + frame <= bytes.size(); at += frame) {
        double sum = 0;
        for (int channel = 0; channel < channels; ++channel)
            sum += double(format.normalizedSampleValue(bytes.constData() + at + channel * size));
        samples.push_back(qint16(std::lrint(std::clamp(sum / channels, -1.0, 1.0) * 32'767)));
    }
    return samples;
}

class DeviceInput final : public SoundInput {
public:
    using SoundInput::SoundInput;
    ~DeviceInput() override { close(); }

    int open(int rate) override {
        close();
        const QAudioDevice device = QMediaDevices::defaultAudioInput();
        if (device.isNull())
            return 0;
        m_format = {};
        m_format.setSampleRate(rate);
        m_format.setChannelCount(1);
        m_format.setSampleFormat(QAudioFormat::Int16);
        if (!device.isFormatSupported(m_format))
            m_format = device.preferredFormat();
        m_source = std::make_unique<QAudioSource>(device, m_format);
        connect(m_source.get(), &QAudioSource::stateChanged, this, [this](QAudio::State state) {
            if (state == QAudio::StoppedState && m_source && m_source->error() != QAudio::NoError)
                Q_EMIT lost();
        });
        QIODevice* stream = m_source->start();
        if (stream == nullptr || m_source->error() != QAudio::NoError) {
            close();
            return 0;
        }
        connect(stream, &QIODevice::readyRead, this, [this, stream] {
            m_rest += stream->readAll();
            const qsizetype whole = m_rest.size() - m_rest.size() % std::max(1, m_format.bytesPerFrame());
            const auto samples = oneChannel(m_rest.left(whole), m_format);
            m_rest.remove(0, whole);
            if (!samples.empty())
                Q_EMIT heard(samples);
        });
        return m_format.sampleRate();
    }

    void close() override {
        m_rest.clear();
        if (!m_source)
            return;
        m_source->disconnect(this);
        m_source->stop();
        m_source.release()->deleteLater(); // it may be telling us something just now
    }

private:
    QAudioFormat m_format;
    std::unique_ptr<QAudioSource> m_source;
    QByteArray m_rest;
};

} // namespace

std::unique_ptr<SoundInput> deviceInput() {
    return std::make_unique<DeviceInput>();
}

} // namespace cb::widgets
