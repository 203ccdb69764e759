#pragma once

#include <string>

/// What the server writes to people, each letter in Chinese and in English: an instance has no language of its own.
namespace cb::admin {

struct Letter {
    std::string subject; ///< one line
    std::string body;    ///< plain text, lines end with LF
};

/// For whom, and where they belong.
struct Recipient {
    std::string name;
    std::string email;
    std::string instance;   ///< its name
    std::string instanceId; ///< the number a program asks for
    std::string address;    ///< where to sign in; empty: the server was not told how the outside reaches it
};

/// To somebody who was made an agent or admin.
Letter invitation(const Recipient& to, const std::string& password);
/// To somebody whose password an admin reset.
Letter passwordReset(const Recipient& to, const std::string& password);

} // namespace cb::admin
