#pragma once

#include "server/auth/accounts.h"
#include "server/desk/commands.h"
#include "shared/base/result.h"
#include "shared/model/attachment.h"
#include "shared/model/channel.h"
#include "shared/model/group.h"
#include "shared/model/message.h"
#include "shared/wire/objects.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cb::hub {

struct VisitorQuestion {
    std::string channelKey;
    std::string tokenHash;
    std::string origin; ///< the request's Origin header
};
struct VisitorAdmission {
    model::Channel channel;
    std::optional<model::Customer> customer;
    std::vector<store::KnownUuid> recent; ///< see desk::VisitorAttach
};

/// Either of sessions, or of a customer: then of all they ever had, so that what was said before a session ended is not
/// missing.
struct ReplayQuestion {
    model::InstanceId instance;
    model::CustomerId customer;
    std::vector<model::SessionId> sessions;
    model::Seq after = 0;
    model::Seq upTo = 0;
    bool notes = true;
};
struct Replay {
    bool complete = false; ///< false: too much or too old, nothing is in it
    std::vector<wire::MessageView> messages;
};

struct Configuration {
    std::vector<model::Group> groups;
    std::vector<model::Agent> agents; ///< without deleted ones
};

/// What the sessions need of the outside. Called on the net thread, never blocks; answers come back on the net thread,
/// later, exactly once, `overloaded` when no worker could take it.
class Backend {
public:
    template <class T>
    using Then = std::function<void(base::Result<T>)>;

    virtual ~Backend() = default;

    /// To the desk. False: its queue is full.
    virtual bool command(desk::Command command) = 0;

    virtual void checkToken(std::string token, Then<auth::Principal> then) = 0;
    virtual void checkHash(std::string tokenHash, Then<auth::Principal> then) = 0;
    /// Errors: channel_unknown, origin_not_allowed, blocked.
    virtual void admit(VisitorQuestion question, Then<VisitorAdmission> then) = 0;
    virtual void replay(ReplayQuestion question, Then<Replay> then) = 0;
    /// What this customer sent under this name, in whichever session.
    virtual void sent(model::CustomerId customer, base::Uuid uuid, Then<std::optional<model::Message>> then) = 0;
    virtual void attachment(model::AttachmentId id, Then<std::optional<model::Attachment>> then) = 0;
    virtual void customer(model::CustomerId id, Then<std::optional<model::Customer>> then) = 0;
    virtual void configuration(model::InstanceId instance, Then<Configuration> then) = 0;
    virtual base::TimePoint now() const = 0;
};

} // namespace cb::hub
