#pragma once

#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/model/agent.h"
#include "shared/model/attachment.h"
#include "shared/model/message.h"
#include "shared/model/phone.h"
#include "shared/model/screen_pop.h"
#include "shared/model/session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rows that only the server knows: the model has no use for them.
namespace cb::store {

/// How an agent proves who they are. The hash is opaque here (server/auth makes it).
struct Credential {
    model::AgentId agent;
    model::InstanceId instance;
    std::string passwordHash;
    bool mustChange = false; ///< only the password change is allowed until it is done
    base::TimePoint changedAt{};

    bool operator==(const Credential&) const = default;
};

enum class TokenKind { SignIn, PasswordReset };

/// Stored in the database: "sign_in", "password_reset".
std::string_view name(TokenKind kind);
std::optional<TokenKind> parseTokenKind(std::string_view name);

/// A secret somebody holds, kept as its hash only.
struct Token {
    std::string hash; ///< hex SHA-256; unique
    TokenKind kind = TokenKind::SignIn;
    model::InstanceId instance;
    model::AgentId agent;
    std::string device;
    base::TimePoint createdAt{};
    base::TimePoint expiresAt{};
    bool revoked = false;

    bool operator==(const Token&) const = default;
};

/// The dueAt of a letter that is not tried any more: the last millisecond of the year 9999.
inline constexpr base::TimePoint kMailGivenUp = base::fromUnixMillis(253'402'300'799'999);

/// A letter that waits to be sent, or was. Its body may hold a one-time password: it is emptied once it went out.
struct Mail {
    std::int64_t id = 0;
    model::InstanceId instance;
    std::string to; ///< an address
    std::string subject;
    std::string body; ///< plain text, UTF-8
    base::TimePoint createdAt{};
    base::TimePoint dueAt{}; ///< not before; epoch 0: at once; kMailGivenUp: never
    int attempts = 0;
    base::TimePoint sentAt{}; ///< epoch 0 = not yet
    std::string error;        ///< of the last attempt

    bool operator==(const Mail&) const = default;
};

/// Of the letters of all instances.
struct MailCounts {
    std::int64_t waiting = 0;
    std::int64_t givenUp = 0;

    bool operator==(const MailCounts&) const = default;
};

/// All screen pops（来电弹屏）of an instance, in the order they are shown.
struct ScreenPopList {
    model::InstanceId instance;
    std::vector<model::ScreenPop> pops;

    bool operator==(const ScreenPopList&) const = default;
};

/// One message of an open session by its sender's name, so that a repeat is answered with the original place.
struct KnownUuid {
    model::SessionId session;
    base::Uuid uuid;
    model::Seq seq = 0;
    base::TimePoint at{};
    bool byCustomer = false;

    bool operator==(const KnownUuid&) const = default;
};

/// What a list row shows of a session's messages. Notes count for nothing here.
struct Digest {
    model::SessionId session;
    model::Seq lastSeq = 0; ///< newest message; 0 = none yet, and everything else is empty
    std::string text;       ///< its text, ≤ 80 characters
    model::MessageKind kind = model::MessageKind::Text;
    model::Side side = model::Side::Customer;
    base::TimePoint at{};
    int unread = 0; ///< the customer's messages after Session::agentRead
    base::TimePoint
        customerWaitsSince{};    ///< the customer's oldest message after the agents' newest one; epoch 0 = none
    model::Seq lastAgentSeq = 0; ///< newest message of side Agent; 0 = none
    base::TimePoint lastAgentAt{};
    model::Seq lastCustomerSeq = 0; ///< newest message of side Customer; 0 = none
    base::TimePoint lastCustomerAt{};

    bool operator==(const Digest&) const = default;
};

struct MessagePage {
    std::vector<model::Message> messages; ///< oldest first
    bool more = false;                    ///< there are others beyond the page, on the side it was read towards
};

/// Which service records（服务记录）are wanted. What is empty does not filter.
struct RecordFilter {
    model::InstanceId instance; ///< always
    std::optional<model::Mode> mode;
    base::TimePoint from{}; ///< started then or later
    base::TimePoint to{};   ///< started earlier
    model::GroupId group;
    model::AgentId agent; ///< has it, had it, or had it before a transfer
    model::ChannelId channel;
    std::optional<model::SessionState> state;
    std::optional<model::EndReason> endReason;
    std::optional<bool> answered;
    // Of calls only; any of these leaves everything else out.
    std::optional<model::CallDirection> direction{};
    std::optional<bool> recorded{};
    std::string number{}; ///< digits of the caller's or the called number

    bool ofCalls() const { return direction || recorded || !number.empty(); }
};

struct RecordPage {
    std::vector<model::Session> rows; ///< newest first
    /// Where to go on (`before` of the next page); 0 = that was all. A page may be short, even empty, and not the last
    /// one: the work for one page is bounded.
    model::SessionId next;
};

struct RecordCount {
    std::int64_t count = 0;
    bool more = false; ///< there are at least that many
};

/// Sessions with first ≤ id < end.
struct SessionRange {
    model::SessionId first;
    model::SessionId end;
};

/// What the search index wants of one event that belongs to a session.
struct SearchLine {
    model::Seq seq = 0;
    model::SessionId session;
    std::string text; ///< of a message; empty for other kinds
};

/// What the search index wants of a session beside its messages.
struct SearchFacts {
    model::SessionId session;
    model::AgentId agent;
    model::AgentId lastAgent;
    model::GroupId group;
    std::string customerName;
};

/// When a session came how far: what the figures of a day are made of.
struct SessionTimes {
    model::Mode mode = model::Mode::Chat;
    model::ChannelId channel;
    model::GroupId group;       ///< 0: the flow has it, or had it at its end
    base::TimePoint queuedAt{}; ///< as model::Session has them
    base::TimePoint answeredAt{};
    base::TimePoint endedAt{};
    base::TimePoint completedAt{};

    bool operator==(const SessionTimes&) const = default;
};

/// Names of operator settings.
inline constexpr std::string_view kAudioReview = "audio_review"; ///< "on": the operator looks at uploaded audio first

/// A trunk as it is stored.
struct TrunkRow {
    model::Trunk trunk;         ///< without its password
    std::string sealedPassword; ///< opaque here (server/auth/secret_box.h); empty = it has none

    bool operator==(const TrunkRow&) const = default;
};

/// Files that lost their rows and are to be deleted.
struct LostFiles {
    std::vector<model::AttachmentId> attachments;
    std::vector<std::string> recordings; ///< model::Call::recording

    bool operator==(const LostFiles&) const = default;
};

struct AgentCalls {
    model::AgentId agent;
    int calls = 0;

    bool operator==(const AgentCalls&) const = default;
};

} // namespace cb::store
