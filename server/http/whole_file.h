#pragma once

#include "server/net/http_types.h"
#include "shared/base/result.h"

#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace cb::http {

/// All of an open file as a body; the descriptor is the body's from now on.
inline base::Result<std::shared_ptr<const net::FileBody>> wholeFile(int descriptor) {
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) {
        ::close(descriptor);
        return base::retry("storage_unavailable", "file");
    }
    return std::make_shared<const net::FileBody>(descriptor, 0, static_cast<std::int64_t>(info.st_size));
}

} // namespace cb::http
