#include "server/http/file_part.h"

#include "server/net/range.h"

#include <cerrno>
#include <cstring>
#include <variant>

#include <sys/stat.h>
#include <unistd.h>

namespace cb::http {

namespace {

/// Status and headers; the part to send. Of nothing that can be sent the status is 416.
net::Part begun(net::Response& response, net::Headers headers, const net::Head& head, std::int64_t size) {
    response.headers = std::move(headers);
    response.headers.emplace_back("Accept-Ranges", "bytes");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    const auto range = net::parseRange(head.header("Range"), size);
    const auto whole = std::to_string(size);
    if (std::holds_alternative<net::Unsatisfiable>(range)) {
        response.status = 416;
        response.headers.emplace_back("Content-Range", "bytes */" + whole);
        return {};
    }
    const auto* part = std::get_if<net::Part>(&range);
    if (part == nullptr)
        return {0, size - 1};
    response.status = 206;
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(part->first) + '-' +
                                                       std::to_string(part->last) + '/' + whole);
    return *part;
}

} // namespace

base::Result<net::Response> partOfFile(int descriptor, net::Headers headers, const net::Head& head) {
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) {
        const auto error = base::retry("storage_unavailable", std::strerror(errno));
        ::close(descriptor);
        return error;
    }
    net::Response response;
    const auto part = begun(response, std::move(headers), head, static_cast<std::int64_t>(info.st_size));
    if (response.status == 416)
        ::close(descriptor);
    else
        response.body = std::make_shared<const net::FileBody>(descriptor, part.first, part.last - part.first + 1);
    return response;
}

net::Response partOfBytes(std::string bytes, net::Headers headers, const net::Head& head) {
    net::Response response;
    const auto part = begun(response, std::move(headers), head, static_cast<std::int64_t>(bytes.size()));
    if (response.status == 206)
        response.body =
            bytes.substr(static_cast<std::size_t>(part.first), static_cast<std::size_t>(part.last - part.first + 1));
    else if (response.status == 200)
        response.body = std::move(bytes);
    return response;
}

} // namespace cb::http
