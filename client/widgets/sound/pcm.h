#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace cb::widgets {

/// Sound in memory: samples of 16 bits, those of one moment beside each other.
struct Pcm {
    std::vector<qint16> samples{};
    int rate = 8'000; ///< moments a second
    int channels = 1;

    qint64 frames() const { return channels > 0 ? qint64(samples.size()) / channels : 0; }
    qint64 millis() const { return rate > 0 ? frames() * 1'000 / rate : 0; }
    bool isEmpty() const { return frames() == 0; }
    bool operator==(const Pcm&) const = default;
};

/// A WAVE file: PCM of 8 to 32 bits, float, A-law or µ-law, of 1,000 to 192,000 Hz. Of more than two channels only the
/// first two are kept, of a file that was cut off what is there. Nothing for what is none of these.
std::optional<Pcm> readWav(const QByteArray& bytes);
QByteArray writeWav(const Pcm& pcm);

/// How loud equally long pieces of a sound are, 0 to 1: the first channel, and the second one (the first again when
/// there is none).
struct Peaks {
    std::vector<float> upper{};
    std::vector<float> lower{};
};
Peaks peaksOf(const Pcm& pcm, int pieces);

} // namespace cb::widgets
