#pragma once

#include "shared/base/result.h"

#include <memory>
#include <string>

namespace cb::ops {

/// Where everything of one server lies, and the lock that keeps a second server away. The lock goes with the object,
/// and with the process, however it ends.
class DataDirectory {
public:
    /// Makes the folder (0700) when missing. Errors: data_in_use, storage_unavailable.
    static base::Result<std::unique_ptr<DataDirectory>> open(const std::string& path);
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    const std::string& path() const { return m_path; }

    static std::string databaseOf(const std::string& path) { return path + "/cloudbell.db"; }
    /// Files that are made again when they are missing: no backup needs them.
    static std::string exportsOf(const std::string& path) { return path + "/exports"; }
    /// Installers of the desktop program, put there by the operator: no backup needs them, either.
    static std::string programsOf(const std::string& path) { return path + "/programs"; }
    static std::string attachmentsOf(const std::string& path) { return path + "/attachments"; }
    static std::string audioOf(const std::string& path) { return path + "/audio"; }
    static std::string recordingsOf(const std::string& path) { return path + "/recordings"; }
    /// What secrets in the database are encrypted with (auth::SecretBox); made when first needed.
    static std::string keyOf(const std::string& path) { return path + "/secret.key"; }

private:
    DataDirectory(std::string path, int descriptor)
        : m_path(std::move(path))
        , m_descriptor(descriptor) {}
    std::string m_path;
    int m_descriptor;
};

} // namespace cb::ops
