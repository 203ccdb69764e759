#include "client/widgets/sound/sound_output.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QMediaDevices>

namespace cb::widgets {

namespace {

QAudioFormat formatOf(int rate, int channels) {
    QAudioFormat format;
    format.setSampleRate(rate);
    format.setChannelCount(channels);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

class DeviceOutput final : public SoundOutput {
public:
    using SoundOutput::SoundOutput;
    ~DeviceOutput() override { close(); }

    int rateFor(int rate, int channels) override {
        m_device = QMediaDevices::defaultAudioOutput();
        if (m_device.isNull())
            return 0;
        return m_device.isFormatSupported(formatOf(rate, channels)) ? rate : m_device.preferredFormat().sampleRate();
    }

    bool open(int rate, int channels, QIODevice* source) override {
        close();
        m_sink = std::make_unique<QAudioSink>(m_device, formatOf(rate, channels));
        m_sink->setVolume(m_volume);
        connect(m_sink.get(), &QAudioSink::stateChanged, this, [this](QAudio::State state) {
            if (state == QAudio::IdleState)
                Q_EMIT drained();
            else if (state == QAudio::StoppedState && m_sink && m_sink->error() != QAudio::NoError)
                Q_EMIT lost();
        });
        m_sink->start(source);
        return m_sink->error() == QAudio::NoError || m_sink->error() == QAudio::UnderrunError;
    }

    void close() override {
        if (!m_sink)
            return;
        m_sink->disconnect(this);
        m_sink->stop();
        m_sink.release()->deleteLater(); // it may be telling us something just now
    }

    void setPaused(bool paused) override {
        if (m_sink && paused)
            m_sink->suspend();
        else if (m_sink)
            m_sink->resume();
    }

    void setVolume(double volume) override {
        m_volume = volume;
        if (m_sink)
            m_sink->setVolume(volume);
    }

private:
    QAudioDevice m_device;
    std::unique_ptr<QAudioSink> m_sink;
    double m_volume = 1;
};

} // namespace

std::unique_ptr<SoundOutput> deviceOutput() {
    return std::make_unique<DeviceOutput>();
}

} // namespace cb::widgets
