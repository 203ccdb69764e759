#include "server/media/sound/pcm.h"

#include <sndfile.h>
#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

namespace cb::sound {

namespace {

constexpr int kMostChannels = 8;
constexpr int kLeastRate = 1'000, kMostRate = 192'000;
constexpr sf_count_t kBlock = 4'096; ///< frames read at once
constexpr float kFull = 32'768.0F;   ///< what libsndfile takes for 1

base::Error unreadable(const char* detail) {
    return base::rejected("audio_unreadable", detail);
}

/// The file in memory, as libsndfile reads it.
struct Memory {
    std::string_view bytes;
    sf_count_t at = 0;

    static sf_count_t length(void* self) { return static_cast<sf_count_t>(static_cast<Memory*>(self)->bytes.size()); }
    static sf_count_t seek(sf_count_t offset, int whence, void* self) {
        auto& memory = *static_cast<Memory*>(self);
        const sf_count_t from = whence == SEEK_CUR ? memory.at : whence == SEEK_END ? length(self) : 0;
        return memory.at = std::clamp<sf_count_t>(from + offset, 0, length(self));
    }
    static sf_count_t read(void* to, sf_count_t count, void* self) {
        auto& memory = *static_cast<Memory*>(self);
        count = std::clamp<sf_count_t>(count, 0, length(self) - memory.at);
        std::memcpy(to, memory.bytes.data() + memory.at, static_cast<std::size_t>(count));
        memory.at += count;
        return count;
    }
    static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
    static sf_count_t tell(void* self) { return static_cast<Memory*>(self)->at; }
};

struct CloseFile {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
struct CloseResampler {
    void operator()(soxr_t resampler) const { soxr_delete(resampler); }
};

/// Resamples floats of one channel piece by piece.
class Resampler {
public:
    explicit Resampler(int rate)
        : m_ratio(static_cast<double>(kRate) / rate) {
        if (rate == kRate)
            return;
        const auto quality = soxr_quality_spec(SOXR_HQ, 0);
        m_soxr.reset(soxr_create(rate, kRate, 1, nullptr, nullptr, &quality, nullptr));
        m_good = m_soxr != nullptr;
    }

    /// An empty piece is the end.
    bool add(const std::vector<float>& piece, std::vector<std::int16_t>& out) {
        if (!m_good)
            return false;
        if (!m_soxr) {
            append(piece.data(), piece.size(), out);
            return true;
        }
        std::vector<float> made(static_cast<std::size_t>(static_cast<double>(piece.size()) * m_ratio) + 1'024);
        for (std::size_t used = 0;;) {
            std::size_t taken = 0, given = 0;
            const bool last = piece.empty();
            if (soxr_process(m_soxr.get(), last ? nullptr : piece.data() + used, piece.size() - used, &taken,
                             made.data(), made.size(), &given) != nullptr)
                return m_good = false;
            append(made.data(), given, out);
            used += taken;
            if (given < made.size() && used == piece.size())
                return true;
        }
    }

private:
    static void append(const float* samples, std::size_t count, std::vector<std::int16_t>& out) {
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(static_cast<std::int16_t>(std::clamp(std::lrint(samples[i] * kFull), -32'768L, 32'767L)));
    }

    double m_ratio;
    bool m_good = true;
    std::unique_ptr<std::remove_pointer_t<soxr_t>, CloseResampler> m_soxr;
};

} // namespace

Format formatOf(std::string_view bytes) {
    if (bytes.size() >= 12 && bytes.substr(0, 4) == "RIFF" && bytes.substr(8, 4) == "WAVE")
        return Format::Wav;
    if (bytes.substr(0, 3) == "ID3")
        return Format::Mp3;
    // A frame of MPEG audio layer III (ISO/IEC 11172-3, 2.4.2.3): eleven bits of ones, a version, the layer.
    if (bytes.size() >= 4) {
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        const bool frame = at(0) == 0xFF && (at(1) & 0xE0) == 0xE0 && (at(1) & 0x18) != 0x08 && (at(1) & 0x06) == 0x02;
        if (frame && (at(2) & 0xF0) != 0xF0 && (at(2) & 0x0C) != 0x0C)
            return Format::Mp3;
    }
    return Format::Unknown;
}

base::Result<Pcm> decoded(std::string_view bytes, base::Seconds longest) {
    if (formatOf(bytes) == Format::Unknown)
        return base::rejected("audio_format");
    Memory memory{bytes};
    SF_VIRTUAL_IO io{Memory::length, Memory::seek, Memory::read, Memory::write, Memory::tell};
    SF_INFO info{};
    const std::unique_ptr<SNDFILE, CloseFile> file(sf_open_virtual(&io, SFM_READ, &info, &memory));
    if (!file)
        return unreadable("open");
    if (info.channels < 1 || info.channels > kMostChannels || info.samplerate < kLeastRate ||
        info.samplerate > kMostRate)
        return unreadable("shape");
    const auto most = static_cast<std::int64_t>(longest.count()) * info.samplerate; // the header may say anything
    const auto channels = static_cast<std::size_t>(info.channels);
    Resampler resampler(info.samplerate);
    Pcm pcm;
    std::vector<float> block(static_cast<std::size_t>(kBlock) * channels), mono;
    for (std::int64_t frames = 0;;) {
        const sf_count_t count = sf_readf_float(file.get(), block.data(), kBlock);
        if (count <= 0)
            break;
        frames += count;
        if (frames > most)
            return base::with(base::rejected("audio_too_long"), "seconds", std::to_string(longest.count()));
        mono.resize(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < mono.size(); ++i) {
            float sum = 0;
            for (std::size_t c = 0; c < channels; ++c)
                sum += block[i * channels + c];
            mono[i] = sum / static_cast<float>(channels);
        }
        if (!resampler.add(mono, pcm.samples))
            return unreadable("resample");
    }
    if (info.samplerate != kRate && !resampler.add({}, pcm.samples))
        return unreadable("resample");
    if (pcm.samples.empty())
        return unreadable("empty");
    return pcm;
}

base::Result<Pcm> resampled(const std::vector<std::int16_t>& samples, int rate) {
    if (rate < kLeastRate || rate > kMostRate)
        return unreadable("shape");
    std::vector<float> floats(samples.size());
    std::transform(samples.begin(), samples.end(), floats.begin(),
                   [](std::int16_t sample) { return static_cast<float>(sample) / kFull; });
    Resampler resampler(rate);
    Pcm pcm;
    const bool good =
        (floats.empty() || resampler.add(floats, pcm.samples)) && (rate == kRate || resampler.add({}, pcm.samples));
    if (!good)
        return unreadable("resample");
    return pcm;
}

std::string wavOf(const Pcm& pcm) {
    // RIFF header of one PCM chunk, little-endian.
    std::string out;
    const auto bytes = static_cast<std::uint32_t>(pcm.samples.size() * 2);
    out.reserve(44 + bytes);
    const auto put = [&out](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i)
            out += static_cast<char>((value >> (8 * i)) & 0xFF);
    };
    out += "RIFF";
    put(36 + bytes, 4);
    out += "WAVEfmt ";
    put(16, 4);
    put(1, 2); // PCM
    put(1, 2);
    put(kRate, 4);
    put(kRate * 2, 4);
    put(2, 2);
    put(16, 2);
    out += "data";
    put(bytes, 4);
    for (const std::int16_t sample : pcm.samples)
        put(static_cast<std::uint16_t>(sample), 2);
    return out;
}

} // namespace cb::sound
