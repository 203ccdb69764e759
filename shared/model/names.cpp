#include "shared/model/names.h"

#include <array>
#include <utility>

namespace cb::model {

namespace {

template <class E, std::size_t N>
using Table = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N>
std::string_view nameIn(const Table<E, N>& table, E value) {
    for (const auto& [enumerator, text] : table)
        if (enumerator == value)
            return text;
    return {};
}

template <class E, std::size_t N>
std::optional<E> parseIn(const Table<E, N>& table, std::string_view name) {
    for (const auto& [enumerator, text] : table)
        if (text == name)
            return enumerator;
    return std::nullopt;
}

constexpr Table<Mode, 3> kMode{{
    {Mode::Chat, "chat"},
    {Mode::AllMedia, "all_media"},
    {Mode::Phone, "phone"},
}};

constexpr Table<FlowState, 3> kFlowState{{
    {FlowState::Unpublished, "unpublished"},
    {FlowState::Published, "published"},
    {FlowState::InUse, "in_use"},
}};

constexpr Table<Role, 2> kRole{{
    {Role::Agent, "agent"},
    {Role::Admin, "admin"},
}};

constexpr Table<AgentStatus, 5> kAgentStatus{{
    {AgentStatus::Offline, "offline"},
    {AgentStatus::Idle, "idle"},
    {AgentStatus::Busy, "busy"},
    {AgentStatus::WrapUp, "wrap_up"},
    {AgentStatus::Break, "break"},
}};

constexpr Table<StatusReason, 8> kStatusReason{{
    {StatusReason::Chosen, "chosen"},
    {StatusReason::Load, "load"},
    {StatusReason::RingTimeout, "ring_timeout"},
    {StatusReason::CallEnded, "call_ended"},
    {StatusReason::Recovered, "recovered"},
    {StatusReason::Disconnected, "disconnected"},
    {StatusReason::TakenOver, "taken_over"},
    {StatusReason::Deleted, "deleted"},
}};

constexpr Table<ChannelKind, 5> kChannelKind{{
    {ChannelKind::Website, "website"},
    {ChannelKind::Kiosk, "kiosk"},
    {ChannelKind::WeChatAccount, "wechat_account"},
    {ChannelKind::MiniProgram, "mini_program"},
    {ChannelKind::Phone, "phone"},
}};

constexpr Table<AttachmentKind, 2> kAttachmentKind{{
    {AttachmentKind::Picture, "picture"},
    {AttachmentKind::File, "file"},
}};

constexpr Table<Side, 4> kSide{{
    {Side::Customer, "customer"},
    {Side::Agent, "agent"},
    {Side::Flow, "flow"},
    {Side::System, "system"},
}};

constexpr Table<MessageKind, 4> kMessageKind{{
    {MessageKind::Text, "text"},
    {MessageKind::Picture, "picture"},
    {MessageKind::File, "file"},
    {MessageKind::Note, "note"},
}};

constexpr Table<SessionState, 6> kSessionState{{
    {SessionState::Flow, "flow"},
    {SessionState::Queued, "queued"},
    {SessionState::Offered, "offered"},
    {SessionState::Open, "open"},
    {SessionState::WrapUp, "wrap_up"},
    {SessionState::Completed, "completed"},
}};

constexpr Table<EndReason, 12> kEndReason{{
    {EndReason::None, "none"},
    {EndReason::AgentEnded, "agent_ended"},
    {EndReason::CustomerLeft, "customer_left"},
    {EndReason::CustomerSilent, "customer_silent"},
    {EndReason::FlowEnded, "flow_ended"},
    {EndReason::Abandoned, "abandoned"},
    {EndReason::FlowLoop, "flow_loop"},
    {EndReason::NotSetUp, "not_set_up"},
    {EndReason::Failed, "failed"},
    {EndReason::HungUp, "hung_up"},
    {EndReason::MediaLost, "media_lost"},
    {EndReason::ServerRestarted, "server_restarted"},
}};

constexpr Table<OfferOutcome, 7> kOfferOutcome{{
    {OfferOutcome::Ringing, "ringing"},
    {OfferOutcome::Answered, "answered"},
    {OfferOutcome::Declined, "declined"},
    {OfferOutcome::TimedOut, "timed_out"},
    {OfferOutcome::AgentLost, "agent_lost"},
    {OfferOutcome::CustomerLeft, "customer_left"},
    {OfferOutcome::Withdrawn, "withdrawn"},
}};

constexpr Table<SkipReason, 13> kSkipReason{{
    {SkipReason::None, "none"},
    {SkipReason::NotMember, "not_member"},
    {SkipReason::Offline, "offline"},
    {SkipReason::OnBreak, "on_break"},
    {SkipReason::WrapUp, "wrap_up"},
    {SkipReason::PendingStatus, "pending_status"},
    {SkipReason::AtLimit, "at_limit"},
    {SkipReason::Ringing, "ringing"},
    {SkipReason::ExclusiveSession, "exclusive_session"},
    {SkipReason::Blending, "blending"},
    {SkipReason::Declined, "declined"},
    {SkipReason::HadIt, "had_it"},
    {SkipReason::Disconnected, "disconnected"},
}};

constexpr Table<OfferRule, 5> kOfferRule{{
    {OfferRule::LeastLoad, "least_load"},
    {OfferRule::LongestIdle, "longest_idle"},
    {OfferRule::FewestCalls, "fewest_calls"},
    {OfferRule::LastAgent, "last_agent"},
    {OfferRule::Direct, "direct"},
}};

constexpr Table<EventKind, 13> kEventKind{{
    {EventKind::Message, "message"},
    {EventKind::SessionStarted, "session_started"},
    {EventKind::SessionQueued, "session_queued"},
    {EventKind::SessionOffered, "session_offered"},
    {EventKind::OfferClosed, "offer_closed"},
    {EventKind::SessionAssigned, "session_assigned"},
    {EventKind::SessionReturned, "session_returned"},
    {EventKind::SessionEnded, "session_ended"},
    {EventKind::SessionCompleted, "session_completed"},
    {EventKind::AgentStatus, "agent_status"},
    {EventKind::ConfigChanged, "config_changed"},
    {EventKind::Audit, "audit"},
    {EventKind::TransferFailed, "transfer_failed"},
}};

constexpr Table<ReturnReason, 10> kReturnReason{{
    {ReturnReason::RingTimeout, "ring_timeout"},
    {ReturnReason::Declined, "declined"},
    {ReturnReason::AgentLost, "agent_lost"},
    {ReturnReason::Transferred, "transferred"},
    {ReturnReason::RemovedFromGroup, "removed_from_group"},
    {ReturnReason::AgentDeleted, "agent_deleted"},
    {ReturnReason::ServerRestarted, "server_restarted"},
    {ReturnReason::Withdrawn, "withdrawn"},
    {ReturnReason::WaitOver, "wait_over"},
    {ReturnReason::NobodyOnline, "nobody_online"},
}};

constexpr Table<CallType, 3> kCallType{{
    {CallType::In, "in"},
    {CallType::Out, "out"},
    {CallType::Both, "both"},
}};

constexpr Table<TrunkTransport, 3> kTrunkTransport{{
    {TrunkTransport::Udp, "udp"},
    {TrunkTransport::Tcp, "tcp"},
    {TrunkTransport::Tls, "tls"},
}};

constexpr Table<AudioState, 3> kAudioState{{
    {AudioState::Unreviewed, "unreviewed"},
    {AudioState::Approved, "approved"},
    {AudioState::Rejected, "rejected"},
}};

constexpr Table<CallDirection, 2> kCallDirection{{
    {CallDirection::In, "in"},
    {CallDirection::Out, "out"},
}};

constexpr Table<AfterCall, 2> kAfterCall{{
    {AfterCall::Ready, "ready"},
    {AfterCall::WrapUp, "wrap_up"},
}};

} // namespace

std::string_view name(Mode value) {
    return nameIn(kMode, value);
}
std::string_view name(FlowState value) {
    return nameIn(kFlowState, value);
}
std::string_view name(Role value) {
    return nameIn(kRole, value);
}
std::string_view name(AgentStatus value) {
    return nameIn(kAgentStatus, value);
}
std::string_view name(StatusReason value) {
    return nameIn(kStatusReason, value);
}
std::string_view name(ChannelKind value) {
    return nameIn(kChannelKind, value);
}
std::string_view name(AttachmentKind value) {
    return nameIn(kAttachmentKind, value);
}
std::string_view name(Side value) {
    return nameIn(kSide, value);
}
std::string_view name(MessageKind value) {
    return nameIn(kMessageKind, value);
}
std::string_view name(SessionState value) {
    return nameIn(kSessionState, value);
}
std::string_view name(EndReason value) {
    return nameIn(kEndReason, value);
}
std::string_view name(OfferOutcome value) {
    return nameIn(kOfferOutcome, value);
}
std::string_view name(SkipReason value) {
    return nameIn(kSkipReason, value);
}
std::string_view name(OfferRule value) {
    return nameIn(kOfferRule, value);
}
std::string_view name(EventKind value) {
    return nameIn(kEventKind, value);
}
std::string_view name(ReturnReason value) {
    return nameIn(kReturnReason, value);
}
std::string_view name(CallType value) {
    return nameIn(kCallType, value);
}
std::string_view name(TrunkTransport value) {
    return nameIn(kTrunkTransport, value);
}
std::string_view name(AudioState value) {
    return nameIn(kAudioState, value);
}
std::string_view name(CallDirection value) {
    return nameIn(kCallDirection, value);
}
std::string_view name(AfterCall value) {
    return nameIn(kAfterCall, value);
}

template <>
std::optional<Mode> parse<Mode>(std::string_view name) {
    return parseIn(kMode, name);
}

template <>
std::optional<FlowState> parse<FlowState>(std::string_view name) {
    return parseIn(kFlowState, name);
}
template <>
std::optional<Role> parse<Role>(std::string_view name) {
    return parseIn(kRole, name);
}

template <>
std::optional<AgentStatus> parse<AgentStatus>(std::string_view name) {
    return parseIn(kAgentStatus, name);
}

template <>
std::optional<StatusReason> parse<StatusReason>(std::string_view name) {
    return parseIn(kStatusReason, name);
}

template <>
std::optional<ChannelKind> parse<ChannelKind>(std::string_view name) {
    return parseIn(kChannelKind, name);
}

template <>
std::optional<AttachmentKind> parse<AttachmentKind>(std::string_view name) {
    return parseIn(kAttachmentKind, name);
}

template <>
std::optional<Side> parse<Side>(std::string_view name) {
    return parseIn(kSide, name);
}

template <>
std::optional<MessageKind> parse<MessageKind>(std::string_view name) {
    return parseIn(kMessageKind, name);
}

template <>
std::optional<SessionState> parse<SessionState>(std::string_view name) {
    return parseIn(kSessionState, name);
}

template <>
std::optional<EndReason> parse<EndReason>(std::string_view name) {
    return parseIn(kEndReason, name);
}

template <>
std::optional<OfferOutcome> parse<OfferOutcome>(std::string_view name) {
    return parseIn(kOfferOutcome, name);
}

template <>
std::optional<SkipReason> parse<SkipReason>(std::string_view name) {
    return parseIn(kSkipReason, name);
}

template <>
std::optional<OfferRule> parse<OfferRule>(std::string_view name) {
    return parseIn(kOfferRule, name);
}

template <>
std::optional<EventKind> parse<EventKind>(std::string_view name) {
    return parseIn(kEventKind, name);
}

template <>
std::optional<ReturnReason> parse<ReturnReason>(std::string_view name) {
    return parseIn(kReturnReason, name);
}

template <>
std::optional<CallType> parse<CallType>(std::string_view name) {
    return parseIn(kCallType, name);
}

template <>
std::optional<TrunkTransport> parse<TrunkTransport>(std::string_view name) {
    return parseIn(kTrunkTransport, name);
}

template <>
std::optional<AudioState> parse<AudioState>(std::string_view name) {
    return parseIn(kAudioState, name);
}

template <>
std::optional<CallDirection> parse<CallDirection>(std::string_view name) {
    return parseIn(kCallDirection, name);
}

template <>
std::optional<AfterCall> parse<AfterCall>(std::string_view name) {
    return parseIn(kAfterCall, name);
}

} // namespace cb::model
