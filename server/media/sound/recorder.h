#pragma once

#include "server/media/sound/pcm.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cb::sound {

/// Writes recordings of calls: one wav file each, stereo, 16 bits at kRate, "<number>.wav" in its folder. A thread of
/// its own does all that touches the disk; whoever records hands blocks over and goes on. Any thread.
///
/// A file can be played whatever happens: its header is written anew every few seconds. It is synced, and its folder
/// too, before Closed is told.
class Recorder {
public:
    static constexpr std::size_t kMostBlocks = 1'024; ///< that wait to be written; further ones become silence

    enum class What {
        Opened,
        Closed, ///< whole and on the disk
        Failed, ///< there is nothing, or nothing one can trust
    };
    /// On the recorder's thread; Opened at most once, Closed or Failed exactly once and last.
    using Told = std::function<void(What)>;

    /// With less than `freeFloor` bytes left on the disk nothing new is recorded.
    explicit Recorder(std::string folder, std::uint64_t freeFloor = 0);
    ~Recorder(); ///< as stop()
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Makes the folder, and starts. Errors: storage_unavailable (retry).
    base::Result<void> start();
    /// Writes what waits and closes every file. Idempotent.
    void stop();

    /// One recording begins. A file that is there already is not touched: Failed.
    void begin(std::int64_t number, Told told);
    /// `samples`: left, right, left, …; `position`: of the first pair, since the beginning. What was left out between
    /// two blocks is silence. False: the queue is full, this one is lost.
    bool write(std::int64_t number, std::int64_t position, std::vector<std::int16_t> samples);
    void end(std::int64_t number);

    static std::string fileOf(std::int64_t number) { return std::to_string(number) + ".wav"; }
    std::uint64_t lost() const; ///< blocks

private:
    class File;
    struct Work {
        std::int64_t number = 0;
        Told told; ///< of a beginning; empty: it is none
        bool ends = false;
        std::int64_t position = 0;
        std::vector<std::int16_t> samples;
    };

    void post(Work work);
    void run();
    void perform(Work& work);
    void close(std::map<std::int64_t, std::unique_ptr<File>>::iterator file);
    bool syncFolder() const;
    bool hasSpace() const;

    const std::string m_folder;
    const std::uint64_t m_freeFloor;
    std::map<std::int64_t, std::unique_ptr<File>> m_files; ///< the thread's

    mutable std::mutex m_mutex; ///< of what follows; never held across I/O
    std::condition_variable m_wake;
    std::deque<Work> m_work;
    std::size_t m_blocks = 0; ///< of m_work
    std::uint64_t m_lost = 0;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace cb::sound
