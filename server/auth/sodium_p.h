#pragma once

#include <sodium.h>

#include <cstddef>
#include <string>

/// What the users of libsodium in this room share. Safe from any thread.
namespace cb::auth {

/// The library needs it once per process. False: the machine gives no random numbers.
inline bool sodiumReady() {
    static const bool ok = sodium_init() >= 0;
    return ok;
}

/// Lower-case hexadecimal.
inline std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string out(size * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes, size);
    out.pop_back();
    return out;
}

} // namespace cb::auth
