#pragma once

#include "shared/base/result.h"

#include <array>
#include <string>
#include <string_view>

namespace cb::auth {

/// Encrypts the secrets the server itself must be able to read again (a trunk's password), so that the database alone
/// does not tell them: libsodium's secretbox (XSalsa20-Poly1305) under the key in a file beside it. A value; any
/// thread.
class SecretBox {
public:
    /// Errors: secret_key_missing (rejected), secret_key_unreadable (fatal: not a key, or no right to read it).
    static base::Result<SecretBox> open(const std::string& keyFile);
    /// Makes the file (0600, synced) when it is missing; of two processes at once one makes it. Errors:
    /// secret_key_unreadable, storage_unavailable.
    static base::Result<SecretBox> openOrMake(const std::string& keyFile);
    ~SecretBox();
    SecretBox(const SecretBox&) = default;
    SecretBox& operator=(const SecretBox&) = default;

    /// Base64url; another text each time. Its length tells that of the secret.
    std::string sealed(std::string_view secret) const;
    /// Errors: secret_unreadable (fatal: sealed with another key, or changed).
    base::Result<std::string> opened(std::string_view sealed) const;

private:
    using Key = std::array<unsigned char, 32>;
    explicit SecretBox(const Key& key)
        : m_key(key) {}
    static base::Result<Key> read(const std::string& keyFile);

    Key m_key;
};

} // namespace cb::auth
