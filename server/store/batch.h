#pragma once

#include "server/store/records.h"
#include "shared/model/attachment.h"
#include "shared/model/channel.h"
#include "shared/model/customer.h"
#include "shared/model/event.h"
#include "shared/model/instance.h"
#include "shared/model/phone.h"

#include <string>
#include <vector>

namespace cb::store {

/// Marks that move often. In one group the last one of a session wins.
struct SessionMarks {
    model::SessionId session;
    model::Seq lastSeq = 0;
    model::Seq customerDelivered = 0;
    model::Seq customerRead = 0;
    model::Seq agentDelivered = 0;
    model::Seq agentRead = 0;
};

/// A published flow version or a draft (version 0). `json` is the document as shared/flow wrote it.
struct FlowRow {
    model::FlowId flow;
    model::InstanceId instance;
    model::Mode mode = model::Mode::Chat;
    std::string name;
    int version = 0;        ///< 0 = the draft
    bool published = false; ///< of the flow as a whole: its newest version may be linked
    std::string json;
    base::TimePoint at{};
    bool deleted = false;      ///< of the flow as a whole; its versions stay for the sessions that went through them
    std::int64_t revision = 0; ///< of the flow as a whole: rises with every change of it
    std::string tests = "[]";  ///< of the flow as a whole, as shared/flowtest wrote them
    model::AgentId by{};       ///< who saved this version; 0 = not known

    bool operator==(const FlowRow&) const = default;
};

/// Everything one turn of the desk changes. Applied whole or not at all; within a vector in order. Rows are
/// insert-or-replace by id unless said otherwise.
struct Batch {
    /// Insert only; the seq is given by the desk. Every message has a uuid, unique in its session.
    std::vector<model::Event> events;
    std::vector<model::Session> sessions;
    std::vector<SessionMarks> marks; ///< update only
    std::vector<model::Presence> presences;
    std::vector<model::Offer> offers;
    std::vector<model::Customer> customers;
    /// Their text is to be removed (Tables::eraseSome): remembered until it is.
    std::vector<model::Customer> erasedCustomers;
    std::vector<model::CustomerId> removedCustomers; ///< those that have no session
    std::vector<model::Instance> instances;
    std::vector<model::Group> groups;
    std::vector<model::GroupId> removedGroups;
    std::vector<model::Agent> agents; ///< with memberships
    std::vector<model::Channel> channels;
    std::vector<FlowRow> flows;
    std::vector<model::QuickReply> quickReplies;
    std::vector<model::QuickReplyId> removedQuickReplies;
    std::vector<ScreenPopList> screenPops; ///< replaces all of the instance
    std::vector<Credential> credentials;
    std::vector<model::AgentId> revokedTokens; ///< everything that these agents are signed in with
    std::vector<Mail> mails;
    std::vector<model::PhoneNumber> phoneNumbers;
    std::vector<model::Audio> audio;
    std::vector<model::Call> calls;

    bool empty() const;
    /// Puts `other` behind this one; marks and sessions of the same id keep the later row.
    void append(Batch&& other);
};

} // namespace cb::store
