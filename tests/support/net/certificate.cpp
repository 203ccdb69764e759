#include "tests/support/net/certificate.h"

#include <cstdio>
#include <filesystem>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace fs = std::filesystem;

namespace cb::test {

// Written under other names first: a server that reloads must not read half a file.
bool makeCertificate(const std::string& name, const std::string& certificate, const std::string& key, long from,
                     long until) {
    EVP_PKEY* pair = EVP_EC_gen("P-256");
    X509* one = X509_new();
    X509_set_version(one, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(one), 1);
    X509_gmtime_adj(X509_getm_notBefore(one), from);
    X509_gmtime_adj(X509_getm_notAfter(one), until);
    X509_set_pubkey(one, pair);
    auto* subject = X509_get_subject_name(one);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(one, subject);
    bool good = X509_sign(one, pair, EVP_sha256()) > 0;
    for (const auto& path : {certificate, key}) {
        FILE* out = std::fopen((path + ".new").c_str(), "we");
        good = good && out != nullptr &&
               (path == key ? PEM_write_PrivateKey(out, pair, nullptr, nullptr, 0, nullptr, nullptr)
                            : PEM_write_X509(out, one)) == 1;
        if (out != nullptr)
            std::fclose(out);
        fs::rename(path + ".new", path);
    }
    X509_free(one);
    EVP_PKEY_free(pair);
    return good;
}

} // namespace cb::test
