#pragma once

#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace cb::auth {

constexpr std::size_t kMinPassword = 8;   ///< characters
constexpr std::size_t kMaxPassword = 256; ///< bytes

/// How much work a hash is. Tests that need many hashes use Least.
enum class Cost { Interactive, Least };

/// Argon2id (RFC 9106) with a random salt, as libsodium's self-describing text. 64 MiB and about 60 ms at Interactive.
/// Errors: overloaded (no memory).
base::Result<std::string> hashPassword(std::string_view password, Cost cost = Cost::Interactive);

/// As long as a real check, whatever the hash: an empty or unreadable one is compared with a hash of nobody's password.
bool verifyPassword(const std::string& hash, std::string_view password, Cost cost = Cost::Interactive);

/// Errors: password_weak (min), bad_field when longer than kMaxPassword or not UTF-8.
base::Result<void> checkNewPassword(std::string_view password);

/// 16 characters from an alphabet without look-alikes (about 93 bits).
std::string randomPassword();

/// For passwords made by randomPassword() only, which nobody can guess however fast each try is: BLAKE2b with a random
/// salt, in microseconds instead of 60 ms. verifyPassword() knows this form, too, and takes as long with it as with the
/// other. Errors: overloaded.
base::Result<std::string> hashRandomPassword(std::string_view password);

} // namespace cb::auth
