#include "server/auth/password.h"

#include "server/auth/sodium_p.h"
#include "shared/base/text.h"

#include <mutex>

namespace cb::auth {

namespace {

unsigned long long operations(Cost cost) {
    return cost == Cost::Least ? crypto_pwhash_argon2id_OPSLIMIT_MIN : crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE;
}

std::size_t memory(Cost cost) {
    return cost == Cost::Least ? crypto_pwhash_argon2id_MEMLIMIT_MIN : crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE;
}

// ---- the fast form: "$cbrandom$<salt>$<hash>", both hexadecimal

constexpr std::string_view kRandomPrefix = "$cbrandom$";
constexpr std::size_t kSalt = crypto_generichash_KEYBYTES_MIN; // BLAKE2b takes it as its key
constexpr std::size_t kDigest = crypto_generichash_BYTES;

std::string randomForm(const unsigned char* salt, std::string_view password) {
    unsigned char digest[kDigest];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(password.data()), password.size(),
                       salt, kSalt);
    return std::string(kRandomPrefix) + hex(salt, kSalt) + '$' + hex(digest, sizeof digest);
}

bool matchesRandomForm(const std::string& stored, std::string_view password) {
    unsigned char salt[kSalt];
    std::size_t length = 0;
    const auto text = stored.substr(kRandomPrefix.size(), kSalt * 2);
    if (sodium_hex2bin(salt, sizeof salt, text.data(), text.size(), nullptr, &length, nullptr) != 0 || length != kSalt)
        return false;
    const auto wanted = randomForm(salt, password);
    return stored.size() == wanted.size() && sodium_memcmp(stored.data(), wanted.data(), wanted.size()) == 0;
}

/// A hash nobody knows the password of, made once per process and cost.
const std::string& nobody(Cost cost) {
    static std::mutex mutex;
    static std::string hashes[2];
    const std::lock_guard lock(mutex);
    std::string& hash = hashes[cost == Cost::Least ? 1 : 0];
    if (hash.empty())
        hash = hashPassword(randomPassword(), cost).valueOr("");
    return hash;
}

} // namespace

base::Result<std::string> hashPassword(std::string_view password, Cost cost) {
    char out[crypto_pwhash_STRBYTES];
    if (!sodiumReady() || crypto_pwhash_str_alg(out, password.data(), password.size(), operations(cost), memory(cost),
                                                crypto_pwhash_ALG_ARGON2ID13) != 0)
        return base::retry("overloaded", "no memory for a password hash");
    return std::string(out);
}

base::Result<std::string> hashRandomPassword(std::string_view password) {
    if (!sodiumReady())
        return base::retry("overloaded", "no random numbers");
    unsigned char salt[kSalt];
    randombytes_buf(salt, sizeof salt);
    return randomForm(salt, password);
}

bool verifyPassword(const std::string& hash, std::string_view password, Cost cost) {
    if (!sodiumReady() || password.size() > kMaxPassword)
        password = {};
    const auto matches = [&](const std::string& text) {
        return crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
    };
    if (hash.rfind(crypto_pwhash_argon2id_STRPREFIX, 0) != 0) {
        (void)matches(nobody(cost)); // also for the fast form: the time must not tell who has not been here yet
        return hash.rfind(kRandomPrefix, 0) == 0 && !password.empty() && matchesRandomForm(hash, password);
    }
    return matches(hash) && !password.empty();
}

base::Result<void> checkNewPassword(std::string_view password) {
    if (password.size() > kMaxPassword || !base::isUtf8(password))
        return base::with(base::rejected("bad_field", "too long or not UTF-8"), "field", "new");
    if (base::length(password) < kMinPassword)
        return base::with(base::rejected("password_weak"), "min", std::to_string(kMinPassword));
    return {};
}

std::string randomPassword() {
    static constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    (void)sodiumReady();
    std::string out;
    for (int i = 0; i < 16; ++i)
        out += kAlphabet[randombytes_uniform(static_cast<std::uint32_t>(kAlphabet.size()))];
    return out;
}

} // namespace cb::auth
