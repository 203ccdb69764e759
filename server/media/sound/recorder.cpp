#include "server/media/sound/recorder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace cb::sound {

namespace {

constexpr std::size_t kWavHeader = 44;
constexpr std::int64_t kPairBytes = 4; ///< bytes of a sample of both sides
constexpr std::int64_t kMostWav = std::numeric_limits<std::uint32_t>::max() - 1'024; ///< a wav file cannot be larger
constexpr std::chrono::seconds kHeaderEvery{5};

void putLittle(std::uint8_t* to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        to[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

/// RIFF with one PCM chunk, little-endian.
std::array<std::uint8_t, kWavHeader> headerOf(std::int64_t bytes) {
    std::array<std::uint8_t, kWavHeader> header{};
    const auto size = static_cast<std::uint32_t>(bytes);
    std::memcpy(header.data(), "RIFF", 4);
    putLittle(&header[4], size + kWavHeader - 8, 4);
    std::memcpy(&header[8], "WAVEfmt ", 8);
    putLittle(&header[16], 16, 4);
    putLittle(&header[20], 1, 2); // PCM
    putLittle(&header[22], 2, 2); // sides
    putLittle(&header[24], kRate, 4);
    putLittle(&header[28], kRate * kPairBytes, 4);
    putLittle(&header[32], kPairBytes, 2);
    putLittle(&header[34], 16, 2);
    std::memcpy(&header[36], "data", 4);
    putLittle(&header[40], size, 4);
    return header;
}

bool writeAt(int file, const std::uint8_t* bytes, std::size_t size, std::int64_t at) {
    while (size > 0) {
        const ssize_t n = ::pwrite(file, bytes, size, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        size -= static_cast<std::size_t>(n);
        at += n;
    }
    return true;
}

} // namespace

class Recorder::File {
public:
    File(std::string path, Told told)
        : m_path(std::move(path))
        , m_told(std::move(told)) {}
    ~File() {
        if (m_file >= 0)
            ::close(m_file);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool open() {
        m_file = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        m_headerAt = std::chrono::steady_clock::now();
        if (m_file < 0)
            return false;
        const bool good = writeHeader();
        if (!good)
            remove();
        return good;
    }
    /// False: not any more.
    bool write(std::int64_t position, const std::vector<std::int16_t>& samples) {
        const std::int64_t from = position * kPairBytes;
        const auto size = static_cast<std::int64_t>(samples.size() * sizeof(std::int16_t));
        if (from < 0 || from + size > kMostWav)
            return true; // nobody listens to that
        m_bytes.resize(static_cast<std::size_t>(size));
        for (std::size_t i = 0; i < samples.size(); ++i)
            putLittle(&m_bytes[2 * i], static_cast<std::uint16_t>(samples[i]), 2);
        if (!writeAt(m_file, m_bytes.data(), m_bytes.size(), static_cast<std::int64_t>(kWavHeader) + from))
            return false;
        m_size = std::max(m_size, from + size);
        const auto now = std::chrono::steady_clock::now();
        if (now - m_headerAt < kHeaderEvery)
            return true;
        m_headerAt = now;
        return writeHeader();
    }
    /// Whole and on the disk, but for its name in the folder.
    bool finish() {
        const bool good = writeHeader() && ::fsync(m_file) == 0;
        ::close(std::exchange(m_file, -1));
        return good;
    }
    bool empty() const { return m_size == 0; }
    void remove() { (void)::unlink(m_path.c_str()); }
    void tell(What what) { m_told(what); }

private:
    bool writeHeader() {
        const auto header = headerOf(m_size);
        return writeAt(m_file, header.data(), header.size(), 0);
    }

    const std::string m_path;
    const Told m_told;
    int m_file = -1;
    std::int64_t m_size = 0; ///< of the sound, bytes
    std::chrono::steady_clock::time_point m_headerAt{};
    std::vector<std::uint8_t> m_bytes;
};

Recorder::Recorder(std::string folder, std::uint64_t freeFloor)
    : m_folder(std::move(folder))
    , m_freeFloor(freeFloor) {}

Recorder::~Recorder() {
    stop();
}

base::Result<void> Recorder::start() {
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    if (error)
        return base::retry("storage_unavailable", m_folder + ": " + error.message());
    (void)::chmod(m_folder.c_str(), 0700);
    m_thread = std::thread([this] { run(); });
    return {};
}

void Recorder::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void Recorder::post(Work work) {
    {
        const std::lock_guard lock(m_mutex);
        m_work.push_back(std::move(work)); // beginnings and ends are no more than calls
    }
    m_wake.notify_one();
}

void Recorder::begin(std::int64_t number, Told told) {
    Work work;
    work.number = number;
    work.told = std::move(told);
    post(std::move(work));
}

bool Recorder::write(std::int64_t number, std::int64_t position, std::vector<std::int16_t> samples) {
    Work work;
    work.number = number;
    work.position = position;
    work.samples = std::move(samples);
    {
        const std::lock_guard lock(m_mutex);
        if (m_blocks >= kMostBlocks) {
            ++m_lost;
            return false;
        }
        ++m_blocks;
        m_work.push_back(std::move(work));
    }
    m_wake.notify_one();
    return true;
}

void Recorder::end(std::int64_t number) {
    Work work;
    work.number = number;
    work.ends = true;
    post(std::move(work));
}

std::uint64_t Recorder::lost() const {
    const std::lock_guard lock(m_mutex);
    return m_lost;
}

// ---- the thread
// ---------------------------------------------------------------------------------------------------------------

void Recorder::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stop || !m_work.empty(); });
        if (m_work.empty())
            break;
        Work work = std::move(m_work.front());
        m_work.pop_front();
        if (!work.told && !work.ends)
            --m_blocks;
        lock.unlock();
        perform(work);
        lock.lock();
    }
    lock.unlock();
    while (!m_files.empty())
        close(m_files.begin());
}

void Recorder::perform(Work& work) {
    if (work.told) {
        auto file = std::make_unique<File>(m_folder + '/' + fileOf(work.number), work.told);
        const bool opened = m_files.count(work.number) == 0 && hasSpace() && file->open();
        file->tell(opened ? What::Opened : What::Failed);
        if (opened)
            m_files[work.number] = std::move(file);
        return;
    }
    const auto found = m_files.find(work.number);
    if (found == m_files.end())
        return; // it failed
    if (work.ends || !found->second->write(work.position, work.samples))
        close(found);
}

/// What there is of it is kept, if it can be trusted.
void Recorder::close(std::map<std::int64_t, std::unique_ptr<File>>::iterator found) {
    const std::unique_ptr<File> file = std::move(found->second);
    m_files.erase(found);
    const bool good = file->finish() && !file->empty() && syncFolder();
    if (!good)
        file->remove();
    file->tell(good ? What::Closed : What::Failed);
}

bool Recorder::syncFolder() const {
    const int folder = ::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0)
        ::close(folder);
    return good;
}

bool Recorder::hasSpace() const {
    struct statvfs space {};
    return ::statvfs(m_folder.c_str(), &space) != 0 ||
           static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize >= m_freeFloor;
}

} // namespace cb::sound
