#include "client/widgets/sound/pcm.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cb::widgets {

namespace {

// Codings of a WAVE file.
constexpr quint16 kLinear = 1;
constexpr quint16 kFloat = 3;
constexpr quint16 kALaw = 6;
constexpr quint16 kMuLaw = 7;
constexpr quint16 kExtensible = 0xFFFE;

constexpr int kMostKept = 2; ///< channels

struct WaveFormat {
    quint16 coding = 0;
    int channels = 0;
    int rate = 0;
    int bits = 0;

    int sampleBytes() const { return bits / 8; }
    bool isKnown() const { return fits() && channels >= 1 && channels <= 64 && rate >= 1'000 && rate <= 192'000; }
    bool fits() const {
        switch (coding) {
        case kLinear:
            return bits == 8 || bits == 16 || bits == 24 || bits == 32;
        case kFloat:
            return bits == 32;
        case kALaw:
        case kMuLaw:
            return bits == 8;
        default:
            return false;
        }
    }
};

// ITU-T G.711.
qint16 fromMuLaw(quint8 code) {
    const int bits = ~code & 0xFF;
    const int level = ((((bits & 0x0F) << 3) + 0x84) << ((bits >> 4) & 0x07)) - 0x84;
    return qint16((bits & 0x80) != 0 ? -level : level);
}

qint16 fromALaw(quint8 code) {
    const int bits = code ^ 0x55;
    const int segment = (bits >> 4) & 0x07;
    const int step = ((bits & 0x0F) << 4) + 8;
    const int level = segment == 0 ? step : (step + 0x100) << (segment - 1);
    return qint16((bits & 0x80) != 0 ? level : -level);
}

qint16 fromFloat(const char* at) {
    const quint32 bits = qFromLittleEndian<quint32>(at);
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value))
        return 0;
    return qint16(std::lrint(std::clamp(value, -1.0F, 1.0F) * 32'767.0F));
}

qint16 sampleAt(const char* at, const WaveFormat& format) {
    switch (format.coding) {
    case kMuLaw:
        return fromMuLaw(quint8(*at));
    case kALaw:
        return fromALaw(quint8(*at));
    case kFloat:
        return fromFloat(at);
    default:
        break;
    }
    if (format.bits == 8)
        return qint16((quint8(*at) - 128) * 256);
    return qFromLittleEndian<qint16>(at + format.sampleBytes() - 2); // the upper two
}

std::optional<WaveFormat> formatOf(const QByteArray& chunk) {
    if (chunk.size() < 16)
        return {};
    WaveFormat format;
    format.coding = qFromLittleEndian<quint16>(chunk.constData());
    format.channels = qFromLittleEndian<quint16>(chunk.constData() + 2);
    format.rate = int(std::min<quint32>(qFromLittleEndian<quint32>(chunk.constData() + 4), 1'000'000));
    format.bits = qFromLittleEndian<quint16>(chunk.constData() + 14);
    if (format.coding == kExtensible && chunk.size() >= 26)
        format.coding = qFromLittleEndian<quint16>(chunk.constData() + 24);
    return format.isKnown() ? std::optional(format) : std::nullopt;
}

Pcm samplesOf(const char* data, qsizetype size, const WaveFormat& format) {
    Pcm pcm;
    pcm.rate = format.rate;
    pcm.channels = std::min(format.channels, kMostKept);
    const qsizetype frameBytes = qsizetype(format.channels) * format.sampleBytes();
    const qsizetype frames = size / frameBytes;
    pcm.samples.reserve(std::size_t(frames) * std::size_t(pcm.channels));
    for (qsizetype frame = 0; frame < frames; ++frame)
        for (int channel = 0; channel < pcm.channels; ++channel)
            pcm.samples.push_back(sampleAt(data + frame * frameBytes + channel * format.sampleBytes(), format));
    return pcm;
}

void put(QByteArray& out, quint32 value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += char((value >> (8 * i)) & 0xFF);
}

} // namespace

std::optional<Pcm> readWav(const QByteArray& bytes) {
    constexpr qsizetype kHead = 12;
    if (bytes.size() < kHead || !bytes.startsWith("RIFF") || bytes.mid(8, 4) != "WAVE")
        return {};
    std::optional<WaveFormat> format;
    for (qsizetype at = kHead; at + 8 <= bytes.size();) {
        const QByteArray name = bytes.mid(at, 4);
        const auto said = qsizetype(qFromLittleEndian<quint32>(bytes.constData() + at + 4));
        const qsizetype size = std::min(said, bytes.size() - at - 8);
        if (name == "fmt ")
            format = formatOf(bytes.mid(at + 8, size));
        if (name == "data")
            return format ? std::optional(samplesOf(bytes.constData() + at + 8, size, *format)) : std::nullopt;
        at += 8 + size + (size & 1);
    }
    return {};
}

QByteArray writeWav(const Pcm& pcm) {
    const auto size = quint32(pcm.samples.size() * sizeof(qint16));
    QByteArray out;
    out.reserve(qsizetype(size) + 44);
    out += "RIFF";
    put(out, 36 + size, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, kLinear, 2);
    put(out, quint32(pcm.channels), 2);
    put(out, quint32(pcm.rate), 4);
    put(out, quint32(pcm.rate * pcm.channels * 2), 4);
    put(out, quint32(pcm.channels * 2), 2);
    put(out, 16, 2);
    out += "data";
    put(out, size, 4);
    for (const qint16 sample : pcm.samples)
        put(out, quint16(sample), 2);
    return out;
}

Peaks peaksOf(const Pcm& pcm, int pieces) {
    Peaks peaks;
    const qint64 frames = pcm.frames();
    if (frames == 0 || pieces < 1)
        return peaks;
    for (auto* half : {&peaks.upper, &peaks.lower})
        half->assign(std::size_t(pieces), 0.0F);
    for (int piece = 0; piece < pieces; ++piece) {
        const qint64 first = frames * piece / pieces;
        const qint64 end = std::max(first + 1, frames * (piece + 1) / pieces);
        int loud[2] = {0, 0};
        for (qint64 frame = first; frame < end; ++frame)
            for (int half = 0; half < 2; ++half) {
                const qint64 channel = std::min(half, pcm.channels - 1);
                loud[half] =
                    std::max(loud[half], std::abs(int(pcm.samples[std::size_t(frame * pcm.channels + channel)])));
            }
        peaks.upper[std::size_t(piece)] = float(loud[0]) / 32'768.0F;
        peaks.lower[std::size_t(piece)] = float(loud[1]) / 32'768.0F;
    }
    return peaks;
}

} // namespace cb::widgets
