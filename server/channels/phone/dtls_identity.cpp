#include "server/channels/phone/dtls_identity.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>
#include <functional>

namespace cb::phone {

namespace {

constexpr long kDay = 86'400;
constexpr long kValid = 3 * 365 * kDay; ///< of a process that is never restarted
constexpr const char* kSuites = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FreeMemory {
    void operator()(BIO* memory) const { BIO_free(memory); }
};

std::string pem(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, FreeMemory> memory(BIO_new(BIO_s_mem()));
    if (!memory || write(memory.get()) != 1)
        return {};
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

bool fill(X509* certificate, EVP_PKEY* key) {
    std::array<unsigned char, 8> serial{};
    if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1)
        return false;
    serial[0] &= 0x7F;
    std::uint64_t number = 0;
    for (const unsigned char byte : serial)
        number = (number << 8) | byte;
    const std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> name(X509_NAME_new(), &X509_NAME_free);
    return X509_set_version(certificate, 2) == 1 &&
           ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number) == 1 &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), -kDay) != nullptr &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), kValid) != nullptr &&
           X509_NAME_add_entry_by_txt(name.get(), "CN", MBSTRING_ASC,
                                      reinterpret_cast<const unsigned char*>("cloudbell"), -1, -1, 0) == 1 &&
           X509_set_subject_name(certificate, name.get()) == 1 && X509_set_issuer_name(certificate, name.get()) == 1 &&
           X509_set_pubkey(certificate, key) == 1 && X509_sign(certificate, key, EVP_sha256()) != 0;
}

} // namespace

std::string fingerprintText(const std::uint8_t (&digest)[32]) {
    constexpr const char* kHex = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t byte : digest) {
        if (!text.empty())
            text += ':';
        text += kHex[byte >> 4];
        text += kHex[byte & 15];
    }
    return text;
}

base::Result<void> DtlsIdentity::make() {
    const base::Error failed = base::with(base::fatal("phone_failed"), "what", "certificate");
    const std::unique_ptr<EVP_PKEY, FreeKey> key(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, FreeCertificate> certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get()))
        return failed;
    const std::string shown = pem([&](BIO* to) { return PEM_write_bio_X509(to, certificate.get()); });
    const std::string secret =
        pem([&](BIO* to) { return PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    struct tls* context = nullptr;
    if (tls_alloc(&context, TLS_METHOD_DTLS, nullptr, nullptr) != 0)
        return failed;
    m_tls.reset(context);
    std::uint8_t digest[32];
    if (tls_set_certificate_pem(context, shown.data(), shown.size(), secret.data(), secret.size()) != 0 ||
        tls_set_srtp(context, kSuites) != 0 ||
        tls_fingerprint(context, TLS_FINGERPRINT_SHA256, digest, sizeof digest) != 0)
        return failed;
    tls_set_verify_client(context); // the browser's certificate is what its fingerprint is compared with
    m_fingerprint = fingerprintText(digest);
    return {};
}

} // namespace cb::phone
