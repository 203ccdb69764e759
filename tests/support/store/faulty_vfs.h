#pragma once

#include <cstdint>
#include <memory>

namespace cb::test {

/// While it lives, SQLite's default file system of this process: the real one with faults on demand. Make it before the
/// first connection is opened and keep it until the last one is closed. Safe from any thread.
///
/// An *operation* is a write, a truncation, a sync or a deletion of a database file, its log or its journal.
class FaultyVfs {
public:
    FaultyVfs();
    ~FaultyVfs();

    /// The `nth` operation from now (1 = the next) fails with an I/O error; then `count` - 1 more.
    void failAt(std::int64_t nth, std::int64_t count = 1);
    /// Files may grow by this much in all; then the disk is full. Negative: no limit.
    void setRoom(std::int64_t bytes);
    /// Before the `nth` operation from now the power goes: it and everything after it fails.
    void cutPowerAt(std::int64_t nth);
    void cutPower() { cutPowerAt(0); }
    bool powerIsOff() const;

    /// The power is back: what was not synced never happened, shared memory is gone. No connection may be open.
    void restorePower();

    void heal(); ///< no more faults; not for a power cut

    std::int64_t operations() const; ///< so far
    std::int64_t faults() const;     ///< operations that failed by our doing

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::test
