#pragma once

#include "tests/support/disk/fault_disk.h"

#include <map>
#include <string>

namespace cb::test {

/// The test's end of fault_disk.c: makes the control file, says what the server's environment must have, and changes
/// the faults while it runs.
class DiskControl {
public:
    explicit DiskControl(const std::string& directory);
    ~DiskControl();
    DiskControl(const DiskControl&) = delete;
    DiskControl& operator=(const DiskControl&) = delete;

    std::map<std::string, std::string> environment() const;

    void setSyncDelay(long micros);
    void setFull(bool full);
    void failWriteAfter(long more); ///< the next but `more`-th write fails once
    void failSyncAfter(long more);
    long writes() const;
    long syncs() const;

private:
    std::string m_path;
    cb_fault_disk* m_control = nullptr;
};

} // namespace cb::test
