#include "tests/support/disk/disk_control.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace cb::test {

namespace {

long load(const long& value) {
    return __atomic_load_n(&value, __ATOMIC_SEQ_CST);
}
void store(long& target, long value) {
    __atomic_store_n(&target, value, __ATOMIC_SEQ_CST);
}

} // namespace

DiskControl::DiskControl(const std::string& directory)
    : m_path(directory + "/fault-disk") {
    const int fd = ::open(m_path.c_str(), O_RDWR | O_CREAT, 0600);
    if (fd < 0 || ::ftruncate(fd, sizeof(cb_fault_disk)) != 0)
        return;
    void* at = ::mmap(nullptr, sizeof(cb_fault_disk), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    if (at != MAP_FAILED)
        m_control = static_cast<cb_fault_disk*>(at);
}

DiskControl::~DiskControl() {
    if (m_control)
        ::munmap(m_control, sizeof(cb_fault_disk));
}

std::map<std::string, std::string> DiskControl::environment() const {
    return {{"LD_PRELOAD", CLOUDBELL_FAULT_DISK_LIBRARY}, {"CLOUDBELL_FAULT_DISK", m_path}};
}

void DiskControl::setSyncDelay(long micros) {
    store(m_control->sync_delay_micros, micros);
}
void DiskControl::setFull(bool full) {
    store(m_control->full, full ? 1 : 0);
}
void DiskControl::failWriteAfter(long more) {
    store(m_control->fail_write, load(m_control->writes) + more);
}
void DiskControl::failSyncAfter(long more) {
    store(m_control->fail_sync, load(m_control->syncs) + more);
}
long DiskControl::writes() const {
    return load(m_control->writes);
}
long DiskControl::syncs() const {
    return load(m_control->syncs);
}

} // namespace cb::test
