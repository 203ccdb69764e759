#pragma once

#include <cstdint>
#include <string>

namespace cb::test {

/// A disk of some megabytes over a directory: a real tmpfs. It is mounted in a namespace of the calling thread's own,
/// which the processes it starts from then on share. So nobody else sees it, and it is gone with this object, or with
/// the last of those processes, whatever ended them. Linux, root.
class SmallDisk {
public:
    /// The directory exists and is empty.
    SmallDisk(std::string directory, std::uint64_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    const std::string& trouble() const { return m_trouble; } ///< empty: it is mounted
    bool isForbidden() const { return m_forbidden; }         ///< the trouble is that we may not mount

    std::uint64_t freeBytes() const;
    /// Ballast grows until no more than this is free. False when it could not.
    bool leave(std::uint64_t bytes);
    void release(); ///< the ballast goes

private:
    void fail(const char* what);

    std::string m_directory;
    std::string m_ballast;
    std::string m_trouble;
    bool m_forbidden = false;
};

} // namespace cb::test
