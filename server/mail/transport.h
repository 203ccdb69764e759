#pragma once

#include "shared/base/result.h"

#include <string>

namespace cb::mail {

/// One letter on its way.
struct Envelope {
    std::int64_t id = 0;
    std::string from; ///< addresses, checked by isAddress
    std::string to;
    std::string message; ///< as composed by message.h
};

/// Takes letters out of the house. One thread at a time, but for stop().
class Transport {
public:
    virtual ~Transport() = default;

    /// Blocks until the other side has it for good. Errors, with what the other side said as detail (printable, no
    /// secret, at most kMaxReply characters): `mail_unreachable` (retry: nobody talks to us, so no other letter would
    /// fare better), `mail_deferred` (retry: not this one, not now), `mail_refused` (rejected: never this one),
    /// `cancelled` (retry: stop() came before the other side could have taken it).
    virtual base::Result<void> deliver(const Envelope& envelope) = 0;

    /// Nothing more to do for now: connections may go.
    virtual void rest() {}

    /// From any thread: a delivery in progress ends soon.
    virtual void stop() {}

    static constexpr std::size_t kMaxReply = 300;
};

} // namespace cb::mail
