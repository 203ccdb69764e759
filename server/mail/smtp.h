#pragma once

#include "server/mail/transport.h"

#include <atomic>
#include <memory>

namespace cb::mail {

struct SmtpOptions {
    std::string url;  ///< smtp://host[:port] or smtps://host[:port]; a path is the name we greet with
    std::string user; ///< empty: no authentication
    std::string password;
    std::string caFile; ///< PEM; empty = the system's
    bool tls = true;    ///< smtp:// must go over to TLS (STARTTLS), or nothing is sent
    long connectSeconds = 15;
    long totalSeconds = 120; ///< for one letter
    long lastSeconds = 10;   ///< after stop(), for the answer to a letter that was sent whole
};

/// Is this the URL of a mail server? No user, query or fragment: secrets do not belong there.
bool isSmtpUrl(std::string_view url);

/// SMTP by libcurl (the process ignores SIGPIPE), on one connection while letters follow each other. Of 5xx answers
/// only those to the letter itself (sender, recipient, text) are `mail_refused`; a wrong password or a greeting full of
/// refusal is the configuration's fault, and the letters wait until that is mended.
class Smtp final : public Transport {
public:
    explicit Smtp(SmtpOptions options);
    ~Smtp() override;

    base::Result<void> deliver(const Envelope& envelope) override;
    void rest() override;
    void stop() override { m_stopping = true; }

private:
    struct Transfer;
    struct Handle;

    SmtpOptions m_options;
    std::unique_ptr<Handle> m_handle; ///< nullptr: no connection
    std::atomic<bool> m_stopping{false};
};

} // namespace cb::mail
