#pragma once

#include "shared/model/channel.h"
#include "shared/model/flow.h"
#include "shared/model/instance.h"
#include "shared/model/phone.h"
#include "shared/model/screen_pop.h"
#include "shared/wire/http.h"

#include <string>
#include <vector>

/// Bodies of the routes for admins (docs/protocol.md 6). Encoding and decoding: http.h.
namespace cb::wire {

/// Of an answer that tells only what was made.
struct Made {
    std::int64_t id = 0;
    bool operator==(const Made&) const = default;
};

// ---- flows --------------------------------------------------------------------------------------------------------

struct FlowHead {
    model::FlowId id;
    std::string name;
    model::Mode mode = model::Mode::Chat;
    model::FlowState state = model::FlowState::Unpublished;
    int version = 0;           ///< newest published; 0 = never
    std::int64_t revision = 0; ///< rises with every change: what a change must name
    base::TimePoint updatedAt{};
    std::string updatedBy; ///< name; empty: not known
    std::vector<model::ChannelId> channels;
    bool operator==(const FlowHead&) const = default;
};
struct FlowList {
    std::vector<FlowHead> flows;
    bool operator==(const FlowList&) const = default;
};
/// A flow with its draft, or with one of its versions.
struct FlowDocument {
    FlowHead head; ///< its fields stand beside the others
    int shown = 0; ///< the version `graph` is of; 0 = the draft
    Json graph;
    Json tests; ///< of the flow as a whole
    bool operator==(const FlowDocument&) const = default;
};
struct NewFlow {
    std::string name;
    model::Mode mode = model::Mode::Chat;
    Json graph; ///< empty: a start and an end
    Json tests;
    bool operator==(const NewFlow&) const = default;
};
struct FlowDraft {
    std::int64_t revision = 0; ///< what was edited: `flow_changed` when somebody saved since
    std::string name;          ///< empty: as it is
    Json graph;
    Json tests; ///< empty: as they are
    bool operator==(const FlowDraft&) const = default;
};
struct FlowPublish {
    std::int64_t revision = 0;
    bool force = false; ///< although tests fail; audited
    bool operator==(const FlowPublish&) const = default;
};
/// Of unpublishing, restoring and deleting.
struct FlowChange {
    std::int64_t revision = 0;
    int version = 0; ///< restoring: which one becomes the draft
    bool operator==(const FlowChange&) const = default;
};
struct FlowVersion {
    int version = 0; ///< 0 = the draft
    base::TimePoint at{};
    std::string by;
    bool operator==(const FlowVersion&) const = default;
};
struct FlowVersions {
    std::vector<FlowVersion> versions; ///< newest first
    bool operator==(const FlowVersions&) const = default;
};

/// The tests kept with a flow, which may change in every state: customers do not go through them.
struct FlowTestsDraft {
    std::int64_t revision = 0;
    Json tests;
    bool operator==(const FlowTestsDraft&) const = default;
};

/// A session that was had, with the version of the flow it went through.
struct ReplayStep {
    std::int64_t node = 0;
    std::string port;          ///< of the node before
    std::int64_t atMillis = 0; ///< since the session started
    bool operator==(const ReplayStep&) const = default;
};
struct ReplayEvent {
    std::string what; ///< "customer", "agent", "flow", "queued", "offered", "answered", "returned", "ended"
    std::string text; ///< of a message; who answered; why it returned or ended
    std::int64_t atMillis = 0;
    bool operator==(const ReplayEvent&) const = default;
};
struct Replay {
    model::SessionId session;
    model::FlowId flow;
    std::string flowName;
    bool flowGone = false; ///< it was deleted since
    int version = 0;
    base::TimePoint startedAt{};
    std::string end; ///< of model::EndReason; empty: it goes on
    Json graph;
    std::vector<ReplayStep> steps;
    std::vector<ReplayEvent> events;
    bool cut = false; ///< there is more than is told here
    bool operator==(const Replay&) const = default;
};

// ---- groups, agents -----------------------------------------------------------------------------------------------

struct GroupRow {
    model::GroupId id;
    model::Mode mode = model::Mode::Chat;
    std::string name;
    int limit = 1;
    std::vector<model::AgentId> members;
    std::vector<std::string> flows; ///< names of published flows that use it
    bool record = false;            ///< its calls are recorded
    bool operator==(const GroupRow&) const = default;
};
struct GroupList {
    std::vector<GroupRow> groups;
    bool operator==(const GroupList&) const = default;
};
/// To make one, or to change one (then its mode counts for nothing).
struct GroupDraft {
    model::Mode mode = model::Mode::Chat;
    std::string name;
    int limit = 1;
    bool record = false; ///< of phone only
    bool operator==(const GroupDraft&) const = default;
};
struct MembersChange {
    std::vector<model::AgentId> add;
    std::vector<model::AgentId> remove;
    bool operator==(const MembersChange&) const = default;
};

struct AgentRow {
    model::Agent agent; ///< its fields stand beside the others
    base::TimePoint createdAt{};
    bool invited = false; ///< has not set a password of their own yet
    bool operator==(const AgentRow&) const = default;
};
struct AgentList {
    std::vector<AgentRow> agents; ///< without deleted ones
    bool mailed = true; ///< letters leave by a mail server; false: they stay in the house, the operator hands them on
    bool operator==(const AgentList&) const = default;
};
/// To make one, or to change one (then staff number and e-mail are empty or as they are, and the role counts for
/// nothing: they are fixed). An admin without a staff number gets the next free one.
struct AgentDraft {
    std::string name;
    std::string nickname;
    std::string email;
    std::string staffNo;
    std::string mobile;
    model::Role role = model::Role::Agent;
    std::vector<model::GroupId> groups;
    bool operator==(const AgentDraft&) const = default;
};
/// At most 5,000 rows, 4 MiB.
struct BulkAgents {
    std::vector<AgentDraft> rows;
    bool addGood = false; ///< add the good ones when others are bad; else all or none
    bool check = false;   ///< only say what is bad
    bool operator==(const BulkAgents&) const = default;
};
struct BadRow {
    int row = 0; ///< from 0
    std::string field;
    std::string code;
    bool operator==(const BadRow&) const = default;
};
struct BulkResult {
    int added = 0;
    std::vector<BadRow> bad;
    std::vector<int> there; ///< rows, from 0, that are agents already, just as they say: neither added nor bad
    bool operator==(const BulkResult&) const = default;
};

// ---- channels, settings and the rest --------------------------------------------------------------------------------

struct ChannelList {
    std::vector<model::Channel> channels; ///< without deleted ones
    bool operator==(const ChannelList&) const = default;
};
struct ChannelDraft {
    model::ChannelKind kind = model::ChannelKind::Website; ///< fixed once made
    std::string name;
    std::string domain;
    std::string colour; ///< "#RRGGBB"; empty: the program's own
    bool operator==(const ChannelDraft&) const = default;
};
struct ChannelLink {
    model::FlowId flow; ///< 0 = none
    bool operator==(const ChannelLink&) const = default;
};
/// A phone number（电话号码）with the IVR that answers it.
struct NumberRow {
    model::ChannelId channel; ///< names it in every request
    std::string number;       ///< E.164
    model::CallType type = model::CallType::In;
    model::FlowId flow; ///< 0 = none
    std::string flowName;
    model::FlowState flowState = model::FlowState::Unpublished;
    bool operator==(const NumberRow&) const = default;
};
struct NumberList {
    std::vector<NumberRow> numbers; ///< without those given back, by number
    bool operator==(const NumberList&) const = default;
};
/// An uploaded sound（音频）.
struct AudioRow {
    model::AudioId id;
    std::string name;
    model::AudioState state = model::AudioState::Unreviewed;
    std::string format; ///< "wav" or "mp3"
    std::int64_t bytes = 0;
    std::int64_t millis = 0;
    base::TimePoint createdAt{};
    std::vector<std::string> flows; ///< names of published IVRs that use it
    bool operator==(const AudioRow&) const = default;
};
struct AudioList {
    std::vector<AudioRow> audio;     ///< newest first
    bool review = false;             ///< what is uploaded now waits for the operator
    bool speaks = false;             ///< texts can be spoken
    std::vector<std::string> voices; ///< besides the server's own
    bool operator==(const AudioList&) const = default;
};
struct AudioDraft {
    std::string name;
    bool operator==(const AudioDraft&) const = default;
};
struct BlockedCustomer {
    model::CustomerId id;
    std::string name;
    std::string notes;
    std::string channel; ///< name
    base::TimePoint createdAt{};
    bool operator==(const BlockedCustomer&) const = default;
};
struct BlockList {
    std::vector<BlockedCustomer> customers; ///< newest first
    bool operator==(const BlockList&) const = default;
};
struct InstanceForm {
    std::string name;     ///< read only here
    std::string timeZone; ///< read only here
    model::InstanceSettings settings;
    bool operator==(const InstanceForm&) const = default;
};
struct QuickReplyDraft {
    std::string title;
    std::string text;
    bool operator==(const QuickReplyDraft&) const = default;
};
struct ScreenPopForm {
    std::vector<model::ScreenPop> pops; ///< in the order shown
    bool operator==(const ScreenPopForm&) const = default;
};
struct AuditEntry {
    model::Seq seq = 0;
    base::TimePoint at{};
    model::AgentId agent; ///< 0 = the operator
    std::string agentName;
    std::string action; ///< e.g. "flow.publish"
    std::string target; ///< kind, number and name then: "flow 7 Night"; older entries have no name
    std::string before;
    std::string after;
    bool operator==(const AuditEntry&) const = default;
};
struct AuditPage {
    std::vector<AuditEntry> entries; ///< newest first
    bool more = false;
    bool operator==(const AuditPage&) const = default;
};

} // namespace cb::wire
