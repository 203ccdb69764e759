#pragma once

#include "tests/client/support/fake_server.h"

/// What the server of the tour is like: an agent with three conversations, groups, colleagues, replies, a past.
namespace cb::tour {

inline constexpr std::int64_t kLi = 7;   ///< answered a while ago, with pictures
inline constexpr std::int64_t kWu = 8;   ///< waits for an answer: a warm row
inline constexpr std::int64_t kAnna = 9; ///< has left the page

/// The standing still clock, an agent who is idle, groups and colleagues; no sessions.
void furnish(test::FakeServer& server);
void addSessions(test::FakeServer& server);
void addOffers(test::FakeServer& server);
/// Whoever has a name has a long one, Chinese or English.
void addLongNames(test::FakeServer& server);
/// An admin, and what there is to manage. With `many`, lists are long and names are, too.
void addAdmin(test::FakeServer& server, bool many = true);
/// The conversation of the session gets this many messages more, over several days, before those it has.
void addPast(test::FakeServer& server, std::int64_t session, int count);

} // namespace cb::tour
