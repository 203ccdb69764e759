#include "server/channels/web/origin.h"

#include <cstdint>
#include <cstdlib>
#include <string>

/// Any bytes as an Origin: none but the domain and what ends in a dot and the domain is let in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string origin(reinterpret_cast<const char*>(data), size);
    if (cb::web::originAllowed(origin, ""))
        std::abort();
    if (!cb::web::originAllowed(origin, "shop.test"))
        return 0;
    for (char& c : origin)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto domain = origin.rfind("shop.test");
    const auto slashes = origin.find("//");
    const bool known = domain != std::string::npos && slashes != std::string::npos &&
                       (domain == slashes + 2 || origin[domain - 1] == '.') &&
                       origin.find_first_of("/@?#\\ ", slashes + 2) == std::string::npos;
    if (!known)
        std::abort();
    return 0;
}
