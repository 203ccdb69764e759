#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace cb::mail {

/// A sender: "云铃 <calls@example.com>".
struct Mailbox {
    std::string name; ///< may be empty
    std::string address;

    bool operator==(const Mailbox&) const = default;
};

/// local@domain in printable ASCII, without quotes, brackets, commas or spaces; at most 254 bytes. Stricter than RFC
/// 5321: whatever passes can stand in a header and in an SMTP command as it is.
bool isAddress(std::string_view text);

/// "name <address>" or an address alone. Errors: bad_field.
base::Result<Mailbox> parseMailbox(std::string_view text);

struct Letter {
    std::int64_t id = 0;
    Mailbox from;
    std::string to; ///< an address
    std::string subject;
    std::string body; ///< plain text, UTF-8, lines end with \n
    base::TimePoint date{};
};

/// RFC 5322 and MIME, CRLF, lines ≤ 76 characters, nothing but ASCII. Control characters in the subject become spaces
/// and everything beyond plain words is encoded (RFC 2047), so that no value can begin a header of its own. The same
/// letter gives the same text every time, its Message-ID too. `from` and `to` must be addresses.
std::string compose(const Letter& letter);

/// Thu, 05 Mar 2026 09:07:00 +0000
std::string rfcDate(base::TimePoint time);

} // namespace cb::mail
