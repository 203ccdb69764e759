#pragma once

#include "shared/base/error.h"
#include "shared/model/agent.h"
#include "shared/model/offer.h"
#include "shared/wire/frame.h"
#include "shared/wire/objects.h"

#include <string>
#include <string_view>
#include <vector>

namespace cb::wire {

// Bodies of docs/protocol.md 6.

struct SignIn {
    model::InstanceId instance;
    std::string email;
    std::string password;
    bool remember = false;
    std::string device;
    bool operator==(const SignIn&) const = default;
};
struct InstanceFace {
    model::InstanceId id;
    std::string name;
    std::string timeZone;
    bool operator==(const InstanceFace&) const = default;
};
struct SignedIn {
    std::string token;
    base::TimePoint expiresAt{};
    bool mustChangePassword = false;
    model::Agent me;
    InstanceFace instance;
    bool operator==(const SignedIn&) const = default;
};
struct PasswordChange {
    std::string old;
    std::string fresh; ///< "new" on the wire
    bool operator==(const PasswordChange&) const = default;
};
/// “Forgotten password”: a letter with a link, if there is such an account.
struct PasswordForgot {
    model::InstanceId instance;
    std::string email;
    bool operator==(const PasswordForgot&) const = default;
};
/// With the token of that link.
struct PasswordReset {
    model::InstanceId instance;
    std::string token;
    std::string fresh; ///< "new" on the wire
    bool operator==(const PasswordReset&) const = default;
};
struct NewToken {
    std::string token;
    base::TimePoint expiresAt{};
    bool operator==(const NewToken&) const = default;
};
struct MeAnswer {
    model::Agent me;
    InstanceFace instance;
    bool mustChangePassword = false;
    bool operator==(const MeAnswer&) const = default;
};
struct MessagePage {
    std::vector<MessageView> messages; ///< oldest first
    bool more = false;
    bool operator==(const MessagePage&) const = default;
};
/// One earlier conversation of a customer.
struct SessionSummary {
    model::SessionId id;
    model::Mode mode = model::Mode::Chat;
    base::TimePoint startedAt{};
    base::TimePoint endedAt{};
    std::string agentName;
    std::string groupName;
    model::EndReason endReason = model::EndReason::None;
    std::string preview;
    model::WrapUpForm wrapUp;
    bool operator==(const SessionSummary&) const = default;
};
struct SessionPage {
    std::vector<SessionSummary> sessions; ///< newest first
    bool more = false;
    bool operator==(const SessionPage&) const = default;
};
struct OfferList {
    std::vector<model::Offer> offers;
    bool operator==(const OfferList&) const = default;
};
struct QuickReplyList {
    std::vector<model::QuickReply> quickReplies;
    bool operator==(const QuickReplyList&) const = default;
};
struct AttachmentAnswer {
    model::Attachment attachment;
    bool operator==(const AttachmentAnswer&) const = default;
};
struct WidgetFace {
    std::string name;
    std::string colour;
    model::Mode mode = model::Mode::Chat;
    bool setUp = false;
    bool operator==(const WidgetFace&) const = default;
};

/// JSON text of a body. Defined for every struct above.
template <class Body>
std::string encodeBody(const Body& body);
/// Messages as their audience may see them; notes are left out for visitors.
std::string encodeMessages(const MessagePage& page, Audience audience);
/// {"error": {…}}
std::string encodeErrorBody(const base::Error& error);

/// Errors: body_too_large, bad_json, bad_field (params.field). Defined for every struct above.
template <class Body>
base::Result<Body> decodeBody(std::string_view text, Limits limits = {kMaxBody, kMaxDepth});
/// The error in a body, or `bad_json` when there is none to be read.
base::Error decodeErrorBody(std::string_view text);

} // namespace cb::wire
