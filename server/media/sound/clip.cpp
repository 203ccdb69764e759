#include "server/media/sound/clip.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::sound {

namespace {

/// Name and version, then the number of frames (32 bits, little-endian), then all of µ-law, then all of A-law.
constexpr std::string_view kMagic{"CBG711\0\1", 8};
constexpr std::size_t kHead = kMagic.size() + 4;
constexpr std::uint32_t kMostFrames = 50 * 60 * 60; ///< an hour; what claims more is not ours

constexpr int kUlawBias = 0x84, kUlawTop = 32'767 - kUlawBias;

base::Error clipDiskError(const char* what) {
    return base::retry("storage_unavailable", std::string(what) + ": " + std::strerror(errno));
}

class ClipFile {
public:
    explicit ClipFile(int descriptor)
        : m_descriptor(descriptor) {}
    ~ClipFile() {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    ClipFile(const ClipFile&) = delete;
    ClipFile& operator=(const ClipFile&) = delete;

    bool good() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }

    bool write(const void* data, std::size_t size) const {
        const auto* at = static_cast<const char*>(data);
        while (size > 0) {
            const auto done = ::write(m_descriptor, at, size);
            if (done < 0 && errno == EINTR)
                continue;
            if (done <= 0)
                return false;
            at += done;
            size -= static_cast<std::size_t>(done);
        }
        return true;
    }

    /// False also when the file ends before.
    bool read(void* data, std::size_t size) const {
        auto* at = static_cast<char*>(data);
        while (size > 0) {
            const auto done = ::read(m_descriptor, at, size);
            if (done < 0 && errno == EINTR)
                continue;
            if (done <= 0)
                return false;
            at += done;
            size -= static_cast<std::size_t>(done);
        }
        return true;
    }

private:
    int m_descriptor;
};

bool writeClip(const ClipFile& file, const Clip& clip) {
    std::array<char, kHead> head{};
    std::copy(kMagic.begin(), kMagic.end(), head.begin());
    const auto frames = static_cast<std::uint32_t>(clip.frames());
    for (std::size_t i = 0; i < 4; ++i)
        head[kMagic.size() + i] = static_cast<char>((frames >> (8 * i)) & 0xFF);
    return file.write(head.data(), head.size()) && file.write(clip.ulaw.data(), clip.ulaw.size()) &&
           file.write(clip.alaw.data(), clip.alaw.size()) && ::fsync(file.descriptor()) == 0;
}

bool syncFolderOf(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    const ClipFile file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return file.good() && ::fsync(file.descriptor()) == 0;
}

} // namespace

// Both laws, G.711 tables 1 and 2: eight segments of sixteen steps each, a step twice as high from one to the next.

std::uint8_t toUlaw(std::int16_t sample) {
    const bool negative = sample < 0;
    const int level = std::min(negative ? -static_cast<int>(sample) : sample, kUlawTop) + kUlawBias;
    // The bias makes it eight bits wide at least.
    const int segment = std::max(static_cast<int>(std::bit_width(static_cast<unsigned>(level))) - 8, 0);
    const int code = (segment << 4) | ((level >> (segment + 3)) & 0x0F);
    return static_cast<std::uint8_t>(~(code | (negative ? 0x80 : 0)));
}

std::int16_t fromUlaw(std::uint8_t code) {
    const int bits = ~code & 0xFF;
    const int segment = (bits >> 4) & 0x07;
    const int level = ((((bits & 0x0F) << 3) + kUlawBias) << segment) - kUlawBias;
    return static_cast<std::int16_t>((bits & 0x80) != 0 ? -level : level);
}

std::uint8_t toAlaw(std::int16_t sample) {
    const bool negative = sample < 0;
    const int level = negative ? ~sample : sample; // no code for nothing: -1 is to 0 what -2 is to 1
    const int segment = std::max(0, static_cast<int>(std::bit_width(static_cast<unsigned>(level))) - 8);
    const int code = (segment << 4) | ((level >> (segment == 0 ? 4 : segment + 3)) & 0x0F);
    return static_cast<std::uint8_t>((code | (negative ? 0 : 0x80)) ^ 0x55);
}

std::int16_t fromAlaw(std::uint8_t code) {
    const int bits = code ^ 0x55;
    const int segment = (bits >> 4) & 0x07;
    const int step = ((bits & 0x0F) << 4) + 8;
    const int level = segment == 0 ? step : (step + 0x100) << (segment - 1);
    return static_cast<std::int16_t>((bits & 0x80) != 0 ? level : -level);
}

ClipPtr clipOf(const Pcm& pcm) {
    auto clip = std::make_shared<Clip>();
    const std::size_t size = (pcm.samples.size() + kFrame - 1) / kFrame * kFrame;
    clip->ulaw.reserve(size);
    clip->alaw.reserve(size);
    for (const auto sample : pcm.samples) {
        clip->ulaw.push_back(toUlaw(sample));
        clip->alaw.push_back(toAlaw(sample));
    }
    clip->ulaw.resize(size, kUlawSilence);
    clip->alaw.resize(size, kAlawSilence);
    return clip;
}

Pcm pcmOf(const Clip& clip) {
    Pcm pcm;
    pcm.samples.reserve(clip.ulaw.size());
    for (const auto code : clip.ulaw) // the finer one
        pcm.samples.push_back(fromUlaw(code));
    return pcm;
}

base::Result<void> saveClip(const std::string& path, const Clip& clip) {
    const std::string part = path + ".part";
    {
        const ClipFile file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file.good())
            return clipDiskError("open");
        if (!writeClip(file, clip)) {
            const auto error = clipDiskError("write");
            ::unlink(part.c_str());
            return error;
        }
    }
    if (::rename(part.c_str(), path.c_str()) != 0) {
        const auto error = clipDiskError("rename");
        ::unlink(part.c_str());
        return error;
    }
    return syncFolderOf(path) ? base::Result<void>{} : base::Result<void>{clipDiskError("fsync of the folder")};
}

base::Result<ClipPtr> loadClip(const std::string& path) {
    const ClipFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.good())
        return errno == ENOENT || errno == ENOTDIR ? base::rejected("not_found") : clipDiskError("open");
    struct stat info {};
    std::array<unsigned char, kHead> head{};
    if (::fstat(file.descriptor(), &info) != 0)
        return clipDiskError("stat");
    if (!S_ISREG(info.st_mode) || !file.read(head.data(), head.size()) ||
        std::memcmp(head.data(), kMagic.data(), kMagic.size()) != 0)
        return base::rejected("audio_unreadable", "head");
    std::uint32_t frames = 0;
    for (std::size_t i = 0; i < 4; ++i)
        frames |= static_cast<std::uint32_t>(head[kMagic.size() + i]) << (8 * i);
    const std::size_t size = frames * kFrame;
    if (frames > kMostFrames || static_cast<std::uint64_t>(info.st_size) != kHead + 2 * std::uint64_t{size})
        return base::rejected("audio_unreadable", "size");
    auto clip = std::make_shared<Clip>();
    clip->ulaw.resize(size);
    clip->alaw.resize(size);
    if (!file.read(clip->ulaw.data(), size) || !file.read(clip->alaw.data(), size))
        return clipDiskError("read");
    return ClipPtr(std::move(clip));
}

} // namespace cb::sound
