#pragma once

#include "server/channels/phone/libre_p.h"
#include "shared/base/result.h"

#include <string>

namespace cb::phone {

/// The certificate that agents' browsers see: P-256, made at every start, known to them by the fingerprint in the
/// answer (RFC 8122). libre's own self-signed one is RSA-1024, which OpenSSL 3 refuses.
class DtlsIdentity {
public:
    /// Errors: phone_failed (params.what).
    base::Result<void> make();

    struct tls* context() const {
        return m_tls.get();
    }
    const std::string& fingerprint() const { return m_fingerprint; } ///< SHA-256, "AB:CD:…"

private:
    Ref<struct tls> m_tls;
    std::string m_fingerprint;
};

/// "AB:CD:…"
std::string fingerprintText(const std::uint8_t (&digest)[32]);

} // namespace cb::phone
