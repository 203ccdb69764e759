#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cb::net {

/// Who is at the other end.
struct Peer {
    std::string address; ///< text form; behind a trusted proxy the one it forwarded for
    bool loopback = false;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request without its body.
struct Head {
    std::string method; ///< as sent, upper case for all that are known
    std::string target; ///< path and query, as sent
    Headers headers;
    bool hasBody = false;
    std::int64_t contentLength = -1; ///< -1 = not told (chunked)

    /// The first header of this name (any case), or empty.
    std::string_view header(std::string_view name) const;
    /// All headers of this name as one list: a proxy may have added a line of its own below the sender's.
    std::string joined(std::string_view name) const;
    std::string_view path() const; ///< target up to '?', still percent-encoded
    std::string_view query() const;
};

/// The value of `name` in a query string, percent-decoded; empty when absent. '+' is a space.
std::string queryValue(std::string_view query, std::string_view name);
/// Percent-decoded; bad escapes are kept as they are.
std::string percentDecoded(std::string_view text, bool plusIsSpace);

/// Part of a file; its descriptor is closed with the last reference.
class FileBody {
public:
    FileBody(int descriptor, std::int64_t offset, std::int64_t length);
    ~FileBody();
    FileBody(const FileBody&) = delete;
    FileBody& operator=(const FileBody&) = delete;
    std::int64_t length() const { return m_length; }
    /// Up to `size` bytes from `at` (relative to the part); empty on a read error. Blocks: not for the net thread.
    std::string read(std::int64_t at, std::size_t size) const;

private:
    int m_descriptor;
    std::int64_t m_offset;
    std::int64_t m_length;
};

/// Bytes that live as long as the program (embedded files).
using StaticBody = std::string_view;

struct Response {
    int status = 200;
    std::string phrase; ///< of the status line; empty = the usual one
    Headers headers;    ///< without Content-Length, Connection, Date; CR and LF in values are dropped
    /// A file is shared with the piece being read in a worker.
    std::variant<std::string, StaticBody, std::shared_ptr<const FileBody>> body;
    bool close = false; ///< close after it

    std::int64_t length() const;
};

std::string_view reason(int status);

/// Status line and headers, ready to send.
std::string serializeHead(const Response& response, bool keepAlive, std::string_view date);

} // namespace cb::net
