#pragma once

#include "client/widgets/sound/pcm.h"
#include "client/widgets/sound/sound_input.h"
#include "client/widgets/sound/sound_output.h"

#include <QtCore/QByteArray>
#include <QtCore/QIODevice>

#include <algorithm>
#include <cmath>

namespace cb::test {

/// A tone in one channel; a second one says nothing.
inline widgets::Pcm toneOf(double hertz, int millis, int rate = 8'000, int channels = 1) {
    widgets::Pcm pcm;
    pcm.rate = rate;
    pcm.channels = channels;
    for (int i = 0; i < rate * millis / 1'000; ++i) {
        pcm.samples.push_back(qint16(std::lrint(16'000 * std::sin(2 * 3.14159265358979 * hertz * i / rate))));
        for (int channel = 1; channel < channels; ++channel)
            pcm.samples.push_back(0);
    }
    return pcm;
}

/// Two people who speak in turn, a channel each.
inline widgets::Pcm talkOf(int seconds) {
    widgets::Pcm pcm;
    pcm.channels = 2;
    for (int i = 0; i < seconds * pcm.rate; ++i) {
        const double time = double(i) / pcm.rate;
        const double loud = std::abs(std::sin(time * 2.1) * std::sin(time * 0.63) * std::sin(time * 11));
        const auto sample = qint16(std::lrint(20'000 * loud * std::sin(time * 1'800)));
        const bool first = std::fmod(time, 9.0) < 4.0;
        pcm.samples.push_back(first ? sample : qint16(0));
        pcm.samples.push_back(first ? qint16(0) : sample);
    }
    return pcm;
}

/// How strong a tone is in the first channel, 1 = full scale (Goertzel).
inline double strengthIn(const widgets::Pcm& pcm, double hertz) {
    const double w = 2 * 3.14159265358979 * hertz / pcm.rate;
    double a = 0;
    double b = 0;
    for (qint64 i = 0; i < pcm.frames(); ++i) {
        const double c = pcm.samples[std::size_t(i * pcm.channels)] / 32'768.0 + 2 * std::cos(w) * a - b;
        b = a;
        a = c;
    }
    const double power = a * a + b * b - 2 * std::cos(w) * a * b;
    return 2 * std::sqrt(std::max(0.0, power)) / double(std::max<qint64>(1, pcm.frames()));
}

/// A loudspeaker that hears as much as it is told to, whatever time it is.
class TestOutput final : public widgets::SoundOutput {
public:
    bool missing = false;
    int onlyRate = 0; ///< 0: any
    QByteArray heard;
    double volume = 1;
    bool paused = false;
    QIODevice* source = nullptr;

    int rateFor(int rate, int /*channels*/) override { return missing ? 0 : onlyRate > 0 ? onlyRate : rate; }
    bool open(int rate, int channels, QIODevice* from) override {
        m_bytesOfMilli = double(rate) * channels * 2 / 1'000;
        source = from;
        paused = false;
        return true;
    }
    void close() override { source = nullptr; }
    void setPaused(bool on) override { paused = on; }
    void setVolume(double to) override { volume = to; }

    void hear(int millis) {
        if (source == nullptr || paused)
            return;
        const auto wanted = qint64(m_bytesOfMilli * millis) / 4 * 4;
        const QByteArray bytes = source->read(wanted);
        heard += bytes;
        if (bytes.size() < wanted)
            Q_EMIT drained();
    }

private:
    double m_bytesOfMilli = 16;
};

/// A microphone that hears what it is told.
class TestInput final : public widgets::SoundInput {
public:
    bool missing = false;
    bool opened = false;

    int open(int rate) override {
        opened = !missing;
        return missing ? 0 : rate;
    }
    void close() override { opened = false; }
    void say(const widgets::Pcm& pcm) { Q_EMIT heard(pcm.samples); }
};

} // namespace cb::test
