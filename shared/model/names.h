#pragma once

#include "shared/model/agent.h"
#include "shared/model/attachment.h"
#include "shared/model/channel.h"
#include "shared/model/event.h"
#include "shared/model/flow.h"
#include "shared/model/offer.h"
#include "shared/model/phone.h"

#include <optional>
#include <string_view>

namespace cb::model {

/// Stable lower_snake names of the enumerators: the form on the wire and in the database. Never renamed, only added to.
/// `parse<E>` is the way back; nullopt for a name this version does not know.
std::string_view name(Mode value);
std::string_view name(Role value);
std::string_view name(AgentStatus value);
std::string_view name(StatusReason value);
std::string_view name(ChannelKind value);
std::string_view name(AttachmentKind value);
std::string_view name(Side value);
std::string_view name(MessageKind value);
std::string_view name(SessionState value);
std::string_view name(EndReason value);
std::string_view name(OfferOutcome value);
std::string_view name(SkipReason value);
std::string_view name(OfferRule value);
std::string_view name(EventKind value);
std::string_view name(ReturnReason value);
std::string_view name(FlowState value);
std::string_view name(CallType value);
std::string_view name(TrunkTransport value);
std::string_view name(AudioState value);
std::string_view name(CallDirection value);
std::string_view name(AfterCall value);

template <class E>
std::optional<E> parse(std::string_view name);

template <>
std::optional<Mode> parse<Mode>(std::string_view name);
template <>
std::optional<Role> parse<Role>(std::string_view name);
template <>
std::optional<AgentStatus> parse<AgentStatus>(std::string_view name);
template <>
std::optional<StatusReason> parse<StatusReason>(std::string_view name);
template <>
std::optional<ChannelKind> parse<ChannelKind>(std::string_view name);
template <>
std::optional<AttachmentKind> parse<AttachmentKind>(std::string_view name);
template <>
std::optional<Side> parse<Side>(std::string_view name);
template <>
std::optional<MessageKind> parse<MessageKind>(std::string_view name);
template <>
std::optional<SessionState> parse<SessionState>(std::string_view name);
template <>
std::optional<EndReason> parse<EndReason>(std::string_view name);
template <>
std::optional<OfferOutcome> parse<OfferOutcome>(std::string_view name);
template <>
std::optional<SkipReason> parse<SkipReason>(std::string_view name);
template <>
std::optional<OfferRule> parse<OfferRule>(std::string_view name);
template <>
std::optional<EventKind> parse<EventKind>(std::string_view name);
template <>
std::optional<ReturnReason> parse<ReturnReason>(std::string_view name);
template <>
std::optional<FlowState> parse<FlowState>(std::string_view name);
template <>
std::optional<CallType> parse<CallType>(std::string_view name);
template <>
std::optional<TrunkTransport> parse<TrunkTransport>(std::string_view name);
template <>
std::optional<AudioState> parse<AudioState>(std::string_view name);
template <>
std::optional<CallDirection> parse<CallDirection>(std::string_view name);
template <>
std::optional<AfterCall> parse<AfterCall>(std::string_view name);

} // namespace cb::model
