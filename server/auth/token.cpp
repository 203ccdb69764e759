#include "server/auth/token.h"

#include "server/auth/sodium_p.h"

#include <algorithm>
#include <array>

namespace cb::auth {

namespace {

std::array<unsigned char, crypto_hash_sha256_BYTES> digest(std::string_view text) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> out{};
    crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return out;
}

} // namespace

std::string newToken() {
    (void)sodiumReady(); // it cannot fail where /dev/urandom is
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.resize(kTokenLength);
    return out;
}

bool isToken(std::string_view text) {
    return text.size() == kTokenLength && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

std::string tokenHash(std::string_view token) {
    const auto bytes = digest(token);
    return hex(bytes.data(), bytes.size());
}

bool sameSecret(std::string_view a, std::string_view b) {
    const auto left = digest(a);
    const auto right = digest(b);
    return sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace cb::auth
