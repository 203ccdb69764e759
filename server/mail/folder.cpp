#include "server/mail/folder.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::mail {

namespace {

bool writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const auto done = ::write(file, text.data(), text.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(done));
    }
    return ::fsync(file) == 0;
}

bool syncFolder(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return false;
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    return synced;
}

} // namespace

std::string Folder::fileOf(const std::string& folder, std::int64_t id) {
    return folder + '/' + std::to_string(id) + ".eml";
}

base::Result<void> Folder::deliver(const Envelope& envelope) {
    const auto failed = [] { return base::retry("mail_unreachable", std::strerror(errno)); };
    if (::mkdir(m_path.c_str(), 0700) != 0 && errno != EEXIST)
        return failed();
    const std::string path = fileOf(m_path, envelope.id);
    const std::string part = path + ".part";
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return failed();
    const bool written = writeAll(file, envelope.message);
    ::close(file);
    if (!written || ::rename(part.c_str(), path.c_str()) != 0) {
        const int why = errno;
        ::unlink(part.c_str());
        errno = why;
        return failed();
    }
    return syncFolder(m_path) ? base::Result<void>{} : base::Result<void>{failed()};
}

} // namespace cb::mail
