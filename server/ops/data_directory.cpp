#include "server/ops/data_directory.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::ops {

base::Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        std::filesystem::create_directories(path, error);
        if (!error)
            ::chmod(path.c_str(), 0700);
    }
    const int descriptor = ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return base::fatal("storage_unavailable", path + ": " + std::strerror(errno));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return base::fatal("data_in_use", "another server runs on " + path);
    }
    return std::unique_ptr<DataDirectory>(new DataDirectory(path, descriptor));
}

DataDirectory::~DataDirectory() {
    ::close(m_descriptor);
}

} // namespace cb::ops
