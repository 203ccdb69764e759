#pragma once

#include "server/app/options.h"
#include "shared/base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace cb::app {

/// A whole server. start() and stop() on one thread; everything else runs on the threads of its parts.
class Application {
public:
    explicit Application(Options options);
    ~Application(); ///< as stop()
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Returns when it listens and is ready. Errors: data_in_use, schema_newer, listen_failed, bad_certificate, …
    base::Result<void> start();
    std::uint16_t port() const;
    /// http://ADDRESS:PORT or https://, as it listens.
    std::string address() const;

    /// SIGHUP. On an error the old certificates stay.
    base::Result<void> reloadCertificates();

    /// Accepts nothing more, closes WebSockets with 1001, finishes the desk, commits what waits. Idempotent.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::app
