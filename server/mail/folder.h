#pragma once

#include "server/mail/transport.h"

namespace cb::mail {

/// Writes each letter as a file `<id>.eml` (0600) into a folder (0700, made when missing): for a server that has no
/// mail server yet. A file is there whole or not at all, and synced before deliver() returns.
class Folder final : public Transport {
public:
    explicit Folder(std::string path)
        : m_path(std::move(path)) {}

    base::Result<void> deliver(const Envelope& envelope) override;

    /// Where a letter lies, whether it does or not.
    static std::string fileOf(const std::string& folder, std::int64_t id);

private:
    std::string m_path;
};

} // namespace cb::mail
