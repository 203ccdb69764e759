#pragma once

#include "server/media/file_name.h"
#include "server/net/http_types.h"
#include "shared/base/result.h"

#include <memory>

#include <sys/stat.h>
#include <unistd.h>

namespace cb::http {

/// All of an open file, to be saved under this name and never shown; the descriptor is the answer's from now on.
inline base::Result<net::Response> wholeFile(int descriptor, std::string contentType, std::string_view cleanName,
                                             std::string caching) {
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) {
        ::close(descriptor);
        return base::retry("storage_unavailable", "file");
    }
    net::Response response;
    response.headers = {{"Content-Type", std::move(contentType)},
                        {"Content-Disposition", media::contentDisposition(cleanName)},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Content-Security-Policy", "default-src 'none'; sandbox"},
                        {"Cache-Control", std::move(caching)}};
    response.body = std::make_shared<const net::FileBody>(descriptor, 0, static_cast<std::int64_t>(info.st_size));
    return response;
}

} // namespace cb::http
