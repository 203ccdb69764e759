#include "server/auth/secret_box.h"

#include "server/auth/sodium_p.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::auth {

namespace {

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// Closes with the object.
class KeyDescriptor {
public:
    explicit KeyDescriptor(int number)
        : m_number(number) {}
    ~KeyDescriptor() {
        if (m_number >= 0)
            ::close(m_number);
    }
    KeyDescriptor(const KeyDescriptor&) = delete;
    KeyDescriptor& operator=(const KeyDescriptor&) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

base::Error keyDiskError(const std::string& what) {
    return base::retry("storage_unavailable", what + ": " + std::strerror(errno));
}

std::string folderOfKey(const std::string& keyFile) {
    return std::filesystem::absolute(keyFile).parent_path().string();
}

/// An operator's command may run as root: the server must be able to read what it made.
bool giveToOwnerOf(const std::string& folder, int descriptor) {
    struct stat info {};
    if (::geteuid() != 0)
        return true;
    return ::stat(folder.c_str(), &info) == 0 && ::fchown(descriptor, info.st_uid, info.st_gid) == 0;
}

/// Under its name whole, or not there.
base::Result<void> makeKeyFile(const std::string& keyFile) {
    std::string part = keyFile + ".XXXXXX";
    const KeyDescriptor file(::mkostemp(part.data(), O_CLOEXEC)); // 0600
    if (file.number() < 0)
        return keyDiskError(part);
    unsigned char key[crypto_secretbox_KEYBYTES];
    randombytes_buf(key, sizeof key);
    const auto folder = folderOfKey(keyFile);
    const bool written = ::write(file.number(), key, sizeof key) == static_cast<ssize_t>(sizeof key) &&
                         giveToOwnerOf(folder, file.number()) && ::fsync(file.number()) == 0;
    sodium_memzero(key, sizeof key);
    // link() and not rename(): the key of a process that was faster must stay.
    const bool there = written && (::link(part.c_str(), keyFile.c_str()) == 0 || errno == EEXIST);
    const auto error = keyDiskError(keyFile);
    ::unlink(part.c_str());
    if (!there)
        return error;
    const KeyDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0)
        return keyDiskError(folder);
    return {};
}

} // namespace

base::Result<SecretBox::Key> SecretBox::read(const std::string& keyFile) {
    static_assert(std::tuple_size_v<Key> == crypto_secretbox_KEYBYTES);
    if (!sodiumReady())
        return base::fatal("secret_key_unreadable", "libsodium does not start");
    const KeyDescriptor file(::open(keyFile.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0)
        return errno == ENOENT ? base::rejected("secret_key_missing", keyFile)
                               : base::fatal("secret_key_unreadable", keyFile + ": " + std::strerror(errno));
    unsigned char bytes[crypto_secretbox_KEYBYTES + 1];
    if (::read(file.number(), bytes, sizeof bytes) != static_cast<ssize_t>(crypto_secretbox_KEYBYTES))
        return base::fatal("secret_key_unreadable", keyFile + " is not a key");
    Key key;
    std::memcpy(key.data(), bytes, key.size());
    sodium_memzero(bytes, sizeof bytes);
    return key;
}

base::Result<SecretBox> SecretBox::open(const std::string& keyFile) {
    auto key = read(keyFile);
    return key ? base::Result<SecretBox>(SecretBox(*key)) : key.error();
}

base::Result<SecretBox> SecretBox::openOrMake(const std::string& keyFile) {
    auto box = open(keyFile);
    if (box || box.error().code != "secret_key_missing")
        return box;
    if (auto made = makeKeyFile(keyFile); !made)
        return made.error();
    return open(keyFile);
}

SecretBox::~SecretBox() {
    sodium_memzero(m_key.data(), m_key.size());
}

std::string SecretBox::sealed(std::string_view secret) const {
    std::string box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size(), '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(box.data());
    randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES, reinterpret_cast<const unsigned char*>(secret.data()),
                          secret.size(), bytes, m_key.data());
    std::string text(sodium_base64_encoded_len(box.size(), kBase64), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, box.size(), kBase64);
    text.pop_back(); // the zero at its end
    return text;
}

base::Result<std::string> SecretBox::opened(std::string_view sealed) const {
    const auto unreadable = base::fatal("secret_unreadable");
    std::string box(sealed.size(), '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(box.data());
    std::size_t size = 0;
    if (sodium_base642bin(bytes, box.size(), sealed.data(), sealed.size(), nullptr, &size, nullptr, kBase64) != 0 ||
        size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
        return unreadable;
    std::string secret(size - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(secret.data()), bytes + crypto_secretbox_NONCEBYTES,
                                   size - crypto_secretbox_NONCEBYTES, bytes, m_key.data()) != 0)
        return unreadable;
    return secret;
}

} // namespace cb::auth
