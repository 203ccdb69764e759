#pragma once

#include "shared/model/channel.h"
#include "shared/model/phone.h"
#include "shared/model/session.h"
#include "shared/wire/http.h"

#include <optional>
#include <string>
#include <vector>

/// Bodies of service records and exports (docs/protocol.md 6). Encoding and decoding: http.h.
namespace cb::wire {

/// What the telephone knows of a record of mode phone.
struct RecordedCall {
    model::CallDirection direction = model::CallDirection::In;
    std::string caller; ///< E.164 where it could be read so; empty = withheld, or erased
    std::string callee;
    base::TimePoint connectedAt{}; ///< 0 = never
    std::int64_t talkMillis = 0;   ///< with an agent
    std::string cause;             ///< as model::Call::cause
    bool recorded = false;         ///< there is a recording
    bool operator==(const RecordedCall&) const = default;
};
/// One service record（服务记录）.
struct Record {
    model::SessionId id;
    model::Mode mode = model::Mode::Chat;
    model::SessionState state = model::SessionState::Flow;
    model::EndReason endReason = model::EndReason::None;
    model::ChannelId channel;
    std::string channelName;
    model::ChannelKind channelKind = model::ChannelKind::Website;
    model::CustomerId customer;
    std::string customerName;
    std::string externalId; ///< OpenID, phone number; empty for websites and kiosks
    model::GroupId group;
    std::string groupName;
    model::AgentId agent; ///< who has it or had it last; 0 = nobody
    std::string agentName;
    std::string agentStaffNo;
    model::AgentId lastAgent; ///< who had it before a transfer
    std::string lastAgentName;
    model::FlowId flow;
    std::string flowName;
    int flowVersion = 0;
    std::string flowPath;
    base::TimePoint startedAt{};
    base::TimePoint queuedAt{};
    base::TimePoint answeredAt{};
    base::TimePoint endedAt{};
    base::TimePoint completedAt{};
    model::WrapUpForm wrapUp;
    int offers = 0; ///< how often it rang; of a single record
    std::optional<RecordedCall> call{};
    bool operator==(const Record&) const = default;
};
struct RecordPage {
    std::vector<Record> records; ///< newest first
    /// `before` of the next page; 0 = that was all. There may be a next page when this one is short.
    model::SessionId next;
    std::optional<std::int64_t> count; ///< when asked for, and nothing is searched
    bool countMore = false;            ///< there are at least so many
    bool operator==(const RecordPage&) const = default;
};

/// What a list or an export of records shows; what is absent does not filter.
struct RecordFilters {
    std::optional<model::Mode> mode;
    base::TimePoint from{}; ///< started then or later
    base::TimePoint to{};   ///< started earlier
    model::GroupId group;
    model::AgentId agent;
    model::ChannelId channel;
    std::optional<model::SessionState> state;
    std::optional<model::EndReason> endReason;
    std::optional<bool> answered;
    std::string customer; ///< in the name
    std::string text;     ///< in messages or the name
    std::optional<model::CallDirection> direction{};
    std::optional<bool> recorded{};
    std::string number{}; ///< digits of the caller's or the called number
    bool operator==(const RecordFilters&) const = default;
};
struct ExportWord {
    std::string code;
    std::string word;
    bool operator==(const ExportWord&) const = default;
};
struct ExportColumn {
    std::string name;
    std::string title; ///< empty: the name
    /// What stands in the file for the codes of this column ("completed"); a code without a word stands for itself.
    std::vector<ExportWord> words{};
    bool operator==(const ExportColumn&) const = default;
};
struct NewExport {
    std::string kind; ///< "records"
    RecordFilters filters;
    std::vector<ExportColumn> columns; ///< empty: all
    bool operator==(const NewExport&) const = default;
};
struct ExportJob {
    std::int64_t id = 0;
    std::string state; ///< waiting, running, done, failed, cancelled
    std::int64_t rows = 0;
    int percent = 0;
    std::int64_t bytes = 0;
    base::TimePoint createdAt{};
    std::string error; ///< code, of a failed one
    bool operator==(const ExportJob&) const = default;
};
struct ExportList {
    std::vector<ExportJob> exports; ///< newest first
    bool operator==(const ExportList&) const = default;
};

} // namespace cb::wire
