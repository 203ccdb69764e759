#include "tests/support/disk/small_disk.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace cb::test {

SmallDisk::SmallDisk(std::string directory, std::uint64_t bytes)
    : m_directory(std::move(directory))
    , m_ballast(m_directory + "/ballast") {
    const std::string options = "size=" + std::to_string(bytes) + ",mode=0700";
    if (::unshare(CLONE_NEWNS) != 0)
        fail("a mount namespace");
    else if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        fail("keeping mounts to oneself");
    else if (::mount("tmpfs", m_directory.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) != 0)
        fail("mounting a tmpfs");
}

SmallDisk::~SmallDisk() {
    if (m_trouble.empty())
        ::umount2(m_directory.c_str(), MNT_DETACH);
}

void SmallDisk::fail(const char* what) {
    const int error = errno;
    m_forbidden = error == EPERM || error == EACCES || error == ENOSYS;
    m_trouble = std::string(what) + (m_forbidden ? " is not allowed here (it takes root): " : ": ");
    m_trouble += std::strerror(error);
}

std::uint64_t SmallDisk::freeBytes() const {
    struct statvfs space {};
    if (::statvfs(m_directory.c_str(), &space) != 0)
        return 0;
    return static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
}

bool SmallDisk::leave(std::uint64_t bytes) {
    const int file = ::open(m_ballast.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const std::string page(4'096, 'x'); // what a tmpfs counts in
    while (freeBytes() > bytes && ::write(file, page.data(), page.size()) > 0) {
    }
    ::close(file);
    return freeBytes() <= bytes;
}

void SmallDisk::release() {
    ::unlink(m_ballast.c_str());
}

} // namespace cb::test
