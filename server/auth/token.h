#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cb::auth {

constexpr std::size_t kTokenLength = 43; ///< 32 bytes as base64url without padding

/// 32 bytes from the system's random generator, base64url.
std::string newToken();
/// True when it has the form of a token.
bool isToken(std::string_view text);
/// Hex SHA-256: what is kept of a token. A fast hash is enough, because tokens are as random as keys.
std::string tokenHash(std::string_view token);
/// Compares without telling by its time where they differ.
bool sameSecret(std::string_view a, std::string_view b);

} // namespace cb::auth
